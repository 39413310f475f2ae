"""What ``/kpi status`` tells, read in one hop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.status.vital import Vital, last

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.imports import ImportRow
    from storage.outbox import DeliveryRow
    from storage.soundness import Look

WEEK = timedelta(days=7)
LATE = timedelta(minutes=5)
ABOUT_OTHERS = frozenset({"undelivered", "ops"})
"""Kinds that tell of other messages: never listed as lost themselves."""


@dataclass(frozen=True)
class Next:
    """A digest, and when it comes; nothing where it is paused."""

    channel: str
    cadence: str
    due: datetime | None
    zone: str


@dataclass(frozen=True)
class Facts:
    """How Kepi stands, as tables hold it."""

    now: datetime
    zone: ZoneInfo
    vital: Vital | None
    digests: tuple[Next, ...]
    sent: dict[str, int]
    """Kind → how many went out in the last 7 days."""
    late: int
    """How many of them went out late."""
    overdue: tuple[DeliveryRow, ...]
    lost: tuple[DeliveryRow, ...]
    """Given up or missed in the last 7 days, the latest first."""
    newest: ImportRow | None
    ops: str
    """The ops channel; empty: nobody chose one."""
    copied: datetime | None = None
    """When the newest verified copy of the database was made."""
    is_not_copied: bool = False
    """The newest try made no copy."""
    look: Look | None = None
    """What came of looking through the file of an SQLite database last."""


def read_facts(connection: Connection, workspace: int, now: datetime) -> Facts:
    from commands.undelivered import OPS_CHANNEL
    from storage import backup_runs, outbox, second_tries
    from storage.imports import last_imports
    from storage.support_notes import chosen
    from storage.workspaces import zone_of

    since = now - WEEK
    copy, tried = backup_runs.last_copy(connection), backup_runs.last_run(connection)
    lost = outbox.in_state(connection, workspace, second_tries.LOST, since=since)
    files = [it for it in last_imports(connection, workspace) if it.undone is None]
    return Facts(
        now=now,
        zone=ZoneInfo(zone_of(connection, workspace)),
        vital=last(connection, workspace),
        digests=tuple(read_digests(connection, workspace, now)),
        sent=second_tries.count_sent(connection, workspace, since),
        late=second_tries.count_late(connection, workspace, since),
        overdue=tuple(outbox.overdue(connection, workspace, now - LATE)),
        lost=tuple(it for it in lost if it.kind not in ABOUT_OTHERS),
        newest=max(files, key=lambda it: it.at, default=None),
        ops=str(chosen(connection, workspace, OPS_CHANNEL, "") or ""),
        copied=None if copy is None else copy.at,
        is_not_copied=tried is not None and bool(tried.trouble) and not tried.is_under_way(now),
        look=look_at(connection),
    )


def look_at(connection: Connection) -> Look | None:
    """Return what the last look through the database's file found."""
    from storage.soundness import last_look

    url = connection.engine.url
    is_file = url.get_backend_name() == "sqlite" and url.database
    return last_look(Path(str(url.database))) if is_file else None


def read_digests(connection: Connection, workspace: int, now: datetime) -> list[Next]:
    """Return every digest that was not removed, the next one first, paused ones last."""
    from commands.digests.reading import read_plans
    from kpis.digests.calendar import next_due

    found = []
    for plan in read_plans(connection, workspace):
        if plan.removed is None:
            due = next_due(plan, now)[1] if plan.is_running else None
            found.append(Next(plan.channel, plan.cadence, due, plan.zone))
    return sorted(found, key=lambda it: (it.due is None, it.due or now))
