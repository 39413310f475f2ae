"""Notes on dates for pictures: of an answer, and of those that goals, alerts and digests draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from kpis.answers import Mark
from kpis.charts.picture import Note, Picture
from kpis.date_marks import MOST_DRAWN, mark_of, rows_within, say_notes
from kpis.periods import say_days
from storage.date_notes import DateNoteRow

_LONGEST_ALT = 2000
_MONTH = timedelta(days=31)


def notes_of(marks: Iterable[Mark], year: int) -> tuple[Note, ...]:
    """Return the newest of those marks that are notes; ``year`` need not be said."""
    notes = [
        Note(it.day, it.until, it.words, say_days(it.day, it.until, year))
        for it in marks
        if it.until is not None
    ]
    return tuple(notes[-MOST_DRAWN:])


Drawn = TypeVar("Drawn", Picture, Picture | None)


def note_picture(picture: Drawn, rows: Sequence[DateNoteRow], year: int) -> Drawn:
    """Return a picture over days with the notes of those days, drawn and told.

    Of small multiples every panel has them, and the picture tells them once.
    """
    if picture is None or not rows:
        return picture
    slots = [slot for it in (picture, *picture.panels) for slot in it.slots]
    if not slots:
        return picture
    marks = [mark_of(it) for it in rows_within(rows, min(slots), end_of(picture))]
    said = say_notes(marks, year, most=MOST_DRAWN)
    if not said:
        return picture
    notes = notes_of(marks, year)
    return replace(
        picture,
        notes=notes,
        panels=tuple(replace(it, notes=notes) for it in picture.panels),
        alt_text=" ".join(filter(None, (picture.alt_text, said)))[:_LONGEST_ALT],
    )


def note_under(
    picture: Picture, rows: Sequence[DateNoteRow], days: tuple[date, date], year: int
) -> Picture:
    """Return a picture that has no days with the notes of its days told under it."""
    said = say_notes([mark_of(it) for it in rows_within(rows, *days)], year)
    return replace(picture, footnote=" · ".join(filter(None, (picture.footnote, said))))


def end_of(picture: Picture) -> date:
    """Return the day after the last slot; of months at the latest."""
    ends = [
        it.slots[-1] + (timedelta(days=it.slot_days) if it.slot_days else _MONTH)
        for it in (picture, *picture.panels)
        if it.slots
    ]
    return max(ends)
