"""Every verb on settings, called once or more."""

from __future__ import annotations

from datetime import UTC, datetime

from storage import settings, settings_channels, settings_written
from storage.database import Database
from storage.setting_changes import ChangeRow, changed_places, history
from storage.settings_stand import read_stand

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def live(database: Database, workspace: int) -> None:
    """Change, look up and reset settings of the workspace and of a channel."""
    with database.write() as connection:
        settings.change(connection, workspace, "zone", "Stockholm", "U1", AT)
        settings.change(connection, workspace, "answers", "asker", "U1", AT, channel="C1")
        settings.change(connection, workspace, "look-back", "14 days", "U1", AT)
        settings.choose_audience(connection, workspace, "country SE", "U1", AT)
        settings.reset(connection, workspace, "audience", "U1", AT)
        settings.reset(connection, workspace, "zone", "U1", AT)
        note = ChangeRow("C1", "answers", "", "Everyone there", "U1", AT, "file")
        settings_written.note_changes(connection, workspace, [note])
        put = settings_written.put_choices
        put(connection, workspace, [("morning|C1", False)], "U1", AT)
        put(connection, workspace, [("morning|C1", None)], "U1", AT)
        assert settings.value(connection, workspace, "answers", "C1") == "asker"
        settings.reset(connection, workspace, "answers", "U1", AT, channel="C1")
    with database.read() as connection:
        settings.effective(connection, workspace, "C1")
        settings_channels.newest_rules(connection, workspace)
        settings_channels.newest_rules(connection, workspace, "C1")
        settings_channels.newest_hours(connection, workspace)
        read_stand(connection, workspace, ["answers|C1"])
        assert len(history(connection, workspace, places=["C1"])) == 3
        assert set(changed_places(connection, workspace)) == {"", "C1"}
