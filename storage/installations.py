"""Workspaces that installed Kepi by OAuth, their tokens sealed; and states that may come back once.

These queries cross workspaces on purpose: they tell which one a request or a token belongs to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from storage.bulk import fetch, run
from storage.errors import SettingsError
from storage.house_tables import Departure, Installation, OAuthState
from storage.settings import value
from storage.tables import instant_number, table_of
from storage.workspaces import TABLE, WorkspaceRow, connect_team

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

INSTALLATION, STATE, DEPARTURE = table_of(Installation), table_of(OAuthState), table_of(Departure)

NO_KEY = "KEPI_SECRET_KEYS cannot be read: keys by comma, newest first. Make one: python -m bot key"
NOT_OURS = (
    "The tokens in the database are sealed by a key that KEPI_SECRET_KEYS does not have. "
    "Put the older key behind the newest one."
)


class InstallationRow(NamedTuple):
    """A workspace that installed Kepi; what Slack gave it is sealed."""

    workspace: int
    team: str
    sealed: str
    by: str
    at: datetime
    expires: datetime | None
    """When the bot's token has to be renewed."""


COLUMNS = tuple(INSTALLATION.c[name] for name in InstallationRow._fields)


class Seal:
    """Closes and opens what must not be read at rest; the newest key closes, every key opens."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = read_keys(keys)

    def close(self, said: Mapping[str, Any]) -> str:
        """Return an object that JSON can hold, sealed."""
        return self._fernet.encrypt(json.dumps(said).encode()).decode()

    def open(self, sealed: str) -> dict[str, Any]:
        """Return what was sealed; raises ``SettingsError`` where no key opens it."""
        from cryptography.fernet import InvalidToken

        try:
            return dict(json.loads(self._fernet.decrypt(sealed)))
        except InvalidToken:
            raise SettingsError(NOT_OURS) from None

    def close_anew(self, sealed: str) -> str:
        """Return the same under the newest key."""
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet.rotate(sealed).decode()
        except InvalidToken:
            raise SettingsError(NOT_OURS) from None


def read_keys(keys: Sequence[str]) -> MultiFernet:
    from cryptography.fernet import Fernet, MultiFernet

    if not keys:
        raise SettingsError(NO_KEY)
    try:
        return MultiFernet([Fernet(it) for it in keys])
    except ValueError:
        raise SettingsError(NO_KEY) from None


def make_key() -> str:
    """Return a new key for ``KEPI_SECRET_KEYS``."""
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()


# --- installations


def install(
    connection: Connection,
    *,
    team: str,
    name: str,
    sealed: str,
    by: str,
    at: datetime,
    expires: datetime | None,
    enterprise: str = "",
) -> WorkspaceRow:
    """Keep what Slack gave a workspace, in the place of what it gave before.

    The first who installs stays the installer; a workspace that had left is back.
    """
    home = connect_team(connection, team, name, by or None)
    due = None if expires is None else instant_number(expires)
    run(
        connection,
        "INSERT INTO installation (workspace, team, enterprise, sealed, by, at, expires)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace) DO UPDATE SET"
        " team = excluded.team, enterprise = excluded.enterprise, sealed = excluded.sealed,"
        " by = excluded.by, at = excluded.at, expires = excluded.expires",
        (home.id, team, enterprise, sealed, by, instant_number(at), due),
    )
    come_back(connection, home.id)
    return home


def installations(connection: Connection) -> list[InstallationRow]:
    """Return every workspace that has Kepi, in the order of their rows."""
    found = connection.execute(select(*COLUMNS).order_by(INSTALLATION.c.workspace))
    return [InstallationRow._make(row) for row in found]


def installation_of(connection: Connection, team: str) -> InstallationRow | None:
    """Return a team's installation, or nothing where Kepi is not installed."""
    row = connection.execute(select(*COLUMNS).where(INSTALLATION.c.team == team)).one_or_none()
    return None if row is None else InstallationRow._make(row)


