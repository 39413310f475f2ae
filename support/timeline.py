"""An issue's timeline: what the fold makes of its entries. Times are UTC microseconds.

Nothing here computes a duration: durations come from exact instants when they are read
(``support.durations``), by either clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """support-spec §5. Live: the first four."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESPONDED = "responded"
    WAITING = "waiting"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"
    MERGED = "merged"


LIVE = frozenset({State.OPEN, State.ACKNOWLEDGED, State.RESPONDED, State.WAITING})


class IssueKey(NamedTuple):
    """An issue is one episode of one thread."""

    channel: str
    root: str
    episode: int = 1


@dataclass(slots=True)
class Wait:
    """A customer waits: from the oldest unanswered message until the team's next."""

    started: int
    ended: int | None = None
    closed_by: str = ""
    """``response``, ``resolve``, ``dismiss`` or ``merge``; only the first is a sample."""
    by: str = ""
    """Who answered."""
    ts: str = ""
    """The answer."""
    manual: bool = False
    inferred: bool = False


@dataclass(slots=True)
class Spell:
    """A stretch in which the issue was live: from opened, reopened or restored."""

    started: int
    how: str = "opened"
    """``opened`` or ``reopened``."""
    ended: int | None = None
    ended_by: str = ""
    """``resolved``, ``dismissed`` or ``merged``."""
    by: str = ""
    """Who ended it."""
    via: str = ""
    """``mark``, ``button``, ``command``, ``auto``."""
    reason: str = ""
    """``solved``, ``no_customer_reply``, ``duplicate``, …"""
    assignee: str = ""
    """Who had it when it ended."""
    low: int | None = None
    """It ended after this and until ``ended``: found after an outage."""
    co_resolvers: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Pause:
    """A stretch of waiting on the customer."""

    started: int
    ended: int | None = None
    by_act: bool = False
    """Set by a button or a command: removing a mark does not end it."""


class Step(NamedTuple):
    """One line of the explanation: what an entry did, or why it did nothing."""

    at: int
    what: str
    """A word of ``support.explain.STEPS``: ``opened``, ``first-response``, ``not-counted`` …"""
    actor: str = ""
    ts: str = ""
    why: str = ""
    low: int | None = None


@dataclass(slots=True)
class Timeline:
    """State and times of one issue."""

    key: IssueKey
    opened: int
    via: str
    """``message``, ``relay``, ``shortcut``, ``mark``, ``command``, ``mention``, ``import``."""
    opening: str = ""
    """``ts`` of the message that it is about."""
    customer: str = ""
    participants: list[str] = field(default_factory=list)
    reporter: str = ""
    """A responder who tracked a message of their own: customer side in this issue."""
    opener: str = ""
    tracked: int = 0
    """When it was learnt of: after ``opened`` where somebody tracked an older message."""
    state: State = State.OPEN
    platform: str = ""
    handle: str = ""
    brand: str = ""
    url: str = ""
    source: str = ""
    """Where a reported issue came from (``/support new source=``)."""
    conversation: str = ""
    source_at: int | None = None
    posted: int = 0
    """The Slack time of the message that opened it: relay lag is ``posted − source_at``."""
    priority: str = ""
    title: str = ""
    """Given by a command alone; a message's words are never in the ledger."""
    acknowledged: int | None = None
    acknowledged_by: str = ""
    acknowledged_low: int | None = None
    responded: int | None = None
    responded_by: str = ""
    response_ts: str = ""
    response_manual: bool = False
    response_inferred: bool = False
    response_low: int | None = None
    last_response: int | None = None
    last_customer: int | None = None
    waits: list[Wait] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    assignees: list[tuple[int, str]] = field(default_factory=list)
    """Since when, and who; an empty name is nobody."""
    responses: list[tuple[int, str]] = field(default_factory=list)
    """Counted answers until the first resolution: when, and by whom."""
    reopens: list[tuple[int, str]] = field(default_factory=list)
    """When, and why: ``customer``, ``mark-removed``, ``button``, ``command``, ``ticket``."""
    dismissed: int | None = None
    dismiss_reason: str = ""
    merged: int | None = None
    merged_into: IssueKey | None = None
    follow_up_of: IssueKey | None = None
    orphaned: int | None = None
    orphan_reason: str = ""
    snoozed_until: int | None = None
    suppressed: int = 0
    asked: int | None = None
    """Since when “resolved?” waits for an answer (support-spec §6.4)."""
    steps: list[Step] = field(default_factory=list)

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def wait(self) -> Wait | None:
        """The wait that is running."""
        return self.waits[-1] if self.waits and self.waits[-1].ended is None else None

    @property
    def pause(self) -> Pause | None:
        """The running stretch of waiting on the customer."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].ended is None else None

    @property
    def assignee(self) -> str:
        return self.assignees[-1][1] if self.assignees else ""

    @property
    def resolutions(self) -> list[Spell]:
        return [it for it in self.spells if it.ended_by == "resolved"]

    @property
    def first_resolution(self) -> Spell | None:
        return next(iter(self.resolutions), None)

    @property
    def resolution(self) -> Spell | None:
        """The resolution that stands."""
        return self.spells[-1] if self.state is State.RESOLVED and self.spells else None


class Remark(NamedTuple):
    """Something that a person should be told once, found while folding.

    ``word``: ``not-allowed`` (a mark that does not count), ``not-yet`` (waiting on the customer
    before an answer), ``unknown-bot``, ``unattached`` (an answer outside any thread),
    ``wrote-again`` (the customer of a dismissed issue), ``confirm`` (is it resolved?).
    """

    entry: str
    """Key of the entry that caused it."""
    word: str
    actor: str
    ts: str
    issue: IssueKey | None = None
