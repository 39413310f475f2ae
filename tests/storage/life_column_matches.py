"""Every verb on matches of columns, called once or more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage import column_matches
from storage.database import Database
from storage.sources.mapping import check_mapping

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
HEADER = ("Ref", "Went out", "Hearts")


def live(database: Database, workspace: int) -> None:
    """Match a header, use it, change it, remove it, bring it back, and remove it for good."""
    said = {
        "file": {"grain": "post", "platform": "instagram"},
        "columns": {"id": "Ref", "published": "Went out"},
        "measures": {"likes": "Hearts"},
    }
    with database.write() as connection:
        row = column_matches.remember(
            connection,
            workspace,
            header=HEADER,
            name="tool.csv",
            mapping=check_mapping(said),
            by="U1",
            at=AT,
            version=0,
        )
        column_matches.use(connection, workspace, row.id, AT)
        changed = column_matches.remember(
            connection,
            workspace,
            header=HEADER,
            name="tool.csv",
            mapping=check_mapping(said | {"measures": {"saves": "Hearts"}}),
            by="U2",
            at=AT,
            version=row.version,
        )
        assert (changed.id, changed.version) == (row.id, 2)
        column_matches.remove(connection, workspace, row.id, "U1", AT)
        column_matches.restore(connection, workspace, row.id, "U1", AT)
        column_matches.remove(connection, workspace, row.id, "U1", AT)
        column_matches.remove(connection, workspace, row.id, "U1", AT + timedelta(days=2))
        column_matches.restore(connection, workspace, row.id, "U1", AT)
        column_matches.remember(
            connection,
            workspace,
            header=HEADER,
            name="tool.csv",
            mapping=check_mapping(said),
            by="U1",
            at=AT,
            version=0,
        )
    with database.read() as connection:
        assert column_matches.find_match(connection, workspace, HEADER) is not None
        assert len(column_matches.matches(connection, workspace)) == 1
