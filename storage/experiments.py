"""A/B tests as rows: begun, ended, taken back. What they say is ``kpis.analyses.experiment``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from storage.record_tables import AdSpend, Experiment
from storage.tables import table_of

EXPERIMENT = table_of(Experiment)
AD_SPEND = table_of(AdSpend)
LONGEST_NAME = 80


@dataclass(frozen=True)
class Arm:
    """One variant: the words that choose its posts or advertisements, or counts that were typed."""

    name: str
    words: tuple[str, ...] = ()
    """Content types, hashtags, marks; hours “8”, weekdays “0” (Monday)."""
    part: int = 0
    whole: int = 0
    """Of typed counts: so many of so many."""


@dataclass(frozen=True)
class Plan:
    """How an experiment tells its variants apart, and of which accounts' posts."""

    of: str
    """``content-type``, ``hashtag``, ``campaign``, ``variant``, ``hour``, ``weekday``, ``ads`` or
    ``counts``."""
    arms: tuple[Arm, ...]
    platforms: tuple[str, ...] = ()
    accounts: tuple[int, ...] = ()
    brands: tuple[int, ...] = ()


class ExperimentRow(NamedTuple):
    """An A/B test."""

    id: int
    name: str
    measure: str
    plan: Plan
    start: date
    end: date | None
    """The first day that no longer counts."""
    hypothesis: str
    owner: str
    made: datetime
    ended: datetime | None


@dataclass(frozen=True)
class NewExperiment:
    """What is told of a test when it begins."""

    name: str
    measure: str
    plan: Plan
    start: date
    owner: str
    made: datetime
    end: date | None = None
    hypothesis: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)


class Shown(NamedTuple):
    """What the advertisements of one variant brought in all their days."""

    variant: str
    impressions: int | None
    clicks: int | None
    conversions: int | None


COLUMNS = tuple(
    EXPERIMENT.c[name if name != "plan" else "variants"] for name in ExperimentRow._fields
)


def begin(connection: Connection, workspace: int, new: NewExperiment) -> int | None:
    """Store a test and return its number; nothing where one of that name stands already."""
    if find_named(connection, workspace, new.name) is not None:
        return None
    statement = (
        insert(EXPERIMENT)
        .values(
            workspace=workspace,
            name=new.name[:LONGEST_NAME],
            measure=new.measure,
            variants=pack(new.plan),
            start=new.start,
            end=new.end,
            hypothesis=new.hypothesis,
            owner=new.owner,
            made=new.made,
        )
        .returning(EXPERIMENT.c.id)
    )
    return int(connection.execute(statement).scalar_one())


def of_workspace(connection: Connection, workspace: int) -> list[ExperimentRow]:
    """Return every test, running ones first, the newest first."""
    statement = (
        select(*COLUMNS)
        .where(EXPERIMENT.c.workspace == workspace)
        .order_by(EXPERIMENT.c.ended.is_not(None), EXPERIMENT.c.id.desc())
    )
    return [read_row(it) for it in connection.execute(statement)]


def by_id(connection: Connection, workspace: int, number: int) -> ExperimentRow | None:
    """Return a test by its number."""
    return first(connection, workspace, EXPERIMENT.c.id == number)


def find_named(connection: Connection, workspace: int, name: str) -> ExperimentRow | None:
    """Return the test of a name."""
    return first(connection, workspace, EXPERIMENT.c.name == name[:LONGEST_NAME])


def end(connection: Connection, workspace: int, number: int, last: date, now: datetime) -> bool:
    """End a running test before the day ``last``; say whether it still ran."""
    statement = update(EXPERIMENT).where(
        EXPERIMENT.c.workspace == workspace, EXPERIMENT.c.id == number, EXPERIMENT.c.ended.is_(None)
    )
    return connection.execute(statement.values(end=last, ended=now)).rowcount > 0


def go_on(connection: Connection, workspace: int, number: int, until: date | None) -> bool:
    """Let an ended test run again, with the end that it had; say whether it was ended."""
    statement = update(EXPERIMENT).where(
        EXPERIMENT.c.workspace == workspace,
        EXPERIMENT.c.id == number,
        EXPERIMENT.c.ended.is_not(None),
    )
    return connection.execute(statement.values(end=until, ended=None)).rowcount > 0


def count_again(connection: Connection, workspace: int, number: int, plan: Plan) -> bool:
    """Give a running test other counts; say whether it still ran."""
    statement = update(EXPERIMENT).where(
        EXPERIMENT.c.workspace == workspace, EXPERIMENT.c.id == number, EXPERIMENT.c.ended.is_(None)
    )
    return connection.execute(statement.values(variants=pack(plan))).rowcount > 0


def forget(connection: Connection, workspace: int, number: int) -> bool:
    """Remove a test, its posts stay; say whether it was there."""
    statement = delete(EXPERIMENT).where(
        EXPERIMENT.c.workspace == workspace, EXPERIMENT.c.id == number
    )
    return connection.execute(statement).rowcount > 0


def shown_of_ads(
    connection: Connection, workspace: int, platforms: tuple[str, ...], start: date, end: date
) -> list[tuple[Shown, bool]]:
    """Return what each advertisement's days brought, with whether they lie inside the window.

    A row of days that reach out of the window cannot be cut: it comes with False.
    """
    statement = select(
        AD_SPEND.c.variant,
        AD_SPEND.c.impressions,
        AD_SPEND.c.clicks,
        AD_SPEND.c.conversions,
        AD_SPEND.c.start,
        AD_SPEND.c.end,
    ).where(
        AD_SPEND.c.workspace == workspace,
        AD_SPEND.c.variant != "",
        AD_SPEND.c.start < end,
        AD_SPEND.c.end > start,
    )
    if platforms:
        statement = statement.where(AD_SPEND.c.platform.in_(platforms))
    return [
        (Shown(*row[:4]), row.start >= start and row.end <= end)
        for row in connection.execute(statement)
    ]


def first(
    connection: Connection, workspace: int, condition: ColumnElement[bool]
) -> ExperimentRow | None:
    statement = select(*COLUMNS).where(EXPERIMENT.c.workspace == workspace, condition)
    row = connection.execute(statement).first()
    return None if row is None else read_row(row)


def read_row(row: Row[Any]) -> ExperimentRow:
    held = ExperimentRow._make(row)
    return held._replace(plan=unpack(str(held.plan)))


def pack(plan: Plan) -> str:
    """Return a plan as its column holds it; empty parts are left out."""
    arms = [kept({"name": it.name, "words": it.words, "part": it.part, "whole": it.whole})
            for it in plan.arms]  # fmt: skip
    scope = {"platforms": plan.platforms, "accounts": plan.accounts, "brands": plan.brands}
    return json.dumps({"of": plan.of, "arms": arms} | kept(scope), ensure_ascii=False)


def kept(parts: Mapping[str, object]) -> dict[str, object]:
    return {name: it for name, it in parts.items() if it}


def unpack(text: str) -> Plan:
    """Return what ``pack`` wrote."""
    held = json.loads(text)
    arms = tuple(
        Arm(it["name"], tuple(it.get("words", ())), it.get("part", 0), it.get("whole", 0))
        for it in held["arms"]
    )
    scope = {name: tuple(held.get(name, ())) for name in ("platforms", "accounts", "brands")}
    return Plan(held["of"], arms, **scope)
