"""Notes on dates over the answers that cover them, and in words: “12 Nov: Black Week”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kpis.answers import Answer, Mark
from kpis.periods import say_days
from kpis.surroundings import Surroundings
from kpis.tongue import say
from storage.date_notes import DateNoteRow

MOST_TOLD, MOST_DRAWN = 3, 8
"""Notes told in one line under an answer, and drawn on one chart: the newest of them."""
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
ISOLATE, POP = "\u2068", "\u2069"


def marks_over(around: Surroundings, start: date, end: date) -> tuple[Mark, ...]:
    """Return the notes of any day from ``start`` until before ``end``, the earliest first."""
    return tuple(map(mark_of, rows_within(around.date_notes, start, end)))


def rows_within(rows: Iterable[DateNoteRow], start: date, end: date) -> list[DateNoteRow]:
    return [it for it in rows if it.first < end and it.until > start]


def mark_of(row: DateNoteRow) -> Mark:
    return Mark(row.first, row.words, row.until)


def notes_within(marks: Iterable[Mark], start: date, end: date) -> tuple[Mark, ...]:
    """Return those marks that are notes of any day from ``start`` until before ``end``."""
    return tuple(it for it in marks if it.until is not None and it.day < end and it.until > start)


def with_notes(found: Answer, around: Surroundings) -> Answer:
    """Return an answer with the notes of the days that it, or its chart, tells of.

    They are those that stand now, also where the numbers are asked as of a moment.
    """
    if not around.date_notes or any(it.is_note for it in found.marks):
        return found
    start, end = span_of(found)
    return replace(found, marks=(*found.marks, *marks_over(around, start, end)))


def span_of(found: Answer) -> tuple[date, date]:
    """Return the days of the question and of what its chart shows."""
    period = found.question.period
    figures = (*found.lines, *found.parts, *found.breakdown)
    figures += (found.together,) if found.together else ()
    points = [it for figure in figures for it in figure.series]
    starts = [period.start, *(it.start for it in points)]
    ends = [period.end, *(it.end for it in points)]
    return min(starts), max(ends)


def say_notes(marks: Sequence[Mark], year: int | None, most: int = MOST_TOLD) -> str:
    """Return the newest notes in one line, “Noted: 12 Nov: Black Week; 14 Nov: Fair.”, or ""."""
    notes = [it for it in marks if it.is_note]
    if not notes:
        return ""
    told = [say_mark(it, year) for it in notes[-most:]]
    if len(notes) > most:
        told.append(say("and {number} more: /kpi notes", number=len(notes) - most))
    return say("Noted: {notes}.", notes=say("; ").join(told))


def say_mark(mark: Mark, year: int | None) -> str:
    """Return “12 Nov: Black Week”, “12–15 Nov: Fair”."""
    days = say_days(mark.day, mark.until or mark.day + timedelta(days=1), year)
    return say("{days}: {words}", days=days, words=isolate(mark.words))


def isolate(words: str) -> str:
    """Return words that do not turn those around them, where they are written right to left."""
    return f"{ISOLATE}{words}{POP}" if RIGHT_TO_LEFT.search(words) else words
