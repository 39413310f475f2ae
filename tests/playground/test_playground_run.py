"""`playground()` runs a bot as a process of its own, restarts it, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

ROOT = Path(__file__).parents[2]
CLOCK = datetime(2026, 11, 23, 8, tzinfo=UTC)
BOT = """
import asyncio, json, os, sys
from pathlib import Path
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

async def main():
    token, mode = os.environ["SLACK_BOT_TOKEN"], "socket"
    client = AsyncWebClient(token=token, base_url=os.environ["SLACK_API_URL"])
    secret = os.environ.get("SLACK_SIGNING_SECRET")
    app = AsyncApp(client=client, signing_secret=secret or "none")
    seen = json.dumps({"pid": os.getpid(), "env": dict(os.environ)})
    Path(sys.argv[1]).open("a").write(seen + "\\n")
    if "SLACK_APP_TOKEN" in os.environ:
        from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
        handler = AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"])
        await handler.start_async()
    else:
        from aiohttp import web
        runner = web.AppRunner(app.web_app(path="/slack/events"))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", int(os.environ["PORT"])).start()
        await asyncio.sleep(3600)

asyncio.run(main())
"""
PLAYGROUND = """
import asyncio, sys
from bot.playground.run import playground
bot, seen, mode = sys.argv[1:]
command = (sys.executable, bot, seen)
code = asyncio.run(playground(None, database_url="sqlite:///own.db", mode=mode, command=command,
                              clock="2026-11-23T08:00:00+00:00"))
sys.exit(code)
"""


def alive(pid: int) -> bool:
    """Say whether a process still runs (a zombie does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


async def until(look: Callable[[], bool]) -> None:
    """Wait up to 10 s for something outside this process."""
    for _ in range(200):
        if look():
            return
        await asyncio.sleep(0.05)
    raise TimeoutError


@pytest.fixture
def starts(tmp_path: Path) -> Any:
    """Return a function that reads what the bot noted at each of its starts."""

    def read() -> list[dict[str, Any]]:
        noted = tmp_path / "starts"
        return [json.loads(line) for line in noted.read_text().splitlines()]

    return read


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are read from /proc")
@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_the_bot_runs_beside_the_workspace(mode: str, tmp_path: Path, starts: Any) -> None:
    """It gets our tokens and database, never the user's; SIGTERM ends both.

    It is restarted when it dies, and when time passes: stopped first, then started at the later
    time on the same database.
    """
    (tmp_path / "fake.py").write_text(BOT)
    (tmp_path / "start.py").write_text(PLAYGROUND)
    users = {"DATABASE_URL": "postgresql://real", "SLACK_BOT_TOKEN": "xoxb-real", "PORT": "1"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *(str(tmp_path / name) for name in ("start.py", "fake.py", "starts")),
        mode,
        env={**os.environ, **users, "SLACK_CLIENT_ID": "real", "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await watch_it_run(process, mode, starts)
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def watch_it_run(process: asyncio.subprocess.Process, mode: str, starts: Any) -> None:
    """Follow one run from its first line to its end."""
    assert process.stdout is not None
    first = (await asyncio.wait_for(process.stdout.readline(), 10)).decode()
    assert first.startswith("Kepi's playground is ready: http://127.0.0.1:")
    env = starts()[0]["env"]
    assert env["DATABASE_URL"] == "sqlite:///own.db"
    assert env["SLACK_BOT_TOKEN"] != "xoxb-real"
    began = datetime.fromisoformat(env["KEPI_CLOCK"])
    assert timedelta() <= began - CLOCK < timedelta(minutes=1)
    assert "SLACK_CLIENT_ID" not in env
    assert ("SLACK_APP_TOKEN" in env) == (mode == "socket")
    os.kill(starts()[0]["pid"], signal.SIGKILL)
    again = (await asyncio.wait_for(process.stdout.readline(), 10)).decode()
    assert "starting it again" in again
    await until(lambda: len(starts()) == 2)
    later = datetime.fromisoformat(starts()[1]["env"]["KEPI_CLOCK"])
    assert began < later < began + timedelta(minutes=1), "a restart does not turn time back"
    await jump_an_hour(first.split()[-1])
    await until(lambda: len(starts()) == 3)
    assert not alive(starts()[1]["pid"])
    jumped = datetime.fromisoformat(starts()[2]["env"]["KEPI_CLOCK"])
    assert timedelta(hours=1) <= jumped - later < timedelta(hours=1, minutes=1)
    assert starts()[2]["env"]["DATABASE_URL"] == env["DATABASE_URL"]
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 10) == 0
    assert not any(alive(each["pid"]) for each in starts())


async def jump_an_hour(address: str) -> None:
    """Press the page's “1 hour later”."""
    act = {"do": "jump", "seconds": 3600}
    async with (
        aiohttp.ClientSession(headers={"Origin": address}) as session,
        session.post(f"{address}/page/act?as=mia", json=act) as reply,
    ):
        assert (await reply.json())["ok"]
