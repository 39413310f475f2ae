"""Writing notes down, changing, removing and bringing them back; the asker alone is told."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from commands.asker import Asker, tell_blocks
from commands.blocks import Block, actions, button, escape, section
from commands.context import Context
from commands.date_notes import wording
from commands.home.publishing import point_to_messages
from commands.names import find_name
from commands.overtaken import say_overtaken
from commands.pressed import Pressed, number_of
from commands.private import swap
from commands.rights import require_member, require_own
from commands.saying import say
from storage.errors import KepiError
from storage.overtaken import Overtaken

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.date_notes import DateNoteRow

UNDO_PRESS, RESTORE_PRESS, LIST_PRESS = "note_undo", "note_restore", "note_list"


class Written(NamedTuple):
    """What a note says."""

    first: date
    until: date
    words: str


async def write_note(context: Context, asker: Asker, new: Written, key: str = "") -> None:
    """Write a note down and say where it stands."""
    row, is_new = await context.write(keep, context, asker.user, new)
    facts = await facts_of(context, row)
    text = escape(say(wording.NOTED, **facts) if is_new else say(wording.TWICE, **facts))
    await tell_saved(context, asker, text, undo_of(row) if is_new else "", key)


def keep(
    connection: Connection, context: Context, user: str, new: Written
) -> tuple[DateNoteRow, bool]:
    """Write a note down; say whether it is another than those that stand."""
    from storage import date_notes

    workspace = context.home.workspace
    held = date_notes.count(connection, workspace)
    row = date_notes.add(connection, workspace, *new, user, context.clock())
    return row, date_notes.count(connection, workspace) > held


async def tell_saved(
    context: Context, asker: Asker, text: str, undo: str = "", key: str = ""
) -> None:
    row = [button(say("Ask"), "ask_form")]
    if undo:
        row.append(button(say(wording.UNDO), UNDO_PRESS, undo))
    await tell_blocks(context, asker, text, [section(text), actions(row)], key=key)
    point_to_messages(context, asker)


def undo_of(row: DateNoteRow, was: Written | None = None) -> str:
    """Return what *Undo* remembers: the note as it is now, and as it was before, if it was."""
    held = [was.first.isoformat(), was.until.isoformat(), was.words] if was else None
    return json.dumps({"note": row.id, "version": row.version, "was": held}, ensure_ascii=False)


async def undo(context: Context, pressed: Pressed) -> None:
    """Take back the writing or the change of a note that nobody changed since."""
    note, version, was = unpack_undo(pressed.value)
    row = await find_own(context, pressed.asker.user, note)
    if was is None:
        await take_away(context, pressed, row, version)
        return
    user = pressed.asker.user
    try:
        await context.write(change, context, user, row.id, version, was)
    except Overtaken as over:
        raise KepiError(await say_first(context, user, row.id, over)) from over
    changed = row._replace(first=was.first, until=was.until, words=was.words)
    text = escape(say(wording.CHANGED, **await facts_of(context, changed)))
    await show_instead(context, pressed, text)


def unpack_undo(text: str) -> tuple[int, int, Written | None]:
    try:
        held = json.loads(text)
        was = held["was"]
        days = (date.fromisoformat(was[0]), date.fromisoformat(was[1])) if was else None
        known = Written(*days, str(was[2])) if days else None
        return number_of(str(held["note"])), number_of(str(held["version"])), known
    except (ValueError, KeyError, TypeError, IndexError):
        raise KepiError(wording.GONE) from None


def change(
    connection: Connection, context: Context, user: str, note: int, version: int, new: Written
) -> None:
    from storage.date_notes import change as change_note

    now = context.clock()
    change_note(connection, context.home.workspace, note, version, *new, user, now)


async def take_away(context: Context, pressed: Pressed, row: DateNoteRow, version: int) -> None:
    """Remove a note as it was seen, and offer to bring it back."""
    from storage.date_notes import remove

    user, now = pressed.asker.user, context.clock()
    try:
        await context.write(remove, context.home.workspace, row.id, version, user, now)
    except Overtaken as over:
        raise KepiError(await say_first(context, user, row.id, over)) from over
    text = escape(say(wording.REMOVED, **await facts_of(context, row)))
    choice = actions([button(say(wording.UNDO), RESTORE_PRESS, str(row.id))])
    await show_instead(context, pressed, text, [choice])


async def restore(context: Context, pressed: Pressed) -> None:
    """Bring back a note that was removed."""
    from storage.date_notes import bring_back, find

    user, workspace = pressed.asker.user, context.home.workspace
    row = await context.read(find, workspace, number_of(pressed.value))
    await require_note(context, user, row)
    back = await context.write(bring_back, workspace, row.id if row else 0, user, context.clock())
    if back is None:
        raise KepiError(wording.STANDS)
    text = escape(say(wording.BACK, **await facts_of(context, back)))
    await show_instead(context, pressed, text)


async def find_own(context: Context, user: str, note: int) -> DateNoteRow:
    """Return a note that stands and that ``user`` may change; raises ``KepiError`` else."""
    row = await find_note(context, user, note)
    if row.removed is not None:
        raise KepiError(wording.GONE)
    return row


async def find_note(context: Context, user: str, note: int) -> DateNoteRow:
    """Return a note that ``user`` may change, also one that was removed."""
    from storage.date_notes import find

    return await require_note(context, user, await context.read(find, context.home.workspace, note))


async def require_note(context: Context, user: str, row: DateNoteRow | None) -> DateNoteRow:
    """Refuse whoever neither wrote a note nor is an admin; what nobody wrote is gone."""
    await require_member(context, user, say(wording.GUESTS))
    if row is None:
        raise KepiError(wording.GONE)
    name = await find_name(context, row.by) if user != row.by else ""
    await require_own(context, user, row.by, say(wording.OTHERS, name=name))
    return row


async def show_instead(
    context: Context, pressed: Pressed, text: str, more: list[Block] | None = None
) -> None:
    """Say something in the place of the message that was pressed, or anew where it is a form."""
    blocks = [section(text), *(more or [])]
    if pressed.ts and pressed.asker.channel:
        await swap(context, pressed, text, blocks)
    else:
        await tell_blocks(context, pressed.asker, text, blocks)


async def facts_of(context: Context, row: DateNoteRow) -> dict[str, str]:
    """Return a note's days, with the year where that is another one, and its words."""
    from kpis.date_marks import isolate
    from kpis.periods import say_days

    year = context.clock().astimezone(await zone_here(context)).year
    return {"days": say_days(row.first, row.until, year), "words": isolate(row.words)}


async def zone_here(context: Context) -> ZoneInfo:
    from storage.workspaces import zone_of

    return ZoneInfo(await context.read(zone_of, context.home.workspace))


async def say_first(context: Context, user: str, note: int, over: Overtaken) -> str:
    """Return who changed or removed a note first, and how it is now."""
    from storage.date_notes import find

    row = await context.read(find, context.home.workspace, note)
    what = say(wording.THIS)
    if row is not None and not over.is_gone:
        what = say(wording.THIS_NOW, **await facts_of(context, row))
    return await say_overtaken(context, user, over, what)
