"""What stands open, read once."""

from datetime import UTC, datetime

from storage import at_a_glance
from storage.database import Database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def live(database: Database, workspace: int) -> None:
    """Look at the channels of issues, digests, alerts, goals and what was not sent."""
    with database.read() as connection:
        at_a_glance.desks(connection, workspace)
        at_a_glance.last_digests(connection, workspace)
        at_a_glance.held_digests(connection, workspace)
        at_a_glance.open_alerts(connection, workspace)
        at_a_glance.open_goals(connection, workspace)
        at_a_glance.count_unsent(connection, workspace, ("dead",), NOON, ("ops",))
