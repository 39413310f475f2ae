"""What is written down as due: once a period, whatever the clock does (reliability rows 4, 5)."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from commands.digests.planning import find_wanted, write_down
from storage import digest_periods, digests, outbox, sending
from storage.database import Database
from storage.digests import DigestRow
from storage.workspaces import only_workspace
from tests.drawn import cells

SET_UP = datetime(2026, 11, 18, 10, tzinfo=UTC)
"""A Wednesday: the first one is due on Monday 23 November, 08:00 UTC."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def make(database: Database, since: datetime = SET_UP, **chosen: Any) -> tuple[int, int]:
    """Set up a digest and return the workspace and its id."""
    row = DigestRow(
        id=0, channel="C1", cadence="weekly", zone="Europe/Stockholm", weekday=0, day=1, hour=9,
        minute=0, language="en", kpis=(), scope={}, parts=(), owner="U1", by="U1", made=since,
        since=since, paused=None, removed=None, company="", version=0,
    )._replace(**chosen)  # fmt: skip
    with database.write() as connection:
        workspace = only_workspace(connection).id
        made = digests.add(connection, workspace, row, since)
    assert made is not None
    return workspace, made


def send(connection: Connection, workspace: int, now: datetime) -> list[tuple[str, bool]]:
    """Do what a wake does, and return what went out: its kind and period, and whether late."""
    write_down(connection, workspace, find_wanted(connection, workspace, now), now)
    outbox.expire(connection, workspace, now)
    out = []
    for row in sending.claim(connection, workspace, now, "p1", 100):
        if row.kind == "digest":
            held = digest_periods.run_of(
                connection, workspace, 1, row.period.partition(":")[2]
            ).held
            if held is not None:
                sending.end(connection, workspace, row, "dropped", "held by U1")
                continue
        sending.finish(connection, workspace, row, posted_in=row.channel, ts="1.0", now=now)
        out.append((f"{row.kind} {row.period}", row.late))
    return out


def story(database: Database, workspace: int, text: str) -> None:
    """Check a drawn table: a moment, and what goes out then."""
    for line in text.strip().splitlines()[2:]:
        moment, expected = cells(line)
        with database.write() as connection:
            sent = send(connection, workspace, at(moment))
        said = ", ".join(f"{it}{' late' if late else ''}" for it, late in sorted(sent))
        assert said == expected, moment


def test_a_week_of_wakes_sends_one_digest_and_asks_its_owner_before(database: Database) -> None:
    """Sunday 16:00 and Monday 08:00 the owner hears of it, at 09:00 the channel, then no more."""
    workspace, _ = make(database)
    story(
        database,
        workspace,
        """
        now              | goes out
        -----------------+---------------------------
        2026-11-18 10:01 |
        2026-11-22 14:59 |
        2026-11-22 15:00 | digest-missing 1:2026-W47
        2026-11-23 06:59 |
        2026-11-23 07:00 | digest-before 1:2026-W47
        2026-11-23 07:59 |
        2026-11-23 08:00 | digest 1:2026-W47
        2026-11-23 08:00 |
        2026-11-23 09:00 |
        2026-11-29 14:00 |
        2026-11-30 08:00 | digest 1:2026-W48
        """,
    )


def test_late_within_a_day_it_is_sent_once_and_marked(database: Database) -> None:
    """Down over Monday morning: at 11:00 it goes out, marked; the owner is asked nothing."""
    workspace, _ = make(database)
    story(
        database,
        workspace,
        """
        now              | goes out
        -----------------+-----------------------
        2026-11-23 10:00 | digest 1:2026-W47 late
        2026-11-23 10:05 |
        """,
    )


def test_three_days_late_it_is_not_sent_and_stays_missed(database: Database) -> None:
    """Down until Thursday: nothing goes out, the row says missed, and the next one comes."""
    workspace, _ = make(database)
    story(
        database,
        workspace,
        """
        now              | goes out
        -----------------+---------------------
        2026-11-26 10:00 |
        2026-11-26 10:05 |
        2026-11-30 08:00 | digest 1:2026-W48
        """,
    )
    with database.read() as connection:
        states = {
            it.period: it.state for it in digest_periods.deliveries_of(connection, workspace, 1)
        }
    assert states == {"1:2026-W47": "missed", "1:2026-W48": "sent"}


