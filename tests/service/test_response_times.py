"""First and next response times: medians of what was answered, and who still waits."""

import random
from datetime import UTC, datetime

import numpy as np
import pytest

from kpis import wording
from kpis.answers import Absent, Reason, Value
from kpis.numbers import write
from storage.database import Database
from storage.errors import KepiError
from support.rules import Rules
from tests.service.conftest import Asking
from tests.service.issues_drawn import track

SIX = """
    channel | opened           | answered | platform  | person
    --------+------------------+----------+-----------+-------
    C1      | 2026-11-02 09:00 | +10 min  | x         | mia
    C1      | 2026-11-03 09:00 | +20 min  | x         | mia
    C1      | 2026-11-04 09:00 | +30 min  | instagram | omar
    C2      | 2026-11-05 09:00 | +40 min  | instagram | mia
    C2      | 2026-11-06 09:00 | +2 h     | instagram | mia
    C2      | 2026-11-20 12:00 |          | x         |
"""


def test_the_median_and_nine_in_ten_come_with_what_still_waits(asked: Asking) -> None:
    """Five answers, one customer without: the half, the slow tenth, and the one who waits."""
    answer = asked("first response time", SIX)
    assert wording.headline(answer) == "Median 30 min"
    assert wording.details(answer)[:3] == [
        "9 in 10 within 1 h 28 m.",
        "5 answered, 1 still waiting now, oldest 2 d 00 h.",
        "In business hours: median 30 min, 9 in 10 within 1 h 28 m.",
    ]
    assert wording.footnote(answer) == (
        "25 Oct – 21 Nov, UTC · 5 issues by when answered, all hours, answered in the thread"
    )


def test_the_median_is_numpys(asked: Asking) -> None:
    """support-spec §9.2: linear interpolation; p50 450, p90 15,120, p95 50,760, mean 9,780."""
    seconds = [60, 120, 180, 240, 300, 600, 900, 1800, 7200, 86_400]
    rows = "\n".join(f"2026-11-02 09:{at:02d} | +{it} s" for at, it in enumerate(seconds))
    answer = asked("frt", f"opened | answered\n---+---\n{rows}")
    assert isinstance(answer.main.value, Value)
    assert answer.main.value.low == np.quantile(seconds, 0.5) == 450
    assert "9 in 10 within 4 h 12 m." in wording.details(answer)
    assert "Mean 2 h 43 m." in answer.receipt.lines
    assert "19 in 20 (p95) needs 20 samples; there are 10." in answer.receipt.lines


def test_random_medians_are_numpys(asked: Asking) -> None:
    """Whatever the samples, also p95 where there are twenty."""
    rng = random.Random(7)
    seconds = [round(rng.lognormvariate(7, 1.5)) for _ in range(57)]
    rows = "\n".join(f"2026-11-02 09:{at:02d} | +{it} s" for at, it in enumerate(seconds))
    answer = asked("frt 2026-11-01..2026-11-21", f"opened | answered\n---+---\n{rows}")
    ended = [it for it in seconds if it < 20 * 86_400]
    assert isinstance(answer.main.value, Value)
    assert answer.main.value.low == pytest.approx(np.quantile(ended, 0.5))
    p95 = write(float(np.quantile(ended, 0.95)), answer.unit)
    assert f"19 in 20 (p95): {p95}." in answer.receipt.lines


@pytest.mark.parametrize(
    ("answers", "headline"),
    [
        (["+12 min"], "12 min"),
        (["+3 h", "+42 s", "+12 min", "+40 min"], "42 s, 12 min, 40 min and 3 h 00 m"),
    ],
)
def test_fewer_than_five_are_listed_without_any_quantile(
    asked: Asking, answers: list[str], headline: str
) -> None:
    """A median of four would claim more than four answers can."""
    rows = "\n".join(f"2026-11-02 09:0{at} | {it}" for at, it in enumerate(answers))
    answer = asked("first response time", f"opened | answered\n---+---\n{rows}")
    assert wording.headline(answer) == headline
    assert "edian" not in " ".join([wording.headline(answer), *wording.details(answer)[1:]])
    assert f"{len(answers)} answered, none still waiting." in wording.details(answer)


