"""What Slack tells, understood: an event becomes entries of the ledger (support-spec §5.2, §5.3).

Roles are those of now. What cannot be understood yet, because Slack does not know the message
either, raises ``NotThere`` and is tried again.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from commands.context import Context
from commands.heard import without_kepi
from commands.support import channels, excerpts, wording
from commands.support.messages import is_said, read_message, root_of, says_the_same
from commands.support.people import find_person
from commands.support.place import Place, look, role_now, text_of
from commands.support.standing import Standing, find_standing
from commands.support.threads import read_thread
from commands.support.tracking import make_desk, may_track
from storage.errors import KepiError
from support.entries import Act, Entry, Kind, Role, micros
from support.reading import normalise
from support.roles import SAID
from support.rules import DAY, span

Json = Mapping[str, Any]

TRACK_THIS = re.compile(
    r"(?:please\s+|can you\s+|pls\s+)?(?:track|ticket)"
    r"(?:\s+(?:this|it|that|here|(?:this|the) (?:thread|issue)|as (?:an? )?(?:customer )?issue))*"
    r"(?:\s+please)?[.!]?",
    re.IGNORECASE,
)
OVERTAKEN = span(DAY)
"""For so long a message may come after its own deletion: Slack delivers for a day (§2)."""


async def understand(context: Context, inner: Json) -> list[Entry]:
    """Return the entries that an event makes; none where it is nobody's concern.

    Raises ``ValueError`` for a payload that is not what Slack describes, ``NotThere`` where the
    message is not known to Slack either, and what keeps Slack or the database from answering.
    """
    reader = READERS.get(kind_of(inner))
    return await reader(context, inner) if reader else []


def kind_of(inner: Json) -> str:
    """Return the event's type, or its subtype where it changes a message."""
    kind, subtype = inner.get("type"), inner.get("subtype")
    if kind == "message" and subtype in ("message_changed", "message_deleted"):
        return str(subtype)
    return kind if isinstance(kind, str) else ""


def is_of_channel(inner: Json) -> bool:
    """Say whether an event is from a channel, not from a direct or group message."""
    channel = inner.get("channel")
    if not isinstance(channel, str) or not channel:
        return False
    kind = inner.get("channel_type")
    return channel[0] in "CG" and kind not in ("im", "mpim", "app_home")


# --- messages


async def hear_message(context: Context, inner: Json) -> list[Entry]:
    """A message: with the whole thread before it, where the ledger does not know that."""
    if not is_of_channel(inner) or not is_said(inner):
        return []
    micros(text_of(inner, "ts"))
    place = await look(context, text_of(inner, "channel"))
    if not place.is_tracked:
        return []
    entry = await read_message(context, place, inner)
    if entry is None:
        return []
    if not (
        excerpts.may_open(place, entry) and await was_deleted(context, place.channel, entry.ts)
    ):
        await excerpts.keep_words(context, place, entry, inner)
    before = await read_unknown(context, place, entry) if entry.root != entry.ts else ()
    return [*(it for it in before if it.key != entry.key), entry]


async def read_unknown(context: Context, place: Place, entry: Entry) -> tuple[Entry, ...]:
    """Return the thread of a reply whose root the ledger does not know (support-spec §5.2)."""
    if await known_root(context, place.channel, entry.root) is not None:
        return ()
    if context.shown.get(f"thread:{place.channel}:{entry.root}"):
        return ()
    thread = await read_thread(context, place, entry.root)
    context.shown.keep(f"thread:{place.channel}:{entry.root}", True)
    return thread.entries


async def known_root(context: Context, channel: str, ts: str) -> str | None:
    from storage import ledger

    return await context.read(ledger.root_of, context.home.workspace, channel, ts)


