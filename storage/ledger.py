"""The ledger of observations: appended to and read, never changed (support-spec §0.1).

Rows are plain and instants are integers (UTC microseconds): a fold reads a hundred thousand of
them at a time, so they pass neither through ``datetime`` nor through SQLAlchemy's rows.

A reader remembers the last id that it saw and asks for what came after. On SQLite one writer at a
time makes ids visible in order. On PostgreSQL ids are handed out before they are committed, so a
reader could see 7, remember it, and never see a 6 that is committed later: whoever appends takes
a turn, one a workspace, from before its ids are handed out until it commits. The turn is not the
one of imports, which may be held for longer than an acknowledgement can wait.

A channel whose id Slack replaced is read under its new id together with what was written under
the old one (support-spec §5.3).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Connection

from storage.bulk import Values, fetch
from storage.database import take_turns
from storage.tables import instant_number

COLUMNS = (
    *("key", "kind", "channel", "at", "ts", "root", "actor", "role", "name", "low", "late"),
    "details",
)
WRITTEN = ("workspace", *COLUMNS, "recorded")
ARRAYS = (
    *("int", "text", "text", "text", "bigint", "text", "text", "text", "text", "text", "bigint"),
    *("bool", "text", "bigint"),
)
"""PostgreSQL's types of ``WRITTEN``."""
STEPS = (64, 16, 4, 1)
"""Rows a statement on SQLite: a few sizes alone, so that each is compiled once and kept."""
NAMES_AT_ONCE = 400
"""Of a list in a condition."""


class LedgerRow(NamedTuple):
    """One entry (``support.entries.Entry``) as it is stored."""

    id: int
    """0 before it is stored."""
    key: str
    kind: str
    channel: str
    at: int
    """UTC microseconds, as ``low``."""
    ts: str = ""
    root: str = ""
    actor: str = ""
    role: str = ""
    name: str = ""
    low: int | None = None
    late: bool = False
    details: str = ""


def append(
    connection: Connection, workspace: int, rows: Sequence[LedgerRow], recorded: datetime
) -> list[bool]:
    """Store rows and tell of each whether it is new; a key that is known adds nothing."""
    if not rows:
        return []
    begin_appending(connection, workspace)
    cursor = connection.connection.cursor()
    try:
        placed = place(workspace, rows, recorded)
        return tell_new(rows, insert(cursor, placed, is_sqlite=connection.dialect.name == "sqlite"))
    finally:
        cursor.close()


def begin_appending(connection: Connection, workspace: int) -> None:
    """Wait until no other transaction has ids of this workspace that are not visible yet."""
    take_turns(connection, turn_of(workspace))


def turn_of(workspace: int) -> int:
    """Return the turn of a ledger: below the one of changes of schema, apart from imports'."""
    return -1 - workspace


def place(workspace: int, rows: Sequence[LedgerRow], recorded: datetime) -> list[Values]:
    """Return the values of ``WRITTEN`` for each row."""
    moment = instant_number(recorded)
    return [(workspace, *row[1:], moment) for row in rows]


def insert(cursor: Any, placed: Sequence[Values], *, is_sqlite: bool) -> set[str]:
    """Insert values of ``WRITTEN`` through a driver's cursor; return the keys that are new.

    The caller has the turn, and names one workspace. Rows get ids in their order.
    """
    if not is_sqlite:
        cursor.execute(UNNESTED, [list(column) for column in zip(*placed, strict=True)])
        return {key for (key,) in cursor.fetchall()}
    new: set[str] = set()
    for some in stepwise(placed):
        cursor.execute(statement_of(len(some)), tuple(chain.from_iterable(some)))
        new.update(key for (key,) in cursor.fetchall())
    return new


UNNESTED = (
    f"INSERT INTO ledger ({', '.join(WRITTEN)})"
    f" SELECT {', '.join(f'it.{name}' for name in WRITTEN)}"
    f" FROM unnest({', '.join(f'%s::{kind}[]' for kind in ARRAYS)})"
    f" WITH ORDINALITY AS it ({', '.join(WRITTEN)}, place) ORDER BY place"
    " ON CONFLICT (workspace, key) DO NOTHING RETURNING key"
)


@cache
def statement_of(rows: int) -> str:
    """Return SQLite's insert of so many rows."""
    mark = "(" + ", ".join("?" * len(WRITTEN)) + ")"
    return (
        f"INSERT INTO ledger ({', '.join(WRITTEN)}) VALUES {', '.join([mark] * rows)}"
        " ON CONFLICT (workspace, key) DO NOTHING RETURNING key"
    )


def stepwise(rows: Sequence[Values]) -> Iterator[Sequence[Values]]:
    """Yield rows in portions of the sizes of ``STEPS``, largest first."""
    start = 0
    for step in STEPS:
        while len(rows) - start >= step:
            yield rows[start : start + step]
            start += step


def tell_new(rows: Iterable[LedgerRow], new: set[str]) -> list[bool]:
    """Return of each row whether it was the one that was stored: the first of its key."""
    told = []
    for row in rows:
        told.append(row.key in new)
        new.discard(row.key)
    return told


