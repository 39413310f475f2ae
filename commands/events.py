"""Events: written down before they are acknowledged, then worked on, each exactly once.

A second delivery of the same thing adds nothing, also after a restart; what was written down and
not finished is finished when Kepi starts again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from slack_bolt.async_app import AsyncApp

from commands.asker import asker_of_event, tell
from commands.context import Context
from commands.direct import answer_direct, is_question
from commands.files import is_drop, look_at_file
from commands.heard import Heard, read_envelope
from commands.mention import answer_mention

log = logging.getLogger(__name__)

TOO_LATE = timedelta(hours=1)
"""Nobody waits longer for an answer: an older unfinished event is closed, not answered."""


def register(app: AsyncApp, context: Context) -> None:
    @app.event("app_mention")
    async def mention(body: dict[str, Any]) -> None:
        await receive(context, body)

    @app.event("message")
    async def message(body: dict[str, Any]) -> None:
        if is_question(body["event"]) or is_drop(body["event"]):
            await receive(context, body)

    @app.event("file_shared")
    async def file_shared(body: dict[str, Any]) -> None:
        await receive(context, body)

    @app.event("member_joined_channel")
    async def joined(event: dict[str, Any]) -> None:
        context.channels.forget(str(event.get("channel")))


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
        await look_at_file(context, heard)
    elif heard.inner.get("type") == "app_mention":
        await answer_mention(context, heard)
    else:
        await answer_direct(context, heard)


async def read_backlog(context: Context) -> list[Heard]:
    """Return the events that a stop or a crash left unfinished; those too late are closed."""
    from storage import events

    team, since = context.home.team, context.clock() - TOO_LATE
    closed = await context.write(events.finish_older, team, since)
    if closed:
        log.warning("events came too late to be answered", extra={"events": closed})
    backlog = []
    for key, body in await context.read(events.unfinished, team, since):
        try:
            backlog.append(Heard(key, dict(json.loads(body)), again=True))
        except (ValueError, TypeError):
            log.warning("an unfinished event cannot be read", extra={"event": key})
    return backlog
