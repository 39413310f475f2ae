"""What the integrity audit found: kept, seen again, mended, accepted (kpi-catalogue §4, last).

A finding is known by its key; the same found again is the same row. What is mended is kept as
history, and found anew it counts from then on: an earlier acceptance does not cover it, nor days
that came to it since.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select, update

from storage.database import take_turns
from storage.outgoing_tables import Finding
from storage.said_columns import pack, unpack
from storage.tables import Import, Watched, table_of
from storage.workspaces import mark_changed

FINDING, IMPORT, WATCHED = table_of(Finding), table_of(Import), table_of(Watched)


class FindingRow(NamedTuple):
    """Something that is wrong with the data, or looks so."""

    id: int
    key: str
    """``check|account|measure|first day``."""
    check: str
    account: int | None
    measure: str
    """Of posts' counters with ``post.`` before it."""
    start: date | None
    end: date | None
    """The first day that no longer belongs."""
    words: str
    advice: str
    holds: bool
    found: datetime
    seen: datetime
    fixed: datetime | None
    accepted: datetime | None
    accepted_by: str

    @property
    def is_holding(self) -> bool:
        """Say whether figures wait for it."""
        return self.holds and self.fixed is None and self.accepted is None


class Found(NamedTuple):
    """What one check says now."""

    key: str
    check: str
    account: int | None
    measure: str
    start: date | None
    end: date | None
    words: str
    advice: str
    holds: bool


COLUMNS = tuple(FINDING.c[name] for name in FindingRow._fields)
STANDING: tuple[ColumnElement[bool], ...] = (FINDING.c.fixed.is_(None),)


def record(
    connection: Connection, workspace: int, found: Sequence[Found], now: datetime
) -> list[FindingRow]:
    """Make ``found`` what stands now; return it, as it is kept, what holds figures first.

    Equal findings, equal rows: a second audit changes nothing but when they were seen.
    """
    take_turns(connection, workspace)
    held = {it.key: it for it in rows_of(connection, reading(workspace))}
    before = what_holds(held.values())
    for it in {one.key: one for one in found}.values():
        was = held.get(it.key)
        if was is None:
            values = it._asdict() | {"words": pack(it.words), "accepted_by": ""}
            connection.execute(
                insert(FINDING).values(workspace=workspace, found=now, seen=now, **values)
            )
            continue
        words = pack(it.words)
        values = {"end": it.end, "words": words, "advice": it.advice, "holds": it.holds}
        if was.fixed is not None:
            values |= {"found": now, "fixed": None, "accepted": None, "accepted_by": ""}
        elif has_grown(was, it):
            values |= {"accepted": None, "accepted_by": ""}
        change(connection, workspace, FINDING.c.id == was.id, seen=now, **values)
    gone = [it.id for it in held.values() if it.fixed is None and it.key not in keys_of(found)]
    if gone:
        change(connection, workspace, FINDING.c.id.in_(gone), fixed=now)
    stands = standing(connection, workspace)
    if what_holds(stands) != before:
        mark_changed(connection, workspace)  # answers say what is held
    return stands


def has_grown(was: FindingRow, it: Found) -> bool:
    """Say whether it reaches over days that nobody saw when it was accepted."""
    return was.end is not None and it.end is not None and it.end > was.end


def what_holds(rows: Iterable[FindingRow]) -> set[tuple[str, date | None, str]]:
    """Return what tells apart what is held: a finding may come to reach over more days."""
    return {(it.key, it.end, it.words) for it in rows if it.is_holding}


def keys_of(found: Sequence[Found]) -> set[str]:
    return {it.key for it in found}


def standing(connection: Connection, workspace: int) -> list[FindingRow]:
    """Return what is not mended: what holds figures first, then the newest."""
    found = rows_of(connection, reading(workspace).where(*STANDING))
    return sorted(found, key=lambda it: (not it.is_holding, it.accepted is not None, -it.id))


def holding(connection: Connection, workspace: int) -> list[FindingRow]:
    """Return what figures wait for: neither mended nor accepted."""
    statement = reading(workspace).where(
        *STANDING, FINDING.c.holds.is_(True), FINDING.c.accepted.is_(None)
    )
    return rows_of(connection, statement.order_by(FINDING.c.id))


def by_id(connection: Connection, workspace: int, finding: int) -> FindingRow | None:
    found = rows_of(connection, reading(workspace).where(FINDING.c.id == finding))
    return next(iter(found), None)


def accept(connection: Connection, workspace: int, finding: int, by: str, at: datetime) -> bool:
    """Let figures be told in spite of a finding; say whether it was not accepted yet."""
    here = (FINDING.c.id == finding) & FINDING.c.accepted.is_(None)
    is_new = change(connection, workspace, here, accepted=at, accepted_by=by)
    if is_new:
        mark_changed(connection, workspace)
    return is_new


def take_back(connection: Connection, workspace: int, finding: int) -> bool:
    """Accept a finding no longer; say whether it was accepted."""
    here = (FINDING.c.id == finding) & FINDING.c.accepted.is_not(None)
    is_new = change(connection, workspace, here, accepted=None, accepted_by="")
    if is_new:
        mark_changed(connection, workspace)
    return is_new


def mended_since(connection: Connection, workspace: int, since: datetime) -> int:
    """Return how many findings were mended since a moment."""
    statement = select(func.count()).where(
        FINDING.c.workspace == workspace, FINDING.c.fixed >= since
    )
    return int(connection.execute(statement).scalar_one())


def files_now(connection: Connection, workspace: int) -> tuple[int, int]:
    """Return the newest import's id, 0 without any, and how many were taken back."""
    statement = select(func.max(IMPORT.c.id), func.count(IMPORT.c.undone)).where(
        IMPORT.c.workspace == workspace
    )
    newest, undone = connection.execute(statement).one()
    return newest or 0, undone


def last_days(connection: Connection, workspace: int) -> dict[int, date]:
    """Return the last day that was read of each account, of posts or of account days."""
    statement = (
        select(WATCHED.c.account, func.max(WATCHED.c.end))
        .where(WATCHED.c.workspace == workspace)
        .group_by(WATCHED.c.account)
    )
    return {account: end - timedelta(days=1) for account, end in connection.execute(statement)}


def change(
    connection: Connection, workspace: int, here: ColumnElement[bool], **values: Any
) -> bool:
    statement = update(FINDING).where(FINDING.c.workspace == workspace, here).values(values)
    return connection.execute(statement).rowcount > 0


def reading(workspace: int) -> Select[Any]:
    return select(*COLUMNS).where(FINDING.c.workspace == workspace)


def rows_of(connection: Connection, statement: Select[Any]) -> list[FindingRow]:
    found = (FindingRow._make(row) for row in connection.execute(statement))
    return [it._replace(words=unpack(it.words)) for it in found]
