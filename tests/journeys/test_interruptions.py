"""A bot that is killed between event and ledger, and events that come again or too early.

What was acknowledged is written down, so that a killed bot has each mark's own time: one that was
read back from history would have bounds.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.playground import Fault, Trouble
from bot.schedule import look_after
from storage.database import Database
from tests.journeys.scenes import Scene, Way
from tests.journeys.seen_in_slack import see_rows, see_scene
from tests.journeys.stage import Stage, open_stage
from tests.journeys.steps import steps_of
from tests.support.drawn_cast import OPENING
from tests.support.drawn_issues import draw
from tests.support.drawn_seen import Result

ROOT = Path(__file__).parents[2]
ANSWERED = """
    0   lena  asks
    10  omar  answers
    20  omar  marks white_check_mark on 10
"""


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A workspace and the bot, which this test may stop and kill."""
    async with open_stage(f"sqlite:///{tmp_path / 'kepi.db'}", Way()) as opened:
        yield opened


async def prepare(stage: Stage, text: str) -> Scene:
    """Set a channel up for a drawing in which nothing happened yet."""
    scene = Scene(next(stage.rooms), draw(text).book, steps_of(text))
    stage.clock.begin(OPENING - 1_000_000)
    await stage.set_up(scene)
    return scene


@asynccontextmanager
async def bot_process(stage: Stage) -> AsyncIterator[Callable[[], None]]:
    """Serve by ``python -m bot``, and give what kills it; nothing of it is left afterwards."""
    stage.slack.faults.drop_events = False
    env = dict(os.environ) | stage.told | {"KEPI_CLOCK": stage.clock.instant().isoformat()}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", cwd=ROOT, env=env, start_new_session=True,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip

    def kill() -> None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    try:
        await stage.slack.bot_ready()
        await caught_up(stage)
        yield kill
    finally:
        kill()
        await process.wait()


async def caught_up(stage: Stage) -> None:
    """Wait until the bot has read what it missed: its clock stands behind what comes now."""
    for _ in range(500):
        if not count(stage, "desk", "catching_up"):
            return
        await asyncio.sleep(0.02)
    raise TimeoutError("the bot did not catch up")


def count(stage: Stage, table: str, where: str = "1 = 1") -> int:
    database = Database(stage.told["DATABASE_URL"])
    with database.read() as connection:
        statement = f"SELECT count(*) FROM {table} WHERE {where}"
        found = connection.exec_driver_sql(statement).scalar_one()
    database.close()
    return int(found)


def check_exact(result: Result) -> None:
    """Everything has its own time, and is there once."""
    issue = result.only
    assert (issue.frt, issue.full_resolution, issue.waits) == (10, 20, ((0, 10, "response"),))
    assert (issue.bounds, issue.response_low) == ((None, 20), None)
    assert (issue.state, issue.resolver, issue.responses) == ("resolved", "omar", 1)


async def test_killed_before_anything_was_understood(stage: Stage) -> None:
    """Three events are acknowledged and none is in the ledger; the next start finishes them."""
    scene = await prepare(stage, ANSWERED)
    await stage.bot_goes()
    async with bot_process(stage) as kill:
        before = len(stage.slack.acks)
        for method in ("users.info", "usergroups.users.list"):
            stage.slack.faults.add(Fault(Trouble.HANG, method, times=100, seconds=60))
        for step in scene.steps:
            await stage.people.act(scene, step)
        await stage.slack.settle()
        assert [it.ok for it in list(stage.slack.acks)[before:]] == [True] * 3
        kill()
    stage.slack.faults.pending.clear()
    assert (count(stage, "ledger"), count(stage, "seen_event", "NOT done")) == (0, 3)
    stage.clock.stand(OPENING + 3600 * 1_000_000)
    await stage.bot_comes()
    stage.listen(scene, None)
    check_exact(see_scene(stage, scene))
    assert count(stage, "seen_event", "NOT done") == 0


