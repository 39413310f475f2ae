"""What of the digests is due: written down once a period, however often it is asked.

The clock only proposes; the row's key decides (design §5). A period that counts as missed, or as
held, because a clock had jumped or somebody had held it, is due again when it truly is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from commands.context import Context
from commands.digests.reading import period_key, read_plans

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.digests.plan import Plan
    from storage.outbox import DeliveryRow

LATEST = timedelta(hours=24)
"""Later than this a digest is not sent any more, and that is said."""
BEFORE = timedelta(hours=1)
"""So long before it goes out its owner can see it."""
MISSING_HOUR = 16
"""Local time, the day before, at which its owner is asked for missing exports."""
MOST_MISSED = 400
"""Periods that are counted after a long stop: more than a year of days."""
AT_ONCE = 50
"""Rows in one transaction: others want to write, too."""
DIGEST = "digest"
HELD = "held"
"""Begins the reason of a delivery that somebody held."""


@dataclass(frozen=True)
class Wanted:
    """A delivery that is to be written down."""

    channel: str
    kind: str
    period: str
    due: datetime
    expires: datetime
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        return self.channel, self.kind, self.period


async def plan(context: Context) -> None:
    """Write down every digest, and every word to its owner, that is due by now."""
    workspace, now = context.home.workspace, context.clock()
    wanted = await context.read(find_wanted, workspace, now)
    for start in range(0, len(wanted), AT_ONCE):
        await context.write(write_down, workspace, wanted[start : start + AT_ONCE], now)


def write_down(
    connection: Connection, workspace: int, wanted: Sequence[Wanted], now: datetime
) -> None:
    """Add what is wanted; what another process added meanwhile stays as it is.

    What somebody held meanwhile may be due again: its writer sees that it is held.
    """
    from storage import outbox

    for it in wanted:
        outbox.add(
            connection,
            workspace,
            channel=it.channel,
            kind=it.kind,
            period=it.period,
            due=it.due,
            now=now,
            body=it.body,
            expires=it.expires,
            revive=True,
        )


def find_wanted(connection: Connection, workspace: int, now: datetime) -> list[Wanted]:
    """Return what is due by ``now`` and not written down, or to be taken up again.

    Two statements, however many digests there are, until one is due.
    """
    from storage import digest_periods

    plans = [it for it in read_plans(connection, workspace) if it.is_running]
    due = [it for plan in plans for it in (*due_digest(plan, now), *words_to_owner(plan, now))]
    if not due:
        return []
    held = digest_periods.held_periods(connection, workspace)
    known = digest_periods.deliveries_with(connection, workspace, [it.period for it in due])
    wanted = [it for it in due if is_wanted(it, known.get(it.key), now, it.period in held)]
    fresh = {it.period for it in wanted if it.kind == DIGEST and it.key not in known}
    told = [it for plan in plans if fresh for it in own_up(connection, workspace, plan, fresh, now)]
    return [*(it for it in wanted if it.key not in {own.key for own in told}), *told]


def own_up(
    connection: Connection, workspace: int, plan: Plan, fresh: set[str], now: datetime
) -> Iterator[Wanted]:
    """Yield the latest digest that is too late to be sent, with how many were missed before it.

    Asked when a period is new, and so once a period: after a long stop there are several.
    """
    from kpis.digests.calendar import earlier, latest_due
    from storage import digest_periods

    latest = latest_due(plan, now)
    if latest is None or period_key(plan, latest[0]) not in fresh:
        return
    known = digest_periods.periods_told(connection, workspace, plan.id)
    missed = [latest] if latest[1] + LATEST < now else []
    for key, due in islice(earlier(plan, latest[0]), MOST_MISSED):
        if (plan.since is not None and due < plan.since) or period_key(plan, key) in known:
            break
        missed.append((key, due))
    if missed:
        key, due = missed[0]
        body = body_of(plan) | {"before": len(missed) - 1}
        yield Wanted(plan.channel, DIGEST, period_key(plan, key), due, due + LATEST, body)


def due_digest(plan: Plan, now: datetime) -> Iterator[Wanted]:
    """Yield the latest digest that is due."""
    from kpis.digests.calendar import latest_due

    latest = latest_due(plan, now)
    if latest is None or (plan.since is not None and latest[1] < plan.since):
        return
    key, due = latest
    yield Wanted(plan.channel, DIGEST, period_key(plan, key), due, due + LATEST, body_of(plan))


def body_of(plan: Plan) -> dict[str, Any]:
    """Return who is told if it cannot be sent, and in which zone it was to come."""
    return {"owner": plan.owner, "zone": plan.zone}


def words_to_owner(plan: Plan, now: datetime) -> Iterator[Wanted]:
    """Yield what the owner is asked before the next one goes out; nobody is asked every day."""
    from kpis.digests.calendar import due_day, instant, next_due, period_of

    if plan.cadence == "daily" or not plan.owner:
        return
    key, due = next_due(plan, now)
    eve = due_day(plan, period_of(plan, key)) - timedelta(days=1)
    times = {
        "digest-missing": instant(plan.zone, eve, MISSING_HOUR),
        "digest-before": due - BEFORE,
    }
    for kind, at in times.items():
        if at <= now and (plan.since is None or at >= plan.since):
            yield Wanted(plan.owner, kind, period_key(plan, key), at, due)


def is_wanted(wanted: Wanted, row: DeliveryRow | None, now: datetime, is_held: bool) -> bool:
    """Say whether something is to be written down, or taken up again."""
    if row is None:
        return True
    if now > wanted.expires:
        return False
    was_held = wanted.kind == DIGEST and row.state == "dropped" and row.why.startswith(HELD)
    return row.state == "missed" or (was_held and not is_held)
