"""The process: it starts, stops and starts again without losing or doubling anything."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.playground import Faults, LocalSlack
from bot.schedule import clean_house
from bot.serve import start
from bot.settings import read_settings
from commands.pace import Rate
from storage.uploads import keep
from tests.slack.conftest import NOW, Enter, Town, enter_town, environment, has_chart, sampled

ROOT = Path(__file__).parents[2]


async def test_what_a_crash_left_unfinished_is_answered_after_the_restart(tmp_path: Path) -> None:
    """The event was acknowledged, so Slack will not send it again: it stands in the database."""
    async with enter_town(tmp_path) as town:
        said = await town.mia.say("dm", "likes instagram last week")
        await town.quiet()
        town.slack.space.messages[said.channel].clear()
    with sqlite3.connect(tmp_path / "kepi.db") as connection:
        connection.execute("UPDATE seen_event SET done = 0, body = ?", (event_of(said.channel),))
    connection.close()
    async with enter_town(tmp_path) as town:
        await town.mia.await_message("dm", "Likes · Instagram acme")
        await town.quiet()
        assert len(town.mia.bot_said("dm")) == 1


def event_of(channel: str) -> str:
    return (
        '{"type":"message","channel_type":"im","user":"U0MIA000000","ts":"1.2",'
        f'"channel":"{channel}","text":"likes instagram last week"}}'
    )


async def test_an_answer_that_was_posted_before_the_crash_is_not_posted_again(
    tmp_path: Path,
) -> None:
    """It is found in the direct message by its key."""
    async with enter_town(tmp_path) as town:
        said = await town.mia.say("dm", "likes instagram last week")
        await town.quiet()
        messages = dict(town.slack.space.messages)
    with sqlite3.connect(tmp_path / "kepi.db") as connection:
        connection.execute("UPDATE seen_event SET done = 0, body = ?", (event_of(said.channel),))
    connection.close()
    async with LocalSlack(clock_offset=NOW.timestamp() - time.time()) as slack:
        slack.space.messages.update(messages)
        async with start(
            read_settings(environment(slack, f"sqlite:///{tmp_path / 'kepi.db'}"))
        ) as running:
            await slack.bot_ready()
            await running.context.tasks.settle()
        assert len(slack.person("mia").bot_said("dm")) == 1


async def test_what_was_said_is_forgotten_once_it_is_answered(socket_town: Town) -> None:
    """The database keeps that a message came, not its words."""
    await socket_town.mia.say("dm", "likes instagram last week")
    await socket_town.quiet()
    with socket_town.running.context.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT done, body FROM seen_event").all()
    assert rows == [(1, "")]


async def test_cleaning_forgets_old_deliveries_and_undecided_files(socket_town: Town) -> None:
    """What may still come again, or be decided, stays."""
    context = socket_town.running.context
    await socket_town.mia.say("dm", "likes instagram last week")
    await socket_town.quiet()
    with context.database.write() as connection:
        connection.exec_driver_sql("INSERT INTO seen_event VALUES ('T', 'old', 0, 1, '')")
        for days in (0, 5):
            keep(
                connection,
                context.home.workspace,
                file_id=f"F{days}",
                channel="D1",
                by="U1",
                file_name="a.csv",
                data=b"x",
                at=NOW - timedelta(days=days),
            )
    await asyncio.to_thread(clean_house, context.database, context.clock())
    with context.database.read() as connection:
        events = connection.exec_driver_sql("SELECT count(*) FROM seen_event").scalar_one()
        files = connection.exec_driver_sql("SELECT count(*) FROM upload").scalar_one()
    assert (events, files) == (1, 1)


async def test_fifty_commands_at_once_are_acknowledged_in_time(town: Town) -> None:
    """While charts are drawn and texts are posted."""
    answers = await asyncio.gather(
        *(town.mia.command("/kpi reach instagram last-30d", "#marketing") for _ in range(50))
    )
    assert all(answer.ok for answer in answers)
    await town.mia.await_message("#marketing", has_chart, within=30)


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_stop_finishes_what_was_begun_and_ends_with_0(tmp_path: Path, mode: str) -> None:
    """SIGTERM in the middle of an answer: text and chart are there when the process is gone."""
    file = tmp_path / "kepi.db"
    file.write_bytes(sampled().read_bytes())
    faults = Faults(file_processing=1.0)
    offset = NOW.timestamp() - time.time()
    async with LocalSlack(mode=mode, faults=faults, clock_offset=offset) as slack:  # type: ignore[arg-type]
        told = environment(slack, f"sqlite:///{file}")
        if "PORT" in told:
            slack.events_url = f"http://127.0.0.1:{told['PORT']}/slack/events"
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot"),
            cwd=ROOT,
            env={**os.environ, **told},
            stderr=asyncio.subprocess.PIPE,
        )
        await slack.bot_ready(20)
        mia = slack.person("mia")
        assert (await mia.command("/kpi reach instagram last-30d", "#marketing")).ok
        await mia.await_message("#marketing", "Reach", within=15)
        process.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(process.communicate(), 15)
        assert process.returncode == 0
        (message,) = mia.bot_said("#marketing")
        assert has_chart(message)
        assert b"Traceback" not in log
        assert slack.api.bot_token.encode() not in log


async def test_a_refused_token_ends_the_start_with_one_line(tmp_path: Path) -> None:
    """It names the variable."""
    async with LocalSlack() as slack:
        told = environment(slack, f"sqlite:///{tmp_path / 'kepi.db'}")
        for name, value in (("SLACK_BOT_TOKEN", "xoxb-no"), ("SLACK_APP_TOKEN", "xapp-no")):
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "bot", "run"),
                cwd=ROOT,
                env={**os.environ, **told, name: value},
                stderr=asyncio.subprocess.PIPE,
            )
            _, said = await asyncio.wait_for(process.communicate(), 30)
            assert process.returncode == 1
            assert f"Slack refused {name}" in said.decode()
            assert len(said.decode().strip().split("\n")) == 1


async def test_an_empty_text_and_a_storm_of_texts_are_all_answered(enter: Enter) -> None:
    """300 random texts: every one gets something, and nothing breaks."""
    dice = random.Random(5)
    signs = "abc reach likes 30d vs by last week \u202e\u200b😀<>&*`_~|\"'“”…١２\u0000\ud83d"
    async with enter() as town:
        town.running.context.people._kept.seconds = 600
        town.running.context.pace.person = Rate(1_000, 1_000.0)
        for _ in range(60):
            texts = ["".join(dice.choices(signs, k=dice.randrange(40))) for _ in range(5)]
            texts = [
                text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in texts
            ]
            answers = await asyncio.gather(
                *(town.mia.command(f"/kpi {text}", "#random") for text in texts)
            )
            assert all(answer.ok for answer in answers)
        await town.quiet()
        said = [message.words for message in town.mia.bot_said("#random")]
        assert len(said) >= 300
        assert not [words for words in said if "Something broke" in words]
