"""What is told of an earlier moment: what happened later had not happened then."""

import pytest

from kpis import wording
from kpis.answers import Value
from tests.service.conftest import Asking

CAME_BACK = """
    opened           | answered | solved | reopened | solved_again
    -----------------+----------+--------+----------+-------------
    2026-11-02 09:00 | +1 h     | +2 h   | +6 d     |
    2026-11-02 10:00 | +1 h     | +2 h   | +6 d     | +8 d
    2026-11-03 09:00 | +1 h     | +3 h   | +7 d     | +9 d
    2026-11-03 10:00 | +1 h     | +4 h   |          |
    2026-11-04 09:00 | +1 h     | +5 h   |          |
"""
FIRST_WEEK = "2026-11-02..2026-11-06"


@pytest.mark.parametrize(
    ("moment", "solved"),
    [("2026-11-07 00:00", 5), ("2026-11-09 00:00", 3), ("2026-11-11 00:00", 3),
     ("2026-11-13 00:00", 4)],
)  # fmt: skip
def test_a_resolution_stood_until_the_reopening(asked: Asking, moment: str, solved: int) -> None:
    """All five on Saturday; two had come back by Monday, and a third on Tuesday."""
    answer = asked(f"resolution rate {FIRST_WEEK} as of {moment}", CAME_BACK)
    assert answer.main.value == Value(solved / 5, solved / 5, 5)


@pytest.mark.parametrize("view", ["", "cohort "])
@pytest.mark.parametrize("clock", ["", "business hours "])
def test_resolution_time_is_that_of_the_resolution_that_stood(
    asked: Asking, view: str, clock: str
) -> None:
    """2, 2, 3, 4 and 5 h were all there was on Saturday; now three are days or open."""
    words = f"resolution time {view}{clock}{FIRST_WEEK}"
    then = asked(f"{words} as of 2026-11-07 00:00", CAME_BACK)
    if not clock:
        assert then.main.value == Value(3 * 3600, 3 * 3600, 5)
    now = asked(words)
    assert now.main.value != then.main.value


def test_the_previous_cohort_is_seen_as_it_was_at_its_age(asked: Asking) -> None:
    """Five of the week before were solved in a day; that two came back later is no progress."""
    rows = "\n".join(
        f"2026-11-{day:02} {hour:02}:00 | +1 h | +2 h | {again if hour < 11 else ''} |"
        for day, again in ((9, "+9 d"), (16, ""))
        for hour in range(9, 14)
    )
    drawn = f"opened | answered | solved | reopened | solved_again\n---+---\n{rows}"
    main = asked("resolution time cohort 2026-11-16..2026-11-22", drawn).main
    assert main.value == main.previous == Value(7200, 7200, 5)


def test_nobody_waited_at_the_end_of_a_week_in_which_all_was_solved(asked: Asking) -> None:
    """One that came back later was not open at its end."""
    answer = asked(f"resolution time {FIRST_WEEK}", CAME_BACK)
    assert any("none open" in it for it in wording.details(answer))


def test_what_was_dismissed_later_counted_before(asked: Asking) -> None:
    drawn = """
        opened           | solved | dismissed
        -----------------+--------+----------
        2026-11-02 09:00 | +1 h   | +5 d
        2026-11-02 10:00 |        | +5 d
        2026-11-02 11:00 |        |
    """
    answer = asked("resolution rate 2026-11-02 as of 2026-11-04 00:00", drawn)
    assert answer.main.value == Value(1 / 3, 1 / 3, 3)
    assert asked("resolution rate 2026-11-02").main.value == Value(0.0, 0.0, 1)


def test_what_was_merged_later_counted_before(asked: Asking) -> None:
    drawn = """
        opened           | answered | state  | merged
        -----------------+----------+--------+-------
        2026-11-02 09:00 |          | merged | +5 d
        2026-11-02 10:00 | +1 h     |        |
    """
    answer = asked("response rate 2026-11-02 as of 2026-11-04 00:00", drawn)
    assert answer.main.value == Value(0.5, 0.5, 2)
    assert answer.notes == ()
    now = asked("response rate 2026-11-02")
    assert now.main.value == Value(1.0, 1.0, 1)
    assert "Left out: merged 1." in now.notes


