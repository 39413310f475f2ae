"""What Kepi does with the same rows: seconds of two imports, the second with other values."""

import time
from collections.abc import Sequence

from storage.database import Database
from storage.facts import DayTuple, compare_days, write_days
from storage.imports import store
from tests.benchmarks.importing.rows import AT, furnish, make_batch, make_rows
from tests.merging import merge_days

Seconds = tuple[float, float]


def timed(work: object, *given: object) -> float:
    assert callable(work)
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start


def facts_alone(database: Database, count: int) -> Seconds:
    """Compare and write facts and revisions, without the rollup."""
    home = furnish(database)

    def put(rows: Sequence[DayTuple], import_id: int) -> None:
        with database.write() as connection:
            changes = compare_days(connection, home.workspace, rows)
            write_days(connection, home.workspace, changes, import_id)

    first, again = make_rows(home.accounts, count), make_rows(home.accounts, count, 13)
    return timed(put, first, home.imports[0]), timed(put, again, home.imports[1])


def with_rollup(database: Database, count: int) -> Seconds:
    """Do all that an import does to facts: compare, write, keep revisions, bring up the rollup."""
    home = furnish(database)

    def put(rows: Sequence[DayTuple], import_id: int) -> None:
        with database.write() as connection:
            merge_days(connection, home.workspace, rows, import_id)

    first, again = make_rows(home.accounts, count), make_rows(home.accounts, count, 13)
    return timed(put, first, home.imports[0]), timed(put, again, home.imports[1])


def whole_store(database: Database, count: int) -> Seconds:
    """Store a Batch as the command line does: stage, compare, merge, note what was observed."""
    home = furnish(database)
    first = make_batch(make_rows(home.accounts, count), home.accounts)
    again = make_batch(make_rows(home.accounts, count, 13), home.accounts)

    def put(batch: object) -> None:
        store(database, home.workspace, batch, "", AT)  # type: ignore[arg-type]

    return timed(put, first), timed(put, again)
