"""*See an example*: an answer with its chart as Kepi gives them, from made-up numbers.

It is for the asker alone and says “Sample” first. Its buttons lead on to numbers of one's own:
nothing under it could be asked again of numbers that are gone.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from commands.asker import Asker, tell
from commands.blocks import Block, actions, button, context, cut, escape
from commands.calls import FAULTS
from commands.charts import draw
from commands.context import Context
from commands.files_upload import NotUploaded, upload_image
from commands.home.sample import QUESTION, open_sample
from commands.home.steps import ADD, HOW
from commands.messages import SENTENCE, Message, body_of_one
from commands.people import open_direct
from commands.posting import NotWelcome, Unconfirmed, post, update
from commands.pressed import Pressed
from commands.private import swap
from commands.rights import require_member
from commands.saying import say
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.answers import Answer

log = logging.getLogger(__name__)

SENT = "The example is in your direct messages with Kepi."
NOT_SENT = "Slack did not take the example. Try again in a minute."
MADE_UP = "Sample: these numbers are made up, and nothing of them is kept."
YOURS = "With your own numbers: /kpi reach instagram last-30d"
EXAMPLE, BACK = "home example", "home_back"


async def show_example(context_: Context, pressed: Pressed) -> None:
    """Send the example to the direct message; the chart joins it when it is drawn."""
    asker = pressed.asker
    await require_member(context_, asker.user)
    answer = await asyncio.to_thread(ask_sample, context_)
    channel = await open_direct(context_, asker.user)
    said = compose(answer)
    try:
        ts = await post(
            context_,
            channel=channel,
            text=said.text,
            blocks=said.blocks,
            key=f"example:{pressed.trigger}",
        )
    except (NotWelcome, Unconfirmed) as fault:
        raise KepiError(NOT_SENT) from fault
    if needs_word(asker, channel):
        await tell(context_, asker, say(SENT))
    await add_chart(context_, channel, ts, answer)


async def go_back(context_: Context, pressed: Pressed) -> None:
    """*Back*: the first steps, or how everything stands, in the example's place."""
    from commands.home.command import find_start

    await require_member(context_, pressed.asker.user)
    context_.latest.begin(EXAMPLE, pressed.ts)
    text, blocks = await find_start(context_, pressed.asker.user)
    await swap(context_, pressed, text, blocks)


def needs_word(asker: Asker, direct: str) -> bool:
    """Say whether somebody pressed elsewhere in Slack: Home says itself where the example is."""
    return bool(asker.channel) and asker.channel != direct


def ask_sample(context_: Context) -> Answer:
    """Return the answer to the example's question, in the spoken language."""
    from kpis.asking import Answers, ask

    now = context_.clock()
    with open_sample(now) as (database, workspace):
        reply = ask(QUESTION, database=database, workspace=workspace, now=now)
    assert isinstance(reply, Answers)
    answer = reply.answers[0]
    title = say("Sample · {title}", title=answer.title)
    return replace(answer, title=title, hints=())


def compose(answer: Answer, file_id: str | None = None) -> Message:
    """Return the message: an answer, what it is, and the ways on."""
    from kpis import wording

    small = [escape(say(MADE_UP)), escape(say(YOURS))]
    ways = [
        button(say("Add your own"), ADD),
        button(say("How to export"), HOW),
        button(say("Back"), BACK),
    ]
    blocks: list[Block] = [*body_of_one(answer, file_id), context(small), actions(ways)]
    sentence = say("Sample: {sentence}", sentence=wording.sentence(answer))
    return Message(cut(escape(sentence), SENTENCE), blocks)


async def add_chart(context_: Context, channel: str, ts: str, answer: Answer) -> None:
    """Let the chart join the message, unless its reader went back; the text stands in any case."""
    mark = context_.latest.begin(EXAMPLE, ts)
    chart = await draw(context_, answer)
    if chart is None:
        return
    try:
        file_id = await upload_image(context_, chart.data, chart.file_name, chart.alt_text)
        said = compose(answer, file_id)
        if not context_.latest.holds(EXAMPLE, ts, mark):
            return
        await update(context_, channel=channel, ts=ts, text=said.text, blocks=said.blocks)
    except (NotUploaded, *FAULTS) as fault:
        log.warning("the example's chart did not reach Slack", extra={"why": str(fault)[:300]})
