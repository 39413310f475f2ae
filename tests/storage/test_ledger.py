"""The ledger keeps every observation once, in order, and gives it back whole."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier, Event

import pytest

from storage import ledger
from storage.database import Database
from storage.desks import change_channel_id
from storage.ledger import LedgerRow
from storage.messages import (
    known_keys,
    known_messages,
    known_messages_of,
    marks_changed,
    marks_now,
)
from tests.storage.drawn_entries import at, entries, ts

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ENTRIES = """
    kind    | at   | ts  | root | actor | name
    --------+------+-----+------+-------+-----------------
    message |    0 |   0 |    0 | mia   |
    message |   10 |  10 |    0 | bo    |
    mark    |   15 |   0 |      | bo    | eyes
    message |   20 |  20 |   20 | tom   |
    edit    |   25 |  10 |    0 | bo    |
    mark    |   30 |  10 |      | ann   | white_check_mark
    mark    |   31 |  20 |      | ann   | white_check_mark
    unmark  |   32 |  20 |      | ann   | white_check_mark
    delete  |   40 |  10 |    0 | bo    |
    act     |   50 |     |    0 | ann   | priority
    act     |   60 |  20 |    0 | ann   | attach
    life    |   70 |     |      |       | archived
"""


def store(database: Database, rows: list[LedgerRow], workspace: int = 1) -> list[bool]:
    with database.write() as connection:
        return ledger.append(connection, workspace, rows, NOW)


def whole(database: Database, channel: str = "C1", workspace: int = 1) -> list[LedgerRow]:
    with database.read() as connection:
        return ledger.since(connection, workspace, channel, 0)


def keys(rows: list[LedgerRow]) -> list[str]:
    return [row.key for row in rows]


def test_an_entry_comes_back_as_it_was(database):
    """Every column, also those that are mostly empty, with the microseconds and any script."""
    row = LedgerRow(
        *(0, "m|T1|C1|1", "message", "C1", 1_763_800_000_123_457, "1763800000.123457"),
        *("1763800000.000001", "U1", "customer", "", 1_763_799_999_999_999, True),
        '{"said": {"customer": "x:小美", "handle": "🍜"}}',
    )
    assert store(database, [row]) == [True]
    (held,) = whole(database)
    assert held == row._replace(id=held.id)
    assert held.id > 0
    assert held.late is True


def test_a_copy_adds_nothing_and_changes_nothing(database):
    """Of equal keys the first is kept, also within one call; another workspace has its own."""
    first = entries(ENTRIES)
    assert store(database, first) == [True] * 12
    changed = [row._replace(actor="changed") for row in first]
    more = entries("kind | at | ts | root\n-----\nmessage | 80 | 80 | 80")
    assert store(database, [changed[3], more[0], more[0], changed[0]]) == [
        False,
        True,
        False,
        False,
    ]
    assert [row._replace(id=0) for row in whole(database)] == [*first, more[0]]
    assert store(database, first, workspace=2) == [True] * 12


@pytest.mark.parametrize("size", [1, 3, 4, 16, 17, 64, 65, 85, 1000])
def test_any_number_of_entries_is_stored_in_their_order(database, size):
    """Ids rise in the order in which entries were given, however many come at once."""
    rows = [LedgerRow(0, f"k{number:04d}", "mark", "C1", number) for number in range(size)]
    shuffled = rows[::2] + rows[1::2]
    assert store(database, shuffled) == [True] * size
    held = whole(database)
    assert keys(held) == keys(shuffled)
    assert [row.id for row in held] == sorted({row.id for row in held})


def test_nothing_is_stored_when_the_transaction_is_undone(database):
    """An entry belongs to the transaction in which it was appended."""

    def fail() -> None:
        with database.write() as connection:
            ledger.append(connection, 1, entries(ENTRIES), NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert whole(database) == []


def test_a_reader_goes_on_where_it_was(database):
    """What came after an id, of one channel, and no more than was asked for."""
    store(database, entries(ENTRIES))
    store(database, entries(ENTRIES, channel="C2"))
    held = whole(database)
    with database.read() as connection:
        assert ledger.since(connection, 1, "C1", held[4].id) == held[5:]
        assert ledger.since(connection, 1, "C1", held[4].id, limit=2) == held[5:7]
        assert ledger.since(connection, 1, "C1", held[-1].id) == []
        assert ledger.since(connection, 2, "C1", 0) == []
        assert ledger.channels(connection, 1) == ["C1", "C2"]
        assert ledger.channels(connection, 2) == []


def test_no_id_becomes_visible_after_a_higher_one(database):
    """A reader that saw the newest id has seen all before it, whoever commits first.

    Without turns, PostgreSQL shows the second writer's id 2 while the first writer still holds
    the id 1.
    """
    has_id, may_commit = Event(), Event()

    def slow() -> None:
        with database.write() as connection:
            ledger.append(connection, 1, [LedgerRow(0, "slow", "mark", "C1", 1)], NOW)
            has_id.set()
            assert may_commit.wait(10)

    def quick() -> None:
        assert has_id.wait(10)
        store(database, [LedgerRow(0, "quick", "mark", "C1", 2)])

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(slow), pool.submit(quick)
        assert has_id.wait(10)
        done_early = [second] if wait_a_little(second) else []
        seen_early = keys(whole(database))
        may_commit.set()
        first.result(10), second.result(10)
    assert (done_early, seen_early) == ([], [])
    assert keys(whole(database)) == ["slow", "quick"]


def wait_a_little(job) -> bool:
    try:
        job.result(0.3)
    except TimeoutError:
        return False
    return True


def test_eight_writers_and_a_reader_agree(database):
    """A reader that asks for what is new, while eight write, misses nothing and sees it once."""
    start = Barrier(8)
    seen: list[str] = []
    rest = 8 * 15

    def write(writer: int) -> None:
        start.wait(10)
        for number in range(15):
            store(database, [LedgerRow(0, f"{writer}-{number}", "mark", "C1", number)])

    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(write, writer) for writer in range(8)]
        last = 0
        while len(seen) < rest:
            alive = not all(job.done() for job in jobs)
            with database.read() as connection:
                new = ledger.since(connection, 1, "C1", last)
            seen += keys(new)
            last = max([last, *(row.id for row in new)])
            if not (alive or new):
                break
        for job in jobs:
            job.result()
    assert len(seen) == len(set(seen)) == rest


@pytest.mark.parametrize(
    ("roots", "expected"),
    [
        ([0], [0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 3]),
        ([20], [3, 6, 7, 10]),
        ([10], [1, 4, 5, 8]),
        ([99], []),
        ([], []),
    ],
)
def test_a_thread_is_all_that_happened_in_it(database, roots, expected):
    """Reactions name a message and no thread; they are found by the messages of the thread.

    The thread of 0 has the message 20 attached to it, so what happened to that is part of it.
    """
    store(database, entries(ENTRIES))
    store(database, entries(ENTRIES, channel="C2"))
    held = whole(database)
    with database.read() as connection:
        found = ledger.of_threads(connection, 1, "C1", [ts(root) for root in roots])
    assert found == [held[place] for place in sorted(expected)]


def test_many_threads_at_once(database):
    """More threads than a statement has room for are found, each entry once and in order."""
    rows = [LedgerRow(0, f"m{n}", "message", "C1", at(n), ts(n), ts(n // 2)) for n in range(1500)]
    store(database, rows)
    with database.read() as connection:
        found = ledger.of_threads(connection, 1, "C1", [ts(n) for n in range(1000)])
    assert found == whole(database)


def test_a_span_of_time_is_half_open_and_in_order_of_time(database):
    """From an instant until before another, by when it occurred and not by when it was heard."""
    late_first = list(reversed(entries(ENTRIES)))
    store(database, late_first)
    with database.read() as connection:
        found = ledger.between(connection, 1, "C1", at(10), at(30))
        life = ledger.life_of(connection, 1, "C1")
    assert [row.at for row in found] == [at(10), at(15), at(20), at(25)]
    assert [row.name for row in life] == ["archived"]


def test_a_message_knows_its_thread(database):
    """By what was told about it; that somebody attached it elsewhere does not move it."""
    attached = "kind | at | ts | root | name\n---\nact | 5 | 90 | 0 | attach"
    tracked = "kind | at | ts | root | name\n---\nact | 6 | 95 | 0 | track"
    store(database, [*entries(attached), *entries(tracked), *entries(ENTRIES)])
    with database.read() as connection:
        known = {n: ledger.root_of(connection, 1, "C1", ts(n)) for n in (0, 10, 20, 90, 95, 99)}
        assert known == {0: ts(0), 10: ts(0), 20: ts(20), 90: None, 95: ts(0), 99: None}


def test_what_was_known_of_messages_before_an_outage(database):
    """Their threads, newest edits and deletions, of a span of time or of some threads."""
    store(database, entries(ENTRIES))
    with database.read() as connection:
        recent = known_messages(connection, 1, "C1", at(10))
        thread = known_messages_of(connection, 1, "C1", [ts(0)])
    assert [(it.ts, it.root, it.actor, it.edited, it.is_deleted) for it in recent] == [
        (ts(10), ts(0), "bo", at(25), True),
        (ts(20), ts(20), "tom", None, False),
    ]
    assert [it.ts for it in thread] == [ts(0), ts(10)]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)])
def test_the_last_word_on_a_mark_stands_whatever_came_first(database, order):
    """support-spec §5.2: by the time at which it occurred; of one instant, the removal."""
    table = """
        kind   | at | ts | actor | name
        -------+----+----+-------+-----
        mark   | 20 |  0 | bo    | eyes
        unmark | 30 |  0 | bo    | eyes
        unmark | 20 |  0 | bo    | tada
        mark   | 30 |  0 | bo    | tada
    """
    rows = entries(table)
    same = entries("kind|at|ts|actor|name\n-\nunmark|40|0|ann|eyes\nmark|40|0|ann|eyes")
    store(database, [*(rows[place] for place in order), *same])
    with database.read() as connection:
        assert marks_now(connection, 1, "C1", [ts(0), ts(5)]) == {ts(0): {("bo", "tada")}}
        assert marks_changed(connection, 1, "C1", at(25)) == {
            (ts(0), "bo", "eyes"): at(30),
            (ts(0), "bo", "tada"): at(30),
            (ts(0), "ann", "eyes"): at(40),
        }


def test_known_keys_are_told_from_new_ones(database):
    """Reading back may ask first, for any number of keys, in its own workspace alone."""
    store(database, entries(ENTRIES))
    asked = [*keys(entries(ENTRIES)), *(f"new {n}" for n in range(900))]
    with database.read() as connection:
        assert known_keys(connection, 1, asked) == set(keys(entries(ENTRIES)))
        assert known_keys(connection, 2, asked) == set()


def test_a_channel_with_a_new_id_is_one_channel(database):
    """Rows keep the old id; read under the new one they are all there, and only there."""
    rows = entries(ENTRIES)
    store(database, rows[:6])
    with database.write() as connection:
        change_channel_id(connection, 1, "C1", "C9", NOW)
    store(database, [*rows[6:8], *(row._replace(channel="C9") for row in rows[8:])])
    with database.read() as connection:
        found = ledger.since(connection, 1, "C9", 0)
        assert keys(found) == keys(rows)
        assert {row.channel for row in found} == {"C9"}
        assert keys(ledger.of_threads(connection, 1, "C9", [ts(20)])) == [
            rows[place].key for place in (3, 6, 7, 10)
        ]
        assert marks_now(connection, 1, "C9", [ts(0), ts(20)]) == {ts(0): {("bo", "eyes")}}
        assert [it.is_deleted for it in known_messages(connection, 1, "C9", 0)][1]
        assert ledger.root_of(connection, 1, "C9", ts(10)) == ts(0)
        assert ledger.channels(connection, 1) == ["C9"]
        assert ledger.channels(connection, 2) == []
