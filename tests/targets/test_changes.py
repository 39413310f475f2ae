"""When policies and priorities change: what is decided stays, the rest is reckoned anew (§10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection

from storage import policies as rows
from storage.database import Database
from storage.errors import KepiError
from storage.workspaces import make_workspace, only_workspace
from support.policies import Policy, Promise, Scope, TargetKind
from support.policy_book import (
    PolicyBook,
    Version,
    current_policies,
    load_policies,
    save_policy,
)
from support.targets import judge
from support.timeline import Step, Timeline
from tests.targets.histories import ALL_HOURS, history, instant, promising, told

FIRST = TargetKind.FIRST_RESPONSE
NORMAL = replace(promising(first_response=100), name="Normal", scope=Scope(priority="normal"))
URGENT = replace(promising(first_response=40), name="Urgent", scope=Scope(priority="urgent"))
BY_PRIORITY = PolicyBook((Version(1, 0, None, NORMAL), Version(2, 0, None, URGENT)))
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def made(priority: str, seconds: float) -> Step:
    return Step(instant(seconds), "priority", "U1", why=priority)


def at_last(book: PolicyBook, issue: Timeline, now: float) -> list[str]:
    plan = book.plan(issue, instant(now))
    return [told(it) for it in judge(issue, plan, ALL_HOURS, instant(now))]


def test_a_higher_priority_shortens_what_is_undecided_from_the_original_start() -> None:
    """Made urgent at 20: due at 40, not 20 + 40."""
    issue = history(steps=[made("urgent", 20)], priority="urgent")
    assert at_last(BY_PRIORITY, issue, 10) == ["running due 100"]
    assert at_last(BY_PRIORITY, issue, 30) == ["running due 40"]
    assert at_last(BY_PRIORITY, issue, 50) == ["breached due 40"]


def test_what_is_past_already_is_missed_at_the_change_and_says_so() -> None:
    """Made urgent at 60: 40 s have passed, and nobody could have known."""
    issue = history(steps=[made("urgent", 60)], priority="urgent", responded=70)
    assert at_last(BY_PRIORITY, issue, 90) == ["breached due 40 overrun 30 on change at 60"]


def test_what_is_decided_stays_decided() -> None:
    """Met at 50 under the longer promise, or missed under the shorter one, before the change."""
    met = history(steps=[made("urgent", 60)], priority="urgent", responded=50)
    assert at_last(BY_PRIORITY, met, 90) == ["met due 100"]
    missed = history(steps=[made("urgent", 0), made("normal", 60)], priority="normal")
    assert at_last(BY_PRIORITY, missed, 90) == ["breached due 40"]


def test_the_priority_given_when_it_was_tracked_held_from_the_opening() -> None:
    """An old message, tracked at 500 as urgent: no change, and not missed “on change”."""
    issue = history(steps=[made("urgent", 500)], priority="urgent", tracked=instant(500))
    assert at_last(BY_PRIORITY, issue, 600) == ["breached due 40"]
    plain = history(priority="urgent")
    assert at_last(BY_PRIORITY, plain, 30) == ["running due 40"]


def test_a_changed_policy_is_for_new_issues() -> None:
    shorter = replace(NORMAL, targets={FIRST: Promise(60)})
    book = PolicyBook((Version(1, 0, instant(30), NORMAL), Version(2, instant(30), None, shorter)))
    assert book.plan(history(), instant(90))[-1].id == 1
    later = replace(history(), opened=instant(31))
    assert [it.id for it in book.plan(later, instant(90))] == [2]
    assert [it.id for it in book.plan(replace(later, opened=instant(30)), instant(90))] == [2]


def test_a_change_of_priority_brings_no_policy_that_is_for_new_issues() -> None:
    """Made urgent at 60: by the urgent policy of its opening, not by the one saved at 30."""
    shorter = replace(URGENT, targets={FIRST: Promise(1)})
    versions = (
        Version(1, 0, None, NORMAL),
        Version(2, 0, instant(30), URGENT),
        Version(3, instant(30), None, shorter),
    )
    issue = history(steps=[made("urgent", 60)], priority="urgent")
    assert [it.id for it in PolicyBook(versions).plan(issue, instant(90))] == [1, 2]


def test_a_changed_policy_can_be_for_open_issues_too() -> None:
    """From its moment on: what was met before it came stays, what was not promised is not due."""
    shorter = replace(NORMAL, targets={FIRST: Promise(60)}, applies_to_open=True)
    both = replace(
        promising(first_response=60, acknowledge=60), name="Normal", applies_to_open=True
    )
    for changed in (shorter, both):
        book = PolicyBook(
            (
                Version(1, 0, instant(30), replace(NORMAL, scope=Scope())),
                Version(2, instant(30), None, replace(changed, scope=Scope())),
            )
        )
        assert at_last(book, history(), 20) == ["running due 100"]
        assert at_last(book, history(), 50)[-1] == "running due 60"
        answered = history(responded=25, acknowledged=25)
        assert at_last(book, answered, 50) == ["met due 100"]


def test_a_promise_that_is_taken_back_is_cancelled_while_it_is_undecided() -> None:
    other = Policy("Normal", {TargetKind.ACKNOWLEDGE: Promise(60)}, applies_to_open=True)
    book = PolicyBook(
        (
            Version(1, 0, instant(30), replace(NORMAL, scope=Scope())),
            Version(2, instant(30), None, replace(other, targets={FIRST: Promise(60)})),
            Version(3, instant(40), None, other),
        )
    )
    (acknowledge, first) = at_last(book, history(), 50)
    assert (acknowledge, first) == ("running due 60", "cancelled")


def test_without_a_policy_nothing_is_promised() -> None:
    assert at_last(PolicyBook(), history(), 50) == []


def test_an_issue_from_before_every_policy_has_none_unless_one_is_for_open_ones() -> None:
    late = Version(1, instant(30), None, replace(NORMAL, scope=Scope()))
    assert at_last(PolicyBook((late,)), history(), 50) == []
    also = late._replace(policy=replace(late.policy, applies_to_open=True))
    assert at_last(PolicyBook((also,)), history(), 50) == ["running due 100"]


def test_working_hours_are_those_of_the_policy_at_the_opening_or_of_the_channel() -> None:
    """A policy that comes later for open issues brings no other hours."""
    own = replace(NORMAL, scope=Scope(), calendar=7)
    later = replace(own, calendar=9, applies_to_open=True)
    book = PolicyBook((Version(1, 0, instant(30), own), Version(2, instant(30), None, later)))
    assert book.calendar_of(history(), 3) == 7
    assert BY_PRIORITY.calendar_of(history(), 3) == PolicyBook().calendar_of(history(), 3) == 3


def save(connection: Connection, workspace: int, policy: Policy, minute: int = 0) -> int:
    return save_policy(connection, workspace, policy, "U1", NOON.replace(minute=minute))


def test_a_saved_policy_takes_the_place_of_its_name(database: Database) -> None:
    """The old row keeps until when it held; the history can say what held at any time."""
    longer = replace(NORMAL, targets={FIRST: Promise(7200)})
    with database.write() as connection:
        workspace = only_workspace(connection).id
        save(connection, workspace, replace(NORMAL, name="Normal "))
        save(connection, workspace, longer, 30)
        third = save(connection, workspace, Policy("Urgent", longer.targets, order=9), 40)
        assert [it.policy for it in load_policies(connection, workspace).versions] == [
            NORMAL,
            longer,
            Policy("Urgent", longer.targets, order=9),
        ]
        assert current_policies(connection, workspace) == [
            longer,
            Policy("Urgent", longer.targets, order=9),
        ]
        assert rows.retire(connection, workspace, "Normal", NOON.replace(minute=50))
        assert not rows.retire(connection, workspace, "Normal", NOON.replace(minute=51))
        assert [it.id for it in rows.current(connection, workspace)] == [third]
        assert [it.until is None for it in rows.history(connection, workspace)] == [
            False,
            False,
            True,
        ]


def test_a_tie_is_not_saved(database: Database) -> None:
    with database.write() as connection:
        workspace, other = only_workspace(connection).id, make_workspace(connection, "T2").id
        save(connection, workspace, NORMAL)
        tied = Policy("Channel", NORMAL.targets, Scope(channel="C1"))
        with pytest.raises(KepiError, match="another order"):
            save(connection, workspace, tied)
        assert current_policies(connection, workspace) == [NORMAL]
        save(connection, other, tied)
        assert current_policies(connection, other) == [tied]
