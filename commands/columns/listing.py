"""``/kpi columns``: the layouts that were matched, by whom and when; changed, removed, sent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commands import wording as house
from commands.asker import Asker, tell_blocks
from commands.blocks import Block, actions, button, cut, escape, section
from commands.blocks import context as small
from commands.columns.looking import require_match_right
from commands.columns.presses import CHANGE, EXPORT, LIST, REMOVE, RESTORE
from commands.columns.wording import grain_title, label_of
from commands.context import Context
from commands.file_words import say_moment
from commands.files_upload import NotUploaded, upload
from commands.names import find_name
from commands.people import open_direct
from commands.pressed import Pressed, number_of
from commands.private import swap
from commands.rights import require_member
from commands.saying import say
from storage import column_matches
from storage.column_matches import MatchRow
from storage.errors import KepiError
from storage.sources.mapping_text import write_mapping
from storage.workspaces import zone_of

A_PAGE = 4
MOST_FIELDS = 6


async def answer_list(context: Context, asker: Asker, key: str = "") -> None:
    """Show the asker alone the first matches."""
    await require_member(context, asker.user)
    text, blocks = await compose_list(context, 0)
    await tell_blocks(context, asker, text, blocks, key=key)


async def press_list(context: Context, pressed: Pressed) -> None:
    """*Matched files* on Home, or another page of the list."""
    await require_member(context, pressed.asker.user)
    text, blocks = await compose_list(context, number_of(pressed.value))
    await show(context, pressed, text, blocks)


async def remove(context: Context, pressed: Pressed) -> None:
    """*Remove*: such files are unknown again; it can be undone for a day."""
    row = await find_own(context, pressed)
    here, now = context.home.workspace, context.clock()
    await context.write(column_matches.remove, here, row.id, pressed.asker.user, now)
    words = say("{name} is matched no more. What was imported stays.", name=row.name)
    undo = button(say("Undo"), RESTORE, str(row.id))
    _, blocks = await compose_list(context, 0)
    await show(context, pressed, words, [section(escape(words)), actions([undo]), *blocks])


async def restore(context: Context, pressed: Pressed) -> None:
    """*Undo* of *Remove*."""
    user, number = pressed.asker.user, number_of(pressed.value)
    await require_member(context, user)
    here, now = context.home.workspace, context.clock()
    row = await context.read(column_matches.find_row, here, number, is_removed=True)
    if row is not None:
        await require_match_right(context, user, row)
    if row is None or not await context.write(column_matches.restore, here, number, user, now):
        raise KepiError("That cannot be brought back any more. See: /kpi columns")
    text, blocks = await compose_list(context, 0)
    await show(context, pressed, text, blocks)


async def export(context: Context, pressed: Pressed) -> None:
    """*Mapping file*: send a match as the file that ``--mapping`` reads."""
    await require_member(context, pressed.asker.user)
    row = await find_row(context, pressed)
    name = re.sub(r"[^a-z0-9]+", "-", row.name.rpartition(".")[0].lower()).strip("-") or "mapping"
    text = write_mapping(row.mapping, f"Of files like {row.name}")
    channel = await open_direct(context, pressed.asker.user)
    try:
        await upload(context, text.encode(), f"{name[:60]}.toml", channel=channel)
    except NotUploaded as fault:
        raise KepiError(house.DATA_FAILED) from fault


async def find_row(context: Context, pressed: Pressed) -> MatchRow:
    """Return the match of a press; raises ``KepiError`` where it is gone, or not ours."""
    number = number_of(pressed.value)
    row = await context.read(column_matches.find_row, context.home.workspace, number)
    if row is None:
        raise KepiError("This match was removed meanwhile. See: /kpi columns")
    return row


async def find_own(context: Context, pressed: Pressed) -> MatchRow:
    await require_member(context, pressed.asker.user)
    row = await find_row(context, pressed)
    await require_match_right(context, pressed.asker.user, row)
    return row


async def show(context: Context, pressed: Pressed, text: str, blocks: Sequence[Block]) -> None:
    """Put words in the place of the message that was pressed; from Home, send them."""
    if pressed.is_private or pressed.ts:
        await swap(context, pressed, text, blocks)
    else:
        await tell_blocks(context, pressed.asker, text, blocks)


async def compose_list(context: Context, start: int) -> tuple[str, list[Block]]:
    """Return one page of the list."""
    here = context.home.workspace
    rows = await context.read(column_matches.matches, here)
    zone = await context.read(zone_of, here)
    if not rows:
        words = say(
            "No columns are matched yet. Drop a table that I don't know, and match them once."
        )
        return words, [section(escape(words))]
    start = start if start < len(rows) else 0
    text = say("Files that I read as somebody matched their columns: {count}.", count=len(rows))
    blocks = [section(f"*{escape(text)}*")]
    for row in rows[start : start + A_PAGE]:
        blocks += await compose_row(context, row, zone)
    if len(rows) > start + A_PAGE:
        blocks.append(actions([button(say("More"), LIST, str(start + A_PAGE))]))
    return text, blocks


async def compose_row(context: Context, row: MatchRow, zone: str) -> list[Block]:
    """Return a match: its name, its columns, who and when, and what can be done."""
    grain = row.mapping.file.grain or "post"
    mapping = row.mapping
    said = list({**mapping.columns, **mapping.measures, **mapping.always}.items())
    shown = [f"{label_of(grain, key)} = {cut(name, 40)}" for key, name in said[:MOST_FIELDS]]
    left = len(said) - MOST_FIELDS
    shown += [say("and {count} more", count=left)] if left > 0 else []
    by = await find_name(context, row.by) if row.by else say("the command line")
    used = say_moment(zone, row.used, with_time=False) if row.used else say("not yet")
    when = say("{name}, {day} · last used: {used}", name=by,
               day=say_moment(zone, row.at, with_time=False), used=used)  # fmt: skip
    title = f"*{escape(row.name)}* · {escape(grain_title(grain))}"
    number = str(row.id)
    return [
        section(f"{title}\n{escape(', '.join(shown))}"),
        small([escape(when)]),
        actions(
            [
                button(say("Change"), CHANGE, number),
                button(say("Remove"), REMOVE, number),
                button(say("Mapping file"), EXPORT, number),
            ]
        ),
    ]
