"""Days and times as Home says them, in the spoken language."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from commands.saying import say

HOUR, DAY = 3600, 86_400


def say_date(day: date, today: date) -> str:
    """Return “21 Nov”, with its year unless that is today's."""
    from kpis.periods import say_day

    return say_day(day, today.year)


def say_moment(moment: datetime, zone: ZoneInfo, today: date) -> str:
    """Return “Mon 30 Nov 09:00”."""
    from kpis.periods import say_weekday

    local = moment.astimezone(zone)
    return say(
        "{weekday} {day} {time}",
        weekday=say_weekday(local.weekday(), short=True),
        day=say_date(local.date(), today),
        time=f"{local:%H:%M}",
    )


def say_age(since: datetime, now: datetime) -> str:
    """Return “40 min”, “3 h” or “2 d”: how long ago something was."""
    seconds = max(0, int((now - since).total_seconds()))
    if seconds < HOUR:
        return say("{number} min", number=seconds // 60)
    if seconds < 2 * DAY:
        return say("{number} h", number=seconds // HOUR)
    return say("{number} d", number=seconds // DAY)
