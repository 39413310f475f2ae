"""Many messages wait at once, after an outage say: none of them is overlooked."""

from datetime import UTC, datetime

from sqlalchemy import Connection

from storage import outbox, sending
from storage.database import Database
from storage.workspaces import only_workspace

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MANY = 60


def add(connection: Connection, workspace: int, period: str, parent: int | None) -> None:
    outbox.add(
        connection,
        workspace,
        channel="C1",
        kind="line" if parent else "head",
        period=period,
        due=NOW,
        now=NOW,
        parent=parent,
    )


def test_a_thread_keeps_its_order_however_long_it_is(database: Database) -> None:
    """Of sixty lines that wait only the first may go out; lines of other threads hold up none."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        for thread in ("one", "two"):
            add(connection, workspace, thread, None)
        heads = {it.period: it for it in sending.claim(connection, workspace, NOW, "me")}
        for it in heads.values():
            sending.finish(connection, workspace, it, posted_in="C1", ts="1.0", now=NOW)
        for number in range(MANY):
            add(connection, workspace, f"one:{number}", heads["one"].id)
        add(connection, workspace, "two:0", heads["two"].id)
        out = []
        while waiting := sending.claim(connection, workspace, NOW, "me", MANY):
            assert len({it.parent for it in waiting}) == len(waiting)
            for it in waiting:
                sending.finish(connection, workspace, it, posted_in="C1", ts="1.1", now=NOW)
                out.append(it.period)
        assert out[:2] == ["one:0", "two:0"]
        assert [it for it in out if it != "two:0"] == [f"one:{number}" for number in range(MANY)]


def test_all_that_failed_are_counted(database: Database) -> None:
    """Sixty messages that were not sent are sixty, not as many as a page shows."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        for number in range(MANY):
            add(connection, workspace, str(number), None)
        for it in sending.claim(connection, workspace, NOW, "me", MANY):
            sending.end(connection, workspace, it, "dead", "is_archived")
        assert len(outbox.in_state(connection, workspace, ("dead",))) == MANY
