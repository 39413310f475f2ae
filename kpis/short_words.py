"""What is said of weeks and months that hold some of their days only: “28–30 Dec: 3 of 7 days”."""

from collections.abc import Iterable, Sequence

from kpis.answers import Figure, Point, Short
from kpis.periods import say_days
from kpis.titles import count
from kpis.tongue import grouped, joined, say

MOST_SAID = 3


def say_short(short: Short) -> str:
    """Return “3 of 7 days”."""
    return say("{held} of {days}", held=grouped(short.held), days=count(short.days, "day"))


def name_part(figure: Figure) -> str:
    """Return a part's name, with its days where it has not all of them."""
    if figure.short is None:
        return figure.name
    return f"{figure.name} ({say_short(figure.short)})"


def name_shorts(points: Iterable[Point], year: int | None = None) -> list[str]:
    """Return “28–30 Dec: 3 of 7 days” of each slot that has not all of its days, each once."""
    said = [
        say("{name}: {value}", name=say_days(it.start, it.end, year), value=say_short(it.short))
        for it in points
        if it.short is not None
    ]
    return list(dict.fromkeys(said))


def say_shorts(points: Iterable[Point]) -> str:
    """Return the first few, and how many there are besides."""
    named = name_shorts(points)
    said = joined(named[:MOST_SAID])
    if len(named) <= MOST_SAID:
        return said
    return say("{days} and {number} more", days=said, number=len(named) - MOST_SAID)


def whole_ones(points: Sequence[Point]) -> Sequence[Point]:
    """Return the points that may be set against each other: no sum of some days only."""
    whole = [it for it in points if it.short is None or not it.short.is_less]
    return whole or points
