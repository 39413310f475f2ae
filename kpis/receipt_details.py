"""*All details* of an answer: formula, rows, days compared, definitions, statistics."""

from collections.abc import Sequence
from datetime import date

from kpis.answers import Answer, Component, Point, Value
from kpis.numbers import write, write_with_unit
from kpis.periods import last_year, previous_period, say_day, say_days
from kpis.question import Beside, Question
from kpis.receipt_words import Section, filled, say_component, say_definitions
from kpis.short_words import name_shorts, whole_ones
from kpis.statistics import median, quantile
from kpis.titles import count
from kpis.tongue import joined, say
from kpis.wording import headline, say_baseline, say_coverage, say_highest

FEWEST = 4
"""Of fewer numbers nothing is said that the chart does not show."""
MOST_DAYS = 20


def detail_sections(answer: Answer) -> list[Section]:
    """Return the parts of *All details*: heading and lines."""
    receipt = answer.receipt
    return filled(
        (headline(answer), list(answer.main.details)),
        (say("Formula"), [receipt.formula]),
        (say("Rows"), [*say_rows(receipt.components), say_coverage_of(answer)]),
        (say("Days"), [*say_periods(answer), *name_shorts(answer.main.series)]),
        (say("Definitions"), [receipt.meaning, *say_definitions(answer), *say_breaks(answer)]),
        (say("Statistics"), say_statistics(answer)),
        (say("Missing"), say_missing(answer)),
    )


def say_rows(components: Sequence[Component]) -> list[str]:
    """Return “likes: 2,140 (18 rows)” for each part of the number."""
    said = [
        f"{say_component(it)} ({count(it.rows, 'row')})" if it.rows else say_component(it)
        for it in components
    ]
    return list(dict.fromkeys(said))


def say_coverage_of(answer: Answer) -> str:
    return say_coverage(answer.coverage) if answer.coverage.days else ""


def say_periods(answer: Answer) -> list[str]:
    """Return the days that were asked for, and those that they are compared with."""
    question = answer.question
    period, year = question.period, question.today.year
    said = [say("Asked: {days}", days=say_days(period.start, period.end, year))]
    before = compared_with(question)
    if before is not None and isinstance(answer.main.previous, Value):
        value = say_baseline(question, write(answer.main.previous.low, answer.unit))
        said.append(say("Compared: {days}, {value}", days=say_days(*before, year), value=value))
    return said


def compared_with(question: Question) -> tuple[date, date] | None:
    """Return the days of the baseline, which of other accounts are the same days."""
    if question.baseline.kind is Beside.ACCOUNTS:
        return question.period.start, question.period.end
    is_year = question.baseline.kind is Beside.LAST_YEAR
    before = (last_year if is_year else previous_period)(question.period)
    return before.start, before.end


def say_breaks(answer: Answer) -> list[str]:
    """Return the days from which a platform counts otherwise."""
    year = answer.question.today.year
    return [
        say("{words} ({day}).", words=it.words, day=say_day(it.day, year)) for it in answer.epochs
    ]


def say_statistics(answer: Answer) -> list[str]:
    """Return what the numbers of the chart are like: middle, spread and ends."""
    points = [it for it in whole_ones(answer.main.series) if it.value is not None]
    values = sorted(it.value for it in points if it.value is not None)
    if len(values) < FEWEST:
        return []
    unit = answer.unit
    mean = write_with_unit(sum(values) / len(values), unit)
    low, high = quantile(values, 0.25), quantile(values, 0.75)
    return [
        say("Average of {slots}: {value}", slots=say_slots(points), value=mean),
        say("Median {value}", value=write_with_unit(median(values), unit)),
        say("Half lie from {low} to {high}", low=write(low, unit), high=write(high, unit)),
        say_highest(points, unit),
    ]


def say_slots(points: Sequence[Point]) -> str:
    """Return “80 days”, “11 weeks” or “6 months”: what each of the numbers is of."""
    longest = max((it.end - it.start).days for it in points)
    noun = "day" if longest == 1 else "week" if longest <= 7 else "month"
    return count(len(points), noun)


def say_missing(answer: Answer) -> list[str]:
    """Return the first days that are missing, and how many there are besides."""
    days = answer.coverage.missing
    if not days or answer.coverage.unit != "days":
        return []
    shown = joined(say_day(it, answer.question.today.year) for it in days[:MOST_DAYS])
    if len(days) <= MOST_DAYS:
        return [shown]
    return [say("{days} and {number} more", days=shown, number=len(days) - MOST_DAYS)]