def test_nobody_was_answered_but_somebody_waits(asked: Asking) -> None:
    """No number at all still says who waits."""
    answer = asked("frt", "opened\n---\n2026-11-20 12:00\n2026-11-19 12:00")
    assert isinstance(answer.main.value, Absent)
    assert answer.main.value.words == (
        "No issue was answered in this period; 2 still waiting now, oldest 3 d 00 h."
    )


def test_without_any_channel_it_says_what_to_do(asked: Asking) -> None:
    """Nothing is tracked, so nothing is zero."""
    answer = asked("first response time")
    assert answer.main.value == Absent(
        Reason.NO_DATA, "No tracked channel yet. Set one up: /support setup."
    )


def test_what_waited_at_the_end_of_a_past_period_is_told_apart_from_what_waits_now(
    asked: Asking,
) -> None:
    """Two were without an answer when the week ended; one of them got it on Monday."""
    issues = """
        opened           | answered
        -----------------+---------
        2026-11-02 09:00 | +1 h
        2026-11-07 09:00 | +2 d
        2026-11-08 09:00 |
    """
    said = "1 answered, 2 were waiting at its end, 1 of them still, oldest 14 d 03 h."
    assert said in wording.details(asked("frt 2026-11-02..2026-11-08", issues))


def test_s32_an_answer_after_midnight_belongs_to_the_new_week(asked: Asking) -> None:
    """Opened Sunday 23:59:30, answered Monday 00:00:30: in the new week; by opened, in the old."""
    issues = """
        opened              | answered
        --------------------+---------
        2026-11-15 23:59:30 | +60 s
    """
    at = {"zone": "Europe/Stockholm"}
    assert wording.headline(asked("frt 2026-w47", issues, **at)) == "1 min"
    assert isinstance(asked("frt 2026-w46").main.value, Absent)
    assert wording.headline(asked("frt by opened 2026-w46")) == "1 min"
    assert isinstance(asked("frt by opened 2026-w47").main.value, Absent)
    assert wording.headline(asked("issues 2026-w46")) == "1"


@pytest.mark.parametrize(
    ("week", "first", "last", "hours"),
    [
        ("2026-w13", "2026-03-23 00:00", "2026-03-29 23:59:59", 167),
        ("2026-w43", "2026-10-19 00:00", "2026-10-25 23:59:59", 169),
    ],
)
def test_s29_a_week_in_which_the_clocks_change_loses_and_doubles_nothing(
    asked: Asking, week: str, first: str, last: str, hours: int
) -> None:
    """Issues at both edges and one each side of them: the week holds two of four."""
    edges = {
        "2026-w13": ("2026-03-22 23:59:59", "2026-03-30 00:00"),
        "2026-w43": ("2026-10-18 23:59:59", "2026-10-26 00:00"),
    }[week]
    rows = "\n".join((edges[0], first, last, edges[1]))
    drawn = f"opened\n---\n{rows}"
    answer = asked(f"issues {week}", drawn, zone="Europe/Stockholm")
    assert wording.headline(answer).startswith("2")
    assert sum(it.value or 0 for it in answer.main.series) == 2
    stockholm = [datetime.fromisoformat(it).astimezone(UTC) for it in span(week)]
    assert (stockholm[1] - stockholm[0]).total_seconds() == hours * 3600
    others = {"2026-w13": ("2026-w12", "2026-w14"), "2026-w43": ("2026-w42", "2026-w44")}[week]
    assert [wording.headline(asked(f"issues {it}"))[0] for it in others] == ["1", "1"]


def span(week: str) -> tuple[str, str]:
    if week == "2026-w13":
        return "2026-03-23T00:00+01:00", "2026-03-30T00:00+02:00"
    return "2026-10-19T00:00+02:00", "2026-10-26T00:00+01:00"