def uninstall(connection: Connection, workspace: int) -> bool:
    """Let a workspace's tokens go; say whether there were any."""
    gone = delete(INSTALLATION).where(INSTALLATION.c.workspace == workspace)
    return connection.execute(gone).rowcount > 0


def depart(connection: Connection, workspace: int, at: datetime, keep_days: int) -> None:
    """Write down that a workspace removed Kepi; what is left of it is erased after some days."""
    run(
        connection,
        "INSERT INTO departure (workspace, at, erase) VALUES (?, ?, ?)"
        " ON CONFLICT (workspace) DO NOTHING",
        (workspace, instant_number(at), instant_number(at + timedelta(days=keep_days))),
    )


def depart_team(connection: Connection, team: str, at: datetime) -> bool:
    """Write down that a team removed Kepi, whoever knows of it still; say whether it was known."""
    found = connection.execute(select(TABLE.c.id).where(TABLE.c.team_id == team)).scalar()
    if found is not None:
        days = int(value(connection, int(found), "keep-after-uninstall"))
        depart(connection, int(found), at, days)
    return found is not None


def come_back(connection: Connection, workspace: int) -> bool:
    """Let a workspace that had left stay; say whether it had."""
    gone = delete(DEPARTURE).where(DEPARTURE.c.workspace == workspace)
    return connection.execute(gone).rowcount > 0


def departures(connection: Connection) -> list[tuple[int, datetime, datetime]]:
    """Return the workspaces that left: since when, and when they are to be erased."""
    columns = DEPARTURE.c.workspace, DEPARTURE.c.at, DEPARTURE.c.erase
    return [(int(it[0]), it[1], it[2]) for it in connection.execute(select(*columns))]


def claim_renewal(
    connection: Connection, row: InstallationRow, until: datetime
) -> InstallationRow | None:
    """Return the row as this process holds it for renewing, or nothing where another was first."""
    statement = (
        update(INSTALLATION)
        .where(of(row), INSTALLATION.c.expires == row.expires, INSTALLATION.c.at == row.at)
        .values(expires=until)
    )
    return row._replace(expires=until) if connection.execute(statement).rowcount else None


def renew(
    connection: Connection, row: InstallationRow, sealed: str, expires: datetime | None
) -> bool:
    """Keep a renewed token; not where somebody reinstalled Kepi meanwhile: theirs is newer."""
    statement = (
        update(INSTALLATION)
        .where(of(row), INSTALLATION.c.sealed == row.sealed)
        .values(sealed=sealed, expires=expires)
    )
    return connection.execute(statement).rowcount > 0


def seal_anew(connection: Connection, seal: Seal) -> int:
    """Put every token under the newest key; return how many there are."""
    found = installations(connection)
    for row in found:
        statement = update(INSTALLATION).where(of(row), INSTALLATION.c.sealed == row.sealed)
        connection.execute(statement.values(sealed=seal.close_anew(row.sealed)))
    return len(found)


def of(row: InstallationRow) -> ColumnElement[bool]:
    return INSTALLATION.c.workspace == row.workspace


# --- states


def keep_state(connection: Connection, digest: str, expires: datetime) -> None:
    """Remember a state that was given out; older ones that nobody brought back are forgotten."""
    connection.execute(insert(STATE).values(digest=digest, expires=expires))


def take_state(connection: Connection, digest: str, now: datetime) -> bool:
    """Take a state back, once; say whether it was given out and still holds."""
    statement = "DELETE FROM oauth_state WHERE digest = ? RETURNING expires"
    found = fetch(connection, statement, (digest,))
    return bool(found) and found[0][0] > instant_number(now)


def forget_states(connection: Connection, now: datetime) -> int:
    """Forget states that hold no more; return how many."""
    return connection.execute(delete(STATE).where(STATE.c.expires <= now)).rowcount
