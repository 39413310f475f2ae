"""The receipt of an answer in words: “How this was worked out”."""

from kpis.answers import Answer, Component
from kpis.numbers import write
from kpis.periods import say_day
from kpis.titles import count
from kpis.tongue import say, say_declared
from kpis.wording import footnote, headline

Section = tuple[str, list[str]]
"""A heading and the lines under it."""


def receipt_sections(answer: Answer) -> list[Section]:
    """Return the parts of “How this was worked out”: heading and lines.

    Formula, rows and statistics are in ``kpis.receipt_details``.
    """
    receipt = answer.receipt
    built = [*map(say_component, receipt.components), *receipt.lines]
    head = headline(answer), [it for it in (receipt.meaning,) if it]
    return [
        head,
        *filled(
            (say("Built from"), list(dict.fromkeys(built)) or [receipt.formula]),
            (say("Data"), [data_line(answer)]),
            (say("Also"), say_definitions(answer)),
            (say("Repeat"), [f"/kpi {receipt.repeat}"]),
        ),
    ]


def filled(*sections: Section) -> list[Section]:
    """Return the sections that say anything, without empty lines."""
    kept = [(title, [it for it in lines if it]) for title, lines in sections]
    return [(title, lines) for title, lines in kept if lines]


def say_definitions(answer: Answer) -> list[str]:
    """Return the other definitions of the same thing with their values."""
    return [
        say("{name}: {value}", name=name, value=value) for name, value in answer.receipt.definitions
    ]


def say_component(part: Component) -> str:
    """Return “likes: 2,140”."""
    number = say("no data") if part.value is None else write(part.value, part.unit)
    return say("{name}: {value}", name=say_declared(part.words), value=number)


def data_line(answer: Answer) -> str:
    """Return the footnote with how many files there are, and when the newest came."""
    coverage = answer.coverage
    parts = [footnote(answer)]
    if coverage.files and coverage.newest is not None:
        files, at = count(coverage.files, "file"), coverage.newest
        moment = f"{say_day(at.date(), None)} {at:%H:%M}"
        parts.append(say("{files}, newest {moment}", files=files, moment=moment))
    return " · ".join(parts)
