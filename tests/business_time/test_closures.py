"""Holidays that are proposed, and what confirming them does (support-spec §12)."""

from __future__ import annotations

from datetime import date

import pytest

from storage.database import Database
from storage.errors import KepiError
from storage.hours import read_dates
from storage.workspaces import only_workspace
from support.calendars import load_calendar
from support.closures import (
    ProposedDate,
    confirm,
    parts_that_differ,
    propose,
    source_of,
)
from support.hours import read_hours

TODAY = date(2026, 1, 10)


def by_day(country: str, year: int, part: str | None = None) -> dict[str, ProposedDate]:
    return {str(it.day): it for it in propose(country, year, part)}


def test_swedish_dates_name_the_public_ones_and_leave_midsummer_eve_to_choose() -> None:
    """Midsummer Eve is customary alone: offices are closed, the law does not say so."""
    dates = by_day("Sweden", 2026)
    assert dates["2026-12-25"] == (date(2026, 12, 25), "Christmas Day", "closed", False, False)
    assert dates["2026-04-06"].name == "Easter Monday"
    assert dates["2026-06-19"].name == "Midsummer Eve"
    optional = [day for day, it in dates.items() if it.is_optional]
    assert optional == ["2026-06-19", "2026-12-24", "2026-12-31"]
    assert list(dates) == sorted(dates)


def test_the_region_is_asked_for_where_it_matters() -> None:
    """Without one, Easter Monday is missing in Britain; Scotland has none of its own either."""
    with pytest.raises(KepiError, match=r"ENG \(England\)"):
        propose("GB", 2026)
    assert set(parts_that_differ("UK", 2026)) == {"ENG", "NIR", "SCT", "WLS"}
    assert by_day("UK", 2026, "england")["2026-04-06"].name == "Easter Monday"
    assert "2026-04-06" not in by_day("GB", 2026, "SCT")
    assert "2026-04-06" not in by_day("GB", 2026, "")
    assert parts_that_differ("SE", 2026) == {}


def test_weekend_days_that_make_up_for_days_off_are_working_days() -> None:
    """China, Saturday 14 February 2026, for the Friday after the New Year."""
    dates = by_day("China", 2026)
    assert dates["2026-02-14"].kind == "working"
    assert dates["2026-02-20"].kind == "closed"
    assert not [it for it in dates.values() if it.day.year != 2026]


def test_dates_by_the_moon_are_called_estimates() -> None:
    dates = by_day("Indonesia", 2028)
    assert dates["2028-02-27"].is_estimated
    assert not dates["2028-08-17"].is_estimated


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [("VN", "2026-02-17", "Lunar New Year"), ("TW", "2026-10-10", "National Day"),
     ("ID", "2026-08-17", "Independence Day"), ("SE", "2026-06-06", "National Day")],
)  # fmt: skip
def test_known_dates_are_proposed(country: str, day: str, name: str) -> None:
    assert by_day(country, 2026)[day].name == name


def test_names_come_in_the_language_that_is_asked_for() -> None:
    """English where the country's names are not known in it; what is an estimate stays one."""
    swedish = {it.day: it.name for it in propose("SE", 2026, language="sv")}
    assert swedish[date(2026, 6, 19)] == "Midsommarafton"
    assert {it.day: it.name for it in propose("SE", 2026, language="ja")}[
        date(2026, 6, 19)
    ] == "Midsummer Eve"
    indonesian = {it.day: it for it in propose("ID", 2028, language="id")}
    assert indonesian[date(2028, 2, 27)].is_estimated


@pytest.mark.parametrize(
    ("country", "year", "part", "would_work"),
    [
        ("Swedn", 2026, None, "Sweden or SE"),
        ("", 2026, None, "Sweden or SE"),
        ("Atlantis", 2026, None, " or [A-Z]{2}"),
        ("SE", 1800, None, "2000 to 2099"),
        ("SE", 2026, "Skåne", "Leave the region out"),
        ("GB", 2026, "Yorkshire", "ENG"),
    ],
)
def test_what_is_not_known_is_refused_with_what_would_work(
    country: str, year: int, part: str | None, would_work: str
) -> None:
    with pytest.raises(KepiError, match=would_work):
        propose(country, year, part)


def test_confirmed_dates_are_copied_and_the_rest_is_not(database: Database) -> None:
    """With the version that proposed them; a make-up Saturday has the hours of a usual day."""
    dates = propose("CN", 2026)
    with database.write() as connection:
        workspace = only_workspace(connection).id
        changed = confirm(connection, workspace, 0, dates, source_of("CN"), TODAY)
        assert date(2026, 1, 1) not in changed, "it is past"
        assert changed == [it.day for it in dates if it.day >= TODAY]
        held = load_calendar(connection, workspace)
        assert date(2026, 2, 17) in held.closed
        assert held.windows_on(date(2026, 2, 14)) == read_hours("Mon 9-17")[0]
        assert {it.source for it in read_dates(connection, workspace, 0)} == {source_of("CN")}
        assert confirm(connection, workspace, 0, dates, "holidays 9.9 CN", TODAY) == []


def test_the_source_says_version_and_region() -> None:
    import holidays

    assert source_of("Sweden") == f"holidays {holidays.__version__} SE"
    assert source_of("UK", "England") == f"holidays {holidays.__version__} GB-ENG"
