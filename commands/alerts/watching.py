"""Judging the rules as the clock goes on: incidents open, go on and close by what they find.

A rule is judged when what it stands on has changed: its data, the day, or the minute for those
that watch what is going on now. Several processes may do so at once; the tables decide.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.alerts.editing import chart_of, refresh
from commands.alerts.turns import end, end_snooze, go_on
from commands.context import Context
from commands.tongues import language_of_channel
from commands.who_sees import hidden_in
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.alerts.rules import Rule
    from kpis.alerts.verdict import Verdict
    from kpis.surroundings import Surroundings
    from storage.incidents import IncidentRow

log = logging.getLogger(__name__)

RECENT = timedelta(hours=6)
"""A message whose incident was closed so lately may still have to say so."""
LIVE_KINDS = frozenset({"crisis", "silence", "goal"})


@dataclass(frozen=True)
class Watched:
    """The rules that run, and the incidents whose messages may have to change."""

    rules: tuple[Rule, ...] = ()
    incidents: tuple[IncidentRow, ...] = ()


async def plan(context: Context) -> None:
    """Judge what has something new, and let the messages say how it stands."""
    from kpis.tongue import speaking

    watched = await context.read(read_watched, context.home.workspace, context.clock())
    charts: dict[int, Verdict] = {}
    hidden = {it: await hidden_in(context, it) for it in {rule.channel for rule in watched.rules}}
    for rule in watched.rules:
        try:
            with speaking(await language_of_channel(context, rule.channel)):
                charts |= await watch(context, rule, hidden[rule.channel])
        except Exception:
            log.exception("a rule could not be judged", extra={"rule": rule.id})
    for row in watched.incidents:
        await wake_up(context, row)
    for incident, verdict in charts.items():
        if verdict.picture is not None:
            context.shown.keep(chart_of(incident), verdict.picture)
    for incident in sorted({it.id for it in watched.incidents} | charts.keys()):
        await refresh(context, incident)


def read_watched(connection: Connection, workspace: int, now: datetime) -> Watched:
    from kpis.alerts.rules import read_rule
    from storage import alerts, incidents

    rows = alerts.rules(connection, workspace, running=True)
    found = incidents.unsettled(connection, workspace, now - RECENT)
    return Watched(tuple(map(read_rule, rows)), tuple(found))


async def watch(context: Context, rule: Rule, hidden: frozenset[str]) -> Mapping[int, Verdict]:
    """Judge one rule if there is something new; return incidents whose chart is to be new."""
    judged = await asyncio.to_thread(judge_anew, context, rule, hidden)
    if judged is None:
        return {}
    drawn = await apply(context, rule, judged.verdict, hidden)
    # Only now: what was judged and could not be written is judged again.
    context.shown.keep(key_of(rule), judged)
    return drawn


async def apply(
    context: Context, rule: Rule, verdict: Verdict | None, hidden: frozenset[str]
) -> Mapping[int, Verdict]:
    """Let incidents open, go on or close as a judgement says."""
    if verdict is None or not verdict.is_known:
        return {}
    if verdict.is_firing:
        row = await context.write(go_on, context, rule, verdict, hidden)
        return {row.id: verdict} if row is not None else {}
    closed = await context.write(end, context, rule, verdict)
    return {it.id: verdict for it in closed}


@dataclass(frozen=True, eq=False)
class Judged:
    """A judgement, and what it stands on: as long as that is the same, so is the judgement."""

    rule: Rule
    around: Surroundings
    clock: str
    verdict: Verdict | None = None

    def stands(self, other: Judged) -> bool:
        """Say whether the other one stands on the same; surroundings are kept while data are."""
        same = (self.rule, self.clock) == (other.rule, other.clock)
        return same and self.around is other.around


def judge_anew(context: Context, rule: Rule, hidden: frozenset[str]) -> Judged | None:
    """Return how a rule stands, or nothing where nothing can have changed since it was judged."""
    from kpis.alerts.judge import judge
    from kpis.surroundings import look_around

    now = context.clock()
    with context.database.read() as connection:
        around = look_around(context.database, connection, context.home.workspace).without(hidden)
        local = now.astimezone(ZoneInfo(around.zone))
        clock = f"{local:{precision(rule)}}"
        judged, before = Judged(rule, around, clock), context.shown.get(key_of(rule))
        if isinstance(before, Judged) and before.stands(judged):
            return None
        try:
            return replace(judged, verdict=judge(rule, connection, around, now))
        except KepiError as trouble:
            log.info("a rule watches what is gone", extra={"rule": rule.id, "why": trouble.english})
            return judged


def key_of(rule: Rule) -> str:
    return f"alert-rule|{rule.id}"


def precision(rule: Rule) -> str:
    """Return how finely time is told in what a judgement stands on: time changes it by itself.

    What is going on is judged each minute, customer issues each hour, numbers by the day.
    """
    from kpis.catalogue import CATALOGUE, Service

    is_of_issues = isinstance(CATALOGUE.get(rule.kpi), Service)
    if rule.kind in LIVE_KINDS or (is_of_issues and rule.settings.is_live):
        return "%Y-%m-%d %H:%M"
    return "%Y-%m-%d %H" if is_of_issues else "%Y-%m-%d"


async def wake_up(context: Context, row: IncidentRow) -> None:
    """End a snooze that has run out, and say how it stands now."""
    from kpis.tongue import speaking

    now = context.clock()
    if row.is_open and row.snoozed is not None and row.snoozed <= now:
        with speaking(await language_of_channel(context, row.channel)):
            await context.write(end_snooze, context, row.id)
