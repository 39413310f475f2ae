"""Every verb on ingest's tokens and requests, called once or more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage import ingest
from storage.database import Database

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def live(database: Database, workspace: int) -> None:
    """Make a token, find it, use it, revoke it, make it anew; remember a request and forget it."""
    with database.write() as connection:
        token = ingest.add_token(connection, workspace, "shop", ("orders",), AT)
        row = ingest.find_token(connection, workspace, token)
        assert row is not None
        ingest.mark_used(connection, workspace, row.id, AT)
        seen = ingest.SeenRow("abc", 200, {"import": 1})
        ingest.keep_seen(connection, workspace, row.id, "key", seen, AT)
        ingest.revoke_token(connection, workspace, "shop", AT)
        ingest.add_token(connection, workspace, "shop", (), AT)
    with database.read() as connection:
        assert len(ingest.tokens(connection, workspace)) == 1
        assert ingest.find_seen(connection, workspace, row.id, "key") == seen
    with database.write() as connection:
        assert ingest.forget_older(connection, workspace, AT + timedelta(days=1)) == 1
