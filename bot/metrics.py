"""``/metrics``: what the process counts and how it stands, in Prometheus' words.

No name, id or text of anybody is in a label: kinds, states, methods and names of functions are
Kepi's own words. Loaded when a machine asks for the first time; nothing global is registered.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from bot.tally import BOUNDS, Tally, Times

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.rounds import Rounds
    from bot.watch import Health

__all__ = ["CONTENT_TYPE", "write_metrics"]

KEPT = timedelta(days=3)
"""Events are kept so long; older ones are no backlog."""


@dataclass(frozen=True)
class Counted:
    """What the tables say."""

    deliveries: Mapping[tuple[str, str], int]
    overdue: int
    oldest_seconds: float
    backlog: int
    database_bytes: int


class Page(Collector):
    """Everything of one look."""

    def __init__(
        self, rounds: Rounds, tally: Tally, health: Health, counted: Counted | None
    ) -> None:
        self.rounds, self.tally, self.health, self.counted = rounds, tally, health, counted

    def collect(self) -> Iterator[Metric]:
        probe = max((it.probe_seconds for it in self.rounds.watches), default=0.0)
        yield from of_health(self.health, self.rounds.wake_age, probe)
        yield from of_tally(self.tally)
        if self.counted is not None:
            yield from of_tables(self.counted)


async def write_metrics(rounds: Rounds, tally: Tally) -> bytes:
    """Return the page; what the tables say is left out while the database gives nothing."""
    health = await rounds.look()
    counted = await asyncio.to_thread(count, rounds) if health.database else None
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Page(rounds, tally, health, counted))
    return generate_latest(registry)


def count(rounds: Rounds) -> Counted:
    """Read what the tables know, of all workspaces together."""
    from storage import events, outbox

    states: Counter[tuple[str, str]] = Counter()
    overdue = backlog = 0
    oldest_seconds = 0.0
    with rounds.database.read() as connection:
        for watch in list(rounds.watches):
            home, now = watch.context.home, watch.context.clock()
            states.update(outbox.count_states(connection, home.workspace))
            waiting = outbox.overdue(connection, home.workspace, now)
            oldest: datetime = min((it.wake for it in waiting), default=now)
            oldest_seconds = max(oldest_seconds, (now - oldest).total_seconds())
            overdue += len(watch.overdue)
            backlog += len(events.unfinished(connection, home.team, now - KEPT))
        size = measure(connection)
    return Counted(
        deliveries=states,
        overdue=overdue,
        oldest_seconds=oldest_seconds,
        backlog=backlog,
        database_bytes=size,
    )


def measure(connection: Connection) -> int:
    """Return the bytes of the database."""
    if connection.dialect.name == "sqlite":
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
        return int(pages) * int(size)
    size = connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()
    return int(size)


def of_health(health: Health, age: float, probe_seconds: float) -> Iterable[Metric]:
    """Tell how it stands."""
    up = GaugeMetricFamily("kepi_healthy", "1 where this part is well.", labels=["part"])
    for part, is_well in health.as_json().items():
        up.add_metric([part], float(is_well))
    yield up
    yield GaugeMetricFamily("kepi_wake_age_seconds", "Since the outbox was last woken.", age)
    yield GaugeMetricFamily(
        "kepi_database_write_seconds", "Duration of the last small write.", probe_seconds
    )


def of_tally(tally: Tally) -> Iterable[Metric]:
    """Tell what this process counted since its start."""
    yield GaugeMetricFamily(
        "kepi_start_time_seconds", "When it started, seconds since 1970.", tally.began
    )
    yield GaugeMetricFamily(
        "kepi_start_duration_seconds", "From the start to the open line.", tally.start_seconds
    )
    acks = times("kepi_ack_seconds", "What Slack sent, to its acknowledgement.", ["kind", "acked"])
    for (kind, acked), each in tally.acks.items():
        add(acks, [kind, str(acked).lower()], each)
    yield acks
    calls = CounterMetricFamily("kepi_slack_calls", "Calls of Slack.", labels=["method", "outcome"])
    for (method, outcome), many in tally.calls.items():
        calls.add_metric([method, outcome], many)
    yield calls
    tasks = times("kepi_task_seconds", "Work after the acknowledgement.", ["task"])
    for task, each in tally.tasks.items():
        add(tasks, [task], each)
    yield tasks
    charts = times("kepi_chart_seconds", "Drawing of one chart.", ["outcome"])
    for outcome, each in tally.charts.items():
        add(charts, [outcome], each)
    yield charts
    audits = CounterMetricFamily("kepi_audits", "Looks at itself.", labels=["outcome"])
    for outcome, many in tally.audits.items():
        audits.add_metric([outcome], many)
    yield audits


def of_tables(counted: Counted) -> Iterable[Metric]:
    """Tell what the tables know."""
    rows = GaugeMetricFamily(
        "kepi_deliveries", "Messages that nobody asked for.", labels=["kind", "state"]
    )
    for (kind, state), many in sorted(counted.deliveries.items()):
        rows.add_metric([kind, state], many)
    yield rows
    yield GaugeMetricFamily("kepi_overdue", "Messages due for 5 minutes.", counted.overdue)
    yield GaugeMetricFamily(
        "kepi_oldest_due_seconds", "Age of the oldest due message.", counted.oldest_seconds
    )
    yield GaugeMetricFamily("kepi_event_backlog", "Events not worked on.", counted.backlog)
    yield GaugeMetricFamily("kepi_database_bytes", "Size of the database.", counted.database_bytes)


def times(name: str, words: str, labels: list[str]) -> HistogramMetricFamily:
    return HistogramMetricFamily(name, words, labels=labels)


def add(family: HistogramMetricFamily, labels: list[str], held: Times) -> None:
    """Add counts by bucket, summed up as Prometheus wants them."""
    bounds = [*map(str, BOUNDS), "+Inf"]
    buckets = list(zip(bounds, map(float, accumulate(held.counts)), strict=True))
    family.add_metric(labels, buckets=buckets, sum_value=held.total)
