"""Answering in Slack: text first, and the chart joins the same message when it is ready."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from commands import wording
from commands.answering import ask, ask_for, remember
from commands.asker import Asker, tell_blocks
from commands.calls import FAULTS
from commands.charts import draw
from commands.context import Context
from commands.files_upload import NotUploaded, upload_image
from commands.messages import compose, compose_words, has_chart
from commands.places import Place, Shown, after_refusal, choose_place
from commands.posting import NotWelcome, Unconfirmed, post, update
from commands.recall import Recall
from commands.saying import say
from commands.tongues import language_at, language_of_person
from commands.who_sees import Readers, hidden_from, is_of_issues
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.asking import Answers

log = logging.getLogger(__name__)


async def answer_in_slack(
    context: Context, asker: Asker, words: str, *, key: str, look_first: bool = False
) -> None:
    """Answer ``words`` where the asker may see it; ``key`` names the answer, so that it comes once.

    Raises ``KepiError`` for what the asker can mend.
    """
    from commands.first_words import about
    from kpis.tongue import speaking

    if (other := about(words)) is not None:
        answer, rest = other
        await answer(context, asker, rest, key=key)
        return
    with speaking(await language_of_person(context, asker.user)):
        await answer_question(context, asker, words, key=key, look_first=look_first)


async def answer_question(
    context: Context, asker: Asker, words: str, *, key: str, look_first: bool
) -> None:
    """Answer in the language that is spoken, or in the channel's what everyone there reads."""
    from commands.home.command import offer_start
    from kpis.asking import Answers

    try:
        reply = await ask(context, words, asker.user)
    except KepiError:
        if await offer_start(context, asker, words, key=key, look_first=look_first):
            return
        raise
    has_no_number = is_empty(reply) if isinstance(reply, Answers) else not words.strip()
    if has_no_number and await offer_start(context, asker, words, key=key, look_first=look_first):
        return
    if not isinstance(reply, Answers):
        said = compose_words(reply)
        await tell_blocks(context, asker, said.text, said.blocks, key=key, look_first=look_first)
        return
    place = await choose_place(context, asker, private=is_private(reply))
    if place.shown is Shown.EVERYONE:
        if await answer_everyone(context, asker, place, words, reply, key, look_first):
            return
        # nothing for everyone: the asker alone may know more
        place = await choose_place(context, asker, private=True)
    recall = remember(reply, asker.user)
    await show(context, asker, place, reply, recall, key=key, look_first=look_first)


async def answer_everyone(
    context: Context,
    asker: Asker,
    place: Place,
    words: str,
    reply: Answers,
    key: str,
    look_first: bool,
) -> bool:
    """Answer everyone in the channel's language; say whether there was anything to tell them."""
    from kpis.tongue import speaking, spoken

    mine, theirs = spoken(), await language_at(context, place, asker.user)
    with speaking(theirs):
        shared = await ask_for_all(
            context, words, asker.user, place.channel, reply, anew=mine != theirs
        )
        if is_empty(shared):
            return False
        recall = remember(shared, asker.user)
        await show(context, asker, place, shared, recall, key=key, look_first=look_first)
    return True


async def ask_for_all(
    context: Context, words: str, user: str, channel: str, reply: Answers, *, anew: bool
) -> Answers:
    """Return the reply that everyone in ``channel`` may read; it may hold less than ``reply``.

    ``anew`` asks again in any case: another language is spoken now.
    """
    from kpis.asking import Answers

    readers = Readers(user)
    if is_of_issues(reply):
        together = Readers(user, channel)
        if await hidden_from(context, together) != await hidden_from(context, readers):
            readers, anew = together, True
    if not anew:
        return reply
    found = await ask_for(context, words, readers)
    return found if isinstance(found, Answers) else reply


def is_private(reply: Answers) -> bool:
    """Say whether an answer is shown to the asker alone by itself."""
    return reply.private or is_empty(reply) or is_personal(reply)


