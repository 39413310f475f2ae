"""Every verb on rules and mentions, done once."""

from datetime import UTC, datetime, timedelta

from storage import accounts, alerts, mentions
from storage.batch import Batch, MentionRow
from storage.database import Database
from storage.imports import store
from storage.undo import undo

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def live(database: Database, workspace: int) -> None:
    """Make a rule, change it and let it go; store mentions, count them and take them back."""
    with database.write() as connection:
        number = alerts.add_rule(
            connection, workspace, channel="C1", kind="crisis", by="U1", at=NOON
        )
        alerts.change_rule(connection, workspace, number, name="Crowd")
        alerts.pause_rule(connection, workspace, number, NOON)
        alerts.mute_rule(connection, workspace, number, NOON)
        alerts.rules(connection, workspace, running=True)
        alerts.rules(connection, workspace)
        alerts.rule(connection, workspace, number)
        alerts.remove_rule(connection, workspace, number, NOON)
        accounts.add_account(connection, workspace, "x", "crowded", "Crowded")
    hear_and_forget(database, workspace)


def hear_and_forget(database: Database, workspace: int) -> None:
    rows = [MentionRow(2, "Crowded", "x", str(it), NOON, sentiment="negative") for it in range(3)]
    kept = [batch(rows), batch([*rows[:1], rows[0]._replace(external_id="9")])]
    stored = [store(database, workspace, it, "U1", NOON) for it in kept]
    with database.read() as connection:
        brands = [it.id for it in accounts.brands(connection, workspace)]
        span = (brands, NOON - HOUR, NOON + HOUR)
        list(mentions.count_mentions(connection, workspace, *span, HOUR))
        mentions.topics(connection, workspace, *span)
        mentions.platforms(connection, workspace, *span)
        mentions.heard_of(connection, workspace, *span, 1)
        mentions.first_mention(connection, workspace, brands)
    for it in stored:
        assert it.id is not None
        undo(database, workspace, it.id, NOON)


def batch(rows: list[MentionRow]) -> Batch:
    return Batch("mentions", "Mentions", "crowd.csv", repr(rows), mentions=tuple(rows))
