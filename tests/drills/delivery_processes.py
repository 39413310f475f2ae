"""Row 2: several processes send what is due at once."""

from __future__ import annotations

import asyncio
import time

from tests import databases
from tests.drills.drill import Drill, Row, Scale
from tests.drills.sending import begin, judge, kill, start_sender


def run(scale: Scale) -> list[Row]:
    """Let 2 and 5 processes find the same messages due; on both databases."""
    due = scale.pick(60, 1000)
    cases = scale.pick([("sqlite", 2), ("postgresql", 2)], [
        (kind, count) for kind in databases.KINDS for count in (2, 5)
    ])  # fmt: skip
    return [asyncio.run(one(scale, kind, count, due)) for kind, count in cases]


async def one(scale: Scale, kind: str, count: int, due: int) -> Row:
    with databases.fresh(kind, scale.folder, migrated=False) as database:
        async with begin(database) as round_:
            await asyncio.to_thread(round_.add, range(due))
            began = time.monotonic()
            processes = [await start_sender(round_) for _ in range(count)]
            await round_.until("sent", due, 240.0)
            took = time.monotonic() - began
            await asyncio.gather(*(kill(it) for it in processes))
            lost, doubled = judge(round_.said(), due)
    measured = f"{due - lost:,} posts, {doubled} doubled ({took:.0f} s with the start)"
    mark = f"{due:,} posts, 0 doubled"
    return Row(2, f"{count} processes on {kind}, {due:,} due", mark, measured, lost == doubled == 0)


DRILL = Drill("processes", run, seconds=1200.0)
