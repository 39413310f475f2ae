"""The periods of a digest: what was decided about one, and what became of those that were due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.digests import KIND
from storage.outbox import COLUMNS as DELIVERY_COLUMNS
from storage.outbox import DELIVERY, DeliveryRow
from storage.outgoing_tables import DigestRun
from storage.tables import table_of

RUN = table_of(DigestRun)
AT_ONCE = 500
"""Periods in one statement."""


class RunRow(NamedTuple):
    """What was decided about one period of a digest."""

    digest: int
    period: str
    comment: str
    comment_by: str
    held_by: str
    held: datetime | None


RUN_COLUMNS = tuple(RUN.c[name] for name in RunRow._fields)


def run_of(connection: Connection, workspace: int, digest: int, period: str) -> RunRow:
    """Return what was decided about a period; an empty one where nothing was."""
    statement = select(*RUN_COLUMNS).where(
        RUN.c.workspace == workspace, RUN.c.digest == digest, RUN.c.period == period
    )
    row = connection.execute(statement).one_or_none()
    return RunRow(digest, period, "", "", "", None) if row is None else RunRow._make(row)


def decide(connection: Connection, workspace: int, digest: int, period: str, **chosen: Any) -> None:
    """Keep columns of ``digest_run``; the others stay as they are."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    blank = {"comment": "", "comment_by": "", "held_by": "", "held": None}
    statement = make(RUN).values(
        workspace=workspace, digest=digest, period=period, **(blank | chosen)
    )
    keys = ["workspace", "digest", "period"]
    here = RUN.c.workspace == workspace
    connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=chosen, where=here)
    )


def comment(
    connection: Connection, workspace: int, digest: int, period: str, words: str, by: str
) -> None:
    """Keep what somebody wants said above the numbers; empty words take it away."""
    decide(connection, workspace, digest, period, comment=words, comment_by=by if words else "")


def hold(
    connection: Connection, workspace: int, digest: int, period: str, by: str, now: datetime
) -> None:
    """Let a period not go out until it is released."""
    decide(connection, workspace, digest, period, held_by=by, held=now)


def release(connection: Connection, workspace: int, digest: int, period: str) -> None:
    decide(connection, workspace, digest, period, held_by="", held=None)


def held_periods(connection: Connection, workspace: int) -> set[str]:
    """Return the periods that somebody holds, as deliveries name them: ``4:2026-W47``."""
    statement = select(RUN.c.digest, RUN.c.period).where(
        RUN.c.workspace == workspace, RUN.c.held.is_not(None)
    )
    return {f"{digest}:{period}" for digest, period in connection.execute(statement)}


# --- what became of them


def deliveries_with(
    connection: Connection, workspace: int, periods: Sequence[str]
) -> dict[tuple[str, str, str], DeliveryRow]:
    """Return the deliveries of some periods, by channel, kind and period."""
    found = {}
    for start in range(0, len(periods), AT_ONCE):
        statement = select(*DELIVERY_COLUMNS).where(
            DELIVERY.c.workspace == workspace,
            DELIVERY.c.period.in_(periods[start : start + AT_ONCE]),
        )
        for row in connection.execute(statement):
            it = DeliveryRow._make(row)
            found[it.channel, it.kind, it.period] = it
    return found


def deliveries_of(
    connection: Connection, workspace: int, digest: int, limit: int = 12
) -> list[DeliveryRow]:
    """Return what was posted of a digest, and what was not and why, the latest first."""
    statement = (
        select(*DELIVERY_COLUMNS)
        .where(
            DELIVERY.c.workspace == workspace,
            DELIVERY.c.kind == KIND,
            DELIVERY.c.period.like(f"{int(digest)}:%"),
        )
        .order_by(DELIVERY.c.due.desc(), DELIVERY.c.id.desc())
        .limit(limit)
    )
    return [DeliveryRow._make(row) for row in connection.execute(statement)]


def periods_told(connection: Connection, workspace: int, digest: int) -> set[str]:
    """Return the periods of a digest that were written down, whatever became of them.

    As deliveries name them, ``4:2026-W47``, wherever it went at the time.
    """
    statement = select(DELIVERY.c.period).where(
        DELIVERY.c.workspace == workspace,
        DELIVERY.c.kind == KIND,
        DELIVERY.c.period.like(f"{int(digest)}:%"),
    )
    parts = (it.period.split(":") for it in connection.execute(statement))
    return {":".join(it[:2]) for it in parts}


def delivery_at(
    connection: Connection, workspace: int, channel: str, ts: str
) -> DeliveryRow | None:
    """Return the digest that stands in a channel as the message ``ts``."""
    statement = select(*DELIVERY_COLUMNS).where(
        DELIVERY.c.workspace == workspace,
        DELIVERY.c.channel == channel,
        DELIVERY.c.kind == KIND,
        DELIVERY.c.ts == ts,
    )
    row = connection.execute(statement).first()
    return None if row is None else DeliveryRow._make(row)
