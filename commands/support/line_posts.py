"""The line as a message in the thread: posted once, edited, found again, taken away (§4.7).

Its ``ts`` is kept with the issue; where a crash came between posting and keeping, the line is
found again by its key.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from commands.blocks import Block, actions, button, escape, section
from commands.calls import error_of, repeat
from commands.context import Context
from commands.posting import NotWelcome, Unconfirmed, post, update
from commands.support.fetching import read_replies
from commands.support.line_words import Line, label_of
from commands.support.moments import moment_of
from support.rules import Rules

if TYPE_CHECKING:
    from sqlalchemy import Connection

log = logging.getLogger(__name__)

NEWS = timedelta(days=1)
LOST = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
"""The line is not there any more, or cannot be edited."""
OUT = frozenset({"not_in_channel", "channel_not_found", "is_archived"})
"""Kepi is not in the channel any more."""


@dataclass(frozen=True)
class Held:
    """What the tables hold about an issue's line."""

    channel: str
    root: str
    number: int
    line: str
    """``ts`` of the line; empty where there is none."""
    is_gone: bool
    """Kepi is not in the channel."""
    rules: Rules
    zone: str


def read_held(connection: Connection, workspace: int, issue: int) -> Held | None:
    """Return what decides where and how an issue's line is shown."""
    from storage import desks, issues, workspaces
    from support.rulebook import read_book

    row = issues.by_id(connection, workspace, issue)
    if row is None:
        return None
    desk = desks.find(connection, workspace, row.channel)
    return Held(
        channel=row.channel,
        root=row.root,
        number=row.number,
        line=row.line,
        is_gone=desk is not None and desk.gone is not None,
        rules=read_book(connection, workspace, row.channel).latest,
        zone=workspaces.zone_of(connection, workspace),
    )


async def put(context: Context, issue: int, held: Held, line: Line | None) -> None:
    """Post, edit or take away the line in the thread."""
    if line is None:
        if held.line:
            await take_away(context, issue, held)
        return
    if held.line and context.shown.get(str(issue)) == line:
        return
    if not held.line and not is_news(context, line):
        return
    blocks = compose_blocks(line, held.number)
    ts = held.line
    if ts and not await edit(context, held.channel, ts, line, blocks):
        ts = ""
    if not ts:
        ts = await post_line(context, issue, held, line, blocks)
        if not ts:
            return
    if ts != held.line:
        await keep(context, issue, held.channel, ts)
    context.shown.keep(str(issue), line)


def is_news(context: Context, line: Line) -> bool:
    """Say whether it happened lately: what was found in an old thread is not announced."""
    return context.clock() - moment_of(line.at) <= NEWS


async def post_line(
    context: Context, issue: int, held: Held, line: Line, blocks: list[Block]
) -> str:
    """Post the line and return its ``ts``, or find the one that a crash kept from being known."""
    from storage import support_notes

    key, workspace = f"line:{issue}", context.home.workspace
    now = context.clock()
    is_first = await context.write(support_notes.tell_once, workspace, key, now)
    if not is_first and (found := await find_line(context, held, key)):
        await edit(context, held.channel, found, line, blocks)
        return found
    try:
        return await post(
            context,
            channel=held.channel,
            thread=held.root,
            text=escape(line.text),
            blocks=blocks,
            key=key,
        )
    except Unconfirmed:
        log.warning("a line is unconfirmed", extra={"issue": issue})
        return ""


async def find_line(context: Context, held: Held, key: str) -> str:
    """Return the ``ts`` of the line with ``key`` in the thread, or nothing."""
    found = await read_replies(context, held.channel, held.root, include_all_metadata=True)
    for message in found:
        payload = (message.get("metadata") or {}).get("event_payload") or {}
        if payload.get("key") == key and message.get("bot_id") == context.home.bot_id:
            return str(message["ts"])
    return ""


async def edit(context: Context, channel: str, ts: str, line: Line, blocks: list[Block]) -> bool:
    """Change the line; say whether it is there. Raises what else Slack refuses."""
    try:
        await update(context, channel=channel, ts=ts, text=escape(line.text), blocks=blocks)
    except SlackApiError as refusal:
        word = error_of(refusal)
        if word in LOST:
            return False
        if word in OUT:
            raise NotWelcome(word) from refusal
        raise
    return True


async def take_away(context: Context, issue: int, held: Held) -> None:
    """Delete a line that has nothing to say any more."""
    try:
        await repeat(lambda: context.client.chat_delete(channel=held.channel, ts=held.line))
    except SlackApiError as refusal:
        word = error_of(refusal)
        if word in OUT:
            raise NotWelcome(word) from refusal
        if word != "message_not_found":
            raise
    await keep(context, issue, "", "")
    context.shown.forget(str(issue))


async def keep(context: Context, issue: int, channel: str, ts: str) -> None:
    from storage import issues

    await context.write(issues.set_line, context.home.workspace, issue, channel, ts)


def compose_blocks(line: Line, number: int) -> list[Block]:
    """Return the line with its buttons; each remembers the issue's number."""
    blocks = [section(escape(line.text))]
    if line.buttons:
        row = [button(label_of(it), f"line:{it}", str(number)) for it in line.buttons]
        blocks.append(actions(row))
    return blocks
