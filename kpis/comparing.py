"""How a value moved against its baseline, and when that may not be told."""

from kpis.answers import Absent, Change, Reading, Value
from kpis.tongue import say
from storage.measures import Unit


def compare(
    now: Reading, then: Reading | None, unit: Unit, *, broken: str = "", baseline: str = "before"
) -> Change | None:
    """Return the change from ``then`` to ``now``.

    ``broken`` is why the two may not be compared. Shares move in points, other numbers in
    percent, and against 0 or a negative number only the difference is told.
    """
    if then is None or isinstance(now, Absent) or isinstance(then, Absent):
        return None
    if broken:
        return Change("unclear", words=broken)
    if not (now.exact and then.exact):
        return Change("unclear", words=overlap(now, then, baseline))
    difference = now.low - then.low
    if unit is Unit.PERCENT:
        return Change("points", difference)
    if then.low <= 0 or unit is Unit.SCORE:
        return Change("absolute", difference)
    return Change("percent", difference / then.low)


def overlap(now: Value, then: Value, baseline: str) -> str:
    """Return what two ranges allow to say: nothing where they overlap."""
    if then.high is not None and now.low > then.high:
        return say("higher than {baseline}: the ranges do not overlap", baseline=baseline)
    if now.high is not None and now.high < then.low:
        return say("lower than {baseline}: the ranges do not overlap", baseline=baseline)
    return ""
