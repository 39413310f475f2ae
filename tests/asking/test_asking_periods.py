"""Periods in words: what each listed form means on a given day."""

# ruff: noqa: E501 — drawn tables are as wide as their sentences

from dataclasses import replace
from datetime import date, timedelta

import pytest
from asking_town import DIRECTORY, TODAY, ask, ask_one, table
from hypothesis import given
from hypothesis import strategies as st

from kpis.grammar_lines import Now
from kpis.grammar_periods import read_period
from kpis.periods import last_year, previous_period, shift_months
from kpis.question import Grain, Period, Refusal

ON_A_MONDAY = """
    words                          | first      | last       | grain           | said
    -------------------------------+------------+------------+-----------------+----------------------------
    30d                            | 2026-10-24 | 2026-11-22 | days            | last 30 days
    last-30d                       | 2026-10-24 | 2026-11-22 | days            | last 30 days
    last 30 days                   | 2026-10-24 | 2026-11-22 | days            | last 30 days
    past 4 weeks                   | 2026-10-26 | 2026-11-22 | days            | last 4 weeks
    last 3 months                  | 2026-08-23 | 2026-11-22 | days            | last 3 months
    last two weeks                 | 2026-11-09 | 2026-11-22 | days            | last 2 weeks
    2y                             | 2024-11-23 | 2026-11-22 | days            | last 2 years
    yesterday                      | 2026-11-22 | 2026-11-22 | days            | yesterday
    today                          | 2026-11-22 | 2026-11-22 | days            | yesterday
    last week                      | 2026-11-16 | 2026-11-22 | week            | week 47, 2026
    last month                     | 2026-10-01 | 2026-10-31 | month           | October 2026
    last quarter                   | 2026-07-01 | 2026-09-30 | quarter         | Q3 2026
    last year                      | 2025-01-01 | 2025-12-31 | year            | 2025
    this week                      | 2026-11-16 | 2026-11-22 | week            | week 47, 2026
    this month                     | 2026-11-01 | 2026-11-22 | month-to-date   | November 2026 to date
    this quarter                   | 2026-10-01 | 2026-11-22 | quarter-to-date | Q4 2026 to date
    this year                      | 2026-01-01 | 2026-11-22 | year-to-date    | 2026 to date
    mtd                            | 2026-11-01 | 2026-11-22 | month-to-date   | November 2026 to date
    qtd                            | 2026-10-01 | 2026-11-22 | quarter-to-date | Q4 2026 to date
    ytd                            | 2026-01-01 | 2026-11-22 | year-to-date    | 2026 to date
    mtd 2026-10-15                 | 2026-10-01 | 2026-10-15 | month-to-date   | 1–15 Oct
    oct                            | 2026-10-01 | 2026-10-31 | month           | October 2026
    october                        | 2026-10-01 | 2026-10-31 | month           | October 2026
    oct 2025                       | 2025-10-01 | 2025-10-31 | month           | October 2025
    2026-10                        | 2026-10-01 | 2026-10-31 | month           | October 2026
    dec                            | 2025-12-01 | 2025-12-31 | month           | December 2025
    nov                            | 2026-11-01 | 2026-11-22 | month-to-date   | November 2026 to date
    q3                             | 2026-07-01 | 2026-09-30 | quarter         | Q3 2026
    q3 2026                        | 2026-07-01 | 2026-09-30 | quarter         | Q3 2026
    2026-q3                        | 2026-07-01 | 2026-09-30 | quarter         | Q3 2026
    2014-q4                        | 2014-10-01 | 2014-12-31 | quarter         | Q4 2014
    2014                           | 2014-01-01 | 2014-12-31 | year            | 2014
    2026-w40                       | 2026-09-28 | 2026-10-04 | week            | week 40, 2026
    week 40                        | 2026-09-28 | 2026-10-04 | week            | week 40, 2026
    week 50                        | 2025-12-08 | 2025-12-14 | week            | week 50, 2025
    2020-w53                       | 2020-12-28 | 2021-01-03 | week            | week 53, 2020
    12 nov                         | 2026-11-12 | 2026-11-12 | days            | 12 Nov
    nov 12                         | 2026-11-12 | 2026-11-12 | days            | 12 Nov
    12th of november               | 2026-11-12 | 2026-11-12 | days            | 12 Nov
    2026-11-12                     | 2026-11-12 | 2026-11-12 | days            | 12 Nov
    24 nov                         | 2025-11-24 | 2025-11-24 | days            | 24 Nov 2025
    29 feb                         | 2024-02-29 | 2024-02-29 | days            | 29 Feb 2024
    1 oct to 15 oct                | 2026-10-01 | 2026-10-15 | days            | 1–15 Oct
    1-15 oct                       | 2026-10-01 | 2026-10-15 | days            | 1–15 Oct
    oct 1-15                       | 2026-10-01 | 2026-10-15 | days            | 1–15 Oct
    oct 1 – nov 2                  | 2026-10-01 | 2026-11-02 | days            | 1 Oct – 2 Nov
    2026-10-24..2026-11-22         | 2026-10-24 | 2026-11-22 | days            | 24 Oct – 22 Nov
    2026-10-24…2026-11-22          | 2026-10-24 | 2026-11-22 | days            | 24 Oct – 22 Nov
    2026-10-24 to 2026-11-22       | 2026-10-24 | 2026-11-22 | days            | 24 Oct – 22 Nov
    2026-10-24 - 2026-11-22        | 2026-10-24 | 2026-11-22 | days            | 24 Oct – 22 Nov
    from 1 oct to 5 nov            | 2026-10-01 | 2026-11-05 | days            | 1 Oct – 5 Nov
    between 1 oct and 5 nov        | 2026-10-01 | 2026-11-05 | days            | 1 Oct – 5 Nov
    since 1 oct                    | 2026-10-01 | 2026-11-22 | days            | 1 Oct – 22 Nov
    since last month               | 2026-10-01 | 2026-11-22 | days            | 1 Oct – 22 Nov
    oct to nov                     | 2026-10-01 | 2026-11-22 | days            | 1 Oct – 22 Nov
    20 dec to 5 jan                | 2025-12-20 | 2026-01-05 | days            | 20 Dec 2025 – 5 Jan 2026
    24 oct to 22 nov 2025          | 2025-10-24 | 2025-11-22 | days            | 24 Oct – 22 Nov 2025
    20 dec to 5 jan 2024           | 2023-12-20 | 2024-01-05 | days            | 20 Dec 2023 – 5 Jan 2024
    20 dec 2023 to 5 jan           | 2023-12-20 | 2024-01-05 | days            | 20 Dec 2023 – 5 Jan 2024
    2014 to 2015                   | 2014-01-01 | 2015-12-31 | days            | 1 Jan 2014 – 31 Dec 2015
    nov 2026 to jan                | 2026-11-01 | 2026-11-22 | days            | 1–22 Nov
"""


