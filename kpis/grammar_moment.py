"""“As of …”: the moment whose knowledge is asked for."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kpis.grammar_parts import Parts
from kpis.question import Refusal
from kpis.tongue import say
from kpis.words import quote


def choose_moment(parts: Parts, today: date, zone: str) -> datetime | None:
    """Return the moment whose knowledge is asked for, in UTC; a day alone means the end of it.

    In UTC, for a time of the hour that comes twice equals no time of another zone (PEP 495).
    """
    if not parts.as_of:
        return None
    if len(set(parts.as_of)) > 1:
        raise Refusal(say("That is two moments. Ask as of one, such as as of 2026-11-23 08:12."))
    moment = read_moment(*parts.as_of[0], ZoneInfo(zone))
    if moment > datetime.combine(today + timedelta(days=1), time(), ZoneInfo(zone)):
        said = quote(f"{moment:%Y-%m-%d %H:%M}")
        raise Refusal(
            say("{moment} is to come: ask as of {today} or before.", moment=said, today=today)
        )
    return moment.astimezone(UTC)


def read_moment(day: date, clock: str, zone: ZoneInfo) -> datetime:
    """Return the moment of a day and a time of day; without one, the end of the day."""
    if not clock:
        return datetime.combine(day + timedelta(days=1), time(), zone)
    try:
        at = time.fromisoformat(f"0{clock}"[-5:] if len(clock) < 5 else clock.upper())
    except ValueError:
        raise Refusal(
            say("There is no {words}: times go from 00:00 to 23:59.", words=quote(clock))
        ) from None
    moment = datetime.combine(day, at)
    return moment.replace(tzinfo=zone) if at.tzinfo is None else moment.astimezone(zone)
