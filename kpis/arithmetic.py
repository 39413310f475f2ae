"""Arithmetic on readings: intervals stay intervals, and an absence says what is missing.

``Value(low, high)`` is an interval that holds the true number; ``high`` is empty where only the
lower bound is proven. All quantities that are divided here are counts, so divisors are ≥ 0.
"""

from collections.abc import Sequence

from kpis.answers import Absent, Reading, Reason, Value


def first_absence(readings: Sequence[Reading]) -> Absent | None:
    """Return the first reading that is no number; a refusal goes before a mere gap."""
    gaps = [it for it in readings if isinstance(it, Absent)]
    return min(gaps, key=lambda it: it.reason is Reason.NO_DATA, default=None)


def add(left: Value, right: Value) -> Value:
    high = None if left.high is None or right.high is None else left.high + right.high
    return Value(left.low + right.low, high, min(left.n, right.n) or max(left.n, right.n))


def subtract(left: Value, right: Value) -> Value:
    high = None if left.high is None else left.high - right.low
    low = left.low - (right.high if right.high is not None else left.low)
    return Value(low, high, min(left.n, right.n))


def scale(value: Value, factor: float) -> Value:
    return Value(value.low * factor, None if value.high is None else value.high * factor, value.n)


def multiply(left: Value, right: Value) -> Value:
    """Return the product of two readings that are not below 0."""
    high = None if left.high is None or right.high is None else left.high * right.high
    return Value(left.low * right.low, high, min(left.n, right.n) or max(left.n, right.n))


def divide(top: Value, bottom: Value, undefined: str) -> Reading:
    """Return the quotient; a divisor of 0 is “not defined”, never 0 and never infinite.

    Where the divisor may be near 0 there is no “at most”; where it has no “at most” there is no
    “at least”, which is written as 0.
    """
    if bottom.high == 0 or (bottom.low == 0 and bottom.high is None):
        return Absent(Reason.UNDEFINED, undefined)
    low = 0.0 if bottom.high is None else top.low / bottom.high
    high = None if top.high is None or bottom.low == 0 else top.high / bottom.low
    return Value(low, high, bottom.n)
