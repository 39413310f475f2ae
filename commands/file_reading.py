"""Reading, keeping and storing a dropped file: everything here runs in a worker thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands import wording
from commands.asker import Asker
from commands.context import Context
from commands.files_download import Dropped
from storage import accounts, imports, uploads
from storage.batch import AccountName, Batch
from storage.errors import KepiError, SourceError
from storage.workspaces import zone_of

if TYPE_CHECKING:
    from storage.accounts import AccountRow
    from storage.imports import Imported, Preview

NAMELESS = "name the account"
"""What ``storage.sources`` says of a file that does not tell whose it is."""


@dataclass(frozen=True)
class Read:
    """A file that waits: what it holds, or why that depends on whose it is."""

    upload: int
    batch: Batch | None = None
    preview: Preview | None = None
    trouble: str = ""
    accounts: tuple[AccountRow, ...] = ()
    """Whose it may be, where the file does not say."""


@dataclass(frozen=True)
class Done:
    """A file that was stored."""

    batch: Batch
    imported: Imported


def keep_and_preview(context: Context, asker: Asker, file: Dropped, data: bytes) -> Read:
    """Keep the bytes until they are decided on, and say what storing them would do.

    Raises ``SourceError`` where the file cannot be read at all; then nothing is kept.
    """
    read = look(context, 0, file.name, data, None)
    with context.database.write() as connection:
        number = uploads.keep(
            connection,
            context.home.workspace,
            file_id=file.id,
            channel=asker.channel,
            by=asker.user,
            file_name=file.name,
            data=data,
            at=context.clock(),
        )
        if read.batch is not None and len(read.accounts) == 1:
            uploads.name_account(connection, context.home.workspace, number, read.accounts[0].id)
    return Read(number, read.batch, read.preview, read.trouble, read.accounts)


def read_upload(context: Context, number: int, account: int) -> Read:
    """Look at a kept file again, as one of ``account``, and remember that."""
    with context.database.write() as connection:
        uploads.name_account(connection, context.home.workspace, number, account)
    row = find(context, number)
    return look(context, number, row.file_name, row.data, account)


def look(context: Context, number: int, name: str, data: bytes, account: int | None) -> Read:
    """Read a file; where it does not say whose it is, try the accounts that there are."""
    try:
        batch = parse(context, name, data, account)
    except SourceError as trouble:
        is_nameless = account is None and NAMELESS in trouble.words
        fitting = find_fitting(context, name, data) if is_nameless else []
        if not fitting:
            raise
        if len(fitting) > 1:
            return Read(number, trouble=wording.WHOSE.format(name=name), accounts=tuple(fitting))
        batch = parse(context, name, data, fitting[0].id)
        return Read(number, batch, preview(context, batch), accounts=tuple(fitting))
    return Read(number, batch, preview(context, batch))


def find_fitting(context: Context, name: str, data: bytes) -> list[AccountRow]:
    """Return the own accounts that the file could be of."""
    with context.database.read() as connection:
        known = [it for it in accounts.accounts(connection, context.home.workspace) if it.own]
    fitting = []
    for row in known:
        try:
            parse(context, name, data, row.id)
        except SourceError:
            continue
        fitting.append(row)
    return fitting


def parse(context: Context, name: str, data: bytes, account: int | None) -> Batch:
    from storage.sources import read

    with context.database.read() as connection:
        rows = accounts.accounts(connection, context.home.workspace)
        zone = zone_of(connection, context.home.workspace)
    named = next((it for it in rows if it.id == account), None)
    return read(
        data,
        name,
        now=context.clock(),
        zone=zone,
        account=AccountName(named.platform, named.handle) if named else None,
    )


def preview(context: Context, batch: Batch) -> Preview:
    return imports.preview(context.database, context.home.workspace, batch)


def store_upload(context: Context, number: int, user: str) -> Done:
    """Store the good rows of a kept file, then let its bytes go.

    A press that is repeated in between stores the same rows again, which adds nothing.
    """
    row = find(context, number)
    batch = parse(context, row.file_name, row.data, row.account)
    imported = imports.store(
        context.database,
        context.home.workspace,
        batch,
        by=user,
        at=context.clock(),
        good_rows=True,
    )
    with context.database.write() as connection:
        uploads.decide(connection, context.home.workspace, number)
    return Done(batch, imported)


def find(context: Context, number: int) -> uploads.UploadRow:
    with context.database.read() as connection:
        row = uploads.find(connection, context.home.workspace, number)
    if row is None:
        raise KepiError(wording.DECIDED)
    return row


def take_back(context: Context, number: int) -> str:
    """Undo an import and say what that did."""
    from storage.undo import undo

    done = undo(context.database, context.home.workspace, number, context.clock())
    words = f"Took back {done.file_name}: {done.removed:,} removed"
    return f"{words}, {done.restored:,} as before." if done.restored else f"{words}."