LONG_STOPS = """
    cadence   | back             | goes out                       | not sent     | before it
    ----------+------------------+--------------------------------+--------------+----------
    weekly    | 2026-12-17 10:00 |                                | 1:2026-W50   | 3
    weekly    | 2026-12-14 10:00 | digest 1:2026-W50 late         | 1:2026-W49   | 2
    weekly    | 2026-12-01 07:00 | digest 1:2026-W48 late         | 1:2026-W47   | 0
    weekly    | 2026-12-01 09:00 |                                | 1:2026-W48   | 1
    weekly    | 2026-11-23 10:00 | digest 1:2026-W47 late         |              |
    daily     | 2026-12-31 09:00 | digest 1:2026-12-30 late       | 1:2026-12-29 | 41
    monthly   | 2027-03-10 10:00 |                                | 1:2027-02    | 3
    quarterly | 2027-07-01 08:00 | digest 1:2027-Q2 late          | 1:2027-Q1    | 1
"""
"""Set up on Wednesday 18 November, down at once. Local time is 1 h, in July 2 h, ahead of UTC.

Days told of from 18 November to 29 December: 13 + 29 = 42, of which the last is named.
"""


@pytest.mark.parametrize("line", LONG_STOPS.strip().splitlines()[2:])
def test_after_a_long_stop_every_missed_one_is_owned_up_to(database: Database, line: str) -> None:
    """The latest is sent or not; of those that are too late one row says how many there are."""
    cadence, back, out, missed, before = cells(line)
    workspace, digest = make(database, cadence=cadence)
    with database.write() as connection:
        for _ in range(2):
            sent = send(connection, workspace, at(back))
            said = [f"{it} late" if late else it for it, late in sent if it.startswith("digest 1")]
            assert said == ([out] if out else [])
            rows = digest_periods.deliveries_of(connection, workspace, digest)
            lost = {it.period: it.details.get("before") for it in rows if it.state == "missed"}
            assert lost == ({missed: int(before)} if missed else {})
            out = ""


def test_what_was_due_during_a_pause_was_not_missed(database: Database) -> None:
    """Paused for three weeks and then down for two: two are missed, not five."""
    workspace, digest = make(database)
    with database.write() as connection:
        digests.pause(connection, workspace, digest, at("2026-11-20 08:00"))
        digests.resume(connection, workspace, digest, at("2026-12-10 09:00"))
        assert send(connection, workspace, at("2026-12-24 09:00")) == []
        (row,) = digest_periods.deliveries_of(connection, workspace, digest)
    assert (row.period, row.state, row.details["before"]) == ("1:2026-W51", "missed", 1)


def test_nothing_that_was_due_before_it_was_set_up_is_sent(database: Database) -> None:
    """Set up on Monday at 09:05: the first one comes a week later."""
    workspace, _ = make(database, since=at("2026-11-23 08:05"))
    story(
        database,
        workspace,
        """
        now              | goes out
        -----------------+---------------------
        2026-11-23 08:06 |
        2026-11-24 08:00 |
        2026-11-30 08:01 | digest 1:2026-W48
        """,
    )


def test_held_it_stays_and_released_it_goes(database: Database) -> None:
    """A hold before or after the time keeps it; released within a day it goes out, else not."""
    workspace, digest = make(database)
    with database.write() as connection:
        digest_periods.hold(connection, workspace, digest, "2026-W47", "U1", at("2026-11-23 07:30"))
        assert send(connection, workspace, at("2026-11-23 08:00")) == []
        assert send(connection, workspace, at("2026-11-23 09:00")) == []
        digest_periods.release(connection, workspace, digest, "2026-W47")
        out = send(connection, workspace, at("2026-11-23 10:00"))
        assert out == [("digest 1:2026-W47", True)]
        digest_periods.hold(connection, workspace, digest, "2026-W48", "U1", at("2026-11-30 07:30"))
        send(connection, workspace, at("2026-11-30 08:00"))
        digest_periods.release(connection, workspace, digest, "2026-W48")
        assert send(connection, workspace, at("2026-12-01 08:01")) == []


