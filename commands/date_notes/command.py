"""``/kpi note 12 nov Black Week``, ``/kpi notes``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from commands.asker import Asker
from commands.context import Context
from commands.date_notes import wording
from commands.date_notes.form import DAY, day_here, open_new
from commands.date_notes.listing import show_list
from commands.date_notes.reading import read_typed
from commands.date_notes.saving import Written, write_note
from commands.rights import require_member
from commands.saying import say
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.date_notes import Said

ALL = frozenset(("", "list", "all", "show"))


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Write a note down, or open its form where the words are none; ``words`` follow “note”."""
    from kpis.date_notes import EXAMPLE, check

    await require_member(context, asker.user, say(wording.GUESTS))
    typed = await read_typed(context, words)
    if typed.lower() in ALL - {""} or (not typed and not trigger):
        await show_list(context, asker, key=key)
        return
    said, today = await read_words(context, typed)
    if trigger and not said.words:
        first, until = said.days or (today, today + DAY)
        await open_new(context, asker, trigger, said=Written(first, until, said.words))
        return
    if said.days is None:
        raise KepiError(wording.NO_DAY, example=EXAMPLE)
    check(*said.days, said.words)
    await write_note(context, asker, Written(*said.days, said.words), key)


async def answer_list(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Show the notes, of a period where the words name one; ``words`` follow “notes”."""
    await require_member(context, asker.user, say(wording.GUESTS))
    typed = await read_typed(context, words)
    if typed.lower() in ALL:
        await show_list(context, asker, key=key)
        return
    said, _ = await read_words(context, typed)
    if said.days is None or said.words:
        raise KepiError(wording.NO_DAYS, words=typed[:40])
    await show_list(context, asker, said.days, key=key)


async def read_words(context: Context, typed: str) -> tuple[Said, date]:
    return await context.read(read_here, context, typed)


def read_here(connection: Connection, context: Context, typed: str) -> tuple[Said, date]:
    """Return what the words note, and today, both by the workspace's calendar."""
    from kpis.date_notes import read_note
    from kpis.surroundings import look_around

    week_start = look_around(context.database, connection, context.home.workspace).week_start
    today = day_here(connection, context)
    return read_note(typed, today, week_start), today
