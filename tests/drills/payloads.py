"""Rows 25 and 29: spoiled payloads and strange words at full size."""

from __future__ import annotations

import asyncio

from kpis.asking import ask
from storage.errors import KepiError
from tests import databases
from tests.drawn import AT, fill
from tests.drills.drill import Drill, Row, Scale
from tests.hardening.storm import Seen, memory, storm
from tests.hardening.strange import phrases
from tests.slack.conftest import enter_town

MOST = 50_000_000
DAYS = """
    day        | account | likes | reach
    -----------+---------+-------+------
    2026-11-02 | acme    |     5 |    50
"""


async def send(scale: Scale, count: int) -> Seen:
    async with enter_town(scale.folder, "http") as town:
        return await storm(town, seed=2_500, count=count)


def ask_all(scale: Scale, count: int) -> tuple[int, int]:
    """Ask fuzzed questions; return how many raised, and the bytes that the process grew by."""
    raised, before = 0, 0
    with databases.fresh("sqlite", scale.folder) as database:
        workspace = fill(database, days=DAYS)
        for number, words in enumerate(phrases(2_501, count)):
            if number == count // 10:
                before = memory()
            try:
                ask(words, database=database, workspace=workspace, now=AT)
            except KepiError:
                continue
            except Exception:
                raised += 1
    return raised, memory() - before


def run(scale: Scale) -> list[Row]:
    sent, asked = scale.pick(100, 10_000), scale.pick(300, 10_000)
    seen = asyncio.run(send(scale, sent))
    bad = sum(many for status, many in seen.statuses.items() if status >= 500)
    raised, grown = ask_all(scale, asked)
    most = max(seen.grown, grown) / 1e6
    return [
        Row(
            25,
            f"{sent:,} spoiled payloads, signed",
            "0 unhandled, 0 5xx, memory growth < 50 MB, answers as before",
            f"{len(seen.faults)} unhandled, {bad} 5xx, {seen.grown / 1e6:.0f} MB, "
            f"answers {'as before' if seen.answers_as_before else 'no more'}",
            not seen.faults and not bad and seen.grown < MOST and seen.answers_as_before,
        ),
        Row(
            25,
            f"{asked:,} fuzzed questions",
            "0 unhandled, memory growth < 50 MB",
            f"{raised} unhandled, {most:.0f} MB at most",
            not raised and grown < MOST,
        ),
    ]


DRILL = Drill("payloads", run, seconds=1_800)