def test_paused_nothing_is_written_down_and_resumed_only_what_comes(database: Database) -> None:
    """What was due during a pause is not made up for."""
    workspace, digest = make(database)
    with database.write() as connection:
        digests.pause(connection, workspace, digest, at("2026-11-20 08:00"))
        assert find_wanted(connection, workspace, at("2026-11-23 08:00")) == []
        digests.resume(connection, workspace, digest, at("2026-11-23 09:00"))
        assert find_wanted(connection, workspace, at("2026-11-23 09:01")) == []
        assert send(connection, workspace, at("2026-11-30 08:00"))[-1][0] == "digest 1:2026-W48"
        digests.remove(connection, workspace, digest, at("2026-12-01 08:00"))
        assert find_wanted(connection, workspace, at("2026-12-07 08:00")) == []
        digests.restore(connection, workspace, digest)
        assert send(connection, workspace, at("2026-12-07 08:00"))[-1][0] == "digest 1:2026-W49"


def test_a_clock_that_ran_ahead_for_a_day_does_not_cost_the_week(database: Database) -> None:
    """At Sunday noon the clock says Wednesday: the week counts as missed, until it truly comes."""
    workspace, _ = make(database)
    story(
        database,
        workspace,
        """
        now              | goes out
        -----------------+---------------------
        2026-11-22 11:00 |
        2026-11-25 11:00 |
        2026-11-22 11:01 |
        2026-11-23 08:00 | digest 1:2026-W47
        2026-11-23 08:01 |
        """,
    )


def test_a_daily_one_asks_its_owner_nothing(database: Database) -> None:
    """Nobody wants a question every day."""
    workspace, _ = make(database, cadence="daily")
    story(
        database,
        workspace,
        """
        now              | goes out
        -----------------+----------------------
        2026-11-18 15:30 |
        2026-11-19 07:30 |
        2026-11-19 08:00 | digest 1:2026-11-18
        2026-11-20 08:00 | digest 1:2026-11-19
        """,
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_fifty_jumps_of_the_clock_neither_double_nor_skip(
    sqlite_database: Database, seed: int
) -> None:
    """An hour forth, an hour back, a year forth and back: each week goes out once (row 5)."""
    workspace, _ = make(sqlite_database)
    dice = random.Random(seed)
    jumps = [timedelta(hours=1), timedelta(hours=-1), timedelta(days=365), timedelta(days=3)]
    true, sent = at("2026-11-18 12:00"), []
    end = true + timedelta(weeks=25)
    moments = sorted(dice.sample(range(25 * 7 * 4), 50))
    with sqlite_database.write() as connection:
        step = 0
        while true < end:
            for jump in [timedelta(0), *([dice.choice(jumps)] if step in moments else [])]:
                sent += [it for it, _ in send(connection, workspace, true + jump)]
            true += timedelta(hours=6)
            step += 1
    digests_sent = [it for it in sent if it.startswith("digest 1:")]
    assert len(digests_sent) == len(set(digests_sent))
    due = [at("2026-11-23 08:00") + timedelta(weeks=it) for it in range(25)]
    weeks = {f"digest 1:{week_before(it)}" for it in due if it <= end - timedelta(hours=6)}
    assert weeks <= set(digests_sent)


def week_before(day: datetime) -> str:
    year, week, _ = (day - timedelta(days=7)).isocalendar()
    return f"{year}-W{week:02d}"


def test_two_processes_plan_the_same_once(database: Database) -> None:
    """The row's key decides: whoever comes second adds nothing."""
    workspace, _ = make(database)
    now = at("2026-11-23 08:00")
    with database.read() as connection:
        wanted = find_wanted(connection, workspace, now)
    assert [it.period for it in wanted if it.kind == "digest"] == ["1:2026-W47"]
    for _ in range(2):
        with database.write() as connection:
            write_down(connection, workspace, wanted, now)
    with database.read() as connection:
        assert len(digest_periods.deliveries_of(connection, workspace, 1)) == 1
        assert find_wanted(connection, workspace, now) == []
