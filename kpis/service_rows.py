"""Reads the projections of customer issues: rows for a service KPI, one statement a window.

KPIs read ``issue``, ``wait``, ``spell`` and ``target`` and nothing else of an issue
(design §5); what the fold decided is not decided again here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlmodel import SQLModel

from kpis.service_columns import column_of, missed
from kpis.service_past import (
    DISMISSED,
    ISSUE,
    MERGED,
    WAIT,
    Closing,
    LateWait,
    micros,
    read_closings,
    read_late_waits,
    set_aside,
)
from kpis.service_shapes import Source

TABLES = SQLModel.metadata.tables

MICROSECONDS = 1_000_000


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
    """The resolution that stands; of a wait, when it was closed without an answer."""
    reopened: int | None
    responses: int
    aside: int | None
    """When it was dismissed or merged."""
    orphaned: int | None
    calendar: int
    breached: bool
    """It was dismissed after a target had been missed."""
    overtaken: tuple[Closing, ...] = ()
    """Resolutions that did not last."""

    def is_aside(self, moment: int) -> bool:
        """Whether it was dismissed or merged by then: it is in no figure about time."""
        gone = self.state in (DISMISSED, MERGED)
        return gone and (self.aside is None or self.aside <= moment)

    def closed_at(self, moment: int) -> int | None:
        """Return when it was solved, if it stood as solved at the moment."""
        for it in self.overtaken:
            if it.at <= moment < it.until:
                return it.at
        return self.closed if self.closed is not None and self.closed <= moment else None

    def is_live(self, moment: int) -> bool:
        """Whether it was neither solved nor set aside by then."""
        return not self.is_aside(moment) and self.closed_at(moment) is None


Elapsed = Callable[[Row, int], float | None]
"""Working seconds from a row's start to an instant."""


@dataclass(frozen=True)
class Filter:
    """Which issues: empty tuples choose all. Brands are compared without their case."""

    platforms: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    person: str = ""
    hidden: tuple[str, ...] = ()
    """Channels that are left out in any case."""


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


def read_rows(
    connection: Connection, source: Source, request: Request, elapsed: Elapsed | None = None
) -> list[Row]:
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
        case((ISSUE.c.state == MERGED, set_aside()), else_=micros(ISSUE.c.dismissed)).label(
            "aside"
        ),
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
        unanswered = and_(
            WAIT.c.closed_by != "response", micros(ISSUE.c.responded) < found["start"]
        )
        statement = statement.where(or_(WAIT.c.is_next.is_(True), unanswered))
    arms = [statement.where(*it) for it in dated(found["start"], found["end"], request)]
    read = connection.execute(union_all(*arms) if len(arms) > 1 else arms[0])
    past = Past(
        source,
        request.moment,
        read_closings(connection, request.workspace, request.since),
        read_late_waits(connection, request.workspace, request.moment) if source.since else {},
        elapsed,
    )
    return [past.as_known(Row(*row)) for row in read]


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
    if chosen.hidden:
        conditions.append(ISSUE.c.channel.not_in(chosen.hidden))
    if chosen.brands:
        conditions.append(func.lower(ISSUE.c.brand).in_([it.lower() for it in chosen.brands]))
    if chosen.person:
        # Until somebody is credited, an issue is its assignee's.
        credited = case((func.coalesce(person, "") != "", person), else_=ISSUE.c.assignee)
        conditions.append(credited == literal(chosen.person))
    return conditions


@dataclass(frozen=True)
class Past:
    """What a row was at ``moment``: what came later has not happened."""

    source: Source
    moment: int
    closings: Mapping[int, tuple[Closing, ...]]
    waits: Mapping[int, Sequence[LateWait]]
    elapsed: Elapsed | None

    def as_known(self, row: Row) -> Row:
        if self.source.table == "wait":
            row = self.with_wait(row)
        elif row.issue in self.closings:
            row = self.with_closing(row._replace(overtaken=self.closings[row.issue]))
        if self.source.since and self.source.table != "rating":
            row = self.with_waits(row)
        later = {
            name: None
            for name in ("end", "responded", "first_resolved", "closed", "reopened", "orphaned")
            if (at := getattr(row, name)) is not None and at > self.moment
        }
        return row._replace(**later) if later else row  # type: ignore[arg-type]

    def with_wait(self, row: Row) -> Row:
        """Return a wait; without an answer it never ended as one, it was closed."""
        if row.kind in ("", "response"):
            return row._replace(closed=None)
        return row._replace(closed=row.end, end=None, seconds=None, business=None)

    def with_closing(self, row: Row) -> Row:
        """Return an issue with the resolution that stood, and how long that had taken."""
        found = next((it for it in row.overtaken if it.at <= self.moment < it.until), None)
        if found is None:
            return row
        row = row._replace(closed=found.at)
        if self.source.end != "resolved":
            return row
        row = row._replace(end=found.at, person=found.assignee or found.by)
        if self.source.since:  # a sum of waits, not the whole time
            return row
        business = self.elapsed(row, found.at) if self.elapsed else None
        return row._replace(
            low=found.low,
            kind=found.via,
            seconds=(found.at - row.start) // MICROSECONDS,
            business=None if business is None else int(business),
        )

    def with_waits(self, row: Row) -> Row:
        """Return an issue without what its customer waited later, and the wait that ran."""
        late = self.waits.get(row.issue, ())
        if not late and (row.since is None or row.since <= self.moment):
            return row
        since = min((it.started for it in late), default=row.since)
        return row._replace(
            since=since if since is not None and since <= self.moment else None,
            seconds=None if row.seconds is None else row.seconds - sum(it.seconds for it in late),
            business=None
            if row.business is None
            else row.business - sum(it.business for it in late),
        )
