"""How one goal stands: what digests, lists, pages and announcements show of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kpis.tongue import say
from storage.goals import GoalRow
from storage.measures import Unit

if TYPE_CHECKING:
    from kpis.charts.picture import Picture


@dataclass(frozen=True)
class Standing:
    """One goal, judged on the days that no longer change."""

    goal: GoalRow
    name: str
    """“45,000 followers, Instagram acme, by 31 Dec”."""
    state: str
    """``waiting`` (not begun), ``open``, ``reached`` or ``missed``; as far as settled days say."""
    pace: str
    """``ahead``, ``on pace``, ``behind``, or nothing where it cannot be told."""
    words: tuple[str, ...]
    """One to three sentences: “45,000 followers by 31 Dec: behind.”, “Needs 95 a day, has 30.”"""
    unit: Unit = Unit.COUNT
    actual: float | None = None
    """On settled days; the proven lower bound of people where no exact number is."""
    shown: str = ""
    """The actual value as people read it; why there is none where there is none."""
    share: float | None = None
    """How far it is, 0 to 1 and more; empty where that cannot be told."""
    settled: date | None = None
    """The first day that may still change: judged up to before it."""
    reached_on: date | None = None
    steady: str = ""
    """The pace, where two different settled days agree on it: only that is announced."""
    answered: tuple[str, ...] = ()
    """The lines by account, for a review."""
    picture: Picture | None = None


def say_state(state: str) -> str:
    """Return a goal's pace or state in words; nothing where it cannot be told."""
    match state:
        case "ahead":
            return say("ahead")
        case "on pace":
            return say("on pace")
        case "behind":
            return say("behind")
        case "waiting":
            return say("not begun")
        case "open":
            return say("open")
        case "reached":
            return say("reached")
        case "missed":
            return say("missed")
        case "dropped":
            return say("dropped")
        case _:
            return ""
