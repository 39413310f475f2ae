"""Numbers that later data moved are owned up to, once (kpi-catalogue §1)."""

from datetime import UTC, datetime, timedelta

import pytest

from kpis.digests.keep import keep
from kpis.digests.report import Report
from storage.database import Database
from tests.digest_content.conftest import MONDAY, tell
from tests.drawn import fill

WEEK_AFTER = MONDAY + timedelta(days=7)
SENT = MONDAY
HEAD = "start | end | platform | reach\n---+---+---+---\n"


def bring(database: Database, reach: int, at: datetime, platform: str = "instagram") -> None:
    rows = f"2026-11-16 | 2026-11-22 | {platform} | {reach}\n"
    fill(database, windows=HEAD + rows, at=at, file_name=f"{platform}{reach}.csv")


def send(database: Database, report: Report, at: datetime) -> None:
    with database.write() as connection:
        keep(report, connection, at)


def correct(database: Database, reach: int) -> tuple[str, ...]:
    """Tell week 47 with 16,400, bring a new number, and return what week 48 corrects."""
    bring(database, 16_400, MONDAY - timedelta(hours=1))
    send(database, tell(database), SENT)
    bring(database, reach, MONDAY + timedelta(days=2))
    report = tell(database, "2026-W48", now=WEEK_AFTER)
    return tuple(it.words for it in report.corrected)


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (16_400 + 311, ()),  # 1.9 %
        (16_400 + 328, ()),  # 2 %, not more
        (16_400 + 345, ("Corrected: week 47 Instagram reach 16,400 → 16,745.",)),  # 2.1 %
        (16_400 - 345, ("Corrected: week 47 Instagram reach 16,400 → 16,055.",)),
        (16_400, ()),
    ],
)
def test_more_than_two_percent_is_owned_up_to(
    database: Database, reach: int, expected: tuple[str, ...]
) -> None:
    """1.9 % passes, 2.1 % is told, either way."""
    assert correct(database, reach) == expected


def test_a_correction_is_told_once(database: Database) -> None:
    """Week 49 does not repeat it; a further move is told against the corrected number."""
    correct(database, 17_000)
    report = tell(database, "2026-W48", now=WEEK_AFTER)
    send(database, report, WEEK_AFTER)
    later = WEEK_AFTER + timedelta(days=7)
    assert tell(database, "2026-W49", now=later).corrected == ()
    bring(database, 18_000, WEEK_AFTER + timedelta(days=1))
    (again,) = tell(database, "2026-W49", now=later).corrected
    assert again.words == "Corrected: week 47 Instagram reach 17,000 → 18,000."


def test_the_digest_that_told_it_says_it_again_when_written_anew(database: Database) -> None:
    """Its picture came late: the message keeps its line."""
    correct(database, 17_000)
    report = tell(database, "2026-W48", now=WEEK_AFTER)
    send(database, report, WEEK_AFTER)
    assert tell(database, "2026-W48", now=WEEK_AFTER).corrected == report.corrected


def test_a_number_that_was_taken_back_is_owned_up_to(database: Database) -> None:
    """The file was undone: there is no number any more."""
    from storage.imports import last_imports
    from storage.undo import undo

    bring(database, 16_400, MONDAY - timedelta(hours=1))
    report = tell(database)
    send(database, report, SENT)
    with database.read() as connection:
        (only,) = last_imports(connection, report.workspace)
    undo(database, report.workspace, only.id, MONDAY + timedelta(days=1))
    (gone,) = tell(database, "2026-W48", now=WEEK_AFTER).corrected
    assert gone.words == "Corrected: week 47 Instagram reach 16,400 → no data."
    send(database, tell(database, "2026-W48", now=WEEK_AFTER), WEEK_AFTER)
    later = WEEK_AFTER + timedelta(days=7)
    assert tell(database, "2026-W49", now=later).corrected == ()


def test_a_new_account_is_no_correction(database: Database) -> None:
    """Likes of all accounts were told of one; a second one that is added later changes nothing."""
    head = "day | platform | likes\n---+---+---\n"
    row = "2026-11-18 | {} | 100\n"
    fill(database, days=head + row.format("x"), at=MONDAY - timedelta(hours=1))
    send(database, tell(database, kpis=("likes",)), SENT)
    fill(database, days=head + row.format("tiktok"), at=MONDAY + timedelta(days=1))
    assert tell(database, "2026-W48", now=WEEK_AFTER).corrected == ()


def test_a_preview_of_what_was_never_set_up_keeps_nothing(database: Database) -> None:
    """Digest 0 publishes nothing."""
    bring(database, 16_400, MONDAY - timedelta(hours=1))
    send(database, tell(database, id=0), SENT)
    bring(database, 20_000, MONDAY + timedelta(days=1))
    assert tell(database, "2026-W48", now=WEEK_AFTER).corrected == ()
    assert tell(database, "2026-W48", now=WEEK_AFTER, id=0).corrected == ()


def test_another_digest_owns_up_to_its_own_numbers(database: Database) -> None:
    """Digest 2 never told week 47."""
    correct(database, 17_000)
    assert tell(database, "2026-W48", now=WEEK_AFTER, id=2).corrected == ()


def test_an_earlier_moment_is_told_as_it_was_known(database: Database) -> None:
    """Asked again on Wednesday, Monday's digest has Monday's numbers."""
    correct(database, 17_000)
    assert tell(database).rows[0].shown == "17,000"
    assert tell(database, known_at=SENT).rows[0].shown == "16,400"


def test_keeping_twice_is_keeping_once(database: Database) -> None:
    """A digest that is marked as sent again keeps each number once."""
    from storage import published

    bring(database, 16_400, MONDAY - timedelta(hours=1))
    report = tell(database)
    send(database, report, SENT)
    send(database, report, SENT)
    with database.read() as connection:
        rows = published.told(
            connection, report.workspace, 1, report.period.start, report.period.end
        )
    assert [(it.name, it.value, it.shown) for it in rows] == [
        ("Reach, Instagram", 16_400, "16,400")
    ]
    assert rows[0].asks == "reach instagram acme 2026-w47"


def test_periods_are_named_as_people_name_them(database: Database) -> None:
    """Of another year with the year."""
    head = "start | end | platform | reach\n---+---+---+---\n"
    week = head + "2026-12-28 | 2027-01-03 | instagram | {}\n"
    at = datetime(2027, 1, 4, 8, tzinfo=UTC)
    fill(database, windows=week.format(1000), at=at)
    send(database, tell(database, "2026-W53", now=at), at)
    fill(database, windows=week.format(1100), at=at + timedelta(days=1))
    report = tell(database, "2027-W01", now=at + timedelta(days=7))
    assert [it.words for it in report.corrected] == [
        "Corrected: week 53 2026 Instagram reach 1,000 → 1,100."
    ]
