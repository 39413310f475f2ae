"""How the journal writes: past SQLAlchemy on SQLite, whose share of a short commit is a third."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection

from storage.database import Database, open_sqlite


class Sheet(NamedTuple):
    """A transaction that is open."""

    cursor: Any
    """The driver's."""
    connection: Connection | None
    """Empty on SQLite."""

    @property
    def is_sqlite(self) -> bool:
        return self.connection is None


class Pen(Protocol):
    """What transactions are written with, by one thread."""

    def write(self) -> AbstractContextManager[Sheet]:
        """Give a transaction: stored when the block ends, undone when it raises."""

    def close(self) -> None:
        """Let go of what was held."""


def take_pen(database: Database) -> Pen:
    return SqlitePen(database) if database.sqlite else PostgresPen(database)


class SqlitePen:
    """A connection of its own, kept open, prepared as all are (``synchronous=FULL``)."""

    def __init__(self, database: Database) -> None:
        self._engine = open_sqlite(database.url, "BEGIN IMMEDIATE", writes=True)
        self._held = self._engine.raw_connection()
        self._sheet = Sheet(self._held.cursor(), None)

    @contextmanager
    def write(self) -> Iterator[Sheet]:
        execute = self._sheet.cursor.execute
        execute("BEGIN IMMEDIATE")
        try:
            yield self._sheet
            execute("COMMIT")
        except BaseException:
            if self._held.driver_connection.in_transaction:  # type: ignore[union-attr]
                execute("ROLLBACK")
            raise

    def close(self) -> None:
        self._held.close()
        self._engine.dispose()


class PostgresPen:
    """A connection of the pool for each transaction: a lost one is replaced there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def write(self) -> Iterator[Sheet]:
        with self._database.write() as connection:
            cursor = connection.connection.cursor()
            try:
                yield Sheet(cursor, connection)
            finally:
                cursor.close()

    def close(self) -> None:
        """Nothing is held."""
