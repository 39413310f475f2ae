"""Promises kept and broken, and when that is decided (support-spec §8 and §10)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from support.hours import business_seconds
from support.policies import Policy, Promise, TargetKind
from support.targets import TargetInstance, TargetState, judge
from support.timeline import State, Timeline
from tests.business_time.calendars import at, due, hours
from tests.business_time.test_durations import of_march
from tests.targets.histories import ALL_HOURS, OFFICE, history, instant, promising, stands

HOUR = 3600
STOCKHOLM = hours("Europe/Stockholm", "MF")
OF_MARCH = Policy(
    "As drawn",
    {
        TargetKind.FIRST_RESPONSE: Promise(2 * HOUR),
        TargetKind.NEXT_RESPONSE: Promise(2 * HOUR),
        TargetKind.FIRST_RESOLUTION: Promise(16 * HOUR),
    },
)


def as_of(now: str, issue: Timeline | None = None) -> dict[str, TargetInstance]:
    """Return the targets of the worked timeline at an instant, by kind and number of the wait."""
    found = judge(issue or of_march(), OF_MARCH, STOCKHOLM, at(now))
    return {f"{it.kind.value} {it.position}": it for it in found}


def test_the_worked_timeline_has_the_due_times_of_the_specification() -> None:
    """§8: over a weekend and a change of clocks, in business time."""
    first = as_of("2026-03-27T15:30Z")["first_response 0"]
    assert (first.state, first.due) == (TargetState.RUNNING, at("2026-03-30T08:20Z"))
    assert first.warn == at("2026-03-30T07:50Z")
    end = as_of("2026-04-02T12:00Z")
    assert end["first_response 0"].decided == at("2026-03-30T07:30Z")
    nexts = [end[f"next_response {wait}"] for wait in (1, 2, 3)]
    assert [it.due for it in nexts] == [
        at("2026-03-30T10:10Z"),
        at("2026-03-31T09:00Z"),
        at("2026-04-01T09:00Z"),
    ]
    assert {it.state for it in end.values()} == {TargetState.MET}
    assert len(end) == 5


def test_a_pause_extends_what_remains_in_business_time() -> None:
    """First due 31 Mar 14:20; 9600 s were used when the pause began; then due 1 Apr 12:20."""
    name = "first_resolution 0"
    before = as_of("2026-03-30T08:59Z")[name]
    assert before.due == at("2026-03-31T14:20Z")
    paused = as_of("2026-03-30T09:00Z")[name]
    assert (paused.state, paused.due, paused.warn) == (TargetState.PAUSED, None, None)
    resumed = as_of("2026-03-31T06:30Z")[name]
    assert (resumed.state, resumed.due) == (TargetState.RUNNING, at("2026-04-01T12:20Z"))
    met = as_of("2026-03-31T08:00Z")[name]
    assert (met.state, met.decided) == (TargetState.MET, at("2026-03-31T07:50Z"))
    assert as_of("2026-04-20T00:00Z")[name] == met, "a reopening does not decide it again"


def test_paused_time_is_not_added_to_the_clock_on_the_wall() -> None:
    """The pause lasted 77,400 s; 31 Mar 14:20 and that much later would be 1 Apr 11:50."""
    resumed = as_of("2026-03-31T06:30Z")["first_resolution 0"]
    assert resumed.due != at("2026-03-31T14:20Z") + 77_400_000_000
    used = business_seconds(STOCKHOLM, at("2026-03-27T15:20Z"), at("2026-03-30T09:00Z"))
    assert used == 9600
    assert resumed.due == due(STOCKHOLM, at("2026-03-31T06:30Z"), 16 * HOUR - used)


@pytest.mark.parametrize(
    ("answered", "now", "expected"),
    [
        (None, 30, "running due 60"),
        (None, 60, "running due 60"),
        (None, 60.000001, "breached due 60"),
        (59, 100, "met due 60"),
        (60, 100, "met due 60"),
        (60.000001, 100, "breached due 60 overrun 0"),
        (100, 5000, "breached due 60 overrun 40"),
    ],
)
def test_a_promise_is_decided_when_it_is_kept_or_falls_due(
    answered: float | None, now: float, expected: str
) -> None:
    """An answer at the very instant is in time; the overrun does not grow after the answer."""
    issue = history(responded=answered) if answered else history()
    assert stands(issue, promising(first_response=60), now) == [expected]


def test_a_breach_is_dated_at_its_due_time_not_at_the_late_answer() -> None:
    """Fallen due on Friday, answered on Monday: it is Friday's."""
    issue = history(responded=3 * 86_400)
    (target,) = judge(issue, promising(first_response=60), ALL_HOURS, instant(9 * 86_400))
    assert target.decided == target.due == instant(60)
    assert target.fulfilled == instant(3 * 86_400)


def test_business_time_decides_when_a_business_promise_falls_due() -> None:
    """Eight hours from Monday 09:00 are due at 17:00, not before Tuesday's opening (D05)."""
    policy = promising("business", first_response=8 * HOUR)
    assert stands(history(), policy, 60, calendar=OFFICE) == ["running due 28800"]
    late = history(responded=9 * HOUR)
    assert stands(late, policy, 10 * HOUR, calendar=OFFICE) == ["breached due 28800 overrun 0"]


