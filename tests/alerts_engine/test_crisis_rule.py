"""The crisis rule of the catalogue, row by row (kpi-catalogue §4, *Crisis rule*)."""

from datetime import timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import median_abs_deviation  # type: ignore[import-untyped]

from kpis.alerts.crisis import measure
from kpis.alerts.rules import BARS
from kpis.alerts.tide import minute_of, moment_of, same_of_week
from tests.alerts_engine.tides import at, tide_of, weeks_before
from tests.drawn import table

NOW = at("2026-11-23 15:00")
END = minute_of(NOW)
AS_NOW = BARS["as now"]

RULES = """
    usual of 8 weeks         | now | of | 28 days | fires | why
    -------------------------+-----+----+---------+-------+----------------------------------
    0 0 0 0 0 0 0 0          | 10  | 20 |   0/100 | yes   | ten is enough
    0 0 0 0 0 0 0 0          | 9   | 20 |   0/100 | no    | nine is not
    4 4 4 4 4 4 4 4          | 10  | 20 |  16/100 | yes   | median 4, MAD 0: the least counts
    6 6 6 6 10 10 10 10      | 15  | 20 |  24/100 | no    | median 8, MAD 2: 16 it takes
    6 6 6 6 10 10 10 10      | 16  | 20 |  24/100 | yes   | exactly 16
    2 2 2 2 2 2 2 100        | 10  | 20 |   8/100 | yes   | one wild week moves no median
    9 9 9 9 13 13 13 13      | 18  | 20 |  36/100 | no    | 11 + 4·2 is 19
    9 9 9 9 13 13 13 13      | 19  | 20 |  36/100 | yes   | exactly 19
    0 0 0 0 0 0 0 0          | 30  | 75 |  80/300 | yes   | 40 % is 1.5 × 26.7 %
    0 0 0 0 0 0 0 0          | 30  | 75 |  81/300 | no    | 40 % is 1.48 × 27 %
    0 0 0 0 0 0 0 0          | 30  | 75 |  79/300 | yes   | 40 % is 1.52 × 26.3 %
"""


@pytest.mark.parametrize("row", table(RULES), ids=lambda row: f"{row['now']}: {row['why']}")
def test_a_surge_is_measured_by_its_own_weeks(row: dict[str, str]) -> None:
    """At least 10, at least median + 4·MAD of the same hours, and 1.5 × the share of 28 days."""
    counts = [int(it) for it in row["usual of 8 weeks"].split()]
    negative, labelled = map(int, row["28 days"].split("/"))
    said = [(NOW - timedelta(weeks=10), 0, 1)]
    said += [(moment, many, many) for moment, many, _ in weeks_before(NOW, counts)]
    counted = sum(counts[:4])  # these lie within the 28 days
    said += [(NOW - timedelta(days=5, hours=9), negative - counted, labelled - counted)]
    said += [(NOW - timedelta(minutes=40), int(row["now"]), int(row["of"]))]
    found = measure(tide_of(said, NOW), END, AS_NOW)
    assert found.holds == (row["fires"] == "yes")


YOUNG = """
    days of history | now | of | fires
    ----------------+-----+----+------
    13              | 10  | 25 | yes
    13              | 10  | 26 | no
    13              | 9   | 9  | no
    1               | 12  | 30 | yes
    1               | 12  | 31 | no
    15              | 12  | 30 | yes
"""


@pytest.mark.parametrize("row", table(YOUNG), ids=str)
def test_with_less_than_two_weeks_the_plain_rule_holds(row: dict[str, str]) -> None:
    """At least 10, of which 40 % of those with a sentiment; after two weeks, what is usual."""
    said = [(NOW - timedelta(days=int(row["days of history"])), 0, 50)]
    said.append((NOW - timedelta(minutes=1), int(row["now"]), int(row["of"])))
    assert measure(tide_of(said, NOW), END, AS_NOW).holds == (row["fires"] == "yes")


def test_the_window_is_three_hours_and_no_minute_more() -> None:
    """A mention is in it for 180 minutes: its first minute counts, the one before does not."""
    history = [(NOW - timedelta(weeks=7), 0, 10)]
    inside = measure(tide_of([*history, (NOW - timedelta(hours=3), 10, 10)], NOW), END, AS_NOW)
    outside = tide_of([*history, (NOW - timedelta(hours=3, minutes=1), 10, 10)], NOW)
    assert (inside.negative, measure(outside, END, AS_NOW).negative) == (10, 0)


@pytest.mark.parametrize(("labelled", "fires"), [(99, True), (100, False)])
def test_a_quiet_month_is_no_measure_of_a_share(labelled: int, fires: bool) -> None:
    """70 % negative would ask for 105 %: of a hundred mentions it does, of fewer 40 % will do."""
    said = [(NOW - timedelta(weeks=9), 0, 1), (NOW - timedelta(days=9), 70, labelled)]
    said.append((NOW - timedelta(hours=1), 30, 30))
    assert measure(tide_of(said, NOW), END, AS_NOW).holds == fires