@pytest.mark.parametrize("row", table(ON_A_MONDAY), ids=lambda row: row[0])
def test_each_listed_form_means_these_whole_days(row: tuple[str, ...]) -> None:
    """Asked on Monday 23 November 2026, weeks beginning on Monday."""
    words, first, last, grain, said = row
    period = ask_one(f"reach {words}").period
    assert (str(period.start), str(period.last), period.grain.value, period.words) == (
        first,
        last,
        grain,
        said,
    )


ON_OTHER_DAYS = """
    today      | words        | first      | last       | grain         | what is special
    -----------+--------------+------------+------------+---------------+---------------------------
    2026-11-25 | this week    | 2026-11-23 | 2026-11-24 | week-to-date  | a Wednesday
    2026-11-25 | wtd          | 2026-11-23 | 2026-11-24 | week-to-date  | a Wednesday
    2026-11-25 | last week    | 2026-11-16 | 2026-11-22 | week          | a Wednesday
    2027-01-01 | last week    | 2026-12-21 | 2026-12-27 | week          | New Year's Day is a Friday
    2027-01-01 | last month   | 2026-12-01 | 2026-12-31 | month         | New Year's Day
    2027-01-01 | last quarter | 2026-10-01 | 2026-12-31 | quarter       | New Year's Day
    2027-01-01 | last year    | 2026-01-01 | 2026-12-31 | year          | New Year's Day
    2027-01-01 | ytd          | 2026-01-01 | 2026-12-31 | year          | no day has passed
    2027-01-01 | mtd          | 2026-12-01 | 2026-12-31 | month         | no day has passed
    2027-01-01 | yesterday    | 2026-12-31 | 2026-12-31 | days          | New Year's Day
    2027-01-05 | week 53      | 2026-12-28 | 2027-01-03 | week          | 2026 has 53 weeks
    2027-01-02 | dec          | 2026-12-01 | 2026-12-31 | month         | the month just over
    2027-01-02 | ytd          | 2027-01-01 | 2027-01-01 | year-to-date  | one day has passed
    2026-03-29 | last 2 days  | 2026-03-27 | 2026-03-28 | days          | clocks go forward
    2026-03-30 | yesterday    | 2026-03-29 | 2026-03-29 | days          | the day had 23 hours
    2026-10-26 | last 7 days  | 2026-10-19 | 2026-10-25 | days          | the last day had 25 hours
    2024-03-01 | yesterday    | 2024-02-29 | 2024-02-29 | days          | leap year
    2024-03-01 | last month   | 2024-02-01 | 2024-02-29 | month         | leap year
    2024-02-29 | last 12 months | 2023-02-28 | 2024-02-28 | days        | on the leap day
    2025-03-31 | last 1 months | 2025-02-28 | 2025-03-30 | days         | a shorter month before
    2025-02-10 | 29 feb       | 2024-02-29 | 2024-02-29 | days          | the latest that there was
"""


