"""Row 14: the connection is cut in the middle of an upload, at ten places of each of its steps."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from commands import writers
from tests.drills.drill import Drill, Row, Scale
from tests.outbox.street import open_street, with_words
from tests.outbox.words import MIA

STEPS = {
    "ask for an address": b"POST /api/files.getUploadURLExternal",
    "send the bytes": b"POST /upload/",
    "complete": b"POST /api/files.completeUploadExternal",
}
ASKED = (1, 60, 150, 250, 350)
ANSWERED = (0, 1, 20, 100, 180)
"""Bytes that pass, of the request or of the answer, before the connection is cut."""


@dataclass
class Cut:
    """A connection between bot and Slack that breaks once, where it is told to."""

    marker: bytes = b""
    of_answer: bool = False
    after: int = 0
    is_armed: bool = False
    happened: bool = False


@asynccontextmanager
async def pass_through(port: int, cut: Cut) -> AsyncIterator[int]:
    """Stand between the bot and ``port`` on loopback; give the port to call instead."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        hit = asyncio.Event()
        left = {"asked": cut.after, "answered": cut.after}

        async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter, way: str) -> None:
            while data := await source.read(65536):
                if way == "asked" and cut.is_armed and cut.marker in data:
                    cut.is_armed = False
                    hit.set()
                    data_before, data = data.split(cut.marker, 1)
                    sink.write(data_before)
                    data = cut.marker + data
                if hit.is_set() and cut.of_answer == (way == "answered"):
                    sink.write(data[: left[way]])
                    left[way] -= len(data)
                    if left[way] <= 0:
                        with suppress(ConnectionError):
                            await sink.drain()
                        cut.happened = True
                        return
                else:
                    sink.write(data)
                await sink.drain()

        ways = [
            asyncio.create_task(pump(reader, back, "asked")),
            asyncio.create_task(pump(there, writer, "answered")),
        ]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for it in ways:
            it.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        for it in (back, writer):
            it.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()


def run(scale: Scale) -> list[Row]:
    known = with_words()
    writers.writers = lambda: known  # type: ignore[assignment]
    places = [(False, it) for it in ASKED] + [(True, it) for it in ANSWERED]
    places = scale.pick(places[::5], places)
    return [asyncio.run(cut_step(scale.folder, name, places)) for name in STEPS]


async def cut_step(folder: Path, name: str, places: list[tuple[bool, int]]) -> Row:
    good = cuts = 0
    for of_answer, after in places:
        cut = Cut(STEPS[name], of_answer, after, is_armed=True)
        async with (
            open_street(folder, processes=0) as here,
            pass_through(here.slack.port, cut) as port,
        ):
            here.told["SLACK_API_URL"] = f"http://127.0.0.1:{port}/api/"
            here.slack.space.base_url = f"http://127.0.0.1:{port}"
            it = await here.begin()
            await it.add("7", body={"owner": MIA, "picture": True})
            for _ in range(4):
                await it.send()
                it.clock.move(minutes=3)
            said = here.said()
            kinds = [block["type"] for block in said[0].blocks] if said else []
            shown = [file for file in here.slack.space.files.values() if file.completed]
            good += len(said) == 1 and kinds == ["section", "image"] and len(shown) == 1
            cuts += cut.happened
    measured = f"{good} of {len(places)} times ({cuts} cuts happened)"
    mark = f"1 file, 1 post, {len(places)} of {len(places)} times"
    return Row(14, f"cut while uploading: {name}", mark, measured, good == cuts == len(places))


DRILL = Drill("uploads", run, seconds=600.0)
