"""What befalls channels and people, as Slack tells it (support-spec §5.3)."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from commands.context import Context
from commands.support.moments import moment_of
from commands.support.people import forget
from commands.support.place import text_of
from support.entries import MICROSECONDS, Entry, Kind, Life, micros

if TYPE_CHECKING:
    from sqlalchemy import Connection

log = logging.getLogger(__name__)

Json = Mapping[str, Any]
FATES: Mapping[str, Life] = {
    "channel_archive": Life.ARCHIVED,
    "group_archive": Life.ARCHIVED,
    "channel_deleted": Life.REMOVED,
    "group_deleted": Life.REMOVED,
    "channel_left": Life.REMOVED,
    "group_left": Life.REMOVED,
    "member_left_channel": Life.REMOVED,
    "channel_unarchive": Life.BACK,
    "group_unarchive": Life.BACK,
    "member_joined_channel": Life.BACK,
}


async def hear_fate(context: Context, inner: Json) -> list[Entry]:
    """A channel is archived, deleted, left or back: its live issues are orphaned, or not any more.

    Of people who join and leave, Kepi alone is meant.
    """
    kind, channel = text_of(inner, "type"), text_of(inner, "channel")
    if kind.startswith("member_"):
        forget(context, inner)
        if text_of(inner, "user") != context.home.bot_user:
            return []
    context.channels.forget(channel)
    at, life = micros(text_of(inner, "event_ts")), FATES[kind]
    return await befall(context, channel, life, at)


async def befall(context: Context, channel: str, life: Life, at: int) -> list[Entry]:
    """Return the entry of a channel's fate; none where it is not tracked, or that is known.

    ``commands.support.life`` does what it asks for, once it was folded.
    """
    from storage import desks

    desk = await context.read(desks.find, context.home.workspace, channel)
    if desk is None or (desk.gone is None) == (life is Life.BACK):
        return []
    return [Entry(f"l|{channel}|{life.value}|{at}", Kind.LIFE, channel, at, name=life)]


async def hear_new_id(context: Context, inner: Json) -> list[Entry]:
    """The channel's id was replaced: everything but the ledger moves on, in one transaction."""
    from storage import desks

    old, new = text_of(inner, "old_channel_id"), text_of(inner, "new_channel_id")
    if old and new:
        context.channels.forget(old)
        workspace = context.home.workspace
        await context.write(desks.change_channel_id, workspace, old, new, context.clock())
    return []


async def hear_rename(context: Context, inner: Json) -> list[Entry]:
    """The name is for people to read; identity is the id."""
    from storage import desks

    held = inner.get("channel")
    if isinstance(held, Mapping) and text_of(held, "id") and text_of(held, "name"):
        context.channels.forget(text_of(held, "id"))
        await context.write(
            desks.rename, context.home.workspace, text_of(held, "id"), text_of(held, "name")
        )
    return []


async def hear_sharing(context: Context, inner: Json) -> list[Entry]:
    """Another company came or went: a new version of the rules, from now on (§5.3).

    Where nobody was named who answers, colleagues answer as soon as strangers ask (§2).
    """
    channel = text_of(inner, "channel")
    context.channels.forget(channel)
    is_shared = inner.get("type") == "channel_shared" or inner.get("is_ext_shared") is True
    since = moment_of(micros(text_of(inner, "event_ts")))
    await context.write(keep_sharing, context.home.workspace, channel, is_shared, since)
    return []


def keep_sharing(
    connection: Connection, workspace: int, channel: str, is_shared: bool, since: datetime
) -> None:
    """Add a version of a channel's rules that says whether it is shared."""
    from storage import desks
    from support.rulebook import pack_rules, read_book

    if desks.find(connection, workspace, channel) is None:
        return
    rules = read_book(connection, workspace, channel).latest
    if rules.is_shared == is_shared:
        return
    shared = replace(rules, is_shared=is_shared)
    named = rules.responders or rules.responder_groups or rules.responders_channel
    if is_shared and not named and rules.others_are == "customer":
        shared = replace(shared, others_are="responder")
    desks.add_rules(connection, workspace, channel, pack_rules(shared), since, "")


async def hear_person(context: Context, inner: Json) -> list[Entry]:
    """Somebody changed; where they left the company, their issues have nobody (§5.3)."""
    from storage import desks

    forget(context, inner)
    user = inner.get("user")
    if not isinstance(user, Mapping) or user.get("deleted") is not True:
        return []
    who = text_of(user, "id")
    at = changed_at(inner, user)
    tracked = await context.read(desks.all_desks, context.home.workspace)
    return [
        Entry(
            f"l|{desk.channel}|{Life.DEACTIVATED.value}|{who}|{at}",
            Kind.LIFE,
            desk.channel,
            at,
            actor=who,
            name=Life.DEACTIVATED,
        )
        for desk in tracked
        if who
    ]


def changed_at(inner: Json, user: Json) -> int:
    """Return when a person changed: the event's time, else the profile's."""
    stamp = text_of(inner, "event_ts")
    if stamp:
        return micros(stamp)
    updated = user.get("updated")
    if isinstance(updated, int) and not isinstance(updated, bool) and 0 < updated < 10**11:
        return updated * MICROSECONDS
    raise ValueError("a change at no time")


async def hear_group(context: Context, inner: Json) -> list[Entry]:
    """A user group has other members, from now on."""
    forget(context, inner)
    return []


READERS: dict[str, Callable[[Context, Json], Awaitable[list[Entry]]]] = {
    **dict.fromkeys(FATES, hear_fate),
    "channel_id_changed": hear_new_id,
    "channel_rename": hear_rename,
    "group_rename": hear_rename,
    "channel_shared": hear_sharing,
    "channel_unshared": hear_sharing,
    "user_change": hear_person,
    "subteam_members_changed": hear_group,
    "subteam_updated": hear_group,
}
