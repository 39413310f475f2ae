"""Files of records, read as a person would send them; rows by the names of their columns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from storage.batch import AccountName, Batch
from storage.records import EVERY_KIND
from storage.sources import parse_mapping, read

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
Told = dict[str, Any]


def read_text(
    text: str,
    *,
    name: str = "file.csv",
    format: str | None = None,
    mapping: str = "",
    account: AccountName | None = None,
    zone: str = "Europe/Stockholm",
) -> Batch:
    return read(
        text.encode(),
        name,
        now=NOW,
        zone=zone,
        format=format,
        account=account,
        mapping=parse_mapping(mapping) if mapping else None,
    )


def rows_of(batch: Batch) -> list[Told]:
    """Return every record of a batch as its columns and what they say."""
    return [
        dict(zip(EVERY_KIND[told.kind].columns, row.values, strict=True))
        for told in batch.records
        for row in told.rows
    ]


def pick(rows: list[Told], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def bad_of(batch: Batch) -> list[str]:
    return [str(row) for row in batch.bad]
