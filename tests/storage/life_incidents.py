"""What happens to incidents: every verb of ``storage.incidents`` and ``incident_acts``."""

from datetime import UTC, datetime, timedelta
from typing import Any

from storage import incident_acts, incidents
from storage.database import Database

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def live(database: Database, workspace: int) -> None:
    """Open, tell, take, snooze, close and open again."""
    given: dict[str, Any] = {
        "thing": "crisis|1",
        "channel": "C1",
        "rule": 1,
        "kind": "crisis",
        "began": NOW,
    }
    with database.write() as connection:
        at = (connection, workspace)
        first = incidents.open_or_update(*at, **given, now=NOW, facts={"words": "Still high."})
        number = first.row.id
        incidents.open_or_update(*at, **given, now=NOW, calm=NOW, facts={"words": "Calm."})
        incidents.change_facts(*at, number, told=NOW.isoformat())
        incident_acts.take(*at, number, "U1")
        incident_acts.give_back(*at, number, "U1", "")
        incident_acts.snooze(*at, number, NOW + timedelta(hours=2))
        incident_acts.wake(*at, number, NOW + timedelta(hours=3))
        incident_acts.note_shown(*at, number, "a", NOW)
        incident_acts.claim_edit(*at, number, "b", NOW + timedelta(minutes=1))
        incident_acts.claim_edit(*at, number, "c", NOW + timedelta(minutes=1), at_once=True)
        incident_acts.drop_edit(*at, number, "c")
        incidents.close(*at, number, NOW, NOW + timedelta(days=1), NOW)
        incidents.open_or_update(*at, **given, now=NOW + timedelta(hours=1))
    with database.read() as connection:
        incidents.by_id(connection, workspace, number)
        incidents.open_list(connection, workspace)
        incidents.open_list(connection, workspace, 1)
        incidents.last_of_rules(connection, workspace, [1])
        incidents.unsettled(connection, workspace, NOW)
        incidents.between(connection, workspace, "crisis", NOW, NOW)
