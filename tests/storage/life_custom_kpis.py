"""Calls every verb of a team's own KPIs, for the test that looks at their queries."""

from datetime import UTC, date, datetime

from storage import custom_kpis
from storage.custom_kpis import CustomRow
from storage.database import Database

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def live(database: Database, workspace: int) -> None:
    row = CustomRow("talks", "Talks", "count", "higher", "A", "", "Talks we gave.", "", "Mia")
    with database.write() as connection:
        custom_kpis.declare(connection, workspace, row, NOW)
        custom_kpis.declare(connection, workspace, row, NOW)
        made = custom_kpis.put_value(
            connection, workspace, "talks", date(2026, 11, 3), 1, "Web Summit", "U1", NOW
        )
        custom_kpis.values(connection, workspace, ["talks"])
        custom_kpis.take_value(connection, workspace, made)
        custom_kpis.remove(connection, workspace, "talks", NOW)
        custom_kpis.restore(connection, workspace, "talks")
        custom_kpis.customs(connection, workspace)
