"""Made-up numbers of a coffee bar, in a database of their own: for *See an example*.

The file lies in a folder that is thrown away as soon as the example is answered, so nothing of it
can come among a workspace's rows, nor into what is kept of its answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.batch import AccountName, Batch, DayRow, WindowRow
    from storage.database import Database

DAYS = 62
"""Two periods of 30 days, and the days that are not final yet."""
USUAL = 1_900
"""People a day."""
WEEK = (0.9, 1.0, 1.1, 1.05, 1.0, 0.8, 0.75)
"""How lively each day of a week is, from Monday."""
RETURNING = 0.36
"""The part of 30 days' daily reach that is new people: most come back."""
HANDLE = "coffee.bar"
QUESTION = "reach instagram last-30d"


@contextmanager
def open_sample(now: datetime) -> Iterator[tuple[Database, int]]:
    """Give a database with the sample up to yesterday, and its only workspace's number."""
    from storage.accounts import add_account
    from storage.database import Database
    from storage.imports import store
    from storage.schema import migrate
    from storage.workspaces import only_workspace

    with TemporaryDirectory(prefix="kepi-sample-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'sample.db'}")
        try:
            migrate(database)
            with database.write() as connection:
                workspace = only_workspace(connection).id
                add_account(connection, workspace, "instagram", HANDLE, "Sample")
            store(database, workspace, draw_batch(now.date()), by="", at=now)
            yield database, workspace
        finally:
            database.close()


def draw_batch(today: date) -> Batch:
    """Return the daily reach before ``today``, and that of both periods of 30 days."""
    from storage.batch import AccountName, Batch, WatchedSpan

    account = AccountName("instagram", HANDLE)
    days = [today - timedelta(days=it) for it in range(DAYS, 0, -1)]
    people = draw_people(days)
    return Batch(
        format="sample",
        title="Sample",
        file_name="sample",
        file_hash=f"sample:{today}",
        days=tuple(draw_days(account, days)),
        windows=tuple(draw_windows(account, days, people)),
        watched=(WatchedSpan("account-days", account, days[0], today),),
    )


def draw_people(days: list[date]) -> list[int]:
    """Return how many people each day reached: a week's rhythm, a slow rise, one good Reel."""
    random = Random(7)
    good = len(days) - 12
    return [
        int(
            USUAL
            * WEEK[day.weekday()]
            * (1 + at / 300)
            * random.uniform(0.9, 1.1)
            * {good: 1.9, good + 1: 1.4}.get(at, 1.0)
        )
        for at, day in enumerate(days)
    ]


def draw_days(account: AccountName, days: list[date]) -> Iterator[DayRow]:
    from storage.batch import DayRow

    for at, day in enumerate(days):
        yield DayRow(at + 1, account, "followers", day, 8_200 + 21 * at)


def draw_windows(account: AccountName, days: list[date], people: list[int]) -> Iterator[WindowRow]:
    """Return each day's reach, and that of the last 30 days and the 30 before."""
    from storage.batch import WindowRow

    one = timedelta(days=1)
    for at, (day, reached) in enumerate(zip(days, people, strict=True)):
        yield WindowRow(at + 1, account, "reach", day, day + one, reached)
    for end in (len(days), len(days) - 30):
        reached = int(sum(people[end - 30 : end]) * RETURNING)
        start = days[end - 30]
        yield WindowRow(len(days) + end, account, "reach", start, days[end - 1] + one, reached)
