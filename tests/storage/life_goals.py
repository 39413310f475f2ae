"""Every verb on goals, called once or more."""

from __future__ import annotations

from datetime import UTC, date, datetime

from storage import goals
from storage.database import Database

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def live(database: Database, workspace: int) -> None:
    """Set goals, change, decide, drop and take one back, and let one begin anew."""
    values = {
        "text": "likes 5k a month",
        "kpi": "likes",
        "scope": goals.pack({"platforms": ["instagram"]}),
        "shape": "total",
        "better": "higher",
        "target": 5000.0,
        "start": date(2026, 11, 1),
        "end": date(2026, 12, 1),
        "every": "month",
        "owner": "U1",
    }
    with database.write() as connection:
        number = goals.add(connection, workspace, values, by="U1", made=AT)
        goals.change(connection, workspace, number, {"target": 6000.0})
        goals.tell_pace(connection, workspace, number, "behind", was="")
        goals.decide(connection, workspace, number, "dropped", AT, was="open")
        goals.decide(connection, workspace, number, "open", AT, was="dropped")
        goals.decide(connection, workspace, number, "reached", AT, was="open")
        row = goals.find(connection, workspace, number)
        assert row is not None
        assert goals.ended(connection, workspace, date(2026, 12, 1)) == [row]
        goals.begin_anew(connection, workspace, row, date(2026, 12, 1), date(2027, 1, 1))
    with database.read() as connection:
        (open_one,) = goals.in_state(connection, workspace)
        goals.history(connection, workspace, open_one)
        goals.decided_since(connection, workspace, AT)
