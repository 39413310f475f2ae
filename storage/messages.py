"""What the ledger knows of messages: what is compared with Slack after an outage (§6).

``ORDER BY +at``: without the sign, SQLite would read a whole channel in order of time instead of
sorting the few rows that were found.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection

from storage.bulk import fetch
from storage.ledger import in_channel, portions_of


class KnownMessage(NamedTuple):
    """A message that the ledger holds."""

    ts: str
    root: str
    at: int
    """UTC microseconds, as ``edited``."""
    actor: str
    role: str
    edited: int | None
    """Its newest edit that is known."""
    is_deleted: bool


def known_messages(
    connection: Connection, workspace: int, channel: str, since: int
) -> list[KnownMessage]:
    """Return a channel's messages that occurred at an instant or later, in their order."""
    return read(connection, workspace, channel, "at >= ?", (since,))


def known_messages_of(
    connection: Connection, workspace: int, channel: str, roots: Iterable[str]
) -> list[KnownMessage]:
    """Return the messages of threads, their roots included, in their order."""
    found: list[KnownMessage] = []
    for some in portions_of(roots):
        marks = ", ".join("?" * len(some))
        found += read(connection, workspace, channel, f"root IN ({marks})", tuple(some))
    return sorted(found, key=lambda it: (it.at, it.ts))


def read(
    connection: Connection,
    workspace: int,
    channel: str,
    condition: str,
    values: tuple[int | str, ...],
) -> list[KnownMessage]:
    """Return the messages of a channel that meet a condition, with what happened to them."""
    here, names = in_channel(connection, workspace, channel)
    statement = f"""
        SELECT kind, ts, root, at, actor, role FROM ledger
        WHERE {here} AND kind IN ('message', 'edit', 'delete') AND ts IN (
            SELECT ts FROM ledger WHERE {here} AND kind = 'message' AND {condition}
        )
        ORDER BY +at, id
    """
    known: dict[str, KnownMessage] = {}
    edited: dict[str, int] = {}
    deleted: set[str] = set()
    for kind, ts, root, at, actor, role in fetch(connection, statement, (*names, *names, *values)):
        if kind == "message":
            known.setdefault(ts, KnownMessage(ts, root, at, actor, role, None, False))
        elif kind == "edit":
            edited[ts] = at
        else:
            deleted.add(ts)
    return [
        it._replace(edited=edited.get(it.ts), is_deleted=it.ts in deleted) for it in known.values()
    ]


def marks_now(
    connection: Connection, workspace: int, channel: str, messages: Iterable[str]
) -> dict[str, set[tuple[str, str]]]:
    """Return who has which emoji on each message that has any: pairs of actor and emoji.

    The last word on a pair stands, by the time at which it occurred; of one instant, removal
    (support-spec §5.2).
    """
    here, names = in_channel(connection, workspace, channel)
    now: dict[str, set[tuple[str, str]]] = {}
    for some in portions_of(messages):
        statement = f"""
            SELECT ts, actor, name, kind FROM ledger
            WHERE {here} AND ts IN ({", ".join("?" * len(some))}) AND kind IN ('mark', 'unmark')
            ORDER BY +at, CASE kind WHEN 'mark' THEN 0 ELSE 1 END, id
        """
        for ts, actor, name, kind in fetch(connection, statement, (*names, *some)):
            standing = now.setdefault(ts, set())
            (standing.add if kind == "mark" else standing.discard)((actor, name))
    return {ts: standing for ts, standing in now.items() if standing}


def marks_changed(
    connection: Connection, workspace: int, channel: str, since: int
) -> dict[tuple[str, str, str], int]:
    """Return when a mark came or went last: message, actor and emoji, of those since an instant."""
    here, names = in_channel(connection, workspace, channel)
    statement = f"""
        SELECT ts, actor, name, max(at) FROM ledger
        WHERE {here} AND at >= ? AND kind IN ('mark', 'unmark') GROUP BY ts, actor, name
    """
    rows = fetch(connection, statement, (*names, since))
    return {(ts, actor, name): at for ts, actor, name, at in rows}


def known_keys(connection: Connection, workspace: int, keys: Iterable[str]) -> set[str]:
    """Return those of some keys that the ledger holds."""
    known: set[str] = set()
    for some in portions_of(keys):
        marks = ", ".join("?" * len(some))
        statement = f"SELECT key FROM ledger WHERE workspace = ? AND key IN ({marks})"
        known.update(key for (key,) in fetch(connection, statement, (workspace, *some)))
    return known