def test_a_merged_issue_keeps_no_promise_of_its_own(asked: Asking) -> None:
    """Its messages count in the survivor, whose promise is told already."""
    drawn = """
        opened           | answered | state  | merged | due  | now
        -----------------+----------+--------+--------+------+-----------------
        2026-11-02 09:00 | +30 min  |        |        | +1 h | 2026-11-22 12:00
        2026-11-02 09:10 |          | merged | +5 d   | +1 h | 2026-11-22 12:00
    """
    answer = asked("sla attainment 2026-11-02", drawn)
    assert answer.main.value == Value(1.0, 1.0, 1)
    assert asked("sla attainment 2026-11-02 by day").breakdown[0].value == Value(1.0, 1.0, 1)
    before = asked("sla attainment 2026-11-02 as of 2026-11-04 00:00")
    assert before.main.value == Value(0.5, 0.5, 2)


WAITS = """
    opened           | answered | again   | heard    | closed
    -----------------+----------+---------+----------+-------
    2026-11-09 09:00 | +1 min   | +2 min  | +3 min   |
    2026-11-09 10:00 | +1 min   | +2 min  | +4 min   |
    2026-11-09 11:00 | +1 min   | +2 min  | +5 min   |
    2026-11-09 12:00 | +1 min   | +2 min  | +6 min   |
    2026-11-09 13:00 | +1 min   | +2 min  | +7 min   |
    2026-11-09 14:00 | +1 min   | +2 min  | +6 d     | resolve
    2026-11-09 15:00 | +1 min   | +2 min  | +6 d     | resolve
    2026-11-09 16:00 | +1 min   | +2 min  |          |
"""


def test_a_wait_that_nobody_answered_is_censored_where_it_was_closed(asked: Asking) -> None:
    """Answers after 1 to 5 min, two closed without one, one still waits: 9 in 10 is not reached."""
    answer = asked("next response time cohort 2026-11-09", WAITS)
    assert answer.main.value == Value(240, 240, 8)
    said = wording.details(answer)
    assert said[1] == "5 waits answered, 1 still waiting, oldest 12 d 20 h."
    assert "2 closed without being answered." in answer.notes


def test_a_wait_ran_at_the_end_of_the_day_though_it_was_closed_later(asked: Asking) -> None:
    answer = asked("next response time 2026-11-09", WAITS)
    assert answer.main.value == Value(180, 180, 5)
    assert "5 waits answered, 3 were waiting at its end, 1 of them still, oldest 12 d 20 h." in (
        wording.details(answer)
    )
    assert not any("closed without" in it for it in answer.notes)
    closing = asked("next response time 2026-11-14..2026-11-16")
    assert "2 closed without being answered." in closing.notes


def test_all_time_begins_with_the_first_issue(asked: Asking) -> None:
    """Nothing was before it, so nothing is compared; its words ask the same again."""
    answer = asked("first response time all time", CAME_BACK)
    assert answer.main.value == Value(3600, 3600, 5)
    assert answer.title.endswith(" · all time, since 2 Nov")
    assert answer.main.previous is None
    assert answer.main.change is None
    assert f"{answer.main.series[0].start}" <= "2026-11-02" <= f"{answer.main.series[0].end}"
    again = asked(answer.receipt.repeat)
    assert again.main.value == answer.main.value
    assert asked("open issues ever").main.value == Value(1, 1, 1)


def test_all_time_begins_on_the_first_issues_local_day(asked: Asking) -> None:
    drawn = "opened | answered\n---+---\n2026-11-03 00:30 | +1 h"
    answer = asked("first response time since the start", drawn, zone="Asia/Jakarta")
    assert f"{answer.question.period.start}" == "2026-11-03"


def test_all_time_without_any_issue_is_no_error(asked: Asking) -> None:
    answer = asked("first response time all time", "opened\n---")
    assert "No issue was answered" in wording.headline(answer)
