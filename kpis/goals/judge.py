"""One goal, judged: reached, missed, or how far it is, and how fast it must go."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from kpis.answers import Absent
from kpis.audit.holding import held_back
from kpis.goals.measure import DAY, Days, Measuring
from kpis.goals.pace import steady
from kpis.goals.picture import draw_goal
from kpis.goals.rates import say_rates
from kpis.goals.say import lower_first, name_of
from kpis.goals.seeing import Seen, days_of, is_met, see, share_of
from kpis.goals.shapes import unit_of_goal
from kpis.goals.state import Standing, say_state
from kpis.periods import say_day
from kpis.surroundings import Surroundings
from kpis.tongue import say, say_count
from kpis.wording import is_ended, line, say_value, sentence_case
from storage.errors import KepiError
from storage.goals import GoalRow

PATIENCE = timedelta(days=14)
"""So long after its end a goal waits for missing days before it counts as missed."""
STALE_DAYS = 3


def judge(
    row: GoalRow,
    connection: Connection,
    around: Surroundings,
    now: datetime,
    *,
    drawn: bool = True,
) -> Standing:
    """Return how a goal stands, with its picture if ``drawn``; what is wrong is in its words."""
    measuring = Measuring(row, connection, around, now)
    try:
        return look(measuring, drawn)
    except KepiError as trouble:
        name = name_of(row, around.directory, measuring.today)
        first = say("{sentence}.", sentence=name)
        return Standing(row, name, row.state, "", (first, str(trouble)))


def look(measuring: Measuring, drawn: bool) -> Standing:
    row, today = measuring.row, measuring.today
    name = name_of(row, measuring.around.directory, today)
    unit = unit_of_goal(row)
    bare = Standing(row, name, row.state, "", (), unit, settled=measuring.settled)
    stands = row.shape in ("level", "recent")
    if row.start > today or (row.start == today and not stands):
        begins = say("Begins on {day}.", day=say_day(row.start, today.year))
        if row.start == today:
            begins = say("Begins today.")
        return replace(bare, state="waiting", words=(say("{sentence}.", sentence=name), begins))
    until = min(measuring.settled, row.end)
    first = say("{sentence}.", sentence=name)
    if not stands and until <= row.start:
        return replace(bare, state="open", words=(first, say("Too early to tell.")))
    days = days_of(measuring, until)
    if days.value is None:
        why = why_absent(days)
        return replace(bare, state=late(measuring, None), words=(first, why), shown=why)
    if held := why_held(measuring, days):
        return replace(bare, state="open", words=(first, held))
    seen = see(measuring, days, until)
    return tell(measuring, bare, seen, drawn)


def why_held(measuring: Measuring, days: Days) -> str:
    """Return why a goal's numbers are held back: what cannot be decides nothing."""
    holding = held_back(measuring.connection, measuring.around.workspace)
    return holding.why(days.answer.question, measuring.around)


def why_absent(days: Days) -> str:
    if days.stands_in:
        return say("Only post reach is here, and one person may come several times.")
    reading = days.answer.main.value
    words = reading.words if isinstance(reading, Absent) else say("No data yet")
    return sentence_case(words) if not is_ended(words) else words


def late(measuring: Measuring, seen: Seen | None) -> str:
    """Return ``open``, or ``missed`` once the end is settled and its numbers are in."""
    row = measuring.row
    if measuring.settled < row.end:
        return "open"
    complete = seen is not None and (measuring.is_service or seen.days.last_held == row.end - DAY)
    return "missed" if complete or measuring.today >= row.end + PATIENCE else "open"


def decide(measuring: Measuring, seen: Seen) -> str:
    row = measuring.row
    if seen.reached_on is not None:
        return "reached"
    over = late(measuring, seen)
    if over == "missed" and row.shape != "level" and is_met(row, seen.days):
        return "reached"
    return over


def tell(measuring: Measuring, bare: Standing, seen: Seen, drawn: bool) -> Standing:
    """Return the standing in numbers, words and, where ``drawn``, a picture."""
    row, answer = measuring.row, seen.days.answer
    state = decide(measuring, seen)
    pace = seen.now.word if state == "open" else ""
    shown = say_value(answer.main, answer.unit)
    first = say_first(bare.name, pace or state)
    if state == "reached":
        words: tuple[str, ...] = (first, say("Has {value}.", value=shown.lower()))
    elif state == "missed":
        words = (first, say("Came to {value}.", value=lower_first(shown)))
    else:
        words = (first, *say_rates(measuring, seen.days, seen.low, seen.baseline))
    standing = replace(
        bare,
        state=state,
        pace=pace,
        words=words if state == "reached" else (*words, *cautions(measuring, seen.days)),
        actual=seen.low,
        shown=shown,
        share=share_of(row, seen),
        reached_on=seen.reached_on or (row.end - DAY if state == "reached" else None),
        steady=steady(seen.now, seen.before) if row.shape != "recent" else "",
        answered=tuple(line(answer, it) for it in answer.lines) if len(answer.lines) > 1 else (),
    )
    if not drawn:
        return standing
    return replace(standing, picture=draw_goal(measuring, standing, seen.days, seen.baseline))


def say_first(name: str, state: str) -> str:
    """Return a goal's name with how it stands, where that can be told."""
    words = say_state(state)
    if not words or state == "open":
        return say("{sentence}.", sentence=name)
    return say("{name}: {value}.", name=name, value=words)


def cautions(measuring: Measuring, days: Days) -> list[str]:
    """Return what a reader must know beside it: missing days, and a change of counting."""
    row, said = measuring.row, []
    marks = [it for it in days.answer.epochs if row.start <= it.day < row.end]
    if marks:
        said.append(say("{words}: before and after do not compare.", words=marks[0].words))
    if measuring.is_service:
        return said
    last = days.last_held
    if last is not None and (days.end - DAY - last).days > STALE_DAYS:
        said.append(say("No data after {day}.", day=say_day(last, measuring.today.year)))
    elif row.shape == "total" and days.missing:
        said.append(say_count("{number} day missing.", "{number} days missing.", len(days.missing)))
    return said
