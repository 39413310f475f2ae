"""Projections of issues: written again without harm, numbered once, read by who needs them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from storage import issues, support_notes
from storage.database import Database
from storage.tables import instant_number
from tests.storage.drawn_entries import ts

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def issue(root: int = 0, channel: str = "C1", episode: int = 1, **columns: Any) -> dict[str, Any]:
    """Return the columns that a fold gives of an open issue."""
    opened = NOON + timedelta(minutes=root)
    return {
        "channel": channel,
        "root": ts(root),
        "episode": episode,
        "state": "open",
        "opened": opened,
        "tracked": opened,
        "waiting_since": opened,
        "customer": "x:mia",
        **columns,
    }


def over(ended: datetime, root: int = 0, **columns: Any) -> dict[str, Any]:
    return issue(root, state="resolved", resolved=ended, waiting_since=None, **columns)


def wait(position: int, started: datetime = NOON, **columns: Any) -> dict[str, Any]:
    return {"position": position, "started": started, **columns}


def spell(position: int, started: datetime = NOON, **columns: Any) -> dict[str, Any]:
    return {"position": position, "started": started, "how": "opened", **columns}


def save(
    database: Database,
    row: dict[str, Any],
    waits: list[dict[str, Any]] | None = None,
    spells: list[dict[str, Any]] | None = None,
    workspace: int = 1,
) -> tuple[int, int]:
    with database.write() as connection:
        return issues.save(connection, workspace, row, waits or [], spells or [])


def held(database: Database, table: str, columns: str, workspace: int = 1) -> list[tuple[Any, ...]]:
    order = "issue, position" if table != "issue" else "id"
    statement = f"SELECT {columns} FROM {table} WHERE workspace = {workspace} ORDER BY {order}"
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_an_issue_comes_back_as_it_was(database):
    """Each column that surfaces read, also when the fold says only some of them."""
    id, number = save(
        database,
        issue(
            platform="x",
            handle="小美",
            responded=NOON + HOUR,
            responded_by="U1",
            snoozed_until=instant_number(NOON + 2 * HOUR),
            title="Parcel is late",
        ),
    )
    assert number == 1
    with database.read() as connection:
        row = issues.by_number(connection, 1, 1)
        assert row == issues.by_id(connection, 1, id)
        assert issues.by_number(connection, 2, 1) is None
        assert issues.by_id(connection, 2, id) is None
        assert issues.by_number(connection, 1, 2) is None
    assert row is not None
    assert (row.root, row.opening, row.state, row.title) == (ts(0), ts(0), "open", "Parcel is late")
    assert (row.platform, row.handle, row.priority) == ("x", "小美", "normal")
    assert (row.opened, row.responded, row.resolved) == (NOON, NOON + HOUR, None)
    assert row.snoozed_until == NOON + 2 * HOUR


def test_saving_again_is_the_same_issue(database):
    """The number and the place of its line stay; what the fold says anew takes the old's place."""
    first = save(database, issue(), [wait(0)], [spell(0)])
    with database.write() as connection:
        issues.set_line(connection, 1, first[0], "D1", ts(5))
    ended = NOON + HOUR
    assert save(database, over(ended), [wait(0, ended=ended)], [spell(0, ended=ended)]) == first
    with database.read() as connection:
        row = issues.by_id(connection, 1, first[0])
    assert row is not None
    assert (row.state, row.resolved, row.waiting_since) == ("resolved", ended, None)
    assert (row.line_channel, row.line) == ("D1", ts(5))
    assert held(database, "wait", "ended") == [(instant_number(ended),)]


def test_numbers_rise_and_are_never_given_again(database):
    """Also not those of issues that a later fold no longer has; each workspace counts for itself.

    Rows too have ids of their own for ever, since notices are kept by them.
    """
    first, second, third = (save(database, issue(root)) for root in range(3))
    assert [first[1], second[1], third[1]] == [1, 2, 3]
    with database.write() as connection:
        issues.remove(connection, 1, third[0])
        issues.remove(connection, 1, second[0])
    fourth = save(database, issue(1))
    assert fourth[1] == 4
    assert fourth[0] not in {first[0], second[0], third[0]}
    assert save(database, issue(), workspace=2)[1] == 1
    assert save(database, issue(episode=2))[1] == 5
    assert save(database, issue(channel="C2"))[1] == 6


