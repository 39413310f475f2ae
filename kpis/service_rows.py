"""Reads the projections of customer issues: rows for a service KPI, one statement a window.

KPIs read ``issue``, ``wait``, ``spell`` and ``target`` and nothing else of an issue
(design §5); what the fold decided is not decided again here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlmodel import SQLModel

import storage.issue_tables  # noqa: F401  (fills the metadata)
from kpis.service_shapes import Source

TABLES = SQLModel.metadata.tables
ISSUE, WAIT, SPELL, TARGET = (TABLES[it] for it in ("issue", "wait", "spell", "target"))

MICROSECONDS = 1_000_000
DISMISSED, MERGED = "dismissed", "merged"


class Row(NamedTuple):
    """Something that a service KPI counts; instants are UTC microseconds, durations seconds."""

    issue: int
    start: int
    end: int | None
    low: int | None
    seconds: int | None
    business: int | None
    person: str
    flags: str
    kind: str
    since: int | None
    channel: str
    platform: str
    brand: str
    priority: str
    via: str
    assignee: str
    state: str
    opened: int
    responded: int | None
    first_resolved: int | None
    closed: int | None
    """The resolution that stands."""
    reopened: int | None
    responses: int
    dismissed: int | None
    orphaned: int | None
    calendar: int
    breached: bool
    """It was dismissed after a target had been missed."""

    def is_aside(self, moment: int) -> bool:
        """Whether it was dismissed or merged by then: it is in no figure about time."""
        if self.state == MERGED:
            return True
        return self.state == DISMISSED and (self.dismissed is None or self.dismissed <= moment)

    def is_live(self, moment: int) -> bool:
        """Whether it was neither solved nor set aside by then."""
        return not self.is_aside(moment) and (self.closed is None or self.closed > moment)


@dataclass(frozen=True)
class Filter:
    """Which issues: empty tuples choose all. Brands are compared without their case."""

    platforms: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    person: str = ""


@dataclass(frozen=True)
class Request:
    """What to read: rows dated from ``since`` until before ``until``, as known at ``moment``.

    ``by_start`` dates them by their start; else by their end, with all that has none.
    """

    workspace: int
    filter: Filter
    since: int
    until: int
    moment: int
    learnt: int
    """Issues that were tracked later are not known yet."""
    by_start: bool = False


def read_rows(connection: Connection, source: Source, request: Request) -> list[Row]:
    """Return the rows of a window; with the pending ones where they are dated by their end."""
    table = TABLES[source.table]
    found = {name: column_of(table, getattr(source, name)) for name in DATING}
    labels = {name: column_of(table, getattr(source, name)) for name in NAMING}
    statement = select(
        ISSUE.c.id.label("issue"),
        *(found[name].label(name) for name in ("start", "end", "low", "seconds", "business")),
        *(func.coalesce(labels[name], "").label(name) for name in NAMING),
        found["since"].label("since"),
        *(ISSUE.c[name] for name in LABELS),
        *(micros(ISSUE.c[column]).label(name) for name, column in INSTANTS.items()),
        ISSUE.c.responses,
        micros(ISSUE.c.dismissed).label("dismissed"),
        micros(ISSUE.c.orphaned).label("orphaned"),
        ISSUE.c.calendar,
        case((ISSUE.c.state == DISMISSED, missed()), else_=false()).label("breached"),
    )
    if table is not ISSUE:
        here = and_(ISSUE.c.workspace == table.c.workspace, ISSUE.c.id == table.c.issue)
        statement = statement.select_from(table.join(ISSUE, here))
        statement = statement.where(table.c.workspace == request.workspace)
    statement = statement.where(
        ISSUE.c.workspace == request.workspace,
        micros(ISSUE.c.tracked) <= request.learnt,
        *(table.c[name] == value for name, value in source.where),
        *narrowed(request.filter, labels["person"]),
    )
    if table is WAIT:
        again = and_(WAIT.c.ended.is_(None), micros(ISSUE.c.responded) <= found["start"])
        statement = statement.where(or_(WAIT.c.is_next.is_(True), again))
    arms = [statement.where(*it) for it in dated(found["start"], found["end"], request)]
    read = connection.execute(union_all(*arms) if len(arms) > 1 else arms[0])
    return [as_known(Row._make(row), request.moment) for row in read]


DATING = ("start", "end", "low", "seconds", "business", "since")
NAMING = ("person", "flags", "kind")
LABELS = ("channel", "platform", "brand", "priority", "via", "assignee", "state")
INSTANTS = {
    "opened": "opened",
    "responded": "responded",
    "first_resolved": "first_resolved",
    "closed": "resolved",
    "reopened": "reopened",
}


def column_of(table: Any, name: str) -> ColumnElement[Any]:
    """Return a column of ``table``, or else of ``issue``; null where there is no name."""
    if not name:
        return null()
    if "|" in name:
        first, second = (column_of(table, it) for it in name.split("|"))
        return case((func.coalesce(first, "") != "", first), else_=second)
    if name == "first_resolved_via":
        return first_via()
    column = table.c[name] if name in table.c else ISSUE.c[name]
    return micros(column) if is_instant(column) else column


def is_instant(column: Any) -> bool:
    return type(column.type).__name__ == "Instant"


def micros(column: Any) -> ColumnElement[int]:
    """Return an instant column as its UTC microseconds."""
    return type_coerce(column, BigInteger)


def first_via() -> ColumnElement[str]:
    """Return how an issue was first solved: “mark”, “button”, “command” or “auto”."""
    first = SPELL.alias("first")
    found = (
        select(first.c.via)
        .where(
            first.c.workspace == ISSUE.c.workspace,
            first.c.issue == ISSUE.c.id,
            first.c.ended_by == "resolved",
        )
        .order_by(first.c.position)
        .limit(1)
    )
    return found.correlate(ISSUE).scalar_subquery()


def missed() -> ColumnElement[bool]:
    """Return whether some target of the issue was missed."""
    late = select(TARGET.c.issue).where(
        TARGET.c.workspace == ISSUE.c.workspace,
        TARGET.c.issue == ISSUE.c.id,
        # By its key: the index on states would go through every missed target there is.
        func.coalesce(TARGET.c.state, "") == "breached",
    )
    return exists(late.correlate(ISSUE))


def dated(
    start: ColumnElement[int], end: ColumnElement[int], request: Request
) -> Sequence[tuple[ColumnElement[bool], ...]]:
    """Return the conditions of each part of a window: what ended, and what has not.

    Each part then has an index to go by; a sum keeps the start's, which narrows little, out of it.
    """
    if request.by_start:
        return ((start >= request.since, start < request.until),)
    begun = start + 0 < request.until
    return ((begun, end >= request.since), (begun, end.is_(None)))


def narrowed(chosen: Filter, person: ColumnElement[str]) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.platforms:
        conditions.append(ISSUE.c.platform.in_(chosen.platforms))
    if chosen.channels:
        conditions.append(ISSUE.c.channel.in_(chosen.channels))
    if chosen.brands:
        conditions.append(func.lower(ISSUE.c.brand).in_([it.lower() for it in chosen.brands]))
    if chosen.person:
        # Until somebody is credited, an issue is its assignee's.
        credited = case((func.coalesce(person, "") != "", person), else_=ISSUE.c.assignee)
        conditions.append(credited == literal(chosen.person))
    return conditions


def as_known(row: Row, moment: int) -> Row:
    """Return the row as it stood at ``moment``: what came later has not happened."""
    later = {
        name: None
        for name in ("end", "responded", "first_resolved", "closed", "reopened", "orphaned")
        if (at := getattr(row, name)) is not None and at > moment
    }
    return row._replace(**later) if later else row  # type: ignore[arg-type]
