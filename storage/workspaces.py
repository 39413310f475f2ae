"""Workspaces: found, connected to a Slack team, and their settings."""

import time
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import Connection, Row, insert, select, update

from storage.calendar import cover_moments
from storage.credits import renew
from storage.database import take_turns
from storage.errors import KepiError
from storage.local_time import place_posts
from storage.tables import Workspace, table_of

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SETTINGS = ("zone", "week-start", "currency")
CONNECTING = 0
"""The turn that connecting teams take."""


class WorkspaceRow(NamedTuple):
    """A workspace and what it chose, read once."""

    id: int
    team_id: str | None
    name: str
    zone: str
    week_start: int
    """0 is Monday."""
    currency: str
    installer: str | None


TABLE = table_of(Workspace)
COLUMNS = tuple(TABLE.c[name] for name in WorkspaceRow._fields)


def only_workspace(connection: Connection, team_id: str | None = None) -> WorkspaceRow:
    """Return the workspace of ``team_id``, or the only one there is; the first is made here."""
    found = [read(row) for row in connection.execute(select(*COLUMNS).order_by(TABLE.c.id))]
    teams = ", ".join(row.team_id or "one that is not connected yet" for row in found)
    if team_id is not None:
        for row in found:
            if row.team_id == team_id:
                return row
        known = f" Known: {teams}." if found else ""
        raise KepiError(
            "No workspace has the team id {team_id}.{known}", team_id=team_id, known=known
        )
    if len(found) > 1:
        raise KepiError(
            "There are several workspaces. Choose one with --workspace: {teams}.", teams=teams
        )
    return found[0] if found else make_workspace(connection)


def make_workspace(
    connection: Connection, team_id: str | None = None, name: str = "", installer: str | None = None
) -> WorkspaceRow:
    statement = insert(TABLE).values(
        team_id=team_id,
        name=name,
        zone="UTC",
        week_start=0,
        currency="EUR",
        installer=installer,
        version=first_version(),
    )
    return read(connection.execute(statement.returning(*COLUMNS)).one())


def first_version() -> int:
    """Return seconds since 2020: SQLite gives the id of an erased workspace to the next one.

    What was kept in memory of the erased one, by id and version, is then older than the first.
    """
    return int(time.time()) - 1_577_836_800


def connect_team(
    connection: Connection, team_id: str, name: str, installer: str | None = None
) -> WorkspaceRow:
    """Return the team's workspace; what was imported before any team came goes to the first."""
    take_turns(connection, CONNECTING)
    team = TABLE.c.team_id
    known = connection.execute(select(*COLUMNS).where(team == team_id)).one_or_none()
    waiting = known or connection.execute(select(*COLUMNS).where(team.is_(None))).first()
    if waiting is None:
        return make_workspace(connection, team_id, name, installer)
    held = read(waiting)
    statement = (
        update(TABLE)
        .where(TABLE.c.id == held.id)
        .values(team_id=team_id, name=name or held.name, installer=held.installer or installer)
    )
    return read(connection.execute(statement.returning(*COLUMNS)).one())


def change_setting(connection: Connection, workspace: int, key: str, value: str) -> WorkspaceRow:
    """Set ``zone``, ``week-start`` or ``currency`` and return the workspace as it is then."""
    changed: dict[str, str | int]
    match key.strip().lower().replace("_", "-"):
        case "zone" | "timezone" | "time-zone":
            changed = {"zone": read_zone(value)}
        case "week-start":
            changed = {"week_start": read_weekday(value)}
        case "currency":
            changed = {"currency": read_currency(value)}
        case _:
            raise KepiError(
                "There is no setting “{key}”. Settings: {settings}.",
                key=key,
                settings=", ".join(SETTINGS),
            )
    take_turns(connection, workspace)
    statement = update(TABLE).where(TABLE.c.id == workspace).values(changed)
    row = connection.execute(statement.returning(*COLUMNS)).one_or_none()
    if row is None:
        raise KepiError("That workspace does not exist.")
    mark_changed(connection, workspace)
    if "zone" in changed:
        place_posts(connection, workspace, read(row).zone)
        cover_moments(connection, workspace, read(row).zone)
        renew(connection, workspace, {"touches", "conversions"})
    return read(row)


def mark_changed(connection: Connection, workspace: int) -> None:
    """Say that answers stand on something else now: what was kept of it is read again."""
    here = TABLE.c.id == workspace
    connection.execute(update(TABLE).where(here).values(version=TABLE.c.version + 1))


def read(row: Row[Any]) -> WorkspaceRow:
    return WorkspaceRow._make(row)


def read_zone(value: str) -> str:
    """Return the IANA name that ``value`` spells, whatever its case."""
    zones = zones_by_name()
    asked = value.strip().lower().replace(" ", "_")
    if asked in zones:
        return ZoneInfo(zones[asked]).key
    towns = {name.rpartition("/")[2].lower(): name for name in zones.values()}
    near = get_close_matches(asked.rpartition("/")[2], towns, n=1)
    hint = towns[near[0]] if near else "Europe/Stockholm"
    raise KepiError(
        "“{value}” is not a time zone. Use a name such as {hint}.", value=value, hint=hint
    )


@cache
def zones_by_name() -> Mapping[str, str]:
    """Return every zone by its name in small letters; looking for them reads a whole folder."""
    return {name.lower(): name for name in sorted(available_timezones())}


def read_weekday(value: str) -> int:
    asked = value.strip().lower()
    for number, name in enumerate(WEEKDAYS):
        if len(asked) >= 2 and name.startswith(asked):
            return number
    raise KepiError(
        "“{value}” is not a day of the week. Use one of {weekdays}.",
        value=value,
        weekdays=", ".join(WEEKDAYS),
    )


def read_currency(value: str) -> str:
    """Return the ISO 4217 code that ``value`` spells."""
    from babel.numbers import list_currencies

    code = value.strip().upper()
    if len(code) == 3 and code in list_currencies():
        return code
    raise KepiError(
        "“{value}” is not a currency code. Use three letters, such as EUR or SEK.", value=value
    )


def zone_of(connection: Connection, workspace: int) -> str:
    """Return the IANA zone in which a workspace cuts its days."""
    return str(connection.execute(select(TABLE.c.zone).where(TABLE.c.id == workspace)).scalar_one())
