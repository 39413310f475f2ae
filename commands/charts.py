"""The chart of an answer, drawn by a worker process; an answer stands without it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.context import Context

if TYPE_CHECKING:
    from kpis.answers import Answer
    from kpis.charts.picture import Picture

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chart:
    """A PNG and the words that say the same."""

    data: bytes
    file_name: str
    alt_text: str


def picture_of(answer: Answer) -> Picture | None:
    """Return what to draw for an answer, in the words of the message, or nothing."""
    from kpis import wording as words
    from kpis.charts.compose import compose

    return compose(answer, words.headline(answer), words.footnote(answer), words.alt_text(answer))


async def draw(context: Context, answer: Answer) -> Chart | None:
    """Return the chart, or nothing where there is none to draw or the drawing failed."""
    from kpis.charts.workers import ChartFailed

    picture = picture_of(answer)
    if picture is None:
        return None
    try:
        data = await context.workers.draw(picture)
    except ChartFailed:
        log.exception("a chart could not be drawn")
        return None
    return Chart(data, picture.file_name, picture.alt_text)
