"""Many rows at once, by the fastest way that each database has.

SQLite takes some hundred rows a statement, compiled once and given tuples; PostgreSQL takes
``COPY``, through a temporary table where rows may be there already (performance §4). Statements
here have ``?`` for their values, whatever the driver wants.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import Connection

ROWS_AT_ONCE = 200

Values = tuple[Any, ...]
Rows = Sequence[Values]
T = TypeVar("T")


@contextmanager
def collecting_later() -> Iterator[None]:
    """Let no garbage be looked for meanwhile: among many small tuples it costs a third more."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def insert(
    connection: Connection, table: str, columns: Sequence[str], rows: Rows, on_conflict: str = ""
) -> None:
    """Insert ``rows``; ``on_conflict`` is what follows ``ON CONFLICT`` where they may exist."""
    if not rows:
        return
    if connection.dialect.name != "sqlite":
        copy(connection, table, tuple(columns), rows, on_conflict)
        return
    for some in portions(rows):
        statement = insert_statement(table, tuple(columns), len(some), on_conflict)
        connection.exec_driver_sql(statement, tuple(chain.from_iterable(some)))


def insert_cells(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    head: Values,
    cells: Rows,
    tail: int,
    on_conflict: str = "",
) -> None:
    """Insert rows that begin with the same values and end with the same: ``head, cell, tail``."""
    if not cells:
        return
    if connection.dialect.name != "sqlite":
        rows = ((*head, *cell, tail) for cell in cells)
        copy(connection, table, tuple(columns), rows, on_conflict)
        return
    shared = (*head, tail)
    for some in portions(cells):
        statement = cells_statement(table, tuple(columns), len(head), len(some), on_conflict)
        connection.exec_driver_sql(statement, (*shared, *chain.from_iterable(some)))


@cache
def insert_statement(table: str, columns: tuple[str, ...], count: int, on_conflict: str) -> str:
    mark = "(" + ", ".join("?" * len(columns)) + ")"
    return f"{into(table, columns)} VALUES {', '.join([mark] * count)}{clause(on_conflict)}"


@cache
def cells_statement(
    table: str, columns: tuple[str, ...], ahead: int, count: int, on_conflict: str
) -> str:
    """Return an insert whose shared values are bound once, so that a row binds only its own."""
    own = len(columns) - ahead - 1
    shared = ", ".join(f"?{place}" for place in range(1, ahead + 1))
    rows = (
        ", ".join(f"?{ahead + 2 + row * own + place}" for place in range(own))
        for row in range(count)
    )
    values = ", ".join(f"({shared}, {row}, ?{ahead + 1})" for row in rows)
    return f"{into(table, columns)} VALUES {values}{clause(on_conflict)}"


def into(table: str, columns: tuple[str, ...]) -> str:
    return f'INSERT INTO "{table}" ({names(columns)})'


def names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def clause(on_conflict: str) -> str:
    return f" ON CONFLICT {on_conflict}" if on_conflict else ""


def copy(
    connection: Connection,
    table: str,
    columns: tuple[str, ...],
    rows: Iterable[Values],
    on_conflict: str,
) -> None:
    """Send rows to PostgreSQL; those that may exist go through a table of this transaction."""
    target = f'"{table}"'
    if on_conflict:
        target = "staged_rows"
        connection.exec_driver_sql(
            f"CREATE TEMPORARY TABLE {target} ON COMMIT DROP AS"
            f' SELECT {names(columns)} FROM "{table}" WITH NO DATA'
        )
    driver: Any = connection.connection.driver_connection
    pipe_open = f"COPY {target} ({names(columns)}) FROM STDIN"
    with driver.cursor() as cursor, cursor.copy(pipe_open) as pipe:
        for row in rows:
            pipe.write_row(row)
    if on_conflict:
        connection.exec_driver_sql(
            f"{into(table, columns)} SELECT {names(columns)} FROM {target}{clause(on_conflict)}"
        )
        connection.exec_driver_sql(f"DROP TABLE {target}")


def rewrite(
    connection: Connection, workspace: int, table: str, columns: Sequence[str], rows: Rows
) -> None:
    """Set ``columns`` of a workspace's rows that exist; each tuple ends with the row's ``id``."""
    sets = ", ".join(f'"{column}" = ?' for column in columns)
    placed = [(*row[:-1], workspace, row[-1]) for row in rows]
    run(connection, f'UPDATE "{table}" SET {sets} WHERE workspace = ? AND id = ?', placed)


def run(connection: Connection, statement: str, values: Values | list[Values]) -> None:
    """Execute a statement, or execute it for each tuple of a list."""
    if values:
        connection.exec_driver_sql(spell(connection, statement), values)


def fetch(connection: Connection, statement: str, values: Values) -> list[Values]:
    """Return the plain tuples of a query, past SQLAlchemy's rows."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(spell(connection, statement), values)
        return list(cursor.fetchall())
    finally:
        cursor.close()


def keyed(columns: Sequence[str], keys: Rows) -> tuple[str, Values]:
    """Return ``WITH key (…) AS (VALUES …)`` and its values, for a join that looks keys up.

    ``CROSS JOIN`` makes SQLite begin with the keys; it cannot look up ``(a, b) IN (VALUES …)``.
    """
    mark = "(" + ", ".join("?" * len(columns)) + ")"
    marks = ", ".join([mark] * len(keys))
    return f"WITH key ({', '.join(columns)}) AS (VALUES {marks})", tuple(chain.from_iterable(keys))


def spell(connection: Connection, statement: str) -> str:
    """Return a statement with the marks of its driver."""
    return statement if connection.dialect.name == "sqlite" else statement.replace("?", "%s")


def portions(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield rows some hundred at a time: statements have limits."""
    for start in range(0, len(rows), ROWS_AT_ONCE):
        yield rows[start : start + ROWS_AT_ONCE]
