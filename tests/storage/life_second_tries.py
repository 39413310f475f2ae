"""What people decide on messages that did not go out: every verb of ``storage.second_tries``."""

from datetime import UTC, datetime, timedelta

from storage import outbox, second_tries
from storage.database import Database

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def live(database: Database, workspace: int) -> None:
    """Give two messages up; try one again and forget the other."""
    with database.write() as connection:
        for period in ("again", "never"):
            outbox.add(
                connection,
                workspace,
                channel="C0SECOND",
                kind="digest",
                period=period,
                due=NOW,
                now=NOW,
                expires=NOW,
            )
        given_up = outbox.expire(connection, workspace, NOW + timedelta(days=2))
        first, second = sorted(it.id for it in given_up if it.channel == "C0SECOND")
        assert second_tries.try_again(connection, workspace, first, NOW)
        assert second_tries.forget(connection, workspace, second)
        assert not second_tries.forget(connection, workspace, second)
        second_tries.count_sent(connection, workspace, NOW)
        second_tries.count_late(connection, workspace, NOW)
