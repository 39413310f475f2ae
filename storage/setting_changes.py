"""The history of settings: each change with who made it, when, and what it was before.

Alerts, goals and digests are told there too, each as a ``Thing``.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from storage.house_tables import SettingChange
from storage.tables import table_of

CHANGE = table_of(SettingChange)


class ChangeRow(NamedTuple):
    """One change, as people read it."""

    channel: str
    """Empty: the whole workspace. A person's id: theirs alone."""
    key: str
    before: str
    after: str
    by: str
    at: datetime
    source: str


class Thing(NamedTuple):
    """What people make, change and remove, as the history tells it."""

    key: str
    channel: str
    """As in ``ChangeRow``."""
    name: str
    details: Sequence[str] = ()
    """Told where it is new, or they differ."""


COLUMNS = tuple(CHANGE.c[name] for name in ChangeRow._fields)
NEWEST = CHANGE.c.at.desc(), CHANGE.c.id.desc()


def note_change(
    connection: Connection,
    workspace: int,
    key: str,
    before: str,
    after: str,
    by: str,
    at: datetime,
    *,
    channel: str = "",
    source: str = "form",
) -> None:
    """Write down a change, in the transaction that makes it; what stays the same is none."""
    if before != after:
        connection.execute(
            insert(CHANGE).values(
                workspace=workspace,
                channel=channel,
                key=key,
                before=before,
                after=after,
                by=by,
                at=at,
                source=source,
            )
        )


def note_thing(
    connection: Connection,
    workspace: int,
    before: Thing | None,
    after: Thing | None,
    by: str,
    at: datetime,
) -> None:
    """Write down that a thing was made, changed or removed, in the transaction that does it."""
    for it in tell_change(before, after):
        note_change(connection, workspace, it.key, it.before, it.after, by, at, channel=it.channel)


class Line(NamedTuple):
    """A change before it is said whose it was."""

    channel: str
    key: str
    before: str
    after: str


def tell_change(before: Thing | None, after: Thing | None) -> list[Line]:
    """Return the lines of a change: the name of the thing, and what differs; all of a new one.

    One that moves is gone in one place and new in the other: each tells its own readers.
    """
    if before and after and (before.key, before.channel) == (after.key, after.channel):
        was, now = say_apart(before, after), say_apart(after, before)
        return [Line(after.channel, after.key, was, now)]
    gone = [Line(before.channel, before.key, before.name, "")] if before else []
    return [*gone, *([Line(after.channel, after.key, "", say_all(after))] if after else [])]


def say_all(thing: Thing) -> str:
    return ", ".join([thing.name, *thing.details])


def say_apart(thing: Thing, other: Thing) -> str:
    """Return the name of a thing, and those of its details that the other does not have."""
    return ", ".join([thing.name, *(it for it in thing.details if it not in other.details)])


def history(
    connection: Connection,
    workspace: int,
    *,
    places: Collection[str] | None = None,
    most: int = 20,
) -> list[ChangeRow]:
    """Return the newest changes, newest first: of everything, or of what stands in some places."""
    statement = select(*COLUMNS).where(CHANGE.c.workspace == workspace)
    if places is not None:
        statement = statement.where(CHANGE.c.channel.in_(places))
    newest = statement.order_by(*NEWEST).limit(most)
    return [ChangeRow._make(row) for row in connection.execute(newest)]


def changed_places(connection: Connection, workspace: int) -> list[str]:
    """Return where anything was ever changed: channels, people, the workspace."""
    places = select(CHANGE.c.channel).where(CHANGE.c.workspace == workspace).distinct()
    return list(connection.execute(places).scalars())


def last_change(
    connection: Connection, workspace: int, key: str, channel: str = "", *, after: str | None = None
) -> ChangeRow | None:
    """Return who changed something last and when, or who made it be what ``after`` says."""
    statement = select(*COLUMNS).where(
        CHANGE.c.workspace == workspace, CHANGE.c.channel == channel, CHANGE.c.key == key
    )
    if after is not None:
        statement = statement.where(CHANGE.c.after == after)
    row = connection.execute(statement.order_by(*NEWEST).limit(1)).one_or_none()
    return None if row is None else ChangeRow._make(row)
