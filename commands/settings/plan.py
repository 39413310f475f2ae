"""What a file of settings would change: the lines that people read, and what is to be saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from commands.saying import say
from commands.settings.wording import FROM_TO

if TYPE_CHECKING:
    from commands.support.draft import Draft
    from commands.support.hours import Date
    from storage.digests import DigestRow
    from support.relays import RelayRule


class Change(NamedTuple):
    """One line of a difference, as people read it."""

    where: str
    """“#care”, or empty for the workspace."""
    what: str
    before: str
    after: str

    def __str__(self) -> str:
        before, after = self.before or "–", self.after or "–"
        told = say(FROM_TO, title=self.what, before=before, after=after)
        return f"{self.where}: {told}" if self.where else told


class Note(NamedTuple):
    """One line of the history that is to be written."""

    channel: str
    key: str
    before: str
    after: str


@dataclass
class DatePlan:
    """Which dates of a calendar are to differ, and which are as their weekdays again."""

    fresh: list[Date] = field(default_factory=list)
    gone: list[date] = field(default_factory=list)


@dataclass
class RelayPlan:
    """Rules about programs' posts that are to hold, and those that end, by their rows."""

    added: list[RelayRule] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)


@dataclass
class ChannelPlan:
    """What is to be saved of one channel."""

    id: str
    name: str = ""
    former_name: str | None = None
    """What it is to be called again, once a file that named it is taken back."""
    settings: dict[str, str | None] = field(default_factory=dict)
    """Words by key; nothing: as the workspace again."""
    draft: Draft | None = None
    digests: list[DigestRow] = field(default_factory=list)
    """New ones have the id 0."""
    removed: list[DigestRow] = field(default_factory=list)
    dates: DatePlan = field(default_factory=DatePlan)


@dataclass
class Plan:
    """Everything that is to be saved."""

    changes: list[Change] = field(default_factory=list)
    workspace: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, Any] | None = None
    hours: tuple[str, str] | None = None
    """The workspace's open hours as people write them, and their zone."""
    no_hours: bool = False
    """Nobody is to have set them: those of ``hours`` are what is assumed then."""
    dates: DatePlan = field(default_factory=DatePlan)
    relays: RelayPlan = field(default_factory=RelayPlan)
    channels: list[ChannelPlan] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    """Of what has no verb that writes its own."""


class Maker(NamedTuple):
    """Who applies a file, and when: what a new digest is when the file does not say."""

    by: str
    at: datetime
    prune: bool = False
    source: str = "file"
    """How the history calls it."""


class Told(NamedTuple):
    """A line of a difference before it is said where."""

    what: str
    before: str
    after: str


def tell(plan: Plan, where: str, told: Sequence[Told]) -> None:
    plan.changes += [Change(where, *it) for it in told]
