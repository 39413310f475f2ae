"""Labelling what came, in the background: in portions, in a thread, as long as anything waits.

What was kept is kept: a process that dies leaves the rest to the next wake, or to another process.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from commands.context import Context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from kpis.sentiment.backend import SentimentBackend
    from storage.mention_labels import Said, Waiting

log = logging.getLogger(__name__)

TURN = "labelling"
SECONDS = 6.0
"""A task works for so long, by the stopwatch; the next wake goes on. A stop waits for no more."""


async def plan(context: Context) -> None:
    """Start labelling where mentions wait and nobody here is at it."""
    if context.locks.is_held(TURN) or not await context.read(is_wanted, context.home.workspace):
        return
    context.tasks.start(label_waiting(context))


def is_wanted(connection: Connection, workspace: int) -> bool:
    from storage import labelling

    return not labelling.is_idle(connection, workspace)


async def label_waiting(context: Context, seconds: float = SECONDS) -> None:
    """Label what waits, if no other process does, for about so many seconds."""
    from kpis.sentiment.backend import BULK
    from storage import labelling
    from storage.mention_labels import waiting

    workspace, who = context.home.workspace, context.leases.holder
    async with context.locks.turn(TURN):
        version = await context.read(labelling.version_of, workspace)
        if not await context.write(labelling.claim, workspace, who, context.clock()):
            return
        until, done, after = context.leases.now() + seconds, 0, 0
        while context.leases.now() < until:
            found = await context.read(waiting, workspace, BULK, after)
            if not found:
                break
            after = found[-1].mention
            done += await label_some(context, found, until)
        else:
            return  # more may wait: the work stays ours until the next wake
        await context.write(finish, context, 0 if done else version)
        if done:
            log.info("mentions labelled", extra={"mentions": done})


def finish(connection: Connection, context: Context, version: int) -> None:
    """Give the work back; note that nothing waited, where nothing did at all."""
    from storage import labelling

    workspace = context.home.workspace
    labelling.release(connection, workspace, context.leases.holder)
    if version:
        labelling.mark_idle(connection, workspace, version, context.clock())


async def label_some(context: Context, found: Sequence[Waiting], until: float) -> int:
    """Label mentions a portion at a time; return how many were before time was up."""
    from kpis.sentiment.labelling import label, portion_of
    from storage import labelling
    from storage.mention_labels import keep

    workspace, now = context.home.workspace, context.clock
    backend, speaks = await context.read(choose_model, workspace, len(found))
    size, done = portion_of(backend), 0
    for start in range(0, len(found), size):
        if context.leases.now() >= until:
            break
        said = await asyncio.to_thread(label, found[start : start + size], backend, speaks)

        def keep_some(connection: Connection, said: Sequence[Said] = said) -> int:
            kept = keep(connection, workspace, said, backend.id, backend.version, now())
            labelling.claim(connection, workspace, context.leases.holder, now(), kept)
            return kept

        done += await context.write(keep_some)
    return done


def choose_model(
    connection: Connection, workspace: int, waiting: int
) -> tuple[SentimentBackend, Sequence[str]]:
    """Return the model for so many mentions, with what the team taught it, and the languages."""
    from kpis.sentiment.choosing import languages_of, model_of

    return model_of(connection, workspace, waiting=waiting), languages_of(connection, workspace)
