"""Events about customer issues: which are written down, and the work on each (support-spec §5.2).

Of one channel they are understood one after the other, as they came: a reaction finds the message
before it in the ledger. What Slack cannot tell yet is left unfinished and tried again, for a day.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from commands.context import Context
from commands.heard import Heard
from commands.support.moments import micros_of, moment_of
from commands.support.people import forget
from support.entries import Entry, Kind, micros
from support.outcome import Outcome
from support.reading import normalise
from support.roles import SAID
from support.rules import Marks

log = logging.getLogger(__name__)

Json = Mapping[str, Any]

PREFIX = "support:"
"""Of the keys of deliveries that are about issues; they are never too late (support-spec §6)."""
PARKED = timedelta(hours=24)
"""An event whose message Slack does not know is given up after this."""
OFTEN = timedelta(minutes=10)
"""For so long an event is tried again every minute, then every ``SELDOM`` minutes."""
SELDOM = 15
UNREADABLE = (AttributeError, KeyError, IndexError, TypeError, ValueError)
"""What reading trips over when a payload is not what Slack describes."""
EVENTS = (
    "reaction_added",
    "reaction_removed",
    "channel_archive",
    "channel_unarchive",
    "channel_deleted",
    "channel_left",
    "channel_id_changed",
    "channel_rename",
    "channel_shared",
    "channel_unshared",
    "group_archive",
    "group_unarchive",
    "group_deleted",
    "group_left",
    "group_rename",
    "member_joined_channel",
    "member_left_channel",
    "user_change",
    "subteam_members_changed",
    "subteam_updated",
)
"""Types beside ``message``; what the manifest does not ask for never comes."""
ABOUT_PEOPLE = frozenset(
    {"user_change", "subteam_members_changed", "subteam_updated"}
    | {"member_joined_channel", "member_left_channel"}
)
CHANGES = frozenset({"message_changed", "message_deleted"})


def is_support(heard: Heard) -> bool:
    """Say whether a delivery is about issues."""
    return heard.key.startswith(PREFIX)


def read_delivery(body: Json) -> Heard:
    """Return what a delivery tells, under Slack's own id of it; without one, under its content."""
    inner = dict(body["event"])
    event_id = body.get("event_id")
    if not (isinstance(event_id, str) and event_id):
        event_id = hashlib.sha256(json.dumps(inner, sort_keys=True).encode()).hexdigest()
    return Heard(f"{PREFIX}{event_id[:100]}", inner)


async def hear(context: Context, body: Json) -> Heard | None:
    """Write an event down, if it matters and is new; return it for its work to begin.

    Raises what keeps it from being written down, so that Slack sends it again.
    """
    heard = read_delivery(body)
    if not await matters(context, heard.inner):
        return None
    words = json.dumps(heard.inner)
    return heard if await context.journal.remember(heard.key, words, context.clock()) else None


async def matters(context: Context, inner: Json) -> bool:
    """Say whether an event may be about an issue: nothing is kept of channels without a desk."""
    kind, subtype = inner.get("type"), inner.get("subtype") or ""
    if kind == "message":
        said = subtype in SAID or subtype in CHANGES
        return said and await is_tracked(context, inner.get("channel"))
    if kind in ("reaction_added", "reaction_removed"):
        channel = inner["item"].get("channel")
        opening = normalise(str(inner.get("reaction"))) in Marks().open
        return (opening and bool(channel)) or await is_tracked(context, channel)
    if kind in ABOUT_PEOPLE:
        forget(context, inner)
        return concerns_us(context, inner)
    return kind in EVENTS


def concerns_us(context: Context, inner: Json) -> bool:
    """Say whether a change of people is more than something to ask Slack about again.

    People change their status all day; who leaves the company leaves issues behind.
    """
    if inner.get("type") == "user_change":
        user = inner["user"]
        return isinstance(user, Mapping) and user.get("deleted") is True
    return bool(inner.get("user")) and inner.get("user") == context.home.bot_user


