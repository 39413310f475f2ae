"""Runs the unmodified bot as a process of its own beside a local workspace (design §8)."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from bot.manifest import build_manifest
from bot.playground.bot_process import BotProcess, Say
from bot.playground.local_slack import LocalSlack, Mode
from bot.playground.sample_issues import Moment
from bot.playground.sample_messages import put_messages
from bot.playground.sample_town import town_of

BOT = (sys.executable, "-m", "bot", "run")
OURS = {"DATABASE_URL", "PORT", "HOST", "KEPI_CLOCK"}
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


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
    moments: Sequence[Moment] = (),
    passing: Callable[[datetime], None] | None = None,
    crisis: Callable[[datetime], None] | None = None,
    say: Say = print_line,
) -> int:
    """Serve until SIGINT, SIGTERM or SIGHUP and return the exit code; no process is left behind.

    `port` is the page's (None takes a free one), `database_url` the bot's, `clock` an ISO instant
    at which both workspace and bot start (KEPI_CLOCK), `moments` what was said in its channels
    before, and `passing` is told the time when some was let pass, while the bot is stopped;
    `crisis` lets one break out at a time. The workspace grants what the app's own manifest asks
    for, no more. Of the caller's environment the bot gets no DATABASE_URL, PORT, HOST or SLACK_*.
    It returns 1 when the bot keeps dying at its start.
    """
    slack = LocalSlack(
        seed=town_of(build_manifest("socket")),
        mode=mode,
        port=port or 0,
        clock_offset=offset_of(clock),
    )
    put_messages(slack.space, moments)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in ENDINGS:
        loop.add_signal_handler(number, stopped.set)
    try:
        async with slack:
            bot = BotProcess(slack, command, bot_environment(slack, database_url), passing)
            slack.space.jump = bot.jump
            slack.space.crisis = crisis
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


def bot_environment(slack: LocalSlack, database_url: str) -> dict[str, str]:
    """Return the bot's whole environment, free of the caller's own Slack and database."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in OURS and not name.startswith("SLACK_")
    }
    told = slack.environment | {"DATABASE_URL": database_url, "PYTHONUNBUFFERED": "1"}
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
