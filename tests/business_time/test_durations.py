"""How long one issue took, by both clocks: the timeline of support-spec §8, and its edges."""

from __future__ import annotations

import pytest

from kpis.service_rows import Row
from kpis.service_samples import is_precise
from support.durations import Took, count_runs, measure
from support.hours import ALWAYS
from support.timeline import IssueKey, Pause, Spell, State, Timeline, Wait
from tests.business_time.calendars import at, hours, weekly

STOCKHOLM = hours("Europe/Stockholm", "MF")
NIGHT_AND_DAY = weekly("UTC", ALWAYS)
LATER = at("2026-04-20T12:00:00Z")


def of_march() -> Timeline:
    """The complaint of Friday 27 March: answered on Monday, reopened on Tuesday evening."""
    opened = at("2026-03-27T15:20:00Z")
    return Timeline(
        key=IssueKey("C1", "1774624800.000000"),
        opened=opened,
        via="relay",
        posted=opened,
        source_at=at("2026-03-27T15:18:30.500Z"),
        state=State.RESOLVED,
        acknowledged=at("2026-03-27T15:50:00Z"),
        responded=at("2026-03-30T07:30:00Z"),
        waits=[
            Wait(opened, at("2026-03-30T07:30:00Z"), "response"),
            Wait(at("2026-03-30T08:10:00Z"), at("2026-03-30T09:00:00Z"), "response"),
            Wait(at("2026-03-31T06:30:00Z"), at("2026-03-31T07:45:00Z"), "response"),
            Wait(at("2026-03-31T16:30:00Z"), at("2026-04-01T07:20:00Z"), "response"),
        ],
        pauses=[Pause(at("2026-03-30T09:00:00Z"), at("2026-03-31T06:30:00Z"))],
        spells=[
            Spell(opened, ended=at("2026-03-31T07:50:00Z"), ended_by="resolved"),
            Spell(
                at("2026-03-31T16:30:00Z"),
                "reopened",
                at("2026-04-01T08:00:00Z"),
                "resolved",
            ),
        ],
        responses=[
            (at("2026-03-30T07:30:00Z"), "U1"),
            (at("2026-03-30T09:00:00Z"), "U1"),
            (at("2026-03-31T07:45:00Z"), "U1"),
        ],
        reopens=[(at("2026-03-31T16:30:00Z"), "customer")],
    )


def test_a_weekend_with_a_change_of_clocks_is_measured_as_the_specification_says() -> None:
    """Calendar and business seconds of every metric (§8); a fixed offset gives 2400 or 1800."""
    took = measure(of_march(), STOCKHOLM, LATER)
    assert took.acknowledge == (1800, 1800)
    assert took.first_response == (231000, 4200)
    assert took.next_responses == ((3000, 3000), (4500, 2700), (53400, 1200))
    assert took.customer_wait == (291900, 11100)
    assert took.ended_waits == (291900, 11100)
    assert took.first_resolution == (318600, 34200)
    assert took.resolution == (405600, 63600)
    assert took.paused == took.ended_pauses == (77400, 21600)
    assert took.gaps == (31200, 25800)
    assert took.active_resolution == took.live == (374400, 37800)
    assert took.team == (297000, 16200)
    assert took.relay_lag == 89
    assert took.responses == 3


def simple(opened: int = 0, **more: object) -> Timeline:
    given = {"state": State.OPEN, "waits": [Wait(0)], "spells": [Spell(0)]} | more
    return Timeline(key=IssueKey("C1", "0.0"), opened=opened, via="message", **given)  # type: ignore[arg-type]


def second(number: float) -> int:
    return round(number * 1_000_000)


def test_an_unanswered_issue_has_waited_until_now_and_has_no_response_time() -> None:
    took = measure(simple(), NIGHT_AND_DAY, second(500.9))
    assert took.first_response is took.resolution is took.first_resolution is None
    assert took.customer_wait == took.live == took.team == Took(500, 500)
    assert took.ended_waits == Took(0, 0)


def test_an_orphaned_issue_stands_still() -> None:
    """S26: the channel was archived at 500, and nothing is counted after that."""
    took = measure(simple(orphaned=second(500)), NIGHT_AND_DAY, second(9000))
    assert took.customer_wait == took.live == Took(500, 500)


def test_a_resolution_without_an_answer_gives_wait_but_no_sample() -> None:
    """S05: 20 s after the second question somebody sets ✅; that is no next response."""
    issue = simple(
        state=State.RESOLVED,
        responded=second(10),
        waits=[
            Wait(0, second(10), "response"),
            Wait(second(50), second(60), "resolve"),
        ],
        spells=[Spell(0, ended=second(60), ended_by="resolved")],
    )
    took = measure(issue, NIGHT_AND_DAY, LATER)
    assert took.next_responses == ()
    assert took.customer_wait == Took(20, 20)


def test_the_first_response_may_come_after_a_reopening_and_is_not_a_next_one() -> None:
    """Closed by a mark alone, reopened by the customer, answered: one first response, no next."""
    issue = simple(
        state=State.RESPONDED,
        responded=second(4100),
        waits=[Wait(0, second(20), "resolve"), Wait(second(4000), second(4100), "response")],
        spells=[Spell(0, ended=second(20), ended_by="resolved"), Spell(second(4000), "reopened")],
    )
    took = measure(issue, NIGHT_AND_DAY, second(5000))
    assert took.first_response == Took(4100, 4100)
    assert took.next_responses == ()
    assert took.resolution is None
    assert took.first_resolution == Took(20, 20)
    assert took.live == Took(1020, 1020)
    assert took.gaps == Took(3980, 3980)


def test_off_hours_work_is_a_sample_of_nothing_and_not_dropped() -> None:
    """Asked and answered on Saturday: five minutes by the clock, none of them working hours."""
    opened, answered = at("2026-03-07T10:00:00Z"), at("2026-03-07T10:05:00Z")
    issue = simple(opened=opened, responded=answered, waits=[Wait(opened, answered, "response")])
    assert measure(issue, STOCKHOLM, LATER).first_response == Took(300, 0)


@pytest.mark.parametrize(
    ("answers", "count"),
    [
        ((), 0),
        (((0, "A"),), 1),
        (((0, "A"), (119, "A"), (239, "A")), 1),
        (((0, "A"), (120, "A")), 1),
        (((0, "A"), (121, "A")), 2),
        (((0, "A"), (10, "B"), (20, "A")), 3),
    ],
)
def test_a_run_of_answers_by_one_person_is_one(
    answers: tuple[tuple[int, str], ...], count: int
) -> None:
    assert count_runs([(second(when), who) for when, who in answers]) == count


@pytest.mark.parametrize(
    ("low", "value", "counts"),
    [
        (None, 10, True),
        (100, 1000, True),
        (99, 1000, False),
        (90_000, 100_000, True),
        (89_999, 100_000, False),
    ],
)
def test_a_bounded_time_counts_where_its_bounds_are_close(
    low: int | None, value: int, counts: bool
) -> None:
    """At most 15 minutes apart, or a tenth of the value (§6.5)."""
    bound = None if low is None else second(low)
    blank = Row._make(0 for _ in Row._fields)
    row = blank._replace(low=bound, end=second(value), seconds=value)
    assert is_precise(row) is counts
