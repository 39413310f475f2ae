"""What the ledger holds: one entry for each thing that was observed, as it was understood then.

An entry says who did what to which message and when, by Slack's clock. It never holds a text:
only the decisions about it (``Said``). State and times of an issue are a fold over entries
(``support.board``), so an entry is never changed once it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MICROSECONDS = 1_000_000


class Kind(StrEnum):
    """What happened."""

    MESSAGE = "message"
    EDIT = "edit"
    DELETE = "delete"
    MARK = "mark"
    """A reaction was added."""
    UNMARK = "unmark"
    ACT = "act"
    """Somebody pressed, chose or typed something; ``name`` is an ``Act``."""
    TIMER = "timer"
    """Something fell due; ``name`` is a ``Timer``."""
    LIFE = "life"
    """A channel or a person changed; ``name`` is a ``Life``."""


class Role(StrEnum):
    """Who somebody was when it happened (support-spec §2)."""

    SELF = "self"
    RELAY_IN = "relay_in"
    RELAY_OUT = "relay_out"
    IGNORED = "ignored"
    CUSTOMER = "customer"
    RESPONDER = "responder"
    BYSTANDER = "bystander"


class Act(StrEnum):
    """What a person can do to an issue without a reaction or a message."""

    TRACK = "track"
    """Open an issue at ``ts``; ``more``: via, opened (µs), customer, title, priority, source."""
    RESOLVE = "resolve"
    """``more``: reason."""
    UNDO = "undo"
    """Take back the resolution, as if it had never been: within the undo window alone."""
    REOPEN = "reopen"
    DISMISS = "dismiss"
    """``more``: reason."""
    RESTORE = "restore"
    CLAIM = "claim"
    ASSIGN = "assign"
    """``more``: to, a Slack user id; empty unassigns."""
    WAIT = "wait"
    UNWAIT = "unwait"
    REPLIED = "replied"
    """Answered elsewhere, at ``at``: by telephone, or on the network itself."""
    SNOOZE = "snooze"
    """``more``: until (µs); 0 ends it."""
    MERGE = "merge"
    """``more``: root and episode of the other issue."""
    UNMERGE = "unmerge"
    ATTACH = "attach"
    """The message ``ts`` belongs to the issue at ``root``."""
    DETACH = "detach"
    PRIORITY = "priority"
    """``more``: to."""
    STILL_OPEN = "still-open"
    """The answer “Still open” to “resolved?”; “Yes” is ``RESOLVE``."""


class Timer(StrEnum):
    """What falls due."""

    AUTO_CLOSE = "auto-close"


class Life(StrEnum):
    """What happens to a channel or a person (support-spec §5.3)."""

    ARCHIVED = "archived"
    REMOVED = "removed"
    """Kepi was removed from the channel, or the channel was deleted."""
    BACK = "back"
    """Unarchived, or Kepi was invited again."""
    UNREADABLE = "unreadable"
    """The root of ``root`` cannot be read any more (history limits)."""
    DEACTIVATED = "deactivated"
    """``actor`` left the company."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was decided about a message when it was heard; never its words."""

    customer: str = ""
    """``platform:handle``, ``platform:conversation`` or ``slack:user`` of a customer's message."""
    polite: bool = False
    """Every word is a pleasantry of an enabled language (support-spec §3.2)."""
    asks: bool = False
    """It ends in a question mark."""
    note: bool = False
    """An internal note: it begins with the channel's note prefix."""
    routing: bool = False
    """It names colleagues and says nothing else."""
    empty: bool = False
    """A system notice or an unfurl: nobody said anything."""
    broadcast: bool = False
    """A reply that was also sent to the channel."""
    mentions: tuple[str, ...] = ()
    """Slack user ids that it names."""
    links: tuple[str, ...] = ()
    """``ts`` of messages of the same channel that it links to."""
    conversation: str = ""
    """``platform:id`` of a relayed message's conversation."""
    platform: str = ""
    handle: str = ""
    url: str = ""
    brand: str = ""
    sentiment: str = ""
    source_at: int | None = None
    """When the network says it was written (µs); set only where support-spec §2.1 accepts it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One observation. Times are UTC microseconds by Slack's clock, never our arrival time."""

    key: str
    """Slack's identity of the thing (support-spec §5.2); unique in a workspace."""
    kind: Kind
    channel: str
    at: int
    """When it occurred. Of a mark that was found after an outage: when it was found."""
    ts: str = ""
    """The message that it is, or is about: Slack's string, never a float."""
    root: str = ""
    """The thread's first message, where it is known; equal to ``ts`` for a top-level message."""
    actor: str = ""
    """Slack user id, or bot id."""
    role: Role = Role.IGNORED
    name: str = ""
    """Emoji without colons and skin tone; or an ``Act``, ``Timer`` or ``Life``."""
    said: Said | None = None
    more: Mapping[str, str | int] = field(default_factory=dict)
    low: int | None = None
    """It occurred after this and until ``at``: found after an outage (support-spec §6)."""
    late: bool = False
    """It was read back from history; its times are exact all the same unless ``low`` is set."""
    id: int = 0
    """Its row; 0 before it is stored."""


def micros(ts: str) -> int:
    """Return a Slack ``ts`` as UTC microseconds, without passing through a float.

    Raises ``ValueError`` for anything that is not digits, a dot and up to six digits.
    """
    seconds, _, fraction = ts.partition(".")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 12):
        raise ValueError(f"not a Slack ts: {ts[:40]!r}")
    if fraction and not (fraction.isascii() and fraction.isdigit() and len(fraction) <= 6):
        raise ValueError(f"not a Slack ts: {ts[:40]!r}")
    return int(seconds) * MICROSECONDS + int(fraction.ljust(6, "0") or "0")


def ts_of(at: int) -> str:
    """Return microseconds as Slack writes a ``ts``."""
    return f"{at // MICROSECONDS}.{at % MICROSECONDS:06d}"


def rank(entry: Entry) -> int:
    """Return the order of entries of one instant (support-spec §5.2)."""
    if entry.kind in (Kind.MESSAGE, Kind.EDIT):
        return 1 if entry.role in (Role.CUSTOMER, Role.RELAY_IN) else 2
    if entry.kind is Kind.ACT:
        return ACT_RANKS.get(entry.name, 5)
    return {Kind.MARK: 3, Kind.UNMARK: 6, Kind.DELETE: 6, Kind.TIMER: 7, Kind.LIFE: 7}[entry.kind]


ACT_RANKS: Mapping[str, int] = {
    Act.TRACK: 0,
    Act.ATTACH: 0,
    Act.REPLIED: 2,
    Act.CLAIM: 3,
    Act.ASSIGN: 3,
    Act.WAIT: 4,
    Act.UNWAIT: 4,
    Act.UNDO: 6,
    Act.REOPEN: 6,
    Act.RESTORE: 6,
    Act.UNMERGE: 6,
}


def order(entry: Entry) -> tuple[int, int, str]:
    """Return the sort key: occurred, rank, identity. Arrival plays no part."""
    return entry.at, rank(entry), entry.key
