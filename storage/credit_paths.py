"""Credits of paths that somebody added up already: models over places, for want of dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from storage.credit_models import ASSISTED, MODELS, ONE, round_together, step_weights
from storage.money import digits_of, is_currency
from storage.platforms import PLATFORMS, find_platform

EXACT = 10**18
"""Parts of a conversion while sums are made: what rounding loses stays far below a millionth."""
UNNAMED = "paths"
"""A collection without a name; the empty one is that of single conversions."""
USUAL_DIGITS = 2
"""Decimals of money in no currency."""


class PathRow(NamedTuple):
    """A row of ``touch_path``, its days as numbers."""

    name: str
    start: int
    end: int
    type: str
    currency: str
    path: str
    conversions: int
    value: int
    """Millionths of the currency's unit."""
    others: int


class Heap(NamedTuple):
    """Paths whose credits add up among themselves."""

    name: str
    start: int
    end: int
    type: str
    currency: str


def media_of(path: str) -> tuple[str, ...]:
    """Return the media of a path in order: keys of ``PLATFORMS``, or the file's words in lower."""
    return tuple(medium_of(step) for step in path.split(">") if step.strip())


@lru_cache(maxsize=4096)
def medium_of(word: str) -> str:
    """Return what a step of a path is credited as."""
    platform = find_platform(word)
    return platform.key if platform else " ".join(word.split()).lower()


def path_credits(workspace: int, paths: Iterable[PathRow]) -> Iterator[tuple[object, ...]]:
    """Yield rows of ``credit_tally.COLUMNS``; no path holds a campaign, or who paid."""
    heaps: dict[Heap, list[PathRow]] = defaultdict(list)
    for path in paths:
        heaps[Heap(path.name, path.start, path.end, path.type, path.currency)].append(path)
    for heap, held in sorted(heaps.items()):
        for model in MODELS:
            yield from _credits_of(workspace, heap, held, model)
        yield from _assists_of(workspace, heap, held)


def _credits_of(
    workspace: int, heap: Heap, paths: list[PathRow], model: str
) -> Iterator[tuple[object, ...]]:
    counts: dict[str, int] = defaultdict(int)
    amounts: dict[str, int] = defaultdict(int)
    for path in paths:
        media = media_of(path.path) or ("",)
        weights = step_weights(model, len(media))
        whole = sum(weights)
        for medium, weight in zip(media, weights, strict=True):
            if weight:
                counts[medium] += path.conversions * EXACT * weight // whole
                amounts[medium] += path.value * EXACT * weight // whole
    media_held = sorted(counts)
    conversions = sum(it.conversions for it in paths)
    credits = round_together([counts[it] for it in media_held], EXACT // ONE, conversions * ONE)
    # A minor unit of a currency with two decimals is 10,000 millionths.
    unit = 10 ** (6 - _digits_of(heap.currency))
    worth = (2 * sum(it.value for it in paths) + unit) // (2 * unit)
    values = round_together([amounts[it] for it in media_held], EXACT * unit, worth)
    for medium, credit, value in zip(media_held, credits, values, strict=True):
        if credit or value:
            yield (
                *(workspace, model, heap.start, heap.end, medium, "", "", heap.type),
                *(heap.currency, heap.name or UNNAMED, credit, value, 0),
            )


def _assists_of(workspace: int, heap: Heap, paths: list[PathRow]) -> Iterator[tuple[object, ...]]:
    """Yield what media of social media helped to; paths do not tell what was direct."""
    counts: dict[str, int] = defaultdict(int)
    for path in paths:
        social = next((it for it in reversed(media_of(path.path)) if it in PLATFORMS), None)
        if social:
            counts[social] += path.conversions
    for medium, count in sorted(counts.items()):
        if count:
            yield (
                *(workspace, ASSISTED, heap.start, heap.end, medium, "", "", heap.type),
                *(heap.currency, heap.name or UNNAMED, count * ONE, 0, 0),
            )


def _digits_of(currency: str) -> int:
    return digits_of(currency) if is_currency(currency) else USUAL_DIGITS
