"""Dropped files that wait for their uploader's yes: kept until decided, then their bytes go."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from storage.database import take_turns
from storage.tables import Upload, table_of

TABLE = table_of(Upload)
COLUMNS = (TABLE.c.id, TABLE.c.by, TABLE.c.file_name, TABLE.c.data, TABLE.c.account)


class UploadRow(NamedTuple):
    """A file that waits."""

    id: int
    by: str
    file_name: str
    data: bytes
    account: int | None
    """Whose it is, where the file does not say."""


def keep(
    connection: Connection,
    workspace: int,
    *,
    file_id: str,
    channel: str,
    by: str,
    file_name: str,
    data: bytes,
    at: datetime,
) -> int:
    """Keep a file's bytes and return the number by which it is decided on: one for each file."""
    take_turns(connection, workspace)
    here = (TABLE.c.workspace == workspace) & (TABLE.c.file_id == file_id)
    known = connection.execute(select(TABLE.c.id).where(here)).scalars().first()
    if known is not None:
        return int(known)
    statement = insert(TABLE).values(
        workspace=workspace,
        file_id=file_id,
        channel=channel,
        by=by,
        file_name=file_name,
        data=data,
        at=at,
    )
    return int(connection.execute(statement.returning(TABLE.c.id)).scalar_one())


def name_account(connection: Connection, workspace: int, number: int, account: int) -> None:
    """Remember whose a waiting file is."""
    here = (TABLE.c.id == number) & (TABLE.c.workspace == workspace)
    connection.execute(update(TABLE).where(here).values(account=account))


def find(connection: Connection, workspace: int, number: int) -> UploadRow | None:
    """Return a file that still waits."""
    here = (TABLE.c.id == number) & (TABLE.c.workspace == workspace)
    row = connection.execute(select(*COLUMNS).where(here)).one_or_none()
    return None if row is None else UploadRow._make(row)


def decide(connection: Connection, workspace: int, number: int) -> bool:
    """Forget a file that was imported or turned away; say whether it still waited."""
    here = (TABLE.c.id == number) & (TABLE.c.workspace == workspace)
    return connection.execute(delete(TABLE).where(here)).rowcount > 0


def forget_older(connection: Connection, before: datetime) -> int:
    """Forget files that nobody decided on; return how many."""
    return connection.execute(delete(TABLE).where(TABLE.c.at < before)).rowcount
