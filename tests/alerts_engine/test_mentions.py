"""Mentions are stored once each, counted by the hour, and taken back as if they had never come."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.database import Database
from storage.errors import KepiError
from storage.imports import last_imports, preview, undo
from storage.mentions import count_mentions, first_mention, heard_of, platforms, topics
from tests.alerts_engine.crowd import batch, hear, mention, say, settle

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LATER = NOON + 9 * HOUR


def held(database: Database, brand: int = 1) -> int:
    with database.read() as connection:
        counted = count_mentions(
            connection, 1, [brand], NOON - timedelta(days=99), LATER, timedelta(days=1)
        )
        return sum(it.every for it in counted)


def test_the_same_file_again_adds_nothing(database: Database) -> None:
    """By the platform's own id; the same id on another platform is another mention."""
    settle(database)
    rows = [
        mention(NOON, name="1"),
        mention(NOON, name="2"),
        mention(NOON, name="1", on="facebook"),
    ]
    first = hear(database, rows, LATER)
    again = hear(database, rows, LATER)
    assert (first.added, again.id, again.same, held(database)) == (3, None, 3, 3)
    with database.read() as connection:
        (stored,) = last_imports(connection, 1)
    assert (stored.rows, stored.added, str(stored.first_day)) == (3, 3, "2026-11-23")


def test_what_came_first_stands_and_the_preview_says_so(database: Database) -> None:
    """A mention told otherwise later is not changed silently, nor is the file taken as new."""
    settle(database)
    hear(database, [mention(NOON, name="1", sentiment="negative")], LATER)
    other = batch([mention(NOON, name="1", topic="price"), mention(NOON, name="2")])
    seen = preview(database, 1, other)
    assert (seen.rows, seen.added, seen.same) == (2, 1, 1)
    (note,) = seen.notes
    assert note.startswith("1 mention is known with other details, which stay.")


def test_taking_a_file_back_removes_its_mentions(database: Database) -> None:
    settle(database)
    stored = hear(database, say(NOON, 5), LATER)
    kept = hear(database, say(NOON, 2), LATER)
    assert stored.id is not None
    done = undo(database, 1, stored.id, LATER)
    assert (done.removed, held(database), kept.added) == (5, 2, 2)


def test_what_a_later_file_saw_too_stays_with_that(database: Database) -> None:
    """Taken back, a file leaves everything as if it had never come, also under later ones."""
    settle(database)
    both = [mention(NOON, name="1")]
    first = hear(database, [*both, mention(NOON, name="2")], LATER)
    second = hear(database, [*both, mention(NOON, name="3")], LATER)
    assert first.id is not None
    assert second.id is not None
    undo(database, 1, first.id, LATER)
    assert held(database) == 2
    undo(database, 1, second.id, LATER)
    assert held(database) == 0


def test_an_unknown_brand_is_named_with_its_line(database: Database) -> None:
    """Nothing is stored, and no brand is made of a typing error."""
    settle(database)
    rows = [mention(NOON), mention(NOON, brand="Nordcafe")]
    with pytest.raises(KepiError, match="“Nordcafe” is no brand here; brands: Acme, Nordkaffe"):
        hear(database, rows, LATER)
    with pytest.raises(KepiError, match="Line 2"):
        preview(database, 1, batch(rows))
    assert held(database) == 0


def test_a_file_without_brands_is_of_our_only_one(database: Database) -> None:
    settle(database)
    hear(database, [mention(NOON, brand=""), mention(NOON, brand="ACME")], LATER)
    assert held(database) == 2


def test_mentions_are_counted_by_the_step_the_brand_and_the_sentiment(database: Database) -> None:
    settle(database)
    rows = [
        *say(NOON, 3, topic="delivery"),
        *say(NOON + HOUR - timedelta(microseconds=1), 1, topic="price", platform="instagram"),
        *say(NOON, 2, sentiment="positive", topic="taste"),
        *say(NOON, 4, sentiment=""),
        *say(NOON + HOUR, 7),
        *say(NOON, 50, brand="Nordkaffe"),
    ]
    hear(database, rows, LATER)
    with database.read() as connection:
        steps = list(count_mentions(connection, 1, [1], NOON, NOON + 2 * HOUR, HOUR))
        first = steps[0].step
        about = topics(connection, 1, [1], NOON, NOON + HOUR)
        where = platforms(connection, 1, [1], NOON, NOON + HOUR)
        early = first_mention(connection, 1, [1])
    assert [(it.step - first, *it[1:]) for it in steps] == [(0, 4, 6, 10), (1, 7, 7, 7)]
    assert about == [("delivery", 3), ("price", 1)]
    assert where == [("x", 3), ("instagram", 1)]
    assert early == NOON


def test_other_workspaces_are_never_counted(sqlite_database: Database) -> None:
    settle(sqlite_database)
    hear(sqlite_database, say(NOON, 5), LATER)
    with sqlite_database.read() as connection:
        assert not list(count_mentions(connection, 2, [1], NOON, LATER, HOUR))
        assert first_mention(connection, 2, [1]) is None


def test_known_is_what_enough_files_brought(sqlite_database: Database) -> None:
    """Five negative mentions are known with the second file, however many the third brings."""
    settle(sqlite_database)
    hear(sqlite_database, say(NOON, 3), LATER)
    hear(sqlite_database, [*say(NOON, 3), *say(NOON, 9, sentiment="positive")], LATER + HOUR)
    hear(sqlite_database, say(NOON, 30), LATER + 2 * HOUR)
    with sqlite_database.read() as connection:
        found = [heard_of(connection, 1, [1], NOON, LATER, it) for it in (1, 5, 7, 37)]
    assert found == [LATER, LATER + HOUR, LATER + 2 * HOUR, None]
