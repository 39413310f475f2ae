"""Row 1: the process is killed while it sends, again and again."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from storage.database import Database
from tests.drills.drill import Drill, Row, Scale
from tests.drills.sending import TELLER, Round, begin, judge, kill, start_sender

AHEAD = 60
"""Messages that are due at every moment, so that each kill hits the sending."""


def run(scale: Scale) -> list[Row]:
    """Kill and start; afterwards every message stands there once, with its picture and thread."""
    kills, seeds = scale.pick((3, (1,)), (200, (1, 2, 3)))
    command = scale.pick((*TELLER, "5"), TELLER)
    rows = asyncio.run(all_seeds(scale.folder, seeds, kills, command))
    lost, doubled = sum(it[0] for it in rows), sum(it[1] for it in rows)
    sent, said = sum(it[2] for it in rows), f"{kills} kills, {len(seeds)} seeds"
    measured = f"lost {lost}, doubled {doubled} ({said}, {sent:,} messages)"
    return [Row(1, "killed while sending", "lost 0, doubled 0", measured, not (lost or doubled))]


async def all_seeds(
    folder: Path, seeds: tuple[int, ...], kills: int, command: tuple[str, ...]
) -> list[tuple[int, int, int]]:
    """Run every seed beside the others, each in a workspace of its own."""
    return await asyncio.gather(
        *(one_seed(folder / f"{seed}.db", seed, kills, command) for seed in seeds)
    )


async def one_seed(
    file: Path, seed: int, kills: int, command: tuple[str, ...]
) -> tuple[int, int, int]:
    """Return how many messages were lost, how many came twice, and how many there are."""
    dice = random.Random(seed)
    database = Database(f"sqlite:///{file}")
    made = 0
    try:
        async with begin(database) as round_:
            for _ in range(kills):
                states = await asyncio.to_thread(round_.states)
                while states["due"] < AHEAD:
                    more = range(made, made + AHEAD)
                    picture = (made // AHEAD) % 4 == 0
                    await asyncio.to_thread(round_.add, more, picture=picture, then=["a"])
                    made += AHEAD
                    states = await asyncio.to_thread(round_.states)
                before = len(round_.said())
                process = await start_sender(round_, command)
                await begins(round_, before)
                await asyncio.sleep(dice.uniform(0.0, 0.6))
                await kill(process)
            process = await start_sender(round_, command)
            await round_.until("sent", 2 * made, 240.0)
            await kill(process)
            lost, doubled = judge(round_.said(), 2 * made)
            return lost, doubled, 2 * made
    finally:
        database.close()


async def begins(round_: Round, before: int) -> None:
    """Wait until the new process has sent something, twenty seconds at most."""
    for _ in range(400):
        if len(round_.said()) > before:
            return
        await asyncio.sleep(0.05)


DRILL = Drill("kills", run, seconds=5400.0)
