"""The history of settings: each change with who made it, when, and what it was before."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from storage.house_tables import SettingChange
from storage.tables import table_of

CHANGE = table_of(SettingChange)


class ChangeRow(NamedTuple):
    """One change, as people read it; an empty ``channel`` is the whole workspace."""

    channel: str
    key: str
    before: str
    after: str
    by: str
    at: datetime
    source: str


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


def history(
    connection: Connection,
    workspace: int,
    *,
    channel: str | None = None,
    most: int = 20,
) -> list[ChangeRow]:
    """Return the newest changes, newest first: of everything, or of one channel."""
    statement = select(*COLUMNS).where(CHANGE.c.workspace == workspace)
    if channel is not None:
        statement = statement.where(CHANGE.c.channel == channel)
    newest = statement.order_by(*NEWEST).limit(most)
    return [ChangeRow._make(row) for row in connection.execute(newest)]


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
