"""Other ways to store the same rows in PostgreSQL; seconds of two imports."""

import asyncio
import time
from collections.abc import Sequence

from storage.facts import DayTuple
from tests.benchmarks.plan import peer

COLUMNS = ("workspace", "measure", "platform", "day", "account", "value", "import_id")
SHAPE = (
    "CREATE TABLE peer_fact (workspace integer, measure varchar, platform varchar, day integer,"
    " account integer, value bigint, import_id integer,"
    " PRIMARY KEY (workspace, measure, platform, day, account))"
)
STAGE = "CREATE TEMPORARY TABLE staged (LIKE peer_fact) ON COMMIT DROP"
MERGE = (
    "INSERT INTO peer_fact SELECT * FROM staged ON CONFLICT"
    " (workspace, measure, platform, day, account)"
    " DO UPDATE SET value = excluded.value, import_id = excluded.import_id"
)


def copy_and_merge(
    address: str, first: Sequence[DayTuple], again: Sequence[DayTuple]
) -> tuple[float, float]:
    """COPY into a temporary table and merge, written by hand with asyncpg."""
    return asyncio.run(both(address, first, again))


async def both(
    address: str, first: Sequence[DayTuple], again: Sequence[DayTuple]
) -> tuple[float, float]:
    asyncpg = peer("asyncpg")
    assert asyncpg is not None
    connection = await asyncpg.connect(address)
    try:
        await connection.execute(SHAPE)
        seconds = []
        for number, rows in enumerate((first, again), start=1):
            start = time.perf_counter()
            records = [(1, *row, number) for row in rows]
            async with connection.transaction():
                await connection.execute(STAGE)
                await connection.copy_records_to_table("staged", records=records, columns=COLUMNS)
                await connection.execute(MERGE)
            seconds.append(time.perf_counter() - start)
        return seconds[0], seconds[1]
    finally:
        await connection.close()
