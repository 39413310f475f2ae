"""What happened between two digests: goals decided, surges told whole (features H6, row 105)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from storage import alerts, goals, incidents
from storage.database import Database
from tests.digest_content.conftest import MONDAY, only_workspace_id, put, tell
from tests.digest_content.test_goals import ACCOUNTS, ROWS, set_goal
from tests.service.issues_drawn import draw_issues, track

NOON = datetime(2026, 11, 18, 12, 10, tzinfo=UTC)
"""A Wednesday of week 47."""
SURGE = "Negative mentions surged Wed 18 Nov 12:10. Normal since 16:30. Lasted 4 h 20 min"
WORDS = "Normal since 16:30. Lasted 4 h 20 min, 58 mentions."
GOAL = "9,000 likes, Instagram acme, in November 2026."


def decide(database: Database, state: str, at: datetime) -> None:
    workspace = only_workspace_id(database)
    with database.write() as connection:
        goals.decide(connection, workspace, 1, state, at, was="open")


@pytest.mark.parametrize(
    ("state", "at", "told"),
    [
        ("reached", MONDAY - timedelta(minutes=1), "well"),
        ("missed", MONDAY - timedelta(days=6), "care"),
        ("reached", MONDAY - timedelta(days=8), ""),  # week 46's digest told it
        ("reached", MONDAY + timedelta(hours=1), ""),  # week 48's will
        ("dropped", MONDAY - timedelta(days=1), ""),
    ],
)
def test_a_goal_is_told_by_the_first_digest_after_it_was_decided(
    database: Database, state: str, at: datetime, told: str
) -> None:
    """Reached is a win, missed needs care; each is told once, and no longer as open."""
    put(database, {**ROWS, "accounts": ACCOUNTS})
    set_goal(database, accounts=[1])
    decide(database, state, at)
    report = tell(database, zone="UTC")
    line = f"Goal {state}: {GOAL}"
    assert (line in report.went_well, line in report.needs_care) == (told == "well", told == "care")
    assert report.goals == ()
    quiet = tell(database, left_out=frozenset({"goals"}))
    assert line not in (*quiet.went_well, *quiet.needs_care)


def test_a_private_goal_is_nobodys_win(database: Database) -> None:
    put(database, {**ROWS, "accounts": ACCOUNTS})
    set_goal(database, accounts=[1], private=True)
    decide(database, "reached", MONDAY - timedelta(hours=1))
    assert not [it for it in tell(database).went_well if it.startswith("Goal")]


def surge(database: Database, began: datetime = NOON) -> None:
    """Let a crisis of Acme have been, told in two channels."""
    workspace = only_workspace_id(database)
    over = began + timedelta(hours=4, minutes=20)
    with database.write() as connection:
        for channel in ("C1", "C2"):
            rule = alerts.add_rule(
                connection, workspace, channel=channel, kind="crisis", by="U1",
                at=began, scope='{"brands": [1]}',
            )  # fmt: skip
            opened = incidents.open_or_update(
                connection, workspace, thing="Acme crisis", channel=channel, rule=rule,
                kind="crisis", began=began, now=began, facts={"words": WORDS},
            )  # fmt: skip
            incidents.close(connection, workspace, opened.row.id, over, over, over)


def test_a_surge_is_told_with_its_times_and_its_answers(database: Database) -> None:
    """Once, however many channels were alerted; the unanswered are counted, others left out."""
    put(database, {**ROWS, "accounts": ACCOUNTS})
    surge(database)
    track(database, {"C9": "care"})
    draw_issues(
        database,
        """
        channel | opened           | answered
        --------+------------------+-----------------
        C9      | 2026-11-18 12:00 | 2026-11-18 12:05
        C9      | 2026-11-18 12:20 | 2026-11-18 12:42
        C9      | 2026-11-18 13:00 |
        C9      | 2026-11-18 15:00 | 2026-11-18 15:30
        C9      | 2026-11-18 18:00 | 2026-11-18 18:01
        """,
    )
    whole = f"{SURGE}, 58 mentions. 3 customer issues opened, 2 answered, the first at 12:42."
    assert tell(database).needs_care[0] == whole
    bare = f"{SURGE}, 58 mentions."
    assert tell(database, hidden=frozenset({"C9"})).needs_care[0] == bare
    assert tell(database, left_out=frozenset({"customers"})).needs_care[0] == bare
    said = [it for it in tell(database).needs_care if it.startswith("Negative")]
    assert len(said) == 1


@pytest.mark.parametrize(("days", "told"), [(-3, False), (0, True), (4, True), (5, False)])
def test_a_surge_is_told_of_its_own_week(database: Database, days: int, told: bool) -> None:
    """From Monday to Sunday, and of the digest's own brands alone."""
    from kpis.question import Scope

    put(database, {**ROWS, "accounts": ACCOUNTS})
    surge(database, NOON + timedelta(days=days))
    said = [it for it in tell(database).needs_care if it.startswith("Negative")]
    assert bool(said) == told
    other = tell(database, scope=Scope(brands=(2,))).needs_care
    assert not [it for it in other if it.startswith("Negative")]
