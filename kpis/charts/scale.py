"""Where numbers and days stand on a chart, and which of them are written."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from babel.dates import format_date, format_skeleton

from kpis.numbers import write_ticks
from kpis.numerals import numerals
from kpis.tongue import ENGLISH, grouped, locale, spoken
from storage.measures import Unit

_NARROW = 0.25
"""A range below this share of its top is shown without zero, where the chart allows it."""
_NOISE = 1e-9
"""What differs by less than this share of itself is the same."""
_SECONDS = (
    *(1, 2, 5, 10, 15, 30),
    *(60, 120, 300, 600, 900, 1800),
    *(3600, 7200, 10800, 21600, 43200),
    *(86400, 172800, 432000, 864000),
)
_LADDER = (
    *(1, 5, 15),
    *(60, 300, 900),
    *(3600, 14_400),
    *(86_400, 259_200, 864_000, 2_592_000, 8_640_000, 31_536_000),
)
"""Durations that a scale with multiplying steps may name."""
_MOST_STEPS = 7
_FAR_APART = 30
"""Durations are drawn on multiplying steps where the longest is more times the shortest."""
_WHOLE = (Unit.COUNT, Unit.PEOPLE, Unit.PERSON_DAYS, Unit.CHARACTERS)


@dataclass(frozen=True)
class Axis:
    """A range of values with its ticks; ``texts`` are what the ticks say."""

    low: float
    high: float
    ticks: tuple[float, ...]
    texts: tuple[str, ...]
    is_log: bool = False
    """Equal steps multiply; what is below ``low`` stands on it."""

    @property
    def from_zero(self) -> bool:
        return self.is_log or self.low <= 0 <= self.high

    def place(self, value: float) -> float:
        """Return where a value stands: 0 at the low end, 1 at the high end."""
        if self.is_log:
            return math.log(max(value, self.low) / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


def choose_axis(values: Sequence[float], unit: Unit, *, zero: bool, about: int = 4) -> Axis:
    """Return a range of round numbers that holds the values, with about so many steps.

    Zero is in it unless ``zero`` allows otherwise and the values lie close together.
    """
    low, high = choose_span(values, zero=zero)
    if high - low < _NOISE:
        low, high = 0.0, 0.01 if unit is Unit.PERCENT else 60.0 if unit is Unit.SECONDS else 1.0
    whole = unit in _WHOLE and all(float(value).is_integer() for value in values)
    step = _choose_step((high - low) / about, unit, whole)
    first = math.floor(low / step + 1e-9)
    last = max(math.ceil(high / step - 1e-9), first + 1)
    # Multiples, not sums, and rounded, so that no tick drifts off its round number.
    digits = 12 - math.floor(math.log10(step))
    ticks = tuple(round(step * at, digits) for at in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], ticks, tuple(write_ticks(ticks, unit)))


def choose_span(values: Sequence[float], *, zero: bool) -> tuple[float, float]:
    """Return the least range that holds the values, and zero too unless they may do without."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    if zero or not _is_narrow(low, high):
        low, high = min(low, 0.0), max(high, 0.0)
    return low, high


def needs_log(values: Sequence[float], unit: Unit) -> bool:
    """Whether durations lie so far apart that the short ones could not be seen."""
    positive = [it for it in values if it > 0]
    return unit is Unit.SECONDS and bool(positive) and max(positive) > _FAR_APART * min(positive)


def choose_log_axis(values: Sequence[float]) -> Axis:
    """Return a range of durations in which equal steps multiply; zeros stand on its low end."""
    positive = [it for it in values if it > 0]
    least, most = min(positive), max(positive)
    below = [at for at, step in enumerate(_LADDER) if step <= least]
    above = [at for at, step in enumerate(_LADDER) if step >= most]
    first = below[-1] if below else 0
    last = above[0] if above else len(_LADDER) - 1
    steps: tuple[float, ...] = _LADDER[first : max(last, first + 1) + 1]
    if most > steps[-1]:
        steps = (*steps, most)
    while len(steps) > _MOST_STEPS:
        # The ends stay, every other step between them goes.
        kept = steps[::2]
        steps = kept if kept[-1] == steps[-1] else (*kept[:-1], steps[-1])
    texts = [say_duration(it) for it in steps]
    if any(it < steps[0] for it in values):
        texts[0] = f"≤ {texts[0]}"
    ticks = tuple(float(it) for it in steps)
    return Axis(ticks[0], ticks[-1], ticks, tuple(texts), is_log=True)


