"""*Change*: the question as a form, filled in; sent off, it updates the answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError

from commands import wording
from commands.answering import ask_revised, look_again, remember
from commands.asker import Asker, tell, unpack_asker
from commands.blocks import Block, View_, button, escape, section
from commands.calls import error_of
from commands.checked import begin
from commands.context import Context
from commands.landing import land
from commands.places import Place, Shown, choose_place
from commands.pressed import Pressed, on_press
from commands.question_form import compose_form
from commands.question_reading import Misread, read_form
from commands.recall import Recall, unpack
from commands.reply import change_message, is_personal, show, show_privately
from commands.rights import require_member, require_own
from commands.saying import say
from commands.tongues import in_own_language, language_at, language_of_person
from commands.unpacking import unpacking
from commands.views import open_form, state_of
from commands.who_sees import Readers, hidden_from, refuse_guests
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.asking import Answers

FORM = "change"
NO_DATA = "No data yet, so there is nothing to tell. Drop an export in our direct message first."
GONE = ("message_not_found", "cant_update_message")
"""The answer was removed while its form stood open: the new one is posted instead."""


@dataclass(frozen=True)
class Target:
    """The message that a form changes; without a ``ts`` the answer is a new one."""

    asker: Asker
    recall: Recall
    ts: str = ""
    is_private: bool = False

    def pack(self) -> str:
        first = replace(self.recall, words=self.recall.words[:1])
        return json.dumps(
            {"asker": self.asker.pack(), "recall": first.pack(), "private": self.is_private}
            | ({"ts": self.ts} if self.ts else {}),
            ensure_ascii=False,
        )


@unpacking("/kpi")
def unpack_target(text: str) -> Target:
    held = json.loads(text)
    return Target(
        unpack_asker(held["asker"]),
        unpack(held["recall"]),
        str(held.get("ts", "")),
        bool(held["private"]),
    )


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, "change", in_own_language(open_change))
    on_press(app, context, "ask_form", in_own_language(open_ask))

    @app.view(FORM)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        from kpis.tongue import speaking

        with speaking(await language_of_person(context, str(body["user"]["id"]))):
            await check_form(context, ack, body)


async def open_change(context: Context, pressed: Pressed) -> None:
    """Open the form with the question of the pressed answer."""
    recall, user = pressed.recall, pressed.asker.user
    refusal = say(wording.NOT_YOURS, command=f"/kpi {recall.words[0]}")
    await require_own(context, user, recall.user, refusal)
    target = Target(pressed.asker, recall, pressed.ts, pressed.is_private)
    await open_question(context, pressed.trigger, target)


async def open_ask(context: Context, pressed: Pressed) -> None:
    """Open the form with a question that anyone may begin from."""
    await require_member(context, pressed.asker.user)
    recall = Recall(pressed.asker.user, ("reach",))
    await open_question(context, pressed.trigger, Target(pressed.asker, recall))


async def open_question(context: Context, trigger: str, target: Target) -> None:
    """Fill the form in one hop, well within the three seconds of a trigger, and open it."""
    hidden = await hidden_from(context, readers_of(target))
    await open_form(context, trigger, await asyncio.to_thread(fill_in, context, target, hidden))


def readers_of(target: Target) -> Readers:
    """Return who reads the answer that the form gives."""
    asker = target.asker
    return Readers(asker.user, "" if target.is_private or asker.is_direct else asker.channel)


def fill_in(context: Context, target: Target, hidden: frozenset[str] = frozenset()) -> View_:
    with context.database.read() as connection:
        question, around = look_again(context, connection, target.recall, hidden)
    title = say(wording.FORM_CHANGE) if target.ts else say(wording.FORM_ASK)
    head = [] if around.imports or around.channels else first_step()
    return compose_form(title, question, around, callback=FORM, memory=target.pack(), head=head)


def first_step() -> list[Block]:
    """Return what helps where there is nothing to answer from yet."""
    add = button(say("Add accounts"), "account_add")
    return [section(escape(say(NO_DATA))) | {"accessory": add.to_dict()}]


async def check_form(context: Context, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Complain at the field, or acknowledge and put the answer where it belongs.

    The answer is worked out before the ack, for only it knows what its KPI refuses; where that
    takes long the form closes, and a complaint is told to the asker alone.
    """
    view, user = body["view"], str(body["user"]["id"])
    target = aim(str(view["private_metadata"]), user)
    try:
        await require_member(context, user)
    except KepiError as refusal:
        await ack(response_action="errors", errors={"kpi": str(refusal)})
        return
    filled = state_of(view)
    work = await begin(answer_form(context, target, filled))
    if work.done() and (wrong := complaint_of(work)):
        await ack(response_action="errors", errors=wrong)
        return
    await ack()
    context.tasks.start(
        apply_form(context, target, filled, str(view["id"]), work),
        lambda words: tell(context, target.asker, words),
    )


def aim(memory: str, user: str) -> Target:
    """Return what a form changes, for whoever sends it; another's message stays as it is."""
    target = unpack_target(memory)
    if target.asker.user != user:
        return Target(Asker(user, ""), replace(target.recall, user=user))
    return target


def complaint_of(work: asyncio.Future[Answers]) -> dict[str, str]:
    """Return what is wrong by field, at the first where it is about none in particular."""
    trouble = work.exception()
    if isinstance(trouble, Misread):
        return {trouble.field: str(trouble)}
    if isinstance(trouble, KepiError):
        return {"kpi": str(trouble)}
    why = "" if trouble else not_reported(work.result())
    return {"kpi": why} if why else {}


def not_reported(reply: Answers) -> str:
    """Return why there is no number where the platform never gives one, else nothing."""
    from kpis.answers import Absent, Reason

    for answer in reply.answers:
        value = answer.main.value if answer.lines or answer.together else None
        if isinstance(value, Absent) and value.reason is Reason.NOT_SUPPLIED:
            return value.words
    return ""


async def apply_form(
    context: Context,
    target: Target,
    filled: dict[str, Any],
    view_id: str,
    work: Awaitable[Answers],
) -> None:
    """Put the answer in the place of the old one, in the language spoken there.

    From Home, where there is no place, it lands in the direct message.
    """
    from kpis.tongue import speaking, spoken

    reply = await work
    target = replace(target, asker=await land(context, target.asker))
    private = target.is_private or is_personal(reply)
    place = await choose_place(context, target.asker, private=private)
    mine, theirs = spoken(), await language_at(context, place, target.asker.user)
    with speaking(theirs):
        if mine != theirs:
            reply = await answer_form(context, target, filled)
        await put_answer(context, target, place, reply, view_id)


async def answer_form(context: Context, target: Target, filled: dict[str, Any]) -> Answers:
    """Return the answer to the question as the form has it."""
    reply = await ask_revised(
        context,
        target.recall,
        lambda question, around: read_form(filled, question, around),
        readers_of(target),
    )
    await refuse_guests(context, target.asker.user, reply)
    return reply


async def put_answer(
    context: Context, target: Target, place: Place, reply: Answers, view_id: str
) -> None:
    """Put an answer into the message that the form was opened from, or show it anew."""
    asker, recall = target.asker, remember(reply, target.recall.user)
    if not target.ts:
        await show(context, asker, place, reply, recall, key=f"form:{view_id}")
    elif target.is_private or place.shown is Shown.ALONE:
        await show_privately(context, asker, place, reply, recall, replacing=target.is_private)
    else:
        try:
            await change_message(context, place, target.ts, reply, recall)
        except SlackApiError as refusal:
            if error_of(refusal) not in GONE:
                raise
            await show(context, asker, place, reply, recall, key=f"form:{view_id}")
