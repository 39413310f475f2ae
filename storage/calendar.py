"""Local days of a zone as spans of instants, written once and joined ever after."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage.bulk import fetch, insert
from storage.tables import EPOCH, day_number, instant_number

COLUMNS = ("zone", "day", "start", "end")
INSTANT = timedelta(microseconds=1)


def has_days(connection: Connection, zone: str, first: date, last: date) -> bool:
    """Return whether the calendar holds every day from ``first`` to ``last``, both included."""
    ((held,),) = fetch(
        connection,
        "SELECT count(*) FROM calendar WHERE zone = ? AND day BETWEEN ? AND ?",
        (zone, day_number(first), day_number(last)),
    )
    return bool(held == max(0, (last - first).days + 1))


def ensure_days(connection: Connection, zone: str, first: date, last: date) -> None:
    """Fill the calendar from ``first`` to ``last``, both included; what is there stays."""
    if has_days(connection, zone, first, last):
        return
    insert(connection, "calendar", COLUMNS, list(days(zone, first, last)), "DO NOTHING")


MOMENTS = (
    ("post", "published"),
    ("mention", "at"),
    ("conversion", "at"),
    ("customer_order", "at"),
    ("review", "at"),
    ("survey_answer", "at"),
    ("post_comment", "at"),
)
"""Tables whose rows are cut into local days by a join, and the column that says when."""


def cover_moments(connection: Connection, workspace: int, zone: str) -> None:
    """Fill the calendar of ``zone`` over every day on which the workspace has a moment."""
    found = [
        moment
        for table, column in MOMENTS
        for moment in fetch(
            connection,
            f"SELECT min({column}), max({column}) FROM {table} WHERE workspace = ?",
            (workspace,),
        )[0]
        if moment is not None
    ]
    if found:
        place = ZoneInfo(zone)
        local = [(EPOCH + it * INSTANT).astimezone(place).date() for it in (min(found), max(found))]
        ensure_days(connection, zone, local[0], local[1])


def days(zone: str, first: date, last: date) -> Iterator[tuple[str, int, int, int]]:
    """Yield rows of ``calendar``; a day that a zone skipped starts where it ends."""
    place = ZoneInfo(zone)
    start = start_of(first, place)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        end = start_of(day + timedelta(days=1), place)
        yield zone, day_number(day), instant_number(start), instant_number(end)
        start = end


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the UTC instant at which the local date becomes ``day``, or passes over it.

    Local midnight may come twice, or fall into an hour that the clocks skip.
    """
    early = datetime.combine(day, time(), zone).astimezone(UTC)
    late = datetime.combine(day, time(), zone).replace(fold=1).astimezone(UTC)
    if early < late:  # twice: the second one counts where the day before comes back in between
        return late if (late - INSTANT).astimezone(zone).date() < day else early
    if late < early:  # skipped: the clocks change somewhere between the two readings
        while early - late > INSTANT:
            middle = late + (early - late) / 2
            if middle.astimezone(zone).date() < day:
                late = middle
            else:
                early = middle
    return early
