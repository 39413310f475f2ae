"""Row 6: daylight saving and odd zones: one digest a local date, at the hour that was chosen.

The count is made here by another way than the calendar's: local dates are walked one by one.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from kpis.digests.calendar import latest_due
from kpis.digests.plan import Plan
from tests.drills.drill import Drill, Row, Scale

ZONES = (
    *("Africa/Cairo", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo"),
    *("Europe/Helsinki", "America/New_York", "America/Santiago", "Asia/Gaza", "Africa/Casablanca"),
    *("Asia/Kathmandu", "Pacific/Chatham", "America/St_Johns", "Asia/Tehran", "America/Havana"),
    *("Asia/Beirut", "Atlantic/Azores", "Antarctica/Troll", "Pacific/Kiritimati", "Asia/Tokyo"),
    "UTC",
)
HOURS = ((9, 0), (2, 30), (0, 0))
"""As most choose, in the hour that a spring day lacks and an autumn day has twice, at midnight."""
STEP = timedelta(minutes=15)


def walk(plan: Plan, start: date, end: date) -> Counter[str]:
    """Return how often each period becomes the latest one due, as wakes every 15 min see it."""
    zone, seen = ZoneInfo(plan.zone), Counter[str]()
    now = datetime(start.year, start.month, start.day, 12, tzinfo=zone).astimezone(UTC)
    until = datetime(end.year, end.month, end.day, 12, tzinfo=zone).astimezone(UTC)
    current = latest_due(plan, now)
    while now < until:
        now += STEP
        found = latest_due(plan, now)
        if found is not None and found != current:
            seen[found[0]] += 1
            current = found
    return seen


def dates_of(plan: Plan, start: date, end: date) -> int:
    """Return the local dates in (start, end] on which something is due, by walking them."""
    zone, count, day = ZoneInfo(plan.zone), 0, start + timedelta(days=1)
    while day <= end:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
        exists = noon.astimezone(UTC).astimezone(zone).date() == day  # Apia had no 30 Dec 2011
        count += exists and (plan.cadence == "daily" or day.weekday() == plan.weekday)
        day += timedelta(days=1)
    return count


def run(scale: Scale) -> list[Row]:
    rows = []
    for cadence in ("weekly", "daily"):
        counted = wanted = doubled = 0
        zones = scale.pick(ZONES[:3], ZONES)
        years = scale.pick((2026,), tuple(range(2026, 2031)))
        for zone in zones:
            for hour, minute in scale.pick(HOURS[:2], HOURS):
                plan = Plan(1, "C0", cadence, zone, hour=hour, minute=minute)
                start = date(years[0], 1, 3)
                end = scale.pick(date(2026, 4, 30), date(years[-1] + 1, 1, 3))
                seen = walk(plan, start, end)
                counted += len(seen)
                doubled += sum(many - 1 for many in seen.values())
                wanted += dates_of(plan, start, end)
        rows.append(
            Row(
                6,
                f"{cadence} digests in {len(zones)} zones, {len(years)} years, odd hours too",
                f"{wanted:,} local dates, doubled 0",
                f"{counted:,} digests, doubled {doubled}",
                counted == wanted and not doubled,
            )
        )
    return rows


DRILL = Drill("zones", run, seconds=1800)
