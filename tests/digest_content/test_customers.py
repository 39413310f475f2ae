"""The customers' line: the unanswered are always told, and nothing private leaks."""

from storage.database import Database
from tests.digest_content.conftest import Telling, tell
from tests.service.issues_drawn import draw_issues, track

HEAD = "channel | opened | answered\n---+---+---\n"
FIVE = (
    HEAD
    + """
    C1      | 2026-11-16 09:00 | +10 min
    C1      | 2026-11-17 09:00 | +40 min
    C1      | 2026-11-18 09:00 | +42 min
    C2      | 2026-11-19 09:00 | +50 min
    C2      | 2026-11-20 09:00 | +3 h
"""
)
WAITING = """
    C2      | 2026-11-21 05:00 |
    C1      | 2026-11-22 09:00 |
"""


def test_half_are_answered_in_the_median_and_those_who_wait_are_told(
    database: Database,
) -> None:
    """Five answers: the third is 42 min; the oldest of two has waited since Saturday 05:00."""
    track(database, {"C1": "care", "C2": "shop"})
    draw_issues(database, FIVE + WAITING)
    assert tell(database).customers == (
        "Half of 5 answered in 42 min; 2 still waiting for a first answer, oldest 2 d 04 h."
    )


def test_hidden_channels_are_as_if_nobody_tracked_them(database: Database) -> None:
    """Without #shop three answers are left, too few for a median, and one who waits."""
    track(database, {"C1": "care", "C2": "shop"})
    draw_issues(database, FIVE + WAITING)
    report = tell(database, hidden=frozenset({"C2"}))
    assert report.customers == (
        "3 answered, in 10 min, 40 min and 42 min; "
        "1 still waiting for a first answer, oldest 24 h 00 m."
    )
    assert tell(database, hidden=frozenset({"C1", "C2"})).customers == ""


def test_a_week_without_any_answer_tells_who_waits(database: Database) -> None:
    """Nobody was answered: that is said, never left out."""
    track(database, {"C1": "care", "C2": "shop"})
    draw_issues(database, HEAD + WAITING)
    assert tell(database).customers == (
        "2 new issues, none answered; 2 still waiting for a first answer, oldest 2 d 04 h."
    )


def test_a_quiet_week_says_so(database: Database) -> None:
    """Tracked, and nothing happened."""
    track(database)
    assert tell(database).customers == "No new issues; nobody waits for a first answer."


def test_without_tracking_there_is_no_line(told: Telling) -> None:
    """Nobody tracks issues: nothing is said of customers."""
    assert told().customers == ""


def test_the_part_can_be_left_out(database: Database) -> None:
    """A channel that chose no customers is told nothing of them, nor a step about them."""
    track(database, {"C1": "care"})
    draw_issues(database, FIVE.replace("C2", "C1"))
    report = tell(database, left_out=frozenset({"customers"}))
    assert report.customers == ""
