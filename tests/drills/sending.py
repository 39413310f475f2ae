"""What the drills of delivery share: a workspace, words that are due, processes that send them."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.manifest import build_manifest
from bot.playground import Faults, LocalSlack
from bot.playground.installed import seed_of
from bot.playground.world import Channel
from storage import outbox
from storage.database import Database
from storage.schema import migrate
from storage.workspaces import connect_team
from tests.outbox.words import KIND, MIA
from tests.slack.conftest import NOW

TELLER = (sys.executable, "-m", "tests.drills.teller")


@dataclass
class Round:
    """A workspace of many channels, and the database that the senders share."""

    slack: LocalSlack
    database: Database
    workspace: int
    channels: list[str]

    def add(self, periods: Iterable[int], **body: Any) -> None:
        """Write down words that are due since a second ago, over the channels in turn."""
        due = self.slack.clock.instant()
        with self.database.write() as connection:
            for number in periods:
                outbox.add(
                    connection,
                    self.workspace,
                    channel=self.channels[number % len(self.channels)],
                    kind=KIND,
                    period=str(number),
                    due=due,
                    now=due,
                    body={"owner": MIA} | body,
                )

    def states(self) -> Counter[str]:
        with self.database.read() as connection:
            counts = outbox.count_states(connection, self.workspace)
        found: Counter[str] = Counter()
        for (_, state), count in counts.items():
            found[state] += count
        return found

    def said(self) -> Counter[str]:
        """Return how often each key stands in the workspace."""
        return Counter(
            str(it.metadata["event_payload"]["key"])
            for messages in self.slack.space.messages.values()
            for it in messages.values()
            if it.metadata
        )

    async def until(self, state: str, count: int, within: float) -> bool:
        """Wait until so many messages are in a state."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if (await asyncio.to_thread(self.states))[state] >= count:
                return True
            await asyncio.sleep(0.2)
        return False

    def environment(self) -> Mapping[str, str]:
        """Return what one sender is told."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("SLACK_", "KEPI_"))}
        url = self.database.url.render_as_string(hide_password=False)
        return kept | self.slack.environment | {
            "DATABASE_URL": url,
            "KEPI_CLOCK": self.slack.clock.instant().isoformat(),
        }  # fmt: skip


@asynccontextmanager
async def begin(database: Database, faults: Faults | None = None) -> AsyncIterator[Round]:
    """Open a workspace of forty channels, and connect the database to it."""
    migrate(database)
    offset = NOW.timestamp() - time.time()
    seed = seed_of(build_manifest("socket"))
    known = faults or Faults(file_processing=0.01, retry_scale=0.01)
    async with LocalSlack(faults=known, seed=seed, clock_offset=offset) as slack:
        channels = []
        for number in range(40):
            room = Channel(f"C8{number:09}", f"room-{number}", [MIA, slack.space.bot.id])
            slack.space.channels[room.id] = room
            slack.space.messages[room.id] = {}
            channels.append(room.id)
        with database.write() as connection:
            row = connect_team(connection, slack.space.seed.team.id, "Drill")
        yield Round(slack, database, row.id, channels)


async def start_sender(round_: Round, command: tuple[str, ...] = TELLER) -> Any:
    """Start one more process that sends, in a process group of its own."""
    return await asyncio.create_subprocess_exec(
        *command,
        env=dict(round_.environment()),
        cwd=Path(__file__).resolve().parents[2],
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )


async def kill(process: Any, number: signal.Signals = signal.SIGKILL) -> None:
    """Kill a process with all that it started, at once, and wait until it is gone."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
    await process.wait()


def judge(said: Counter[str], wanted: int) -> tuple[int, int]:
    """Return how many of ``wanted`` messages are lost, and how many came twice or more."""
    return wanted - len(said), sum(count > 1 for count in said.values())
