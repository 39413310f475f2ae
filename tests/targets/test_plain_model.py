"""Targets beside a model that looks at the clock once a minute and knows no formula."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as some

from support.hours import Calendar, is_open
from support.targets import TargetState, judge
from support.timeline import Pause, Spell, State, Timeline
from tests.business_time.calendars import hours
from tests.targets.histories import ALL_HOURS, OPENED, history, promising

MINUTE = 60_000_000
BREAKS = hours("UTC", "Mon–Fri 09:00–12:00, 13:00–14:30")
STAGES = ("live", "paused", "resolved")


@some.composite
def lives(draw: some.DrawFn) -> list[tuple[str, int]]:
    """Return stages, one after another, and how many minutes each takes; the first is live."""
    found = [("live", draw(some.integers(1, 200)))]
    for _ in range(draw(some.integers(0, 7))):
        others = [it for it in STAGES if it != found[-1][0]]
        found.append((draw(some.sampled_from(others)), draw(some.integers(1, 300))))
    return found


def timeline_of(stages: list[tuple[str, int]]) -> tuple[Timeline, int]:
    """Return the issue that lived so, and the instant at which the last stage ends."""
    issue = history(responded=1)
    issue.spells.clear()
    at, before = OPENED, "resolved"
    for stage, minutes in stages:
        if before == "resolved":
            issue.spells.append(Spell(at, "reopened"))
        if before == "paused":
            issue.pauses[-1].ended = at
        if stage == "paused":
            issue.pauses.append(Pause(at))
        if stage == "resolved":
            issue.spells[-1].ended, issue.spells[-1].ended_by = at, "resolved"
        at, before = at + minutes * MINUTE, stage
    states = {"live": State.OPEN, "paused": State.WAITING, "resolved": State.RESOLVED}
    return replace(issue, state=states[before]), at


def count(
    stages: list[tuple[str, int]], length: int, calendar: Calendar, counted: tuple[str, ...]
) -> tuple[str, int | None]:
    """Return how a promise of ``length`` minutes stands, and when it fell due, minute by minute.

    It is met where the issue is resolved at the end, or for good at the first time.
    """
    at, used, due = OPENED, 0, None
    for stage, minutes in stages:
        for _ in range(minutes):
            if due is None and stage in counted and is_open(calendar, at):
                used += 1
                due = at + MINUTE if used == length else None
            at += MINUTE
    if due is not None and due < at:
        last_open = due_is_before_resolution(stages, due)
        return ("breached", due) if last_open else ("met", None)
    return ("met" if stages[-1][0] == "resolved" else "undecided"), None


def due_is_before_resolution(stages: list[tuple[str, int]], due: int) -> bool:
    """Tell whether the issue was still unresolved after its due time."""
    at = OPENED
    for stage, minutes in stages:
        if stage != "resolved" and at + minutes * MINUTE > due:
            return True
        at += minutes * MINUTE
    return False


@settings(deadline=None, max_examples=150)
@given(lives(), some.integers(1, 400), some.sampled_from(["calendar", "business"]))
def test_total_resolution_counts_live_minutes_alone(
    stages: list[tuple[str, int]], length: int, clock: str
) -> None:
    """Pauses and resolved gaps do not count, on either clock."""
    calendar = ALL_HOURS if clock == "calendar" else BREAKS
    issue, now = timeline_of(stages)
    policy = promising(clock, total_resolution=length * 60)
    (target,) = judge(issue, policy, calendar, now)
    expected, due = count(stages, length, calendar, ("live",))
    if expected == "undecided":
        assert target.state in (TargetState.RUNNING, TargetState.PAUSED)
    else:
        assert target.state == expected
    if due is not None and expected == "breached":
        assert target.due == target.decided == due
