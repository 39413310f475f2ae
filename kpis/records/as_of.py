"""Records as they were told up to a moment: what later imports said is not known yet."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, Text, cast, func, select, union_all

from kpis.readers.columns import TABLES
from storage.record_kinds import KINDS

REVISED = TABLES["revised_record"]


def records_then(kind: str, name: str, later: tuple[int, ...], dialect: str) -> FromClause:
    """Return the rows of a table as they stood before the imports of ``later``.

    A record that one of these told otherwise is shown as it was told before; one that they
    brought is not there. Tables that keep no imports, such as credits, are as they are now.
    """
    table = TABLES[name]
    if "import_id" not in table.c:
        return table
    rows = select(*table.c).where(table.c.import_id.not_in(later))
    if kind not in KINDS:
        return rows.subquery()
    facts = KINDS[kind].facts
    told = [
        was_said(column, dialect) if column.name in facts
        else REVISED.c.import_id if column.name == "import_id" else column
        for column in table.c
    ]  # fmt: skip
    earlier = (
        select(*(it.label(column.name) for it, column in zip(told, table.c, strict=True)))
        .select_from(REVISED)
        .join(table, table.c.id == REVISED.c.record)
        .where(
            REVISED.c.workspace == table.c.workspace,
            REVISED.c.kind == kind,
            REVISED.c.replaced_by.in_(later),
            REVISED.c.import_id.not_in(later),
        )
    )
    return union_all(rows, earlier).subquery()


def was_said(column: Column[Any], dialect: str) -> ColumnElement[Any]:
    """Return a column's value as ``revised_record.said`` keeps it."""
    if dialect == "sqlite":
        return func.json_extract(REVISED.c.said, f"$.{column.name}", type_=column.type)
    said = REVISED.c.said.op("::json ->>", return_type=Text())(column.name)
    return cast(said, column.type)
