"""The worked timeline of support-spec §8: a weekend with a clock change in the middle of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from storage.database import Database
from storage.workspaces import only_workspace
from support.board import fold
from support.calendars import save_hours
from support.durations import Durations, measure
from support.hours import Calendar, Version
from support.policies import Policy, Promise, TargetKind
from support.targets import TargetState, judge
from support.timeline import Timeline
from support.tracker import Tracker
from support.week import OFFICE
from tests.support.drawn_cast import instant
from tests.support.drawn_issues import Drawing, draw
from tests.support.drawn_store import ISSUE, WAIT, deliver, rows_of, track

STOCKHOLM = Calendar((Version(date(2026, 1, 1), "Europe/Stockholm", OFFICE),))
"""MF: Monday to Friday, 09:00–17:00."""
END = datetime(2026, 4, 2, tzinfo=UTC)

STEPS = """
2026-03-27T15:20:00 | relay posts @maya WHERE conversation c1                       | open
2026-03-27T15:20:05 | bot says                                                      | open
2026-03-27T15:40:00 | relay posts @maya WHERE conversation c1                       | open
2026-03-27T15:50:00 | omar marks eyes on 2026-03-27T15:20:00                        | acknowledged
2026-03-30T07:30:00 | omar answers                                                  | responded
2026-03-30T08:10:00 | relay posts @maya WHERE conversation c1                       | open
2026-03-30T09:00:00 | omar answers                                                  | responded
2026-03-30T09:00:00 | omar marks hourglass_flowing_sand on 2026-03-30T09:00:00      | waiting
2026-03-31T06:30:00 | relay posts @maya WHERE conversation c1                       | open
2026-03-31T07:45:00 | omar answers                                                  | responded
2026-03-31T07:50:00 | omar marks white_check_mark on 2026-03-31T07:45:00            | resolved
2026-03-31T08:05:00 | relay thanks @maya WHERE conversation c1                      | resolved
2026-03-31T16:30:00 | relay posts @maya WHERE conversation c1                       | open
2026-04-01T07:20:00 | mia answers                                                   | responded
2026-04-01T08:00:00 | nils marks white_check_mark on 2026-04-01T07:20:00            | resolved
"""
WHERE = {"in the thread": "", "at the top of the channel": "top"}
"""A program may post the customer's later words in the thread, or each as a post of its own."""

EXPECTED = {
    "acknowledge": (1800, 1800),
    "first_response": (231_000, 4200),
    "customer_wait": (291_900, 11_100),
    "first_resolution": (318_600, 34_200),
    "resolution": (405_600, 63_600),
    "paused": (77_400, 21_600),
    "gaps": (31_200, 25_800),
    "active_resolution": (374_400, 37_800),
    "team": (297_000, 16_200),
}
"""Calendar and business seconds."""
NEXT = [(3000, 3000), (4500, 2700), (53_400, 1200)]


def steps(where: str) -> list[tuple[str, str]]:
    """Return each step as it is drawn, with the state after it."""
    rows = [line.split(" | ") for line in STEPS.strip().splitlines()]
    return [
        (f"{at} {' '.join(what.split())}".replace("WHERE", WHERE[where]), state.strip())
        for at, what, state in rows
    ]


def drawing(where: str, until: int | None = None) -> Drawing:
    return draw("\n".join(line for line, _ in steps(where)[:until]))


def timeline(where: str, until: int | None = None) -> Timeline:
    drawn = drawing(where, until)
    (only,) = fold(drawn.entries, drawn.book, drawn.channel).issues.values()
    return only


@pytest.fixture(params=WHERE)
def where(request: pytest.FixtureRequest) -> str:
    """Where the program posts what the customer goes on to say."""
    return str(request.param)


def test_the_state_after_each_step(where: str) -> None:
    """After every line the issue is in the state that the table names."""
    for number, (line, state) in enumerate(steps(where), start=1):
        assert timeline(where, number).state == state, line


def test_there_are_four_waits_one_reopening_and_one_pleasantry(where: str) -> None:
    """Grouped posts renew no wait, and “terima kasih!” reopens nothing."""
    told = timeline(where)
    assert len(told.waits) == 4
    assert [wait.closed_by for wait in told.waits] == ["response"] * 4
    assert (len(told.reopens), told.suppressed) == (1, 1)
    assert told.resolution is not None
    assert told.resolution.by == "U0NILS"