def say_duration(seconds: float) -> str:
    """Return a duration in its own unit: “30 min”, “2 h”, “1 d”."""
    own = numerals()
    for size, sign in ((86_400, own.day), (3600, own.hour), (60, own.minute)):
        if seconds >= size:
            return _write_short(round(seconds / size, 1)) + sign
    return _write_short(seconds) + own.second


def _write_short(number: float) -> str:
    return grouped(int(number) if number == int(number) else number)


def _is_narrow(low: float, high: float) -> bool:
    """Whether the values lie close together, far from zero, and are not all the same."""
    top = max(abs(low), abs(high))
    return low * high > 0 and _NOISE * top < high - low < _NARROW * top


def _choose_step(rough: float, unit: Unit, whole: bool) -> float:
    if unit is Unit.SECONDS and rough <= _SECONDS[-1]:
        return next(float(step) for step in _SECONDS if step >= rough)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * it for it in (1, 2, 2.5, 5, 10) if power * it >= rough * (1 - 1e-9))
    if whole and step < 10:
        return float(max(1, math.ceil(step)))
    return step


def name_slot(day: date, slot_days: int, *, year: bool = False) -> str:
    """Return “24 Oct”, “Oct” for a month, with the year where it is needed."""
    return _name_slot(day, is_month=slot_days == 0, year=year, language=spoken())


@lru_cache(4096)
def _name_slot(day: date, *, is_month: bool, year: bool, language: str) -> str:
    if language == ENGLISH:
        pattern = ("MMM" if is_month else "d MMM") + (" y" if year else "")
        return format_date(day, pattern, locale=locale())
    skeleton = ("y" if year else "") + ("MMM" if is_month else "MMMd")
    return format_skeleton(skeleton, day, locale=locale())


def choose_slot_labels(
    slots: Sequence[date], slot_days: int, room: float, measure: Callable[[str], float]
) -> list[tuple[int, str]]:
    """Return the position and name of as many slots as fit when each has ``room`` pixels."""
    for positions in _thin(slots, slot_days):
        labels = _name(slots, positions, slot_days)
        if len(labels) < 2:
            return labels
        widest = max(measure(text) for _, text in labels)
        nearest = min(b[0] - a[0] for a, b in pairwise(labels))
        if widest + 28 <= nearest * room:
            return labels
    return _name(slots, (0,), slot_days)


def _thin(slots: Sequence[date], slot_days: int) -> Iterator[Sequence[int]]:
    """Offer ever fewer positions: every slot, whole weeks, months' first days."""
    every = range(len(slots))
    for step in (1, 2, 7, 14) if slot_days == 1 else (1, 2, 3, 4, 6) if slot_days else (1, 2, 3):
        yield every[::step]
    # Slots that are not days seldom begin with a month: the first of each month stands for it.
    firsts = [at for at in every if _begins_a_month(slots, at)]
    for months in (1, 2, 3, 6, 12):
        chosen = [at for at in firsts if (slots[at].month - 1) % months == 0]
        if len(chosen) > 1:
            yield chosen
    for step in (5, 10, 20, 50, 100, 200, 500, 1000):
        yield every[::step]


def _begins_a_month(slots: Sequence[date], at: int) -> bool:
    return slots[at].month != slots[at - 1].month if at else slots[at].day == 1


def _name(slots: Sequence[date], positions: Sequence[int], slot_days: int) -> list[tuple[int, str]]:
    """Say the year with the first name of each, where there is more than one."""
    several = len({day.year for day in slots}) > 1
    labels, said = [], None
    for at in positions:
        labels.append(
            (at, name_slot(slots[at], slot_days, year=several and slots[at].year != said))
        )
        said = slots[at].year
    return labels


def find_slot(day: date, slots: Sequence[date], slot_days: int) -> float | None:
    """Return where a day falls among the slots: 0 is the first one; empty outside of them."""
    if not slots or day < slots[0]:
        return None
    at = next((i for i in range(len(slots) - 1, -1, -1) if slots[i] <= day), 0)
    length = slot_days or 31
    if day >= slots[at] + timedelta(days=length):
        return None
    # A slot's place is its middle; at both ends nothing stands outside of the data.
    return min(max(at - 0.5 + ((day - slots[at]).days + 0.5) / length, 0), len(slots) - 1)


def spread(wanted: Sequence[float], room: float, low: float, high: float) -> list[float]:
    """Return positions near those wanted, at least ``room`` apart, from ``low`` to ``high``."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    placed = list(wanted)
    floor = low
    for at in order:
        placed[at] = max(placed[at], floor)
        floor = placed[at] + room
    ceiling = high
    for at in reversed(order):
        placed[at] = min(placed[at], ceiling)
        ceiling = placed[at] - room
    return placed
