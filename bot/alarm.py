"""Telling that Kepi itself is not well: by the outbox, or past it where that stands still."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any

from commands.status.ops import KIND, LATE, OVERDUE, RECOVERED, say_frozen, say_overdue

if TYPE_CHECKING:
    from slack_sdk import WebClient
    from sqlalchemy import Connection

    from bot.watch import Watch

log = logging.getLogger(__name__)

LOOKS = 20
"""How often it is looked whether the outbox has brought an alarm."""


async def tell_overdue(watch: Watch) -> None:
    """Tell once that messages are overdue: by the outbox, and past it where that brings nothing."""
    context = watch.context
    if not watch.overdue:
        if not watch.is_waiting:
            await context.write(end_episode, context.home.workspace)
        return
    oldest = min(it.wake for it in watch.overdue)
    period = await context.write(begin_episode, watch, oldest)
    if period is None:
        return
    log.error(
        "messages are overdue",
        extra={"count": len(watch.overdue), "oldest": oldest.isoformat()},
    )
    if not watch.receiver:
        return
    for _ in range(LOOKS):
        await asyncio.sleep(watch.pace.deliver / LOOKS)
        if await context.read(is_out, context.home.workspace, watch.receiver, period):
            return
    key = await context.write(take_back, context.home.workspace, watch.receiver, period)
    words = await say_in_their_language(watch, oldest)
    await asyncio.to_thread(tell_past_outbox, watch, words, key)


async def say_in_their_language(watch: Watch, oldest: datetime) -> str:
    """Return the alarm as whoever receives it reads."""
    from commands.tongues import language_of_readers
    from kpis.tongue import speaking

    with speaking(await language_of_readers(watch.context, watch.receiver)):
        return say_overdue(len(watch.overdue), oldest, None)


def begin_episode(connection: Connection, watch: Watch, oldest: datetime) -> str | None:
    """Write the alarm down; return its period, or nothing where one of this episode is out."""
    from storage import outbox
    from storage.support_notes import tell_once

    context, now = watch.context, watch.context.clock()
    workspace = context.home.workspace
    if not tell_once(connection, workspace, OVERDUE, now):
        return None
    period = f"{LATE}|{now.isoformat(timespec='seconds')}"
    if watch.receiver:
        body = {"what": LATE, "count": len(watch.overdue), "oldest": oldest.isoformat()}
        outbox.add(
            connection,
            workspace,
            channel=watch.receiver,
            kind=KIND,
            period=period,
            due=now,
            now=now,
            body=body,
        )
    return period


def end_episode(connection: Connection, workspace: int) -> None:
    """Nothing is overdue any more: the next time is told again."""
    from storage.support_notes import forget_told, was_told

    if was_told(connection, workspace, OVERDUE):
        forget_told(connection, workspace, OVERDUE)


def is_out(connection: Connection, workspace: int, receiver: str, period: str) -> bool:
    from storage import outbox

    row = outbox.find(connection, workspace, receiver, KIND, period)
    return row is None or row.state not in ("due", "sending")


def take_back(connection: Connection, workspace: int, receiver: str, period: str) -> str:
    """Let the outbox leave an alarm alone; return its key, by which the outbox looks for it."""
    from commands.post_once import key_of
    from storage import outbox

    outbox.drop(connection, workspace, receiver, KIND, period, "posted past the outbox")
    row = outbox.find(connection, workspace, receiver, KIND, period)
    return "" if row is None else key_of(row)


async def tell_recovery(watch: Watch) -> None:
    """After the loop stood still: say that it goes on; what is late is on its way."""
    watch.has_alarmed = False
    if watch.receiver:
        await watch.context.write(add_recovery, watch)


def add_recovery(connection: Connection, watch: Watch) -> None:
    from storage import outbox

    context, now = watch.context, watch.context.clock()
    outbox.add(
        connection,
        context.home.workspace,
        channel=watch.receiver,
        kind=KIND,
        period=f"{RECOVERED}|{now.isoformat(timespec='seconds')}",
        due=now,
        now=now,
        body={"what": RECOVERED},
    )


def tell_frozen(watch: Watch, seconds: float, key: str) -> None:
    """Tell that nothing has been sent for long, as whoever receives it reads; from any thread."""
    from kpis.tongue import speaking

    with speaking(ask_language(watch)):
        tell_past_outbox(watch, say_frozen(seconds), key)


def ask_language(watch: Watch) -> str:
    """Return what a person reads, by a line to Slack of its own; of a channel what was chosen."""
    from kpis.tongue import language_of

    if not is_person(watch.receiver):
        return watch.language
    try:
        found = open_line(watch).users_info(user=watch.receiver, include_locale=True)
        return language_of(str(found["user"].get("locale") or ""))
    except Exception as fault:
        log.warning("nobody knows what they read", extra={"why": type(fault).__name__})
        return watch.language


def is_person(receiver: str) -> bool:
    return receiver.startswith(("U", "W"))


def open_line(watch: Watch) -> WebClient:
    """Return a client that needs neither the loop nor its other callers."""
    from slack_sdk import WebClient

    client = watch.context.client
    return WebClient(token=client.token, base_url=client.base_url, timeout=10, retry_handlers=[])


def tell_past_outbox(watch: Watch, words: str, key: str) -> None:
    """Post a line once, from any thread, on a line to Slack of its own."""
    from commands.posting import EVENT_TYPE

    if not watch.receiver:
        return
    message: dict[str, Any] = {
        "channel": watch.receiver,
        "text": words,
        "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": key}},
    }
    try:
        once = open_line(watch)
        if is_person(watch.receiver):
            opened = once.conversations_open(users=message["channel"])
            message["channel"] = opened["channel"]["id"]
        once.chat_postMessage(**message)
    except Exception as fault:
        log.error("nobody could be told", extra={"why": type(fault).__name__})
