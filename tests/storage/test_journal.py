"""A journal acknowledges what is on the disk, and nothing else; one caller's fault is its own."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Pool, event, text

from storage import events, ledger
from storage.database import Database
from storage.errors import KepiError
from storage.journal import Journal
from storage.ledger import LedgerRow

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EARLY = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
async def journal(database: Database) -> AsyncIterator[Journal]:
    made = Journal(database, 1, "T1")
    yield made
    await made.close()


def row(key: str, at: int = 1) -> LedgerRow:
    return LedgerRow(0, key, "message", "C1", at, f"{at}.000000", f"{at}.000000")


def stored(database: Database) -> list[str]:
    with database.read() as connection:
        return [it.key for it in ledger.since(connection, 1, "C1", 0)]


def deliveries(database: Database) -> dict[str, tuple[bool, str]]:
    statement = text("SELECT key, done, body FROM seen_event WHERE team = 'T1'")
    with database.read() as connection:
        return {key: (bool(done), body) for key, done, body in connection.execute(statement)}


@contextmanager
def held_up(database: Database) -> Iterator[None]:
    """Let nobody else append meanwhile."""
    with database.write() as connection:
        ledger.begin_appending(connection, 1)
        yield


@contextmanager
def prepared(prepare: Any) -> Iterator[None]:
    """Prepare every connection that is opened meanwhile."""
    event.listen(Pool, "connect", prepare)
    try:
        yield
    finally:
        event.remove(Pool, "connect", prepare)


@contextmanager
def counting_commits(database: Database) -> Iterator[list[str]]:
    """Give a list that grows by one with each transaction that is stored."""
    commits: list[str] = []

    def trace(connection: Any, _record: Any) -> None:
        connection.set_trace_callback(lambda it: commits.append(it) if it == "COMMIT" else None)

    def note(_connection: Connection) -> None:
        commits.append("COMMIT")

    if database.sqlite:
        with prepared(trace):
            yield commits
        return
    event.listen(Engine, "commit", note)
    try:
        yield commits
    finally:
        event.remove(Engine, "commit", note)


async def test_an_event_is_written_down_then_entered_and_done(database, journal):
    """Its entries and its end are one transaction; what it said is forgotten then."""
    assert await journal.remember("Ev1", "hello", NOW)
    assert not await journal.remember("Ev1", "hello", NOW)
    assert await journal.remember("Ev2", "still to do", NOW)
    assert deliveries(database) == {"Ev1": (False, "hello"), "Ev2": (False, "still to do")}
    assert await journal.append([row("a"), row("b")], NOW, finish="Ev1") == [True, True]
    assert await journal.append([row("b"), row("c")], NOW) == [False, True]
    assert await journal.append([], NOW, finish="Ev2") == []
    assert stored(database) == ["a", "b", "c"]
    assert deliveries(database) == {"Ev1": (True, ""), "Ev2": (True, "")}
    with database.read() as connection:
        assert events.unfinished(connection, "T1", EARLY) == []


async def test_four_copies_at_once_count_once(database, journal):
    """reliability §3: Slack sends again; the first in line is new, the others are not."""
    heard = await asyncio.gather(*(journal.remember("Ev1", "x", NOW) for _ in range(4)))
    entered = await asyncio.gather(*(journal.append([row("a"), row("a")], NOW) for _ in range(4)))
    assert heard == [True, False, False, False]
    assert entered == [[True, False], *[[False, False]] * 3]
    assert stored(database) == ["a"]


async def test_entries_have_the_order_of_the_calls(database, journal):
    """Whatever is stored together, ids rise as the callers came."""
    names = [f"{number:03d}" for number in range(700)]
    told = await asyncio.gather(*(journal.append([row(name)], NOW) for name in names))
    assert told == [[True]] * 700
    assert stored(database) == names


async def test_what_waits_during_a_commit_is_stored_together(database):
    """A hundred callers who come while the writer is busy are one more commit, not a hundred."""
    with counting_commits(database) as commits:
        journal = Journal(database, 1, "T1")
        await journal.append([row("warm")], NOW)
        with held_up(database):
            first = asyncio.ensure_future(journal.append([row("first")], NOW))
            await asyncio.sleep(0.05)
            more = [journal.append([row(f"{number}")], NOW) for number in range(100)]
            rest = asyncio.gather(*more)
            await asyncio.sleep(0.05)
            commits.clear()
        await asyncio.gather(first, rest)
        await journal.close()
    assert len(commits) <= 3, "who held it up, the first caller, and all the others"
    assert len(stored(database)) == 102


async def test_nobody_resumes_before_their_rows_are_stored(database, journal):
    """While the database is held up, callers wait; nothing is acknowledged on credit."""
    await journal.append([row("before")], NOW)
    with held_up(database):
        waiting = asyncio.ensure_future(journal.append([row("a")], NOW, finish="Ev"))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        assert stored(database) == ["before"]
    assert await waiting == [True]
    assert stored(database) == ["before", "a"]


@pytest.mark.parametrize(
    "bad",
    [
        row("bad", 2**63),
        row("bad")._replace(actor="\ud800"),
        row("bad")._replace(kind=None),  # type: ignore[arg-type]
    ],
    ids=["too large", "no text", "nothing"],
)
async def test_what_cannot_be_stored_fails_its_own_caller_alone(database, journal, bad):
    """Of the bad call nothing is stored, of the others everything, also what was remembered."""
    with held_up(database):
        first = asyncio.ensure_future(journal.append([row("first")], NOW))
        await asyncio.sleep(0.05)
        calls = asyncio.gather(
            journal.remember("Ev1", "x", NOW),
            journal.append([row("a")], NOW),
            journal.append([row("good"), bad], NOW, finish="Ev1"),
            journal.append([row("a"), row("b")], NOW),
            journal.remember("Ev2", "x", NOW),
            return_exceptions=True,
        )
        await asyncio.sleep(0.05)
    heard, one, fault, other, last = await calls
    assert await first == [True]
    assert (heard, one, other, last) == (True, [True], [False, True], True)
    assert isinstance(fault, Exception)
    assert not isinstance(fault, KepiError)
    assert stored(database) == ["first", "a", "b"]
    assert deliveries(database) == {"Ev1": (False, "x"), "Ev2": (False, "x")}
    assert await journal.append([row("c")], NOW, finish="Ev1") == [True]
    assert deliveries(database)["Ev1"] == (True, "")


async def test_a_bad_call_alone_fails_too(database, journal):
    """Nothing of it is stored, and the next one is."""
    with pytest.raises(Exception, match=r".+"):
        await journal.append([row("good"), row("bad", 2**63)], NOW)
    assert await journal.append([row("good")], NOW) == [True]
    assert stored(database) == ["good"]


async def test_a_caller_who_is_cancelled_disturbs_nobody(database, journal):
    """Its rows are stored or not; the others' are, and they are told."""
    with held_up(database):
        calls = [asyncio.ensure_future(journal.append([row(f"{n}")], NOW)) for n in range(5)]
        await asyncio.sleep(0.05)
        calls[2].cancel()
    told = await asyncio.gather(*calls, return_exceptions=True)
    assert [told[place] for place in (0, 1, 3, 4)] == [[True]] * 4
    assert isinstance(told[2], asyncio.CancelledError)
    assert {"0", "1", "3", "4"} <= set(stored(database))