@pytest.mark.parametrize("row", table(ON_OTHER_DAYS), ids=lambda row: f"{row[0]} {row[1]}")
def test_years_weeks_and_clocks_turn_over(row: tuple[str, ...]) -> None:
    """A period is a matter of dates alone, whatever the clocks and calendars do around it."""
    today, words, first, last, grain, _ = row
    period = ask_one(f"reach {words}", date.fromisoformat(today)).period
    assert (str(period.start), str(period.last), period.grain.value) == (first, last, grain)


ON_SUNDAYS = """
    words     | first      | last       | said
    ----------+------------+------------+---------------
    last week | 2026-11-15 | 2026-11-21 | week 47, 2026
    this week | 2026-11-22 | 2026-11-22 | week 48, 2026 to date
    week 40   | 2026-09-27 | 2026-10-03 | week 40, 2026
    2026-w01  | 2025-12-28 | 2026-01-03 | week 1, 2026
"""


@pytest.mark.parametrize("row", table(ON_SUNDAYS), ids=lambda row: row[0])
def test_weeks_begin_on_the_day_the_workspace_chose(row: tuple[str, ...]) -> None:
    """Weeks from Sunday carry the number of the Monday in them."""
    words, first, last, said = row
    period = ask_one(f"reach {words}", TODAY, replace(DIRECTORY, week_start=6)).period
    assert (str(period.start), str(period.last), period.words) == (first, last, said)


NOTED = """
    today      | words           | note
    -----------+-----------------+-----------------------------------------------------------
    2026-11-23 | today           | Today isn't over: this is yesterday.
    2026-11-23 | this week       | This week has no full day yet: this is week 47, 2026.
    2026-12-01 | mtd             | This month has no full day yet: this is November 2026.
    2026-11-23 | 2026            | Up to yesterday, 22 Nov: the rest isn't over yet.
    2026-11-23 | 1 nov to 30 nov | Up to yesterday, 22 Nov: the rest isn't over yet.
    2026-11-23 | last week       |
"""


@pytest.mark.parametrize("row", table(NOTED), ids=lambda row: row[1])
def test_what_was_changed_is_said(row: tuple[str, ...]) -> None:
    """A period that is not quite what the words say comes with one line about it."""
    today, words, note = row
    assert ask(f"reach {words}", date.fromisoformat(today)).notes == ((note,) if note else ())


def test_a_unit_that_runs_is_cut_to_yesterday() -> None:
    """On New Year's Day 2027 week 53 of 2026 has four days behind it."""
    period = ask_one("reach week 53", date(2027, 1, 1)).period
    assert period == Period(
        date(2026, 12, 28), date(2027, 1, 1), "week 53, 2026 to date", Grain.WEEK_TO_DATE
    )


REFUSED = """
    words                 | because
    ----------------------+------------------------------------------------------------
    31 nov                | There is no “31 nov”: November has 30 days.
    29 feb 2026           | There is no “29 feb 2026”: February 2026 has 28 days.
    2026-02-30            | There is no “2026-02-30”: February 2026 has 28 days.
    1-31 nov              | There is no “31 nov”: November has 30 days.
    2026-13               | “2026-13”: there is no month 13. Write October as oct or 2026-10.
    q5                    | There is no “q5”: quarters are q1 to q4.
    week 54               | There is no “week 54”: weeks are 1 to 53.
    2025-w53              | There is no “2025-w53”: weeks of 2025 are 1 to 52.
    0d                    | “0d” is no days at all. Try last 30 days or last week.
    last 0 weeks          | “last 0 weeks” is no days at all. Try last 30 days or last week.
    11y                   | “11y” is more than ten years. Ask for up to ten, such as 2y or 2014.
    99999999999999999999d | “99999999999999999999d” is more than ten years. Ask for up to ten, such as 2y or 2014.
    2010 to 2025          | “2010 to 2025” is more than ten years. Ask for up to ten, such as 2y or 2014.
    2027                  | “2027” begins on 1 Jan 2027. Ask for days up to yesterday, 22 Nov.
    2026-12-24            | “2026-12-24” begins on 24 Dec. Ask for days up to yesterday, 22 Nov.
    23 nov                | “23 nov” begins today, and today isn't over. Ask for days up to yesterday, 22 Nov.
    15 oct to 1 oct       | “1 oct” is before “15 oct”. Write the earlier one first, or add the years.
    15-1 oct              | “15-1 oct” ends before it begins: write the earlier day first.
    2026-11-22..2026-10-24 | “2026-10-24” is before “2026-11-22”. Write the earlier one first, or add the years.
    oct q3                | Those are two periods: “oct” and “q3”. Ask for one, or from one to the other: oct to q3.
    30                    | I can't read “30” as a period. Try last 30 days, last week, oct, q3 2026 or 1 oct to 15 oct.
    0001-01-01            | “0001-01-01” is out of range: years go from 1990 to now.
    9999-12-31            | “9999-12-31” is out of range: years go from 1990 to now.
"""