def is_empty(reply: Answers) -> bool:
    """Say whether there is no number in it: that is told to the asker alone."""
    from kpis.answers import Absent

    return all(isinstance(it.main.value, Absent) for it in reply.answers)


def is_personal(reply: Answers) -> bool:
    """Say whether an answer tells figures of people: nobody else's business by itself."""
    return any("mine" in it.question.options or it.question.by == "person" for it in reply.answers)


async def show(
    context: Context,
    asker: Asker,
    place: Place,
    reply: Answers,
    recall: Recall,
    *,
    key: str,
    look_first: bool = False,
) -> None:
    """Put an answer in its place, or before the asker alone where Slack does not let it in."""
    if place.shown is Shown.ALONE:
        await show_privately(context, asker, place, reply, recall)
        return
    try:
        await publish(context, place, reply, recall, key=key, look_first=look_first)
    except NotWelcome:
        context.channels.forget(place.channel)
        await show_privately(context, asker, after_refusal(place), reply, recall)
    except Unconfirmed:
        alone = replace(place, shown=Shown.ALONE, hint=say(wording.UNCONFIRMED))
        await show_privately(context, asker, alone, reply, recall)


async def publish(
    context: Context,
    place: Place,
    reply: Answers,
    recall: Recall,
    *,
    key: str,
    look_first: bool = False,
) -> None:
    """Post an answer for everyone in its place, and let the chart join it.

    Raises ``NotWelcome`` or ``Unconfirmed``.
    """
    ts = await post_text(context, place, reply, recall, key=key, look_first=look_first)
    start_chart(context, place, ts, reply, recall)


async def post_text(
    context: Context,
    place: Place,
    reply: Answers,
    recall: Recall,
    *,
    key: str,
    look_first: bool = False,
) -> str:
    """Post an answer without its chart and return its ``ts``; raises as ``publish`` does."""
    message = compose(reply, place, recall)
    return await post(
        context,
        channel=place.channel,
        thread=place.thread,
        text=message.text,
        blocks=message.blocks,
        key=key,
        look_first=look_first,
    )


async def show_privately(
    context: Context,
    asker: Asker,
    place: Place,
    reply: Answers,
    recall: Recall,
    *,
    replacing: bool = False,
) -> None:
    """Show the asker alone the answer as text."""
    message = compose(reply, place, recall)
    await tell_blocks(context, asker, message.text, message.blocks, replace=replacing)


async def change_message(
    context: Context, place: Place, ts: str, reply: Answers, recall: Recall
) -> None:
    """Put another answer into a message of Kepi's; its chart follows."""
    mark = context.latest.begin(place.channel, ts)
    message = compose(reply, place, recall)
    await update(context, channel=place.channel, ts=ts, text=message.text, blocks=message.blocks)
    if context.latest.holds(place.channel, ts, mark):
        start_chart(context, place, ts, reply, recall)


def start_chart(context: Context, place: Place, ts: str, reply: Answers, recall: Recall) -> None:
    """Let the chart join a message when it is ready; the text stands in any case."""
    mark = context.latest.begin(place.channel, ts)

    async def join() -> None:
        async with context.pace.turn(recall.user):
            await add_chart(context, place, ts, reply, recall, mark)

    if has_chart(reply):
        context.tasks.start(join())


async def add_chart(
    context: Context, place: Place, ts: str, reply: Answers, recall: Recall, mark: object
) -> bool:
    """Draw, upload, wait until Slack has it ready, and update the message with it.

    Says whether the chart is where people see it; what kept it away is logged.
    """
    chart = await draw(context, reply.answers[0])
    if chart is None:
        return False
    try:
        file_id = await upload_image(context, chart.data, chart.file_name, chart.alt_text)
        if not context.latest.holds(place.channel, ts, mark):
            return False
        message = compose(reply, place, recall, file_id)
        await update(
            context, channel=place.channel, ts=ts, text=message.text, blocks=message.blocks
        )
    except (NotUploaded, *FAULTS) as fault:
        log.warning("the chart did not reach Slack", extra={"why": str(fault)[:300]})
        return False
    return True
