"""Histories of imports, and a plain model of what they leave behind."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from sqlalchemy import text

from storage.batch import Batch, RecordRow, RecordRows
from storage.database import Database
from storage.records import EVERY_KIND
from storage.tables import day_number, instant_number

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
MONDAY = date(2026, 11, 2)
Key = tuple[Any, ...]
Facts = tuple[Any, ...]


def moment(hours: int) -> datetime:
    return datetime(2026, 11, 2, tzinfo=UTC) + timedelta(hours=hours)


def draw_row(chance: Random, kind: str, names: int) -> dict[str, Any]:
    """Return one row of few possible keys and fewer possible values, so that imports meet."""
    name, value = f"n{chance.randrange(names)}", chance.randrange(3)
    match kind:
        case "touches":
            paid = chance.choice((None, True, False))
            return {"external_id": name, "customer": f"c{value}", "at": moment(value), "paid": paid}
        case "orders":
            told = {"external_id": name, "customer": "c1", "at": moment(value)}
            return told | {"value": 100 + value, "currency": chance.choice(("EUR", "SEK"))}
        case "web":
            day = MONDAY + timedelta(days=int(name[1:]) % 5)
            told = {"start": day, "end": day + timedelta(days=1), "channel_group": name}
            return told | {"sessions": value, "bounced": chance.choice((None, 1)), "social": True}
        case "surveys":
            told = {"survey": "autumn", "external_id": name, "at": moment(value), "kind": "nps"}
            return told | {"score": float(value) + 0.5, "lowest": 0, "highest": 10}
        case "benchmarks":
            told = {"kpi": name, "denominator": "reach", "statistic": "mean", "year": 2026}
            return told | {"source": "Rival", "value": value / 8}
    raise ValueError(kind)


KINDS = ("touches", "orders", "web", "surveys", "benchmarks")


def fill_in(kind: str, told: dict[str, Any]) -> tuple[Any, ...]:
    """Return a row's values in the order of its kind's columns, blanks where nothing is told."""
    table = EVERY_KIND[kind].table
    values = []
    for name in EVERY_KIND[kind].columns:
        if name in told:
            values.append(told[name])
        elif table.c[name].nullable:
            values.append(None)
        else:
            usual = {"direct": None, "tagged": True, "referral": False, "social": False}
            values.append(usual.get(name, ""))
    return tuple(values)


def plain(values: Iterable[Any]) -> tuple[Any, ...]:
    """Return values as a database holds them."""
    return tuple(
        instant_number(it)
        if isinstance(it, datetime)
        else day_number(it)
        if isinstance(it, date)
        else it
        for it in values
    )


def batch_of(rows: dict[str, Sequence[tuple[Any, ...]]], name: str = "drawn.csv") -> Batch:
    told = tuple(
        RecordRows(kind, tuple(RecordRow(n, it) for n, it in enumerate(some, 2)))
        for kind, some in rows.items()
    )
    return Batch("drawn", "Drawn records", name, name, records=told)


@dataclass
class Model:
    """What stands, worked out from nothing but the list of imports that were not taken back."""

    imports: dict[int, dict[str, dict[Key, Facts]]] = field(default_factory=dict)

    def add(self, number: int, rows: dict[str, Sequence[tuple[Any, ...]]]) -> None:
        told: dict[str, dict[Key, Facts]] = {}
        for kind, some in rows.items():
            columns, keys = EVERY_KIND[kind].columns, EVERY_KIND[kind].key
            for values in some:
                held = dict(zip(columns, plain(values), strict=True))
                key = tuple(held[it] for it in keys)
                facts = tuple(held[it] for it in EVERY_KIND[kind].facts)
                told.setdefault(kind, {})[key] = facts
        self.imports[number] = told

    def stacks(self, kind: str) -> dict[Key, list[tuple[int, Facts]]]:
        """Return every key's values, oldest first, each under the import that first told it."""
        found: dict[Key, list[tuple[int, Facts]]] = {}
        for number in sorted(self.imports):
            for key, facts in self.imports[number].get(kind, {}).items():
                stack = found.setdefault(key, [])
                if not stack or stack[-1][1] != facts:
                    stack.append((number, facts))
        return found

    def standing(self, kind: str) -> dict[Key, tuple[int, Facts]]:
        return {key: stack[-1] for key, stack in self.stacks(kind).items()}

    def revised(self, kind: str) -> set[tuple[Any, ...]]:
        """Return key, import that replaced, import that is replaced, and its values."""
        return {
            (key, newer[0], older[0], older[1])
            for key, stack in self.stacks(kind).items()
            for older, newer in pairwise(stack)
        }


def standing(database: Database, workspace: int, kind: str) -> dict[Key, tuple[int, Facts]]:
    """Return what the database holds of a kind."""
    it = EVERY_KIND[kind]
    columns = ", ".join(f'"{name}"' for name in (*it.key, *it.facts))
    width = len(it.key)
    statement = text(f'SELECT import_id, {columns} FROM "{it.table.name}" WHERE workspace = :it')
    with database.read() as connection:
        rows = connection.execute(statement, {"it": workspace}).all()
    return {tuple(row[1 : width + 1]): (row[0], tuple(row[width + 1 :])) for row in rows}


def revised(database: Database, workspace: int, kind: str) -> set[tuple[Any, ...]]:
    it = EVERY_KIND[kind]
    columns = ", ".join(f't."{name}"' for name in it.key)
    statement = text(
        f"SELECT r.replaced_by, r.import_id, r.said, {columns} FROM revised_record r JOIN"
        f' "{it.table.name}" t ON t.id = r.record WHERE r.workspace = :it AND r.kind = :kind'
    )
    with database.read() as connection:
        rows = connection.execute(statement, {"it": workspace, "kind": kind}).all()
        all_of_it = connection.execute(
            text("SELECT count(*) FROM revised_record WHERE workspace = :it AND kind = :kind"),
            {"it": workspace, "kind": kind},
        ).scalar_one()
    assert all_of_it == len(rows), "a revision is kept of a record that is gone"
    return {
        (tuple(row[3:]), row[0], row[1], tuple(json.loads(row[2])[name] for name in it.facts))
        for row in rows
    }