def test_s28_what_was_dismissed_is_left_out_and_said(asked: Asking) -> None:
    """Dismissed after its target had passed: not in the median, but not hidden either."""
    issues = """
        opened           | answered | dismissed | due  | state
        -----------------+----------+-----------+------+-------
        2026-11-10 09:00 | +5 min   |           |      |
        2026-11-10 10:00 |          | +3 h      | +1 h |
        2026-11-10 11:00 |          | +10 min   | +1 h |
        2026-11-10 12:00 |          |           |      | merged
    """
    answer = asked("first response time", issues)
    assert wording.headline(answer) == "5 min"
    assert "1 answered, none still waiting." in wording.details(answer)
    assert "Left out: dismissed 2 (1 after a breach), merged 1." in answer.notes


def test_an_imprecise_end_is_counted_and_not_measured(asked: Asking) -> None:
    """Found after an outage of 81 minutes: later than 100 s. Within 15 minutes it is measured."""
    issues = """
        opened           | answered | after
        -----------------+----------+--------
        2026-11-10 09:00 | +5000 s  | +100 s
        2026-11-10 10:00 | +1000 s  | +200 s
    """
    answer = asked("frt", issues)
    assert wording.headline(answer) == "17 min"
    assert "1 imprecise (bot offline): counted, not measured." in answer.notes


def test_answers_by_hand_are_flagged_and_strict_leaves_them_out(asked: Asking) -> None:
    """A click that says “I called them” is an answer, unless one asks strictly."""
    issues = """
        opened           | answered | flags
        -----------------+----------+---------
        2026-11-10 09:00 | +10 min  |
        2026-11-10 10:00 | +30 min  | manual
        2026-11-10 11:00 | +50 min  | inferred
    """
    answer = asked("frt", issues)
    assert wording.headline(answer) == "10 min, 30 min and 50 min"
    assert (
        "1 marked by hand, 1 found outside of the thread. “strict” leaves these out."
        in answer.notes
    )
    strict = asked("frt strict")
    assert wording.headline(strict) == "10 min"
    assert "Strict: 2 marked by hand or inferred left out." in strict.notes


def test_the_words_business_hours_swap_the_clocks(asked: Asking) -> None:
    """All hours come first; with “in business hours” those do, and the other stands beside."""
    rows = "\n".join(f"2026-11-0{at} 18:00 | +{at} h | {at * 60}" for at in range(2, 8))
    answer = asked("frt", f"opened | answered | business\n---+---+---\n{rows}")
    assert wording.headline(answer) == "Median 4 h 30 m"
    assert "In business hours: median 5 min, 9 in 10 within 7 min." in wording.details(answer)
    swapped = asked("frt in business hours")
    assert wording.headline(swapped) == "Median 5 min"
    assert "In all hours: median 4 h 30 m, 9 in 10 within 6 h 30 m." in wording.details(swapped)
    assert "business hours" in wording.footnote(swapped)
    assert wording.headline(asked("frt working hours")) == "Median 5 min"


def test_next_responses_count_waits(asked: Asking) -> None:
    """One issue, two answers: the second is the sample; the first is the first response."""
    issues = """
        opened           | answered | again  | heard
        -----------------+----------+--------+--------
        2026-11-10 09:00 | +10 min  | +1 h   | +90 min
        2026-11-21 09:00 | +10 min  | +1 h   |
    """
    answer = asked("next response time", issues)
    assert wording.headline(answer) == "30 min"
    assert "1 wait answered, 1 still waiting now, oldest 26 h 00 m." in wording.details(answer)
    assert "Counts waits, not issues: one issue may have several." in answer.notes


@pytest.mark.parametrize(
    ("rules", "label"),
    [
        (Rules(), "answered in the thread"),
        (Rules(response_signal="marker"), "answered once marked as sent"),
        (Rules(ack_counts_as_response=True), "answered in the thread; a reaction counts too"),
    ],
)
def test_what_counts_as_an_answer_is_printed(asked: Asking, rules: Rules, label: str) -> None:
    """“Answered in the thread” and “answered on Instagram” are different claims."""
    assert wording.footnote(asked("frt", SIX, rules=rules)).endswith(label)


