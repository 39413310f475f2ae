"""What Home tells, read in one hop; whose channels a person may see into is asked before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.context import Context

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from commands.digests.pages import Standing as Digest
    from kpis.goals.state import Standing as Goal
    from kpis.surroundings import Surroundings
    from storage.incidents import IncidentRow

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
class Waiting:
    """Customers who wait for an answer, and since when the first of them does."""

    many: int = 0
    since: datetime | None = None


@dataclass(frozen=True)
class Facts:
    """How a workspace stands, as far as one person may know."""

    now: datetime
    zone: ZoneInfo
    has_numbers: bool
    """Some import stands."""
    accounts: tuple[Held, ...]
    """Own ones first, by brand."""
    digests: tuple[Digest, ...]
    """The next one first, paused ones last."""
    alerts: tuple[IncidentRow, ...]
    """Open ones, the newest first."""
    goals: tuple[Goal, ...]
    desks: tuple[str, ...]
    """Channels whose customer issues are tracked."""
    waiting: Waiting
    lost: int
    """Messages that were not sent in the last 7 days."""

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


def read_home(
    connection: Connection, context: Context, user: str, seen: frozenset[str] | None = None
) -> Facts | frozenset[str]:
    """Return the facts; or the channels that somebody has to be seen to look into, if any.

    ``seen`` are those of them that ``user`` does look into.
    """
    channels = channels_told(connection, context.home.workspace)
    if channels and seen is None:
        return channels
    return read_facts(connection, context, user, channels, seen or frozenset())


def channels_told(connection: Connection, workspace: int) -> frozenset[str]:
    """Return every channel that something on Home would be about."""
    from kpis.service_desks import channels_of_issues
    from storage import digests, incidents

    issues = channels_of_issues(connection, workspace)
    digest = {it.channel for it in digests.all_digests(connection, workspace)}
    alert = {it.channel for it in incidents.open_list(connection, workspace)}
    return issues | digest | alert


def read_facts(
    connection: Connection,
    context: Context,
    user: str,
    channels: frozenset[str],
    seen: frozenset[str],
) -> Facts:
    from commands.digests.pages import read_standings
    from kpis.goals.standing import standings
    from kpis.surroundings import look_around
    from storage import desks, incidents

    workspace, now = context.home.workspace, context.clock()
    around = look_around(context.database, connection, workspace).without(channels - seen)
    digests = [
        it
        for it in read_standings(connection, workspace, now)
        if it.plan.channel in seen or user in (it.plan.owner, it.plan.by)
    ]
    tracked = desks.all_desks(connection, workspace)
    opened = [it for it in incidents.open_list(connection, workspace) if it.channel in seen]
    return Facts(
        now=now,
        zone=ZoneInfo(around.zone),
        has_numbers=bool(around.imports),
        accounts=tuple(read_accounts(around)),
        digests=tuple(sorted(digests, key=lambda it: (it.plan.paused is not None, it.due))),
        alerts=tuple(sorted(opened, key=lambda it: it.found, reverse=True)),
        goals=tuple(standings(connection, around, now, private_of=user, drawn=False)),
        desks=tuple(it.channel for it in tracked if it.channel in seen),
        waiting=read_waiting(connection, workspace, seen),
        lost=count_lost(connection, workspace, now),
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


def read_waiting(connection: Connection, workspace: int, seen: frozenset[str]) -> Waiting:
    """Return how many customers wait in channels that somebody sees into."""
    from storage import issues

    held = [it for it in issues.waiting(connection, workspace) if it.channel in seen]
    return Waiting(len(held), min((it.waiting_since or it.opened for it in held), default=None))


def count_lost(connection: Connection, workspace: int, now: datetime) -> int:
    """Return how many messages did not go out in the last days."""
    from commands.status.facts import ABOUT_OTHERS
    from storage import outbox, second_tries

    rows = outbox.in_state(connection, workspace, second_tries.LOST, since=now - LATELY)
    return sum(it.kind not in ABOUT_OTHERS for it in rows)
