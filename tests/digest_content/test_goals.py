"""The goals' lines of a digest: those about its accounts, and no private one."""

import json
from datetime import UTC, date, datetime

import pytest

from kpis.goals.standing import standings
from kpis.surroundings import look_around
from storage import goals
from storage.database import Database
from tests.digest_content.conftest import MONDAY, only_workspace_id, put, tell
from tests.digest_content.drawn_weeks import joined, weeks

ROWS = joined(
    weeks("2026-09-28", likes=(700,) * 8),
    weeks("2026-09-28", account="bloom", likes=(70,) * 8),
)
ACCOUNTS = """
    platform  | account | brand | own
    ----------+---------+-------+----
    instagram | acme    | Acme  | yes
    instagram | bloom   | Bloom | yes
"""


def set_goal(database: Database, **scope: object) -> None:
    values = {
        "text": "instagram likes 9,000", "kpi": "likes", "scope": json.dumps(scope),
        "variant": "", "shape": "total", "better": "higher", "target": 9_000.0,
        "baseline": None, "start": date(2026, 11, 1), "end": date(2026, 12, 1), "every": "",
        "aim": "engagement", "why": "", "owner": "U1", "channel": "",
    }  # fmt: skip
    workspace = only_workspace_id(database)
    with database.write() as connection:
        made = datetime(2026, 11, 1, tzinfo=UTC)
        goals.add(connection, workspace, values, by="U1", made=made)


def test_a_goals_line_is_its_standings_words(database: Database) -> None:
    """The digest adds nothing to what the goal's own page says."""
    put(database, {**ROWS, "accounts": ACCOUNTS})
    set_goal(database, accounts=[1])
    report = tell(database)
    with database.read() as connection:
        around = look_around(database, connection, report.workspace)
        (standing,) = standings(connection, around, MONDAY)
    assert report.goals == (" ".join(standing.words),)
    assert "9,000" in report.goals[0]
    assert tell(database, left_out=frozenset({"goals"})).goals == ()


@pytest.mark.parametrize(
    ("scope", "shown"),
    [
        ({"brands": [1]}, True),
        ({"brands": [2]}, False),
        ({"accounts": [2]}, False),
        ({}, True),
        ({"brands": [1], "private": True}, False),
    ],
)
def test_goals_of_other_brands_and_private_ones_are_not_told(
    database: Database, scope: dict[str, object], shown: bool
) -> None:
    """A digest of Acme tells Acme's goals."""
    from kpis.question import Scope

    put(database, {**ROWS, "accounts": ACCOUNTS})
    set_goal(database, **scope)
    assert bool(tell(database, scope=Scope(brands=(1,))).goals) == shown
