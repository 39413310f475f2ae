"""The cohort view: what customers who came in a period met, with those still waiting counted."""

import pytest

from kpis import wording
from kpis.answers import Value
from tests.service.conftest import Asking

K1 = [(600, 1), (900, 1), (1200, 1), (1800, 1), (3600, 1), (3600, 0), (7200, 0), (14400, 0),
      (28800, 0), (86400, 0)]  # fmt: skip
K2 = [(600, 1), (900, 1), (1200, 1), (1800, 1), (3600, 1), (3600, 1), (5400, 0), (7200, 0),
      (14400, 1), (86400, 0)]  # fmt: skip
"""support-spec §9.4: seconds, and whether the answer came; checked against lifelines there."""


def draw_samples(samples: list[tuple[int, int]]) -> str:
    """Return issues that all began so long before now (22 November, 12:00) as they have run.

    What was answered began two days ago.
    """
    rows = []
    for seconds, came in samples:
        if came:
            rows.append(f"2026-11-20 12:00 | +{seconds} s")
        else:
            minutes = 12 * 60 - seconds // 60
            day, minute = (22, minutes) if minutes >= 0 else (21, minutes + 1440)
            rows.append(f"2026-11-{day} {minute // 60:02d}:{minute % 60:02d} |")
    return "opened | answered\n---+---\n" + "\n".join(rows)


def test_k1_half_is_reached_and_nine_in_ten_is_not(asked: Asking) -> None:
    """K1: five of ten still wait. Closed ones alone would say 20 min."""
    answer = asked("frt by opened 2026-11-20..2026-11-22", draw_samples(K1))
    assert wording.headline(answer) == "Median 1 h 00 m"
    assert wording.details(answer)[:2] == [
        "9 in 10: not reached (more than 24 h 00 m).",
        "5 answered, 5 still waiting, oldest 24 h 00 m.",
    ]
    assert "10 issues by when opened, followed until now" in wording.footnote(answer)
    activity = asked("frt 2026-11-20..2026-11-22")
    assert wording.headline(activity) == "Median 20 min"
    assert "Mean 27 min." in activity.receipt.lines
    assert not any(it.startswith("Mean") for it in answer.receipt.lines)


def test_k2_an_answer_after_others_gave_up_counts_fully(asked: Asking) -> None:
    """K2: median 3,600, p90 not reached though one answer came after four hours."""
    answer = asked("first response time cohort 2026-11-20..2026-11-22", draw_samples(K2))
    assert answer.main.value == Value(3600, 3600, 10)
    assert "9 in 10: not reached (more than 24 h 00 m)." in wording.details(answer)


def test_a_median_that_is_not_reached_is_a_bound(asked: Asking) -> None:
    """Two of six answered: no median at all, only how long the longest has waited."""
    answer = asked(
        "frt cohort 2026-11-20..2026-11-22",
        draw_samples([(600, 1), (900, 1), (7200, 0), (7200, 0), (7200, 0), (14400, 0)]),
    )
    assert wording.headline(answer) == "Median not reached (more than 4 h 00 m)"
    assert answer.main.value == Value(14400, None, 6)


@pytest.mark.parametrize("words", ["cohort", "by opened", "by when opened", "opened in"])
def test_a_cohort_has_several_names(asked: Asking, words: str) -> None:
    """All say: by when opened, followed until now; the answer says which words give it again."""
    answer = asked(f"frt {words} 2026-11-20..2026-11-22", draw_samples(K1))
    assert answer.question.options == ("cohort",)
    assert answer.receipt.repeat.startswith("first response time cohort 2026-11-20 to 2026-11-22")


def test_what_was_closed_without_an_answer_left_the_wait_then(asked: Asking) -> None:
    """Solved without a word: it neither got its answer nor waits on."""
    issues = """
        opened           | answered | solved
        -----------------+----------+--------
        2026-11-10 09:00 | +1 h     |
        2026-11-10 10:00 | +2 h     |
        2026-11-10 11:00 | +3 h     |
        2026-11-10 12:00 | +4 h     |
        2026-11-10 13:00 |          | +30 min
    """
    answer = asked("frt cohort", issues)
    assert wording.headline(answer) == "Median 2 h 00 m"
    assert "1 closed without being answered." in answer.notes
    assert "4 answered, none still waiting." in wording.details(answer)


def test_an_orphaned_issue_is_censored_where_it_was_lost(asked: Asking) -> None:
    """S26: the channel was archived after 500 s; nobody knows what came later."""
    issues = """
        opened           | answered | orphaned
        -----------------+----------+---------
        2026-11-10 09:00 | +600 s   |
        2026-11-10 09:01 | +700 s   |
        2026-11-10 09:02 | +800 s   |
        2026-11-10 09:03 | +900 s   |
        2026-11-10 09:04 |          | +500 s
    """
    answer = asked("frt cohort", issues)
    assert answer.main.value == Value(700, 700, 5)
    assert "1 in channels that I can no longer see." in answer.notes


def test_a_young_cohort_is_immature(asked: Asking) -> None:
    """Younger than the longest target that it was given: it may still move."""
    issues = """
        opened           | answered | due
        -----------------+----------+-----
        2026-11-11 09:00 | +1 h     | +3 d
        2026-11-21 09:00 | +1 h     | +3 d
    """
    young = asked("frt cohort 2026-11-21", issues)
    assert any(it.startswith("Immature") for it in young.notes)
    grown = asked("frt cohort 2026-11-11")
    assert not any(it.startswith("Immature") for it in grown.notes)


def test_cohorts_are_compared_at_the_same_age(asked: Asking) -> None:
    """The week before is told as it was known then: an answer that came later had not come."""
    before = [f"2026-11-0{at} 09:00 | +1 h" for at in range(2, 7)] + ["2026-11-08 09:00 | +9 d"]
    after = [f"2026-11-{at:02d} 09:00 | +1 h" for at in range(9, 15)]
    drawn = "opened | answered\n---+---\n" + "\n".join(before + after)
    answer = asked("response rate last week", drawn)
    assert wording.headline(answer) == "100.0 %, +16.7 pt (83.3 % before)"
