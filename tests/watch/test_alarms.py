"""The audit: what is overdue is told once, and a heartbeat leaves only when all is well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.alarm import tell_frozen
from bot.settings import read_settings
from commands.status.ops import say_frozen
from commands.tongues import key_of
from kpis.tongue import speaking
from storage.errors import SettingsError
from storage.support_notes import choose
from tests.drills.bots import migrated
from tests.watch.conftest import CALM, MARKETING, MIA, House, OpenHouse
from tests.watch.test_health import eventually, said, says

LATE = "more than 5 minutes late"


def alarms(house: House) -> list[str]:
    return [it for it in house.said() if LATE in it]


async def test_an_overdue_message_is_told_once_in_each_episode(open_house: OpenHouse) -> None:
    """However often it is looked, and again when it happens again."""
    async with open_house() as house:
        await house.choose_ops("C0MARKETING")
        for episode in (1, 2):
            house.occupy()
            await house.add(f"stuck {episode}")
            await eventually(said_times(house, episode))
            await asyncio.sleep(1.0)  # ten more looks
            assert len(alarms(house)) == episode
            house.free()
            await eventually(says(house, 200))
            await asyncio.sleep(0.3)
        assert "1 message is" in alarms(house)[0]
        assert house.said().count("I am working again.") == 0


async def test_a_backlog_that_goes_out_after_a_start_is_no_alarm(open_house: OpenHouse) -> None:
    """Due two hours ago, as after an outage: this process has seen it wait for a moment only."""
    async with open_house(CALM) as house:
        await house.choose_ops("C0MARKETING")
        await house.add(minutes=120)
        await eventually(said(house, "I am working again"))
        await asyncio.sleep(0.5)
        assert alarms(house) == []


async def test_an_alarm_is_not_told_again_after_a_restart(
    open_house: OpenHouse, tmp_path: Path
) -> None:
    """The same episode goes on in the next process."""
    with migrated("sqlite", tmp_path) as url:
        for wanted in (1, 0):
            async with open_house(url=url) as house:
                await house.choose_ops("C0MARKETING")
                house.occupy()
                await house.add("stuck")
                await eventually(says(house, 503, nothing_overdue=False))
                await asyncio.sleep(1.5)
                assert len(alarms(house)) == wanted


@pytest.mark.parametrize(("receiver", "where"), [(MARKETING, "#marketing"), (MIA, "dm")])
async def test_that_nothing_is_sent_is_told_as_whoever_hears_it_reads(
    open_house: OpenHouse, receiver: str, where: str
) -> None:
    """A channel in the language that was chosen for it, a person in their own: from a thread."""
    async with open_house(CALM) as house:
        mia, (watch,) = house.street.slack.person("mia"), house.running.rounds.watches
        mia.member.locale = "sv-SE" if receiver == MIA else "en-US"
        await house.choose_ops(receiver)
        context = house.running.context
        chosen = (context.home.workspace, key_of(MARKETING), "sv", MIA, context.clock())
        await context.write(choose, *chosen)
        await watch.audit()
        await asyncio.to_thread(tell_frozen, watch, 600.0, "frozen")
        with speaking("sv"):
            expected = say_frozen(600.0)
        assert "10 minuter" in expected
        assert expected in [it.words for it in mia.bot_said(where)]


@asynccontextmanager
async def listening(asked: list[str], status: int = 200) -> AsyncIterator[str]:
    """Listen on loopback for heartbeats; give the address."""

    async def take(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=status)

    app = web.Application()
    app.router.add_get("/{path:.*}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/secret-path-1"
    finally:
        await runner.cleanup()


async def test_a_heartbeat_leaves_only_after_an_audit_that_passed(open_house: OpenHouse) -> None:
    """While something is overdue, whoever watches elsewhere misses it."""
    asked: list[str] = []
    async with listening(asked) as address, open_house() as house:
        house.running.rounds.heartbeat = SecretStr(address)
        await eventually(heard(asked, 2))
        house.occupy()
        await house.add()
        await eventually(says(house, 503, nothing_overdue=False))
        await asyncio.sleep(0.2)
        before = len(asked)
        await asyncio.sleep(0.8)
        assert len(asked) == before
        house.free()
        await eventually(heard(asked, before + 1))
        assert set(asked) == {"/secret-path-1"}


@pytest.mark.parametrize("status", [500, 0])
async def test_a_heartbeat_that_fails_is_logged_without_its_path(
    open_house: OpenHouse, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    """Refused, or nobody there: a warning, and the bot goes on."""
    asked: list[str] = []
    async with listening(asked, status or 200) as address:
        pass
    async with listening(asked, status or 200) as alive, open_house() as house:
        house.running.rounds.heartbeat = SecretStr(alive if status else address)
        await eventually(logged(caplog, "the heartbeat"))
        assert await house.health()
    assert "secret-path-1" not in caplog.text
    assert "secret-path-1" not in "".join(str(it.__dict__) for it in caplog.records)


def test_a_heartbeat_goes_by_https_alone() -> None:
    """The refusal names the variable and not the address."""
    with pytest.raises(SettingsError) as refusal:
        read_settings({"KEPI_HEARTBEAT_URL": "http://example.org/secret-path-1"})
    assert "KEPI_HEARTBEAT_URL" in str(refusal.value)
    assert "secret-path-1" not in str(refusal.value)
    address = "https://example.org/secret-path-1"
    assert address in read_settings({"KEPI_HEARTBEAT_URL": address}).secrets


def said_times(house: House, times: int):  # type: ignore[no-untyped-def]
    async def look() -> bool:
        return len(alarms(house)) >= times

    return look


def heard(asked: list[str], times: int):  # type: ignore[no-untyped-def]
    async def look() -> bool:
        return len(asked) >= times

    return look


def logged(caplog: pytest.LogCaptureFixture, words: str):  # type: ignore[no-untyped-def]
    async def look() -> bool:
        return words in caplog.text

    return look
