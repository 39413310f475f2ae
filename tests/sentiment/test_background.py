"""Labelling behind the scenes: once each, by two at a time, through a kill, off the event loop."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from commands.leases import Leases
from commands.locks import Locks
from commands.sentiment import classifying
from kpis.sentiment import backend as backends
from kpis.sentiment.backend import NGRAMS, POSITIVE, choose_backend
from kpis.sentiment.labelling import label
from storage import labelling, mention_labels
from storage.batch import MentionRow
from storage.database import Database
from storage.mention_labels import Waiting
from tests import databases
from tests.sentiment import clear
from tests.sentiment.planted import mention, plant, standing
from tests.slack.conftest import Town, enter_town

MANY = 1_200
"""Three portions and more than one page of what waits."""


def many(count: int) -> list[MentionRow]:
    """Return clear sentences over and over, each with a number of its own."""
    said = [*clear.POSITIVE["en"], *clear.NEGATIVE["sv"], *clear.NEGATIVE["id"]]
    return [mention(str(n), f"{said[n % len(said)]} {n}") for n in range(count)]


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """The bot with the n-grams alone, as where the extra is not installed."""
    monkeypatch.setattr(backends, "is_thorough_here", lambda: False)
    async with enter_town(tmp_path, empty=True) as ready:
        yield ready


async def until_labelled(town: Town) -> mention_labels.Progress:
    """Let planners wake until nothing waits; the bot's own may be at it too."""
    context = town.running.context
    for _ in range(50):
        await classifying.plan(context)
        await town.quiet()
        found = await context.read(mention_labels.progress, context.home.workspace)
        if not found.waiting:
            return found
    raise AssertionError("labelling does not get on")


def count_labels(database: Database) -> list[int]:
    """Return how many labels each mention has."""
    with database.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT COUNT(*) FROM mention_label GROUP BY workspace, mention"
        )
        return [int(it) for it in rows.scalars()]


async def test_what_comes_is_labelled_once_each_whoever_looks(town: Town) -> None:
    """Two processes wake at once, again and again: every mention gets one label."""
    context = town.running.context
    plant(context.database, many(MANY))
    other = replace(context, leases=Leases(), locks=Locks())
    await asyncio.gather(
        *(classifying.label_waiting(it, seconds=30.0) for it in (context, other, context))
    )
    found = await until_labelled(town)
    assert (found.every, found.waiting) == (MANY, 0)
    assert count_labels(context.database) == [1] * MANY
    assert found.labelled > MANY * 0.6
    workspace = context.home.workspace
    await classifying.plan(context)
    await town.quiet()
    assert await context.read(labelling.is_idle, workspace)
    plant(context.database, [mention("late", "I love this, thank you so much")], "late.csv")
    assert not await context.read(labelling.is_idle, workspace)
    await until_labelled(town)
    assert standing(context.database, workspace)["late"] == POSITIVE


async def test_the_event_loop_goes_on_meanwhile(town: Town) -> None:
    """While mentions are labelled a small task gets its turn again and again: in a portion the
    loop would see nothing of it, were it done on the loop itself."""
    context, turns = town.running.context, 0
    plant(context.database, many(MANY))

    async def breathe() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    breathing = asyncio.create_task(breathe())
    portions = 0

    def slow(*given: object) -> object:
        nonlocal portions
        portions += 1
        before = turns
        time.sleep(0.05)
        assert turns > before, "the loop stood still during a portion"
        return label(*given)  # type: ignore[arg-type]

    from kpis.sentiment import labelling as reading

    original = reading.label
    reading.label = slow  # type: ignore[assignment]
    try:
        await until_labelled(town)
    finally:
        reading.label = original
        breathing.cancel()
    assert portions >= 2


async def test_a_task_ends_in_time_and_the_next_wake_goes_on(town: Town) -> None:
    """A stop waits for running work: one task labels a portion at the most once time is up."""
    context = town.running.context
    plant(context.database, many(MANY))
    async with context.locks.turn(classifying.TURN):
        pass  # the bot's own planner is not at it
    await classifying.label_waiting(context, seconds=-1.0)
    found = await until_labelled(town)
    assert count_labels(context.database) == [1] * found.every


def test_a_kill_in_the_middle_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """What was kept before ``kill -9`` stays, the rest is labelled by whoever comes next."""
    file = tmp_path / "kepi.db"
    with databases.fresh("sqlite", tmp_path) as database:
        file = Path(str(database.url.database))
        workspace, _ = plant(database, many(20_000))
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{file}"}
        command = [sys.executable, "-m", "bot", "sentiment", "label", "--backend", NGRAMS]
        running = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with sqlite3.connect(file) as plain:
            while running.poll() is None:
                (kept,) = plain.execute("SELECT COUNT(*) FROM mention_label").fetchone()
                if kept:
                    running.send_signal(signal.SIGKILL)
                    running.wait()
        plain.close()
        assert running.returncode == -signal.SIGKILL
        before = len(count_labels(database))
        assert 0 < before < 20_000
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True, timeout=120
        )
        assert done.stdout == f"{20_000 - before:,} mentions labelled.\n"
        assert count_labels(database) == [1] * 20_000
        assert set(standing(database, workspace).values()) <= {*backends.CLASSES, ""}


def test_labels_carry_the_language_that_was_read(sqlite_database: Database) -> None:
    """What the file told stays; the rest is found out, each text in its own language."""
    rows = [
        Waiting(1, clear.NEGATIVE["sv"][0], ""),
        Waiting(2, clear.POSITIVE["zh"][0], ""),
        Waiting(3, clear.NEGATIVE["id"][1], "id"),
        Waiting(4, clear.POSITIVE["vi"][0], "klingon"),
    ]
    said = {it.mention: it for it in label(rows, choose_backend(NGRAMS))}
    assert [said[n].language for n in (1, 2, 3, 4)] == ["sv", "zh", "id", "vi"]
    assert [said[n].label for n in (1, 2, 3, 4)] == ["negative", "positive", "negative", "positive"]
    assert label([], choose_backend(NGRAMS)) == []
