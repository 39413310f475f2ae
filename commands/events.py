"""Events: written down before they are acknowledged, then worked on, each exactly once.

A second delivery of the same thing adds nothing, also after a restart; what was written down and
not finished is finished when Kepi starts again. A message may be two things: a question or a
dropped file, and part of a customer's issue; each is a delivery of its own.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from slack_bolt.async_app import AsyncApp

from commands.asker import asker_of_event, tell
from commands.context import Context
from commands.direct import answer_direct, is_question
from commands.files import is_drop, look_at_file
from commands.heard import Heard, is_by_bot, read_envelope
from commands.mention import answer_mention
from commands.paced import may_go
from commands.support import hearing

log = logging.getLogger(__name__)

TOO_LATE = timedelta(hours=1)
"""Nobody waits longer for an answer: an older unfinished question is closed, not answered."""
OLDEST = timedelta(days=3)
"""What is about issues is never too late; Slack itself goes on delivering for a day (§2)."""

Receiver = Callable[[Context, Mapping[str, Any]], Awaitable[None]]


def register(app: AsyncApp, context: Context) -> None:
    @app.event("app_mention")
    async def mention(body: dict[str, Any]) -> None:
        await guard(receive, context, body)

    @app.event("message")
    async def message(body: dict[str, Any]) -> None:
        await guard(receive_message, context, body)

    @app.event("file_shared")
    async def file_shared(body: dict[str, Any]) -> None:
        await guard(receive, context, body)

    for kind in hearing.EVENTS:
        app.event(kind)(listener(context))


def listener(context: Context) -> Callable[[dict[str, Any]], Awaitable[None]]:
    """Return what hears an event that is about issues."""

    async def listen(body: dict[str, Any]) -> None:
        await guard(receive_of_issue, context, body)

    return listen


async def guard(receiver: Receiver, context: Context, body: Mapping[str, Any]) -> None:
    """Receive an event; one that cannot be read is logged by its id and is done.

    What keeps it from being written down is raised, so that Slack sends it again.
    """
    try:
        await receiver(context, body)
    except hearing.UNREADABLE as fault:
        extra = {"event": str(body.get("event_id"))[:100], "why": type(fault).__name__}
        log.warning("an event cannot be read", extra=extra)


async def receive_message(context: Context, body: Mapping[str, Any]) -> None:
    """Receive a message: a question, a dropped file, a part of an issue."""
    said = body["event"]
    if is_question(said) or is_drop(said):
        await receive(context, body)
    if said.get("channel_type") != "im":
        await receive_of_issue(context, body)


async def receive_of_issue(context: Context, body: Mapping[str, Any]) -> None:
    """Receive what may be about an issue."""
    inner = body["event"]
    if inner.get("type") == "member_joined_channel":
        context.channels.forget(str(inner.get("channel")))
    heard = await hearing.hear(context, body)
    if heard is not None:
        begin(context, heard)


async def receive(context: Context, body: Mapping[str, Any]) -> None:
    """Write an event down and start its work; raises what keeps it from being written down."""
    from storage import events

    heard = read_envelope(body)
    is_new = await context.write(
        events.remember, context.home.team, heard.key, json.dumps(heard.inner), context.clock()
    )
    if is_new:
        begin(context, heard)
    else:
        log.info("event seen before", extra={"event": heard.key})


def begin(context: Context, heard: Heard) -> None:
    """Start the work of an event that is written down."""
    if hearing.is_support(heard):
        context.tasks.start(hearing.attend(context, heard))
        return
    asker = asker_of_event(heard.inner)
    context.tasks.start(work_on(context, heard), lambda words: tell(context, asker, words))


async def work_on(context: Context, heard: Heard) -> None:
    """Do an event's work and mark it done.

    What fails is told to the asker and so is done too; what is cut off by a stop is not.
    """
    from storage import events

    try:
        await do(context, heard)
    except Exception:
        await context.write(events.finish, context.home.team, heard.key)
        raise
    await context.write(events.finish, context.home.team, heard.key)


async def do(context: Context, heard: Heard) -> None:
    """Find out what an event asks for, and do it."""
    if heard.key.startswith("file:"):
        if not await is_of_customer(context, heard.inner):
            await look_at_file(context, heard)
    elif heard.inner.get("type") == "app_mention":
        from commands.support.mentions import follow_mention

        if not await follow_mention(context, heard.inner, heard.key):
            await answer_at_pace(answer_mention, context, heard)
    else:
        await answer_at_pace(answer_direct, context, heard)


async def answer_at_pace(
    answer: Callable[[Context, Heard], Awaitable[None]], context: Context, heard: Heard
) -> None:
    """Answer a question, unless its asker asks too often; what programs write is none."""
    if is_by_bot(heard.inner) or may_go(context, asker_of_event(heard.inner)):
        await answer(context, heard)


async def is_of_customer(context: Context, inner: Mapping[str, Any]) -> bool:
    """Say whether a file is an outsider's, in a channel whose issues are clocked.

    It is part of an issue and no export: nothing is said about it.
    """
    channel, user = inner.get("channel") or inner.get("channel_id"), inner.get("user_id")
    if not await hearing.is_tracked(context, channel):
        return False
    return (await context.people.find(str(inner.get("user") or user))).is_guest


async def read_backlog(context: Context) -> list[Heard]:
    """Return what a stop or a crash left unfinished; questions that are too late are closed."""
    from storage import events

    team, now = context.home.team, context.clock()
    recent = {key for key, _ in await context.read(events.unfinished, team, now - TOO_LATE)}
    backlog, closed = await hearing.read_parked(context), 0
    for key, body in await context.read(events.unfinished, team, now - OLDEST):
        if key.startswith(hearing.PREFIX):
            continue
        if key not in recent:
            await context.write(events.finish, team, key)
            closed += 1
            continue
        try:
            backlog.append(Heard(key, dict(json.loads(body)), again=True))
        except (ValueError, TypeError):
            log.warning("an unfinished event cannot be read", extra={"event": key})
    if closed:
        log.warning("events came too late to be answered", extra={"events": closed})
    return backlog


async def try_again(context: Context) -> None:
    """Begin anew what could not be understood: its message had not come, or Slack was silent."""
    for heard in await hearing.read_due(context):
        begin(context, heard)