async def hear_change(context: Context, inner: Json) -> list[Entry]:
    """An edit; or Slack's own change of a message, which is none, or a root that was deleted."""
    message, before = inner.get("message"), inner.get("previous_message")
    if not is_of_channel(inner) or not isinstance(message, Mapping):
        return []
    before = before if isinstance(before, Mapping) else {}
    ts, channel = text_of(message, "ts"), text_of(inner, "channel")
    micros(ts)
    if message.get("subtype") == "tombstone":
        return await delete(context, channel, ts, before, event_time(inner))
    if says_the_same(before, message):
        return []
    place = await look(context, channel)
    if not place.is_tracked or message.get("subtype", "") not in SAID | {None}:
        return []
    heard = await read_message(context, place, message)
    if heard is None:
        return []
    edited = message.get("edited")
    stamp = text_of(edited, "ts") if isinstance(edited, Mapping) else ""
    stamp = stamp or text_of(inner, "event_ts") or text_of(inner, "ts")
    entry = Entry(
        key=f"e|{channel}|{ts}|{stamp}",
        kind=Kind.EDIT,
        channel=channel,
        at=micros(stamp),
        ts=ts,
        root=heard.root,
        actor=heard.actor,
        role=heard.role,
        said=heard.said,
    )
    if not await was_deleted(context, channel, ts):
        await excerpts.renew(context, place, ts, message, heard)
    missing = await read_unknown(context, place, entry)
    return [*missing, entry]


async def hear_deletion(context: Context, inner: Json) -> list[Entry]:
    """A deletion; what was said is forgotten in every case (support-spec §4.10)."""
    before = inner.get("previous_message")
    channel, ts = text_of(inner, "channel"), text_of(inner, "deleted_ts")
    if not is_of_channel(inner):
        return []
    micros(ts)
    before = before if isinstance(before, Mapping) else {}
    return await delete(context, channel, ts, before, event_time(inner))


async def delete(context: Context, channel: str, ts: str, before: Json, at: int) -> list[Entry]:
    """Return the entry of a deletion, of a message that is known or that may still come."""
    await excerpts.erase(context, channel, ts)
    known = await known_root(context, channel, ts)
    root = (root_of(before) if before else "") or known
    if known is None and not await may_come(context, channel, ts, before, at):
        return []
    return [Entry(f"d|{channel}|{ts}", Kind.DELETE, channel, at, ts=ts, root=root or ts)]


async def may_come(context: Context, channel: str, ts: str, before: Json, at: int) -> bool:
    """Say whether a deletion overtook its message: written in a tracked channel within the time
    for which Slack goes on delivering, and not by ourselves (support-spec §5.2)."""
    if before.get("ts") != ts or at - micros(ts) > OVERTAKEN:
        return False
    place = await look(context, channel)
    return place.is_tracked and await read_message(context, place, before) is not None


async def was_deleted(context: Context, channel: str, ts: str) -> bool:
    """Say whether a message is known to be gone: its words are not kept then (§4.10)."""
    from storage import messages

    key = f"d|{channel}|{ts}"
    return bool(await context.read(messages.known_keys, context.home.workspace, (key,)))


def event_time(inner: Json) -> int:
    """Return when an event occurred, by Slack's clock; raises ``ValueError``."""
    return micros(text_of(inner, "event_ts") or text_of(inner, "ts"))


# --- reactions


async def hear_reaction(context: Context, inner: Json) -> list[Entry]:
    """A mark, or its removal; one that opens an issue brings the whole thread (O4, S23)."""
    item = inner.get("item")
    if not isinstance(item, Mapping) or item.get("type") != "message" or not is_of_channel(item):
        return []
    channel, user = text_of(item, "channel"), text_of(inner, "user")
    if not user:
        raise ValueError("a reaction of nobody")
    place = await look(context, channel)
    name = normalise(text_of(inner, "reaction"), place.rules.aliases)
    opens = inner.get("type") == "reaction_added" and name in place.rules.marks.open
    if not name or user in place.ours or not (place.is_tracked or opens):
        return []
    entry = read_mark(inner, channel, user, name)
    team = text_of(inner, "user_team")
    if not opens:
        return await place_mark(context, place, entry, await role_now(context, place, user, team))
    standing = await find_standing(context, user, channel)
    if not (await may_open(context, standing)):
        role = standing.role
        return await place_mark(context, place, entry, role) if place.is_tracked else []
    await make_desk(context, standing, channel)
    place = await look(context, channel)
    entries = await place_mark(context, place, entry, opening_role(standing), whole=True)
    await excerpts.keep_at(context, place, entry.ts)
    return entries


