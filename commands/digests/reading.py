"""Digests as the rest of the room reads them: rows made plans, in one hop each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.context import Context
from commands.tongues import language_of_channel
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.digests.plan import Plan
    from storage.digest_periods import RunRow
    from storage.digests import DigestRow
    from storage.outbox import DeliveryRow

GONE = "That digest is gone. /kpi digest lists what there is."


@dataclass(frozen=True)
class Period:
    """One period of a digest: what was decided about it, and what became of it."""

    plan: Plan
    key: str
    due: datetime
    run: RunRow
    delivery: DeliveryRow | None

    @property
    def is_out(self) -> bool:
        return self.delivery is not None and self.delivery.state in ("sent", "sending")


def plan_of(row: DigestRow, week_start: int) -> Plan:
    """Return a row as the calendar and the report read it."""
    from kpis.digests.plan import Plan
    from kpis.scopes import unpack_scope

    return Plan(
        id=row.id,
        channel=row.channel,
        cadence=row.cadence,
        zone=row.zone,
        weekday=row.weekday,
        day=row.day,
        hour=row.hour,
        minute=row.minute,
        week_start=week_start,
        language=row.language,
        kpis=row.kpis,
        scope=unpack_scope(row.scope),
        left_out=frozenset(row.parts),
        owner=row.owner,
        by=row.by,
        since=row.since,
        paused=row.paused,
        removed=row.removed,
        company=row.company,
        version=row.version,
    )


def read_plans(connection: Connection, workspace: int) -> list[Plan]:
    """Return every digest that was not removed."""
    from storage import digests

    week_start = week_start_of(connection, workspace)
    return [plan_of(it, week_start) for it in digests.all_digests(connection, workspace)]


def read_plan(connection: Connection, workspace: int, digest: int) -> Plan | None:
    """Return a digest, a removed one too."""
    from storage import digests

    row = digests.by_id(connection, workspace, digest)
    return None if row is None else plan_of(row, week_start_of(connection, workspace))


def week_start_of(connection: Connection, workspace: int) -> int:
    from sqlalchemy import select

    from storage.workspaces import TABLE

    statement = select(TABLE.c.week_start).where(TABLE.c.id == workspace)
    return int(connection.execute(statement).scalar_one())


async def language_of(context: Context, plan: Plan) -> str:
    """Return what a digest is written in: one of its own, or its channel's as it is now."""
    return plan.language or await language_of_channel(context, plan.channel)


async def find_plan(context: Context, digest: int) -> Plan:
    """Return a digest that was not removed; raises ``KepiError`` where there is none."""
    found = await find_kept(context, digest)
    if found.removed is not None:
        raise KepiError(GONE)
    return found


async def find_kept(context: Context, digest: int) -> Plan:
    """Return a digest, a removed one too; raises ``KepiError`` where there is none."""
    found = await context.read(read_plan, context.home.workspace, digest)
    if found is None:
        raise KepiError(GONE)
    return found


def read_period(connection: Connection, workspace: int, plan: Plan, key: str) -> Period:
    """Return how one period of a digest stands."""
    from kpis.digests.calendar import due_at
    from storage import digest_periods, digests, outbox

    return Period(
        plan,
        key,
        due_at(plan, key),
        digest_periods.run_of(connection, workspace, plan.id, key),
        outbox.find(connection, workspace, plan.channel, digests.KIND, period_key(plan, key)),
    )


def period_key(plan: Plan, key: str) -> str:
    """Return the ``period`` of a delivery: ``4:2026-W47``."""
    return f"{plan.id}:{key}"


def split_period(period: str) -> tuple[int, str]:
    """Return digest and key of a delivery's period; (0, "") for what is none."""
    number, _, rest = period.partition(":")
    key = rest.partition(":")[0]  # what follows tells one sending from another
    return (int(number), key) if number.isascii() and number.isdecimal() and key else (0, "")


def place_of(plan: Plan) -> ZoneInfo:
    return ZoneInfo(plan.zone)
