"""Several tables of one file: sheets of a workbook, or CSV files of a zip, read as one batch.

LinkedIn's content export has its days on one sheet and its posts on another; TikTok's zip has
videos, days and followers. Each format is read once; what was not read is said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storage.batch import AccountName, BadRow, Batch
from storage.errors import Nameless, SourceError
from storage.said import Joined, Listed, Words
from storage.sources.origin import Origin
from storage.sources.rows import Table

if TYPE_CHECKING:
    from storage.sources.formats import Format
    from storage.sources.mapping import Mapping

Read = tuple[Table, Batch]


def read_together(
    found: list[tuple[Format, Table]], origin: Origin, mapping: Mapping | None
) -> list[Read]:
    """Return the batch of each table; of two tables of one format, or of posts, the first.

    A table that does not say whose it is follows one that does: its platform has one account
    in this file.
    """
    first: dict[str, tuple[Format, Table]] = {}
    for format, table in found:
        first.setdefault("posts" if format.is_of_posts else format.key, (format, table))
    alone = len(first) == 1
    read: list[Read] = []
    nameless: list[tuple[Format, Table, Nameless]] = []
    for format, table in first.values():
        try:
            read.append((table, format.read(table, origin, mapping)))
        except Nameless as trouble:
            nameless.append((format, table, trouble))
        except SourceError as error:
            if alone or not _holds_nothing(table):
                raise _in_table(error, table, alone) from None
    for format, table, needed in nameless:
        owners = _list_owners(read, needed.platform)
        if len(owners) != 1:
            raise needed
        whose = replace(origin, account=owners.pop())
        read.append((table, format.read(table, whose, mapping)))
    if not read:
        raise SourceError("the file has a header but no rows; choose a period with data")
    return read


def _list_owners(read: list[Read], platform: str) -> set[AccountName]:
    """Return the accounts of a platform that have been read of so far."""
    owners = {row.account for _, batch in read for row in batch.posts}
    owners |= {row.account for _, batch in read for row in batch.days}
    return {it for it in owners if it.platform == platform}


def join(read: list[Read], tables: list[Table]) -> Batch:
    """Return one batch of all that was read, with a note on what was not."""
    (table, batch), *others = read
    if not others:
        return replace(batch, notes=(*batch.notes, table.only)) if table.only else batch
    batches = [batch, *(it for _, it in others)]
    names = {table.name for table, _ in read}
    left = [it.name for it in tables if it.name not in names]
    notes = [note for it in batches for note in it.notes]
    if left:
        notes.append(Words("Not read: {names}.", names=Joined(left)))
    return replace(
        batch,
        title=Listed(list(dict.fromkeys(it.title for it in batches))),
        posts=tuple(row for it in batches for row in it.posts),
        days=tuple(row for it in batches for row in it.days),
        windows=tuple(row for it in batches for row in it.windows),
        watched=tuple(row for it in batches for row in it.watched),
        mentions=tuple(row for it in batches for row in it.mentions),
        records=tuple(rows for it in batches for rows in it.records),
        supplied=frozenset().union(*(it.supplied for it in batches)),
        bad=tuple(_place(bad, table) for table, it in read for bad in it.bad),
        notes=tuple(dict.fromkeys(notes)),
    )


def _place(bad: BadRow, table: Table) -> BadRow:
    """Return a bad row that says in which table its line is."""
    return bad._replace(reason=Words("in “{name}”: {reason}", name=table.name, reason=bad.reason))


def _in_table(error: SourceError, table: Table, alone: bool) -> SourceError:
    if alone or not table.name:
        return error
    return SourceError(
        "in “{name}”, {words}",
        line=error.line,
        column=error.column,
        name=table.name,
        words=error.words,
    )


def _holds_nothing(table: Table) -> bool:
    """Tell an empty table, such as the sheet of sponsored posts of who never paid for one."""
    return next(table.rows(), None) is None
