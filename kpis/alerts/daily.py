"""Rules on a number by the day: thresholds, changes, unusual days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.alerts.daily_words import (
    say_lines,
    say_over,
    say_rest,
    say_still,
    say_title,
    say_value,
)
from kpis.alerts.marks import Mark, Run, limit_of, mark_days, runs
from kpis.alerts.numbers import DAY, Numbers, read_numbers, today_of
from kpis.alerts.pictures import draw_days
from kpis.alerts.rules import Rule
from kpis.alerts.things import thing_of
from kpis.alerts.unusual import WEEKS
from kpis.alerts.verdict import Verdict
from kpis.catalogue import CATALOGUE, Service
from kpis.charts.noting import note_picture
from kpis.periods import say_day
from kpis.surroundings import Surroundings
from kpis.tongue import say

LOOK = timedelta(days=42)
"""How far back the days are judged again, to tell since when a rule holds."""
LONGEST = timedelta(days=365)
SHOWN = timedelta(days=28)
STALE = timedelta(days=10)
"""Without a newer number than this there is nothing to judge by."""

RECENT = timedelta(days=14)
"""For so long what is over is still told of as over."""


def judge_days(rule: Rule, connection: Connection, around: Surroundings, now: datetime) -> Verdict:
    """Return how a rule stands on the last day that can be judged."""
    end = end_of(rule, around, now)
    numbers, marks, found = read_back(rule, connection, around, now, end)
    today, zone = today_of(around, now), ZoneInfo(around.zone)
    if not marks or marks[-1].day < today - STALE:
        return say_nothing(rule, around, numbers, now)
    last = marks[-1]
    run = found[-1] if found else None
    thing = thing_of(rule, around)
    if run is None or (run.after is not None and run.after.day < today - RECENT):
        return normal(rule, numbers, last, thing, now)
    began, year = midnight(run.marks[0].day, zone), today.year
    is_old = rule.made is not None and run.marks[0].day < rule.made.astimezone(zone).date()
    over = run.after is not None
    title = say_title(rule, numbers, run, year)
    picture = draw_days(rule, numbers, marks, title, (end - SHOWN, end))
    return Verdict(
        is_firing=not over and not is_old,
        good=is_good(numbers, run.side),
        thing=thing,
        began=began,
        title=title,
        lines=say_lines(rule, numbers, run, year),
        words=(say_over if over else say_still)(rule, numbers, run, year),
        rest=say_rest(rule, numbers, run) if over else "",
        facts=facts_of(rule, run.after or run.marks[-1], run),
        picture=note_picture(picture, around.date_notes, year),
        calm=midnight(run.after.day, zone) if run.after else None,
        is_old=is_old,
        footnote=say("Since {day}", day=say_day(run.marks[0].day, year)),
    )


def read_back(
    rule: Rule, connection: Connection, around: Surroundings, now: datetime, end: date
) -> tuple[Numbers, list[Mark], list[Run]]:
    """Return the days as far back as it takes to see what goes on begin."""
    look = LOOK
    while True:
        numbers, marks = read_marks(rule, connection, around, now, end - look, end)
        found = runs(marks)
        begins = bool(found) and found[-1].marks[0].day == marks[0].day
        is_on = begins and marks[0].day < end - look + STALE
        if not is_on or look >= LONGEST:
            return numbers, marks, found
        look *= 2


def end_of(rule: Rule, around: Surroundings, now: datetime) -> date:
    """Return the day after the last one that is looked at.

    A day that still runs is looked at only for too many customer issues: what is counted so far
    can be too much already, but never too little.
    """
    today = today_of(around, now)
    runs_on = isinstance(CATALOGUE.get(rule.kpi), Service) and rule.settings.is_live
    is_limit = rule.kind == "threshold" and rule.settings.side == "above"
    return today + DAY if runs_on and is_limit else today


def read_marks(
    rule: Rule, connection: Connection, around: Surroundings, now: datetime, first: date, end: date
) -> tuple[Numbers, list[Mark]]:
    """Return the numbers, with what is needed to judge the first day, and the days judged."""
    back = timedelta(weeks=WEEKS) if rule.kind == "anomaly" else DAY
    numbers = read_numbers(rule, connection, around, now, first - back, end)
    return numbers, [it for it in mark_days(rule, numbers) if it.day >= first]


def say_nothing(rule: Rule, around: Surroundings, numbers: Numbers, now: datetime) -> Verdict:
    held = [it.day for it in numbers.days if it.value is not None]
    words = say("{title}: no number to judge by.", title=numbers.title)
    if held:
        day = say_day(max(held), now.year)
        words = say("{title}: no number after {day} to judge by.", title=numbers.title, day=day)
    return Verdict(
        is_firing=False,
        good=False,
        thing=thing_of(rule, around),
        began=now,
        title=numbers.title,
        lines=(),
        words=words,
        is_known=False,
    )


def normal(rule: Rule, numbers: Numbers, last: Mark, thing: str, now: datetime) -> Verdict:
    words = say(
        "{title}: {value} on {day}, as usual.",
        title=numbers.title,
        value=say_value(last.number.value or 0.0, numbers.unit),
        day=say_day(last.day, now.year),
    )
    return Verdict(
        is_firing=False,
        good=False,
        thing=thing,
        began=now,
        title=numbers.title,
        lines=(),
        words=words,
        facts=facts_of(rule, last, None),
    )


def is_good(numbers: Numbers, side: int) -> bool:
    return numbers.better == ("higher" if side > 0 else "lower")


def facts_of(rule: Rule, mark: Mark, run: Run | None) -> dict[str, Any]:
    """Return the numbers behind a verdict, as JSON can hold them."""
    facts: dict[str, Any] = {"day": mark.day.isoformat(), "value": mark.number.value}
    if rule.kind in ("threshold", "change"):
        facts["limit"] = limit_of(rule)
    if rule.kind == "change":
        facts["change"] = mark.measured
    if mark.usual is not None:
        facts |= {"usual": mark.usual.median, "z": mark.usual.z(mark.number.value or 0.0)}
    if run is not None:
        days = (run.marks[-1].day - run.marks[0].day).days + 1
        facts |= {"side": run.side, "since": run.marks[0].day.isoformat(), "days": days}
    return facts


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment with which a local day begins."""
    return datetime.combine(day, time(), zone)
