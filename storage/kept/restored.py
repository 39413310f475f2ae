"""A copy that takes a database's place forgets whoever the database had forgotten since.

It does so before it takes that place: no moment exists in which a bot could serve it otherwise.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, StaticPool, create_engine, select
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.errors import KepiError
from storage.forgetting import Order, begin, carry_out, find_orders, forget_again
from storage.installations import depart, departures, uninstall
from storage.kept.again import Forgotten, forgotten_in
from storage.kept.erased import Erased
from storage.leaving import erase_workspace
from storage.tables import Workspace, table_of

WORKSPACE = table_of(Workspace)


@dataclass(frozen=True)
class Home:
    """What a database says of one workspace's people and of its going."""

    number: int
    team: str
    forgotten: Sequence[Forgotten] = ()
    begun: Sequence[Order] = ()
    """Who was just being forgotten."""
    left: tuple[datetime, datetime] | None = None
    """Since when it is without Kepi, and when it is to be erased."""


@dataclass(frozen=True)
class Before:
    """What is known of whoever is not to come back with an older copy."""

    homes: Sequence[Home] = ()
    is_readable: bool = True
    """Else the database was too damaged to tell."""
    erased: Sequence[Erased] = ()


@dataclass(frozen=True)
class Again:
    """What a copy was made to forget again."""

    people: int = 0
    teams: int = 0


def read_before(held: sqlite3.Connection | None, erased: Sequence[Erased] = ()) -> Before:
    """Return what the database behind a connection knows; nothing where there is none."""
    if held is None:
        return Before((), True, erased)
    engine = create_engine("sqlite://", creator=lambda: held, poolclass=StaticPool)
    try:
        with engine.connect() as connection:
            return Before(tuple(read_homes(connection)), True, erased)
    except (DBAPIError, UnicodeError, ValueError, LookupError, TypeError):
        return Before((), False, erased)  # damaged enough to be replaced


def read_homes(connection: Connection) -> Iterator[Home]:
    """Yield every workspace of a database; it may be of an older schema."""
    left = {workspace: (at, erase) for workspace, at, erase in departures(connection)}
    for number, team in teams_in(connection).items():
        yield Home(
            number,
            team,
            forgotten_in(connection, number),
            find_orders(connection, number),
            left.get(number),
        )


def forget_as_before(before: Before, copy: Path, made: datetime, now: datetime) -> Again:
    """Let a copy that was made at ``made``, and that nobody uses yet, forget them again."""
    if not (before.homes or before.erased):
        return Again()
    with opened(copy) as database:
        teams = erase_again(database, [it for it in before.erased if it.at >= made])
        people = 0
        for home, here in find_counterparts(database, before.homes):
            depart_again(database, here, home)
            people += forget_again(database, here, home.forgotten, "", now)
            people += go_on(database, here, home.begun, now)
        return Again(people, teams)


def erase_again(database: Database, erased: Sequence[Erased]) -> int:
    """Delete teams of which the database had deleted every row; return how many."""
    with database.read() as connection:
        known = teams_in(connection)
    gone = [it for it, team in known.items() if team and any(old.is_of(team) for old in erased)]
    for workspace in gone:
        erase_workspace(database, workspace)
    return len(gone)


def find_counterparts(database: Database, homes: Sequence[Home]) -> Iterator[tuple[Home, int]]:
    """Yield the workspaces that are in the copy too, with their numbers there.

    A number may have been given away again since; only before a bot ever connected is there no
    team to tell them by.
    """
    with database.read() as connection:
        known = teams_in(connection)
    for home in homes:
        for number, team in known.items():
            if (team == home.team) if team and home.team else number == home.number:
                yield home, number
                break


def teams_in(connection: Connection) -> Mapping[int, str]:
    """Return the numbers of a database's workspaces, and Slack's ids of them."""
    rows = connection.execute(select(WORKSPACE.c.id, WORKSPACE.c.team_id))
    return {int(number): team or "" for number, team in rows}


def go_on(database: Database, workspace: int, orders: Sequence[Order], now: datetime) -> int:
    """Forget in a copy whoever was just being forgotten; return how many."""
    count = 0
    for order in orders:
        with database.write() as connection:
            try:
                fresh = begin(connection, workspace, order.person, "", now)
            except KepiError:
                continue  # there it is an account of a brand
        carry_out(database, workspace, fresh, now)
        count += 1
    return count


def depart_again(database: Database, workspace: int, home: Home) -> None:
    """Let a team that removed Kepi since be erased in its time; its old token goes at once."""
    if home.left is None:
        return
    at, erase = home.left
    with database.write() as connection:
        uninstall(connection, workspace)
        depart(connection, workspace, at, (erase - at).days)


@contextmanager
def opened(file: Path) -> Iterator[Database]:
    """Open a file that becomes a database, and leave no log beside it."""
    database = Database(f"sqlite:///{file}")
    try:
        yield database
    finally:
        database.close()
    close_log(file)


def close_log(file: Path) -> None:
    """Bring all of a file's log into it, so that the file alone is the database."""
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()
