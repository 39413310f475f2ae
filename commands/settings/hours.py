"""Working hours of the workspace, and dates that differ from them, in a file of settings.

``open-hours`` and ``zone`` are written as in a channel's set-up, ``dates`` a line each as in the
form: “2026-12-24 Christmas Eve” is closed, “2026-12-31 09:00–13:00 New Year’s Eve” is open then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from commands.saying import say
from commands.settings.plan import DatePlan, Note, Told
from commands.support.hours import Date, read_lines, say_date
from commands.support.setup_words import read_text, read_zone
from storage.errors import KepiError
from support.week import read_hours, say_hours

if TYPE_CHECKING:
    from storage.settings_stand import Stand

OPEN, ZONE, DATES = "open-hours", "zone", "dates"
OPEN_TITLE, ZONE_TITLE = "Open hours", "Zone of the open hours"
DATES_TITLE = "Dates that differ"
TITLES: Mapping[str, str] = {OPEN: OPEN_TITLE, ZONE: ZONE_TITLE, DATES: DATES_TITLE}
MOST_DATES = 1_000


@dataclass
class WantedHours:
    """Working hours as a file has them; nothing: the file does not say."""

    open: str | None = None
    zone: str | None = None
    dates: tuple[Date, ...] | None = None
    is_unset: bool = False
    """Nobody is to have set them, as before: an undo says it, a file does not."""

    @property
    def says_nothing(self) -> bool:
        return self.open is None and self.zone is None


@dataclass
class HoursStand:
    """Working hours as they are."""

    open: str
    zone: str
    is_assumed: bool
    """Nobody set them: Monday to Friday, nine to five in the workspace's zone."""
    dates: dict[int, list[Date]] = field(default_factory=dict)
    """Those that differ, by calendar; 0 is the workspace's."""


def hours_of(stand: Stand, zone: str) -> HoursStand:
    """Return the hours of the workspace, whose zone is ``zone``, and every calendar's dates."""
    import json

    from storage.hours import WORKSPACE_S
    from support.calendars import read_week
    from support.week import OFFICE, from_json

    held = stand.hours.get(WORKSPACE_S)
    found = HoursStand(say_hours(OFFICE), zone, is_assumed=True)
    if held is not None:
        found = HoursStand(say_hours(read_week(held.week)), held.zone, is_assumed=False)
    for row in stand.dates:
        windows = from_json(json.loads(row.windows)) if row.windows else ()
        found.dates.setdefault(row.calendar, []).append(Date(row.day, row.name, windows))
    return found


# --- reading


def read_open(value: Any) -> str:
    return say_hours(read_hours(read_text(value)))


def read_own_zone(value: Any) -> str:
    found = read_zone(value)
    if not found:
        raise KepiError("It is a zone, such as Europe/Stockholm.")
    return found


def read_dates(value: Any) -> tuple[Date, ...]:
    """Return the dates of a list; raises ``KepiError`` with the entry that cannot be read."""
    if not isinstance(value, list) or not all(isinstance(it, str) for it in value):
        raise KepiError('It is a list of texts: ["one", "another"].')
    if len(value) > MOST_DATES:
        raise KepiError("A list has up to {most} entries.", most=MOST_DATES)
    return tuple(read_lines("\n".join(" ".join(it.split()) for it in value)))


def write_dates(dates: Iterable[Date], today: date) -> list[str]:
    """Return the dates from today on, a line each."""
    return [say_date(it) for it in sorted(dates, key=lambda it: it.day) if it.day >= today]


# --- what would change


def plan_hours(
    held: HoursStand, wanted: WantedHours, zone: str, *, prune: bool
) -> tuple[tuple[str, str] | None, list[Told], list[Note]]:
    """Return the hours that are to hold, and how it is told; ``zone`` is the workspace's."""
    from support.week import OFFICE

    usual = HoursStand(say_hours(OFFICE), zone, is_assumed=True)
    otherwise = usual if prune or wanted.is_unset or held.is_assumed else held
    after = (wanted.open or otherwise.open, wanted.zone or otherwise.zone)
    stays_assumed = held.is_assumed and wanted.says_nothing
    if after == (held.open, held.zone) or stays_assumed:
        return None, [], []
    told, notes = [], []
    for key, what, before, now in (
        (OPEN, say(OPEN_TITLE), held.open, after[0]),
        (ZONE, say(ZONE_TITLE), held.zone, after[1]),
    ):
        if before != now:
            told.append(Told(what, before, now))
            notes.append(Note("", f"hours.{key}", before, now))
    return after, told, notes


def are_to_go(held: HoursStand, wanted: WantedHours, *, prune: bool) -> bool:
    """Say whether hours that somebody set are to be assumed again."""
    return not held.is_assumed and wanted.says_nothing and (wanted.is_unset or prune)


def plan_dates(
    held: Iterable[Date],
    wanted: Iterable[Date] | None,
    today: date,
    *,
    channel: str = "",
    prune: bool = False,
) -> tuple[DatePlan, list[Told], list[Note]]:
    """Return which dates change from today on; a list is all of them, none: they stay."""
    plan = DatePlan()
    if wanted is None and not prune:
        return plan, [], []
    before = {it.day: it for it in held if it.day >= today}
    after = {it.day: it for it in wanted or () if it.day >= today}
    what, told, notes = say(DATES_TITLE), [], []
    for day in sorted({*before, *after}):
        was, now = words_of(before.get(day)), words_of(after.get(day))
        if was == now:
            continue
        if day in after:
            plan.fresh.append(after[day])
        else:
            plan.gone.append(day)
        told.append(Told(what, was, now))
        notes.append(Note(channel, f"hours.{DATES}", was, now))
    return plan, told, notes


def words_of(it: Date | None) -> str:
    """Return a date as a file says it once it was read again."""
    if it is None:
        return ""
    try:
        (again,) = read_lines(say_date(it))
    except (KepiError, ValueError):
        return say_date(it)
    return say_date(again)


def day_at(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def row_of(it: Date, calendar: int, source: str) -> Any:
    """Return a date as its row."""
    from storage.hours import DateRow
    from support.calendars import write_windows

    windows = write_windows(it.windows) if it.windows else ""
    return DateRow(calendar, it.day, it.name, windows, source)


KEYS: Mapping[str, Any] = {OPEN: read_open, ZONE: read_own_zone, DATES: read_dates}
"""What ``[hours]`` may say, and how it is read."""
