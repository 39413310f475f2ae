"""Row 15: the line to Slack drops, is refreshed, or goes dead without a word."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from commands.pace import Rate
from tests.drills.bots import Street, migrated, open_street, until
from tests.drills.drill import Drill, Row, Scale

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
KINDS = ("cut", "refresh_requested", "warning")
GAP = 10.0


@dataclass
class Seen:
    """What a run of drops did."""

    gaps: list[float] = field(default_factory=list)
    asked: dict[int, bool] = field(default_factory=dict)
    """Number of a command → whether Slack had its acknowledgement."""
    refused: int = 0
    """Commands that Slack could hand to nobody: their senders were told."""
    refused_when_planned: int = 0
    is_planned: bool = False


async def keep_asking(street: Street, seen: Seen, pause: float) -> None:
    """Type commands without a pause; each asks for something of its own, which its answer names."""
    mia = street.slack.person("mia")
    while True:
        number = len(seen.asked)
        seen.asked[number] = False
        answer = await mia.command(f"/kpi nonsense{number}x", "#random")
        seen.asked[number] = answer.ok
        if not answer.ok:
            seen.refused += 1
            seen.refused_when_planned += seen.is_planned
        await asyncio.sleep(pause)


async def drop(street: Street, kind: str, seen: Seen) -> None:
    """Drop the line, and measure until there is one that is not leaving."""
    socket = street.slack.socket
    greeted, began = socket.connections, time.monotonic()
    seen.is_planned = kind != "cut"
    leaving = None
    if kind == "cut":
        street.slack.cut()
    else:
        leaving = asyncio.create_task(street.slack.disconnect(kind))
    await until(lambda: socket.connections > greeted)
    seen.gaps.append(time.monotonic() - began)
    if leaving is not None:
        await leaving


async def drop_often(street: Street, drops: int, pause: float) -> Seen:
    """Drop the line again and again while commands come without a pause."""
    seen = Seen()
    asking = asyncio.create_task(keep_asking(street, seen, min(0.2, pause / 20)))
    for number in range(drops):
        began = time.monotonic()
        await drop(street, KINDS[number % len(KINDS)], seen)
        await asyncio.sleep(max(0.1, pause - (time.monotonic() - began)))
    asking.cancel()
    with suppress(asyncio.CancelledError):
        await asking
    return seen


def answered(street: Street) -> set[int]:
    """Return the numbers of the commands that were answered."""
    said = street.slack.person("mia").bot_said("#random")
    return {int(it) for message in said for it in re.findall(r"nonsense(\d+)x", message.words)}


class Relay:
    """A wire between the bot and Slack that can go dead: open, and silent in both directions."""

    def __init__(self, port: int) -> None:
        self.port, self.address = port, ""
        self._dead: set[asyncio.Event] = set()
        self._wires: list[asyncio.StreamWriter] = []

    def die(self) -> None:
        """Let every wire of now carry nothing more; new ones work."""
        for flag in self._dead:
            flag.set()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        flag = asyncio.Event()
        self._dead.add(flag)
        there, back = await asyncio.open_connection("127.0.0.1", self.port)
        self._wires += [writer, back]
        await asyncio.gather(self._pump(reader, back, flag), self._pump(there, writer, flag))

    async def _pump(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, flag: asyncio.Event
    ) -> None:
        with suppress(ConnectionError):
            while data := await source.read(65_536):
                if flag.is_set():
                    continue
                sink.write(data)
                await sink.drain()
        if not flag.is_set():
            with suppress(ConnectionError, RuntimeError):
                sink.close()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Relay]:
        server = await asyncio.start_server(self.carry, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()[:2]
        self.address = f"http://{host}:{port}"
        try:
            yield self
        finally:
            server.close()
            for wire in self._wires:
                wire.transport.abort()


async def go_dead(url: str, times: int) -> list[float]:
    """Return how long it took each time until a dead line was replaced by a new one."""
    took = []
    async with open_street(url, NOW) as street, Relay(street.slack.port).open() as relay:
        street.slack.api.open_line = lambda: street.slack.socket.new_ticket(relay.address)
        async with street.bot(SLACK_API_URL=f"{relay.address}/api/"):
            for _ in range(times):
                await asyncio.sleep(0.5)
                took.append(await await_new_line(street, relay))
    return took


async def await_new_line(street: Street, relay: Relay) -> float:
    """Let all wires go dead; return the seconds until Slack has greeted a new line."""
    greeted, began = street.slack.socket.connections, time.monotonic()
    relay.die()
    await until(lambda: street.slack.socket.connections > greeted)
    return time.monotonic() - began


async def rehearse(url: str, dead_url: str, scale: Scale) -> list[Row]:
    drops, pause = scale.pick((9, 0.6), (100, 6.0))
    async with open_street(url, NOW) as street, street.bot() as running:
        running.context.pace.person = running.context.pace.workspace = Rate(1_000_000, 1_000_000.0)
        seen = await drop_often(street, drops, pause)
        await street.slack.settle()
        await running.context.tasks.settle()
        acked = {number for number, ok in seen.asked.items() if ok}
        lost = len(acked - answered(street))
    dead = await go_dead(dead_url, scale.pick(1, 5))
    asked = f"of {len(acked)} commands lost"
    return [
        Row(
            15,
            f"{drops} drops and refreshes: what was acknowledged is answered",
            "0 commands lost",
            f"{lost} {asked}; {seen.refused} met no line, and their senders were told",
            lost == 0 and len(acked) > drops,
        ),
        Row(
            15,
            "a refresh that Slack announces is not noticed",
            "0 commands refused",
            f"{seen.refused_when_planned} refused",
            seen.refused_when_planned == 0,
        ),
        Row(
            15,
            "a line that broke is replaced",
            f"gap < {GAP:.0f} s",
            f"longest {max(seen.gaps):.1f} s",
            max(seen.gaps) < GAP,
        ),
        Row(
            15,
            "a line that is open and dead (no pong) is replaced",
            f"gap < {GAP:.0f} s",
            f"longest {max(dead):.1f} s of {len(dead)}",
            max(dead) < GAP,
        ),
    ]


def run(scale: Scale) -> list[Row]:
    with migrated("sqlite", scale.folder) as url, migrated("sqlite", scale.folder) as other:
        return asyncio.run(rehearse(url, other, scale))


DRILL = Drill("drops", run, seconds=900)
