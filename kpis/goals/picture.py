"""A goal as a chart: what is, what was planned, and how it must go on from here."""

from __future__ import annotations

from datetime import date

from kpis.answers import Point, Short
from kpis.charts.noting import note_picture
from kpis.charts.over_slots import find_shorts, say_cut_slots
from kpis.charts.picture import Band, Guide, Picture, Series
from kpis.goals.measure import DAY, Days, Measuring
from kpis.goals.say import lower_title, write_target
from kpis.goals.shapes import is_of_people
from kpis.goals.state import Standing
from kpis.short_slots import WEEK
from kpis.tongue import say
from kpis.wording import footnote, say_value

BY_DAY = 130
"""Up to so many days a slot is a day, then a week."""


def draw_goal(
    measuring: Measuring, standing: Standing, days: Days, baseline: float | None
) -> Picture | None:
    """Return the chart of a goal that has begun; nothing where no day has a number."""
    row = measuring.row
    start = row.start if row.shape != "level" else max(row.start, measuring.made_on)
    start = min(start, days.end - DAY)
    if row.shape == "recent":
        start = days.start
    end = days.end if row.shape in ("value", "recent") else row.end
    step = 1 if (end - start).days <= BY_DAY else WEEK
    slots = tuple(start + count * DAY for count in range(0, (end - start).days, step))
    until = min(days.end, end)
    points = list(measuring.daily(start, until))
    values = lay(points, slots, step, row.shape)
    if not any(it is not None for it in values):
        return None
    guides = guides_of(measuring, standing, values, slots, step, baseline)
    if is_of_people(row.kpi) and days.value is not None and days.value.exact:
        together = say("together {value}", value=write_target(days.value.low, standing.unit))
        guides += (Guide(together, (days.value.low,) * len(slots), "plan"),)
    headline = " ".join(standing.words[:2])
    # A level is read from four weeks; the chart names the days that it shows.
    shown = days if start == days.start else measuring.over(start, until)
    weeks = cut_weeks(shown, slots, end) if step > 1 and row.shape == "total" else []
    picture = Picture(
        kind="line",
        title=standing.name,
        headline=standing.words[1] if len(standing.words) > 1 else standing.shown,
        footnote=footnote(shown.answer),
        unit=standing.unit,
        series=(Series(name_series(row.shape), values, short=find_shorts(weeks)),),
        slots=slots,
        slot_days=step,
        guides=guides,
        band=band_of(days),
        shorts=say_cut_slots(weeks, measuring.today.year),
        has_days_to_come=until < end,
        alt_text=f"{headline} {say('{value} so far.', value=standing.shown)}"[:2000],
        file_name=f"goal-{row.kpi}-{row.end - DAY}.png",
    )
    return note_picture(picture, measuring.around.date_notes, measuring.today.year)


def name_series(shape: str) -> str:
    """Return what a goal's line tells."""
    match shape:
        case "total":
            return say("so far")
        case "level":
            return say("now")
        case _:
            return say("a day")


def band_of(days: Days) -> Band | None:
    """Return what is proven of people over all the days, whom the line tells day by day."""
    value = days.value
    if value is None or value.exact or not is_of_people(days.answer.question.kpi):
        return None
    high = value.low if value.high is None else value.high
    words = say(
        "Together {value}", value=lower_title(say_value(days.answer.main, days.answer.unit))
    )
    return Band(value.low, high, words)


def lay(
    points: list[Point], slots: tuple[date, ...], step: int, shape: str
) -> tuple[float | None, ...]:
    """Return a value a slot: sums run on, levels are the slot's last; days to come are empty."""
    values: list[float | None] = [None] * len(slots)
    total = 0.0
    for point in points:
        at = (point.start - slots[0]).days // step
        if point.value is None or not 0 <= at < len(values):
            continue
        total += point.value
        values[at] = total if shape == "total" else point.value
    return tuple(values)


def cut_weeks(shown: Days, slots: tuple[date, ...], end: date) -> list[Point]:
    """Return the weeks of a sum that runs on; the last, or days that lack, leave it under plan."""
    weeks = []
    for start in slots:
        until = min(start + WEEK * DAY, end)
        after = min(until, shown.end)
        days = [start + count * DAY for count in range((after - start).days)]
        held, whole = sum(it not in shown.missing for it in days), (until - start).days
        short = Short(held, whole) if 0 < held < whole else None
        weeks.append(Point(start, after, None, short=short))
    return weeks


def guides_of(
    measuring: Measuring,
    standing: Standing,
    values: tuple[float | None, ...],
    slots: tuple[date, ...],
    step: int,
    baseline: float | None,
) -> tuple[Guide, ...]:
    row, unit = measuring.row, standing.unit
    named = say("goal {value}", value=write_target(row.target, unit))
    target = Guide(named, (row.target,) * len(slots), "target")
    if row.shape in ("value", "recent") or standing.state in ("reached", "missed"):
        return (target,)
    ends = [min(it + step * DAY, row.end) for it in slots]
    if row.shape == "total":
        whole = measuring.weigh(row.start, row.end)
        plan = [row.target * measuring.weigh(row.start, it) / whole for it in ends]
    elif baseline is not None:
        length = (row.end - slots[0]).days
        plan = [baseline + (row.target - baseline) * (it - slots[0]).days / length for it in ends]
    else:
        return (target,)
    guides = (target, Guide(say("plan"), tuple(plan), "plan"))
    last = max(count for count, it in enumerate(values) if it is not None)
    here = values[last]
    if here is None or last >= len(slots) - 1 or (row.better == "lower" and row.shape == "total"):
        return guides
    rest = len(slots) - 1 - last
    way = [
        None if count < last else here + (row.target - here) * (count - last) / rest
        for count in range(len(slots))
    ]
    return (*guides, Guide(say("needed"), tuple(way), "needed"))
