"""Brands that rows name: told by name, and a name that is unknown is a bad row."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from storage.accounts import brands
from storage.batch import BadRow, Batch
from storage.records import KINDS

BRAND = "brand"


def name_strangers(connection: Connection, workspace: int, batch: Batch) -> list[BadRow]:
    """Return the rows that name no brand of the workspace."""
    named = list(names_of(batch))
    if not named:
        return []
    known = brands(connection, workspace)
    names = {it.name.casefold() for it in known}
    listed = ", ".join(it.name for it in known)[:200] or "none yet"
    is_plain = sum(it.own for it in known) == 1
    return [
        BadRow(line, BRAND, f"{'is no brand here' if name else 'is missing'}; brands: {listed}")
        for line, name in named
        if (name.casefold() not in names if name else not is_plain)
    ]


def names_of(batch: Batch) -> Iterator[tuple[int, str]]:
    """Yield the brand of every row that has one, with the row's place."""
    for mention in batch.mentions:
        yield mention.line, mention.brand
    for some in batch.records:
        columns = KINDS[some.kind].columns
        if BRAND in columns:
            place = columns.index(BRAND)
            for row in some.rows:
                yield row.line, str(row.values[place])
