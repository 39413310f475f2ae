"""What a journal is asked to store, and how several such jobs become one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import DBAPIError

from storage import ledger
from storage.bulk import Values
from storage.database import UNHOLDABLE, explain
from storage.errors import KepiError
from storage.ledger import LedgerRow
from storage.pens import Pen, Sheet
from storage.tables import instant_number


class Job:
    """What one caller wants stored, all of it or none; afterwards ``new`` or ``fault`` is set."""

    __slots__ = ("fault", "new")

    def __init__(self) -> None:
        self.new: list[bool] = []
        self.fault: Exception | None = None


class Remember(Job):
    """A delivery, to be written down before it is acknowledged."""

    __slots__ = ("at", "body", "key")

    def __init__(self, key: str, body: str, at: datetime) -> None:
        super().__init__()
        self.key, self.body, self.at = key, body, at


class Append(Job):
    """Entries, and the key of the delivery that they came from."""

    __slots__ = ("finish", "recorded", "rows")

    def __init__(self, rows: Sequence[LedgerRow], recorded: datetime, finish: str | None) -> None:
        super().__init__()
        self.rows, self.recorded, self.finish = rows, recorded, finish


def store(pen: Pen, workspace: int, team: str, jobs: Sequence[Job]) -> None:
    """Store jobs in one transaction; where one cannot be stored, all the others."""
    try:
        with pen.write() as sheet:
            write(sheet, workspace, team, jobs)
    except Exception as fault:
        trouble = passing(fault)
        if trouble is None and len(jobs) > 1:
            store_apart(pen, workspace, team, jobs)
        else:
            fail(jobs, trouble or fault)


def store_apart(pen: Pen, workspace: int, team: str, jobs: Sequence[Job]) -> None:
    """Store jobs in one transaction, each so that its failure undoes it alone."""
    for job in jobs:
        job.new, job.fault = [], None
    try:
        with pen.write() as sheet:
            for job in jobs:
                write_alone(sheet, workspace, team, job)
    except Exception as fault:
        fail(jobs, passing(fault) or fault)


def write_alone(sheet: Sheet, workspace: int, team: str, job: Job) -> None:
    sheet.cursor.execute("SAVEPOINT job")
    try:
        write(sheet, workspace, team, [job])
    except Exception as fault:
        if passing(fault) is not None:
            raise
        job.fault = fault
        sheet.cursor.execute("ROLLBACK TO SAVEPOINT job")
    sheet.cursor.execute("RELEASE SAVEPOINT job")


def fail(jobs: Sequence[Job], fault: Exception) -> None:
    """Nothing was stored: that is everybody's outcome."""
    for job in jobs:
        job.fault = fault


def passing(fault: Exception) -> KepiError | None:
    """Return what is said when the whole database cannot be written to for the time being.

    What no text can hold is one job's own trouble, however it is told.
    """
    if isinstance(fault, KepiError):
        return None if fault.english == UNHOLDABLE else fault
    wrapped = fault if isinstance(fault, DBAPIError) else DBAPIError(None, None, fault)
    words = explain(wrapped)
    return None if words in (None, UNHOLDABLE) else KepiError(words)


def write(sheet: Sheet, workspace: int, team: str, jobs: Sequence[Job]) -> None:
    """Write jobs through the driver: one statement for many wherever that can be."""
    remembered = [job for job in jobs if isinstance(job, Remember)]
    appended = [job for job in jobs if isinstance(job, Append)]
    finished = [(team, job.finish) for job in appended if job.finish is not None]
    if remembered:
        remember(sheet, team, remembered)
    if appended:
        append(sheet, workspace, appended)
    if finished:
        sheet.cursor.executemany(FINISH[sheet.is_sqlite], finished)


FINISH = {
    True: "UPDATE seen_event SET done = 1, body = '' WHERE team = ? AND key = ?",
    False: "UPDATE seen_event SET done = TRUE, body = '' WHERE team = %s AND key = %s",
}
REMEMBER = (
    "INSERT INTO seen_event (team, key, at, done, body) VALUES (?, ?, ?, 0, ?)"
    " ON CONFLICT (team, key) DO NOTHING"
)
REMEMBER_ALL = (
    "INSERT INTO seen_event (team, key, at, done, body)"
    " SELECT %s, it.key, it.at, FALSE, it.body"
    " FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS it (key, at, body)"
    " ON CONFLICT (team, key) DO NOTHING RETURNING key"
)


def remember(sheet: Sheet, team: str, jobs: Sequence[Remember]) -> None:
    cursor = sheet.cursor
    if sheet.is_sqlite:
        for job in jobs:
            cursor.execute(REMEMBER, (team, job.key, instant_number(job.at), job.body))
            job.new = [cursor.rowcount == 1]
        return
    moments = [instant_number(job.at) for job in jobs]
    keys, bodies = [job.key for job in jobs], [job.body for job in jobs]
    cursor.execute(REMEMBER_ALL, (team, keys, moments, bodies))
    new = {key for (key,) in cursor.fetchall()}
    for job in jobs:
        job.new = [job.key in new]
        new.discard(job.key)


def append(sheet: Sheet, workspace: int, jobs: Sequence[Append]) -> None:
    placed: list[Values] = []
    for job in jobs:
        placed += ledger.place(workspace, job.rows, job.recorded)
    new: set[str] = set()
    if placed:
        if sheet.connection is not None:
            ledger.begin_appending(sheet.connection, workspace)
        new = ledger.insert(sheet.cursor, placed, is_sqlite=sheet.is_sqlite)
    for job in jobs:
        job.new = ledger.tell_new(job.rows, new)
