"""What Kepi looks after by itself, as both databases tell it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from storage import desks, issues, support_notes, upkeep
from storage.database import Database
from storage.tables import instant_number

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def save(
    database: Database,
    root: str,
    *,
    line: str = "",
    targets: tuple[dict[str, Any], ...] = (),
    workspace: int = 1,
    **more: Any,
) -> int:
    """Keep an issue, its line and its promises; return its row."""
    columns = {"channel": "C1", "root": root, "episode": 1, "state": "open"}
    moments = {"opened": NOON, "tracked": NOON}
    with database.write() as connection:
        issue, _ = issues.save(connection, workspace, {**columns, **moments, **more}, [], [])
        if line:
            issues.set_line(connection, workspace, issue, "C1", line)
        if targets:
            issues.save_targets(connection, workspace, issue, targets)
    return issue


def target(kind: str, state: str, due: int, **more: Any) -> dict[str, Any]:
    """A promise of an hour, due so many minutes after noon and warned of a quarter before."""
    at = NOON + due * MINUTE
    held = {"kind": kind, "position": 0, "clock": "calendar", "length": 3600, "started": NOON}
    return {**held, "due": at, "warn": at - 15 * MINUTE, "state": state, **more}


def ask(database: Database, verb: Any, *given: Any) -> Any:
    with database.read() as connection:
        return verb(connection, 1, *given)


def tell(database: Database, key: str) -> None:
    with database.write() as connection:
        support_notes.tell_once(connection, 1, key, NOON)


def notify(database: Database, key: str, kind: str, issue: int) -> None:
    with database.write() as connection:
        support_notes.add_notice(connection, 1, key=key, kind=kind, due=NOON, issue=issue)


def test_the_last_person_who_changed_a_channel_answers_for_it(database: Database) -> None:
    """What Kepi changed by itself does not count."""
    with database.write() as connection:
        for minutes, by in ((0, "U1"), (1, "U2"), (2, "")):
            desks.add_rules(connection, 1, "C1", "{}", NOON + minutes * MINUTE, by)
    assert ask(database, upkeep.who_set_up, "C1") == "U2"
    assert ask(database, upkeep.who_set_up, "C2") == ""


def test_a_line_keeps_undo_until_it_is_written_down_that_it_went(database: Database) -> None:
    """Per solution: a second one has an Undo of its own."""
    solved: dict[str, Any] = {"state": "resolved", "resolved": NOON}
    issue = save(database, "1.0", line="2.0", **solved)
    save(database, "3.0", **solved)
    save(database, "5.0", line="6.0")
    save(database, "1.0", line="2.0", workspace=2, **solved)

    def found() -> list[int]:
        held = ask(database, upkeep.lines_with_undo, NOON - MINUTE, NOON + MINUTE)
        assert all(it.resolved == instant_number(NOON) for it in held)
        return [it.issue for it in held]

    assert found() == [issue]
    tell(database, f"reopen|{issue}|{instant_number(NOON) - 1}")
    assert found() == [issue]
    tell(database, f"reopen|{issue}|{instant_number(NOON)}")
    assert found() == []


def test_lines_that_a_stop_left_behind_are_those_of_late_changes(database: Database) -> None:
    late = NOON + 10 * MINUTE
    solved = save(database, "1.0", state="resolved", resolved=late)
    save(database, "2.0", state="resolved", resolved=NOON - MINUTE)
    shown = save(database, "3.0", line="3.1")
    asked = save(database, "4.0", asked=late)
    save(database, "5.0")
    assert ask(database, upkeep.lines_behind, NOON) == [solved, shown, asked]


def test_a_promise_is_told_of_once_at_each_step(database: Database) -> None:
    """Warned of, then broken; what is answered or ended is told of no more."""
    running = save(database, "1.0", targets=(target("first_response", "running", 60),))
    broken = save(database, "2.0", targets=(target("first_response", "breached", 30),))
    late = target("first_response", "breached", 30, overrun=60)
    save(database, "3.0", targets=(late, target("first_resolution", "met", 30)))

    def found(minutes: int) -> list[int]:
        return list(ask(database, upkeep.promises_untold, NOON + minutes * MINUTE))

    assert found(44) == [broken]
    assert found(45) == [running, broken]
    notify(database, f"target|{running}|first_response|0|warn", "warning", running)
    notify(database, f"target|{broken}|first_response|0|1", "breach", broken)
    assert found(45) == []
    assert ask(database, upkeep.promises_broken) == [broken]


def test_a_notice_about_a_promise_that_was_kept_is_pointless(database: Database) -> None:
    """A warning also when it is broken; a breach while somebody still waits is not."""
    made = {
        name: save(database, f"{number}.0", targets=(target("first_response", state, 60, **more),))
        for number, (name, state, more) in enumerate(
            (
                ("running", "running", {}),
                ("met", "met", {}),
                ("broken", "breached", {}),
                ("answered late", "breached", {"overrun": 60}),
            ),
            start=1,
        )
    }
    for name, issue in made.items():
        notify(database, f"target|{issue}|first_response|0|warn", "warning", issue)
        if name != "running":
            notify(database, f"target|{issue}|first_response|0|1", "breach", issue)
    with database.read() as connection:
        keys = {
            it.id: it.key
            for issue in made.values()
            for it in support_notes.notices_of(connection, 1, issue)
        }
    pointless = {keys[it] for it in ask(database, upkeep.notices_pointless)}
    kept = {
        f"target|{made['running']}|first_response|0|warn",
        f"target|{made['broken']}|first_response|0|1",
    }
    assert pointless == set(keys.values()) - kept


def test_what_broke_in_a_gap_is_found_by_when_it_fell_due(database: Database) -> None:
    inside = save(database, "1.0", targets=(target("first_response", "breached", 30),))
    save(database, "2.0", targets=(target("first_response", "breached", 90),))
    save(database, "3.0", targets=(target("first_response", "running", 30),))
    save(database, "4.0", channel="C2", targets=(target("first_response", "breached", 30),))
    span = (NOON, NOON + 60 * MINUTE)
    assert ask(database, upkeep.broken_between, "C1", *span) == [inside]
