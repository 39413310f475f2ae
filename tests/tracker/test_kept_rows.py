"""Rows after late events, beside another process, and what is told of an earlier moment."""

from __future__ import annotations

import pytest

from kpis.answers import Value
from kpis.asking import Answers, ask
from storage import desks, issues
from storage.database import Database
from storage.workspaces import only_workspace
from support.board import Board
from support.entries import Act, Entry, Kind
from support.rulebook import pack_rules
from support.rules import Mode, Rules
from support.tracker import Desk, Tracker
from tests.tracker.moments import (
    CHANNEL,
    DAY,
    acts,
    answers,
    asks,
    at,
    marks,
    merges,
    prepare,
    store,
    ts,
    when,
)
from tests.tracker.test_tracker import rows_of


def settle(database: Database, workspace: int, day: int) -> Tracker:
    """Let what is over be settled and a process start that holds nothing of it."""
    with database.write() as connection:
        issues.settle(connection, workspace, CHANNEL, when((day - 7) * DAY), when(day * DAY))
    tracker = Tracker(database, workspace)
    tracker.refresh(CHANNEL, when(day * DAY))
    return tracker


def assert_rows_are_those_of_the_ledger(database: Database, workspace: int, second: float) -> None:
    held = rows_of(database, workspace)
    Tracker(database, workspace).rebuild(when(second))
    assert held == rows_of(database, workspace)


def test_another_process_that_was_quicker_is_not_overwritten(database: Database) -> None:
    """One folds up to the answer; before it writes, the other hears the mark and writes all."""
    workspace = prepare(database)

    class Slow(Tracker):
        def save(self, desk: Desk, *rest: object) -> object:  # type: ignore[override]
            if not quick_was_called:
                quick_was_called.append(True)
                store(database, workspace, 20, marks(20, 0, 0))
                quick.refresh(CHANNEL, when(20))
            return super().save(desk, *rest)  # type: ignore[arg-type]

    quick_was_called: list[bool] = []
    quick, slow = Tracker(database, workspace), Slow(database, workspace)
    store(database, workspace, 10, asks(0, "ann"), answers(10, 0))
    slow.refresh(CHANNEL, when(21))
    with database.read() as connection:
        assert issues.of_thread(connection, workspace, CHANNEL, ts(0))[0].state == "resolved"


@pytest.mark.parametrize("late", [asks(20 * DAY, "ann", 0, polite=True),
                                  asks(20 * DAY, "bob", 1000)])  # fmt: skip
def test_an_old_merged_pair_is_loaded_together(database: Database, late: Entry) -> None:
    """“Thanks!” weeks later does not take the first response away."""
    workspace = prepare(database)
    store(database, workspace, 1300, asks(0, "ann"), asks(1000, "bob"), answers(1100, 1000),
          merges(1200, 1000, 0), marks(1300, 0, 0))  # fmt: skip
    Tracker(database, workspace).refresh(CHANNEL, when(1300))
    tracker = settle(database, workspace, 19)
    store(database, workspace, 20 * DAY, late)
    tracker.refresh(CHANNEL, when(20 * DAY))
    assert_rows_are_those_of_the_ledger(database, workspace, 20 * DAY)


def test_a_thread_that_is_held_in_part_is_loaded_whole(database: Database) -> None:
    """An old answer was attached elsewhere; whoever writes in its thread then is heard."""
    workspace = prepare(database)
    store(database, workspace, 700, asks(0, "ann"), answers(10, 0), answers(20, 0),
          marks(700, 0, 0))  # fmt: skip
    Tracker(database, workspace).refresh(CHANNEL, when(700))
    tracker = settle(database, workspace, 19)
    attached = acts(20 * DAY + 60, 20, Act.ATTACH, thread=20 * DAY)
    store(database, workspace, 20 * DAY + 60, asks(20 * DAY, "bob"), attached)
    tracker.refresh(CHANNEL, when(20 * DAY + 60))
    tracker = Tracker(database, workspace)
    tracker.refresh(CHANNEL, when(20 * DAY + 100))
    store(database, workspace, 21 * DAY, asks(21 * DAY, "ann", 0))
    tracker.refresh(CHANNEL, when(21 * DAY))
    assert_rows_are_those_of_the_ledger(database, workspace, 21 * DAY)


def drawn_weeks(database: Database) -> int:
    """Ten issues a week, all solved in an hour; of the first week five come back on day 7.5."""
    workspace = prepare(database)
    entries = []
    for number in range(10):
        for week, who in ((0, "a"), (7, "b")):
            begin = MIDNIGHT + (week + 1) * DAY + number * 600
            entries += [asks(begin, f"{who}{number}"), answers(begin + 60, begin),
                        marks(begin + 3600, begin, begin)]  # fmt: skip
        if number < 5:
            first = MIDNIGHT + DAY + number * 600
            entries.append(asks(first + 6.5 * DAY, f"a{number}", first))
    store(database, workspace, 14 * DAY, *entries)
    Tracker(database, workspace).refresh(CHANNEL, when(MIDNIGHT + 14 * DAY))
    return workspace