async def test_closing_stores_what_waits_and_refuses_what_comes(database):
    """A shutdown loses nothing that was asked for; a journal that never wrote closes too."""
    journal = Journal(database, 1, "T1")
    calls = [asyncio.ensure_future(journal.append([row(f"{n}")], NOW)) for n in range(50)]
    await asyncio.sleep(0)
    await journal.close()
    assert len(stored(database)) == 50
    assert await asyncio.gather(*calls) == [[True]] * 50
    for late in (journal.append([row("late")], NOW), journal.remember("late", "", NOW)):
        with pytest.raises(KepiError, match="stopping"):
            await late
    await journal.close()
    await Journal(database, 1, "T1").close()


async def test_a_locked_file_is_said_and_passes(sqlite_database):
    """Every caller reads the sentence; once the lock is gone all is as before."""
    opened: list[Any] = []
    with prepared(lambda connection, _: opened.append(connection)):
        journal = Journal(sqlite_database, 1, "T1")
        await journal.append([row("before")], NOW)
    opened[-1].execute("PRAGMA busy_timeout=50")
    with sqlite_database.write():
        calls = (journal.append([row(f"{n}")], NOW) for n in range(3))
        told = await asyncio.gather(*calls, return_exceptions=True)
    assert {str(it) for it in told} == {
        "The database is busy, so nothing was stored. Try again in a minute."
    }
    assert {type(it) for it in told} == {KepiError}
    assert await journal.append([row("after")], NOW) == [True]
    await journal.close()
    assert stored(sqlite_database) == ["before", "after"]


