"""What is said of a number that is watched by the day."""

from __future__ import annotations

from datetime import date, timedelta

from kpis.alerts.marks import Mark, Run, limit_of
from kpis.alerts.numbers import Numbers
from kpis.alerts.rules import Rule
from kpis.answers import Change
from kpis.numbers import write, write_change, write_with_unit
from kpis.periods import say_day, say_days, say_weekday
from kpis.titles import count
from kpis.tongue import joined, say
from kpis.wording import say_zone
from storage.measures import Unit

PEOPLE_LIKE = (Unit.PEOPLE, Unit.PERSON_DAYS)


def say_value(value: float, unit: Unit) -> str:
    return write_with_unit(value, unit) if unit in PEOPLE_LIKE else write(value, unit)


def say_when(rule: Rule, day: date, year: int) -> str:
    """Return “on Fri 20 Nov”, or “in the 7 days to 20 Nov”."""
    if rule.settings.days > 1:
        return say("in the {days} days to {day}", days=rule.settings.days, day=say_day(day, year))
    weekday = say_weekday(day.weekday(), short=True)
    return say("on {weekday} {day}", weekday=weekday, day=say_day(day, year))


def say_title(rule: Rule, numbers: Numbers, run: Run, year: int) -> str:
    """Return the first line of an alert, without “Alert:”."""
    mark = run.marks[-1]
    told = {"title": numbers.title, "when": say_when(rule, mark.day, year)}
    is_high = run.side > 0
    if rule.kind == "change":
        size = say_size(mark, numbers.unit)
        if is_high:
            return say("{title} rose {size} {when}", **told, size=size)
        return say("{title} fell {size} {when}", **told, size=size)
    told["value"] = say_value(mark.number.value or 0.0, numbers.unit)
    if rule.kind == "threshold":
        limit = say_limit(rule, numbers.unit)
        if is_high:
            return say("{title}: {value} {when}, above {limit}", **told, limit=limit)
        return say("{title}: {value} {when}, below {limit}", **told, limit=limit)
    if is_high:
        return say("{title}: {value} {when}, unusually high", **told)
    return say("{title}: {value} {when}, unusually low", **told)


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
        lines.append(say_usual(mark, numbers.unit, rule.bar.z))
    if rule.kind == "change" and mark.number.before is not None:
        now = say_value(mark.number.value or 0.0, numbers.unit)
        before = write(mark.number.before, numbers.unit)
        lines.append(say("{value}, {before} before.", value=now, before=before))
    if len(run.marks) > 1 and run.after is None:
        since = say_day(run.marks[0].day, year)
        lines.append(say("Since {day}, {days} in a row.", day=since, days=count_days(run)))
    elif len(run.marks) > 1:
        days = say_days(run.marks[0].day, run.marks[-1].day + timedelta(days=1), year)
        lines.append(say("{dates}, {days} in a row.", dates=days, days=count_days(run)))
    if not mark.number.is_settled:
        lines.append(say("Not final yet."))
    return tuple(lines)


def say_usual(mark: Mark, unit: Unit, z: float) -> str:
    """Return “Usual for a Friday: 320–480; the median of 8 weeks is 400.”"""
    assert mark.usual is not None
    low, high = mark.usual.band(z)
    return say(
        "Usual for a {weekday}: {low}–{high}; the median of {weeks} weeks is {median}.",
        weekday=say_weekday(mark.day.weekday()),
        low=write(whole(low, unit), unit),
        high=write(whole(high, unit), unit),
        weeks=mark.usual.weeks,
        median=write(mark.usual.median, unit),
    )


def whole(value: float, unit: Unit) -> float:
    """Return an edge of a range of counts without decimals, which would look exact."""
    return value if unit in (Unit.PERCENT, Unit.RATIO, Unit.SECONDS) else float(round(value))


def say_still(rule: Rule, numbers: Numbers, run: Run, year: int) -> str:
    """Return how it stands, for the thread: “Still below 100: 84 on Fri 20 Nov.”"""
    mark = run.marks[-1]
    is_high = run.side > 0
    told = {"when": say_when(rule, mark.day, year)}
    if rule.kind == "change":
        size = say_size(mark, numbers.unit)
        if is_high:
            return say("Still up: {size} {when}.", **told, size=size)
        return say("Still down: {size} {when}.", **told, size=size)
    told["value"] = say_value(mark.number.value or 0.0, numbers.unit)
    if rule.kind == "threshold":
        limit = say_limit(rule, numbers.unit)
        if is_high:
            return say("Still above {limit}: {value} {when}.", **told, limit=limit)
        return say("Still below {limit}: {value} {when}.", **told, limit=limit)
    if is_high:
        return say("Still unusually high: {value} {when}.", **told)
    return say("Still unusually low: {value} {when}.", **told)


def say_over(rule: Rule, numbers: Numbers, run: Run, year: int) -> str:
    """Return “Normal since 22 Nov: 280. Lasted 3 days.”"""
    told = how_it_ended(rule, numbers, run)
    since = say_day(run.after.day if run.after else run.marks[-1].day, year)
    if rule.kind != "threshold":
        return say("Normal since {day}: {value}. Lasted {days}.", **told, day=since)
    if run.side > 0:
        return say("Back below {limit} since {day}: {value}. Lasted {days}.", **told, day=since)
    return say("Back above {limit} since {day}: {value}. Lasted {days}.", **told, day=since)


def say_rest(rule: Rule, numbers: Numbers, run: Run) -> str:
    """Return the same where since when was said already: “Normal: 280. Lasted 3 days.”"""
    told = how_it_ended(rule, numbers, run)
    if rule.kind != "threshold":
        return say("Normal: {value}. Lasted {days}.", **told)
    if run.side > 0:
        return say("Back below {limit}: {value}. Lasted {days}.", **told)
    return say("Back above {limit}: {value}. Lasted {days}.", **told)


def how_it_ended(rule: Rule, numbers: Numbers, run: Run) -> dict[str, str]:
    """Return the values of a sentence about what is over."""
    mark = run.after or run.marks[-1]
    told = {"value": say_value(mark.number.value or 0.0, numbers.unit), "days": count_days(run)}
    if rule.kind == "threshold":
        told["limit"] = say_limit(rule, numbers.unit)
    return told


def count_days(run: Run) -> str:
    return count((run.marks[-1].day - run.marks[0].day).days + 1, "day")


def say_dates(first: date, last: date, zone: str) -> str:
    """Return “24 Oct – 20 Nov, Pacific” as a footnote of a chart."""
    return joined([say_days(first, last + timedelta(days=1), last.year), say_zone(zone)])
