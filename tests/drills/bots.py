"""The unmodified bot beside a local Slack, for drills: started, moved in time, stopped."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.manifest import build_manifest
from bot.playground import Faults, LocalSlack
from bot.playground.installed import seed_of
from bot.serve import Running, start
from bot.settings import Settings, read_settings
from bot.watch import PACE, Pace
from tests import databases

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def migrated(kind: str, folder: Path) -> Iterator[str]:
    """Give the address of an empty, migrated database of a kind."""
    if kind == "sqlite":
        file = folder / f"drill-{next(databases.NUMBERS)}.db"
        shutil.copyfile(databases.sqlite_template(), file)
        yield f"sqlite:///{file}"
        return
    with databases.fresh(kind, folder) as database:
        yield database.url.render_as_string(hide_password=False)


@dataclass
class Street:
    """A Slack, and how bots of it are started; its time runs from ``now`` on."""

    slack: LocalSlack
    url: str

    def settings(self, **more: str) -> Settings:
        return read_settings(self.environment(**more))

    def environment(self, **more: str) -> dict[str, str]:
        """Return what a bot is told, its clock being the workspace's own."""
        clock = self.slack.clock.instant().isoformat()
        return {**self.slack.environment, "DATABASE_URL": self.url, "KEPI_CLOCK": clock, **more}

    @asynccontextmanager
    async def bot(self, pace: Pace = PACE, **more: str) -> AsyncIterator[Running]:
        """Start a bot in this process, at the time that it is in the workspace."""
        before = self.slack.socket.connections
        async with start(self.settings(**more), pace) as running:
            await until(lambda: self.slack.socket.connections > before)
            yield running

    async def process(self, **more: str) -> asyncio.subprocess.Process:
        """Start a bot as a process of its own and wait until it is connected."""
        before = self.slack.socket.connections
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot"),
            cwd=ROOT,
            env={**os.environ, **self.environment(**more)},
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        await until(
            lambda: self.slack.socket.connections > before or process.returncode is not None
        )
        if process.returncode is not None:
            assert process.stderr is not None
            raise RuntimeError((await process.stderr.read()).decode()[-2000:])
        return process


async def until(is_so: Callable[[], bool], within: float = 90.0) -> None:
    """Wait until something has become true; raises ``TimeoutError`` where it does not."""
    async with asyncio.timeout(within):
        while not is_so():  # noqa: ASYNC110 (what is waited for tells nobody)
            await asyncio.sleep(0.005)


@asynccontextmanager
async def open_street(
    url: str, now: datetime, faults: Faults | None = None
) -> AsyncIterator[Street]:
    """Open a workspace that grants what our manifest asks for, in which it is ``now``."""
    offset = now.timestamp() - time.time()
    known = faults or Faults(file_processing=0.02, retry_scale=0.01, warning_seconds=0.5)
    seed = seed_of(build_manifest("socket"))
    async with LocalSlack(faults=known, seed=seed, clock_offset=offset) as slack:
        yield Street(slack, url)


async def end(process: asyncio.subprocess.Process) -> None:
    """Make sure that nothing of a bot is left."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
