"""*Or other days* of the form reads days, and says so where it is given anything else."""

from datetime import date

import pytest

from commands.question_reading import read_days
from kpis.periods import last_days
from kpis.question import Question, Scope
from kpis.surroundings import Surroundings
from storage.errors import KepiError

TODAY = date(2026, 11, 22)
AROUND = Surroundings(
    workspace=1,
    zone="UTC",
    week_start=0,
    accounts=(),
    brands=(),
    zones={},
    posts_watched=(),
    days_watched=(),
    readings=(),
    epochs=(),
    imports=(),
)
ASKED = Question("likes", Scope(), last_days(7, TODAY), TODAY)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("1 oct to 15 oct", "2026-10-01", "2026-10-15"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("28 days", "2026-10-25", "2026-11-21"),
    ],
)
def test_days_are_read(words: str, first: str, last: str) -> None:
    found = read_days(words, ASKED, AROUND)
    assert (str(found.period.start), str(found.period.last)) == (first, last)
    assert found.kpi == "likes"


@pytest.mark.parametrize(
    "words",
    [
        "vs last year",
        "likes",
        "private",
        "by hour",
        "reach x",
        "blorp",
        "private oct",
        "?",
        "<@U1>",
    ],
)
def test_anything_else_is_said_and_not_ignored(words: str) -> None:
    with pytest.raises(KepiError, match="as days"):
        read_days(words, ASKED, AROUND)