async def is_tracked(context: Context, channel: Any) -> bool:
    """Say whether a channel has a desk; one that has is remembered."""
    from storage import desks

    if not isinstance(channel, str) or not channel:
        return False
    if context.shown.get(f"desk:{channel}"):
        return True
    found = await context.read(desks.find, context.home.workspace, channel) is not None
    if found:
        context.shown.keep(f"desk:{channel}", True)
    return found


async def attend(context: Context, heard: Heard) -> None:
    """Do the work of an event: entries, folding, surfaces. It is done once it is in the ledger."""
    async with context.locks.turn(f"event:{heard.key}"):
        entries = await understand_in_turn(context, heard)
        if entries:
            await fold_and_follow(context, entries)


async def understand_in_turn(context: Context, heard: Heard) -> list[Entry]:
    """Put an event's entries into the ledger, and return them; none where it must wait."""
    from commands.support.intake import understand
    from commands.support.take import write_down
    from commands.support.threads import NotThere
    from storage.errors import KepiError

    async with context.locks.turn(f"hear:{channel_of(heard.inner)}"):
        try:
            entries = await understand(context, heard.inner)
        except NotThere:
            if not is_over(context, heard):
                log.info("an event waits for its message", extra={"event": heard.key})
                return []
            log.warning("an event's message never came", extra={"event": heard.key})
            entries = []
        except KepiError as refusal:
            log.warning("an event waits", extra={"event": heard.key, "why": refusal.english})
            return []
        except UNREADABLE as fault:
            extra = {"event": heard.key, "why": type(fault).__name__}
            log.warning("an event cannot be read", extra=extra)
            entries = []
        await write_down(context, entries, finish=heard.key)
    return entries


def channel_of(inner: Json) -> str:
    """Return the channel that an event is from, or an empty string."""
    item = inner.get("item")
    held = item.get("channel") if isinstance(item, Mapping) else inner.get("channel")
    return held if isinstance(held, str) else ""


def is_over(context: Context, heard: Heard) -> bool:
    """Say whether an event is too old for its message still to come."""
    return age_of(context, heard) > PARKED


def age_of(context: Context, heard: Heard) -> timedelta:
    """Return how long ago an event occurred; very long where it does not say."""
    stamp = heard.inner.get("event_ts") or heard.inner.get("ts")
    try:
        return context.clock() - moment_of(micros(str(stamp)))
    except (ValueError, OverflowError):
        return timedelta.max


async def fold_and_follow(context: Context, entries: list[Entry]) -> None:
    """Fold the channels of some entries; then do what happened to channels and people asks for."""
    from commands.support.life import follow
    from commands.support.take import refresh

    outcomes: dict[str, Outcome] = {}
    for channel in dict.fromkeys(it.channel for it in entries):
        outcomes[channel] = await refresh(context, channel)
    for entry in entries:
        if entry.kind is Kind.LIFE:
            await follow(context, entry, outcomes[entry.channel])


async def read_due(context: Context) -> list[Heard]:
    """Return unfinished deliveries to try again now: each minute at first, then now and then."""
    minute = micros_of(context.clock()) // 60_000_000
    parked = await read_parked(context)
    return [it for it in parked if minute % SELDOM == 0 or age_of(context, it) < OFTEN]


async def read_parked(context: Context) -> list[Heard]:
    """Return deliveries about issues that are not finished and that nobody works on."""
    from storage import events

    team, since = context.home.team, context.clock() - timedelta(days=3)
    found = []
    for key, body in await context.read(events.unfinished, team, since):
        if key.startswith(PREFIX) and not context.locks.is_held(f"event:{key}"):
            try:
                found.append(Heard(key, dict(json.loads(body)), again=True))
            except (ValueError, TypeError):
                log.warning("an unfinished event cannot be read", extra={"event": key})
    return found
