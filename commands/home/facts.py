"""What Home tells, read in one hop; whose channels a person may see into is asked afterwards.

Only what the next digests still need is read after that, where there are any.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.context import Context

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from commands.digests.pages import Standing
    from kpis.digests.plan import Plan
    from kpis.surroundings import Surroundings
    from storage.at_a_glance import Desk, OpenAlert, OpenGoal

LATELY = timedelta(days=7)
MOST_DIGESTS = 4
"""Digests of which Home tells more than that they are there."""


@dataclass(frozen=True)
class Held:
    """An account, and the last day there is of it; nothing: no data yet."""

    platform: str
    handle: str
    brand: str
    own: bool
    last: date | None


@dataclass(frozen=True)
class Facts:
    """How a workspace stands, or as much of it as one person may know (``seen_by``)."""

    now: datetime
    zone: ZoneInfo
    has_numbers: bool
    """Some import stands."""
    accounts: tuple[Held, ...] = ()
    """Own ones first, by brand."""
    plans: tuple[Plan, ...] = ()
    """Digests, the next one first, paused ones last."""
    digests: tuple[Standing, ...] = ()
    """The first of them, with what comes next and what came last."""
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
            plans=tuple(
                it for it in self.plans if it.channel in channels or user in (it.owner, it.by)
            ),
            alerts=tuple(it for it in self.alerts if it.channel in channels),
            desks=tuple(it for it in self.desks if it.channel in channels),
        )


def read_facts(connection: Connection, context: Context, user: str) -> Facts:
    """Return everything that is open, whoever may see it; of private goals ``user``'s alone."""
    from commands.digests.reading import read_plans
    from commands.status.facts import ABOUT_OTHERS
    from kpis.digests.calendar import next_due
    from kpis.surroundings import look_around
    from storage import at_a_glance, second_tries

    workspace, now = context.home.workspace, context.clock()
    around = look_around(context.database, connection, workspace)
    plans = read_plans(connection, workspace)
    due = {it.id: (it.paused is not None, next_due(it, now)[1]) for it in plans}
    alerts = at_a_glance.open_alerts(connection, workspace)
    desks = at_a_glance.desks(connection, workspace)
    goals = at_a_glance.open_goals(connection, workspace)
    told = {it.channel for it in alerts} | {it.channel for it in desks}
    return Facts(
        now=now,
        zone=ZoneInfo(around.zone),
        has_numbers=bool(around.imports),
        accounts=tuple(read_accounts(around)),
        plans=tuple(sorted(plans, key=lambda it: due[it.id])),
        alerts=tuple(alerts),
        goals=tuple(it for it in goals if not it.is_private or user in (it.owner, it.by)),
        desks=tuple(desks),
        lost=at_a_glance.count_unsent(
            connection, workspace, second_tries.LOST, now - LATELY, sorted(ABOUT_OTHERS)
        ),
        channels=frozenset(told | {it.channel for it in plans}),
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


def read_digests(connection: Connection, workspace: int, facts: Facts) -> Facts:
    """Return the facts with what comes next and came last of the first digests."""
    from commands.digests.pages import read_standing

    first = facts.plans[:MOST_DIGESTS]
    told = [read_standing(connection, workspace, it, facts.now) for it in first]
    return replace(facts, digests=tuple(told))
