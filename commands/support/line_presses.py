"""The buttons under lines and hints: each is an act in the ledger, at the moment of the press."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.asker import tell, tell_blocks
from commands.blocks import actions, button, escape, section
from commands.context import Context
from commands.pressed import Pressed, read_press
from commands.saying import say
from commands.support import wording
from commands.support.acting import Doing, entry_of
from commands.support.chosen import Chosen
from commands.support.do import act, after_all
from commands.support.fetching import find_message
from commands.support.grammar import Said, Verb
from commands.support.line_words import label_of
from commands.support.lines import refresh_line
from commands.support.looking import find_issue
from commands.support.moments import when
from commands.support.relay import open_relay
from commands.support.standing import require_sight, require_team
from commands.support.take import take
from commands.tongues import in_senders_language
from storage.errors import KepiError
from support.entries import Act

VERBS: Mapping[str, Verb] = {
    "undo": Verb.UNDO,
    "reopen": Verb.REOPEN,
    "resolve": Verb.RESOLVE,
    "yes": Verb.RESOLVE,
    "claim": Verb.CLAIM,
    "restore": Verb.RESTORE,
}
"""Buttons that do what a command does."""

STAYS_OPEN = "Issue {number} stays open. Mark it anew when it is solved."
ATTACHED = "Attached: your answer counts in issue {number}."


def register(app: AsyncApp, context: Context) -> None:
    @app.action(re.compile("^line:"))
    @in_senders_language(context)
    async def press(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        name = str(body["actions"][0].get("action_id") or "").removeprefix("line:")
        name = name.partition(":")[0]  # “line:attach:1” is the second of its kind
        pressed, at = read_press(body), moment_of_press(body)
        context.tasks.start(
            follow(context, name, pressed, at), lambda words: tell(context, pressed.asker, words)
        )


def moment_of_press(body: Mapping[str, Any]) -> int:
    """Return when a button was pressed, by Slack's clock; 0 where Slack does not say."""
    return when(str(body["actions"][0].get("action_ts") or ""))


async def follow(context: Context, name: str, pressed: Pressed, at: int) -> None:
    """Do what a button says, and tell the presser where nothing else shows it.

    Raises ``KepiError`` with what would work; a line that offered what is over is put right.
    """
    if name == "relay":
        await teach(context, pressed, at)
        return
    number, _, ts = pressed.value.partition("|")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise KepiError(wording.OLD_BUTTON)
    try:
        words = await do(context, name, int(number), ts, pressed, at)
    except KepiError as trouble:
        await put_right(context, int(number))
        if pressed.is_private and str(trouble) == say(wording.UNDO_TOO_LATE, number=number):
            await offer_reopening(context, pressed, number, str(trouble))
            return
        raise
    if pressed.is_private:
        blocks = [section(escape(words))]
        await tell_blocks(context, pressed.asker, escape(words), blocks, replace=True)


async def do(context: Context, name: str, number: int, ts: str, pressed: Pressed, at: int) -> str:
    """Take the act into the ledger; return the line that says so."""
    user, trigger = pressed.asker.user, pressed.trigger
    if name in VERBS:
        said = Said(VERBS[name], number)
        _, words = await act(context, user, said, trigger=trigger, via="button", at=at)
        return words
    found = await find_issue(context, number)
    await require_sight(context, user, found.row.channel, number)
    standing = await require_team(context, user, found.row.channel)
    if name == "still-open":
        doing, words = Doing(Act.STILL_OPEN), say(STAYS_OPEN)
    elif name == "attach" and when(ts):
        doing, words = Doing(Act.ATTACH, ts=ts), say(ATTACHED)
    else:
        raise KepiError(wording.OLD_BUTTON)
    now = at or after_all(context, found)
    entry = entry_of(
        doing,
        standing.actor,
        found.row.channel,
        found.row.root,
        trigger=trigger,
        now=now,
        via="button",
    )
    await take(context, [entry])
    return words.format(number=number)


async def offer_reopening(context: Context, pressed: Pressed, number: str, words: str) -> None:
    """Put *Reopen* in the place of *Undo*: only the press lets a private line be changed."""
    row = [button(label_of("reopen"), "line:reopen", number)]
    blocks = [section(escape(words)), actions(row)]
    await tell_blocks(context, pressed.asker, escape(words), blocks, replace=True)


async def teach(context: Context, pressed: Pressed, at: int) -> None:
    """Open the form *Track posts like this* on the post of an app that Kepi does not know."""
    channel, _, ts = pressed.value.partition("|")
    message = await find_message(context, channel, ts) if channel and ts else None
    if message is None:
        raise KepiError(wording.MESSAGE_GONE)
    asker = replace(pressed.asker, channel=channel)
    await open_relay(context, Chosen(asker, message, pressed.trigger, at))


async def put_right(context: Context, number: int) -> None:
    """Let the line show what can be done now: *Undo* may have become *Reopen* meanwhile."""
    from storage import issues

    row = await context.read(issues.by_number, context.home.workspace, number)
    if row is not None:
        context.shown.forget(str(row.id))
        await refresh_line(context, row.id)
