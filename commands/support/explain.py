"""``/support explain 12``: every number of an issue, derived from what was observed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.asker import asker_of_action, tell
from commands.blocks import Block, View_, actions, button, context, escape, form, section
from commands.context import Context
from commands.pressed import Pressed, number_of, on_press
from commands.rights import require_member
from commands.saying import say
from commands.support import wording
from commands.support.explain_lines import explain
from commands.support.grammar import Said, Verb
from commands.support.line_words import people_in, say_span, slack_id
from commands.support.listing import Listed
from commands.support.looking import Found, find_issue, names_of
from commands.support.moments import micros_of, moment_of, say_date
from commands.support.requests import Request
from commands.support.standing import require_sight
from commands.tongues import in_own_language, in_senders_language
from commands.views import fill_form, open_loading, show_trouble
from storage.errors import KepiError
from support.durations import measure
from support.entries import MICROSECONDS

A_SECTION, A_PAGE = 5, 60
"""Lines of a section, and sections of a page of the form; a message has less room."""
IN_MESSAGE = 8
TURN = "support_explain_turn"


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, "support_explain", in_own_language(pressed))

    @app.action(TURN)
    @app.action(f"{TURN}_back")
    @in_senders_language(context)
    async def turn(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        asker = asker_of_action(body)
        number, _, start = str(body["actions"][0].get("value") or "").partition("|")
        view_id = str((body.get("view") or {}).get("id") or "")
        if not view_id:
            return
        context.tasks.start(
            turn_page(context, asker.user, number_of(number), number_of(start), view_id),
            lambda words: tell(context, asker, words),
        )


async def pressed(context: Context, press: Pressed) -> None:
    """*Explain* under an issue."""
    said = Said(Verb.EXPLAIN, number_of(press.value))
    await answer(Request(context, press.asker, said, press.trigger))


async def answer(request: Request) -> None:
    """Open the explanation as a form, or tell it privately where nothing was pressed."""
    context, number = request.context, request.said.number
    if not request.trigger:
        found, lines = await derive(context, request.asker.user, number)
        await request.answer(as_message(found, lines))
        return
    title = say(wording.FORM_EXPLAIN, number=number)
    view_id = await open_loading(context, request.trigger, title)
    try:
        found, lines = await derive(context, request.asker.user, number)
    except KepiError as trouble:
        await show_trouble(context, view_id, title, trouble)
        return
    await fill_form(context, view_id, as_form(found, lines, 0))


async def turn_page(context: Context, user: str, number: int, start: int, view_id: str) -> None:
    await require_member(context, user, say(wording.GUESTS))
    found, lines = await derive(context, user, number)
    await fill_form(context, view_id, as_form(found, lines, start))


async def derive(context: Context, user: str, number: int) -> tuple[Found, list[str]]:
    """Return the issue and the lines that explain it; raises ``KepiError`` where there is none."""
    found = await find_issue(context, number)
    await require_sight(context, user, found.row.channel, number)
    timeline = found.timeline
    actors = {it.actor for it in timeline.steps} | {
        it.why for it in timeline.steps if it.what == "assigned"
    }
    names = await names_of(context, people_in(timeline) | actors | {slack_id(timeline.customer)})
    took = measure(timeline, found.calendar, micros_of(context.clock()))
    lines = explain(
        timeline,
        took,
        who=lambda user: call(user, names, found),
        when=lambda at: say_exactly(at, found),
        length=lambda seconds: say_span(seconds * MICROSECONDS),
    )
    return found, lines


def call(user: str, names: Mapping[str, str], found: Found) -> str:
    """Return a person's name; a program's post is the customer's who wrote it."""
    if user in names:
        return names[user]
    if user.startswith(("U", "W")):
        return say("Somebody")
    if user == found.timeline.opener and found.row.handle:
        return found.row.handle
    return say("An app")


def say_exactly(at: int, found: Found) -> str:
    """Return “Mon 16 Nov 14:02:07”: an explanation is to the second."""
    from kpis.periods import say_weekday

    local = moment_of(at).astimezone(found.zone)
    return say(
        "{weekday} {day} {time}",
        weekday=say_weekday(local.weekday(), short=True),
        day=say_date(local.date()),
        time=f"{local:%H:%M:%S}",
    )


def sections(lines: Sequence[str]) -> list[Block]:
    return [
        section("\n".join(escape(line) for line in lines[start : start + A_SECTION]))
        for start in range(0, len(lines), A_SECTION)
    ]


def as_form(found: Found, lines: Sequence[str], start: int) -> View_:
    """Return a page of the explanation, with buttons to the others."""
    number, whole = found.row.number, sections(lines)
    start = max(0, min(start, len(whole) - 1)) // A_PAGE * A_PAGE
    page = [
        *whole[start : start + A_PAGE],
        context([escape(say(wording.TIMES_IN, zone=found.zone.key))]),
    ]
    turns = []
    if start:
        turns.append(button(say(wording.EARLIER), f"{TURN}_back", f"{number}|{start - A_PAGE}"))
    if start + A_PAGE < len(whole):
        turns.append(button(say(wording.LATER), TURN, f"{number}|{start + A_PAGE}"))
    return form(
        say(wording.FORM_EXPLAIN, number=number),
        [*page, *([actions(turns)] if turns else [])],
        callback_id="support_explained",
    )


def as_message(found: Found, lines: Sequence[str]) -> Listed:
    """Return the explanation as a private message; what it has no room for is in the form."""
    number, whole = found.row.number, sections(lines)
    blocks = [section(f"*{say(wording.FORM_EXPLAIN, number=number)}*"), *whole[:IN_MESSAGE]]
    blocks.append(context([escape(say(wording.TIMES_IN, zone=found.zone.key))]))
    if len(whole) > IN_MESSAGE:
        blocks.append(actions([button(say(wording.ALL_OF_IT), "support_explain", str(number))]))
    text = say(wording.EXPLAINED, number=number, lines=len(lines))
    return Listed(text, blocks)