async def test_a_full_disk_is_said_and_passes(sqlite_database):
    """What was acknowledged is there, what was refused is not, and room is all it needs."""
    opened: list[Any] = []
    with prepared(lambda connection, _: opened.append(connection)):
        journal = Journal(sqlite_database, 1, "T1")
        await journal.append([row("before")], NOW)
    pages = opened[-1].execute("PRAGMA page_count").fetchone()[0]
    opened[-1].execute(f"PRAGMA max_page_count={pages}")
    long = [row(f"{n}")._replace(details="x" * 5_000) for n in range(100)]
    told = await asyncio.gather(*(journal.append([it], NOW) for it in long), return_exceptions=True)
    refused = [it for it in told if isinstance(it, KepiError)]
    assert refused
    assert all("disk of the database is full" in str(it) for it in refused)
    assert len(stored(sqlite_database)) - 1 == sum(it == [True] for it in told)
    opened[-1].execute("PRAGMA max_page_count=1000000")
    assert await journal.append(long, NOW) == [key.key not in {"before"} for key in long]
    await journal.close()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_a_connection_that_was_cut_is_replaced(database, journal):
    """A restart of the server costs no event that comes after it."""
    for number in range(3):
        assert await journal.append([row(f"{number}")], NOW) == [True]
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
        cut += "pg_backend_pid() AND datname = current_database()"
        with database._writer.connect() as connection:
            connection.exec_driver_sql(cut)
    assert stored(database) == ["0", "1", "2"]


def test_its_connection_is_durable(sqlite_database):
    """Acknowledged means on the disk: WAL and synchronous=FULL (2), as for all others."""
    opened: list[Any] = []

    async def write() -> tuple[Any, ...]:
        journal = Journal(sqlite_database, 1, "T1")
        await journal.append([row("a")], NOW)
        pragmas = ("synchronous", "journal_mode", "foreign_keys")
        held = tuple(opened[-1].execute(f"PRAGMA {it}").fetchone()[0] for it in pragmas)
        await journal.close()
        return held

    with prepared(lambda connection, _: opened.append(connection)):
        assert asyncio.run(write()) == (2, "wal", 1)


def test_a_killed_process_loses_nothing_that_it_acknowledged(sqlite_database):
    """reliability §3: kill -9 in the middle of sixteen callers, three times on one file.

    An event is done exactly when its entries are there, both or neither.
    """
    url = sqlite_database.url.render_as_string(hide_password=False)
    acknowledged: dict[str, set[str]] = {"remembered": set(), "appended": set()}
    for life, events_at_least in enumerate((60, 150, 241)):
        for line in kill_after(url, f"life{life}-", events_at_least):
            did, key = line.split()
            acknowledged[did].add(key)
        held, entered = deliveries(sqlite_database), stored(sqlite_database)
        whole = {f"{key}-{part}" for key in acknowledged["appended"] for part in "ab"}
        assert acknowledged["remembered"] <= held.keys()
        assert whole <= set(entered)
        assert len(entered) == len(set(entered))
        done = {key for key, (is_done, body) in held.items() if is_done and not body}
        assert {key.rpartition("-")[0] for key in entered} == done
        assert len(entered) == 2 * len(done)
    assert len(acknowledged["appended"]) >= 200
    with sqlite_database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def kill_after(url: str, prefix: str, lines: int) -> list[str]:
    """Return what a process acknowledged before it was killed, ``lines`` of it or more."""
    command = [sys.executable, "-m", "tests.storage.journal_writer", url, prefix]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(lines)]
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.readlines()
    assert all(line.endswith("\n") for line in said), "it ended before it was killed"
    return said
