"""What Home tells, read in one hop; whose channels a person may see into is asked afterwards."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.context import Context

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.digests.plan import Plan
    from kpis.surroundings import Surroundings
    from storage.at_a_glance import Desk, OpenAlert, OpenGoal, Sent

LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Held:
    """An account, and the last day there is of it; nothing: no data yet."""

    platform: str
    handle: str
    brand: str
    own: bool
    last: date | None


@dataclass(frozen=True)
class Digest:
    """A digest, when the next one comes that is not out yet, and what became of the last."""

    plan: Plan
    due: datetime
    is_held: bool = False
    """Somebody holds the next one back."""
    last: Sent | None = None


@dataclass(frozen=True)
class Facts:
    """How a workspace stands, or as much of it as one person may know (``seen_by``)."""

    now: datetime
    zone: ZoneInfo
    has_numbers: bool
    """Some import stands."""
    accounts: tuple[Held, ...] = ()
    """Own ones first, by brand."""
    digests: tuple[Digest, ...] = ()
    """The next one first, paused ones last."""
    alerts: tuple[OpenAlert, ...] = ()
    """The newest first."""
    goals: tuple[OpenGoal, ...] = ()
    desks: tuple[Desk, ...] = ()
    """Channels of customer issues."""
    lost: int = 0
    """Messages that were not sent in the last days."""
    channels: frozenset[str] = field(default=frozenset(), repr=False)
    """Every channel that something here is about."""

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def tracked(self) -> list[str]:
        """Channels whose customer issues are clocked."""
        return [it.channel for it in self.desks if it.is_tracked]

    @property
    def waiting(self) -> int:
        """How many customers wait for an answer."""
        return sum(it.waiting for it in self.desks)

    @property
    def waiting_since(self) -> datetime | None:
        return min((it.since for it in self.desks if it.since), default=None)

    def seen_by(self, user: str, channels: Set[str]) -> Facts:
        """Return what somebody may know who sees into ``channels``."""
        return replace(
            self,
            digests=tuple(
                it
                for it in self.digests
                if it.plan.channel in channels or user in (it.plan.owner, it.plan.by)
            ),
            alerts=tuple(it for it in self.alerts if it.channel in channels),
            desks=tuple(it for it in self.desks if it.channel in channels),
        )


def read_facts(connection: Connection, context: Context, user: str) -> Facts:
    """Return everything that is open, whoever may see it; of private goals ``user``'s alone."""
    from commands.status.facts import ABOUT_OTHERS
    from kpis.surroundings import look_around
    from storage import at_a_glance, second_tries

    workspace, now = context.home.workspace, context.clock()
    around = look_around(context.database, connection, workspace)
    digests = read_digests(connection, workspace, now)
    alerts = at_a_glance.open_alerts(connection, workspace)
    desks = at_a_glance.desks(connection, workspace)
    goals = at_a_glance.open_goals(connection, workspace)
    told = {it.channel for it in alerts} | {it.channel for it in desks}
    return Facts(
        now=now,
        zone=ZoneInfo(around.zone),
        has_numbers=bool(around.imports),
        accounts=tuple(read_accounts(around)),
        digests=tuple(digests),
        alerts=tuple(alerts),
        goals=tuple(it for it in goals if not it.is_private or user in (it.owner, it.by)),
        desks=tuple(desks),
        lost=at_a_glance.count_unsent(
            connection, workspace, second_tries.LOST, now - LATELY, sorted(ABOUT_OTHERS)
        ),
        channels=frozenset(told | {it.plan.channel for it in digests}),
    )


def read_accounts(around: Surroundings) -> list[Held]:
    """Return the accounts, each with its last day; own brands first, each by platform."""
    from storage.tables import EPOCH_DAY

    last: dict[int, int] = {}
    for it in (*around.posts_watched, *around.days_watched):
        last[it.account] = max(last.get(it.account, 0), it.end)
    names = around.brand_names
    found = [
        Held(
            it.platform,
            it.handle,
            names.get(it.brand, ""),
            it.own,
            EPOCH_DAY + timedelta(days=last[it.id] - 1) if it.id in last else None,
        )
        for it in around.accounts
    ]
    return sorted(found, key=lambda it: (not it.own, it.brand.casefold(), it.platform, it.handle))


def read_digests(connection: Connection, workspace: int, now: datetime) -> list[Digest]:
    from commands.digests.reading import period_key, read_plans
    from kpis.digests.calendar import next_due
    from storage import at_a_glance

    plans = read_plans(connection, workspace)
    if not plans:
        return []
    sent = at_a_glance.last_digests(connection, workspace)
    held = at_a_glance.held_digests(connection, workspace)
    last: dict[str, Sent] = {}
    for period, it in sent.items():
        last.setdefault(period.partition(":")[0], it)
    found = []
    for plan in plans:
        key, due = next_due(plan, now)
        ready = sent.get(period_key(plan, key))
        if ready is not None and ready.state in ("sent", "sending"):  # before its time
            key, due = next_due(plan, due)
        found.append(Digest(plan, due, period_key(plan, key) in held, last.get(str(plan.id))))
    return sorted(found, key=lambda it: (it.plan.paused is not None, it.due))