def test_every_expected_second_by_both_clocks(where: str) -> None:
    """A business first response of 2400 or 1800 would be a fixed offset used throughout."""
    took = measure(timeline(where), STOCKHOLM, instant(END))
    assert {name: getattr(took, name) for name in EXPECTED} == EXPECTED
    assert list(took.next_responses) == NEXT


def test_lengths_are_those_of_the_instants(where: str) -> None:
    """The parts make up the whole: full = active + gap, active = team + pause."""
    took = measure(timeline(where), STOCKHOLM, instant(END))
    for clock in (0, 1):
        full, active, gap, team, pause = (part(took, it, clock) for it in PARTS)
        assert (full, active) == (active + gap, team + pause)


PARTS = ("resolution", "active_resolution", "gaps", "team", "paused")


def part(took: Durations, name: str, clock: int) -> int:
    return int(getattr(took, name)[clock])


POLICY = Policy(
    name="worked",
    targets={
        TargetKind.FIRST_RESPONSE: Promise(2 * 3600),
        TargetKind.NEXT_RESPONSE: Promise(2 * 3600),
        TargetKind.FIRST_RESOLUTION: Promise(16 * 3600),
    },
)


def test_every_promise_is_due_when_the_page_says(where: str) -> None:
    """First response 30 Mar 08:20, next responses in turn, first resolution 1 Apr 12:20."""
    judged = judge(timeline(where), POLICY, STOCKHOLM, instant(END))
    assert {it.state for it in judged} == {TargetState.MET}
    due = {(str(it.kind), it.position): it.due for it in judged}
    assert due == {
        ("first_response", 0): utc(30, 8, 20),
        ("next_response", 1): utc(30, 10, 10),
        ("next_response", 2): utc(31, 9, 0),
        ("next_response", 3): utc(32, 9, 0),
        ("first_resolution", 0): utc(32, 12, 20),
    }
    first = next(it for it in judged if it.kind is TargetKind.FIRST_RESPONSE)
    assert (first.warn, first.fulfilled, first.decided) == (
        utc(30, 7, 50),
        utc(30, 7, 30),
        utc(30, 7, 30),
    )


def test_before_the_pause_the_resolution_was_due_earlier(where: str) -> None:
    """As first computed it was due on 31 March at 14:20."""
    judged = judge(timeline(where, 7), POLICY, STOCKHOLM, utc(30, 9, 0))
    (due,) = [it.due for it in judged if it.kind is TargetKind.FIRST_RESOLUTION]
    assert due == utc(31, 14, 20)


def utc(day: int, hour: int, minute: int) -> int:
    """Return a moment by the days of March; the 32nd is the first of April."""
    month, day = (3, day) if day <= 31 else (4, day - 31)
    return instant(datetime(2026, month, day, hour, minute, tzinfo=UTC))


COLUMNS = {
    "ack": "acknowledge",
    "response": "first_response",
    "wait": "customer_wait",
    "first_resolution": "first_resolution",
    "resolution": "resolution",
    "active": "active_resolution",
    "paused": "paused",
}
"""Columns of ``issue`` by the metric that they hold."""


def test_the_rows_hold_every_expected_second(database: Database, where: str) -> None:
    """The projection is what KPIs read: the same seconds, by both clocks, on both databases."""
    issue, waits = store(database, drawing(where))
    held = {
        metric: (issue[f"{name}_seconds"], issue[f"{name}_business"])
        for name, metric in COLUMNS.items()
    }
    assert held == {metric: EXPECTED[metric] for metric in COLUMNS.values()}
    assert [(it["seconds"], it["business"]) for it in waits if it["is_next"]] == NEXT
    assert (issue["state"], issue["reopens"], issue["suppressed"]) == ("resolved", 1, 1)


def store(database: Database, drawn: Drawing) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Fill the ledger step by step, refreshing after each; return the issue's row and its waits."""
    workspace = track(database, drawn)
    with database.write() as connection:
        save_hours(
            connection,
            workspace,
            0,
            OFFICE,
            since=date(2026, 1, 1),
            zone="Europe/Stockholm",
            by="U0ADMIN",
            at=END,
            correct_the_past=True,
        )
    tracker = Tracker(database, workspace)
    for entry in drawn.entries:
        deliver(database, workspace, [entry], END)
        tracker.refresh(drawn.channel, END)
    with database.read() as connection:
        (issue,) = rows_of(connection, ISSUE, only_workspace(connection).id)
        return issue, rows_of(connection, WAIT, workspace)
