"""A goal that has not begun as a chart: the days before it, with the goal's line."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from kpis.charts.noting import note_picture
from kpis.charts.over_slots import find_shorts, say_cut_slots
from kpis.charts.picture import Guide, Picture, Series
from kpis.goals.measure import DAY, Measuring
from kpis.goals.say import name_of, write_target
from kpis.goals.shapes import unit_of_goal
from kpis.numbers import write
from kpis.surroundings import Surroundings
from kpis.tongue import say
from kpis.wording import footnote
from storage.goals import GoalRow

WEEKS = 26


def draw_past(
    row: GoalRow, connection: Connection, around: Surroundings, now: datetime
) -> Picture | None:
    """Return half a year by week; of sums the line is the week's part of the goal."""
    measuring = Measuring(row, connection, around, now)
    end = measuring.settled
    days = measuring.over(end - WEEKS * 7 * DAY, end)
    points = [it for it in days.answer.main.series if (it.end - it.start).days == 7]
    values = tuple(it.value for it in points)
    if sum(it is not None for it in values) < 2:
        return None
    unit = unit_of_goal(row)
    line, said = row.target, say("goal {value}", value=write_target(row.target, unit))
    if row.shape == "total":
        line = row.target * 7 / max((row.end - row.start).days, 1)
        said = say("goal, {value} a week", value=write(round(line), unit))
    name = name_of(row, around.directory, measuring.today)
    picture = Picture(
        kind="line",
        title=name,
        headline=say("The last {weeks} weeks and the goal", weeks=len(points)),
        footnote=footnote(days.answer),
        unit=unit,
        series=(Series(say("by week"), values, short=find_shorts(points)),),
        slots=tuple(it.start for it in points),
        slot_days=7,
        guides=(Guide(said, (line,) * len(points), "target"),),
        shorts=say_cut_slots(points, measuring.today.year),
        alt_text=say(
            "{name}: the last {weeks} weeks beside the {goal}.",
            name=name,
            weeks=len(points),
            goal=said,
        )[:2000],
        file_name=f"goal-{row.kpi}-before.png",
    )
    return note_picture(picture, around.date_notes, measuring.today.year)
