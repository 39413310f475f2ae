"""Many rows at once, by the fastest way that each database has.

SQLite takes 200 rows a statement, compiled once and given tuples; PostgreSQL takes ``COPY``,
through a temporary table where rows may be there already (performance §4).
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection

ROWS_AT_ONCE = 200

Rows = Sequence[tuple[Any, ...]]


def insert(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    rows: Rows,
    on_conflict: str = "",
) -> None:
    """Insert ``rows``; ``on_conflict`` is what follows ``ON CONFLICT`` where they may exist."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        insert_values(connection, table, columns, rows, on_conflict)
    else:
        copy(connection, table, columns, rows, on_conflict)


def insert_values(
    connection: Connection, table: str, columns: Sequence[str], rows: Rows, on_conflict: str
) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    mark = "(" + ", ".join("?" * len(columns)) + ")"
    tail = f" ON CONFLICT {on_conflict}" if on_conflict else ""

    def statement(count: int) -> str:
        return f'INSERT INTO "{table}" ({names}) VALUES {", ".join([mark] * count)}{tail}'

    whole = len(rows) - len(rows) % ROWS_AT_ONCE
    many = statement(ROWS_AT_ONCE)
    for start in range(0, whole, ROWS_AT_ONCE):
        values = tuple(chain.from_iterable(rows[start : start + ROWS_AT_ONCE]))
        connection.exec_driver_sql(many, values)
    if rest := rows[whole:]:
        connection.exec_driver_sql(statement(len(rest)), tuple(chain.from_iterable(rest)))


def copy(
    connection: Connection, table: str, columns: Sequence[str], rows: Rows, on_conflict: str
) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    target = f'"{table}"'
    if on_conflict:
        target = "staged_rows"
        connection.exec_driver_sql(
            f'CREATE TEMPORARY TABLE {target} ON COMMIT DROP AS SELECT {names} FROM "{table}" '
            "WITH NO DATA"
        )
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {target} ({names}) FROM STDIN") as pipe:
        for row in rows:
            pipe.write_row(row)
    if on_conflict:
        connection.exec_driver_sql(
            f'INSERT INTO "{table}" ({names}) SELECT {names} FROM {target} '
            f"ON CONFLICT {on_conflict}"
        )
        connection.exec_driver_sql(f"DROP TABLE {target}")


def rewrite(connection: Connection, table: str, columns: Sequence[str], rows: Rows) -> None:
    """Set ``columns`` of rows that exist; each tuple ends with the row's ``id``."""
    sets = ", ".join(f'"{column}" = ?' for column in columns)
    run(connection, f'UPDATE "{table}" SET {sets} WHERE id = ?', list(rows))


def run(
    connection: Connection, statement: str, values: tuple[Any, ...] | list[tuple[Any, ...]]
) -> None:
    """Execute a statement whose marks are ``?``, once or once for each tuple of a list."""
    if connection.dialect.name != "sqlite":
        statement = statement.replace("?", "%s")
    if values:
        connection.exec_driver_sql(statement, values)


def fetch(connection: Connection, statement: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Return the plain tuples of a query whose marks are ``?``, past SQLAlchemy's rows."""
    if connection.dialect.name != "sqlite":
        statement = statement.replace("?", "%s")
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
    finally:
        cursor.close()
