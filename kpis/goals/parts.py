"""The five parts of a goal in words: specific, measurable, achievable, relevant, time-bound."""

from __future__ import annotations

from datetime import date, timedelta

from kpis.catalogue import CATALOGUE, Service
from kpis.goals.dates import today_in
from kpis.goals.draft import Amount, Draft
from kpis.goals.history import History
from kpis.goals.measure import Days, Measuring, scope_of
from kpis.goals.say import (
    lower_title,
    say_amount,
    say_every,
    say_target,
    say_title,
    say_whose,
    say_whose_of,
)
from kpis.goals.shapes import RECENT_DAYS, unit_of, unit_of_goal
from kpis.numbers import write
from kpis.periods import say_day, say_days
from kpis.question import Directory
from kpis.titles import count
from kpis.tongue import joined, say
from kpis.wording import capital, say_value
from storage.goals import GoalRow


def ask_for(part: str, today: date) -> str:
    """Return what is missing, with an example that works."""
    match part:
        case "kpi":
            return say("Which number? Name one, such as likes, followers or engagement rate.")
        case "amount":
            return say("How much? Name a number or a change, such as 5,000, up 20 % or 30 min.")
        case _:
            day = today_in(today, 3)
            return say("By when? A goal needs a day: by {day}, next quarter, or a month.", day=day)


def name_part(part: str) -> str:
    """Return which of the five parts something missing belongs to."""
    match part:
        case "kpi":
            return say("Specific")
        case "amount":
            return say("Measurable")
        case _:
            return say("Time-bound")


def name_aim(aim: str) -> str:
    """Return what a goal is for, inside a sentence."""
    match aim:
        case "awareness":
            return say("awareness")
        case "engagement":
            return say("engagement")
        case "conversion":
            return say("conversion")
        case "service":
            return say("service")
        case "loyalty":
            return say("loyalty")
        case _:
            return aim


def say_aim(aim: str) -> str:
    """Return an aim with what it means: “Awareness: more people know you”."""
    match aim:
        case "awareness":
            return say("Awareness: more people know you")
        case "engagement":
            return say("Engagement: people take part")
        case "conversion":
            return say("Conversion: people come and buy")
        case "service":
            return say("Service: customers are helped well")
        case "loyalty":
            return say("Loyalty: people stay with you")
        case _:
            return say("Name an aim")


def say_held(draft: Draft, directory: Directory, year: int) -> list[tuple[str, str]]:
    """Return the parts of an unfinished goal that were said, in words."""
    said = []
    if draft.kpi:
        whose = say_whose_of(draft.scope, directory)
        said.append(("kpi", joined([say_title(draft.kpi, draft.variant), whose])))
    if draft.kpi and draft.amount:
        unit = unit_of(draft.kpi, draft.variant)
        said.append(("amount", say_amount(draft.amount, draft.better, unit)))
    if draft.end:
        days = say_days(draft.start, draft.end, year) if draft.start else ""
        by = say("by {day}", day=say_day(draft.end - timedelta(days=1), year))
        said.append(("end", say_every(draft.every) or days or by))
    return said


def parts_of(
    draft: Draft, measuring: Measuring, base: Days, history: History
) -> tuple[tuple[str, str], ...]:
    row, around = measuring.row, measuring.around
    whose = say_whose(row, around.directory)
    if not whose and isinstance(CATALOGUE[row.kpi], Service):
        whose = say("all channels that are tracked")
    target = say_target(row.kpi, row.variant, row.target, row.better, unit_of_goal(row))
    measurable = capital(target)
    if draft.amount is not None and draft.amount.kind != "to" and base.value is not None:
        was = write(base.value.low, unit_of_goal(row))
        days = count((base.end - base.start).days, "day")
        told = {"target": measurable, "value": was}
        if row.shape == "level":
            measurable = say("{target}, from {value} now", **told)
        else:
            measurable = say("{target}, from {value} in the last {days}", **told, days=days)
    achievable = " ".join(filter(None, (history.words, history.chance_words)))
    reasons = [it.rstrip(". ") for it in (say_aim(row.aim), row.why) if it]
    title = say_title(row.kpi, row.variant)
    return (
        (say("Specific"), joined([title, whose or say("all own accounts")])),
        (say("Measurable"), measurable),
        (say("Achievable"), achievable),
        (say("Relevant"), " ".join(say("{sentence}.", sentence=it) for it in reasons)),
        (say("Time-bound"), say_time(row, measuring.today.year)),
    )


def say_time(row: GoalRow, year: int) -> str:
    """Return “1 Jan – 31 Mar 2027, 90 days”."""
    dates, length = say_days(row.start, row.end, year), count((row.end - row.start).days, "day")
    when = joined([dates, length, say_anew(row.every)])
    if row.shape == "recent":
        return say("{days}; told of the last {number} days", days=when, number=RECENT_DAYS)
    return when


def say_anew(every: str) -> str:
    match every:
        case "week":
            return say("anew every week")
        case "month":
            return say("anew every month")
        case "quarter":
            return say("anew every quarter")
        case _:
            return ""


def say_now(measuring: Measuring, base: Days) -> str:
    if base.value is None:
        return say("No numbers yet.")
    said = lower_title(say_value(base.answer.main, base.answer.unit))
    if measuring.row.shape == "level":
        return say("Now {value}.", value=said)
    days = count((base.end - base.start).days, "day")
    return say("The last {days}: {value}.", days=days, value=said)


def draft_of(row: GoalRow) -> Draft:
    """Return a goal as its form shows it."""
    return Draft(
        text=row.text,
        kpi=row.kpi,
        scope=scope_of(row),
        variant=row.variant,
        options=tuple(row.scoped.get("options", ())),
        amount=Amount("to", row.target),
        better=row.better,
        start=row.start,
        end=row.end,
        by_then=row.shape == "recent",
        every=row.every,
        aim=row.aim,
        why=row.why,
        private=bool(row.scoped.get("private")),
    )
