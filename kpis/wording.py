"""An answer in words, the same on every surface: terminal, message, notification, alt text."""

import re
from collections.abc import Sequence
from datetime import date

from kpis.answers import Absent, Answer, Cell, Coverage, Figure, Point, Value
from kpis.date_marks import MOST_DRAWN, notes_within, say_notes
from kpis.names.periods import say_period
from kpis.numbers import write, write_change, write_with_unit
from kpis.periods import say_day, say_days
from kpis.question import Beside, Question
from kpis.short_words import name_part, say_shorts, whole_ones
from kpis.statistics import SMALL_RATE
from kpis.titles import count, several
from kpis.tongue import grouped, joined, say, say_declared
from storage.measures import Unit

ZONE_NAMES = {"America/Los_Angeles": "Pacific", "UTC": "UTC"}
"""Zones that have a name of their own in people's mouths."""
BLANK = "\0"
"""Stands for a number in a title that is looked for."""


def say_zone(zone: str) -> str:
    """Return “Pacific”, “UTC”, “Stockholm time”."""
    if zone in ZONE_NAMES:
        return say_declared(ZONE_NAMES[zone])
    return say("{place} time", place=zone.rsplit("/", 1)[-1].replace("_", " "))


def say_value(figure: Figure, unit: Unit) -> str:
    """Return the value as a headline says it, or why there is none."""
    if figure.headline:
        return figure.headline
    value = figure.value
    if isinstance(value, Absent):
        if is_ended(value.words):
            return value.words
        return say("{name}: {value}", name=say_declared(value.reason), value=value.words)
    if value.exact:
        return write_with_unit(value.low, unit)
    if value.high is None:
        return say("At least {value}", value=write_with_unit(value.low, unit))
    most = write_with_unit(value.high, unit)
    if not value.low:
        return say("At most {value}", value=most)
    return say("Between {low} and {high}", low=write(value.low, unit), high=most)


def headline(answer: Answer, figure: Figure | None = None) -> str:
    """Return “54,310 people, +8.4 % (50,100 before)”."""
    shown = figure or answer.main
    said = say_value(shown, answer.unit)
    change = say_change(answer, shown)
    return say("{value}, {change}", value=said, change=change) if change else said


def say_change(answer: Answer, figure: Figure) -> str:
    """Return “+8.4 % (50,100 before)”, or nothing where no change may be told."""
    change, previous = figure.change, figure.previous
    if change is None or change.kind == "unclear" or not isinstance(previous, Value):
        return ""
    if figure.headline and not previous.exact:
        return ""
    then = write(previous.low, answer.unit)
    beside = say_baseline(answer.question, then)
    return say("{change} ({before})", change=write_change(change, answer.unit), before=beside)


def say_baseline(question: Question, value: str) -> str:
    """Return “50,100 before”: the value that the answer stands beside, and whose it is."""
    if question.baseline.kind is Beside.LAST_YEAR:
        return say("{value} a year before", value=value)
    if question.baseline.kind is Beside.ACCOUNTS:
        if not question.baseline.words:
            return say("{value} there", value=value)
        return say("{value} {whose}", value=value, whose=question.baseline.words)
    return say("{value} before", value=value)


def details(answer: Answer) -> list[str]:
    """Return the sentences under the headline: what bounds mean, why no change, the lines."""
    main = answer.main
    said = list(main.details)
    if main.change is not None and main.change.kind == "unclear" and main.change.words:
        said.append(sentence_case(main.change.words))
    said += [
        say("{name} {value}.", name=capital(say_declared(name)), value=say_reading(it, unit))
        for name, it, unit in answer.beside
    ]
    if answer.together is not None or len(answer.lines) > 1:
        said += [line(answer, figure) for figure in answer.lines]
    said += [line(answer, figure) for figure in answer.breakdown]
    return said


def line(answer: Answer, figure: Figure) -> str:
    """Return “Instagram acme: 18,900 people, +12 %”."""
    value = say_value(figure, answer.unit)
    if figure.headline and not value[:2].isupper():  # “at least 5”, but “SEK 5.00”
        value = value[0].lower() + value[1:]
    change = figure.change
    moved = ""
    if change is not None and change.kind != "unclear":
        moved = write_change(change, answer.unit)
    return say("{name}: {value}", name=name_part(figure), value=joined([value, moved]))


