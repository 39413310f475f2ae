"""Words: messages that tests and drills alone send, with pictures and threads where asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from commands.blocks import section
from commands.context import Context
from commands.letters import Following, Letter, NotNow, Pointless, Written
from kpis.charts.picture import Picture, Series
from storage.measures import Unit
from storage.outbox import DeliveryRow
from tests.slack.conftest import NOW

KIND = "word"
MIA = "U0MIA000000"


async def write_word(context: Context, row: DeliveryRow) -> Written:
    """Write “Word 7”, as its body says: with a picture, with more in its thread, not yet."""
    body = row.details
    if body.get("breaks"):
        raise RuntimeError("this one cannot be written")
    if body.get("never"):
        return Pointless("no longer true")
    if "not_before" in body:
        until = datetime.fromisoformat(body["not_before"])
        if context.clock() < until:
            return NotNow(until)
    words = f"Word {row.period}" + (", late" if row.late else "")

    def compose(files: Any) -> list[dict[str, Any]]:
        shown = [{"type": "image", "slack_file": {"id": it}, "alt_text": "7"} for it in files]
        return [section(words), *shown]

    pictures = (draw_something(),) if body.get("picture") else ()
    then = tuple(Following(KIND, f"{row.period}.{it}") for it in body.get("then", ()))
    return Letter(words, compose, pictures, then)


def draw_something() -> Picture:
    days = tuple((NOW + timedelta(days=it)).date() for it in range(3))
    line = Series("", (1.0, 3.0, 2.0))
    return Picture("line", "Word", "2", "", Unit.COUNT, (line,), slots=days, alt_text="2")
