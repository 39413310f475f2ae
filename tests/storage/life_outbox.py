"""What becomes of messages that Kepi sends by itself: every verb of the outbox."""

from datetime import UTC, datetime, timedelta

from storage import outbox, sending
from storage.database import Database
from storage.sending import Held

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def live(database: Database, workspace: int) -> None:
    """Send one message, and let others fail, wait, come too late and be forgotten."""
    with database.write() as connection:
        for period in ("out", "back", "gone", "left", "dropped"):
            outbox.add(
                connection, workspace, channel="C1", kind="word", period=period, due=NOW, now=NOW
            )
        outbox.add(
            connection, workspace, channel="C1", kind="word", period="late",
            due=NOW - 2 * DAY, now=NOW, expires=NOW - DAY, revive=True,
        )  # fmt: skip
        outbox.drop(connection, workspace, "C1", "word", "dropped", "held")
        assert [it.period for it in outbox.expire(connection, workspace, NOW)] == ["late"]
        outbox.drop_orphans(connection, workspace)
        out, back, gone, left = sending.claim(connection, workspace, NOW, "me")
        assert sending.beat(connection, workspace, "me") == 4
        assert sending.confirm(connection, workspace, out)
        sending.finish(connection, workspace, out, posted_in="C1", ts="1.2", now=NOW, bare=True)
        sending.put_back(connection, workspace, back, NOW + DAY, "busy")
        sending.end(connection, workspace, gone, "dead", "is_archived")
        (held,) = sending.held_by_others(connection, workspace, "you")
        assert sending.take_over(connection, workspace, Held(left.id, 0), "you", NOW) is None
        assert sending.take_over(connection, workspace, held, "you", NOW) is not None
        (owed,) = outbox.owed(connection, workspace, NOW, 6)
        outbox.settle_picture(connection, workspace, owed, NOW + DAY)
        outbox.settle_picture(connection, workspace, owed, None)
        assert outbox.find(connection, workspace, "C1", "word", "out") is not None
        assert outbox.by_id(connection, workspace, out.id) is not None
        assert len(outbox.overdue(connection, workspace, NOW + DAY)) == 1
        assert len(outbox.in_state(connection, workspace, ("dead",), kinds=["word"])) == 1
        assert outbox.count_states(connection, workspace)["word", "sent"] == 1
        assert outbox.forget_older(connection, workspace, NOW - DAY) == 1