def say_reading(reading: Value | Absent, unit: Unit) -> str:
    if isinstance(reading, Absent):
        return say_declared(reading.reason)
    return write_with_unit(reading.low, unit)


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def sentence_case(words: str) -> str:
    said = capital(words)
    return said if is_ended(said) else say("{sentence}.", sentence=said)


def is_ended(words: str) -> bool:
    """Whether words are a sentence already; Chinese ends one with its own full stop."""
    return words.endswith((".", "。"))


def footnote(answer: Answer) -> str:
    """Return “24 Oct – 22 Nov, Pacific · 30 of 30 days, last 2 not final yet”."""
    question, coverage = answer.question, answer.coverage
    period = question.period
    dates = say_days(period.start, period.end, question.today.year)
    zones = several([say_zone(it) for it in coverage.zones])
    if coverage.until:
        dates = say("{days} until {time}", days=dates, time=coverage.until)
    parts = [joined([dates, zones])]
    if coverage.days:
        parts.append(say_coverage(coverage))
    if len(coverage.zones) > 1:
        parts.append(say("platforms cut their days in different zones"))
    if coverage.sample:
        parts.append(say("sample data"))
    if isinstance(answer.main.value, Value) and small_sample(answer):
        parts.append(say("small sample"))
    return " · ".join(parts)


def small_sample(answer: Answer) -> bool:
    """Whether a rate rests on fewer than 100 people (kpi-catalogue §1, *Small samples*)."""
    if answer.unit is not Unit.PERCENT or len(answer.receipt.components) < 2:
        return False
    bottom = answer.receipt.components[-1].value
    return bottom is not None and bottom < SMALL_RATE


def say_coverage(coverage: Coverage) -> str:
    """Return “30 of 30 days, last 2 not final yet”, “18 posts by publish date”."""
    noun = coverage.unit.removesuffix("s")
    if not coverage.unit.endswith("days"):
        counted = count(coverage.rows, noun)
        basis = say_declared(coverage.basis)
        said = [say("{rows} {basis}", rows=counted, basis=basis) if basis else counted]
    else:
        held = grouped(coverage.held)
        said = [say("{held} of {days}", held=held, days=count(coverage.days, noun))]
    if coverage.provisional == 1:
        said.append(say("the last not final yet"))
    elif coverage.provisional:
        said.append(say("last {number} not final yet", number=coverage.provisional))
    if coverage.left_out:
        left = grouped(coverage.left_out)
        said.append(say("{number} left out (a part is missing)", number=left))
    if coverage.unit == "posts" and coverage.held < coverage.days:
        days = count(coverage.days, "account day" if coverage.several else "day")
        said.append(say("read for {held} of {days}", held=grouped(coverage.held), days=days))
    return joined(said)


def sentence(answer: Answer) -> str:
    """Return the answer as one full sentence with its number: what a notification reads."""
    main, period = answer.main, answer.question.period
    dates = say_days(period.start, period.end, answer.question.today.year)
    said = say_value(main, answer.unit)
    if isinstance(main.value, Absent):
        if is_ended(said):
            return said
        named = joined([answer.kpi_title, answer.scope_title])
        return sentence_case(say("{name}: {value}", name=named, value=said))
    if not said[0].isdigit():
        said = said[0].lower() + said[1:]
    named = joined([answer.kpi_title, answer.scope_title, dates])
    moved = say_change(answer, main)
    return sentence_case(say("{name}: {value}", name=named, value=joined([said, moved])))


def notes(answer: Answer) -> list[str]:
    """Return the notes, the breaks inside the asked period, and what people noted on its days."""
    period, year = answer.question.period, answer.question.today.year
    marks = [
        say("{words} ({day}).", words=it.words, day=say_day(it.day, year))
        for it in answer.epochs
        if period.start <= it.day
    ]
    noted = say_notes(notes_within(answer.marks, period.start, period.end), year)
    return [*answer.notes, *marks, *filter(None, [noted])]


def alt_text(answer: Answer) -> str:
    """Return what the chart shows, with its numbers, for people who hear it."""
    said = [answer.title, headline(answer), footnote(answer)]
    points = [it for it in answer.main.series if it.value is not None]
    if len(points) > 1:
        said.append(say_highest(whole_ones(points), answer.unit))
    said += filter(None, [say_shorts(answer.main.series)])
    said += filter(None, [say_notes(answer.marks, answer.question.today.year, most=MOST_DRAWN)])
    shown = answer.breakdown or answer.parts or (answer.lines if answer.together else ())
    said += [line(answer, it) for it in shown[:12]]
    if answer.grid is not None and not answer.grid.heat:
        said += [
            say("{name}: {value}", name=name, value=joined(c.words for c in cells))
            for name, cells in answer.grid.rows
        ]
    return " ".join(it if is_ended(it) else say("{sentence}.", sentence=it) for it in said)[:1990]