def read_mark(inner: Json, channel: str, user: str, name: str) -> Entry:
    """Return the entry of a reaction, without role and root."""
    ts, stamp = text_of(inner["item"], "ts"), text_of(inner, "event_ts")
    added = inner.get("type") == "reaction_added"
    micros(ts)
    return Entry(
        key=f"r|{channel}|{ts}|{user}|{name}|{'added' if added else 'removed'}|{stamp}",
        kind=Kind.MARK if added else Kind.UNMARK,
        channel=channel,
        at=micros(stamp),
        ts=ts,
        actor=user,
        name=name,
    )


async def place_mark(
    context: Context, place: Place, entry: Entry, role: Role, *, whole: bool = False
) -> list[Entry]:
    """Return a mark with its role and root, and the thread where the ledger does not know it.

    With ``whole`` the thread is read in any case: the channel may have been heard only since
    yesterday. What means nothing here is not worth asking Slack about.
    """
    root = await known_root(context, place.channel, entry.ts)
    if root is not None and not whole:
        return [replace(entry, role=role, root=root)]
    if not means_something(entry.name, place):
        return []
    thread = await read_thread(context, place, entry.ts)
    return [*thread.entries, replace(entry, role=role, root=root or thread.root)]


def means_something(name: str, place: Place) -> bool:
    """Say whether an emoji has a meaning in the channel."""
    return any(name in names for names in vars(place.rules.marks).values())


async def may_open(context: Context, standing: Standing) -> bool:
    """Say whether somebody's mark opens an issue: the team's, an admin's, maybe a customer's."""
    if (await find_person(context, standing.user)).is_bot:
        return False
    is_customer = standing.role is Role.CUSTOMER and not standing.is_guest
    return standing.may_act or (is_customer and standing.rules.customers_may_open)


def opening_role(standing: Standing) -> Role:
    """Return the role in which an issue is opened: who may, though they answer nobody, is one
    who answers; a customer stays one."""
    return Role.RESPONDER if standing.may_act else standing.role


# --- mentions


def asks_to_track(inner: Json, bot_user: str) -> bool:
    """Say whether a mention asks to track the thread that it stands in (O6)."""
    words = without_kepi(text_of(inner, "text"), bot_user)
    return TRACK_THIS.fullmatch(" ".join(words[:200].split())) is not None


async def hear_mention(context: Context, inner: Json) -> list[Entry]:
    """“@Kepi track this” in a thread: the issue begins with the thread (O6).

    Raises ``KepiError`` for whoever may not, and outside a thread.
    """
    channel, user = text_of(inner, "channel"), text_of(inner, "user")
    ts, root = text_of(inner, "ts"), text_of(inner, "thread_ts")
    if not root or root == ts:
        raise KepiError(wording.OUTSIDE_THREAD)
    standing = await may_track(context, user, channel)
    await make_desk(context, standing, channel)
    place = await look(context, channel)
    thread = await read_thread(context, place, root)
    act = Entry(
        key=f"i|mention|{channel}|{ts}",
        kind=Kind.ACT,
        channel=channel,
        at=micros(ts),
        ts=root,
        root=root,
        actor=user,
        role=opening_role(standing),
        name=Act.TRACK,
        more={"via": "mention"},
    )
    return [*thread.entries, act]


Reader = Callable[[Context, Json], Awaitable[list[Entry]]]
READERS: dict[str, Reader] = {
    "message": hear_message,
    "message_changed": hear_change,
    "message_deleted": hear_deletion,
    "reaction_added": hear_reaction,
    "reaction_removed": hear_reaction,
    "app_mention": hear_mention,
    **channels.READERS,
}
