"""What the team is told about promises, when, and how often (support-spec §10)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from support.hours import Calendar
from support.policies import Escalation, Policy
from support.target_notices import NoticeDue, notices_of
from support.targets import judge
from support.timeline import Timeline
from tests.targets.histories import ALL_HOURS, OFFICE, after, history, instant, promising

HOUR = 3600
STEPS = (Escalation(), Escalation(1.5, "manager", "dm"), Escalation(2, "channel", "alerts"))
POLICY = replace(promising(first_response=60), escalate=STEPS)


def due(
    issue: Timeline,
    now: float,
    policy: Policy = POLICY,
    calendar: Calendar = ALL_HOURS,
    **more: Any,
) -> list[NoticeDue]:
    targets = judge(issue, policy, calendar, instant(now))
    return notices_of(12, targets, policy, calendar, **more)


def said(notices: list[NoticeDue]) -> list[str]:
    return [f"{it.kind} {it.step} at {after(it.due)}" for it in notices]


def test_a_running_promise_gives_a_warning_a_breach_and_its_escalations() -> None:
    assert said(due(history(), 10)) == [
        "warning warn at 45",
        "breach 1 at 60",
        "escalation 1.5 at 90",
        "escalation 2 at 120",
    ]


def test_each_step_says_whom_and_where() -> None:
    told = {it.step: (it.whom, it.where) for it in due(history(), 10)}
    assert told == {
        "warn": ("assignee", "thread"),
        "1": ("assignee", "thread"),
        "1.5": ("manager", "dm"),
        "2": ("channel", "alerts"),
    }


def test_a_notice_has_the_same_key_however_often_it_is_worked_out() -> None:
    """Running or missed, the breach at 60 is one notice; waits have keys of their own."""
    early, late = due(history(), 10), due(history(), 100)
    assert {it.key for it in late} < {it.key for it in early}
    assert early[1].key == late[0].key == "target|12|first_response|0|1"
    waits = history(responded=5, waits="0-5 response, 10-20 response, 50-")
    policy = promising(next_response=60)
    assert [it.key for it in due(waits, 55, policy)] == [
        "target|12|next_response|2|warn",
        "target|12|next_response|2|1",
    ]


def test_after_the_breach_there_is_no_warning() -> None:
    assert said(due(history(), 100)) == [
        "breach 1 at 60",
        "escalation 1.5 at 90",
        "escalation 2 at 120",
    ]


@pytest.mark.parametrize(
    "issue",
    [
        history(responded=50),
        history(responded=80),
        history(waits="0-80 dismiss", spells="0-80 dismissed"),
        history(orphaned=instant(70)),
    ],
    ids=["answered in time", "answered late", "dismissed", "orphaned"],
)
def test_nothing_is_told_of_what_nobody_waits_for(issue: Timeline) -> None:
    """Answered meanwhile: a notice that was written down is not among these, and is dropped."""
    assert due(issue, 100) == []


def test_nothing_is_told_while_it_is_paused() -> None:
    issue = history(responded=10, pauses="20-")
    assert due(issue, 50, promising(first_resolution=100)) == []


def test_a_snooze_mutes_what_comes_before_a_breach_and_nothing_else() -> None:
    """Until 55 the warning waits; snoozed beyond the due time, there is none; the breach comes."""
    assert said(due(history(), 10, snoozed_until=instant(55)))[0] == "warning warn at 55"
    assert said(due(history(), 10, snoozed_until=instant(500))) == [
        "breach 1 at 60",
        "escalation 1.5 at 90",
        "escalation 2 at 120",
    ]


def test_business_notices_wait_for_the_opening() -> None:
    """A 15-minute promise, opened on Monday at 16:50: due on Tuesday at 09:05, warned at 09:01:15.

    Opened at 16:45 it is due at 17:00, when nobody is there any more: told on Tuesday at 09:00.
    """
    policy = promising("business", first_response=900)
    late = replace(history(), opened=instant(7 * HOUR + 3000))
    tuesday = 24 * HOUR
    assert said(due(late, 7 * HOUR + 3100, policy, OFFICE)) == [
        f"warning warn at {tuesday + 75}",
        f"breach 1 at {tuesday + 300}",
    ]
    earlier = replace(history(), opened=instant(7 * HOUR + 2700))
    assert said(due(earlier, 7 * HOUR + 2800, policy, OFFICE)) == [
        f"warning warn at {7 * HOUR + 2700 + 675}",
        f"breach 1 at {tuesday}",
    ]


@pytest.mark.parametrize(
    ("policy", "priority"),
    [
        (promising("business", first_response=900), "urgent"),
        (replace(promising("business", first_response=900), quiet=False), "normal"),
        (promising("calendar", first_response=900), "normal"),
    ],
    ids=["urgent", "told to be loud", "all hours count"],
)
def test_who_must_know_at_once_is_told_at_once(policy: Policy, priority: str) -> None:
    closing = replace(history(), opened=instant(7 * HOUR + 2700))
    found = due(closing, 7 * HOUR + 2800, policy, OFFICE, priority=priority)
    assert said(found)[-1] == f"breach 1 at {8 * HOUR}"


def test_a_policy_may_warn_never() -> None:
    assert said(due(history(), 10, replace(POLICY, warn_at=0, escalate=()))) == ["breach 1 at 60"]


def test_what_was_missed_by_a_change_is_told_when_it_changed() -> None:
    """Not at a time before anybody knew of the promise."""
    (target,) = judge(history(), POLICY, ALL_HOURS, instant(100))
    changed = replace(target, decided=instant(95), on_change=True)
    found = notices_of(12, [changed], POLICY, ALL_HOURS)
    assert said(found) == ["breach 1 at 95", "escalation 1.5 at 95", "escalation 2 at 120"]
