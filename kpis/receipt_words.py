"""The receipt of an answer in words: “How this was worked out”."""

from datetime import date

from kpis.answers import Answer, Component
from kpis.numbers import write
from kpis.periods import say_day
from kpis.titles import count
from kpis.tongue import joined, say, say_declared
from kpis.wording import footnote, headline


def receipt_sections(answer: Answer) -> list[tuple[str, list[str]]]:
    """Return the parts of “How this was worked out”: heading and lines."""
    receipt, coverage = answer.receipt, answer.coverage
    built = list(dict.fromkeys(say_component(it) for it in receipt.components))
    sections = [
        (headline(answer), [receipt.meaning]),
        (say("Built from"), [receipt.formula, *built, *receipt.lines]),
        (say("Data"), [data_line(answer)]),
    ]
    if receipt.definitions:
        others = [say("{name}: {value}", name=name, value=it) for name, it in receipt.definitions]
        sections.append((say("Also"), others))
    if coverage.missing and coverage.unit == "days":
        days = say_missing(coverage.missing, answer.question.today.year)
        sections.append((say("Missing"), [days]))
    sections.append((say("Repeat"), [f"/kpi {receipt.repeat}"]))
    return [(title, [it for it in lines if it]) for title, lines in sections if any(lines)]


def say_component(part: Component) -> str:
    """Return “likes: 2,140 (18 rows)”."""
    number = say("no data") if part.value is None else write(part.value, part.unit)
    said = say("{name}: {value}", name=say_declared(part.words), value=number)
    return f"{said} ({count(part.rows, 'row')})" if part.rows else said


def data_line(answer: Answer) -> str:
    """Return the footnote with how many files there are, and when the newest came."""
    coverage = answer.coverage
    parts = [footnote(answer)]
    if coverage.files and coverage.newest is not None:
        files, at = count(coverage.files, "file"), coverage.newest
        moment = f"{say_day(at.date(), None)} {at:%H:%M}"
        parts.append(say("{files}, newest {moment}", files=files, moment=moment))
    return " · ".join(parts)


def say_missing(days: tuple[date, ...], year: int) -> str:
    """Return the first twenty days, and how many there are besides."""
    shown = joined(say_day(it, year) for it in days[:20])
    if len(days) <= 20:
        return shown
    return say("{days} and {number} more", days=shown, number=len(days) - 20)
