"""A notice is due once; dropped, it can be due again; told, never (support-spec §10)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage import issues, support_notes
from storage.database import Database

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def add(database: Database, *, renew: bool, hours: int = 0, workspace: int = 1) -> bool:
    with database.write() as connection:
        return support_notes.add_notice(
            connection,
            workspace,
            key="target|1|first_response|0|1",
            kind="breach",
            due=NOW + hours * HOUR,
            issue=1,
            details={"over": hours},
            renew=renew,
        )


def mark(database: Database, state: str) -> bool:
    with database.write() as connection:
        (it,) = support_notes.notices_of(connection, 1, 1)
        return support_notes.mark_notice(connection, 1, it.id, state)


def stands(database: Database) -> tuple[str, datetime]:
    with database.read() as connection:
        (it,) = support_notes.notices_of(connection, 1, 1)
        return it.state, it.due


def test_what_was_dropped_is_due_again_when_it_is_true_again(database: Database) -> None:
    assert add(database, renew=True)
    assert mark(database, "dropped")
    assert not add(database, renew=False, hours=1)
    assert stands(database) == ("dropped", NOW)
    assert add(database, renew=True, hours=2)
    assert stands(database) == ("due", NOW + 2 * HOUR)


def test_what_waits_takes_the_new_moment_and_what_is_under_way_does_not(
    database: Database,
) -> None:
    add(database, renew=True)
    assert add(database, renew=True, hours=1)
    assert stands(database) == ("due", NOW + HOUR)
    assert not add(database, renew=True, hours=1)
    assert mark(database, "planned")
    assert not add(database, renew=True, hours=3)
    assert stands(database) == ("planned", NOW + HOUR)


def test_what_was_told_is_never_due_again(database: Database) -> None:
    """Neither by itself nor in the one notice that tells of many."""
    add(database, renew=True)
    mark(database, "planned")
    assert mark(database, "sent")
    assert not add(database, renew=True, hours=1)
    assert not mark(database, "dropped")
    assert stands(database) == ("sent", NOW)
    assert add(database, renew=True, workspace=2), "another workspace's is another"


def test_what_one_notice_told_of_stays_told(database: Database) -> None:
    add(database, renew=True)
    with database.write() as connection:
        assert support_notes.drop_for_issue(connection, 1, 1, ("breach",), state="told") == 1
    assert not add(database, renew=True, hours=1)
    assert stands(database) == ("told", NOW)


def test_what_is_on_its_way_is_listed_and_planned_no_more(database: Database) -> None:
    add(database, renew=True)
    mark(database, "planned")
    with database.read() as connection:
        assert len(support_notes.due_list(connection, 1, NOW)) == 1
        assert support_notes.to_plan(connection, 1, NOW) == []


def test_of_an_issue_that_is_taken_away_nothing_is_told(database: Database) -> None:
    """Neither what waits nor what is on its way already; what was told stays told."""
    for key, state in (("waits", ""), ("on its way", "planned"), ("told", "sent")):
        with database.write() as connection:
            support_notes.add_notice(
                connection, 1, key=key, kind="breach", due=NOW, issue=1, renew=True
            )
            (it,) = [it for it in support_notes.notices_of(connection, 1, 1) if it.key == key]
            if state:
                support_notes.mark_notice(connection, 1, it.id, state)
    with database.write() as connection:
        issues.remove(connection, 1, 1)
        left = {it.key: it.state for it in support_notes.notices_of(connection, 1, 1)}
    assert left == {"waits": "dropped", "on its way": "dropped", "told": "sent"}
