"""Data that stopped: a source is measured by its own habit."""

from datetime import UTC, date, datetime, timedelta

import pytest

from storage.batch import AccountName
from storage.database import Database
from storage.imports import last_imports, undo
from tests.alerts_engine.watched import keep, noon, rule_of, tried, verdict
from tests.drawn import table

X, TIKTOK = AccountName("x", "acme"), AccountName("tiktok", "acme")
FIRST = date(2026, 9, 7)


def bring(
    database: Database, days: list[int], every: int = 7, account: AccountName = X
) -> datetime:
    """Import ``every`` days' numbers on each of the ``days`` from the first on; return the last."""
    at = noon(FIRST)
    for number in days:
        at = noon(FIRST + timedelta(days=number))
        keep(database, [10] * every, at.date() - timedelta(days=1), account=account, at=at)
    return at


HABITS = """
    files on day       | sensitivity | late from day | why
    -------------------+-------------+---------------+-------------------------------------------
    0 7 14 21          | as now      | 30            | 7 days as usual, and 2 that X takes
    0 7 14 21          | fewer       | 37            | twice the usual gap
    0 7 14 21          | more        | 28.25         | three quarters of it
    0 1 2 3 4 5 6      | as now      | 9             | daily, and the lag
    0 7 14 60 67 74 81 | as now      | 90            | one long holiday is not the habit
    0 7                | as now      |               | one gap is no habit
"""


@pytest.mark.parametrize("row", table(HABITS), ids=lambda row: row["why"])
def test_each_source_has_its_own_habit(row: dict[str, str], sqlite_database: Database) -> None:
    """Silent after its median gap, as the sensitivity says, and the platform's lag."""
    numbers = [int(it) for it in row["files on day"].split()]
    last = bring(sqlite_database, numbers, numbers[1])
    rule = rule_of("silence", sensitivity=row["sensitivity"])
    if not row["late from day"]:
        found = verdict(sqlite_database, rule, last + timedelta(days=100))
        assert (found.is_firing, found.is_known) == (False, False)
        return
    due = noon(FIRST) + timedelta(days=float(row["late from day"]))
    before = verdict(sqlite_database, rule, due - timedelta(minutes=1))
    then = verdict(sqlite_database, rule, due)
    assert (before.is_firing, then.is_firing) == (False, True)
    assert then.began == due


def test_it_says_which_source_since_when_and_what_is_usual(database: Database) -> None:
    last = bring(database, [0, 7, 14, 21])
    bring(database, [0, 7, 14, 21, 28], account=TIKTOK)
    found = verdict(database, rule_of("silence"), last + timedelta(days=9, hours=1))
    assert found.title == "No new data from X acme, daily numbers, for 9 days"
    assert found.lines == ("X acme, daily numbers: last new data on 28 Sep, usually every 7 days.",)
    assert found.picture is not None
    assert found.picture.categories == ("X acme, daily numbers", "TikTok acme, daily numbers")
    assert found.picture.flagged == frozenset({0})


def test_the_same_days_again_are_no_new_data(database: Database) -> None:
    """A file that holds nothing newer ends no silence; the next days do."""
    last = bring(database, [0, 7, 14, 21])
    now = last + timedelta(days=10)
    keep(database, [11] * 7, last.date() - timedelta(days=1), account=X, at=now)
    assert verdict(database, rule_of("silence"), now + timedelta(hours=1)).is_firing
    keep(database, [11] * 8, last.date() + timedelta(days=7), account=X, at=now)
    assert not verdict(database, rule_of("silence"), now + timedelta(hours=1)).is_firing


def test_a_file_that_was_taken_back_never_came(database: Database) -> None:
    last = bring(database, [0, 7, 14, 21, 28])
    with database.read() as connection:
        newest = last_imports(connection, 1)[0]
    undo(database, 1, newest.id, datetime(2026, 11, 1, tzinfo=UTC))
    now = last + timedelta(days=3)
    assert verdict(database, rule_of("silence"), now).is_firing


def test_what_was_silent_before_the_rule_is_not_told(database: Database) -> None:
    last = bring(database, [0, 7, 14, 21])
    late = last + timedelta(days=20)
    found = verdict(database, rule_of("silence", made=last + timedelta(days=15)), late)
    assert (found.is_firing, found.is_old) == (False, True)
    assert verdict(database, rule_of("silence", made=last + timedelta(days=8)), late).is_firing


def test_history_is_tried_as_it_was_known_then(sqlite_database: Database) -> None:
    """A pause of 20 days in a weekly habit would have fired once, from the 10th day on."""
    last = bring(sqlite_database, [0, 7, 14, 21, 28, 48, 55, 62])
    found = tried(sqlite_database, rule_of("silence"), last + timedelta(days=1), 60)
    assert found.words == "Would have fired once in 50 days: 14 Oct (lasted 11 days)."
