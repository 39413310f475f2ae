"""Work that a stop or a crash cut off: finished once at the next start, never done twice."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import serve
from bot.manifest import build_manifest
from bot.playground import Fault, Faults, LocalSlack, Trouble
from bot.playground.installed import seed_of
from bot.serve import start
from bot.settings import read_settings
from commands.heard import key_of
from storage import events
from storage.database import Database
from tests.slack.conftest import NOW, Town, environment, sampled
from tests.slack.test_files import GOOD, file_of


@asynccontextmanager
async def open_slack(*, issues: bool = True) -> AsyncIterator[LocalSlack]:
    """A workspace that stays while the bot goes and comes back; without ``issues`` it granted
    numbers alone."""
    faults = Faults(file_processing=0.05, retry_scale=0.01, warning_seconds=0.05)
    offset = NOW.timestamp() - time.time()
    seed = seed_of(build_manifest("socket", issues=issues))
    async with LocalSlack(faults=faults, seed=seed, clock_offset=offset) as slack:
        yield slack


@asynccontextmanager
async def run(slack: LocalSlack, file: Path) -> AsyncIterator[Town]:
    """Start the bot on ``file``."""
    if not file.exists():
        file.write_bytes(sampled().read_bytes())
    settings = read_settings(environment(slack, f"sqlite:///{file}"))
    async with start(settings) as running:
        await slack.bot_ready()
        yield Town(slack, running, settings)


def undo_the_end(slack: LocalSlack, file: Path) -> None:
    """Leave the database as a crash would: everything was done, and nothing is marked done."""
    with sqlite3.connect(file) as connection:
        for ack in slack.acks:
            if ack.kind == "events_api":
                event: dict[str, Any] = ack.delivery.payload["event"]
                connection.execute(
                    "UPDATE seen_event SET done = 0, body = ? WHERE key = ?",
                    (json.dumps(event), key_of(event, "")),
                )
    connection.close()


async def test_an_event_that_comes_during_the_start_is_answered_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is written down between the opening of the door and the end of the start."""
    open_door = serve.open_door
    async with open_slack() as slack:
        slack.faults.add(Fault(Trouble.HANG, "chat.postMessage", seconds=0.5))

        @asynccontextmanager
        async def open_and_hear(*given: Any) -> AsyncIterator[int | None]:
            async with open_door(*given) as port:
                await slack.bot_ready()
                await slack.person("mia").mention("#marketing", "likes instagram last week")
                await slack.settle()
                assert any(ack.ok for ack in slack.acks)
                yield port

        monkeypatch.setattr(serve, "open_door", open_and_hear)
        async with run(slack, tmp_path / "kepi.db") as town:
            await town.quiet()
            assert len(town.mia.bot_said("#marketing")) == 1
            assert len(slack.calls_of("chat.postMessage")) == 1


async def test_an_answer_in_a_channel_is_not_posted_again_where_kepi_may_not_look(
    tmp_path: Path,
) -> None:
    """It has no right to read channels: the asker alone gets the answer after the crash."""
    file = tmp_path / "kepi.db"
    async with open_slack(issues=False) as slack:
        async with run(slack, file) as town:
            await town.mia.mention("#marketing", "likes instagram last week")
            await town.quiet()
        undo_the_end(slack, file)
        async with run(slack, file) as town:
            await town.quiet()
            said = town.mia.bot_said("#marketing")
            assert [message.is_private for message in said] == [False, True]
            assert "didn't confirm" in said[1].words
            assert "Likes · Instagram acme" in said[1].words


@pytest.mark.parametrize("words", ["help", "likes instagram last week"])
async def test_what_was_said_in_the_direct_message_is_not_said_again(
    tmp_path: Path, words: str
) -> None:
    """Help as well as an answer."""
    file = tmp_path / "kepi.db"
    async with open_slack() as slack:
        async with run(slack, file) as town:
            await town.mia.say("dm", words)
            await town.quiet()
        undo_the_end(slack, file)
        async with run(slack, file) as town:
            await town.quiet()
            assert len(town.mia.bot_said("dm")) == 1


@pytest.mark.parametrize("bad", [1, 20])
async def test_a_preview_is_not_shown_again_and_its_file_is_kept_once(
    tmp_path: Path, bad: int
) -> None:
    """Its button still imports the file; many bad rows come as a file, which is sent once too."""
    rows = "".join(
        f"{n},nova,11/05/2026 10:00,IG image,https://instagram.com/p/{n},120,-7,10,2\n"
        for n in range(100, 100 + bad)
    )
    file = tmp_path / "kepi.db"
    async with open_slack() as slack:
        async with run(slack, file) as town:
            await town.omar.drop("dm", "posts.csv", file_of(GOOD, rows))
            await town.quiet()
        undo_the_end(slack, file)
        async with run(slack, file) as town:
            await town.quiet()
            said = town.omar.bot_said("dm")
            assert len(said) == (1 if bad == 1 else 2)
            (preview,) = [message for message in said if not message.files]
            with town.running.context.database.read() as connection:
                kept = connection.exec_driver_sql("SELECT count(*) FROM upload").scalar_one()
            assert kept == 1
            await town.omar.press(preview, "file_import_good")
            await town.omar.await_message("dm", "Added 3 posts")


async def test_what_nobody_waits_for_any_more_is_closed_at_the_start(tmp_path: Path) -> None:
    """Older than an hour: its words go, unanswered. Older than three days: it goes altogether."""
    file = tmp_path / "kepi.db"
    async with open_slack() as slack:
        async with run(slack, file) as town:
            team = town.running.context.home.team
        database = Database(f"sqlite:///{file}")
        said = {"type": "message", "channel_type": "im", "user": "U0MIA000000", "ts": "1.2"}
        body = json.dumps({**said, "channel": "D1", "text": "likes instagram last week"})
        with database.write() as connection:
            for key, age in (("late", timedelta(hours=2)), ("old", timedelta(days=4))):
                assert events.remember(connection, team, key, body, NOW - age)
        database.close()
        async with run(slack, file) as town:
            await town.quiet()
            with town.running.context.database.read() as connection:
                rows = connection.exec_driver_sql("SELECT key, done, body FROM seen_event").all()
            assert rows == [("late", 1, "")]
            assert not slack.calls_of("chat.postMessage")
