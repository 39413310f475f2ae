"""Figures that an audit's finding holds are not told, and the reason is."""

from datetime import date

import pytest

from storage import findings
from storage.database import Database
from storage.findings import Found
from tests.digest_content.conftest import MONDAY, only_workspace_id, put, table_of, tell
from tests.digest_content.drawn_weeks import weeks

WORDS = "Instagram acme: two files contradict each other on 18 Nov"
ROWS = weeks(
    "2026-09-28",
    reach=(100, 101, 102, 101, 100, 102, 101, 160),
    likes=(700, 707, 700, 693, 700, 707, 700, 800),
)


def find(database: Database, measure: str, start: date, end: date, *, holds: bool = True) -> int:
    workspace = only_workspace_id(database)
    found = Found("k", "made-up", 1, measure, start, end, WORDS, "Export it again.", holds)
    with database.write() as connection:
        (row,) = findings.record(connection, workspace, [found], MONDAY)
    return row.id


def test_a_held_row_shows_no_number_and_why(database: Database) -> None:
    """Reach of 18 November contradicts itself: no number, headline, picture or record of it."""
    put(database, ROWS)
    find(database, "reach", date(2026, 11, 18), date(2026, 11, 19))
    report = tell(database)
    assert table_of(report)[:2] == [
        ("Reach, Instagram", "held back", ""),
        ("Engagements", "800", "+14 %"),
    ]
    assert report.held_back == (f"Held back: Reach, Instagram. {WORDS}.",)
    assert report.headline == "Engagements rose 14 % to 800."
    assert report.picture is not None
    assert [it.title for it in report.picture.panels] == ["Engagements"]
    assert [it.name for it in report.published] == ["Engagements"]
    assert "160" not in repr(report)


@pytest.mark.parametrize(
    ("measure", "start", "end", "holds"),
    [
        ("likes", date(2026, 11, 9), date(2026, 11, 10), True),  # the week before
        ("saves", date(2026, 11, 18), date(2026, 11, 19), True),  # nothing stands on it
        ("reach", date(2026, 11, 23), date(2026, 11, 24), True),  # after the week
        ("reach", date(2026, 11, 18), date(2026, 11, 19), False),  # it only informs
    ],
)
def test_what_does_not_touch_the_figures_holds_nothing(
    database: Database, measure: str, start: date, end: date, holds: bool
) -> None:
    """Near misses: another week, another measure, a finding that informs."""
    put(database, ROWS)
    find(database, measure, start, end, holds=holds)
    report = tell(database)
    assert table_of(report)[0] == ("Reach, Instagram", "160", "+58 %")
    assert report.held_back == ()


def test_no_change_is_told_against_a_held_week(database: Database) -> None:
    """Last week's likes are held: this week's are told, their change is not."""
    put(database, ROWS)
    find(database, "likes", date(2026, 11, 9), date(2026, 11, 10))
    assert table_of(tell(database, kpis=("likes",))) == [("Likes", "800", "")]
    assert "rose" not in tell(database, kpis=("likes",)).headline


def test_an_accepted_finding_holds_nothing(database: Database) -> None:
    """Somebody said that it is right as it is."""
    put(database, ROWS)
    finding = find(database, "reach", date(2026, 11, 18), date(2026, 11, 19))
    workspace = only_workspace_id(database)
    with database.write() as connection:
        findings.accept(connection, workspace, finding, "U1", MONDAY)
    assert table_of(tell(database))[0] == ("Reach, Instagram", "160", "+58 %")


def test_all_figures_held_is_said_in_the_headline(database: Database) -> None:
    """Nothing is left to tell."""
    put(database, weeks("2026-11-09", reach=(100, 160)))
    find(database, "reach", date(2026, 11, 18), date(2026, 11, 19))
    assert tell(database).headline == "The figures of week 47 are held back; below is why."
