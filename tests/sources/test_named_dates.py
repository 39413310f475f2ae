"""Dates that name their month are read in every language that is known, and in no other way."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from babel.dates import format_date
from files_drawn import NOW
from hypothesis import given
from hypothesis import strategies as st

from storage.sources.named_dates import LANGUAGES, NamedDate, read_named_date, settle_years

DAYS = st.dates(date(2010, 1, 1), date(2027, 12, 31))
TODAY = NOW.date()


@given(DAYS)
def test_a_day_is_read_as_its_language_writes_it(day: date) -> None:
    """In words and with the weekday; numbers alone (01.02.2024) name no month."""
    for language in LANGUAGES:
        for form in ("long", "full"):
            text = format_date(day, form, locale=language)
            assert read_named_date(text) == NamedDate(day.year, day.month, day.day), text


@given(st.dates(date(2016, 3, 1), TODAY), st.integers(2, 366), st.booleans())
def test_a_year_of_days_gets_its_years_back(last: date, count: int, down: bool) -> None:
    """Up to a year of days that end by today: those of the newest year they can be of."""
    days = [last - timedelta(days=back) for back in range(count)][::-1]
    found = settle_years(
        [NamedDate(None, day.month, day.day) for day in (days[::-1] if down else days)], TODAY
    )
    settled = [day for day in (found[::-1] if down else found) if day is not None]
    assert len(settled) == count
    assert settled[-1] <= TODAY
    assert [(day.month, day.day) for day in settled] == [(day.month, day.day) for day in days]
    steps = {(after - before).days for before, after in pairwise(settled)}
    assert steps <= {1, 2}
    if TODAY - last < timedelta(days=365) and not any((d.month, d.day) == (2, 29) for d in days):
        assert settled[-1] == last


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("18 tháng Tám", (None, 8, 18)),
        ("3 tháng Ba", (None, 3, 3)),
        ("3 tháng Bảy", (None, 7, 3)),
        ("1 tháng mười hai 2025", (2025, 12, 1)),
        ("9月13日", (None, 9, 13)),
        ("9월 13일", (None, 9, 13)),
        ("Aug 18", (None, 8, 18)),
        ("1 de febrero", (None, 2, 1)),
        ("31 feb", None),
        ("40 tháng Tám", None),
        ("13月1日", None),
        ("12 of 13 aug", None),
        ("aug", None),
        ("18", None),
        ("01.02.2024", None),
        ("may june 3", None),
        ("x" * 100 + " 3 may", None),
    ],
)
def test_what_names_a_day_and_what_does_not(
    text: str, named: tuple[int | None, int, int] | None
) -> None:
    """Without a year where none is told; nothing where two days could be meant."""
    found = read_named_date(text)
    assert (None if found is None else tuple(found)) == named


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    """Whatever is found is a day that there is."""
    found = read_named_date(text)
    if found is not None:
        date(found.year or 2024, found.month, found.day)
