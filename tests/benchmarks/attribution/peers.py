"""The same credits as pandas works them out: merge, filter, weigh, group."""

import sqlite3
from pathlib import Path
from typing import Any

from tests.benchmarks.plan import peer

LOOK_BACK, HALF_LIFE = 30 * 86_400_000_000, 7 * 86_400_000_000
DAY = 86_400_000_000
KEYS = ["day", "type", "currency", "platform", "campaign", "paid"]
MODELS = ("first", "last", "linear", "time-decay", "position")


def load(path: Path) -> tuple[Any, Any]:
    """Return touches and conversions as frames, read from our file."""
    pandas = peer("pandas")
    assert pandas is not None
    with sqlite3.connect(path) as connection:
        touches = pandas.read_sql_query(
            "SELECT customer, at, platform, campaign, paid FROM touch", connection
        )
        conversions = pandas.read_sql_query(
            "SELECT id, customer, at AS bought, type, value, currency FROM conversion", connection
        )
    return touches, conversions


def credit(touches: Any, conversions: Any) -> Any:
    """Return a frame of credit and value by day, medium and model, with what nobody touched."""
    import numpy as np

    pandas = peer("pandas")
    assert pandas is not None
    pairs = touches.merge(conversions, on="customer")
    age = pairs["bought"] - pairs["at"]
    pairs = pairs[(age >= 0) & (age <= LOOK_BACK)].sort_values(["id", "at"], kind="stable")
    alone = conversions[~conversions["id"].isin(pairs["id"])]
    alone = alone.assign(at=alone["bought"], platform="", campaign="", paid=None)
    pairs = pandas.concat([pairs, alone], ignore_index=True)
    by = pairs.groupby("id", sort=False)["at"]
    size, place = by.transform("size"), by.cumcount()
    ends = (place == 0) | (place == size - 1)
    inner = 0.2 / np.maximum(size - 2, 1)
    placed = np.where(size == 1, 1.0, np.where(size == 2, 0.5, np.where(ends, 0.4, inner)))
    faded = np.exp2(-(pairs["bought"] - pairs["at"]) / HALF_LIFE)
    shares = {
        "first": (place == 0) * 1.0,
        "last": (place == size - 1) * 1.0,
        "linear": 1.0 / size,
        "time-decay": faded / faded.groupby(pairs["id"], sort=False).transform("sum"),
        "position": placed,
    }
    for model, share in shares.items():
        pairs[model], pairs[f"{model} value"] = share, share * pairs["value"]
    pairs["day"] = pairs["bought"] // DAY
    columns = [name for model in MODELS for name in (model, f"{model} value")]
    return pairs.groupby(KEYS, dropna=False)[columns].sum()
