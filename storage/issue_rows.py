"""How an issue's projection is written: its own row, and the rows that hang on it.

The fold makes the same rows again whenever it is run, so what is equal is not written again.
Statements are built once from the columns that are given and go straight to the driver: folding a
whole ledger anew writes tens of thousands of issues.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table

from storage.bulk import Values, fetch, run
from storage.issue_tables import Issue, Spell, Target, Wait
from storage.tables import instant_number, table_of

Given = Mapping[str, Any]
"""Columns by name; instants as aware datetimes or as microseconds."""

ISSUE = table_of(Issue)
KEY = ("channel", "root", "episode")
KEPT = frozenset({"id", "workspace", "number", "line_channel", "line"})
"""Columns of ``issue`` that no fold gives."""
LIVE = ("open", "acknowledged", "responded", "waiting")


class Hanging(NamedTuple):
    """A table of rows that belong to an issue, and what tells them apart within it."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    """All but workspace and issue, the key first."""
    usual: Values
    """What each of ``columns`` holds where it is not given."""


def usual_of(table: Table, name: str, model: type) -> Any:
    """Return what a column holds where it is not given: the class's default, else nothing or 0."""
    column = table.c[name]
    if column.nullable:
        return None
    default = model.model_fields[name].default  # type: ignore[attr-defined]
    return default if isinstance(default, str | int) else 0


def hang(model: type, key: tuple[str, ...]) -> Hanging:
    table = table_of(model)
    own = {"workspace", "issue", *key}
    columns = (*key, *(it.name for it in table.c if it.name not in own))
    return Hanging(table.name, key, columns, tuple(usual_of(table, it, model) for it in columns))


WAITS, SPELLS = hang(Wait, ("position",)), hang(Spell, ("position",))
TARGETS = hang(Target, ("kind", "position"))
USUAL = {it.name: usual_of(ISSUE, it.name, Issue) for it in ISSUE.c if it.name not in KEPT}


def number_of(value: Any) -> Any:
    """Return a value as the driver takes it."""
    return instant_number(value) if isinstance(value, datetime) else value


def read_given(issue: Given) -> dict[str, Any]:
    """Return the columns of ``issue`` that are given, as the driver takes them."""
    given = {name: number_of(value) for name, value in issue.items()}
    if strange := given.keys() - USUAL.keys():
        raise ValueError(f"no columns of issue: {sorted(strange)}")
    given.setdefault("opening", given["root"])
    if given.get("state") in LIVE:
        given.setdefault("settled", None)
    return given


def write_issue(
    connection: Connection, workspace: int, issue: Given, allot: Callable[[], int]
) -> tuple[int, int, bool]:
    """Write an issue's row; return its id, its number, and whether it is new."""
    given = read_given(issue)
    where = tuple(given[name] for name in KEY)
    changed = tuple(name for name in given if name not in KEY)
    values = (*(given[name] for name in changed), workspace, *where)
    held = fetch(connection, update_statement(changed), values)
    if held:
        return held[0][0], held[0][1], False
    number = allot()
    whole = {**USUAL, **given}
    made = fetch(connection, insert_statement(), (workspace, number, *whole.values()))
    return made[0][0], number, True


@cache
def update_statement(columns: tuple[str, ...]) -> str:
    sets = ", ".join(f"{name} = ?" for name in columns)
    where = " AND ".join(f"{name} = ?" for name in ("workspace", *KEY))
    return f"UPDATE issue SET {sets} WHERE {where} RETURNING id, number"


@cache
def insert_statement() -> str:
    columns = ("workspace", "number", *USUAL, "line_channel", "line")
    marks = ", ".join("?" * (len(columns) - 2))
    return f"INSERT INTO issue ({', '.join(columns)}) VALUES ({marks}, '', '') RETURNING id"


def write_hanging(
    connection: Connection,
    table: Hanging,
    workspace: int,
    issue: int,
    rows: Sequence[Given],
    *,
    is_new: bool,
) -> bool:
    """Make ``rows`` what hangs on an issue; say whether anything was different before."""
    size = len(table.key)
    wanted = {row[:size]: row for row in (values_of(table, given) for given in rows)}
    held = (
        {}
        if is_new
        else {row[:size]: row for row in read_hanging(connection, table, workspace, issue)}
    )
    changed = [row for key, row in wanted.items() if held.get(key) != row]
    gone = [key for key in held if key not in wanted]
    run(connection, put_statement(table), [(workspace, issue, *row) for row in changed])
    run(connection, drop_statement(table), [(workspace, issue, *key) for key in gone])
    return bool(changed or gone)


def values_of(table: Hanging, given: Given) -> Values:
    if strange := given.keys() - set(table.columns):
        raise ValueError(f"no columns of {table.name}: {sorted(strange)}")
    pairs = zip(table.columns, table.usual, strict=True)
    return tuple(number_of(given.get(name, usual)) for name, usual in pairs)


def read_hanging(
    connection: Connection, table: Hanging, workspace: int, issue: int
) -> list[Values]:
    columns = ", ".join(table.columns)
    statement = f"SELECT {columns} FROM {table.name} WHERE workspace = ? AND issue = ?"
    return [tuple(row) for row in fetch(connection, statement, (workspace, issue))]


@cache
def put_statement(table: Hanging) -> str:
    columns = ("workspace", "issue", *table.columns)
    rest = table.columns[len(table.key) :]
    return (
        f"INSERT INTO {table.name} ({', '.join(columns)})"
        f" VALUES ({', '.join('?' * len(columns))})"
        f" ON CONFLICT (workspace, issue, {', '.join(table.key)})"
        f" DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in rest)}"
    )


@cache
def drop_statement(table: Hanging) -> str:
    where = " AND ".join(f"{name} = ?" for name in ("workspace", "issue", *table.key))
    return f"DELETE FROM {table.name} WHERE {where}"
