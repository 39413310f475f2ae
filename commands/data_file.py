"""*Data file*: the numbers of an answer as CSV, in the direct message."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp

from commands import wording
from commands.answering import recall_reply
from commands.asker import tell
from commands.command_names import names_of
from commands.context import Context
from commands.files_upload import NotUploaded, upload
from commands.people import open_direct
from commands.pressed import Pressed, on_press
from commands.rights import require_member
from commands.saying import say
from commands.tongues import in_own_language
from commands.who_sees import readers_of
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.answers import Answer

Cell = str | int | float | None
LIVE = ("=", "+", "-", "−", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Signs with which a spreadsheet takes a cell for a formula."""


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, "data", in_own_language(send_data))


async def send_data(context: Context, pressed: Pressed) -> None:
    """Send the presser the numbers behind an answer."""
    await require_member(context, pressed.asker.user)
    from kpis.data_rows import data_rows

    reply = await recall_reply(context, pressed.recall, readers_of(pressed))
    channel = await open_direct(context, pressed.asker.user)
    for answer in reply.answers:
        data = write_csv(named_here(context, data_rows(answer)))
        try:
            await upload(context, data, file_name(answer), channel=channel)
        except NotUploaded as fault:
            raise KepiError(wording.DATA_FAILED) from fault
    if not pressed.asker.is_direct:
        await tell(context, pressed.asker, say(wording.DATA_SENT))


def named_here(context: Context, rows: list[list[str | float | None]]) -> list[list[Cell]]:
    """Return the rows, the last of which says how to ask again, with the command's name here."""
    names = names_of(context.home.command, context.home.support_command)
    last = [names.in_text(it) if names and isinstance(it, str) else it for it in rows[-1]]
    return [*rows[:-1], last]


def write_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as CSV that Excel opens rightly; no cell of text is ever a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([disarm(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def disarm(cell: Cell) -> Cell:
    """Return ``cell`` so that no spreadsheet calculates it; numbers stay numbers."""
    if isinstance(cell, str) and cell.lstrip(" \n").startswith(LIVE):
        return f"'{cell}"
    return cell


def file_name(answer: Answer) -> str:
    """Return a name such as ``reach-2026-10-24-2026-11-22.csv``."""
    period = answer.question.period
    name = f"{answer.question.kpi}-{period.start}-{period.last}"
    return re.sub(r"[^a-z0-9.-]+", "-", name.lower()) + ".csv"
