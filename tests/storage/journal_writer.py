"""A process that writes to a journal until it is killed: ``python -m … URL PREFIX``.

It says on standard output what was acknowledged, each before it goes on: ``remembered KEY``,
``appended KEY``.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime
from itertools import count

from storage.database import Database
from storage.journal import Journal
from storage.ledger import LedgerRow

CALLERS = 16
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


async def write_on(journal: Journal, name: str) -> None:
    """Do what an event does: it is written down, then entered and marked as done."""
    for number in count():
        key = f"{name}-{number}"
        if not await journal.remember(key, "what it said", NOW):
            raise AssertionError(f"{key} was new")
        say(f"remembered {key}")
        rows = [LedgerRow(0, f"{key}-{part}", "message", "C1", number) for part in "ab"]
        await journal.append(rows, NOW, finish=key)
        say(f"appended {key}")


async def main(url: str, prefix: str) -> None:
    journal = Journal(Database(url), 1, "T1")
    await asyncio.gather(*(write_on(journal, f"{prefix}{it}") for it in range(CALLERS)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
