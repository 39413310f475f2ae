"""Calendars and instants as tests write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from support.entries import MICROSECONDS
from support.hours import Calendar, Version, due_micros, read_hours
from support.week import OFFICE, Week, Windows

WEEKS = {
    "MF": read_hours("Mon–Fri 09:00–17:00"),
    "SPLIT": read_hours("Mon–Fri 09:00–12:00, 13:00–18:00"),
    "24x7": read_hours("24/7"),
    "N22-06": read_hours("Every day 00:00–06:00, 22:00–24:00"),
    "SUN-ODD": read_hours("Sun 00:30–02:30"),
    "SUN-GAP": read_hours("Sun 01:00–02:30"),
}


def at(words: str) -> int:
    """Return an instant in microseconds; without an offset it is UTC."""
    moment = datetime.fromisoformat(words.strip().replace("Z", "+00:00"))
    moment = moment if moment.tzinfo else datetime.fromisoformat(f"{words.strip()}+00:00")
    return round(moment.timestamp() * 1000) * 1000


def hours(zone: str, week: str, dates: str = "") -> Calendar:
    """Return a calendar; ``dates`` is ``2026-12-24 closed; 2026-12-23 09:00-13:00``."""
    closed, overrides = set[date](), {}
    for part in filter(None, (it.strip() for it in dates.split(";"))):
        day, what = part.split(maxsplit=1)
        if what == "closed":
            closed.add(date.fromisoformat(day))
        else:
            overrides[date.fromisoformat(day)] = read_hours(f"Mon {what}")[0]
    return weekly(zone, week_named(week), frozenset(closed), overrides)


def weekly(
    zone: str,
    week: Week = OFFICE,
    closed: frozenset[date] = frozenset(),
    overrides: Mapping[date, Windows] | None = None,
) -> Calendar:
    """Return a calendar whose week never changed."""
    return Calendar((Version(date(1970, 1, 1), zone, week),), closed, overrides or {})


def due(calendar: Calendar, start: int, seconds: int) -> int:
    """Return the instant at which ``seconds`` of business time have passed since ``start``."""
    return due_micros(calendar, start, seconds * MICROSECONDS)


def week_named(name: str) -> Week:
    return WEEKS[name] if name in WEEKS else read_hours(name)
