"""What mentions are about, as a note under their number."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.question import Question
from kpis.records.sitting import brands_of
from kpis.sentiment.themes import say_themes, themes
from kpis.surroundings import Surroundings
from kpis.tongue import say_count
from storage.labelling import is_idle
from storage.mention_labels import progress


def theme_notes(
    connection: Connection, around: Surroundings, question: Question
) -> tuple[str, ...]:
    """Return “About: delivery (14), price (6).” of the brands and days that were asked of."""
    brands, _ = brands_of(question.scope, around)
    start, end = begin(question.period.start, around.zone), begin(question.period.end, around.zone)
    said = say_themes(themes(connection, around.workspace, brands, start, end))
    return (said,) if said else ()


def labelling_notes(connection: Connection, around: Surroundings) -> tuple[str, ...]:
    """Return that mentions wait to be labelled, as long as they do: the numbers still move."""
    if is_idle(connection, around.workspace):
        return ()
    waiting = progress(connection, around.workspace).waiting
    if not waiting:
        return ()
    return (
        say_count(
            "{number} mention waits to be labelled, so this still moves.",
            "{number} mentions wait to be labelled, so this still moves.",
            waiting,
        ),
    )


def begin(day: date, zone: str) -> datetime:
    """Return the moment at which a local day begins."""
    return datetime.combine(day, time(), ZoneInfo(zone))
