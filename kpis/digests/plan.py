"""What a channel wants told by itself: the plain form of a ``digest`` row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kpis.question import Scope

CADENCES: Mapping[str, str] = {
    "daily": "Every day",
    "weekly": "Every week",
    "monthly": "Every month",
    "quarterly": "Every quarter",
}
"""Cadence → how it is said."""

PARTS: Mapping[str, str] = {
    "goals": "Goals",
    "customers": "Customers",
    "steps": "Next step",
}
"""Parts that can be left out → how they are said."""


@dataclass(frozen=True)
class Plan:
    """A digest that a channel gets: how often, of what, at which local time.

    ``id`` is 0 where it was never set up: a preview of the default one.
    """

    id: int
    channel: str
    cadence: str = "weekly"
    """Key of ``CADENCES``."""
    zone: str = "UTC"
    """IANA name."""
    weekday: int = 0
    """Of weekly ones: the day on which it comes; 0 is Monday."""
    day: int = 1
    """Of monthly and quarterly ones: the day of the (first) month; 1 to 28."""
    hour: int = 9
    minute: int = 0
    week_start: int = 0
    """The workspace's: the weeks that it tells of begin on it."""
    language: str = "en"
    kpis: tuple[str, ...] = ()
    """Keys of ``kpis.catalogue``; empty: the default ones."""
    scope: Scope = field(default_factory=Scope)
    left_out: frozenset[str] = field(default_factory=frozenset)
    """Keys of ``PARTS`` that are not told."""
    owner: str = ""
    by: str = ""
    """Who set it up."""
    since: datetime | None = None
    """Nothing that was due before this moment is sent."""
    paused: datetime | None = None
    removed: datetime | None = None
    company: str = ""
    """The other company that reads along, as somebody agreed to it by name."""
    version: int = 1

    @property
    def is_running(self) -> bool:
        return self.paused is None and self.removed is None
