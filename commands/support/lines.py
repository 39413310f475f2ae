"""An issue's one confirmation line, and 🎫 on what is new (support-spec §4.7, what-people-see §5).

``show`` is told what changed; ``refresh_line`` makes a line say what it should, whoever asks and
however often: it is composed from the ledger, and edited where it says something else.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.errors import SlackApiError

from commands.calls import FAULTS, error_of, repeat
from commands.context import Context
from commands.posting import NotWelcome
from commands.support.line_posts import OUT, Held, put, read_held
from commands.support.line_whispers import reader_of, whisper
from commands.support.line_words import Setting, compose_line, people_in
from commands.support.looking import names_of
from commands.support.moments import micros_of
from commands.tongues import language_of_channel, language_of_person
from storage.errors import KepiError
from support.outcome import Change, Outcome
from support.rules import Rules
from support.timeline import Timeline

log = logging.getLogger(__name__)

TICKET = "ticket"
NO_TICKET = frozenset(
    {"already_reacted", "message_not_found", "thread_locked", "too_many_reactions"}
)
"""Refusals of 🎫 that need no mention."""


async def show(context: Context, outcome: Outcome) -> None:
    """Let people see what changed: 🎫 on what is new, the line where something was decided."""
    for change in outcome.changes:
        try:
            await show_change(context, change)
        except (*FAULTS, KepiError) as fault:
            log.warning("a change was not shown", extra={"why": repr(fault)[:200]})


async def show_change(context: Context, change: Change) -> None:
    if change.before is None:
        await add_ticket(context, change)
    if is_worth_a_line(context, change):
        await refresh_line(context, change.issue)


async def mend(context: Context, since: datetime) -> None:
    """Put right the lines that a stop since a moment may have left behind."""
    from storage import upkeep

    for issue in await context.read(upkeep.lines_behind, context.home.workspace, since):
        try:
            await refresh_line(context, issue)
        except (*FAULTS, KepiError) as fault:
            log.warning("a line was not mended", extra={"why": repr(fault)[:200]})


def is_worth_a_line(context: Context, change: Change) -> bool:
    """Say whether the line may have to say something else: most of what happens is silent."""
    now = micros_of(context.clock())
    plain = Setting({}, ZoneInfo("UTC"), Rules())
    before = compose_line(change.before, now, plain) if change.before else None
    return before is not None or compose_line(change.after, now, plain) is not None


async def refresh_line(context: Context, issue: int) -> None:
    """Make an issue's line say what it should say now."""
    held = None
    try:
        async with context.locks.turn(f"line:{issue}"):
            held = await context.read(read_held, context.home.workspace, issue)
            if held is not None and not held.is_gone:
                await make_line(context, issue, held)
    except NotWelcome as refusal:
        if held is not None:
            await lose_channel(context, held.channel, str(refusal))


async def make_line(context: Context, issue: int, held: Held) -> None:
    """Compose the line from the ledger, and put it where it belongs."""
    from kpis.tongue import speaking

    timeline = await asyncio.to_thread(context.tracker.timeline, issue)
    setting = await make_setting(context, held, timeline)
    now = micros_of(context.clock())
    if held.rules.lines == "thread" and not held.rules.is_shared:
        with speaking(await language_of_channel(context, held.channel)):
            await put(context, issue, held, compose_line(timeline, now, setting))
    elif held.rules.lines != "none" or timeline.asked is not None:
        with speaking(await language_of_person(context, reader_of(timeline))):
            line = compose_line(timeline, now, setting)
            await whisper(context, issue, held, timeline, line)


async def make_setting(context: Context, held: Held, timeline: Timeline) -> Setting:
    """Return names, zone and rules; whoever Slack does not name is a colleague."""
    names = await names_of(context, people_in(timeline))
    return Setting(names, ZoneInfo(held.zone), held.rules)


async def add_ticket(context: Context, change: Change) -> None:
    """Add 🎫 to the first message of a new issue, where that is wanted and allowed."""
    held = await context.read(read_held, context.home.workspace, change.issue)
    if held is None or held.is_gone or held.rules.is_shared or not held.rules.add_ticket:
        return
    if change.after.via == "mark" or not change.after.is_live:
        return
    try:
        await repeat(
            lambda: context.client.reactions_add(
                channel=held.channel, name=TICKET, timestamp=held.root
            )
        )
    except SlackApiError as refusal:
        word = error_of(refusal)
        if word in OUT:
            await lose_channel(context, held.channel, word)
        elif word not in NO_TICKET:
            log.info("no ticket added", extra={"why": word, "issue": change.issue})


async def lose_channel(context: Context, channel: str, word: str) -> None:
    """Slack says that Kepi is not there any more: write it down once."""
    from commands.support.life import lose

    await lose(context, channel, word)
