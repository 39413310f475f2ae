"""Records drawn as small tables, stored through the very path that an export takes.

    day        | platform  | sessions | bounced
    -----------+-----------+----------+--------
    2026-11-02 | instagram |      100 |      40

``day`` stands for ``start`` and the day after it for ``end``; moments are noon UTC where only a
day is drawn. Amounts of money are drawn in units (“12.50”) of the row's currency.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer
from sqlmodel import SQLModel

from storage.batch import AccountName, Batch, MentionRow, RecordRow, RecordRows
from storage.bulk import insert
from storage.database import Database
from storage.imports import Imported, store
from storage.money import to_minor
from storage.records import KINDS, RecordKind
from storage.tables import Day, Instant, day_number, instant_number
from storage.workspaces import mark_changed, only_workspace
from tests.drawn import AT, table

MONEY = {("ads", "spend"), ("ads", "value"), ("web", "revenue"), ("orders", "value"),
         ("conversions", "value")}  # fmt: skip
USUAL: Mapping[str, Mapping[str, str]] = {
    "web": {"social": "yes", "tagged": "yes"},
    "ads": {"platform": "instagram", "currency": "EUR"},
    "conversions": {"type": "purchase"},
    "orders": {"currency": "EUR"},
    "reviews": {"source": "google", "most": "5", "brand": "acme"},
    "surveys": {"survey": "nps", "kind": "nps", "lowest": "0", "highest": "10"},
    "comments": {"platform": "instagram", "words": "1"},
    "segments": {"measure": "followers"},
    "paths": {"name": "drawn", "type": "conversion"},
}
YES = ("yes", "true", "1")


def fill_records(
    database: Database,
    *,
    watched: str = "2026-10-01..2026-11-30",
    mentions: str = "",
    declared: str = "",
    rates: str = "",
    at: datetime = AT,
    file_name: str = "drawn-records.csv",
    **records: str,
) -> Imported:
    """Store drawn rows of any kinds of ``storage.records.KINDS``, mentions, and what is declared.

    ``watched``: first and last day that the file was read for.
    """
    first, last = (date.fromisoformat(it) for it in watched.split(".."))
    rows = tuple(
        RecordRows(name, tuple(draw(KINDS[name], it) for it in table(text)), first,
                   last + timedelta(days=1))
        for name, text in records.items()
    )  # fmt: skip
    batch = Batch(
        format="drawn",
        title="Drawn records",
        file_name=file_name,
        file_hash=sha256(repr((records, mentions)).encode()).hexdigest(),
        mentions=tuple(draw_mention(it) for it in table(mentions)),
        records=rows,
    )
    with database.write() as connection:
        workspace = only_workspace(connection).id
        for row in table(declared):
            insert_row(connection, "declared_value", DECLARED | row, workspace)
        for row in table(rates):
            insert_row(connection, "rate_card", RATES | row, workspace)
        mark_changed(connection, workspace)
    return store(database, workspace, batch, "U1", at)


DECLARED = {"name": "", "currency": "", "end": "", "owner": "Mia", "method": "", "by": "U1"}
RATES = {"source": "drawn", "by": "U1", "since": "2026-01-01"}


def draw(kind: RecordKind, row: Mapping[str, str]) -> RecordRow:
    """Return a drawn row with every column of its kind."""
    given = {**USUAL.get(kind.name, {}), **row}
    if "day" in given and kind.when == "days":
        day = date.fromisoformat(given["day"])
        given |= {"start": str(day), "end": str(day + timedelta(days=1))}
    elif "day" in given:
        given["at"] = f"{given['day']} 12:00"
    given.setdefault("external_id", f"line {row['line']}")
    values = tuple(
        read(kind, kind.table.c[name], given.get(name, ""), given) for name in kind.columns
    )
    return RecordRow(int(row["line"]), values)


def read(kind: RecordKind, column: Column[Any], cell: str, row: Mapping[str, str]) -> object:
    if kind.name == "reviews" and column.name == "brand":
        return cell
    if kind.name == "segments" and column.name == "account":
        return AccountName(row.get("platform") or "instagram", cell or "acme")
    if (kind.name, column.name) in MONEY:
        return to_minor(Decimal(cell), row["currency"]) if cell else None
    return read_cell(column, cell)


def read_cell(column: Column[Any], cell: str) -> object:
    if isinstance(column.type, Day):
        return date.fromisoformat(cell) if cell else None
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(cell).replace(tzinfo=UTC)
    if isinstance(column.type, Boolean):
        return cell in YES if cell else None if column.nullable else False
    if isinstance(column.type, Float):
        return float(cell) if cell else None
    if isinstance(column.type, Integer | BigInteger):
        return int(cell) if cell else None
    return cell


def draw_mention(row: Mapping[str, str]) -> MentionRow:
    moment = datetime.fromisoformat(row.get("at") or f"{row['day']} 12:00").replace(tzinfo=UTC)
    tagged = row.get("tagged", "")
    return MentionRow(
        line=int(row["line"]),
        brand=row.get("brand", ""),
        platform=row.get("platform") or "x",
        external_id=row.get("id") or f"line {row['line']}",
        at=moment,
        author=row.get("author", ""),
        followers=int(row["followers"]) if row.get("followers") else None,
        tagged=tagged in YES if tagged else None,
        sentiment=row.get("sentiment", ""),
        topic=row.get("topic", ""),
    )


def insert_row(connection: Any, name: str, row: Mapping[str, str], workspace: int) -> None:
    """Store a drawn row of a table as it is; days and moments as the tables hold them."""
    columns = SQLModel.metadata.tables[name].c
    values: dict[str, object] = {"workspace": workspace, "at": instant_number(AT), "import_id": 0}
    for column in columns:
        if column.name in row:
            value = read_cell(column, row[column.name])
            values[column.name] = day_number(value) if isinstance(value, date) else value
    insert(connection, name, tuple(values), [tuple(values.values())])