MIDNIGHT = 54_400
"""10 October 2025, 00:00 UTC."""


def test_a_rate_is_compared_with_what_was_true_at_the_same_age(database: Database) -> None:
    """A week ago all ten of the week before were solved, too: nothing got better."""
    workspace = drawn_weeks(database)
    now = when(MIDNIGHT + 14 * DAY)
    words = "resolution rate 2025-10-17 to 2025-10-23"
    reply = ask(words, database=database, workspace=workspace, now=now)
    assert isinstance(reply, Answers)
    assert reply.answers[0].main.previous == Value(1.0, 1.0, 10)


def test_an_answer_is_repeated_as_it_was(database: Database) -> None:
    workspace = drawn_weeks(database)
    now = when(MIDNIGHT + 14 * DAY)
    words = "resolution rate 2025-10-10 to 2025-10-16 as of 2025-10-17 00:00"
    reply = ask(words, database=database, workspace=workspace, now=now)
    assert isinstance(reply, Answers)
    assert reply.answers[0].main.value == Value(1.0, 1.0, 10)


def test_a_wait_that_was_closed_without_an_answer_is_not_forgotten(database: Database) -> None:
    """Five waits of 30 s, and three that a mark closed after days: the slow tenth is not 30 s."""
    workspace = prepare(database)
    entries = []
    for number in range(8):
        begin = number * 1000
        entries += [asks(begin, f"c{number}"), answers(begin + 10, begin),
                    asks(begin + 20, f"c{number}", begin)]  # fmt: skip
        late = number >= 5
        ending = marks(begin + 12 * DAY, begin, begin) if late else answers(begin + 50, begin)
        entries.append(ending)
    store(database, workspace, 13 * DAY, *entries)
    Tracker(database, workspace).refresh(CHANNEL, when(13 * DAY))
    reply = ask("next response time cohort 2025-10-09 to 2025-10-15", database=database,
                workspace=workspace, now=when(13 * DAY))  # fmt: skip
    assert isinstance(reply, Answers)
    main = reply.answers[0].main
    assert "closed without" in " ".join((*main.details, *reply.answers[0].notes))
    assert "9 in 10 within 30 s." not in main.details


def test_a_message_deleted_while_no_process_ran_leaves_no_issue(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows were written, how far was not; then the message that made the issue was deleted."""
    workspace = prepare(database)
    store(database, workspace, 20, asks(0, "ann"), answers(10, 0), marks(20, 0, 0))
    tracker = Tracker(database, workspace)
    tracker.refresh(CHANNEL, when(20))
    store(database, workspace, 8 * DAY, asks(8 * DAY, "ann", 0))

    def end(*_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(desks, "set_folded", end)
        with pytest.raises(RuntimeError):
            tracker.refresh(CHANNEL, when(8 * DAY))
    gone = Entry("d|1", Kind.DELETE, CHANNEL, at(8 * DAY + 60), ts(8 * DAY), ts(0))
    store(database, workspace, 8 * DAY + 60, gone)
    Tracker(database, workspace).refresh(CHANNEL, when(8 * DAY + 60))
    assert_rows_are_those_of_the_ledger(database, workspace, 8 * DAY + 60)


def test_a_big_channel_is_not_read_again_for_each_entry(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be put down (it is all live) is kept, however much it is."""
    from support import tracker as module

    monkeypatch.setattr(module, "SPARE", 10)
    workspace = prepare(sqlite_database)
    store(sqlite_database, workspace, 60_000, *(asks(it * 400, f"c{it}") for it in range(60)))
    tracker = Tracker(sqlite_database, workspace)
    tracker.refresh(CHANNEL, when(60_000))
    boards: list[Board] = []
    for number in range(4):
        second = 70_000 + number * 400
        store(sqlite_database, workspace, second, asks(second, f"d{number}"))
        tracker.refresh(CHANNEL, when(second))
        boards.append(tracker._desks[CHANNEL].board)
    assert len({id(it) for it in boards}) < len(boards)


def test_setting_a_channel_up_opens_nothing_that_was_said_before(database: Database) -> None:
    """Somebody tracked one message there, so all was heard; it is set up weeks later."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        desks.make(connection, workspace, CHANNEL, "care")
    tracker = Tracker(database, workspace)
    store(database, workspace, 6000, asks(0, "ann"), answers(10, 0), asks(5000, "ann", 0),
          marks(5010, 5000, 0, "ticket"), answers(6000, 0), asks(7000, "bob"))  # fmt: skip
    tracker.refresh(CHANNEL, when(7000))
    before = rows_of(database, workspace)["issue"]
    with database.write() as connection:
        auto = pack_rules(Rules(mode=Mode.AUTO))
        desks.add_rules(connection, workspace, CHANNEL, auto, when(20 * DAY), "mia")
    tracker.refresh(CHANNEL, when(20 * DAY))
    assert rows_of(database, workspace)["issue"] == before
