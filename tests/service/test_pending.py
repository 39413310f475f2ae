"""Who waits is told as of now, the same by every word; of a period long over, both (§9.4)."""

import re

import pytest

from kpis import wording
from storage.database import Database
from storage.issues import live, waiting
from storage.workspaces import only_workspace
from tests.service.conftest import Asking

ISSUES = """
    channel | opened           | answered | solved | reopened | person
    --------+------------------+----------+--------+----------+-------
    C1      | 2026-11-02 09:00 | +1 h     | +2 h   |          | mia
    C1      | 2026-11-03 09:00 | +1 h     | +2 h   | +3 d     | mia
    C1      | 2026-11-04 09:00 |          |        |          |
    C2      | 2026-11-10 09:00 |          |        |          |
    C2      | 2026-11-19 09:00 | +1 h     | +1 d   |          | omar
    C2      | 2026-11-20 09:00 | +1 h     |        |          | omar
    C2      | 2026-11-21 20:00 | +13 h    |        |          | omar
    C1      | 2026-11-22 08:00 |          |        |          |
    C1      | 2026-11-22 09:00 | +1 h     | +2 h   |          | mia
"""
"""Now, on the 22nd at noon: six are open, three of them without any answer."""
WAITING, OPEN = (3, "18 d 03 h"), (6, "19 d 03 h")
PENDING = re.compile(r"(\d+) (?:still waiting|still open)(?: now)?, oldest ([^.,)]+)")
LEVEL = re.compile(r"(\d+) open now")


def told(asked: Asking, words: str, issues: str = "") -> str:
    answer = asked(words, issues)
    return " ".join((wording.headline(answer), *wording.details(answer)))


def pending(said: str) -> tuple[int, str]:
    found = PENDING.search(said)
    assert found, said
    return int(found[1]), found[2]


@pytest.mark.parametrize(
    "period", ["", "yesterday", "last week", "last 30 days", "last 7 days", "this week", "today"]
)
def test_every_word_tells_the_same_count_of_the_same_minute(asked: Asking, period: str) -> None:
    """Those of this morning wait too, though the period ended at midnight."""
    assert pending(told(asked, f"first response time {period}", ISSUES)) == WAITING
    for words in ("resolution time", "issues resolved", "reopen rate"):
        assert pending(told(asked, f"{words} {period}")) == OPEN, words
    level = LEVEL.search(told(asked, "open issues"))
    assert level is not None
    assert int(level[1]) == OPEN[0]


def test_the_list_of_issues_holds_as_many(asked: Asking, database: Database) -> None:
    """What /support lists is what the figures call open, and waiting."""
    asked("open issues", ISSUES)
    with database.read() as connection:
        workspace = only_workspace(connection).id
        listed = live(connection, workspace)
        unanswered = [it for it in waiting(connection, workspace) if it.responded is None]
    assert (len(listed), len(unanswered)) == (OPEN[0], WAITING[0])


def test_answered_after_the_period_is_neither_answered_in_it_nor_waiting(asked: Asking) -> None:
    """Asked on Saturday evening, answered on Sunday morning: nobody's wait now."""
    said = told(asked, "first response time yesterday", ISSUES)
    assert said.startswith("No issue was answered in this period; 3 still waiting now")


def test_parts_tell_who_waits_now_and_add_up(asked: Asking) -> None:
    """#care has two of the three, one of them since this morning."""
    parts = asked("first response time by channel", ISSUES).breakdown
    said = [f"{it.name} {it.headline}" for it in parts]
    assert sum(pending(it)[0] for it in said) == WAITING[0]
    assert pending(next(it for it in said if "#care" in it)) == (2, "18 d 03 h")


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2026-11-02..2026-11-08", "1 was waiting at its end, still is, 18 d 03 h"),
        ("2026-11-02..2026-11-10", "2 were waiting at its end, 2 of them still, oldest 18 d 03 h"),
        ("2026-11-09..2026-11-15", "3 still waiting now, oldest 18 d 03 h"),
    ],
)
def test_a_period_long_over_tells_both(asked: Asking, period: str, said: str) -> None:
    """Seven days after its end the end itself is of interest; until then only now is."""
    assert said in told(asked, f"first response time {period}", ISSUES)


def test_of_those_who_waited_then_some_do_not_now(asked: Asking) -> None:
    drawn = """
        opened           | answered
        -----------------+---------
        2026-11-02 09:00 | +1 h
        2026-11-03 09:00 | +10 d
        2026-11-04 09:00 | +11 d
        2026-11-05 09:00 |
    """
    said = told(asked, "first response time 2026-11-02..2026-11-08", drawn)
    assert "1 answered, 3 were waiting at its end, 1 of them still, oldest 17 d 03 h." in said


def test_each_week_tells_who_waited_at_its_end(asked: Asking) -> None:
    """Parts of time differ in who waited then; all would say the same of now."""
    parts = asked("first response time by week 2026-11-02..2026-11-22", ISSUES).breakdown
    heads = [it.headline for it in parts]
    assert "2 answered, 1 was waiting at its end" in heads[0]
    assert "3 still waiting" in heads[-1]


def test_what_nobody_answered_is_nobodys_yet(asked: Asking) -> None:
    """Not “other”: those are people with few."""
    rows = "\n".join(f"C1 | 2026-11-1{at} 09:00 | +1 h | | | mia" for at in range(6))
    drawn = f"{ISSUES.rstrip()}\n    {rows}"
    drawn = "\n".join(it.strip() for it in drawn.strip().splitlines())
    answer = asked("first response time by person", drawn, choices=("figures-by-person",))
    lines = [wording.line(answer, it) for it in answer.breakdown]
    assert [it.name for it in answer.breakdown] == ["mia", "other", "nobody yet"]
    assert "3 still waiting now" in lines[-1]
    assert "none still waiting" in lines[0]
    assert "none still waiting" in lines[1]
