"""Digests of many channels added, changed and removed at once, as ``storage.digests`` does one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from storage.digests import DIGEST, DigestRow, write_down

WHEN = ("channel", "cadence", "zone", "weekday", "day", "hour", "minute")
"""Where this changes, it counts from now on: nothing that would have been due is sent."""


def put_digests(
    connection: Connection,
    workspace: int,
    wanted: Sequence[DigestRow],
    removed: Iterable[DigestRow],
    held: Iterable[DigestRow],
    now: datetime,
) -> None:
    """Keep digests as they are wanted (a new one has the id 0), and let others end.

    ``held`` are those that there are, removed ones too: such a one comes back as it is wanted.
    """
    before = {it.id: it for it in held}
    by_place = {(it.channel, it.cadence): it for it in before.values()}
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for row in wanted:
        known = before.get(row.id) or by_place.get((row.channel, row.cadence))
        new = {"by": row.by, "made": now, "since": now, "paused": None, "removed": None}
        if known is None:
            fresh.append({"workspace": workspace, "version": 1, **write_down(row), **new})
        elif row.id:
            moved = any(getattr(known, it) != getattr(row, it) for it in WHEN)
            as_before = known._asdict()
            kept = {it: as_before[it] for it in new} | {"removed": None}
            kept |= {"since": now} if moved else {}
            changed.append({"row_id": known.id, **write_down(row), **kept})
        else:
            changed.append({"row_id": known.id, **write_down(row), **new})
    if fresh:
        connection.execute(insert(DIGEST), fresh)
    change(connection, workspace, changed)
    change(connection, workspace, [{"row_id": it.id, "removed": now} for it in removed])


def change(connection: Connection, workspace: int, rows: list[dict[str, Any]]) -> None:
    if rows:
        here = (DIGEST.c.workspace == workspace) & (DIGEST.c.id == bindparam("row_id"))
        statement = update(DIGEST).where(here).values(version=DIGEST.c.version + 1)
        connection.execute(statement, rows)
