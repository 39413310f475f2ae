"""What is usual of a weekday, and how far a day is from it."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import median_abs_deviation  # type: ignore[import-untyped]

from kpis.alerts.unusual import is_too_small, usual_day
from storage.measures import Unit

DAY = date(2026, 11, 20)


def weeks(values: list[float | None], day: date = DAY) -> dict[date, float]:
    """Return the same weekday of the weeks before, newest first; nothing is a gap."""
    return {
        day - timedelta(weeks=week): value
        for week, value in enumerate(values, start=1)
        if value is not None
    }


@given(st.lists(st.integers(1000, 9000), min_size=8, max_size=8), st.integers(0, 20000))
def test_z_is_what_numpy_and_scipy_make_of_it(past: list[int], value: int) -> None:
    """(value − median) ÷ 1.4826 MAD, at least what chance makes of a count."""
    found = usual_day(weeks([float(it) for it in past]), DAY, Unit.COUNT)
    assert found is not None
    scale = median_abs_deviation(past, scale="normal")
    if scale == 0:
        scale = np.sqrt(np.pi / 2) * np.mean(np.abs(np.array(past) - np.median(past)))
    least = max(np.sqrt(np.median(past)), 0.02 * np.median(past))
    assert found.z(value) == pytest.approx((value - np.median(past)) / max(scale, least))


def test_one_wild_week_moves_nothing() -> None:
    """A mean and its deviation would hide the next such day behind the last one."""
    calm = usual_day(weeks([400, 410, 390, 405, 395, 400, 410, 390]), DAY, Unit.COUNT)
    wild = usual_day(weeks([400, 410, 390, 9000, 395, 400, 410, 390]), DAY, Unit.COUNT)
    assert calm
    assert wild
    assert wild.z(900) > 20
    assert wild.z(900) == pytest.approx(calm.z(900), rel=0.5)


FLAT = [300.0] * 8


def test_a_flat_past_is_no_proof_that_a_number_cannot_move() -> None:
    """Eight weeks of 300: 320 is chance (1.2 × √300), 420 is not."""
    found = usual_day(weeks(list(FLAT)), DAY, Unit.COUNT)
    assert found is not None
    assert found.z(320) == pytest.approx(20 / 300**0.5)
    assert found.z(420) > 3.5


def test_where_most_weeks_are_equal_the_mean_deviation_stands_in() -> None:
    """The MAD of 5,5,5,5,5,9,9,9 % is 0, yet a third of the weeks were not 5 %."""
    past: list[float | None] = [0.05, 0.05, 0.05, 0.05, 0.05, 0.09, 0.09, 0.09]
    found = usual_day(weeks(past), DAY, Unit.PERCENT)
    assert found is not None
    assert found.scale == pytest.approx(np.sqrt(np.pi / 2) * 0.015)


@pytest.mark.parametrize(("known", "judged"), [(8, True), (4, True), (3, False), (0, False)])
def test_less_than_four_weeks_tell_nothing(known: int, judged: bool) -> None:
    past = [100.0 if week < known else None for week in range(8)]
    assert (usual_day(weeks(list(past)), DAY, Unit.COUNT) is not None) == judged


def test_other_weekdays_and_older_weeks_do_not_count() -> None:
    """A quiet Sunday is usual of Sundays; what was nine weeks ago is past."""
    values = weeks([100.0] * 8)
    values |= {DAY - timedelta(days=it): 5000.0 for it in range(1, 50) if it % 7}
    values[DAY - timedelta(weeks=9)] = 9000.0
    found = usual_day(values, DAY, Unit.COUNT)
    assert found is not None
    assert (found.median, found.weeks) == (100.0, 8)


def test_weeks_before_a_definition_break_counted_something_else() -> None:
    """Impressions became views three weeks ago: too few weeks are left to compare with."""
    values = weeks([900.0, 900, 900, 300, 300, 300, 300, 300])
    assert usual_day(values, DAY, Unit.COUNT, (DAY - timedelta(days=22),)) is None
    older = usual_day(values, DAY, Unit.COUNT, (DAY - timedelta(days=40),))
    assert older is not None
    assert older.weeks == 5


@pytest.mark.parametrize(
    ("value", "usually", "unit", "small"),
    [
        (9, 0, Unit.COUNT, True),
        (10, 0, Unit.COUNT, False),
        (0, 10, Unit.COUNT, False),
        (3, 2, Unit.PEOPLE, True),
        (0.09, 0.02, Unit.PERCENT, False),
    ],
)
def test_a_handful_is_no_news(value: float, usually: float, unit: Unit, small: bool) -> None:
    """Nine likes where there are none usually are chance; ten are looked at."""
    found = usual_day(weeks([usually] * 8), DAY, unit)
    assert found is not None
    assert is_too_small(value, found, unit) == small
