"""What happens to an incident that is known: taken, snoozed, and its message edited.

Each is a guarded update: of two presses the later one holds, and each is told what it took the
place of; of two processes one edits the message.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, update

from storage.incidents import COLUMNS, INCIDENT, IncidentRow, at, first_of, reading

EDITS_APART = timedelta(seconds=45)
"""The least time between two edits that nobody asked for (reliability row 46)."""


class Taken(NamedTuple):
    """An incident after somebody took it, and whose it was before."""

    row: IncidentRow
    before: str


def take(connection: Connection, workspace: int, incident: int, user: str) -> Taken | None:
    """Give an incident to ``user`` (“” to nobody); nothing where there is no such incident."""
    held = first_of(connection, reading().where(*at(workspace, incident)).with_for_update())
    if held is None:
        return None
    statement = update(INCIDENT).where(*at(workspace, incident)).values(owner=user)
    row = first_of(connection, statement.returning(*COLUMNS))
    return None if row is None else Taken(row, held.owner)


def give_back(
    connection: Connection, workspace: int, incident: int, user: str, before: str
) -> IncidentRow | None:
    """Undo a taking, unless somebody else has taken it meanwhile."""
    statement = update(INCIDENT).where(*at(workspace, incident), INCIDENT.c.owner == user)
    return first_of(connection, statement.values(owner=before).returning(*COLUMNS))


def snooze(
    connection: Connection, workspace: int, incident: int, until: datetime | None
) -> IncidentRow | None:
    """Let an open incident be quiet until a moment, or no longer."""
    statement = update(INCIDENT).where(*at(workspace, incident), INCIDENT.c.closed.is_(None))
    return first_of(connection, statement.values(snoozed=until).returning(*COLUMNS))


def wake(
    connection: Connection, workspace: int, incident: int, now: datetime
) -> IncidentRow | None:
    """End a snooze that has run out; only one process is told so."""
    statement = update(INCIDENT).where(*at(workspace, incident), INCIDENT.c.snoozed <= now)
    return first_of(connection, statement.values(snoozed=None).returning(*COLUMNS))


# --- what its message says


def claim_edit(
    connection: Connection,
    workspace: int,
    incident: int,
    shown: str,
    now: datetime,
    *,
    at_once: bool = False,
) -> bool:
    """Say whether the message is to be edited now, by this process: its words have changed.

    Edits are 45 seconds apart; ``at_once`` is for those that a press asks for. A clock that was
    set back does not hold them up for longer.
    """
    statement = update(INCIDENT).where(*at(workspace, incident), INCIDENT.c.shown != shown)
    if not at_once:
        statement = statement.where(
            INCIDENT.c.edited.is_(None)
            | (INCIDENT.c.edited <= now - EDITS_APART)
            | (INCIDENT.c.edited > now + EDITS_APART)
        )
    return connection.execute(statement.values(shown=shown, edited=now)).rowcount > 0


def drop_edit(connection: Connection, workspace: int, incident: int, shown: str) -> None:
    """Let an edit that did not arrive be tried again, 45 seconds later."""
    statement = update(INCIDENT).where(*at(workspace, incident), INCIDENT.c.shown == shown)
    connection.execute(statement.values(shown=""))


def note_shown(
    connection: Connection, workspace: int, incident: int, shown: str, now: datetime
) -> None:
    """Note what the message said when it went out."""
    statement = update(INCIDENT).where(*at(workspace, incident), INCIDENT.c.shown == "")
    connection.execute(statement.values(shown=shown, edited=now))
