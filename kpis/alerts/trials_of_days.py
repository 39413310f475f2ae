"""Rules on a number by the day, tried on history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from math import floor, log10
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.alerts.daily import end_of, is_good, midnight, read_marks
from kpis.alerts.daily_words import say_title
from kpis.alerts.marks import Mark, Run, limit_of, mark_days, runs
from kpis.alerts.numbers import Numbers, today_of
from kpis.alerts.pictures import draw_days
from kpis.alerts.rules import SENSITIVITIES, Rule
from kpis.alerts.saying import say_size
from kpis.alerts.trials import MOST_OFTEN, Trial
from kpis.alerts.verdict import Episode
from kpis.charts.noting import note_picture
from kpis.numbers import write
from kpis.statistics import quantile
from kpis.surroundings import Surroundings
from kpis.titles import times
from kpis.tongue import say

RARE = 0.95
"""A limit that one day in twenty passes is worth offering."""


def try_days(
    rule: Rule, connection: Connection, around: Surroundings, now: datetime, days: int
) -> Trial:
    """Return what a rule on a number would have done on each of the days."""
    end = end_of(rule, around, now)
    first = end - timedelta(days=days)
    numbers, marks = read_marks(rule, connection, around, now, first, end)
    if not marks:
        return say_nothing(rule, numbers, around.zone)
    zone, year = ZoneInfo(around.zone), today_of(around, now).year
    every = {it: held_at(rule.at(it), numbers, first) for it in SENSITIVITIES}
    found = every[rule.settings.sensitivity]
    picture = draw_days(rule, numbers, marks, headline(found), (marks[0].day, end))
    return Trial(
        episodes={
            it: tuple(episode_of(rule.at(it), numbers, run, zone, year) for run in held)
            for it, held in every.items()
        },
        firing={it: sum(len(run.marks) for run in held) for it, held in every.items()},
        known=len(marks),
        length=(marks[-1].day - marks[0].day).days + 1,
        zone=around.zone,
        picture=note_picture(picture, around.date_notes, year),
        advice=advise(rule, numbers, marks, first),
    )


def say_nothing(rule: Rule, numbers: Numbers, zone: str) -> Trial:
    """Return why nothing could be tried; a rule without any numbers is not kept."""
    if not any(it.value is not None for it in numbers.days):
        nothing = say(
            "There are no numbers of {title} to watch, or too few rows behind them. "
            "Import some first, or take more days together.",
            title=numbers.title,
        )
        return Trial({}, {}, 0, 0, zone, nothing=nothing, is_vain=True)
    nothing = say("There is no history to try it on. It is not settled yet.")
    if rule.kind == "anomaly":
        nothing = say(
            "There is no history to try it on. An unusual day is told from at least 4 weeks of "
            "numbers; they are not here yet."
        )
    return Trial({}, {}, 0, 0, zone, nothing=nothing)


def held_at(rule: Rule, numbers: Numbers, first: date) -> list[Run]:
    return runs([it for it in mark_days(rule, numbers) if it.day >= first])


def episode_of(rule: Rule, numbers: Numbers, run: Run, zone: ZoneInfo, year: int) -> Episode:
    return Episode(
        began=midnight(run.marks[0].day, zone),
        ended=midnight(run.after.day, zone) if run.after else None,
        title=say_title(rule, numbers, run, year),
        good=is_good(numbers, run.side),
        days=(run.marks[-1].day - run.marks[0].day).days + 1,
    )


def headline(found: Sequence[Run]) -> str:
    if not found:
        return say("Would not have fired")
    return say("Would have fired {times}", times=times(len(found)))


def advise(rule: Rule, numbers: Numbers, marks: Sequence[Mark], first: date) -> str:
    """Return a limit that would have been passed now and then, tried on the same days."""
    if rule.kind == "anomaly":
        return ""
    sign = -1 if rule.settings.side == "below" and rule.kind == "threshold" else 1
    sizes = sorted(
        it.measured * sign if rule.kind == "threshold" else abs(it.measured) for it in marks
    )
    limit = sign * round_up(quantile(sizes, RARE))
    fitting = replace(rule.settings, limit=limit, sensitivity="as now")
    tried = replace(rule, settings=fitting)
    held = held_at(tried, numbers, first)
    if sum(len(run.marks) for run in held) > len(marks) * MOST_OFTEN:
        return ""
    bar = say_bar(tried, numbers)
    if not held:
        return say("{bar} would not have fired.", bar=bar)
    return say("{bar} would have fired {times}.", bar=bar, times=times(len(held)))


def say_bar(rule: Rule, numbers: Numbers) -> str:
    limit = limit_of(rule)
    if rule.kind == "threshold":
        shown = write(limit, numbers.unit)
        if rule.settings.side == "below":
            return say("Below {limit}", limit=shown)
        return say("Above {limit}", limit=shown)
    size = say_size(float(f"{limit * 100:g}"), numbers.unit)
    return say("A change of {size}", size=size)


def round_up(value: float) -> float:
    """Return a number of two figures at or above ``value``: 11,820 becomes 12,000."""
    if not value:
        return 0.0
    step = 10.0 ** (floor(log10(abs(value))) - 1)
    places = floor(value / step)
    return round((places if places * step >= value else places + 1) * step, 10)
