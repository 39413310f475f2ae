"""Customers beside a crisis: how many issues were opened since it began, and how many wait."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from commands.saying import say, say_count

if TYPE_CHECKING:
    from sqlalchemy import Connection


def count_customers(
    connection: Connection, workspace: int, since: datetime, hidden: frozenset[str]
) -> str:
    """Return “6 customer issues, 2 waiting.”; nothing where nobody tracks any that may be told.

    ``hidden`` are the channels that the reader may know nothing of.
    """
    from storage import desks, issues
    from storage.issue_rows import ISSUE

    seen = {it.channel for it in desks.all_desks(connection, workspace)} - hidden
    if not seen:
        return ""
    opened = issues.rows_where(connection, workspace, ISSUE.c.opened >= since)
    found = [
        it
        for it in opened
        if it.channel in seen and it.dismissed is None and it.merged_into is None
    ]
    waiting = sum(it.waiting_since is not None for it in found)
    if not found:
        return say("No customer issues.")
    if not waiting:
        return say_count(
            "{number} customer issue, none waiting.",
            "{number} customer issues, none waiting.",
            len(found),
        )
    return say_count(
        "{number} customer issue, {waiting} waiting.",
        "{number} customer issues, {waiting} waiting.",
        len(found),
        waiting=waiting,
    )
