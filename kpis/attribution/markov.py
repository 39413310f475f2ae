"""Attribution by removal in a Markov chain of first order (Anderl et al. 2014).

Customers walk from a start over media to a conversion or to nothing. A medium's **removal
effect** is the part of the conversions that would be lost if whoever comes to it were lost: of
those who convert, the part that passes it. Conversions are shared out in proportion to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise
from typing import TypeAlias


class Place(Enum):
    """Where walks begin and end."""

    START = "start"
    CONVERTED = "conversion"
    LOST = "null"


Stop: TypeAlias = str | Place


class Ways:
    """How often customers went from one stop to the next."""

    def __init__(self) -> None:
        self.steps: defaultdict[tuple[Stop, Stop], float] = defaultdict(float)

    def add(self, path: Sequence[str], converted: float = 1, lost: float = 0) -> None:
        """Add a path that some took to a conversion, and others to none."""
        every = converted + lost
        if not path or not every:
            return
        steps = self.steps
        steps[Place.START, path[0]] += every
        for step in pairwise(path):
            steps[step] += every
        if converted:
            steps[path[-1], Place.CONVERTED] += converted
        if lost:
            steps[path[-1], Place.LOST] += lost

    def beside(self, others: Ways) -> Ways:
        """Return these ways and others together."""
        both = Ways()
        for ways in (self, others):
            for step, count in ways.steps.items():
                both.steps[step] += count
        return both

    @property
    def media(self) -> list[str]:
        return sorted({stop for step in self.steps for stop in step if isinstance(stop, str)})


def removal_effects(ways: Ways) -> dict[str, float]:
    """Return each medium's removal effect, from 0 to 1; nothing where nobody converted.

    With N the fundamental matrix of the chain, s where walks begin and c the chance to convert
    from each medium, those who convert past medium i are (s·N)ᵢ ÷ Nᵢᵢ · cᵢ of all: the chance to
    come to i at all, times the chance to convert from there.
    """
    import numpy as np

    media = ways.media
    place = {medium: at for at, medium in enumerate(media)}
    size = len(media)
    between, converting, starting = np.zeros((size, size)), np.zeros(size), np.zeros(size)
    leaving = np.zeros(size)
    for (source, target), count in ways.steps.items():
        if isinstance(source, str):
            leaving[place[source]] += count
            if isinstance(target, str):
                between[place[source], place[target]] += count
            elif target is Place.CONVERTED:
                converting[place[source]] += count
        elif isinstance(target, str):
            starting[place[target]] += count
    if not converting.any():
        return {}
    walks = np.linalg.inv(np.eye(size) - between / leaving[:, None])
    chance = walks @ (converting / leaving)
    begin = starting / starting.sum()
    passing = (begin @ walks) / walks.diagonal() * chance / (begin @ chance)
    return {medium: float(passing[place[medium]]) for medium in media}


def share_by_removal(ways: Ways, amount: float) -> dict[str, float]:
    """Return an amount shared out in proportion to the removal effects."""
    effects = removal_effects(ways)
    whole = sum(effects.values())
    return {medium: amount * effect / whole for medium, effect in effects.items()}
