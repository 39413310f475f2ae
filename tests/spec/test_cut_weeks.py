"""A week or a month that is cut says so wherever its number stands: it is no collapse."""

from datetime import date, timedelta

import pytest

from kpis import wording
from kpis.answers import Short
from kpis.data_rows import data_rows

FIRST, LAST = date(2026, 10, 2), date(2026, 11, 21)
"""The day before, and 50 days: seven weeks and a day, which begin on a Saturday."""


def drawn(missing: tuple[str, ...] = ()) -> str:
    head = (
        "day | platform | likes | clicks | impressions | followers\n----+----+----+----+----+----\n"
    )
    days = [FIRST + timedelta(days=at) for at in range((LAST - FIRST).days + 1)]
    return head + "\n".join(
        f"{day} | instagram | 10 | 5 | 100 | {1000 + at}"
        for at, day in enumerate(days)
        if str(day) not in missing
    )


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("likes", Short(1, 7, True)),
        ("ctr", Short(1, 7, False)),
        ("followers", None),
        ("net followers", Short(1, 7, True)),
        ("follower growth", Short(1, 7, True)),
    ],
)
def test_the_last_week_of_fifty_days_has_one_day(asked, words, last):
    """A sum of it is less, a rate is not, and a level asks for no more than its last day."""
    series = asked(f"{words} last 50 days", days=drawn()).main.series
    assert [it.short for it in series] == [None] * 7 + [last]


def test_a_week_in_which_days_were_not_read_is_short_of_them(asked):
    """10 and 12 October lack in the second week: 50 likes of five days are not 70 of seven."""
    series = asked("likes last 50 days", days=drawn(("2026-10-10", "2026-10-12"))).main.series
    assert (series[1].value, series[1].short) == (50, Short(5, 7))
    assert (series[2].value, series[2].short) == (70, None)


def test_a_split_by_week_or_month_says_which_are_cut(asked):
    """Two of seven days of the first week, 29 of 31 of October."""
    answer = asked("likes by week last 50 days", days=drawn())
    assert answer.breakdown[0].short == Short(2, 7)
    assert [it.short for it in answer.breakdown[1:-1]] == [None] * 6
    assert "week of 28 Sep 2026 (2 of 7 days): 20" in wording.details(answer)
    assert "week of 5 Oct 2026: 70" in wording.details(answer)
    months = asked("likes by month last 50 days", days=drawn())
    assert "October 2026 (29 of 31 days): 290" in wording.details(months)


def test_the_data_file_has_a_column_for_the_days_where_any_lack(asked):
    rows = data_rows(asked("likes last 50 days", days=drawn()))
    assert rows[0][-1] == "days"
    assert [it[-1] for it in rows[1:9]] == [""] * 7 + ["1 of 7 days"]
    assert "days" not in data_rows(asked("likes last 49 days", days=drawn()))[0]
    parts = data_rows(asked("likes by month last 50 days", days=drawn()))
    assert [it[-1] for it in parts[:2]] == ["days", "29 of 31 days"]