def say_highest(points: Sequence[Point], unit: Unit) -> str:
    """Return the highest and the lowest of some points that have values, with their days."""
    top = max(points, key=lambda it: it.value or 0.0)
    low = min(points, key=lambda it: it.value or 0.0)
    return say(
        "Highest {most} on {day}, lowest {least} on {other_day}",
        most=write(top.value or 0, unit),
        day=say_slot(top.start, top.end),
        least=write(low.value or 0, unit),
        other_day=say_slot(low.start, low.end),
    )


def say_slot(start: date, end: date) -> str:
    return say_days(start, end, None)


def shared_title(answers: Sequence[Answer]) -> str:
    """Return the title of several answers to one question: “all 3 accounts · last week”."""
    scopes = [it.scope_title for it in answers if it.scope_title]
    counted = [number for it in scopes if (number := count_all(it))]
    scope = max(scopes, key=len, default="")
    if counted:
        scope = say("all {number} accounts", number=counted[0])
    return " · ".join(it for it in (capital(scope), say_period(answers[0].question.period)) if it)


def count_all(scope: str) -> int:
    """Return 3 of “all 3 accounts” and of “2 of 3 accounts”, 0 of any other scope's title."""
    every = say("all {number} accounts", number=BLANK)
    some = say("{number} of {asked} accounts", number=BLANK, asked=BLANK)
    for said in (every, some):
        found = re.fullmatch(re.escape(said).replace(re.escape(BLANK), r"(\d+)"), scope)
        if found:
            return max(map(int, found.groups()))
    return 0


def shared_footnote(answers: Sequence[Answer]) -> str:
    """Return the footnote of several answers: that of the one whose data cover least."""
    held = [it for it in answers if it.coverage.days] or list(answers)
    return footnote(min(held, key=lambda it: it.coverage.held / max(it.coverage.days, 1)))


def shared_notes(answers: Sequence[Answer]) -> list[str]:
    """Return what is to be said of several answers, each thing once, with why no change is told."""
    reasons = [
        sentence_case(it.main.change.words)
        for it in answers
        if it.main.change is not None and it.main.change.words.startswith(say("no change told"))
    ]
    return list(dict.fromkeys([*reasons, *(note for it in answers for note in notes(it))]))


def plain(answer: Answer) -> str:
    """Return the whole answer as lines of text."""
    return "\n".join(lines_of(answer))


def lines_of(answer: Answer) -> list[str]:
    """Return the lines of an answer: title, headline, details, notes, footnote."""
    said = [answer.title, headline(answer), *details(answer)]
    if answer.grid is not None and not answer.grid.heat:
        said += [say_row(name, answer.grid.columns, cells) for name, cells in answer.grid.rows]
    said += notes(answer)
    if answer.coverage.days:
        said.append(footnote(answer))
    return said


def say_row(name: str, columns: Sequence[str], cells: Sequence[Cell]) -> str:
    """Return a row of a table as a line: “#latte: posts 12, engagement rate 4.1 %”."""
    values = [f"{column} {cell.words}" for column, cell in zip(columns, cells, strict=True)]
    said = say("{name}: {value}", name=name, value=joined(values))
    return f"{said} ({say('small sample')})" if cells and cells[0].small else said


def say_apart(answer: Answer, figure: Figure) -> str:
    """Return one of several lines with its name: “EUR: €12.00, +4 % (€11.50 before)”."""
    return say("{name}: {value}", name=figure.name, value=say_value(figure, answer.unit))


def row(answer: Answer) -> tuple[str, str, str]:
    """Return name, value and change: a row of the small table that several KPIs give."""
    main = answer.main
    value = say_value(main, answer.unit)
    if answer.together is None and len(answer.lines) > 1:  # currencies or scales: none is the sum
        return answer.kpi_title, " · ".join(say_apart(answer, it) for it in answer.lines), ""
    if isinstance(main.value, Absent):
        value = say_declared(main.value.reason)
    change = main.change
    moved = "" if change is None or change.kind == "unclear" else write_change(change, answer.unit)
    return answer.kpi_title, value, moved
