"""A goal as it was said: what was filled in, and what is missing (features row 73, SMART)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from kpis.question import Refusal, Scope


class Unfit(Refusal):
    """A part of a goal that does not hold; ``field`` is the one of the form to complain at."""

    def __init__(self, words: str, field: str) -> None:
        self.field = field
        super().__init__(words)


EVERYONE = Scope()


@dataclass(frozen=True)
class Amount:
    """How much: ``to`` a number, ``times`` what it was, or ``more`` than it was."""

    kind: Literal["to", "times", "more"]
    value: float
    """In the KPI's unit: percent as a fraction, durations in seconds. ``more`` has a sign."""
    said: str = ""
    """As it was written: “5k”, “up 20 %”, “double”."""


@dataclass(frozen=True)
class Draft:
    """What was read out of words or a form; nothing in it was compared with data yet."""

    text: str
    kpi: str = ""
    scope: Scope = EVERYONE
    variant: str = ""
    options: tuple[str, ...] = ()
    amount: Amount | None = None
    currency: str = ""
    """The code that stood beside the amount, if any."""
    better: str = ""
    """``higher`` or ``lower``; empty where the KPI is missing."""
    start: date | None = None
    """The first day that counts; empty: the day it is set."""
    end: date | None = None
    """The first day that no longer counts."""
    by_then: bool = False
    """Said as “by DAY”: it is to be so by then, not over all the days until then."""
    every: str = ""
    """``week``, ``month`` or ``quarter`` of a goal that begins anew."""
    aim: str = ""
    why: str = ""
    private: bool = False
    """For the owner alone: in no list, digest or channel of others."""
    notes: tuple[str, ...] = ()
    """What was read into the words: “Read “folowers” as followers”."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Return which of ``kpi``, ``amount`` and ``end`` were not said."""
        held: dict[str, Any] = {"kpi": self.kpi, "amount": self.amount, "end": self.end}
        return tuple(name for name, it in held.items() if not it)
