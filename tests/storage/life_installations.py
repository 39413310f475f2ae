"""Every verb on installations, states and departures once; and on admins and the history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage import admins, setting_changes
from storage import installations as verbs
from storage.database import Database

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def live(database: Database, workspace: int) -> None:
    """Install, renew, seal anew, remove, come back; take a state back; name an admin."""
    seal = verbs.Seal([verbs.make_key()])
    sealed = seal.close({"bot_token": "xoxb-1"})
    given = {"team": "T1", "name": "Acme", "by": "U1", "at": AT, "expires": AT}
    with database.write() as connection:
        home = verbs.install(connection, sealed=sealed, **given)  # type: ignore[arg-type]
        assert home.id == workspace
        (row,) = verbs.installations(connection)
        held = verbs.claim_renewal(connection, row, AT + timedelta(hours=2))
        assert held is not None
        assert verbs.claim_renewal(connection, row, AT) is None
        assert verbs.renew(connection, held, seal.close({"bot_token": "xoxb-2"}), None)
        assert not verbs.renew(connection, held, sealed, None)
        assert verbs.seal_anew(connection, seal) == 1
        found = verbs.installation_of(connection, "T1")
        assert found is not None
        assert seal.open(found.sealed) == {"bot_token": "xoxb-2"}
        assert verbs.uninstall(connection, workspace)
        verbs.depart(connection, workspace, AT, 30)
        assert verbs.departures(connection) == [(workspace, AT, AT + timedelta(days=30))]
        assert verbs.come_back(connection, workspace)
        verbs.keep_state(connection, "digest", AT)
        assert verbs.take_state(connection, "digest", AT - timedelta(seconds=1))
        verbs.keep_state(connection, "digest", AT)
        assert verbs.forget_states(connection, AT) == 1
    with database.write() as connection:
        assert admins.add_admin(connection, workspace, "U2", "U1", AT)
        assert not admins.add_admin(connection, workspace, "U2", "U1", AT)
        assert [it.person for it in admins.admins(connection, workspace)] == ["U2"]
        assert admins.remove_admin(connection, workspace, "U2")
        given = connection, workspace, "zone", "UTC"
        setting_changes.note_change(*given, "Asia/Tokyo", "U1", AT, channel="C1")
        setting_changes.note_change(*given, "UTC", "U1", AT, channel="C1")
        assert len(setting_changes.history(connection, workspace, places=["C1"])) == 1
        assert setting_changes.history(connection, workspace, places=["C2"]) == []
