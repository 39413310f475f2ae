"""What stands open, in few statements: the same as the rows themselves say, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from storage import at_a_glance, digest_periods, digests, incidents, issues, outbox
from storage.database import Database
from storage.issue_tables import Desk, Issue
from storage.tables import table_of
from storage.workspaces import make_workspace
from tests.databases import KINDS, fresh

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
ISSUES = (
    ("C1", "open", 3, False),
    ("C1", "waiting", 5, False),
    ("C1", "resolved", 9, False),
    ("C1", "responded", None, False),
    ("C2", "open", 7, True),
    ("C3", "acknowledged", 1, False),
)
"""Channel, state, hours since somebody waits, and whether its channel is gone."""


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with fresh(request.param, tmp_path) as made:
        yield made


def fill(connection: Connection, workspace: int) -> None:
    """Two tracked channels, one of them gone, and issues in three."""
    for number, (channel, state, hours, gone) in enumerate(ISSUES, 1):
        connection.execute(
            insert(table_of(Issue)).values(
                **Issue(
                    workspace=workspace,
                    number=number,
                    channel=channel,
                    root=f"{number}.0",
                    opening=f"{number}.0",
                    state=state,
                    opened=NOW,
                    tracked=NOW,
                    paused_seconds=0,
                    paused_business=0,
                    wait_seconds=0,
                    wait_business=0,
                    waiting_since=None if hours is None else NOW - timedelta(hours=hours),
                    orphaned=NOW if gone else None,
                ).model_dump(exclude={"id"}, exclude_unset=False)
            )
        )
    for channel, since in (("C1", None), ("C2", NOW)):
        desk = table_of(Desk)
        connection.execute(
            insert(desk).values(
                workspace=workspace, channel=channel, name="", folded=0, high_water="",
                gone=since, catching_up=False,
            )
        )  # fmt: skip


def test_desks_count_who_waits_where_somebody_can_answer(database: Database) -> None:
    """As ``issues.waiting`` lists them, channel by channel; of this workspace alone."""
    with database.write() as connection:
        mine = make_workspace(connection, "T1").id
        other = make_workspace(connection, "T2").id
        fill(connection, mine)
        found = at_a_glance.desks(connection, mine)
        assert [(it.channel, it.is_tracked, it.waiting, it.since) for it in found] == [
            ("C1", True, 2, NOW - timedelta(hours=5)),
            ("C2", False, 0, None),
            ("C3", False, 1, NOW - timedelta(hours=1)),
        ]
        assert sum(it.waiting for it in found) == len(issues.waiting(connection, mine))
        assert at_a_glance.desks(connection, other) == []


def test_alerts_digests_and_what_was_lost_are_those_of_the_workspace(database: Database) -> None:
    """Open alerts newest first; of each digest's period the last delivery; held ones."""
    with database.write() as connection:
        mine = make_workspace(connection, "T1").id
        other = make_workspace(connection, "T2").id
        for number in (1, 2):
            incidents.open_or_update(
                connection, mine, thing=f"thing {number}", channel="C1", rule=None, kind="crisis",
                began=NOW, now=NOW + timedelta(minutes=number), facts={"title": f"Title {number}"},
            )  # fmt: skip
        assert [it.title for it in at_a_glance.open_alerts(connection, mine)] == [
            "Title 2",
            "Title 1",
        ]
        row = digests.usual("C1", "UTC", "U1", NOW)
        digest = digests.add(connection, mine, row, NOW)
        assert digest is not None
        digest_periods.hold(connection, mine, digest, "2026-W48", "U1", NOW)
        for week, gone in (("2026-W46", NOW - timedelta(hours=2)), ("2026-W47", None)):
            outbox.add(
                connection, mine, channel="C1", kind="digest", period=f"{digest}:{week}",
                due=NOW - timedelta(days=1), now=NOW, expires=gone,
            )  # fmt: skip
        outbox.expire(connection, mine, NOW)
        last = at_a_glance.last_digests(connection, mine)
        assert {key: it.state for key, it in last.items()} == {
            f"{digest}:2026-W46": "missed",
            f"{digest}:2026-W47": "due",
        }
        assert at_a_glance.held_digests(connection, mine) == {f"{digest}:2026-W48"}
        since = NOW - timedelta(days=7)
        for but, many in ((("ops",), 1), (("digest", "ops"), 0)):
            assert at_a_glance.count_unsent(connection, mine, ("missed",), since, but) == many
        assert at_a_glance.open_alerts(connection, other) == []
        assert at_a_glance.last_digests(connection, other) == {}
        assert at_a_glance.held_digests(connection, other) == set()
        assert at_a_glance.count_unsent(connection, other, ("missed",), since, ("ops",)) == 0
