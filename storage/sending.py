"""Who is sending what: claimed, kept alive, taken over, and ended (reliability §2).

A claim is an update that only one process can make: guarded on SQLite, whose writers queue up,
and passing over locked rows on PostgreSQL. A lease is a counter that its holder raises: others
take over what has not been raised for a while by *their* stopwatch, so no clock that jumps can
end a lease early or keep one for ever.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Update, select, update

from storage.outbox import COLUMNS, DELIVERY, DeliveryRow, of

LATE = timedelta(minutes=15)
"""From here on a message says that it is late."""


class Held(NamedTuple):
    """A row that somebody is sending, and how far its counter had come."""

    id: int
    beat: int


def claim(
    connection: Connection, workspace: int, now: datetime, holder: str, limit: int = 8
) -> list[DeliveryRow]:
    """Take up to ``limit`` messages whose time has come; nobody else can take the same.

    What stands in one thread is taken one by one, in the order in which it was written down.
    """
    above = DELIVERY.alias()
    is_out = select(above.c.id).where(
        above.c.workspace == workspace, above.c.id == DELIVERY.c.parent, above.c.state == "sent"
    )
    earlier = DELIVERY.alias()
    comes_first = select(earlier.c.id).where(
        earlier.c.workspace == workspace,
        earlier.c.parent == DELIVERY.c.parent,
        earlier.c.id < DELIVERY.c.id,
        earlier.c.state.in_(("due", "sending")),
    )
    ready = (
        select(DELIVERY.c.id)
        .where(
            *of(workspace),
            DELIVERY.c.state == "due",
            DELIVERY.c.wake <= now,
            DELIVERY.c.parent.is_(None) | (is_out.exists() & ~comes_first.exists()),
        )
        .order_by(DELIVERY.c.wake, DELIVERY.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)  # SQLite has no rows to lock: its writers queue up
    )
    taken = [it.id for it in connection.execute(ready)]
    if not taken:
        return []
    statement = (
        update(DELIVERY)
        .where(*of(workspace), DELIVERY.c.id.in_(taken), DELIVERY.c.state == "due")
        .values(
            state="sending",
            holder=holder,
            beat=DELIVERY.c.beat + 1,
            late=DELIVERY.c.due < now - LATE,
        )
        .returning(*COLUMNS)
    )
    rows = [DeliveryRow._make(row) for row in connection.execute(statement)]
    return sorted(rows, key=lambda it: (it.wake, it.id))


def beat(connection: Connection, workspace: int, holder: str) -> int:
    """Show that ``holder`` is alive and still sending; return how many rows it holds."""
    statement = update(DELIVERY).where(
        *of(workspace), DELIVERY.c.state == "sending", DELIVERY.c.holder == holder
    )
    return connection.execute(statement.values(beat=DELIVERY.c.beat + 1)).rowcount


def confirm(connection: Connection, workspace: int, row: DeliveryRow) -> bool:
    """Show life of one row; say whether ``row.holder`` still holds it."""
    statement = held(workspace, row).values(beat=DELIVERY.c.beat + 1)
    return connection.execute(statement).rowcount > 0


def held_by_others(connection: Connection, workspace: int, holder: str) -> list[Held]:
    """Return what other processes are sending, with how far their counters have come."""
    statement = select(DELIVERY.c.id, DELIVERY.c.beat).where(
        *of(workspace), DELIVERY.c.state == "sending", DELIVERY.c.holder != holder
    )
    return [Held._make(row) for row in connection.execute(statement)]


def take_over(
    connection: Connection, workspace: int, held: Held, holder: str, now: datetime
) -> DeliveryRow | None:
    """Take what its holder has left lying, unless it gave a sign of life meanwhile."""
    statement = (
        update(DELIVERY)
        .where(
            *of(workspace),
            DELIVERY.c.id == held.id,
            DELIVERY.c.state == "sending",
            DELIVERY.c.beat == held.beat,
        )
        .values(
            holder=holder,
            beat=DELIVERY.c.beat + 1,
            late=DELIVERY.c.due < now - LATE,
            why="left behind",
        )
        .returning(*COLUMNS)
    )
    row = connection.execute(statement).one_or_none()
    return None if row is None else DeliveryRow._make(row)


def finish(
    connection: Connection,
    workspace: int,
    row: DeliveryRow,
    *,
    posted_in: str,
    ts: str,
    now: datetime,
    bare: bool = False,
) -> bool:
    """Mark a message as out; say whether it was still the holder's to mark."""
    statement = held(workspace, row).values(
        state="sent", posted_in=posted_in, ts=ts, sent=now, bare=bare, why="", tries=0, wake=now
    )
    return connection.execute(statement).rowcount > 0


def put_back(
    connection: Connection,
    workspace: int,
    row: DeliveryRow,
    wake: datetime,
    why: str,
    *,
    failed: bool = True,
) -> bool:
    """Let a message be tried again at ``wake``; ``failed`` counts the try.

    With a reason (``why``) it is looked for first: it may be out.
    """
    statement = held(workspace, row).values(
        state="due", holder="", wake=wake, why=why[:200], tries=row.tries + failed
    )
    return connection.execute(statement).rowcount > 0


def end(connection: Connection, workspace: int, row: DeliveryRow, state: str, why: str) -> bool:
    """Let a message that is under way be ``dropped`` or ``dead``."""
    statement = held(workspace, row).values(state=state, why=why[:200])
    return connection.execute(statement).rowcount > 0


def held(workspace: int, row: DeliveryRow) -> Update:
    """Return an update of a row that ``row.holder`` is sending, and nobody else."""
    return update(DELIVERY).where(
        *of(workspace),
        DELIVERY.c.id == row.id,
        DELIVERY.c.state == "sending",
        DELIVERY.c.holder == row.holder,
    )
