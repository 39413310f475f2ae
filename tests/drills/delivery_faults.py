"""Rows 3, 12 and 13: replies that are lost, limits, and every fault at every call."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from bot.playground import Fault, Trouble
from commands import writers
from tests.drills.drill import Drill, Row, Scale
from tests.outbox.street import Street, open_street, with_words
from tests.outbox.words import MIA

CALLS = (
    "chat.postMessage",
    "conversations.history",
    "conversations.open",
    "files.getUploadURLExternal",
    "upload",
    "files.completeUploadExternal",
    "files.info",
)
TROUBLES = tuple(Trouble)


def run(scale: Scale) -> list[Row]:
    known = with_words()
    writers.writers = lambda: known  # type: ignore[assignment]
    count = scale.pick(20, 300)
    return [
        asyncio.run(lose_replies(scale.folder, count)),
        asyncio.run(limit(scale.folder, scale.pick(10, 50))),
        asyncio.run(fail_everywhere(scale.folder, scale.pick(CALLS[:1], CALLS))),
    ]


async def drain(here: Street, rounds: int = 6) -> None:
    """Send until nothing is due any more, with the waits that the outbox asks for."""
    (it,) = here.processes
    for _ in range(rounds):
        while await it.send():
            pass
        it.clock.move(seconds=130)
        it.watch.seconds += 700


async def lose_replies(folder: Path, count: int) -> Row:
    async with open_street(folder) as here:
        here.slack.faults.drop_reply(times=count)
        for number in range(count):
            await here.processes[0].add(str(number))
        await drain(here)
        said = here.words()
    measured = f"{len(set(said)):,} messages, {len(said) - len(set(said))} of them twice"
    passed = len(said) == len(set(said)) == count
    promise = "every first reply is lost after Slack stored the post"
    return Row(3, promise, f"1 message each of {count:,}", measured, passed)


async def limit(folder: Path, times: int) -> Row:
    async with open_street(folder) as here, open_street(folder) as other:
        (it,), (calm,) = here.processes, other.processes
        here.slack.faults.storm(times, retry_after=1, method="chat.postMessage")
        for number in range(times):
            await it.add(str(number))
        await calm.add("calm")
        storm = asyncio.create_task(it.send())
        began = time.monotonic()
        await calm.send()
        delay = time.monotonic() - began
        sent = await storm
        said = here.words()
    lost, doubled = times - len(set(said)), len(said) - len(set(said))
    measured = f"lost {lost}, doubled {doubled}; the other workspace waited {delay:.2f} s"
    passed = sent == times and not (lost or doubled) and delay < 1
    return Row(12, f"{times} × 429", "0 lost; other workspace < 1 s", measured, passed)


async def fail_everywhere(folder: Path, calls: tuple[str, ...]) -> Row:
    """Arm each trouble for two calls of each method, and send one message of each kind."""
    lost = doubled = cases = 0
    for call in calls:
        for trouble in TROUBLES:
            async with open_street(folder) as here:
                (it,) = here.processes
                if call == "conversations.history":
                    here.slack.faults.drop_reply()
                here.slack.faults.add(Fault(trouble, call, times=2, seconds=1.0))
                await it.add("here", body={"owner": MIA, "picture": True})
                await it.add("direct", MIA)
                await drain(here)
                said = here.words() + [it.text for it in here.slack.person("mia").bot_said()]
            plain = [it.removesuffix(", late") for it in said if it.startswith("Word")]
            lost += 2 - len(set(plain))
            doubled += len(plain) - len(set(plain))
            cases += 1
    measured = f"lost {lost}, doubled {doubled} ({cases} faults)"
    promise = "each fault at each call: 5xx, HTML, half done, cut, hung, 429"
    return Row(13, promise, "lost 0, doubled 0", measured, not (lost or doubled))


DRILL = Drill("faults", run, seconds=900.0)
