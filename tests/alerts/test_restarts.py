"""The unmodified bot, stopped and started as time passes: what breaks a rule comes and ends."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.manifest import build_manifest
from bot.playground import Faults, LocalSlack
from bot.playground.installed import seed_of
from bot.serve import start
from bot.settings import read_settings
from storage.imports import store
from tests.alerts.square import Square, make_rule
from tests.alerts.test_making_rules import form_of, tried
from tests.drawn import draw
from tests.slack.conftest import NOW, Town, environment, sampled


@asynccontextmanager
async def later(slack: LocalSlack, folder: Path, **by: float) -> AsyncIterator[Square]:
    """Let time pass while nobody runs, then start the bot on the same database."""
    slack.clock.advance(timedelta(**by).total_seconds())
    told = environment(slack, f"sqlite:///{folder / 'kepi.db'}")
    settings = read_settings(told | {"KEPI_CLOCK": slack.clock.instant().isoformat()})
    async with start(settings) as running:
        await slack.bot_ready()
        yield Square(Town(slack, running, settings))


@asynccontextmanager
async def open_slack(folder: Path) -> AsyncIterator[LocalSlack]:
    """Open a workspace beside a database with sample data; no bot runs yet."""
    shutil.copyfile(sampled(), folder / "kepi.db")
    offset, seed = NOW.timestamp() - time.time(), seed_of(build_manifest("socket"))
    faults = Faults(file_processing=0.05, retry_scale=0.01, warning_seconds=0.05)
    async with LocalSlack(faults=faults, seed=seed, clock_offset=offset) as slack:
        yield slack


def import_likes(town: Square, *values: int) -> None:
    """Import likes of Instagram's acme, a day each from 22 November on."""
    rows = [f"2026-11-{22 + n} | instagram | acme | {value}" for n, value in enumerate(values)]
    table = "\n".join(["day | platform | account | likes", "-+-+-+-", *rows])
    context = town.context
    store(context.database, context.home.workspace, draw(days=table), "", context.clock())


async def test_a_rule_by_words_and_form_tells_once_and_ends(tmp_path: Path) -> None:
    """Typed, tried, saved; its data break, come again, and recover; the bot restarts between."""
    async with open_slack(tmp_path) as slack:
        async with later(slack, tmp_path) as town:
            form = await form_of(town, town.mia, "/kpi alert likes instagram below 100")
            await town.mia.submit(await tried(town, town.mia, form, {}), {})
            await town.quiet()
        async with later(slack, tmp_path, days=4) as town:
            await town.quiet()
            assert town.posts() == []
            import_likes(town, 200, 60)
            await town.quiet()
            told = "Alert: Likes · Instagram acme: 60 on Mon 23 Nov, below 100."
            assert town.alert.text == told
            await town.press(town.mia, town.alert, "alert_take")
        async with later(slack, tmp_path, minutes=2) as town:
            import_likes(town, 200, 60)
            await town.quiet()
            assert town.alert.text == f"{told} mia is on it."
        async with later(slack, tmp_path, days=1) as town:
            import_likes(town, 200, 60, 240)
            await town.quiet()
            assert len(town.posts()) == 1
            over = "Over since 24 Nov. Back above 100: 240. Lasted 1 day."
            assert town.alert.text == f"{told} {over}"
            assert [it["type"] for it in town.alert.blocks].count("image") == 1
            assert town.story()[0] == "mia is on it."
            (line,) = town.story()[1:]
            assert line.endswith("Back above 100 since 24 Nov: 240. Lasted 1 day.")


async def test_a_crisis_lives_through_restarts(tmp_path: Path) -> None:
    """The story of surface 4: told, taken, still high, back to usual, over; nothing twice."""
    async with open_slack(tmp_path) as slack:
        async with later(slack, tmp_path) as town:
            await make_rule(town.town, "crisis", town.mia.id)
            await town.quiet()
            assert town.posts() == []
            town.mentions(60, timedelta(minutes=5))
        async with later(slack, tmp_path, minutes=1) as town:
            await await_alert(town)
            told = town.alert.text
            assert told.startswith("Alert: 60 negative mentions in 3 hours.")
            await town.press(town.omar, town.alert, "alert_take")
            assert town.story() == ["omar is on it."]
        async with later(slack, tmp_path, hours=1, minutes=4) as town:
            town.mentions(20, timedelta(minutes=10))
            await town.quiet()
            assert [it[5:] for it in town.story()[1:]] == [" Still high: 80."]
            assert town.alert.text == f"{told} Now: still high, 80. omar is on it."
        async with later(slack, tmp_path, hours=4) as town:
            await town.quiet()
            assert "Now: back to usual since " in town.alert.text
            assert len(town.story()) == 2
        async with later(slack, tmp_path, hours=6) as town:
            for _ in range(2):
                await town.quiet()
            assert len(town.posts()) == 1
            assert len(town.story()) == 3
            assert " Normal since 2" in town.story()[-1]
            assert "Over since " in town.alert.text
            assert [it["type"] for it in town.alert.blocks].count("image") == 1


async def await_alert(town: Square) -> None:
    """Wait until the bot has found it by itself: nobody asks it to look."""
    async with asyncio.timeout(20):
        while not town.posts():  # noqa: ASYNC110 (a server posts, which tells nobody)
            await asyncio.sleep(0.1)
    await town.quiet()