def test_eight_at_once_get_eight_numbers(database):
    """Two processes that fold two channels never call two issues by one number."""
    with ThreadPoolExecutor(8) as pool:
        numbers = pool.map(lambda it: save(database, issue(channel=f"C{it}"))[1], range(8))
        assert sorted(numbers) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_what_hangs_on_an_issue_is_made_what_it_should_be(database):
    """More waits, fewer, other ones: the rows are those of the last fold, of this issue alone."""
    other = save(database, issue(9), [wait(0), wait(1)], [spell(0)])
    later = NOON + HOUR
    for waits in (
        [wait(0)],
        [wait(0, ended=later, seconds=3600, closed_by="response"), wait(1, later)],
        [wait(0, ended=later, seconds=3600, closed_by="resolve"), wait(1, later, is_next=True)],
        [wait(1, later)],
        [],
    ):
        id, _ = save(database, issue(), waits, [spell(0)])
        columns = "position, started, ended, closed_by, is_next, seconds"
        mine = [row[1:] for row in held(database, "wait", f"issue, {columns}") if row[0] == id]
        assert mine == [
            (
                it["position"],
                instant_number(it["started"]),
                instant_number(later) if "ended" in it else None,
                it.get("closed_by", ""),
                it.get("is_next", False),
                it.get("seconds"),
            )
            for it in waits
        ]
    assert len([it for it in held(database, "wait", "issue") if it == (other[0],)]) == 2
    assert held(database, "spell", "issue") == sorted([(other[0],), (id,)])


def test_a_word_that_is_no_column_is_refused(database):
    """A misspelt column would be lost without a word, or worse, be read as SQL."""
    for row, waits in (
        (issue(oponed=NOON), []),
        (issue(number=7), []),
        (issue(), [wait(0, issue=7)]),
    ):
        with pytest.raises(ValueError, match="no columns of"):
            save(database, row, waits)


def test_who_waits_comes_first_who_waits_longest(database):
    """Live issues with an unanswered message: not those answered, over, or out of reach."""
    save(database, issue(5))
    save(database, issue(6, state="responded", waiting_since=None))
    save(database, issue(7, state="acknowledged", waiting_since=NOON - HOUR))
    save(database, over(NOON + HOUR, 8))
    save(database, issue(9, orphaned=NOON))
    save(database, issue(3, channel="C2"))
    with database.read() as connection:
        assert [it.number for it in issues.waiting(connection, 1)] == [3, 6, 1]
        assert [it.number for it in issues.waiting(connection, 1, "C1")] == [3, 1]
        assert [it.number for it in issues.live(connection, 1)] == [6, 1, 2, 3, 5]
        assert [it.number for it in issues.live(connection, 1, "C2")] == [6]
        assert issues.live(connection, 2) == issues.waiting(connection, 2) == []


def test_the_episodes_of_a_thread_come_in_order(database):
    ids = {root: save(database, issue(root))[0] for root in (0, 1, 2, 3)}
    save(database, issue(0, episode=2, follow_up_of=ids[0]))
    with database.read() as connection:
        thread = issues.of_thread(connection, 1, "C1", ts(0))
        assert [it.episode for it in thread] == [1, 2]
        assert thread[1].follow_up_of == ids[0]
        assert issues.keys_of(connection, 1, "C1")[(ts(3), 1)] == (ids[3], 4)
        assert len(issues.keys_of(connection, 1, "C1")) == 5


