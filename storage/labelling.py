"""Who labels mentions now, how fast, and when nothing was left to do.

One process at a time: it holds the work for a while and says so with each portion; when it falls
silent the next one takes over. Two that overlap all the same do no harm (``mention_labels.keep``).
Kept among a workspace's choices; this is the one place that writes and reads it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, select

from storage.database import take_turns
from storage.support_notes import choose, chosen
from storage.tables import Workspace, table_of

RUN, IDLE = "labelling-run", "labelling-idle"
LEASE = timedelta(minutes=2)
"""Longer than any portion takes."""
PAUSE = timedelta(minutes=5)
"""A run that rests for so long is over: the next one is timed anew."""
TABLE = table_of(Workspace)


class Run(NamedTuple):
    """Labelling under way."""

    who: str
    began: datetime
    seen: datetime
    done: int
    """Mentions since it began."""

    @property
    def each(self) -> timedelta | None:
        """Return how long a mention takes, if enough were done to tell."""
        spent = self.seen - self.began
        return spent / self.done if self.done and spent > timedelta(0) else None


def run_of(connection: Connection, workspace: int) -> Run | None:
    """Return the newest run, also one that is over."""
    held = chosen(connection, workspace, RUN)
    if not held:
        return None
    began, seen = (datetime.fromisoformat(held[it]) for it in ("began", "seen"))
    return Run(str(held["who"]), began, seen, int(held["done"]))


def claim(connection: Connection, workspace: int, who: str, now: datetime, done: int = 0) -> bool:
    """Take the work, or go on with it after ``done`` more mentions; say whether it is ours."""
    take_turns(connection, workspace)
    run = run_of(connection, workspace)
    is_fresh = run is not None and abs(now - run.seen) < LEASE
    if run is not None and is_fresh and run.who not in ("", who):
        return False
    if run is None or abs(now - run.seen) > PAUSE:
        run = Run(who, now, now, 0)
    _write(connection, workspace, run._replace(who=who, seen=now, done=run.done + done))
    return True


def release(connection: Connection, workspace: int, who: str) -> None:
    """Let the next process take the work at once."""
    take_turns(connection, workspace)
    run = run_of(connection, workspace)
    if run is not None and run.who == who:
        _write(connection, workspace, run._replace(who=""))


def _write(connection: Connection, workspace: int, run: Run) -> None:
    held = {
        "who": run.who,
        "began": run.began.isoformat(),
        "seen": run.seen.isoformat(),
        "done": run.done,
    }
    choose(connection, workspace, RUN, held, "", run.seen)


def is_idle(connection: Connection, workspace: int) -> bool:
    """Whether nothing waited at the workspace's present version: nothing has come since."""
    idle = chosen(connection, workspace, IDLE)
    return idle is not None and idle == version_of(connection, workspace)


def mark_idle(connection: Connection, workspace: int, version: int, at: datetime) -> None:
    """Note that nothing waited at a version, read before looking."""
    choose(connection, workspace, IDLE, version, "", at)


def version_of(connection: Connection, workspace: int) -> int:
    """Return the number that rises whenever answers stand on something else."""
    here = select(TABLE.c.version).where(TABLE.c.id == workspace)
    return int(connection.execute(here).scalar_one())
