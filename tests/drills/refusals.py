"""Row 16: Slack does not let Kepi in: it stops, marks, tells once, and does not storm."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

from bot.playground.faults import Fault, Trouble
from bot.playground.world import Channel
from commands import writers
from tests.drills.drill import Drill, Row, Scale
from tests.outbox.street import Street, open_street, with_words
from tests.outbox.words import MIA

ERRORS = ("not_in_channel", "is_archived", "channel_not_found", "restricted_action")
NO_ACCESS = "token_revoked"
ROUNDS = 20
CHANNELS = tuple(f"C0REFUSED{number:02d}" for number in range(10))


def open_channels(street: Street) -> None:
    """Add ten channels that Kepi is in, as far as it knows."""
    space = street.slack.space
    for number, channel in enumerate(CHANNELS):
        members = [MIA, space.seed.bot_user]
        space.channels[channel] = Channel(channel, f"refused-{number}", members)
        space.messages[channel] = {}


async def refuse(folder: Path, error: str) -> tuple[Counter[str], int, Counter[str]]:
    """Return calls by channel, notices to the owner, and what became of the messages."""
    async with open_street(folder) as street:
        open_channels(street)
        (process,) = street.processes
        for channel in CHANNELS:
            fault = Fault(
                Trouble.OK_FALSE, "chat.postMessage", channel=channel, times=10_000, error=error
            )
            street.slack.faults.add(fault)
            await process.add(channel, channel)
        for _ in range(ROUNDS):
            await process.send()
            process.clock.move(seconds=30)
            process.watch.seconds += 30
        calls = Counter(
            str(call.args.get("channel"))
            for call in street.slack.calls_of("chat.postMessage")
            if str(call.args.get("channel")) in CHANNELS
        )
        notices = len(street.slack.person("mia").bot_said("dm"))
        states = await process.states()
    return calls, notices, Counter(states[channel] for channel in CHANNELS)


async def refuse_each(folder: Path) -> list[Row]:
    rows = []
    for error in (*ERRORS, NO_ACCESS):
        calls, notices, states = await refuse(folder, error)
        most = max(calls.values(), default=0)
        wanted, state = (0, "due") if error == NO_ACCESS else (1, "dead")
        rows.append(
            Row(
                16,
                f"{error} in {len(CHANNELS)} channels, {ROUNDS} wakes",
                f"{wanted} notice, < 3 calls each, all {state}",
                f"{notices} notice, {most} calls at most, {states.get(state, 0)} {state}",
                notices == wanted and most < 3 and states.get(state, 0) == len(CHANNELS),
            )
        )
    return rows


def run(scale: Scale) -> list[Row]:
    known = with_words()
    writers.writers = lambda: known  # type: ignore[assignment]
    return asyncio.run(refuse_each(scale.folder))


DRILL = Drill("refusals", run, seconds=300)