def test_there_is_one_next_response_a_wait_and_none_before_the_first() -> None:
    policy = promising(next_response=60)
    assert stands(history(), policy, 1000) == []
    issue = history(responded=10, waits="0-10 response, 50-110 response, 200-300 response, 400-")
    assert stands(issue, policy, 420) == [
        "met due 110",
        "breached due 260 overrun 40",
        "running due 460",
    ]


def test_a_wait_that_a_resolution_ends_is_cancelled_unless_it_was_late_already() -> None:
    policy = promising(next_response=60)
    ended = history(responded=10, waits="0-10 response, 50-70 resolve", spells="0-70 resolved")
    assert stands(ended, policy, 9000) == ["cancelled"]
    late = history(responded=10, waits="0-10 response, 50-150 resolve", spells="0-150 resolved")
    assert stands(late, policy, 9000) == ["breached due 110 overrun 40"]


def test_a_resolution_without_an_answer_keeps_no_promise_of_one() -> None:
    """✅ at 20, nothing written: the promised answer is neither met nor missed."""
    issue = history(waits="0-20 resolve", spells="0-20 resolved")
    policy = promising(first_response=60, first_resolution=600)
    assert stands(issue, policy, 9000) == ["cancelled", "met due 600"]
    late = history(waits="0-80 resolve", spells="0-80 resolved")
    assert stands(late, policy, 9000) == ["breached due 60 overrun 20", "met due 600"]


def test_after_a_reopening_an_answer_that_never_came_is_due_without_the_gap() -> None:
    """20 s of the 60 were used when it was resolved; reopened at 4000, it is due at 4040."""
    issue = history(waits="0-20 resolve, 4000-", spells="0-20 resolved, 4000-")
    assert stands(issue, promising(first_response=60), 4010) == ["running due 4040"]


def test_a_dismissal_cancels_what_is_undecided_and_hides_no_breach() -> None:
    """S28: out of the figures, “1 after breach”."""
    policy = promising(first_response=60, first_resolution=600)
    issue = history(waits="0-100 dismiss", spells="0-100 dismissed")
    assert stands(issue, policy, 9000) == ["breached due 60 overrun 40", "cancelled"]
    merged = history(waits="0-10 merge", spells="0-10 merged")
    assert stands(merged, policy, 9000) == ["cancelled", "cancelled"]


def test_an_orphaned_issue_is_not_decided_any_more() -> None:
    """S26: the channel was archived at 50; at 40 the promise was missed already."""
    issue = history(orphaned=instant(50))
    policy = promising(first_response=60, acknowledge=40)
    assert stands(issue, policy, 9000) == ["breached due 40 overrun 10", "paused"]


def test_an_undone_resolution_never_stopped_the_clock() -> None:
    """The fold has taken the resolution away: due times are as if it had never been."""
    policy = promising(first_resolution=60)
    assert stands(history(spells="0-20 resolved"), policy, 30) == ["met due 60"]
    assert stands(history(), policy, 30) == ["running due 60"]


def test_a_reopening_leaves_the_first_resolution_and_reckons_the_total_without_the_gap() -> None:
    policy = promising(first_resolution=60, total_resolution=100)
    issue = history(responded=10, spells="0-50 resolved, 4000-")
    assert stands(issue, policy, 4010) == ["met due 60", "running due 4050"]
    again = history(responded=10, spells="0-50 resolved, 4000-4060 resolved")
    assert stands(again, policy, 9000) == ["met due 60", "breached due 4050 overrun 10"]


def test_with_the_gap_counted_an_old_issue_is_late_as_soon_as_it_is_reopened() -> None:
    policy = replace(promising(total_resolution=100), exclude_resolved_gap=False)
    issue = history(responded=10, spells="0-50 resolved, 4000-")
    assert stands(issue, policy, 4010) == ["breached due 100"]


def test_waiting_on_the_customer_pauses_resolution_alone_and_only_where_the_policy_says() -> None:
    policy = promising(first_resolution=100, next_response=100)
    issue = history(responded=10, waits="0-10 response, 60-", pauses="20-60", state=State.OPEN)
    assert stands(issue, policy, 70) == ["running due 160", "running due 140"]
    strict = replace(policy, pause_in_waiting=False)
    assert stands(issue, strict, 70) == ["running due 160", "running due 100"]
    waiting = history(responded=10, pauses="20-", state=State.WAITING)
    assert stands(waiting, policy, 5000) == ["paused"]


def test_a_promise_missed_before_the_pause_stays_missed() -> None:
    issue = history(responded=10, pauses="120-", state=State.WAITING)
    assert stands(issue, promising(first_resolution=100), 5000) == ["breached due 100"]


def test_the_overrun_counts_no_pause_and_no_closed_hour() -> None:
    """Due Monday 10:00, paused 10:30–12:00, resolved Tuesday 09:15: 30 min, 5 h and 15 min."""
    policy = promising("business", first_resolution=HOUR)
    spells, pauses = f"0-{24.25 * HOUR:g} resolved", f"{1.5 * HOUR:g}-{3 * HOUR:g}"
    issue = history(responded=10, spells=spells, pauses=pauses)
    (target,) = stands(issue, policy, 9 * 86_400, calendar=OFFICE)
    assert target == f"breached due 3600 overrun {int(5.75 * HOUR)}"
