"""The five parts of a goal in words: specific, measurable, achievable, relevant, time-bound."""

from __future__ import annotations

from datetime import date, timedelta

from kpis.catalogue import CATALOGUE, Service
from kpis.goals.dates import today_in
from kpis.goals.draft import Amount, Draft
from kpis.goals.history import History
from kpis.goals.measure import Days, Measuring, scope_of
from kpis.goals.say import lower_title, say_amount, say_target, say_whose, say_whose_of
from kpis.goals.shapes import AIMS, RECENT_DAYS, unit_of, unit_of_goal
from kpis.numbers import write
from kpis.periods import say_day, say_days
from kpis.question import Directory
from kpis.titles import count
from kpis.wording import say_value
from storage.goals import GoalRow

EXAMPLES = {
    "kpi": "Which number? Name one, such as likes, followers or engagement rate.",
    "amount": "How much? Name a number or a change, such as 5,000, up 20 % or 30 min.",
    "end": "By when? A goal needs a day: by {day}, next quarter, or a month.",
}
PART_NAMES = {"kpi": "Specific", "amount": "Measurable", "end": "Time-bound"}


def ask_for(part: str, today: date) -> str:
    """Return what is missing, with an example that works."""
    return EXAMPLES[part].format(day=today_in(today, 3))


def say_held(draft: Draft, directory: Directory, year: int) -> list[tuple[str, str]]:
    """Return the parts of an unfinished goal that were said, in words."""
    said = []
    if draft.kpi:
        whose = say_whose_of(draft.scope, directory)
        title = CATALOGUE[draft.kpi].title + (f" {draft.variant}" if draft.variant else "")
        said.append(("kpi", f"{title}, {whose}" if whose else title))
    if draft.kpi and draft.amount:
        unit = unit_of(draft.kpi, draft.variant)
        said.append(("amount", say_amount(draft.amount, draft.better, unit)))
    if draft.end:
        days = say_days(draft.start, draft.end, year) if draft.start else ""
        by = f"by {say_day(draft.end - timedelta(days=1), year)}"
        said.append(("end", f"every {draft.every}" if draft.every else days or by))
    return said


def parts_of(
    draft: Draft, measuring: Measuring, base: Days, history: History
) -> tuple[tuple[str, str], ...]:
    row, around = measuring.row, measuring.around
    whose = say_whose(row, around.directory) or "all own accounts"
    title = CATALOGUE[row.kpi].title + (f" {row.variant}" if row.variant else "")
    if isinstance(CATALOGUE[row.kpi], Service) and whose == "all own accounts":
        whose = "all channels that are tracked"
    target = say_target(row.kpi, row.variant, row.target, row.better, unit_of_goal(row))
    measurable = target[0].upper() + target[1:]
    if draft.amount is not None and draft.amount.kind != "to" and base.value is not None:
        was = write(base.value.low, unit_of_goal(row))
        days = count((base.end - base.start).days, "day")
        since = "now" if row.shape == "level" else f"in the last {days}"
        measurable += f", from {was} {since}"
    achievable = " ".join(filter(None, (history.words, history.chance_words)))
    aim = f"{row.aim.capitalize()}: {AIMS.get(row.aim, '')}" if row.aim else "Name an aim"
    relevant = f"{aim}. {row.why}".rstrip(". ") + "."
    dates = say_days(row.start, row.end, measuring.today.year)
    length = count((row.end - row.start).days, "day")
    when = f"{dates}, {length}" + (f", anew every {row.every}" if row.every else "")
    if row.shape == "recent":
        when += f"; told of the last {RECENT_DAYS} days"
    return (
        ("Specific", f"{title}, {whose}"),
        ("Measurable", measurable),
        ("Achievable", achievable),
        ("Relevant", relevant),
        ("Time-bound", when),
    )


def say_now(measuring: Measuring, base: Days) -> str:
    if base.value is None:
        return "No numbers yet."
    said = lower_title(say_value(base.answer.main, base.answer.unit))
    if measuring.row.shape == "level":
        return f"Now {said}."
    return f"The last {count((base.end - base.start).days, 'day')}: {said}."


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
