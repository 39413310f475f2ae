"""The database: one engine a process, short transactions, the same promises on both systems.

SQLite keeps its file in WAL mode with ``synchronous=FULL`` on every connection, because a
delivery from Slack is acknowledged once it is stored. Writers begin with ``BEGIN IMMEDIATE``, so
that two of them queue up instead of failing half-way; readers cannot write at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import KepiError, SettingsError
from storage.said import Words

BUSY_SECONDS = 5
WRITER_CACHE_KIB = 32_768
"""An import's pages fit, and are written once; reserved only as far as they are touched."""
SQLITE_BUSY, SQLITE_FULL = 5, 13
SQLITE_REFUSED = {8, 10, 14}
"""Read-only, input or output failed, a file cannot be opened: a quota is told as the second."""
BUSY = "The database is busy, so nothing was stored. Try again in a minute."
UNHOLDABLE = "There are signs in it that no text can hold, so nothing was stored. Type it anew."
"""Halves of signs, and on PostgreSQL NUL."""
POSTGRES_AWAY = {"57P01", "57P02", "57P03"}
"""It is stopping, has crashed or is starting."""
POSTGRES_LOCKED, POSTGRES_FULL = {"55P03", "40001", "40P01"}, {"53100"}


class Database:
    """A database under its URL; made once, used from worker threads, closed at the end."""

    def __init__(self, url: str) -> None:
        self.url = understand(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        if self.sqlite:
            self._reader = open_sqlite(self.url, "BEGIN", writes=False)
            self._writer = open_sqlite(self.url, "BEGIN IMMEDIATE", writes=True)
        else:
            self._writer = open_postgresql(self.url)
            self._reader = self._writer.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection on which every statement sees the same moment."""
        try:
            with self._reader.begin() as connection:
                yield connection
        except UnicodeEncodeError as error:
            raise KepiError(UNHOLDABLE) from error

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection in a transaction: stored when the block ends, undone when it raises.

        Raises ``KepiError`` when the database is busy or its disk is full.
        """
        try:
            with self._writer.begin() as connection:
                yield connection
        except PoolTimeout as error:
            raise KepiError(BUSY) from error
        except UnicodeEncodeError as error:
            raise KepiError(UNHOLDABLE) from error
        except DBAPIError as error:
            words = explain(error)
            if words is None:
                raise
            raise KepiError(words) from error

    @contextmanager
    def reshape(self) -> Iterator[Connection]:
        """Give a writing connection for a change of schema: one transaction.

        SQLite changes a table by copying it, so references are checked at the end instead of
        at every step.
        """
        if not self.sqlite:
            with self._writer.begin() as connection:
                yield connection
            return
        with self._writer.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    yield connection
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                    if broken:
                        raise SettingsError(f"The new schema would break references: {broken[:3]}")
            finally:
                connection.invalidate()  # never lend out a connection without its references

    def close(self) -> None:
        """Close every connection; the object may not be used afterwards."""
        self._reader.dispose()
        self._writer.dispose()


def understand(url: str) -> URL:
    """Return the URL with its driver; make the folder of an SQLite file."""
    try:
        made = make_url(url)
    except ArgumentError as error:
        raise SettingsError(
            "DATABASE_URL cannot be read. Use sqlite:///var/kepi.db or "
            "postgresql+psycopg://user:password@host/name."
        ) from error
    if made.get_backend_name() in ("postgresql", "postgres"):
        return made.set(drivername="postgresql+psycopg")
    if made.get_backend_name() != "sqlite":
        raise SettingsError(
            f"DATABASE_URL names {made.drivername}. Kepi works with sqlite:// and postgresql://."
        )
    if made.database in (None, "", ":memory:"):
        raise SettingsError("DATABASE_URL needs a file, such as sqlite:///var/kepi.db.")
    Path(str(made.database)).parent.mkdir(parents=True, exist_ok=True)
    return made.set(drivername="sqlite+pysqlite")


def open_sqlite(url: URL, begin: str, *, writes: bool) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={
            "timeout": BUSY_SECONDS,
            "check_same_thread": False,
            "isolation_level": None,  # the driver must not begin transactions by itself
        },
        pool_size=4,
        max_overflow=16,
        pool_timeout=30,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        demand(connection, "journal_mode", "wal")
        demand(connection, "synchronous", 2)
        demand(connection, "foreign_keys", 1)
        connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        connection.execute("PRAGMA temp_store=MEMORY")
        if writes:
            connection.execute(f"PRAGMA cache_size=-{WRITER_CACHE_KIB}")
            connection.execute("PRAGMA secure_delete=ON")  # what is erased leaves no bytes behind
        else:
            demand(connection, "query_only", 1)

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def demand(connection: Any, pragma: str, value: int | str) -> None:
    """Set a pragma and read it back: a setting that did not take is a broken promise."""
    connection.execute(f"PRAGMA {pragma}={value}")
    (held,) = connection.execute(f"PRAGMA {pragma}").fetchone()
    if held != value:
        raise SettingsError(
            f"This SQLite file does not allow {pragma}={value} (it has {held}). "
            "Keep it on a local disk, or use PostgreSQL."
        )


def open_postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(
            url, hide_parameters=True, pool_size=8, max_overflow=8, pool_pre_ping=True
        )
    except (ImportError, NoSuchModuleError) as error:
        raise SettingsError(
            "PostgreSQL needs its driver. Install it with: pip install 'kepi[postgres]'."
        ) from error

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            if cursor.execute("SHOW synchronous_commit").fetchone() == ("off",):
                # What is acknowledged is on the disk, whatever the server's own default is.
                cursor.execute("SET synchronous_commit = on")
        connection.commit()

    return engine


def take_turns(connection: Connection, what: int) -> None:
    """Wait for other transactions that take the same turn; SQLite's writers do so anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(5239, %s)", (what,))


def explain(error: DBAPIError) -> str | None:
    """Return words for a fault that passes; ``None`` for the others."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    state = getattr(error.orig, "sqlstate", None)
    if code == SQLITE_BUSY or state in POSTGRES_LOCKED:
        return BUSY
    if code == SQLITE_FULL or state in POSTGRES_FULL:
        return Words(
            "The disk of the database is full, so nothing was stored. Make room and try again."
        )
    if code in SQLITE_REFUSED:
        return Words(
            "The disk of the database cannot be written to, so nothing was stored. "
            "Make room, or have it looked at, and try again."
        )
    if "cannot contain NUL" in str(error.orig) or state == "22021":
        return UNHOLDABLE
    if error.connection_invalidated or state in POSTGRES_AWAY:
        return Words("The database does not answer. Try again in a minute.")
    return None