def test_mentions_without_a_sentiment_are_in_no_share() -> None:
    """Ten of twelve that somebody labelled are 83 %, however many nobody looked at."""
    said = [(NOW - timedelta(weeks=3), 1, 100), (NOW - timedelta(hours=1), 10, 12)]
    found = measure(tide_of(said, NOW), END, AS_NOW)
    assert found.share == pytest.approx(10 / 12)


def test_a_surge_does_not_raise_what_it_is_measured_by() -> None:
    """The 28 days end where the 3 hours begin: else a large enough crisis would be usual."""
    said = [(NOW - timedelta(weeks=3), 10, 100), (NOW - timedelta(hours=1), 900, 1000)]
    assert measure(tide_of(said, NOW), END, AS_NOW).usual_share == pytest.approx(0.1)


CLOCKS = """
    zone             | now              | the week before  | why
    -----------------+------------------+------------------+------------------------------
    Europe/Stockholm | 2026-10-26 15:00 | 2026-10-19 14:30 | clocks went back in between
    Europe/Stockholm | 2026-03-30 15:00 | 2026-03-23 14:30 | clocks went forward in between
    America/New_York | 2026-11-02 09:00 | 2026-10-26 08:30 | clocks went back in between
    Asia/Tokyo       | 2026-11-02 09:00 | 2026-10-26 08:30 | no change
"""


@pytest.mark.parametrize("row", table(CLOCKS), ids=lambda row: f"{row['zone']} {row['why']}")
def test_the_same_hours_of_the_week_are_those_of_the_clocks(row: dict[str, str]) -> None:
    """12–15 on Monday is compared with 12–15 of other Mondays, whatever the clocks did."""
    now, before = at(row["now"], row["zone"]), at(row["the week before"], row["zone"])
    said = [(now - timedelta(weeks=10), 0, 5), (before, 7, 7)]
    for late, counted in ((timedelta(), 7), (timedelta(minutes=30), 0)):
        tide = tide_of([*said[:1], (before + late, 7, 7)], now, row["zone"])
        last = same_of_week(minute_of(now), tide.zone)[0]
        assert moment_of(last) == before + timedelta(minutes=30)
        assert tide.negative(last - 180, last) == counted
        assert tide.usual(minute_of(now)).weeks == 8


@settings(max_examples=60, deadline=None)
@given(
    weeks=st.lists(st.integers(0, 40), min_size=8, max_size=8),
    now=st.integers(0, 60),
    rest=st.integers(0, 60),
    old=st.tuples(st.integers(0, 200), st.integers(1, 400)),
)
def test_the_rule_is_what_numpy_makes_of_the_catalogue(
    weeks: list[int], now: int, rest: int, old: tuple[int, int]
) -> None:
    """Worked out again from the rule's own sentence, with numpy's median and SciPy's MAD."""
    negative, labelled = min(old), max(old)
    said = [(moment, many, many) for moment, many, _ in weeks_before(NOW, weeks)]
    said.append((NOW - timedelta(days=9, hours=8), negative, labelled))
    said.append((NOW - timedelta(weeks=9), 0, 1))
    said.append((NOW - timedelta(minutes=5), now, now + rest))
    recent = sum(weeks[:4])  # 4 weeks and an hour back: the 28 days begin 3 hours earlier still
    share_of_28 = (recent + negative) / (recent + labelled)
    limit = max(10, np.median(weeks) + 4 * median_abs_deviation(weeks))
    share = now / (now + rest) if now + rest else 0
    share_bar = 1.5 * share_of_28 if recent + labelled >= 100 else 0.4
    expected = now + rest > 0 and now >= limit and share >= share_bar - 1e-12
    found = measure(tide_of(said, NOW), END, AS_NOW)
    assert found.usual.median == np.median(weeks)
    assert found.usual.spread == pytest.approx(median_abs_deviation(weeks))
    assert found.usual_share == pytest.approx(share_of_28)
    assert found.holds == expected


@given(st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_fewer_never_fires_where_as_now_does_not(seed: int) -> None:
    """The three sensitivities are nested: what *fewer* tells, *as now* tells too, and so on."""
    dice = Random(seed)
    said = [(NOW - timedelta(minutes=dice.randrange(80 * 1440)), dice.randrange(9), 9)] * 3
    said += [
        (NOW - timedelta(minutes=dice.randrange(60 * 1440)), dice.randrange(3), 4)
        for _ in range(300)
    ]
    said.append((NOW - timedelta(minutes=9), dice.randrange(40), 40))
    tide = tide_of(said, NOW)
    fewer, plain, more = (measure(tide, END, BARS[it]).holds for it in BARS)
    assert fewer <= plain <= more
