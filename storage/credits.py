"""Credits: which medium is given how much of which conversion, made when rows are written.

Without any touch a conversion's own platform takes it all; without that it is unattributed.
``storage.credit_models`` has the five rules, ``storage.journeys`` says which touches count.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage.bulk import collecting_later, fetch, insert, run
from storage.calendar import days
from storage.credit_paths import PathRow, path_credits
from storage.credit_tally import COLUMNS, Block, Medium, Tally
from storage.journeys import (
    Conversion,
    Journey,
    Meeting,
    Span,
    look_back_days,
    read_conversions,
    read_journeys,
)
from storage.platforms import PLATFORMS
from storage.tables import EPOCH, Workspace, day_number, table_of

PAID = {None: "", False: "organic", True: "paid"}
SINGLE, AGGREGATED = frozenset({"touches", "conversions"}), "paths"
DAY = timedelta(days=1)

WORKSPACE = table_of(Workspace)


def renew(
    connection: Connection,
    workspace: int,
    kinds: Collection[str],
    first: datetime | None = None,
    last: datetime | None = None,
) -> None:
    """Make the credits again that rows of ``kinds`` between two moments may have changed.

    ``kinds`` are names of ``storage.record_kinds``; others than touches, conversions and paths
    change nothing. The moments are aware; of a row that moved they hold the old place and the
    new. Where one is None, there is no bound on that side: after the zone or the look-back
    changed, all is made again.
    """
    zone = ZoneInfo(connection.execute(_zone_of(workspace)).scalar_one())
    if SINGLE & set(kinds):
        look_back = look_back_days(connection, workspace)
        later = timedelta(days=look_back if "touches" in kinds else 0)
        span = _days_around(zone, first, None if last is None else last + later)
        with collecting_later():
            _renew_single(connection, workspace, zone, span, look_back)
    if AGGREGATED in kinds:
        _renew_paths(connection, workspace, _days_around(zone, first, last))


def _zone_of(workspace: int) -> Any:
    return select(WORKSPACE.c.zone).where(WORKSPACE.c.id == workspace)


def _days_around(zone: ZoneInfo, first: datetime | None, last: datetime | None) -> Span:
    """Return the local days of two moments and one more on either side.

    Local dates may come twice where clocks change at midnight; a day too many is merely made again.
    """
    return Span(
        None if first is None else day_number(first.astimezone(zone).date()) - 1,
        None if last is None else day_number(last.astimezone(zone).date()) + 2,
    )


# --- single conversions ---------------------------------------------------------------------


def _renew_single(
    connection: Connection, workspace: int, zone: ZoneInfo, span: Span, look_back: int
) -> None:
    moments = span.instants(zone)
    conversions = read_conversions(connection, workspace, moments)
    tally, calendar = Tally(), Calendar(zone, conversions)
    media = Media(tally)
    for it in read_journeys(connection, workspace, conversions, moments, look_back):
        _credit(tally, media, calendar, it)
    bounds, values = span.within("start")
    statement = f"DELETE FROM credit WHERE workspace = ? AND collection = ''{bounds}"
    run(connection, statement, (workspace, *values))
    insert(connection, "credit", COLUMNS, list(tally.rows(workspace)))


def _credit(tally: Tally, media: Media, calendar: Calendar, journey: Journey) -> None:
    it, moments, meetings = journey
    # A conversion that nobody priced is of no currency: it adds nothing to any revenue.
    currency, value = ("", 0) if it.value is None else (it.currency, it.value)
    block = tally.block(Block(calendar.day_of(it.at), it.type, currency))
    if not meetings:
        own = tally.medium(Medium(it.platform, it.campaign))
        tally.add_alone(block, value, own, bool(it.direct and it.platform))
        if it.platform in PLATFORMS and not it.direct:
            tally.add_assist(block, own)
        return
    last = meetings[-1]
    direct = bool(last.platform and (it.direct or (it.session and it.session == last.session)))
    if len(meetings) == 1:
        tally.add_alone(block, value, media[last], direct)
    else:
        tally.add(block, value, [media[it] for it in meetings], moments, direct)
    social = next((met for met in reversed(meetings) if met.platform in PLATFORMS), None)
    if social and not (direct and social is last):
        tally.add_assist(block, media[social])


class Media(dict[Meeting, int]):
    """The number in a tally of the medium of each meeting, as they come."""

    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self.tally = tally

    def __missing__(self, meeting: Meeting) -> int:
        medium = Medium(meeting.platform, meeting.campaign, PAID[meeting.paid])
        self[meeting] = self.tally.medium(medium)
        return self[meeting]


class Calendar:
    """The local days of some conversions, found by their instants, as ``storage.calendar`` cuts."""

    def __init__(self, zone: ZoneInfo, conversions: Sequence[Conversion]) -> None:
        self.first, self.starts = 0, [0]
        if conversions:
            ends = min(it.at for it in conversions), max(it.at for it in conversions)
            begin, end = (
                (EPOCH + timedelta(microseconds=it)).astimezone(zone).date() for it in ends
            )
            self.first = day_number(begin - DAY)
            self.starts = [start for _, _, start, _ in days(zone.key, begin - DAY, end + DAY)]

    def day_of(self, instant: int) -> int:
        """Return the day number of an instant in microseconds."""
        return self.first + bisect_right(self.starts, instant) - 1


# --- paths ----------------------------------------------------------------------------------


def _renew_paths(connection: Connection, workspace: int, span: Span) -> None:
    """Make the credits of all paths again whose days touch those of the span."""
    ahead, values = Span(None, span.end).within("start")
    behind, more = Span(None if span.first is None else span.first + 1).within("end")
    given = (workspace, *values, *more)
    statement = f"DELETE FROM credit WHERE workspace = ? AND collection <> ''{ahead}{behind}"
    run(connection, statement, given)
    paths = read_paths(connection, workspace, ahead + behind, (*values, *more))
    insert(connection, "credit", COLUMNS, list(path_credits(workspace, paths)))


def read_paths(
    connection: Connection, workspace: int, conditions: str, values: tuple[int, ...]
) -> list[PathRow]:
    """Return the paths that further conditions choose."""
    rows = fetch(
        connection,
        'SELECT name, start, "end", type, currency, path, conversions, value, others'
        f" FROM touch_path WHERE workspace = ?{conditions}",
        (workspace, *values),
    )
    return list(map(PathRow._make, rows))
