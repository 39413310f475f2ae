"""Where the words of notes stand over a plot: on two rows, over no other words and no line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpis.charts.frame import (
    PlacedMark,
)
from kpis.charts.style import EDGE, WIDTH

_ROWS = 2
_BESIDE = 12
"""From a line to words."""
_MOST_TRIES = 600
"""Places that are tried before the words go under the chart."""


@dataclass(frozen=True)
class Wanted:
    """Words that are to stand beside an upright line."""

    x: float
    words: str
    width: float
    is_note: bool


_Set = tuple[Wanted, float, int]
"""Words, where they begin, and on which row."""


def place_words(wanted: Sequence[Wanted]) -> list[PlacedMark]:
    """Return a place for each of the words, right or left of its line; none if one finds none.

    No words stand over others, and no line goes through words of another.
    """
    found = search(sorted(wanted, key=lambda it: -it.x), [], [_MOST_TRIES])
    return [PlacedMark(it.x, start, it.words, row, it.is_note) for it, start, row in found]


def search(rest: Sequence[Wanted], placed: list[_Set], tries: list[int]) -> list[_Set]:
    """Return places for all, those that are ``placed`` with them; none where there are none."""
    if not rest:
        return placed
    for start, row in sides(rest[0]):
        tries[0] -= 1
        if tries[0] < 0:
            return []
        if fits(rest[0], start, row, placed):
            found = search(rest[1:], [*placed, (rest[0], start, row)], tries)
            if found:
                return found
    return []


def sides(one: Wanted) -> list[tuple[float, int]]:
    """Return where words may begin, and on which row; the first that fits is taken."""
    starts = (one.x + _BESIDE, one.x - _BESIDE - one.width)
    inside = [it for it in starts if it >= EDGE and it + one.width <= WIDTH - EDGE]
    return [(start, row) for row in range(_ROWS) for start in inside]


def fits(one: Wanted, start: float, row: int, placed: Sequence[_Set]) -> bool:
    """Whether words there touch no others, no line of others, and their own line no words."""
    for other, begins, level in placed:
        if level == row and _meet(start, one.width, begins, other.width):
            return False
        if level >= row and _meet(start, one.width, other.x, 0):
            return False
        if level <= row and _meet(begins, other.width, one.x, 0):
            return False
    return True


def _meet(start: float, width: float, other: float, wide: float) -> bool:
    return start < other + wide + _BESIDE and other < start + width + _BESIDE
