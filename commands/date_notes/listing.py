"""``/kpi notes``: what is noted, the latest days first; each can be changed and removed."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.asker import Asker, asker_of_action, tell, tell_blocks
from commands.blocks import Block, actions, button, escape, overflow, section
from commands.blocks import context as small
from commands.context import Context
from commands.date_notes import saving, wording
from commands.date_notes.form import day_here, open_edit
from commands.names import find_name
from commands.pressed import Pressed, number_of, read_press
from commands.private import swap
from commands.rights import require_member
from commands.saying import say
from commands.tongues import in_own_language
from storage.errors import KepiError

if TYPE_CHECKING:
    from storage.date_notes import DateNoteRow

NEW_PRESS, PAGE_PRESS, MENU = "note_new", "note_page", "note_menu"
A_PAGE = 10
Days = tuple[date, date]


def register_menu(app: AsyncApp, context: Context) -> None:
    @app.action(MENU)
    async def menu(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        asker = asker_of_action(body)
        chosen = (body["actions"][0].get("selected_option") or {}).get("value")
        act, _, rest = str(chosen or "").partition(":")
        note, _, version = rest.partition(":")
        work = in_own_language(choose)(
            context, read_press(body), act, number_of(note), number_of(version)
        )
        context.tasks.start(work, lambda words: tell(context, asker, words))


async def choose(context: Context, pressed: Pressed, act: str, note: int, version: int) -> None:
    """*Edit* or *Remove* of the ⋯ menu."""
    if act == "edit":
        await open_edit(context, pressed, note)
        return
    row = await saving.find_own(context, pressed.asker.user, note)
    await saving.take_away(context, pressed, row, version)


async def press_list(context: Context, pressed: Pressed) -> None:
    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    await show_list(context, pressed.asker)


async def turn_page(context: Context, pressed: Pressed) -> None:
    await require_member(context, pressed.asker.user, say(wording.GUESTS))
    start, days = unpack_page(pressed.value)
    text, blocks = await compose(context, start, days)
    await swap(context, pressed, text, blocks)


async def show_list(
    context: Context, asker: Asker, days: Days | None = None, *, key: str = ""
) -> None:
    """Show the asker alone the notes, of some days or all."""
    text, blocks = await compose(context, 0, days)
    await tell_blocks(context, asker, text, blocks, key=key)


async def compose(context: Context, start: int, days: Days | None) -> tuple[str, list[Block]]:
    from kpis.date_notes import EXAMPLE
    from kpis.periods import say_days
    from kpis.tongue import say_count
    from storage.date_notes import notes_between, standing_notes

    workspace = context.home.workspace
    year = (await context.read(day_here, context)).year
    read = context.read
    rows = await (
        read(notes_between, workspace, *days) if days else read(standing_notes, workspace)
    )
    new = button(say(wording.NEW), NEW_PRESS)
    if not rows:
        then = say(wording.NONE_THEN, days=say_days(*days, year)) if days else ""
        text = escape(then or say(wording.NONE, example=EXAMPLE))
        return text, [section(text), actions([new])]
    rows.reverse()
    text = say_count("{number} note.", "{number} notes.", len(rows))
    blocks = [section(f"*{escape(text)}*")]
    blocks += [await row_of(context, it, year) for it in rows[start : start + A_PAGE]]
    blocks.append(small([escape(say(wording.SAY_ONE, example=EXAMPLE))]))
    turns = turns_of(start, len(rows), days)
    return text, [*blocks, actions([*turns, new])]


def turns_of(start: int, count: int, days: Days | None) -> list[Any]:
    found = []
    if start:
        back = pack_page(max(0, start - A_PAGE), days)
        found.append(button(say(wording.NEWER_PAGE), f"{PAGE_PRESS}:newer", back))
    if start + A_PAGE < count:
        onwards = pack_page(start + A_PAGE, days)
        found.append(button(say(wording.OLDER_PAGE), f"{PAGE_PRESS}:older", onwards))
    return found


async def row_of(context: Context, row: DateNoteRow, year: int) -> Block:
    """Return one note: its days, what happened, who wrote it."""
    from kpis.date_marks import isolate
    from kpis.periods import say_days

    days = escape(say_days(row.first, row.until, year))
    words = f"*{days}* · {escape(isolate(row.words))}\n{escape(await find_name(context, row.by))}"
    here = f"{row.id}:{row.version}"
    choices = [(say(wording.EDIT), f"edit:{here}"), (say(wording.REMOVE), f"remove:{here}")]
    return section(words) | {"accessory": overflow(MENU, choices).to_dict()}


def pack_page(start: int, days: Days | None) -> str:
    return json.dumps({"start": start, "days": [it.isoformat() for it in days] if days else None})


def unpack_page(text: str) -> tuple[int, Days | None]:
    try:
        held = json.loads(text)
        days = held["days"]
        first, until = (date.fromisoformat(it) for it in days) if days else (None, None)
        return int(held["start"]), (first, until) if first and until else None
    except (ValueError, KeyError, TypeError):
        raise KepiError(wording.GONE) from None
