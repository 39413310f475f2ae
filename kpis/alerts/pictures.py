"""The picture of every alert and try-out: what happened, what is usual, and which days fired."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kpis.alerts.daily_words import say_dates, say_limit, say_value
from kpis.alerts.marks import Mark, limit_of, runs
from kpis.alerts.numbers import Numbers
from kpis.alerts.rules import Rule
from kpis.charts.picture import Guide, Picture, Series
from kpis.periods import say_day
from kpis.tongue import joined, say

MOST_SAID = 12
"""Days that fired which the alternative text names."""


def draw_days(
    rule: Rule,
    numbers: Numbers,
    marks: Sequence[Mark],
    headline: str,
    shown: tuple[date, date],
) -> Picture | None:
    """Return a line of the days from one until before another, with the limit or what is usual."""
    first, end = shown
    slots = tuple(first + timedelta(days=it) for it in range((end - first).days))
    by_day = {it.day: it for it in numbers.days}
    values = tuple(by_day[it].value if it in by_day else None for it in slots)
    if not any(it is not None for it in values):
        return None
    fired = {mark.day: mark for run in runs(marks) for mark in run.marks}
    judged = {it.day: it for it in marks}
    flagged = frozenset(place for place, day in enumerate(slots) if day in fired)
    hollow = frozenset(
        place for place, day in enumerate(slots) if day in by_day and not by_day[day].is_settled
    )
    return Picture(
        kind="line",
        title=numbers.title,
        headline=headline,
        footnote=say_dates(first, slots[-1], numbers.zone),
        unit=numbers.unit,
        series=(Series(numbers.title, values, hollow),),
        slots=slots,
        guides=guides_of(rule, numbers),
        usual=bands(rule, slots, judged),
        flagged=flagged,
        marks=tuple((it, say("counted otherwise")) for it in numbers.breaks if first < it < end),
        alt_text=describe(headline, numbers, slots, values, fired),
        file_name=f"alert-{rule.kpi}-{slots[-1]}.png",
    )


def guides_of(rule: Rule, numbers: Numbers) -> tuple[Guide, ...]:
    if rule.kind != "threshold":
        return ()
    words = say("limit {limit}", limit=say_limit(rule, numbers.unit))
    return (Guide(words, (limit_of(rule),), "limit"),)


def bands(
    rule: Rule, slots: Sequence[date], judged: dict[date, Mark]
) -> tuple[tuple[float, float] | None, ...]:
    """Return from where to where each day is usual."""
    if rule.kind != "anomaly":
        return ()
    marks = (judged.get(it) for it in slots)
    return tuple(it.usual.band(rule.bar.z) if it and it.usual else None for it in marks)


def describe(
    headline: str,
    numbers: Numbers,
    slots: Sequence[date],
    values: Sequence[float | None],
    fired: dict[date, Mark],
) -> str:
    """Return the numbers of a picture in words."""
    year = slots[-1].year
    held = [it for it in values if it is not None]
    low, high = (say_value(it, numbers.unit) for it in (min(held), max(held)))
    last = next(at for at in range(len(values) - 1, -1, -1) if values[at] is not None)
    by_day = say(
        "{title} by day, {first} to {last}: from {low} to {high}, {value} on {day}.",
        title=numbers.title,
        first=say_day(slots[0], year),
        last=say_day(slots[-1], year),
        low=low,
        high=high,
        value=say_value(values[last] or 0.0, numbers.unit),
        day=say_day(slots[last], year),
    )
    parts = [say("{sentence}.", sentence=headline), by_day]
    dated = [it for it in sorted(fired) if slots[0] <= it <= slots[-1]]
    if dated:
        named = joined(
            f"{say_day(it, year)} {say_value(fired[it].number.value or 0.0, numbers.unit)}"
            for it in dated[:MOST_SAID]
        )
        more = len(dated) - MOST_SAID
        if more > 0:
            parts.append(say("Fired on: {days} and {number} more.", days=named, number=more))
        else:
            parts.append(say("Fired on: {days}.", days=named))
    return " ".join(parts)
