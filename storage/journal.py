"""Group commit: many callers, one durable write (design §5).

A disk takes as long to make one row durable as to make fifty. So there is one writer: what is
asked for while a commit is under way goes into the next transaction together, and every caller
resumes once their own rows are on the disk (``synchronous=FULL`` holds here as everywhere).
"""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime
from queue import SimpleQueue

from storage.database import Database
from storage.errors import KepiError
from storage.jobs import Append, Job, Remember, fail, store
from storage.ledger import LedgerRow
from storage.pens import Pen, take_pen

AT_ONCE = 512
"""Jobs a transaction, so that the first of many is not kept waiting for the last."""
CLOSED = "Kepi is stopping, so nothing was stored."

Queue = SimpleQueue["list[Waiting] | None"]


class Waiting:
    """A job and who waits for it."""

    __slots__ = ("answer", "job")

    def __init__(self, job: Job, answer: "asyncio.Future[list[bool]]") -> None:
        self.job = job
        self.answer = answer


class Journal:
    """The one writer of deliveries and entries of a team; used from one event loop.

    Its thread starts with the first job. Entries get their ids in the order of the calls.
    """

    def __init__(self, database: Database, workspace: int, team: str) -> None:
        self._database = database
        self._workspace = workspace
        self._team = team
        self._gathered: list[Waiting] = []
        self._queue: Queue = SimpleQueue()
        self._writer: threading.Thread | None = None
        self._is_closed = False

    async def remember(self, key: str, body: str, at: datetime) -> bool:
        """Write a delivery down; return whether it is the first of its key.

        Raises ``KepiError`` when the database is busy, its disk full, or Kepi is stopping.
        """
        return (await self._submit(Remember(key, body, at)))[0]

    async def append(
        self, rows: Sequence[LedgerRow], recorded: datetime, finish: str | None = None
    ) -> list[bool]:
        """Store entries, all or none, and tell of each whether it is new.

        With them the delivery ``finish`` that they came from is marked as done and what it said
        is forgotten. Raises as ``remember``; what the database refuses of these rows is raised
        here and keeps no other caller's rows from being stored.
        """
        return await self._submit(Append(tuple(rows), recorded, finish))

    async def close(self) -> None:
        """Store what is waiting, then end; later calls are refused."""
        self._is_closed = True
        self._hand_over()
        if self._writer is not None:
            self._queue.put(None)
            await asyncio.to_thread(self._writer.join)

    def _submit(self, job: Job) -> "asyncio.Future[list[bool]]":
        if self._is_closed:
            raise KepiError(CLOSED)
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[bool]] = loop.create_future()
        if not self._gathered:
            # What else is asked for in this turn of the loop is handed over with it.
            loop.call_soon(self._hand_over)
        self._gathered.append(Waiting(job, answer))
        return answer

    def _hand_over(self) -> None:
        if not self._gathered:
            return
        self._queue.put(self._gathered)
        self._gathered = []
        if self._writer is None:
            loop = asyncio.get_running_loop()
            self._writer = threading.Thread(
                target=self._write, args=(loop,), name="journal", daemon=True
            )
            self._writer.start()

    def _write(self, loop: asyncio.AbstractEventLoop) -> None:
        """Store what comes, as much as is there at once, until told to end."""
        pen: Pen | None = None
        for some in portions(self._queue):
            jobs = [it.job for it in some]
            try:
                pen = pen or take_pen(self._database)
                store(pen, self._workspace, self._team, jobs)
            except Exception as fault:
                fail(jobs, fault)
            tell(loop, some)
        if pen is not None:
            pen.close()


def portions(queue: Queue) -> Iterator[list[Waiting]]:
    """Yield what a queue holds, all of it at once but for ``AT_ONCE``, until ``None`` comes."""
    waiting: list[Waiting] = []
    is_ending = False
    while waiting or not is_ending:
        while not is_ending and (not waiting or not queue.empty()):
            more = queue.get()
            is_ending = more is None
            waiting += more or ()
        if waiting:
            yield waiting[:AT_ONCE]
            del waiting[:AT_ONCE]


def tell(loop: asyncio.AbstractEventLoop, stored: Sequence[Waiting]) -> None:
    """Let callers resume; a loop that has ended has nobody who waits."""
    try:
        loop.call_soon_threadsafe(resume, stored)
    except RuntimeError:
        if not loop.is_closed():
            raise


def resume(stored: Sequence[Waiting]) -> None:
    """Hand every caller their own outcome; one that was cancelled wants none."""
    for it in stored:
        if it.answer.done():
            continue
        if it.job.fault is not None:
            it.answer.set_exception(it.job.fault)
        else:
            it.answer.set_result(it.job.new)
