"""What judging a rule comes to, now or over its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kpis.alerts.rules import Sensitivity
from kpis.charts.picture import Picture


@dataclass(frozen=True)
class Verdict:
    """How a rule stands at a moment."""

    is_firing: bool
    """Whether an incident of it is to be open: it holds, or held and is not over for sure."""
    good: bool
    thing: str
    """Stable text of what it is about; of equal things one incident is open."""
    began: datetime
    """Aware: since when it holds, in the data. Where nothing fires: the moment of judging."""
    title: str
    """“23 negative mentions in 3 hours”: the first line, without “Alert:”."""
    lines: tuple[str, ...]
    """Sentences under the title: what is usual, what it is about."""
    words: str
    """How it stands now, for the thread: “Still high: 31.”, “Normal since 16:30. …”."""
    rest: str = ""
    """Of what is over, how it ended without since when: “Lasted 4 h 20 min, 58 mentions.”"""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Plain numbers and texts for JSON: ``value``, ``usual``, ``limit``, ``day`` …"""
    picture: Picture | None = None
    calm: datetime | None = None
    """Aware: since when it no longer holds, where it did; it may still fire for a while."""
    is_known: bool = True
    """Whether there was anything to judge by; else ``words`` say what is missing, nothing
    fires, and an open incident stays as it is."""
    is_old: bool = False
    """It holds, but began before the rule was made: it is not told, so it does not fire."""
    footnote: str = ""
    """Where and since when, under the chart: “Since 12:10 · X, Instagram”."""


@dataclass(frozen=True)
class Episode:
    """One time that a rule would have fired."""

    began: datetime
    ended: datetime | None
    """When it was normal again; empty: it still holds."""
    title: str
    good: bool = False
    days: int = 1
    """On how many days, or parts of days, it held."""


@dataclass(frozen=True)
class Replay:
    """A rule, tried on history."""

    words: str
    """“Would have fired 3 times in 90 days: 4 Oct, 19 Oct (lasted 2 days), 11 Nov.”"""
    episodes: tuple[Episode, ...]
    """The oldest first."""
    counts: Mapping[Sensitivity, int]
    """How often it would have fired at each sensitivity."""
    days: int
    """Days that there was anything to judge by: fewer than asked where history is short."""
    picture: Picture | None = None
    refusal: str = ""
    """Why the rule is not saved as it stands, and what would work; empty: it may be."""
