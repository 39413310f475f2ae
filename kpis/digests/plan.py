"""What a channel wants told by itself: the plain form of a ``digest`` row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kpis.question import Scope


@dataclass(frozen=True)
class Plan:
    """A digest that a channel gets: how often, of what, at which local time.

    ``id`` is 0 where it was never set up: a preview of the default one.
    """

    id: int
    channel: str
    cadence: str = "weekly"
    """``daily``, ``weekly``, ``monthly`` or ``quarterly``."""
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
    """What is not told: of ``goals``, ``customers``, ``steps``."""
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