def since(
    connection: Connection, workspace: int, channel: str, after: int, limit: int | None = None
) -> list[LedgerRow]:
    """Return a channel's entries with ids beyond ``after``, in their order; the first ``limit``."""
    end = "ORDER BY id" + (f" LIMIT {limit:d}" if limit is not None else "")
    return read(connection, workspace, channel, "id > ?", (after,), end)


def between(
    connection: Connection, workspace: int, channel: str, from_at: int, to_at: int
) -> list[LedgerRow]:
    """Return a channel's entries that occurred from one instant until before another."""
    return read(
        connection, workspace, channel, "at >= ? AND at < ?", (from_at, to_at), "ORDER BY at, id"
    )


def of_threads(
    connection: Connection, workspace: int, channel: str, roots: Iterable[str]
) -> list[LedgerRow]:
    """Return all that is known of threads, in order of ids.

    That is what names the root, and what happened to its messages without naming it: reactions
    tell the message alone.
    """
    found: dict[int, LedgerRow] = {}
    for some in portions_of(roots):
        marks = ", ".join("?" * len(some))
        here, names = in_channel(connection, workspace, channel)
        of_root = f"SELECT id FROM ledger WHERE {here} AND root IN ({marks})"
        messages = f"SELECT ts FROM ledger WHERE {here} AND root IN ({marks}) AND ts <> ''"
        of_messages = f"SELECT id FROM ledger WHERE {here} AND ts IN ({messages})"
        of_roots = f"SELECT id FROM ledger WHERE {here} AND ts IN ({marks})"
        condition = f"id IN ({of_root} UNION {of_messages} UNION {of_roots})"
        values = (*names, *some, *names, *names, *some, *names, *some)
        for row in read(connection, workspace, channel, condition, values, ""):
            found[row.id] = row
    return [found[id] for id in sorted(found)]


def joining(connection: Connection, workspace: int, channel: str) -> list[LedgerRow]:
    """Return the acts by which messages and issues of a channel were joined or parted."""
    condition = "kind = 'act' AND name IN (?, ?, ?, ?)"
    names = ("merge", "unmerge", "attach", "detach")
    return read(connection, workspace, channel, condition, names, "ORDER BY id")


def life_of(connection: Connection, workspace: int, channel: str) -> list[LedgerRow]:
    """Return what happened to a channel itself and to its people, in order of ids."""
    return read(connection, workspace, channel, "ts = '' AND kind = 'life'", (), "ORDER BY id")


def read(
    connection: Connection,
    workspace: int,
    channel: str,
    condition: str,
    values: tuple[Any, ...],
    end: str,
) -> list[LedgerRow]:
    """Return entries of a channel, under the id that it has now."""
    here, names = in_channel(connection, workspace, channel)
    rows = fetch(
        connection,
        f"SELECT {READ} FROM ledger WHERE {here} AND {condition} {end}",
        (*names, *values),
    )
    if len(names) > 2:
        rows = [(*row[:3], channel, *row[4:]) for row in rows]
    return [LedgerRow._make((*row[:11], bool(row[11]), row[12])) for row in rows]


READ = ", ".join(LedgerRow._fields)


def in_channel(
    connection: Connection, workspace: int, channel: str
) -> tuple[str, tuple[int | str, ...]]:
    """Return the condition on a channel under all its ids, and its values."""
    ids = (channel, *old_ids(connection, workspace, channel))
    condition = "channel = ?" if len(ids) == 1 else f"channel IN ({', '.join('?' * len(ids))})"
    return f"workspace = ? AND {condition}", (workspace, *ids)


def old_ids(connection: Connection, workspace: int, channel: str) -> list[str]:
    """Return the ids that a channel had before."""
    statement = "SELECT old FROM moved_channel WHERE workspace = ? AND channel = ? ORDER BY old"
    return [old for (old,) in fetch(connection, statement, (workspace, channel))]


def portions_of(names: Iterable[str]) -> Iterator[list[str]]:
    """Yield different names, some hundred at a time: statements have limits."""
    wanted = [name for name in dict.fromkeys(names) if name]
    for start in range(0, len(wanted), NAMES_AT_ONCE):
        yield wanted[start : start + NAMES_AT_ONCE]


def channels(connection: Connection, workspace: int) -> list[str]:
    """Return the channels that the ledger knows, by the ids that they have now."""
    statement = """
        SELECT DISTINCT coalesce(moved_channel.channel, ledger.channel) FROM ledger
        LEFT JOIN moved_channel
        ON moved_channel.workspace = ledger.workspace AND moved_channel.old = ledger.channel
        WHERE ledger.workspace = ?
    """
    return sorted(channel for (channel,) in fetch(connection, statement, (workspace,)))


def root_of(connection: Connection, workspace: int, channel: str, ts: str) -> str | None:
    """Return the root of a message's thread; nothing where the message is not known.

    What was told about the message itself goes before what people did to it, and attaching it
    to another thread does not move it.
    """
    here, names = in_channel(connection, workspace, channel)
    statement = f"""
        SELECT root FROM ledger
        WHERE {here} AND ts = ? AND root <> '' AND NOT (kind = 'act' AND name = 'attach')
        ORDER BY CASE kind WHEN 'message' THEN 0 WHEN 'act' THEN 2 ELSE 1 END, id LIMIT 1
    """
    return next((str(root) for (root,) in fetch(connection, statement, (*names, ts))), None)