def test_an_issue_settles_after_its_window_and_its_excerpt_goes(database):
    """What a message said is erased with it; a title that somebody typed stays."""
    week = timedelta(days=7)
    early, late = NOON + HOUR, NOON + 3 * HOUR
    ids = [
        save(database, over(early, 0), spells=[spell(0, ended=early)])[0],
        save(database, over(early, 1, title="Typed"), spells=[spell(0, ended=early)])[0],
        save(database, over(late, 2), spells=[spell(0, ended=early), spell(1, ended=late)])[0],
        save(database, issue(3), spells=[spell(0)])[0],
        save(database, issue(4, opening=ts(44)), spells=[spell(0)])[0],
    ]
    with database.write() as connection:
        for root in (0, 1, 2, 3, 44):
            support_notes.put_excerpt(connection, 1, "C1", ts(root), f"words {root}", NOON)
        titles = {it: issues.by_id(connection, 1, it) for it in ids}
        assert [it.title for it in titles.values() if it] == [
            *("words 0", "Typed", "words 2", "words 3", "words 44")
        ]
        now = early + week + timedelta(seconds=1)
        assert issues.settle(connection, 1, "C2", now - week, now) == []
        assert issues.settle(connection, 2, "C1", now - week, now) == []
        assert issues.settle(connection, 1, "C1", now - week, now) == ids[:2]
        assert issues.settle(connection, 1, "C1", now - week, now) == []
        rows = [issues.by_id(connection, 1, it) for it in ids]
        assert [it.settled for it in rows if it] == [now, now, None, None, None]
        assert [it.title for it in rows if it] == ["", "Typed", "words 2", "words 3", "words 44"]
        assert {it.id for it in issues.unsettled(connection, 1, "C1")} == set(ids[2:])
        assert issues.roots_of_unsettled(connection, 1, "C1") == {ts(2), ts(3), ts(4)}
    assert [it[0] for it in held(database, "issue", "title")] == ["", "Typed", "", "", ""]


def test_an_excerpt_stays_while_another_issue_of_the_thread_needs_it(database):
    """A follow-up has the same first message; an issue that lives again is not settled."""
    save(database, over(NOON, settled=NOON), spells=[spell(0, ended=NOON)])
    save(database, issue(episode=2), spells=[spell(0)])
    with database.write() as connection:
        support_notes.put_excerpt(connection, 1, "C1", ts(0), "words", NOON)
        issues.settle(connection, 1, "C1", NOON, NOON + HOUR)
        assert support_notes.excerpt_of(connection, 1, "C1", ts(0)) == "words"
    save(database, issue())
    with database.read() as connection:
        assert issues.roots_of_unsettled(connection, 1, "C1") == {ts(0)}
        assert len(issues.unsettled(connection, 1, "C1")) == 2


def target(kind: str, position: int = 0, **columns: Any) -> dict[str, Any]:
    made = {"kind": kind, "position": position, "clock": "business", "length": 3600}
    return {**made, "started": NOON, "state": "running", **columns}


def test_promises_that_are_due(database):
    """Running ones whose time has come or of which it is time to warn; equality is due."""
    one, other = save(database, issue(0))[0], save(database, issue(1))[0]
    rows = [
        target("first_response", due=NOON + 2 * HOUR, warn=NOON + HOUR),
        target("first_resolution", due=NOON + 9 * HOUR),
        target("next_response", 1, state="paused"),
        target("next_response", 2, due=NOON, state="met", decided=NOON),
    ]
    with database.write() as connection:
        assert issues.save_targets(connection, 1, one, rows)
        assert not issues.save_targets(connection, 1, one, rows)
        assert issues.save_targets(connection, 1, other, [target("acknowledge", due=NOON + HOUR)])
        due = issues.due_targets(connection, 1, NOON + HOUR)
        assert [(it.issue, it.kind) for it in due] == [
            (other, "acknowledge"),
            (one, "first_response"),
        ]
        assert issues.due_targets(connection, 1, NOON + HOUR - timedelta(microseconds=1)) == []
        assert issues.due_targets(connection, 2, NOON + 100 * HOUR) == []
        assert issues.save_targets(connection, 1, one, rows[1:2])
        assert [it.kind for it in issues.targets_of(connection, 1, one)] == ["first_resolution"]
        assert len(issues.targets_of(connection, 1, other)) == 1


def test_an_issue_that_is_gone_leaves_nothing_behind(database):
    """Its rows go, and what was due to be told about it is dropped; others' stay."""
    one, other = (save(database, issue(root), [wait(0)], [spell(0)])[0] for root in (0, 1))
    with database.write() as connection:
        for id in (one, other):
            issues.save_targets(connection, 1, id, [target("acknowledge")])
            assert support_notes.add_notice(
                connection, 1, key=f"breach|{id}", kind="breach", due=NOON, issue=id
            )
        issues.remove(connection, 2, one)
        assert issues.by_id(connection, 1, one) is not None
        issues.remove(connection, 1, one)
        assert [it.issue for it in support_notes.due_list(connection, 1, NOON)] == [other]
    for table in ("wait", "spell", "target"):
        assert held(database, table, "issue") == [(other,)]
    assert held(database, "issue", "id") == [(other,)]
