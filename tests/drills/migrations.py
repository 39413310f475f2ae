"""Row 24: a migration is killed at each of its statements; the schema is the old or the new one."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from storage.database import Database
from storage.schema import HEAD, migrate, step_back
from storage.workspaces import make_workspace
from tests import databases
from tests.drills.drill import Drill, Row, Scale
from tests.storage.test_schema import shape

STEPS = ("0001", "0002", HEAD)
DRAWN = 0x5EED
FORK = multiprocessing.get_context("fork")
"""A fresh interpreter for each of hundreds of kills would take an hour."""


def die_at(url: str, revision: str, step: int) -> None:
    """Migrate, and be killed at the ``step``-th statement; the commit is the one after the last."""
    sent = 0

    def count(*_: Any) -> None:
        nonlocal sent
        sent += 1
        if sent == step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    database = Database(url)
    migrate(database, revision)
    database.close()


def seed(database: Database, rows: int) -> None:
    """Fill the oldest schema with facts, as imports left them."""
    with database.write() as connection:
        make_workspace(connection)
        found = [
            (1, "likes", "instagram", 20_000 + number % 1000, number // 1000, DRAWN * number % 9973)
            for number in range(rows)
        ]
        mark = "?" if database.sqlite else "%s"
        statement = (
            "INSERT INTO fact (workspace, measure, platform, day, account, value, import_id)"
            f" VALUES ({', '.join([mark] * 6)}, 1)"
        )
        cursor = connection.connection.cursor()
        cursor.executemany(statement, found)
        cursor.close()


def sum_up(database: Database) -> tuple[int, int]:
    """Return the number of facts and a sum over all of them."""
    with database.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT count(*), coalesce(sum(value * (day + account)), 0) FROM fact"
        ).one()
    return int(found[0]), int(found[1])


@contextmanager
def old_one(kind: str, folder: Path) -> Iterator[Database]:
    with databases.fresh(kind, folder, migrated=False) as database:
        yield database


def kill_everywhere(
    database: Database, revision: str, every: int, before: Any, after: Any
) -> tuple[int, int]:
    """Kill an upgrade at its statements; return how often, and how often it ended in between."""
    url = database.url.render_as_string(hide_password=False)
    step, kills, between = 1, 0, 0
    while True:
        database.close()
        process = FORK.Process(target=die_at, args=(url, revision, step))
        process.start()
        process.join(120)
        held = shape(database)
        if process.exitcode == 0:
            between += held != after
            return kills, between
        kills += 1
        between += held not in (before, after)
        if held == after:
            step_back(database, STEPS[STEPS.index(revision) - 1])
        step += every


def rehearse(kind: str, scale: Scale) -> list[Row]:
    rows = scale.pick(1_000, 100_000)
    kills = between = 0
    with old_one(kind, scale.folder) as database:
        migrate(database, "0001")
        seed(database, rows)
        first = sum_up(database)
        shapes = {"0001": shape(database)}
        for older, newer in pairwise(STEPS):
            migrate(database, newer)
            shapes[newer] = shape(database)
            step_back(database, older)
            every = scale.pick(23, 1)
            some, odd = kill_everywhere(database, newer, every, shapes[older], shapes[newer])
            kills, between = kills + some, between + odd
        survived = sum_up(database) == first
        step_back(database, "0001")
        stepped = shape(database) == shapes["0001"] and sum_up(database) == first
        migrate(database)
        again = shape(database) == shapes[HEAD] and sum_up(database) == first
    words = "equal" if stepped and again else "NOT equal"
    return [
        Row(
            24,
            f"{kills} kills during upgrades over {first[0]:,} rows of old data ({kind})",
            "old or new schema, never between; data equal",
            f"{between} between; data {'equal' if survived else 'NOT equal'}",
            not between and survived and first[0] == rows and kills > 1,
        ),
        Row(
            24,
            f"upgrade, downgrade, upgrade ({kind})",
            "equal",
            words,
            stepped and again,
        ),
    ]


def run(scale: Scale) -> list[Row]:
    return [row for kind in databases.KINDS for row in rehearse(kind, scale)]


DRILL = Drill("migrations", run, seconds=1800)
