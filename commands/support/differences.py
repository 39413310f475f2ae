"""What history shows that the ledger does not know, and the other way round (support-spec §6).

Plain functions over what Slack returned and what was written down. Messages and edits have exact
times in history; reactions and deletions have none, so those are given bounds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from commands.names import FORGOTTEN
from commands.support.moments import when
from support.reading import normalise

if TYPE_CHECKING:
    from storage.messages import KnownMessage

Json = Mapping[str, Any]


class Mark(NamedTuple):
    """Somebody's emoji on a message."""

    ts: str
    user: str
    name: str


@dataclass(frozen=True)
class Known:
    """What was written down about some messages of a channel."""

    messages: Mapping[str, KnownMessage] = field(default_factory=dict)
    marks: Mapping[str, Collection[tuple[str, str]]] = field(default_factory=dict)
    """Who has which emoji on a message now."""
    changed: Mapping[Mark, int] = field(default_factory=dict)
    """When a mark came or went last; of those since the gap began."""


def is_there(message: Json) -> bool:
    """Say whether a message stands: a deleted one that heads a thread leaves a tombstone."""
    return message.get("subtype") != "tombstone"


def find_new(known: Known, seen: Iterable[Json]) -> list[Json]:
    """Return messages that were never written down, oldest first."""
    fresh = {
        str(it["ts"]): it
        for it in seen
        if is_there(it) and when(str(it.get("ts"))) and str(it["ts"]) not in known.messages
    }
    return [fresh[ts] for ts in sorted(fresh, key=when)]


def find_edited(known: Known, seen: Iterable[Json]) -> list[Json]:
    """Return messages whose newest edit was not written down; of a new message too."""
    found = []
    for message in seen:
        edited = when(str((message.get("edited") or {}).get("ts") or ""))
        held = known.messages.get(str(message.get("ts")))
        if is_there(message) and edited > ((held.edited or 0) if held else 0):
            found.append(message)
    return found


def find_vanished(
    known: Known, seen: Iterable[Json], read: Collection[str], until: int
) -> list[str]:
    """Return ``ts`` of messages that were written down and are gone.

    ``read`` are the messages that would have been shown if they were there; one that was written
    after ``until``, the moment of the reading, was heard and could not be shown.
    """
    there = {str(it.get("ts")) for it in seen if is_there(it)}
    gone = [ts for ts in read if ts not in there and ts in known.messages]
    return sorted(
        (ts for ts in gone if when(ts) < until and not known.messages[ts].is_deleted), key=when
    )


def thread_of(known: Known, root: str) -> list[str]:
    """Return the messages of a thread that were written down, its first included."""
    return [ts for ts, it in known.messages.items() if it.root == root]


def top_level(known: Known, oldest: int, newest: int) -> list[str]:
    """Return top-level messages that were written down, after ``oldest`` and until ``newest``."""
    return [
        ts for ts, it in known.messages.items() if it.root == ts and oldest < when(ts) <= newest
    ]


class Change(NamedTuple):
    """A mark that came or went at an unknown moment after ``low``."""

    mark: Mark
    came: bool
    low: int


def find_changed_marks(
    known: Known,
    seen: Mapping[str, Collection[tuple[str, str]]],
    *,
    alive: int,
    started: int,
) -> list[Change]:
    """Return marks on the messages in ``seen`` that changed while nobody listened.

    ``seen`` gives (user, emoji) pairs by message, emoji without skin tone. Nothing was missed
    until ``alive``, nor since ``started``: what changed since then was heard as it happened, and
    what was read a little earlier says nothing against it. Anything that is known of a mark or
    its message after ``alive`` bounds the change more closely.
    """
    found: list[Change] = []
    for ts, pairs in seen.items():
        held = set(known.marks.get(ts, ()))
        for user, name in sorted(without_forgotten(set(pairs) ^ held, held)):
            mark = Mark(ts, user, name)
            changed = known.changed.get(mark, 0)
            if changed < started:
                came = (user, name) in pairs
                found.append(Change(mark, came, max(alive, changed, when(ts))))
    return found


def without_forgotten(
    changed: Collection[tuple[str, str]], held: Collection[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Return changed marks without those of people who were forgotten.

    Slack goes on showing their emoji under their id, the ledger holds it under a pseudonym: the
    two are one mark, which neither came nor went.
    """
    left = set(changed)
    for user, name in sorted(held):
        if user.startswith(FORGOTTEN) and (user, name) in left:
            left.discard((user, name))
            theirs = sorted(it for it in left - set(held) if it[1] == name)
            left -= set(theirs[:1])
    return left


def reactions_of(message: Json, aliases: Iterable[tuple[str, str]] = ()) -> set[tuple[str, str]]:
    """Return (user, emoji) pairs of a message; skin tones and aliases of one emoji are one."""
    return {
        (str(user), normalise(str(it.get("name") or ""), aliases))
        for it in message.get("reactions") or []
        for user in it.get("users") or []
    }


def is_shortened(message: Json) -> bool:
    """Say whether Slack left people out of a reaction: the count is right, the list may not be."""
    return any(
        int(it.get("count") or 0) > len(it.get("users") or [])
        for it in message.get("reactions") or []
    )


def newest_of(seen: Sequence[Json]) -> str:
    """Return the newest ``ts`` of some messages; empty for none."""
    return max((str(it.get("ts")) for it in seen), key=when, default="")
