"""Runs the unmodified bot as a process of its own beside a local workspace (design §8)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from bot.manifest import build_manifest
from bot.playground.changes import Change
from bot.playground.installed import seed_of
from bot.playground.local_slack import LocalSlack, Mode

BOT = (sys.executable, "-m", "bot", "run")
OURS = {"DATABASE_URL", "PORT", "HOST", "KEPI_CLOCK"}
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
QUICK_DEATH = 10.0
MAX_QUICK_DEATHS = 5
STOP_SECONDS = 10.0
STDERR = 2  # what the bot prints stands with its log; stdout is for the address
Say = Callable[[str], None]


def print_line(line: str) -> None:
    """Print at once, also into a pipe."""
    print(line, flush=True)


async def playground(
    port: int | None,
    *,
    database_url: str,
    mode: Mode = "socket",
    clock: str | None = None,
    command: Sequence[str] = BOT,
    say: Say = print_line,
) -> int:
    """Serve until SIGINT, SIGTERM or SIGHUP and return the exit code; no process is left behind.

    `port` is the page's (None takes a free one), `database_url` the bot's, `clock` an ISO instant
    at which both workspace and bot start (KEPI_CLOCK). The workspace grants what the app's own
    manifest asks for, no more. Of the caller's environment the bot gets
    no DATABASE_URL, PORT, HOST or SLACK_*. It returns 1 when the bot keeps dying at its start.
    """
    slack = LocalSlack(
        seed=seed_of(build_manifest("socket")),
        mode=mode,
        port=port or 0,
        clock_offset=offset_of(clock),
    )
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in ENDINGS:
        loop.add_signal_handler(number, stopped.set)
    try:
        async with slack:
            bot = BotProcess(slack, command, bot_environment(slack, database_url, clock))
            return await bot.supervise(stopped, say)
    finally:
        for number in ENDINGS:
            loop.remove_signal_handler(number)


def offset_of(clock: str | None) -> float:
    """Return the seconds between `clock` and now; an instant without a zone is UTC."""
    if not clock:
        return 0.0
    instant = datetime.fromisoformat(clock)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    return instant.timestamp() - time.time()


def bot_environment(slack: LocalSlack, database_url: str, clock: str | None) -> dict[str, str]:
    """Return the bot's whole environment, free of the caller's own Slack and database."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in OURS and not name.startswith("SLACK_")
    }
    told = slack.environment | {"DATABASE_URL": database_url, "PYTHONUNBUFFERED": "1"}
    if clock:
        told["KEPI_CLOCK"] = clock
    if slack.mode == "http":
        free = free_port()
        slack.events_url = f"http://127.0.0.1:{free}/slack/events"
        told |= {"PORT": str(free), "HOST": "127.0.0.1"}
    return kept | told


def free_port() -> int:
    """Return a loopback port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class BotProcess:
    """The bot's process and its restarts, each told in the page."""

    def __init__(self, slack: LocalSlack, command: Sequence[str], env: dict[str, str]) -> None:
        self.slack = slack
        self.command = command
        self.env = env
        self.announced = False
        self.process: asyncio.subprocess.Process | None = None

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

    async def _start(self) -> None:
        self._tell("Kepi is starting.")
        self.process = await asyncio.create_subprocess_exec(
            *self.command,
            env=self.env,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=STDERR,
            start_new_session=True,
        )

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
