"""Two shares beside each other; tests check the formulas against SciPy.

Whoever looks every day finds “significant” differences in nothing: a plain test at 5 % is wrong
every fourth time after some weeks. What decides here is therefore valid whenever it is looked at
(``always_valid``); the plain test and Newcombe's interval are shown beside it.
"""

from math import erfc, exp, inf, log, sqrt

from kpis.statistics import wilson

WORTH = 0.2
"""The difference that a test is made for: one variant a fifth better than the other."""
SURE = 0.05
FEWEST, FEWEST_EVENTS = 100, 10
"""Cases, and cases of either outcome, in each variant below which nothing is decided: the normal
approximation does not hold."""


def two_proportion(part: int, whole: int, other: int, of: int) -> float:
    """Return the two-sided p of the pooled z test that two shares are one (kpi-catalogue §1)."""
    pooled = (part + other) / (whole + of)
    spread = sqrt(pooled * (1 - pooled) * (1 / whole + 1 / of))
    return erfc(abs(part / whole - other / of) / spread / sqrt(2)) if spread else 1.0


def newcombe(part: int, whole: int, other: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of share − other share: Newcombe's hybrid score (1998, no. 10)."""
    ours, theirs = part / whole, other / of
    low, high = wilson(part, whole)
    other_low, other_high = wilson(other, of)
    down = sqrt((ours - low) ** 2 + (other_high - theirs) ** 2)
    up = sqrt((high - ours) ** 2 + (theirs - other_low) ** 2)
    return ours - theirs - down, ours - theirs + up


def always_valid(part: int, whole: int, other: int, of: int) -> float:
    """Return a p that may be looked at any time: the mixture sequential ratio test.

    Robbins 1970; Johari, Pekelis and Walsh 2017, formula (9), for the difference of two shares
    with a normal mixture of standard deviation ``WORTH`` × the pooled share. 1 where cases are
    too few for the normal approximation.
    """
    cases = min(whole, of)
    events = min(part, other, whole - part, of - other)
    if cases < FEWEST or events < FEWEST_EVENTS:
        return 1.0
    pooled = (part + other) / (whole + of)
    variance = pooled * (1 - pooled) * (1 / whole + 1 / of)
    mixed = (WORTH * pooled) ** 2
    difference = part / whole - other / of
    ratio = log(variance / (variance + mixed)) / 2 + mixed * difference**2 / (
        2 * variance * (variance + mixed)
    )
    return 1.0 if ratio <= 0 else exp(-ratio)


def cases_needed(share: float, sure: float = SURE) -> int:
    """Return how many cases each variant needs until a difference of ``WORTH`` is decided.

    The number at which ``always_valid`` falls to ``sure`` where the difference is just that.
    """
    if not 0 < share < 1:
        return FEWEST
    few, many = 1.0, 1e12
    while many / few > 1.001:
        middle = sqrt(few * many)
        few, many = (few, middle) if decides(share, middle, sure) else (middle, many)
    return max(FEWEST, int(many) + 1)


def decides(share: float, cases: float, sure: float) -> bool:
    variance = 2 * share * (1 - share) / cases
    mixed = (WORTH * share) ** 2
    ratio = mixed * mixed / (2 * variance * (variance + mixed))
    return ratio + log(variance / (variance + mixed)) / 2 >= (log(1 / sure) if sure else inf)
