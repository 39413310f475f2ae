"""Reading, keeping and storing a dropped file: everything here runs in a worker thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from commands import wording
from commands.asker import Asker
from commands.context import Context
from commands.file_draft import Draft
from commands.file_words import grouped
from commands.files_download import Dropped
from commands.saying import say
from storage import accounts, column_matches, imports, uploads
from storage.batch import AccountName, Batch
from storage.column_matches import MatchRow
from storage.errors import KepiError, Nameless, SourceError, UnknownLayout
from storage.workspaces import zone_of

if TYPE_CHECKING:
    from storage.accounts import AccountRow
    from storage.imports import Imported, Preview
    from storage.sources import Mapping


@dataclass(frozen=True)
class Read:
    """A file that waits: what it holds, or why that depends on whose it is."""

    upload: int
    batch: Batch | None = None
    preview: Preview | None = None
    trouble: str = ""
    accounts: tuple[AccountRow, ...] = ()
    """Whose it may be, where the file does not say."""
    is_unknown: bool = False
    """Nobody knows its columns yet; ``trouble`` says which layout is closest."""
    draft: Draft | None = None
    """What its columns were just said to be; remembered when it is imported."""
    match: MatchRow | None = None
    """What somebody said of such columns before, by which it was read."""
    zone: str = "UTC"
    """In which its times are told."""


@dataclass(frozen=True)
class Around:
    """What a file is read in: the accounts that are known, the zone, and what was matched."""

    accounts: tuple[AccountRow, ...]
    zone: str
    matches: tuple[MatchRow, ...]


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
    return replace(read, upload=number)


def read_upload(
    context: Context, number: int, account: int | None = None, draft: Draft | None = None
) -> Read:
    """Look at a kept file again, as one of ``account``, which is remembered, or as ``draft``."""
    if account is not None:
        with context.database.write() as connection:
            uploads.name_account(connection, context.home.workspace, number, account)
    row = find(context, number)
    return look(context, number, row.file_name, row.data, account, draft)


def look(
    context: Context,
    number: int,
    name: str,
    data: bytes,
    account: int | None,
    draft: Draft | None = None,
) -> Read:
    """Read a file; where it does not say whose it is, it may be any own account's there."""
    around = survey(context)
    known = around.accounts
    named = next((it for it in known if it.id == account), None)
    mapping = map_columns(context, data, around, draft)[0] if draft else None
    try:
        batch, match = parse(context, name, data, around, named, mapping)
    except UnknownLayout as trouble:
        check_matchable(data, trouble)
        return Read(number, trouble=f"{trouble}.", is_unknown=True, zone=around.zone)
    except Nameless as trouble:
        fitting = tuple(it for it in known if it.own and it.platform == trouble.platform)
        if not fitting:
            raise
        # As any of them, so that what else keeps the file from being read is said now.
        batch, match = parse(context, name, data, around, fitting[0], mapping)
        if len(fitting) > 1:
            words = say(wording.WHOSE, name=name)
            read = Read(number, trouble=words, accounts=fitting)
        else:
            read = Read(number, batch, preview(context, batch), accounts=fitting)
        return replace(read, draft=draft, match=match, zone=around.zone)
    read = Read(number, batch, preview(context, batch))
    return replace(read, draft=draft, match=match, zone=around.zone)


def check_matchable(data: bytes, trouble: UnknownLayout) -> None:
    """Raise ``trouble`` of a file whose columns could not be matched either."""
    from storage.sources.matching import survey as survey_columns

    try:
        survey_columns(data, most=1)
    except SourceError:
        raise trouble from None


def survey(context: Context) -> Around:
    """Return what the workspace knows already."""
    with context.database.read() as connection:
        workspace = context.home.workspace
        known = accounts.accounts(connection, workspace)
        matched = column_matches.matches(connection, workspace)
        return Around(tuple(known), zone_of(connection, workspace), tuple(matched))


def parse(
    context: Context,
    name: str,
    data: bytes,
    around: Around,
    account: AccountRow | None,
    mapping: Mapping | None = None,
) -> tuple[Batch, MatchRow | None]:
    """Return what a file holds: as a mapping says, as its source does, or as it was matched."""
    from storage.sources import read
    from storage.sources.apart import fingerprint
    from storage.sources.remembered import read_by_match

    named = AccountName(account.platform, account.handle) if account else None
    now, zone = context.clock(), around.zone
    if mapping is not None:
        return read(data, name, now=now, zone=zone, account=named, mapping=mapping), None
    by_header = {it.fingerprint: it for it in around.matches}
    return read_by_match(
        data,
        name,
        lambda header: by_header.get(fingerprint(header)),
        now=now,
        zone=zone,
        account=named,
    )


def map_columns(
    context: Context, data: bytes, around: Around, draft: Draft
) -> tuple[Mapping, tuple[str, ...]]:
    """Return the mapping that a draft means for a file, and the file's header."""
    from commands.file_mapping import make_mapping
    from storage.sources.matching import survey as survey_columns

    seen = survey_columns(data)
    mapping = make_mapping(draft, seen, around.accounts, around.zone, context.clock())
    return mapping, seen.header


def preview(context: Context, batch: Batch) -> Preview:
    return imports.preview(context.database, context.home.workspace, batch)


def store_upload(context: Context, number: int, user: str, draft: Draft | None = None) -> Done:
    """Store the good rows of a kept file, then let its bytes go.

    A draft is remembered first, for files with that header; raises ``Overtaken`` where somebody
    else matched it meanwhile, and nothing is stored. After a crash in between, a press stores the
    same rows again, which adds nothing.
    """
    row = find(context, number)
    around = survey(context)
    account = next((it for it in around.accounts if it.id == row.account), None)
    mapping, header = map_columns(context, row.data, around, draft) if draft else (None, ())
    batch, match = parse(context, row.file_name, row.data, around, account, mapping)
    if draft is not None and mapping is not None:
        match = remember(context, row.file_name, header, mapping, user, draft.version)
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
        if match is not None:
            column_matches.use(connection, context.home.workspace, match.id, context.clock())
    return Done(batch, imported)


def remember(
    context: Context, name: str, header: Sequence[str], mapping: Mapping, by: str, version: int
) -> MatchRow:
    """Keep what the columns of a header are; raises ``Overtaken``."""
    with context.database.write() as connection:
        return column_matches.remember(
            connection,
            context.home.workspace,
            header=header,
            name=name,
            mapping=mapping,
            by=by,
            at=context.clock(),
            version=version,
        )


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
    if not done.restored:
        removed = grouped(done.removed)
        return say("Took back {name}: {removed} removed.", name=done.file_name, removed=removed)
    return say(
        "Took back {name}: {removed} removed, {restored} as before.",
        name=done.file_name,
        removed=grouped(done.removed),
        restored=grouped(done.restored),
    )
