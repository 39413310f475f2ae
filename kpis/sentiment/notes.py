"""What mentions are about, as a note under their number."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.question import Question
from kpis.records.sitting import brands_of
from kpis.sentiment.themes import say_themes, themes
from kpis.surroundings import Surroundings


def theme_notes(
    connection: Connection, around: Surroundings, question: Question
) -> tuple[str, ...]:
    """Return “About: delivery (14), price (6).” of the brands and days that were asked of."""
    brands, _ = brands_of(question.scope, around)
    start, end = begin(question.period.start, around.zone), begin(question.period.end, around.zone)
    said = say_themes(themes(connection, around.workspace, brands, start, end))
    return (said,) if said else ()


def begin(day: date, zone: str) -> datetime:
    """Return the moment at which a local day begins."""
    return datetime.combine(day, time(), ZoneInfo(zone))
