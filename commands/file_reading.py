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
from storage.errors import KepiError, Nameless
from storage.workspaces import zone_of

if TYPE_CHECKING:
    from storage.accounts import AccountRow
    from storage.imports import Imported, Preview


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
    """Read a file; where it does not say whose it is, it may be any own account's there."""
    known, zone = survey(context)
    named = next((it for it in known if it.id == account), None)
    try:
        batch = parse(context, name, data, zone, named)
    except Nameless as trouble:
        fitting = tuple(it for it in known if it.own and it.platform == trouble.platform)
        if not fitting:
            raise
        # As any of them, so that what else keeps the file from being read is said now.
        batch = parse(context, name, data, zone, fitting[0])
        if len(fitting) > 1:
            return Read(number, trouble=wording.WHOSE.format(name=name), accounts=fitting)
        return Read(number, batch, preview(context, batch), accounts=fitting)
    return Read(number, batch, preview(context, batch))


def survey(context: Context) -> tuple[list[AccountRow], str]:
    """Return the accounts of the workspace, and its zone."""
    with context.database.read() as connection:
        known = accounts.accounts(connection, context.home.workspace)
        return list(known), zone_of(connection, context.home.workspace)


def parse(context: Context, name: str, data: bytes, zone: str, account: AccountRow | None) -> Batch:
    from storage.sources import read

    named = AccountName(account.platform, account.handle) if account else None
    return read(data, name, now=context.clock(), zone=zone, account=named)


def preview(context: Context, batch: Batch) -> Preview:
    return imports.preview(context.database, context.home.workspace, batch)


def store_upload(context: Context, number: int, user: str) -> Done:
    """Store the good rows of a kept file, then let its bytes go.

    After a crash in between, a press stores the same rows again, which adds nothing.
    """
    row = find(context, number)
    known, zone = survey(context)
    account = next((it for it in known if it.id == row.account), None)
    batch = parse(context, row.file_name, row.data, zone, account)
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
