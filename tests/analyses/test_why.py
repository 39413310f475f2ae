"""Where a difference comes from: the parts of a split add up to it, exactly."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis import wording
from kpis.analyses.drivers import split_difference
from kpis.answers import Value
from kpis.language import mean, total
from kpis.question import Refusal
from storage.database import Database
from storage.measures import Each, posts
from tests.analyses.looking import look
from tests.drawn import fill

POSTS = """
    day        | platform  | post | content_type | reach | likes | comments | shares | clicks
    -----------+-----------+------+--------------+-------+-------+----------+--------+-------
    2026-10-05 | instagram | a    | reel         |  1000 |   100 |        0 |      0 |      0
    2026-10-06 | instagram | b    | photo        |  1000 |    20 |        0 |      0 |      0
    2026-10-07 | facebook  | c    | photo        |   500 |     5 |        0 |      0 |      0
    2026-11-02 | instagram | d    | reel         |  3000 |   240 |        0 |      0 |      0
    2026-11-03 | instagram | e    |              |   500 |    20 |        0 |      0 |      0
    2026-11-04 | facebook  | f    | photo        |   500 |    10 |        0 |      0 |      0
"""
DAYS = """
    day        | platform  | likes
    -----------+-----------+------
    2026-11-18 | instagram |   100
    2026-11-18 | facebook  |    50
    2026-11-19 | instagram |    70
    2026-11-19 | facebook  |    60
    2026-11-20 | instagram |   130
    2026-11-20 | facebook  |    40
    2026-11-21 | instagram |    90
    2026-11-21 | facebook  |    80
"""


class Drawn:
    """A cell that holds what a test says."""

    days = watched_days = 28

    def __init__(self, top: int, bottom: int, values: list[float]) -> None:
        self.top, self.bottom, self.held = top, bottom, values

    def sums(self, leaf: object) -> tuple[float, int]:
        is_top = "likes" in getattr(leaf, "number").columns  # noqa: B009
        return (self.top, 1) if is_top else (self.bottom, 1 if self.bottom else 0)

    def values(self, leaf: object) -> list[float]:
        return self.held


counts = st.integers(0, 10**7)
parts = st.dictionaries(
    st.sampled_from("abcdefgh"), st.tuples(counts, counts, counts, counts), min_size=1
)


@given(parts)
def test_mix_and_rate_add_up_to_the_change_of_a_rate(drawn: dict[str, tuple[int, ...]]) -> None:
    """Whatever parts are new, gone or empty on one side."""
    formula = total(posts.likes) / total(posts.reach)
    cells = {name: (Drawn(it[0], it[1], []), Drawn(it[2], it[3], [])) for name, it in drawn.items()}
    tops = [sum(it[at] for it in drawn.values() if it[at + 1]) for at in (0, 2)]
    bottoms = [sum(it[at] for it in drawn.values()) for at in (1, 3)]
    found = split_difference(formula, cells)  # type: ignore[arg-type]
    if not all(bottoms):
        assert found == []
        return
    change = tops[0] / bottoms[0] - tops[1] / bottoms[1]
    size = max(1.0, *(abs(it.mix) + abs(it.rate) for it in found))
    assert sum(it.size for it in found) == pytest.approx(change, abs=1e-9 * size)
    assert all(it.size == pytest.approx(it.mix + it.rate) for it in found)


def test_the_change_of_a_mean_is_split_by_how_many_and_how_good() -> None:
    random = Random(4)
    formula = mean(Each(posts, ("likes",)))
    values = {name: [[random.random() for _ in range(random.randint(0, 9))] for _ in "xy"]
              for name in "abc"}  # fmt: skip
    cells = {name: (Drawn(0, 0, it[0]), Drawn(0, 0, it[1])) for name, it in values.items()}
    found = split_difference(formula, cells)  # type: ignore[arg-type]
    now, then = ([v for it in values.values() for v in it[at]] for at in (0, 1))
    change = sum(now) / len(now) - sum(then) / len(then)
    assert sum(it.size for it in found) == pytest.approx(change)


def test_a_sum_is_split_by_platform(database: Database) -> None:
    """340 against 280 in the two days before: Instagram 220 for 170, Facebook 120 for 110."""
    workspace = fill(database, days=DAYS)
    answer = look(database, workspace, "likes last 2 days", "why")
    assert wording.headline(answer) == "340, +21 % (280 before)"
    assert [(it.name, it.headline) for it in answer.breakdown] == [
        ("Instagram", "+50"),
        ("Facebook", "+10"),
    ]
    assert answer.receipt.lines[-1] == "Together: +60"
    assert "Where it happened, not what caused it." in answer.notes


def test_a_rate_is_split_by_mix_and_rate_and_posts_without_a_type_too(
    database: Database,
) -> None:
    """125 of 2,500 (5 %) became 270 of 4,000 (6.75 %)."""
    workspace = fill(database, posts=POSTS)
    answer = look(database, workspace, "engagement-rate 2026-11", "why")
    value = answer.main.value
    assert isinstance(value, Value)
    assert value.low == pytest.approx(0.0675)
    together = [it for it in answer.receipt.lines if it.startswith("Together")]
    assert together == ["Together: +1.8 pt", "Together: +1.8 pt"]
    sizes = [it.value.low for it in answer.breakdown if isinstance(it.value, Value)]
    assert sum(sizes) == pytest.approx(0.0675 - 0.05)
    by_type = next(it for it in answer.main.details if it.startswith("By "))
    names = by_type + " ".join(it.name for it in answer.breakdown)
    assert "without a type" in names
    assert "reel" in names


def test_what_is_made_of_different_people_is_not_split(database: Database) -> None:
    windows = """
        start      | end        | reach
        -----------+------------+------
        2026-10-25 | 2026-11-21 |  5000
    """
    workspace = fill(database, windows=windows, days=DAYS)
    with pytest.raises(Refusal, match="not made of parts that add up"):
        look(database, workspace, "reach instagram", "why")
    with pytest.raises(Refusal, match="no single number"):
        look(database, workspace, "best times", "why")


def test_nothing_before_is_said_and_not_made_up(database: Database) -> None:
    workspace = fill(database, days=DAYS)
    answer = look(database, workspace, "likes last 4 days", "why")
    assert answer.breakdown == ()
    assert "Nothing before to compare with." in answer.notes
