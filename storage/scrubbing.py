"""After an erasure: nothing of what was erased stays in the file.

SQLite keeps deleted bytes in free pages and in its write-ahead log. A file of up to
``VACUUM_BYTES`` is written anew without them; in a larger one that would hold up writers for
longer than an acknowledgement can wait, so its pages are overwritten as they are freed
(``secure_delete``) and the log is emptied. PostgreSQL's ``VACUUM`` frees the room of old rows,
which new rows then overwrite; its copies and archives of the log are its operator's.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from storage.database import Database
from storage.kept.register import REGISTER

log = logging.getLogger(__name__)

VACUUM_BYTES = 64 * 1024 * 1024
TRIES, PAUSE = 40, 0.25
"""The log can be emptied only while nobody reads an older moment from it."""


def scrub(database: Database, tables: Iterable[str] = (), *, anew: bool = True) -> bool:
    """Clean the database up after an erasure; say whether that is done, or to be tried again.

    Without ``anew`` the file is not written anew: what goes by its age goes every day.
    """
    if database.sqlite:
        return scrub_file(Path(str(database.url.database)), anew=anew)
    vacuum_tables(database, tables or REGISTER)
    return True


def scrub_file(file: Path, *, anew: bool) -> bool:
    try:
        with closing(sqlite3.connect(file, isolation_level=None, timeout=5)) as connection:
            connection.execute("PRAGMA secure_delete=ON")
            if anew and file.stat().st_size <= VACUUM_BYTES:
                connection.execute("VACUUM")
            return empty_log(connection)
    except sqlite3.OperationalError as fault:
        log.warning("could not clean up after an erasure yet", extra={"why": str(fault)[:100]})
        return False


def empty_log(connection: sqlite3.Connection) -> bool:
    for _ in range(TRIES):
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not busy:
            return True
        time.sleep(PAUSE)
    return False


def vacuum_tables(database: Database, tables: Iterable[str]) -> None:
    from sqlalchemy import create_engine

    engine = create_engine(database.url, hide_parameters=True, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            for name in tables:
                connection.exec_driver_sql(f'VACUUM "{name}"')
    finally:
        engine.dispose()
