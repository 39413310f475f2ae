"""Buttons and the ⋯ menu under a list and under an issue."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.asker import Asker, asker_of_action, tell, tell_blocks
from commands.blocks import View_
from commands.context import Context
from commands.pressed import Pressed, number_of, on_press, read_press
from commands.rights import require_member
from commands.saying import say
from commands.support import explain, wording
from commands.support.acting import Doing, entry_of
from commands.support.choose_form import FORM, compose_choice, read_choice
from commands.support.do import act, after_all
from commands.support.grammar import Said, Verb
from commands.support.help_page import compose_help
from commands.support.listing import NEXT, SHOW
from commands.support.looking import find_issue, look_again
from commands.support.moments import when
from commands.support.pages import issue_page, list_page
from commands.support.requests import Request
from commands.support.show import ACT, COUNT_IT, MENU
from commands.support.standing import require_sight, require_team
from commands.support.take import take
from commands.tongues import in_own_language, in_senders_language
from commands.views import open_form
from storage.errors import KepiError
from support.entries import Act

PRESSED = (Verb.CLAIM, Verb.RESOLVE, Verb.WAIT, Verb.UNWAIT, Verb.REPLIED, Verb.REOPEN)
PRESSED_LATER = (Verb.RESTORE, Verb.UNMERGE, Verb.UNDO)
ASKED = (Verb.ASSIGN, Verb.SNOOZE, Verb.PRIORITY, Verb.DISMISS, Verb.CSAT)


@dataclass(frozen=True)
class Press:
    """A press on an issue: its number, and when by Slack's clock (µs, 0 where it is not said)."""

    pressed: Pressed
    number: int
    verb: str
    at: int


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, re.compile(f"^{SHOW}:"), in_own_language(show))
    on_press(app, context, re.compile(f"^{NEXT}:"), in_own_language(turn))
    on_press(app, context, "support_help", in_own_language(show_help))
    on_issue(app, context, re.compile(f"^{ACT}:"), do)
    on_issue(app, context, re.compile(f"^{MENU}:"), choose)
    on_issue(app, context, re.compile(f"^{COUNT_IT}:"), count_it)

    @app.view(FORM)
    @in_senders_language(context)
    async def chosen(ack: AsyncAck, body: dict[str, Any]) -> None:
        said, memory, errors = read_choice(body["view"])
        if errors:
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        asker = Asker(
            str(body["user"]["id"]),
            str(memory.get("channel") or ""),
            response_url=memory.get("response_url"),
        )
        trigger = f"form:{body['view']['id']}"
        request = Request(context, asker, said, key=trigger, replace=True)
        context.tasks.start(
            act_and_show(request, int(memory.get("at") or 0)),
            lambda words: tell(context, asker, words),
        )


Work = Callable[[Context, Press], Awaitable[None]]


def on_issue(app: AsyncApp, context: Context, constraint: Any, work: Work) -> None:
    """Let ``work`` follow a press on an issue: acknowledged first."""

    @app.action(constraint)
    @in_senders_language(context)
    async def press(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        read = read_issue_press(body)

        async def start() -> None:
            await work(context, read)

        asker = asker_of_action(body)
        context.tasks.start(start(), lambda words: tell(context, asker, words))


def read_issue_press(body: Mapping[str, Any]) -> Press:
    """Return the press: a button's verb is in its name, the menu's in what was chosen."""
    action = body["actions"][0]
    chosen = (action.get("selected_option") or {}).get("value")
    verb, number = str(chosen or "").partition(":")[::2]
    if not chosen:
        verb = str(action.get("action_id")).partition(":")[2]
        number = str(action.get("value") or "")
    at = when(str(action.get("action_ts") or ""))
    return Press(read_press(body), number_of(number), verb, at)


async def show(context: Context, pressed: Pressed) -> None:
    """Show the issue of a row; the list stays."""
    number = number_of(pressed.value)
    found = await find_issue(context, number)
    await require_sight(context, pressed.asker.user, found.row.channel, number)
    page = await issue_page(context, pressed.asker.user, found)
    await tell_blocks(context, pressed.asker, page.text, page.blocks)


async def turn(context: Context, pressed: Pressed) -> None:
    """Show the next or the former page of the list in its place."""
    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    start = number_of(pressed.value)
    page = await list_page(context, pressed.asker.user, start=start)
    await tell_blocks(context, pressed.asker, page.text, page.blocks, replace=pressed.is_private)


async def show_help(context: Context, pressed: Pressed) -> None:
    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    page = compose_help()
    await tell_blocks(context, pressed.asker, page.text, page.blocks)


async def do(context: Context, press: Press) -> None:
    """Do at once what needs no more words."""
    verb = Verb(press.verb) if press.verb in (*PRESSED, *PRESSED_LATER) else None
    if verb is None:
        raise KepiError(wording.OLD_BUTTON)
    pressed = press.pressed
    request = Request(
        context,
        pressed.asker,
        Said(verb, press.number),
        key=pressed.trigger,
        replace=pressed.is_private,
    )
    await act_and_show(request, press.at)


async def act_and_show(request: Request, at: int) -> None:
    """Do it, and put the issue as it is then in the place of what was pressed."""
    context, user = request.context, request.asker.user
    found, line = await act(context, user, request.said, trigger=request.key, via="button", at=at)
    await request.answer(await issue_page(context, user, found, line))


async def choose(context: Context, press: Press) -> None:
    """Open what the ⋯ menu names: the explanation, or a form that asks for more."""
    pressed = press.pressed
    if press.verb == Verb.EXPLAIN:
        said = Said(Verb.EXPLAIN, press.number)
        await explain.answer(Request(context, pressed.asker, said, pressed.trigger))
        return
    if press.verb not in ASKED:
        raise KepiError(wording.OLD_BUTTON)
    memory = {
        "channel": pressed.asker.channel,
        "response_url": pressed.asker.response_url,
        "at": press.at,
    }
    found = await find_issue(context, press.number)
    await require_sight(context, pressed.asker.user, found.row.channel, press.number)
    await require_team(context, pressed.asker.user, found.row.channel)
    view: View_ = compose_choice(Verb(press.verb), press.number, memory)
    await open_form(context, pressed.trigger, view)


async def count_it(context: Context, press: Press) -> None:
    """*It is an issue*: what was taken for thanks counts as a customer's message (§3.2)."""
    pressed = press.pressed
    number, _, ts = pressed.value.partition("|")
    if not when(ts):
        raise KepiError(wording.OLD_BUTTON)
    found = await find_issue(context, number_of(number))
    await require_sight(context, pressed.asker.user, found.row.channel, found.row.number)
    standing = await require_team(context, pressed.asker.user, found.row.channel)
    entry = entry_of(
        Doing(Act.TRACK, at=press.at, ts=ts),
        standing.actor,
        found.row.channel,
        found.row.root,
        trigger=pressed.trigger,
        now=after_all(context, found),
        via="button",
    )
    await take(context, [entry])
    after = await look_again(context, found.row)
    line = say(wording.COUNTED, number=found.row.number)
    page = await issue_page(context, pressed.asker.user, after, line)
    await tell_blocks(context, pressed.asker, page.text, page.blocks, replace=pressed.is_private)
