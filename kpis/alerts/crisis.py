"""The crisis rule (kpi-catalogue §4): when negative mentions surge, and when it is over.

    negative mentions in the last 3 h ≥ max(10, median + 4·MAD of the same 3 h of the week over
    8 weeks), and negative share ≥ 1.5 × its 28-day value; with less than two weeks of history
    plainly ≥ 10 and ≥ 40 %. One alert an episode, which closes after 6 calm hours.

A share of fewer than 100 mentions is a small sample (kpi-catalogue §1): 28 days with less are no
measure, since three complaints in a quiet month would put the bar above 100 %. The plain 40 % is
asked for then.

The window slides by the minute. An episode lasts from the first minute at which the rule held to
the first after the last one; it is closed 6 hours after that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kpis.alerts.rules import Bar
from kpis.alerts.tide import HOUR, SHARE_DAYS, WINDOW, Tide, Usual
from kpis.statistics import SMALL_RATE

MONTH = SHARE_DAYS * 24 * HOUR
NOISE = 1e-12
"""Of binary fractions: 0.6 is not 1.5 × 0.4."""
CALM = 6 * HOUR
"""Minutes without a surge after which an episode is closed."""


@dataclass(frozen=True)
class Surge:
    """The 3 hours that end with a minute, and what they are measured by."""

    end: int
    negative: int
    share: float | None
    usual: Usual
    usual_share: float | None
    bar: float
    """So many negative mentions it takes."""
    share_bar: float
    is_young: bool
    """Measured by the plain rule."""

    @property
    def holds(self) -> bool:
        """Whether the rule holds. A share of exactly 1.5 × the usual one does."""
        if self.negative < self.bar or self.share is None:
            return False
        return self.share >= self.share_bar - NOISE


class Spell(NamedTuple):
    """An episode: the first minute of it, and the first that was normal again."""

    began: int
    calm: int

    def is_open(self, minute: int) -> bool:
        """Whether it is not closed yet: calm for less than 6 hours."""
        return minute < self.calm + CALM


def measure(tide: Tide, end: int, bar: Bar) -> Surge:
    """Return how the 3 hours that end with a minute stand."""
    return Surge(
        end,
        tide.negative(end - WINDOW, end),
        tide.share(end - WINDOW, end),
        usual := tide.usual(end),
        tide.share_before(end),
        count_bar(tide, end, usual, bar),
        share_bar(tide, end, bar),
        tide.is_young(end),
    )


def count_bar(tide: Tide, end: int, usual: Usual, bar: Bar) -> float:
    """Return how many negative mentions it takes."""
    if tide.is_young(end):
        return bar.least
    return max(float(bar.least), usual.median + bar.spread * usual.spread)


def share_bar(tide: Tide, end: int, bar: Bar) -> float:
    """Return how large the negative share must be."""
    before = end - WINDOW
    is_small = tide.labelled(before - MONTH, before) < SMALL_RATE
    if tide.is_young(end) or is_small:
        return bar.plain
    return bar.ratio * (tide.share_before(end) or 0.0)


def spells(tide: Tide, start: int, end: int, bar: Bar) -> list[Spell]:
    """Return the episodes of the minutes from ``start`` to ``end``, ``end`` included."""
    found: list[Spell] = []
    for minute in holding(tide, start, end, bar):
        if found and found[-1].is_open(minute):
            found[-1] = Spell(found[-1].began, minute + 1)
        else:
            found.append(Spell(minute, minute + 1))
    return found


def holding(tide: Tide, start: int, end: int, bar: Bar) -> Iterator[int]:
    """Yield the minutes at which the rule holds.

    A history has 130,000 minutes. What costs least is asked first, of running sums laid side by
    side: most minutes fall below the least number that it takes, most others below the share.
    What is usual of 8 weeks is asked of the rest alone.
    """
    stretch = range(start, end + 1)
    columns = zip(
        stretch,
        tide.sums_at(tide.negative_upto, stretch),
        tide.sums_at(tide.negative_upto, shifted(stretch, WINDOW)),
        tide.sums_at(tide.negative_upto, shifted(stretch, WINDOW + MONTH)),
        tide.sums_at(tide.labelled_upto, stretch),
        tide.sums_at(tide.labelled_upto, shifted(stretch, WINDOW)),
        tide.sums_at(tide.labelled_upto, shifted(stretch, WINDOW + MONTH)),
        strict=True,
    )
    for minute, negative, negative_3, negative_28, labelled, labelled_3, labelled_28 in columns:
        found = negative - negative_3
        if found < bar.least:
            continue
        asked, before = bar.plain, labelled_3 - labelled_28
        if before >= SMALL_RATE and not tide.is_young(minute):
            asked = bar.ratio * (negative_3 - negative_28) / before
        if found >= (asked - NOISE) * (labelled - labelled_3) and measure(tide, minute, bar).holds:
            yield minute


def shifted(stretch: range, minutes: int) -> range:
    return range(stretch.start - minutes, stretch.stop - minutes)


def peak(tide: Tide, spell: Spell) -> int:
    """Return the most negative mentions that 3 hours of an episode held."""
    return max(tide.negative(it - WINDOW, it) for it in range(spell.began, spell.calm))


def count_negative(tide: Tide, spell: Spell) -> int:
    """Return the negative mentions of an episode: of its first 3 hours, and all since."""
    return tide.negative(spell.began - WINDOW, spell.calm)
