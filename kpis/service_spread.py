"""Quantiles of durations: of those that ended, or of a survival curve over all that began."""

from collections.abc import Sequence
from typing import NamedTuple

from kpis.answers import Reading, Value
from kpis.service_figures import FEW
from kpis.statistics import quantile
from support.survival import kaplan_meier


class Spread(NamedTuple):
    """What quantiles say of some samples; an empty one was not reached."""

    n: int
    """Samples in all: measured and, in a cohort, pending."""
    shortest: float
    longest: float
    median: float | None
    p90: float | None
    p95: float | None
    mean: float | None = None
    """Of what ended alone: what still runs has none."""


def spread_of(values: Sequence[float]) -> Spread | None:
    """Return the quantiles of sorted values, interpolated linearly (numpy's default)."""
    if not values:
        return None
    return Spread(
        len(values),
        values[0],
        values[-1],
        quantile(values, 0.5),
        quantile(values, 0.9),
        quantile(values, 0.95),
        sum(values) / len(values),
    )


def survive(ended: Sequence[float], pending: Sequence[float]) -> Spread | None:
    """Return the quantiles of a survival curve; what still runs is censored."""
    samples = [*((it, True) for it in ended), *((it, False) for it in pending)]
    if not samples:
        return None
    curve = kaplan_meier(samples)
    return Spread(
        len(samples),
        min(it for it, _ in samples),
        curve.longest,
        curve.quantile(0.5),
        curve.quantile(0.9),
        curve.quantile(0.95),
    )


def read_spread(spread: Spread) -> Reading:
    """Return the median as a value: the range where it is of a few, a bound if not reached."""
    if spread.n < FEW:
        return Value(spread.shortest, spread.longest, spread.n)
    if spread.median is None:
        return Value(spread.longest, None, spread.n)
    return Value(spread.median, spread.median, spread.n)
