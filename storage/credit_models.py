"""How five rules share one conversion among the touches before it (kpi-catalogue §4).

Shares are whole parts that add up to one conversion. All arithmetic is on integers, so that the
same touches give the same shares on every database, in whatever order they are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from math import exp2

FIRST, LAST, LINEAR, TIME_DECAY, POSITION = "first", "last", "linear", "time-decay", "position"
MODELS = (FIRST, LAST, LINEAR, TIME_DECAY, POSITION)
ASSISTED = "assisted"
"""No model: whole conversions that had a contact on social media in the look-back and were not made
in its session, each under the last such contact (kpi-catalogue §4, conversions)."""
ONE = 1_000_000
"""A whole conversion as it is stored, in millionths."""
WHOLE = 10**12
"""A whole conversion while it is shared out; sums are rounded once, when all is added up."""
HALF_LIFE = timedelta(days=7) // timedelta(microseconds=1)
"""Microseconds after which a touch counts half (kpi-catalogue §4, attribution)."""
FINE = 2**60
"""Weights that are no fractions are whole parts of this."""


def round_together(parts: Sequence[int], unit: int, total: int) -> list[int]:
    """Return each part in whole ``unit``s so that all add up to ``total`` (largest remainder).

    ``total`` is the sum of the parts in units, rounded. Equal remainders: the earlier goes first.
    """
    wholes = [part // unit for part in parts]
    left = total - sum(wholes)
    if left:
        by_rest = sorted(range(len(parts)), key=lambda at: wholes[at] * unit - parts[at])
        for at in by_rest[:left]:
            wholes[at] += 1
    return wholes


def share_out(weights: Sequence[int]) -> tuple[int, ...]:
    """Return parts of ``WHOLE`` in proportion to weights that are not all 0."""
    whole = sum(weights)
    return tuple(round_together([weight * WHOLE for weight in weights], whole, WHOLE))


def step_weights(model: str, count: int) -> tuple[int, ...]:
    """Return what each of ``count`` touches weighs by its place alone, the oldest first.

    Without dates, time decay halves with every step away from the conversion.
    """
    if model == FIRST:
        return (1, *[0] * (count - 1))
    if model == LAST:
        return (*[0] * (count - 1), 1)
    if model == LINEAR:
        return (1,) * count
    if model == TIME_DECAY:
        return tuple(1 << step for step in range(count))
    if model != POSITION:
        raise ValueError(f"there is no model {model!r}")
    if count < 3:
        return (1,) * count
    middle = count - 2  # 40 %, 20 % shared, 40 %, as whole weights
    return (2 * middle, *[1] * middle, 2 * middle)


@lru_cache(maxsize=4096)
def step_shares(model: str, count: int) -> tuple[int, ...]:
    """Return the parts of ``WHOLE`` of ``count`` touches by their places."""
    return share_out(step_weights(model, count))


def faded_shares(moments: Sequence[int]) -> tuple[int, ...]:
    """Return the parts of ``WHOLE`` of touches by their age: half for every 7 days earlier.

    ``moments`` are microseconds, the oldest first. How long before the conversion the last of
    them was makes no difference to their proportions.
    """
    newest = moments[-1]
    return share_out([int(exp2((moment - newest) / HALF_LIFE) * FINE) for moment in moments])
