"""The unmodified bot as a process of its own: kept running, and moved in time (design §8)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.playground.changes import Change
from bot.playground.local_slack import LocalSlack

QUICK_DEATH = 10.0
MAX_QUICK_DEATHS = 5
STOP_SECONDS = 10.0
STDERR = 2  # what the bot prints stands with its log; stdout is for the address
Say = Callable[[str], None]


class BotProcess:
    """The bot's process and its restarts, each told in the page."""

    def __init__(
        self,
        slack: LocalSlack,
        command: Sequence[str],
        env: Mapping[str, str],
        passing: Callable[[datetime], None] | None = None,
    ) -> None:
        self.slack = slack
        self.passing = passing
        self.command = command
        self.env = env
        self.announced = False
        self.process: asyncio.subprocess.Process | None = None
        self._may_start = asyncio.Event()
        self._may_start.set()
        self._jumping = asyncio.Lock()

    async def supervise(self, stopped: asyncio.Event, say: Say) -> int:
        """Keep the bot running until `stopped`; give up when it dies again and again at once."""
        stop = asyncio.create_task(stopped.wait())
        quick_deaths = 0
        try:
            while not stopped.is_set():
                began = time.monotonic()
                await self._start()
                announced = asyncio.create_task(self._announce(say))
                await self._until_death_or(stop)
                announced.cancel()
                if stopped.is_set():
                    break
                if not self._may_start.is_set():
                    await self._may_start.wait()
                    continue
                quick = time.monotonic() - began < QUICK_DEATH
                quick_deaths = quick_deaths + 1 if quick else 1
                if quick_deaths >= MAX_QUICK_DEATHS:
                    say("The bot keeps stopping at its start; see its messages above.")
                    return 1
                self._tell("Kepi stopped and is being started again.")
                say(f"The bot stopped with code {self._code()}; starting it again.")
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(asyncio.shield(stop), 0.5 * quick_deaths)
            return 0
        finally:
            stop.cancel()
            await self.end()

    async def jump(self, seconds: float) -> None:
        """Stop the bot, let `seconds` pass in the workspace, and start it at the later time."""
        async with self._jumping:
            self._may_start.clear()
            try:
                self._tell("Time passes; Kepi is stopped meanwhile.")
                await self.end()
                self.slack.clock.advance(seconds)
                self.slack.space.changes.tell(Change("clock"))
                if self.passing is not None:
                    await asyncio.to_thread(self.passing, self.slack.clock.instant())
            finally:
                self._may_start.set()

    async def _start(self) -> None:
        self._tell("Kepi is starting.")
        self.process = await asyncio.create_subprocess_exec(
            *self.command,
            env=dict(self.env) | self._clock(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=STDERR,
            start_new_session=True,
        )

    def _clock(self) -> dict[str, str]:
        """Tell the bot what time it is here, unless that is the machine's own time."""
        if not self.slack.clock.offset:
            return {}
        return {"KEPI_CLOCK": self.slack.clock.instant().isoformat()}

    async def _announce(self, say: Say) -> None:
        """Print the address when the bot can be reached for the first time."""
        while True:
            with contextlib.suppress(TimeoutError):
                await self.slack.bot_ready(60.0)
                break
            say("The bot has not connected yet; still waiting.")
        self._tell("Kepi is connected.")
        if not self.announced:
            self.announced = True
            say(f"Kepi's playground is ready: {self.slack.url}")

    async def _until_death_or(self, stop: asyncio.Task[bool]) -> None:
        assert self.process is not None
        death = asyncio.create_task(self.process.wait())
        await asyncio.wait({death, stop}, return_when=asyncio.FIRST_COMPLETED)
        if death.done():
            self._signal(signal.SIGKILL)
        else:
            death.cancel()

    def _tell(self, status: str) -> None:
        self.slack.space.status = status
        self.slack.space.changes.tell(Change("status"))

    def _code(self) -> int | None:
        return self.process.returncode if self.process else None

    def _signal(self, number: signal.Signals) -> None:
        """Signal the bot and the workers it started: they share its process group."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    async def end(self) -> None:
        """Ask the bot to stop, wait, then make it."""
        if self.process is None:
            return
        if self.process.returncode is None:
            self._signal(signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.process.wait(), STOP_SECONDS)
        self._signal(signal.SIGKILL)
        await self.process.wait()