@pytest.mark.parametrize("row", table(REFUSED), ids=lambda row: row[0])
def test_days_that_cannot_be_are_refused_with_what_would_work(row: tuple[str, ...]) -> None:
    """One line: what is wrong, what to write."""
    words, because = row
    with pytest.raises(Refusal) as refused:
        ask(f"reach {words}")
    assert str(refused.value) == because


COMPARED = """
    words            | before     | until      | year before | until
    -----------------+------------+------------+-------------+-----------
    30d              | 2026-09-24 | 2026-10-23 | 2025-10-24  | 2025-11-22
    yesterday        | 2026-11-21 | 2026-11-21 | 2025-11-22  | 2025-11-22
    last week        | 2026-11-09 | 2026-11-15 | 2025-11-17  | 2025-11-23
    2020-w53         | 2020-12-21 | 2020-12-27 | 2019-12-23  | 2019-12-29
    2026-03          | 2026-02-01 | 2026-02-28 | 2025-03-01  | 2025-03-31
    2024-02          | 2024-01-01 | 2024-01-31 | 2023-02-01  | 2023-02-28
    2026-q1          | 2025-10-01 | 2025-12-31 | 2025-01-01  | 2025-03-31
    2014             | 2013-01-01 | 2013-12-31 | 2013-01-01  | 2013-12-31
    mtd              | 2026-10-01 | 2026-10-22 | 2025-11-01  | 2025-11-22
    mtd 2026-03-30   | 2026-02-01 | 2026-02-28 | 2025-03-01  | 2025-03-30
    qtd              | 2026-07-01 | 2026-08-22 | 2025-10-01  | 2025-11-22
    ytd              | 2025-01-01 | 2025-11-22 | 2025-01-01  | 2025-11-22
    wtd 2026-11-18   | 2026-11-09 | 2026-11-11 | 2025-11-17  | 2025-11-19
    2024-02-29       | 2024-02-28 | 2024-02-28 | 2023-02-28  | 2023-02-28
"""


@pytest.mark.parametrize("row", table(COMPARED), ids=lambda row: row[0])
def test_a_period_is_compared_with_its_like(row: tuple[str, ...]) -> None:
    """Days with as many days, a month with a month, a month to date with as many days of one."""
    words, *expected = row
    period = ask_one(f"reach {words}").period
    compared = (previous_period(period), last_year(period))
    assert [str(day) for one in compared for day in (one.start, one.last)] == expected
    assert all(one.grain is period.grain for one in compared)


def test_a_comparison_is_named_too() -> None:
    """Both carry words that a chart can print."""
    assert previous_period(ask_one("reach last month").period).words == "September 2026"
    assert last_year(ask_one("reach 30d").period).words == "24 Oct – 22 Nov 2025"
    assert previous_period(ask_one("reach 30d").period).words == "24 Sep – 23 Oct"


@given(
    st.dates(date(1995, 1, 1), date(2100, 1, 1)),
    st.integers(0, 6),
    st.sampled_from(
        (
            "last week",
            "last month",
            "last quarter",
            "last year",
            "mtd",
            "qtd",
            "ytd",
            "wtd",
            "30d",
            "last 3 months",
            "feb",
            "29 feb",
            "week 53",
            "since jan",
            "q1 to q2",
            "1 to 15 dec",
        )
    ),
)
def test_on_any_day_a_period_has_days_and_ends_by_yesterday(
    today: date, week_start: int, words: str
) -> None:
    """No today, week start or form gives an empty or an unfinished period."""
    try:
        found = read_period(words, 0, Now(today, week_start))
    except Refusal:
        return
    assert found is not None
    period = found[0]
    assert period.start < period.end <= today
    before = previous_period(period)
    assert before.end <= period.start
    assert (before.end == period.start) or period.grain.value.endswith("to-date")
    assert last_year(period).start < last_year(period).end <= period.end


@given(st.dates(date(1995, 1, 1), date(2100, 1, 1)))
def test_whole_units_follow_on_one_another(today: date) -> None:
    """The week, month, quarter and year before the last one end where that begins."""
    for unit in ("week", "month", "quarter", "year"):
        found = read_period(f"last {unit}", 0, Now(today))
        assert found is not None
        period = found[0]
        assert previous_period(period).end == period.start
        assert period.end <= today < period.end + timedelta(days=366)
        if unit in ("month", "quarter", "year"):
            months = {"month": 1, "quarter": 3, "year": 12}[unit]
            assert shift_months(period.start, months) == period.end