def test_a_change_is_told_where_both_periods_have_five(asked: Asking) -> None:
    """Twice as fast is −50 %; with four before, nothing is said."""
    before = [f"2026-11-0{at} 09:00 | +60 min" for at in range(2, 7)]
    after = [f"2026-11-{at:02d} 09:00 | +30 min" for at in range(9, 14)]
    drawn = "opened | answered\n---+---\n" + "\n".join(before + after)
    assert (
        wording.headline(asked("frt last week", drawn)) == "Median 30 min, −50 % (1 h 00 m before)"
    )


def test_with_four_before_no_change_is_told(asked: Asking) -> None:
    before = [f"2026-11-0{at} 09:00 | +60 min" for at in range(2, 6)]
    after = [f"2026-11-{at:02d} 09:00 | +30 min" for at in range(9, 14)]
    drawn = "opened | answered\n---+---\n" + "\n".join(before + after)
    assert wording.headline(asked("frt last week", drawn)) == "Median 30 min"


def test_today_is_told_up_to_now(asked: Asking) -> None:
    """Issues are live: today counts, until now; other KPIs still end yesterday."""
    answer = asked("frt today", "opened | answered\n---+---\n2026-11-22 09:00 | +10 min")
    assert wording.headline(answer) == "10 min"
    assert wording.footnote(answer).startswith("22 Nov until 12:00, UTC")


def test_a_running_day_is_compared_with_as_much_of_the_day_before(asked: Asking) -> None:
    """At noon in Stockholm, in summer time: yesterday until noon, not the whole of it."""
    issues = """
        opened
        ----------------
        2026-06-29 09:00
        2026-06-30 11:59
        2026-06-30 12:01
        2026-06-30 23:00
        2026-07-01 08:00
        2026-07-01 09:00
    """
    noon = datetime(2026, 7, 1, 10, tzinfo=UTC)
    answer = asked("issues today", issues, now=noon, zone="Europe/Stockholm")
    assert wording.headline(answer) == "2, +100 % (1 before)"
    assert wording.footnote(answer).startswith("1 Jul until 12:00, Stockholm time")


def test_an_account_is_refused_with_what_works(asked: Asking, database: Database) -> None:
    """Issues know their platform and their channel."""
    from tests.drawn import fill

    fill(database, days="day | account | likes\n---+---+---\n2026-11-02 | acme | 1")
    with pytest.raises(KepiError, match="known by platform and channel, not by account"):
        asked("frt instagram acme", SIX)


def test_what_was_known_then_is_told_as_of_then(asked: Asking) -> None:
    """An answer of the afternoon is none in the morning."""
    issues = "opened | answered\n---+---\n2026-11-20 09:00 | +6 h"
    then = asked("frt 2026-11-20 as of 2026-11-20 12:00", issues)
    assert isinstance(then.main.value, Absent)
    assert "1 still waiting, oldest 3 h 00 m" in then.main.value.words
    assert wording.headline(asked("frt 2026-11-20")) == "6 h 00 m"


def test_a_channel_is_named_by_its_name_or_its_mention(asked: Asking) -> None:
    """“#shop” and Slack's own “<#C2|anything>” are the same channel."""
    named, mentioned = asked("frt #shop", SIX), asked("frt <#C2|renamed>")
    assert wording.headline(named) == wording.headline(mentioned) == "40 min and 2 h 00 m"
    assert named.title == "First response time · #shop · last 28 days"
    assert wording.headline(asked("frt instagram")) == "30 min, 40 min and 2 h 00 m"


def test_only_issues_are_known_by_channel(asked: Asking) -> None:
    """A post has no Slack channel."""
    with pytest.raises(KepiError, match="Only customer issues are known by Slack channel"):
        asked("likes #shop", SIX)


@pytest.mark.parametrize("workspaces", [1])
def test_tracking_alone_is_no_answer_yet(
    database: Database, workspaces: int, asked: Asking
) -> None:
    """A channel is tracked and nobody wrote: that is not the same as no channel."""
    track(database)
    assert "none still waiting" in str(asked("frt").main.value)