async def test_killed_while_its_line_was_posted(stage: Stage) -> None:
    """Slack has the line, the bot does not know: after the start there is one, not two."""
    scene = await prepare(stage, ANSWERED)
    await stage.bot_goes()
    async with bot_process(stage) as kill:
        stage.slack.faults.drop_reply("chat.postMessage")
        for step in scene.steps:
            await stage.people.act(scene, step)
        await stage.slack.person("mia").await_message(scene.channel, "Solved by omar")
        kill()
    assert count(stage, "issue", "line <> ''") == 0
    await stage.bot_comes()
    check_exact(see_scene(stage, scene))
    assert count(stage, "issue", "line <> ''") == 1


async def test_events_that_come_again_after_a_restart_add_nothing(stage: Stage) -> None:
    """Slack delivers for a day; the ledger knows each thing by Slack's own name for it."""
    scene = await stage.act_out(ANSWERED)
    before, entries = see_scene(stage, scene), count(stage, "ledger")
    await stage.bot_goes()
    stage.clock.stand(OPENING + 3600 * 1_000_000)
    await stage.bot_comes()
    for ack in [it for it in stage.slack.acks if it.kind == "events_api"]:
        stage.slack.deliveries.send_event(ack.delivery)
    await stage.quiet()
    assert see_scene(stage, scene) == before
    assert count(stage, "ledger") == entries


async def test_a_mark_whose_message_slack_does_not_know_yet_waits_for_it(stage: Stage) -> None:
    """The reaction comes first, and even Slack does not find its message: it counts later."""
    scene = await prepare(stage, ANSWERED)
    stage.slack.hold_events()
    for step in scene.steps:
        await stage.people.act(scene, step)
    *messages, mark = stage.slack.deliveries.held or []
    assert mark.name == "reaction_added"
    for method in ("conversations.replies", "conversations.history", "reactions.get"):
        fault = Fault(Trouble.OK_FALSE, method, times=100, error="message_not_found")
        stage.slack.faults.add(fault)
    stage.slack.release_events(order=[2])
    await stage.quiet()
    database = stage.running.context.database
    assert see_rows(database, stage.workspace, scene.channel) == ()
    stage.slack.faults.pending.clear()
    stage.slack.deliveries.send_in_order(messages)
    await stage.quiet()
    assert see_rows(database, stage.workspace, scene.channel)[0].state == "responded"
    await look_after(stage.running.context, stage.running.pulse)
    await stage.quiet()
    check_exact(see_scene(stage, scene))


async def test_a_deletion_that_overtook_its_message_still_deletes(stage: Stage) -> None:
    """Posted and deleted, and heard in the other order: it stops no clock (support-spec §4.10)."""
    scene = await prepare(
        stage,
        """
        0   lena  asks
        10  omar  answers
        20  omar  deletes 10
        99  mia   answers
        """,
    )
    stage.slack.hold_events()
    for step in scene.steps:
        await stage.people.act(scene, step)
    stage.slack.release_events(order=[0, 2, 1, 3])
    await stage.quiet()
    issue = see_scene(stage, scene).only
    assert (issue.frt, issue.responded_by) == (99, "mia")


async def test_the_words_of_a_deleted_message_are_not_kept_by_its_late_event(stage: Stage) -> None:
    """Heard before the message and its edit, a deletion leaves no word of it (§4.10)."""
    scene = await prepare(
        stage,
        """
        0   lena  asks
        10  lena  edits 0 as says
        20  lena  deletes 0
        """,
    )
    stage.slack.hold_events()
    for step in scene.steps:
        await stage.people.act(scene, step)
    stage.slack.release_events(order=[2, 1, 0])
    await stage.quiet()
    issue = see_scene(stage, scene).only
    assert (issue.state, issue.dismiss_reason) == ("dismissed", "root_deleted")
    assert count(stage, "excerpt") == 0
