"""Opening hours as people read them, in the spoken language; what is typed stays English."""

from __future__ import annotations

from commands.saying import say
from support.week import Week, say_hours


def say_week(week: Week) -> str:
    """Return “Mon–Fri 09:00–17:00; Sat 10:00–14:00”."""
    return say_hours(week, say_days, say("closed"))


def say_days(start: int, end: int) -> str:
    """Return “Mon–Fri” of 0 and 4, “Sat” of 5 and 5."""
    from kpis.periods import say_weekday

    if (start, end) == (0, 6):
        return say("Every day")
    first, last = say_weekday(start, short=True), say_weekday(end, short=True)
    return first if start == end else f"{first}–{last}"
