"""What is said of a number that is watched by the day."""

from __future__ import annotations

from datetime import date, timedelta

from kpis.alerts.marks import Mark, Run, limit_of
from kpis.alerts.numbers import Numbers
from kpis.alerts.rules import Rule
from kpis.answers import Change
from kpis.numbers import write, write_change, write_with_unit
from kpis.periods import say_day, say_days
from kpis.slots import WEEKDAYS
from kpis.wording import say_zone
from storage.measures import Unit

PEOPLE_LIKE = (Unit.PEOPLE, Unit.PERSON_DAYS)


def say_value(value: float, unit: Unit) -> str:
    return write_with_unit(value, unit) if unit in PEOPLE_LIKE else write(value, unit)


def say_when(rule: Rule, day: date, year: int) -> str:
    """Return “on Fri 20 Nov”, or “in the 7 days to 20 Nov”."""
    if rule.settings.days > 1:
        return f"in the {rule.settings.days} days to {say_day(day, year)}"
    return f"on {WEEKDAYS[day.weekday()][:3]} {say_day(day, year)}"


def say_title(rule: Rule, numbers: Numbers, run: Run, year: int) -> str:
    """Return the first line of an alert, without “Alert:”."""
    mark = run.marks[-1]
    shown = say_value(mark.number.value or 0.0, numbers.unit)
    when = say_when(rule, mark.day, year)
    if rule.kind == "threshold":
        word = "above" if run.side > 0 else "below"
        return f"{numbers.title}: {shown} {when}, {word} {say_limit(rule, numbers.unit)}"
    if rule.kind == "change":
        word = "rose" if run.side > 0 else "fell"
        return f"{numbers.title} {word} {say_size(mark, numbers.unit)} {when}"
    word = "high" if run.side > 0 else "low"
    return f"{numbers.title}: {shown} {when}, unusually {word}"


def say_limit(rule: Rule, unit: Unit) -> str:
    return write(limit_of(rule), unit)


def say_size(mark: Mark, unit: Unit) -> str:
    """Return how much a number moved, without its sign: “34 %”."""
    change = mark.number.change or Change("percent")
    return write_change(change, unit).lstrip("+\N{MINUS SIGN}")


def say_lines(rule: Rule, numbers: Numbers, run: Run, year: int) -> tuple[str, ...]:
    """Return the sentences under the title."""
    lines = []
    mark = run.marks[-1]
    if mark.usual is not None:
        lines.append(f"{say_usual(mark, numbers.unit, rule.bar.z)}.")
    if rule.kind == "change" and mark.number.before is not None:
        now = say_value(mark.number.value or 0.0, numbers.unit)
        lines.append(f"{now}, {write(mark.number.before, numbers.unit)} before.")
    if len(run.marks) > 1 and run.after is None:
        lines.append(f"Since {say_day(run.marks[0].day, year)}, {count_days(run)} in a row.")
    elif len(run.marks) > 1:
        days = say_days(run.marks[0].day, run.marks[-1].day + timedelta(days=1), year)
        lines.append(f"{days}, {count_days(run)} in a row.")
    if not mark.number.is_settled:
        lines.append("Not final yet.")
    return tuple(lines)


def say_usual(mark: Mark, unit: Unit, z: float) -> str:
    """Return “Usual for a Friday: 320–480, half of 8 weeks below 400”."""
    assert mark.usual is not None
    low, high = mark.usual.band(z)
    weekday = WEEKDAYS[mark.day.weekday()]
    shown = f"{write(whole(low, unit), unit)}–{write(whole(high, unit), unit)}"
    middle = write(mark.usual.median, unit)
    return f"Usual for a {weekday}: {shown}; the median of {mark.usual.weeks} weeks is {middle}"


def whole(value: float, unit: Unit) -> float:
    """Return an edge of a range of counts without decimals, which would look exact."""
    return value if unit in (Unit.PERCENT, Unit.RATIO, Unit.SECONDS) else float(round(value))


def say_still(rule: Rule, numbers: Numbers, run: Run, year: int) -> str:
    """Return how it stands, for the thread: “Still below 100: 84 on Fri 20 Nov.”"""
    mark = run.marks[-1]
    shown = say_value(mark.number.value or 0.0, numbers.unit)
    when = say_when(rule, mark.day, year)
    if rule.kind == "threshold":
        word = "above" if run.side > 0 else "below"
        return f"Still {word} {say_limit(rule, numbers.unit)}: {shown} {when}."
    if rule.kind == "change":
        word = "up" if run.side > 0 else "down"
        return f"Still {word}: {say_size(mark, numbers.unit)} {when}."
    return f"Still unusually {'high' if run.side > 0 else 'low'}: {shown} {when}."


def say_over(rule: Rule, numbers: Numbers, run: Run, year: int) -> str:
    """Return “Back to usual since 22 Nov: 280. Lasted 3 days.”"""
    assert run.after is not None
    mark = run.after
    shown = say_value(mark.number.value or 0.0, numbers.unit)
    lasted = f"Lasted {count_days(run)}."
    if rule.kind == "threshold":
        word = "below" if run.side > 0 else "above"
        limit = say_limit(rule, numbers.unit)
        return f"Back {word} {limit} since {say_day(mark.day, year)}: {shown}. {lasted}"
    return f"Normal since {say_day(mark.day, year)}: {shown}. {lasted}"


def count_days(run: Run) -> str:
    days = (run.marks[-1].day - run.marks[0].day).days + 1
    return "1 day" if days == 1 else f"{days} days"


def say_dates(first: date, last: date, zone: str) -> str:
    """Return “24 Oct – 20 Nov, Pacific” as a footnote of a chart."""
    return f"{say_days(first, last + timedelta(days=1), last.year)}, {say_zone(zone)}"
