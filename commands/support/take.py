"""Entries into the ledger, the ledger into issues, and what changed to those whom it concerns."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from commands.context import Context
from commands.locks import Locks
from storage.errors import KepiError
from support.entries import Act, Entry, Kind
from support.outcome import Outcome

log = logging.getLogger(__name__)

TRIES = 5
SECONDS = 0.5
"""Waited, longer each time, for a database that is busy."""

Waiting = dict[str, asyncio.Task[Outcome]]
WAITING: WeakKeyDictionary[Locks, Waiting] = WeakKeyDictionary()
"""Of each running bot: the refresh of a channel that waits for its turn, shared by all who ask."""


async def take(context: Context, entries: Sequence[Entry], *, finish: str | None = None) -> Outcome:
    """Write entries down, fold them, and show what changed; the delivery ``finish`` is done.

    Returns what changed in the channel of the first entry. Once entries are in the ledger they
    count, whatever fails afterwards: the next refresh folds them.
    """
    await write_down(context, entries, finish=finish)
    await keep_tracked_words(context, entries)
    channels = list(dict.fromkeys(it.channel for it in entries))
    outcomes = [await refresh(context, channel) for channel in channels]
    return outcomes[0] if outcomes else Outcome("")


async def write_down(
    context: Context, entries: Sequence[Entry], *, finish: str | None = None
) -> None:
    """Store entries durably, and with them that the delivery ``finish`` is done."""
    from support.ledger_rows import pack

    if entries or finish is not None:
        await context.journal.append([pack(it) for it in entries], context.clock(), finish)


async def keep_tracked_words(context: Context, entries: Sequence[Entry]) -> None:
    """Keep the first words of messages that are tracked by hand; a given title needs none."""
    from commands.support.excerpts import keep_at
    from commands.support.place import look

    for entry in entries:
        if entry.name == Act.TRACK and entry.kind is Kind.ACT and not entry.more.get("title"):
            await keep_at(context, await look(context, entry.channel), entry.ts)


async def refresh(context: Context, channel: str) -> Outcome:
    """Fold what is new of a channel and show it; many who ask at once share one folding."""
    waiting = WAITING.setdefault(context.locks, {})
    task = waiting.get(channel)
    if task is None:
        task = asyncio.get_running_loop().create_task(fold_and_show(context, channel, waiting))
        waiting[channel] = task
    return await asyncio.shield(task)


async def fold_and_show(context: Context, channel: str, waiting: Waiting) -> Outcome:
    """Wait for the channel's turn, fold, and tell the surfaces."""
    async with context.locks.turn(f"fold:{channel}"):
        waiting.pop(channel, None)  # from here on, what is appended may be missed
        outcome = await fold(context, channel)
    await tell(context, outcome)
    return outcome


async def fold(context: Context, channel: str) -> Outcome:
    """Fold a channel in a thread; a database that is busy is asked again."""
    for attempt in range(1, TRIES):
        try:
            return await asyncio.to_thread(context.tracker.refresh, channel, context.clock())
        except KepiError as refusal:
            log.warning("folding waits", extra={"channel": channel, "why": refusal.english})
            await asyncio.sleep(SECONDS * attempt)
    return await asyncio.to_thread(context.tracker.refresh, channel, context.clock())


async def tell(context: Context, outcome: Outcome) -> None:
    """Show changes and give hints; what fails here takes nothing back."""
    from commands.support.csat import withdraw
    from commands.support.excerpts import keep_openings
    from commands.support.hints import hint
    from commands.support.lines import show

    for surface in (withdraw, keep_openings, show, hint):
        try:
            await surface(context, outcome)
        except Exception:
            log.exception("a surface failed", extra={"channel": outcome.channel})
