"""Columns of customer issues as KPIs read them: by name, and what other tables say of an issue."""

from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, null, select

from kpis.service_past import ISSUE, SPELL, micros
from storage.issue_tables import Target
from storage.tables import table_of

TARGET = table_of(Target)


def column_of(table: Any, name: str) -> ColumnElement[Any]:
    """Return a column of ``table``, or else of ``issue``; null where there is no name."""
    if not name:
        return null()
    if "|" in name:
        first, second = (column_of(table, it) for it in name.split("|"))
        return case((func.coalesce(first, "") != "", first), else_=second)
    if name == "first_resolved_via":
        return first_via()
    column = table.c[name] if name in table.c else ISSUE.c[name]
    return micros(column) if is_instant(column) else column


def is_instant(column: Any) -> bool:
    return type(column.type).__name__ == "Instant"


def first_via() -> ColumnElement[str]:
    """Return how an issue was first solved: “mark”, “button”, “command” or “auto”."""
    first = SPELL.alias("first")
    found = (
        select(first.c.via)
        .where(
            first.c.workspace == ISSUE.c.workspace,
            first.c.issue == ISSUE.c.id,
            first.c.ended_by == "resolved",
        )
        .order_by(first.c.position)
        .limit(1)
    )
    return found.correlate(ISSUE).scalar_subquery()


def missed() -> ColumnElement[bool]:
    """Return whether some target of the issue was missed."""
    late = select(TARGET.c.issue).where(
        TARGET.c.workspace == ISSUE.c.workspace,
        TARGET.c.issue == ISSUE.c.id,
        # By its key: the index on states would go through every missed target there is.
        func.coalesce(TARGET.c.state, "") == "breached",
    )
    return exists(late.correlate(ISSUE))
