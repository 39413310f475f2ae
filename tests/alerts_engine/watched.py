"""Numbers in a real database, watched by a rule."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kpis.alerts.judge import judge
from kpis.alerts.replay import replay
from kpis.alerts.rules import Kind, Rule, Settings
from kpis.alerts.verdict import Replay, Verdict
from kpis.question import Scope
from kpis.surroundings import look_around
from storage.batch import AccountName, Batch, DayRow, WatchedSpan, WindowRow
from storage.database import Database
from storage.imports import store
from storage.workspaces import only_workspace
from tests.drawn import AT

ACME = AccountName("instagram", "acme")


def keep(
    database: Database,
    values: Sequence[int | None],
    last: date,
    *,
    measure: str = "likes",
    account: AccountName = ACME,
    at: datetime = AT,
) -> int:
    """Store a number a day, the last on ``last``; nothing is a gap. Return the workspace."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
    first = last - timedelta(days=len(values) - 1)
    days = [(first + timedelta(days=it), value) for it, value in enumerate(values)]
    told = [(day, value) for day, value in days if value is not None]
    rows = [DayRow(it, account, measure, day, value) for it, (day, value) in enumerate(told)]
    windows = [
        WindowRow(it.line, account, measure, it.day, it.day + timedelta(days=1), it.value)
        for it in rows
    ]
    is_people = measure == "reach"
    batch = Batch(
        format="drawn",
        title="Drawn rows",
        file_name=f"{account.platform}-{measure}-{first}.csv",
        file_hash=f"{account} {measure} {told}",
        days=() if is_people else tuple(rows),
        windows=tuple(windows) if is_people else (),
        watched=(WatchedSpan("account-days", account, first, last + timedelta(days=1)),),
    )
    store(database, workspace, batch, "U1", at)
    return workspace


def rule_of(kind: Kind, kpi: str = "likes", **settings: Any) -> Rule:
    """Return a draft; ``platforms``, ``accounts``, ``brands``, ``made`` are of the rule itself."""
    scope = Scope(
        platforms=settings.pop("platforms", ()),
        accounts=settings.pop("accounts", ()),
        brands=settings.pop("brands", ()),
    )
    made = settings.pop("made", None)
    return Rule(0, 1, "C1", kind, kpi=kpi, scope=scope, settings=Settings(**settings), made=made)


def verdict(database: Database, rule: Rule, now: datetime, workspace: int = 1) -> Verdict:
    with database.read() as connection:
        return judge(rule, connection, look_around(database, connection, workspace), now)


def tried(
    database: Database, rule: Rule, now: datetime, days: int = 90, workspace: int = 1
) -> Replay:
    with database.read() as connection:
        around = look_around(database, connection, workspace)
        return replay(rule, connection, around, now, days)


def noon(day: date, zone: str = "UTC") -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(zone))
