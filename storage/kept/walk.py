"""Walking through a workspace's rows in portions: read apart, written a few at a time.

Looking for somebody reads whole tables, so it is done on a reading connection that holds up
nobody; what was found is read again by its key and changed in short transactions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    tuple_,
    update,
)

from storage.database import Database
from storage.kept.people import SHORTEST, Person, Whom
from storage.kept.register import columns_of_text, is_of_team, table_named
from storage.kept.rewriting import rewrite
from storage.kept.shapes import Kept
from storage.tables import Workspace, table_of

A_PAGE = 500
A_WRITE = 100
"""Rows a transaction: events wait for it."""
WORKSPACE = table_of(Workspace)

Key = tuple[Any, ...]
Pause = Callable[[int], None]
"""Told after each transaction how many rows it changed."""


def of_workspace(table: Table, workspace: int) -> ColumnElement[bool]:
    """Return the condition of a workspace's own rows."""
    if table.name == "workspace":
        return table.c.id == workspace
    if is_of_team(table):
        # Deliveries are written down by Slack's team, which may come before its workspace.
        team = select(WORKSPACE.c.team_id).where(WORKSPACE.c.id == workspace)
        return table.c.team == team.scalar_subquery()
    return table.c.workspace == workspace


def naming(kept: Kept, person: Person) -> ColumnElement[bool] | None:
    """Return the condition of rows in which a person may stand; more than those pass it.

    What forgetting itself remembers meanwhile is left out.
    """
    table, found = table_named(kept.table), []
    for name in () if kept.is_plain else columns_of_text(table):
        column = table.c[name]
        wanted = list(person.ids)
        if name in (*kept.names, *kept.texts, *kept.links):
            wanted += [it for it in (*person.names, *person.conversations) if len(it) >= SHORTEST]
        for it in wanted:
            found += [column.contains(it, autoescape=True)]
            found += [func.lower(column).contains(it.lower(), autoescape=True)]
    for name in kept.customers if len(person.customer) < SHORTEST else ():
        found.append(table.c[name] == person.customer)
    if kept.author and 0 < len(person.handle) < SHORTEST:
        found.append(func.lower(table.c[kept.author[0]]) == person.handle.lower())
    for name in kept.keyed if 0 < len(person.handle) < SHORTEST else ():
        found.append(func.lower(table.c[name]).endswith(f":{person.handle.lower()}"))
    if not found or kept.table != "choice":
        return or_(*found) if found else None
    return and_(~table.c.key.startswith(ORDER), ~table.c.key.startswith(FORGOTTEN), or_(*found))


ORDER, FORGOTTEN = "forgetting:", "forgotten:"
"""Keys of choices: an erasure that is under way, and hashes of who was forgotten."""


def pages(
    database: Database, table: Table, workspace: int, where: ColumnElement[bool] | None = None
) -> Iterator[list[Key]]:
    """Yield the keys of a workspace's rows that fulfil ``where``, in order, some at a time."""
    keys = list(table.primary_key.columns)
    after: Key | None = None
    while True:
        conditions = [of_workspace(table, workspace)]
        conditions += [where] if where is not None else []
        if after is not None:
            conditions.append(tuple_(*keys) > tuple_(*map(bind, keys, after)))
        statement = select(*keys).where(and_(*conditions)).order_by(*keys).limit(A_PAGE)
        with database.read() as connection:
            found = [tuple(row) for row in connection.execute(statement)]
        if found:
            yield found
        if len(found) < A_PAGE:
            return
        after = found[-1]


def bind(column: Any, value: Any) -> Any:
    return bindparam(None, value, type_=column.type, unique=True)


def of_keys(table: Table, workspace: int, keys: Sequence[Key]) -> ColumnElement[bool]:
    """Return the condition of rows by their keys."""
    columns = list(table.primary_key.columns)
    own = of_workspace(table, workspace)
    if len(columns) == 1:
        return and_(own, columns[0].in_([key[0] for key in keys]))
    if columns[0].name == "workspace":
        return and_(own, tuple_(*columns[1:]).in_([key[1:] for key in keys]))
    return and_(own, tuple_(*columns).in_(list(keys)))


def rewrite_rows(
    database: Database,
    workspace: int,
    kept: Kept,
    keys: Sequence[Key],
    whom: Whom,
    told: Pause | None = None,
) -> int:
    """Take people out of some rows, in short transactions; return how many rows changed."""
    changed = 0
    for start in range(0, len(keys), A_WRITE):
        with database.write() as connection:
            some = rewrite_some(connection, workspace, kept, keys[start : start + A_WRITE], whom)
        changed += some
        if told is not None and some:
            told(some)
    return changed


def rewrite_some(
    connection: Connection, workspace: int, kept: Kept, keys: Sequence[Key], whom: Whom
) -> int:
    """Take people out of some rows, as they are now."""
    table = table_named(kept.table)
    here = of_keys(table, workspace, keys)
    changed = 0
    for found in connection.execute(select(table).where(here)).mappings().all():
        row: dict[str, Any] = dict(found)
        becomes = rewrite(kept, row, whom)
        if becomes is None:
            connection.execute(delete(table).where(of_row(table, workspace, row)))
        elif becomes:
            connection.execute(update(table).where(of_row(table, workspace, row)).values(**becomes))
        changed += becomes is None or bool(becomes)
    return changed


def of_row(table: Table, workspace: int, row: Mapping[str, Any]) -> ColumnElement[bool]:
    """Return the condition of one row."""
    keys = [column == row[column.name] for column in table.primary_key.columns]
    return and_(of_workspace(table, workspace), *keys)


def delete_rows(
    database: Database,
    workspace: int,
    name: str,
    where: ColumnElement[bool] | None = None,
) -> int:
    """Delete a workspace's rows of a table, some at a time; return how many."""
    table, count = table_named(name), 0
    for keys in pages(database, table, workspace, where):
        with database.write() as connection:
            count += connection.execute(
                delete(table).where(of_keys(table, workspace, keys))
            ).rowcount
    return count
