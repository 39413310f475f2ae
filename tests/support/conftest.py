"""How a drawn scenario is played: the same history must come to the same, whichever way it came."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import databases
from tests.support.drawn_delivery import play_folded, play_shuffled
from tests.support.drawn_issues import draw
from tests.support.drawn_seen import Result
from tests.support.drawn_store import play_stored

Play = Callable[[str], Result]
FOLDED = {"in order": play_folded, "shuffled twice": play_shuffled}
WAYS = (
    *FOLDED,
    *(f"{kind} {how}" for kind in databases.KINDS for how in ("live", "shuffled")),
)


@pytest.fixture(params=WAYS)
def play(request: pytest.FixtureRequest, tmp_path: Path) -> Play:
    """Play a drawing in one of the ways in which its entries can arrive.

    *live*: one after the other into a ledger, folded after each; *shuffled*: each twice, in
    another order, folded now and then. What is judged then are the rows of the projection.
    """
    way: str = request.param
    if way in FOLDED:
        return lambda text: FOLDED[way](draw(text))
    kind, how = way.split()

    def stored(text: str) -> Result:
        with databases.fresh(kind, tmp_path) as database:
            return play_stored(draw(text), database, is_shuffled=how == "shuffled")

    return stored


@pytest.fixture(params=FOLDED)
def fold_only(request: pytest.FixtureRequest) -> Play:
    """Play a drawing through the fold alone, in order and in disorder: for many small cases."""
    return lambda text: FOLDED[request.param](draw(text))
