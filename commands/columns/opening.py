"""The form of a match opened, changed while it is open, and sent."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck

from commands import forms
from commands.asker import tell
from commands.blocks import escape, form, section
from commands.columns.around import Around
from commands.columns.checking import check_sheet
from commands.columns.filling import Errors, read_sheet
from commands.columns.form import compose_form
from commands.columns.looking import asker_in, first_draft, look, trouble_view
from commands.columns.questions import find_doubt
from commands.columns.sheet import Sheet, unpack_sheet
from commands.context import Context
from commands.file_draft import Draft, unpack_draft
from commands.file_mapping import make_mapping
from commands.file_reading import read_upload, remember
from commands.file_words import THE_MATCH
from commands.files import compose_read, words_of
from commands.overtaken import say_overtaken
from commands.pressed import Pressed, number_of
from commands.private import swap
from commands.rights import require_member
from commands.saying import say
from commands.tongues import language_of_person
from commands.views import fill_form, open_loading, show_trouble
from kpis.tongue import speaking
from storage.column_matches import MatchRow, find_row, overtaken_by
from storage.errors import KepiError
from storage.overtaken import Overtaken
from storage.sources.match_fields import FIELDS, FOUR


async def open_match(context: Context, pressed: Pressed) -> None:
    """*Match columns* under a file: open the form, filled in with guesses or what was said."""
    number, _, packed = pressed.value.partition(":")
    sheet = Sheet(
        unpack_draft(packed) or Draft(),
        upload=number_of(number),
        asker=pressed.asker,
        ts=pressed.ts,
        is_private=pressed.is_private,
    )
    sheet = replace(sheet, more=has_more(sheet.draft))
    await open_sheet(context, pressed, sheet, is_new=not packed)


async def open_change(context: Context, pressed: Pressed) -> None:
    """*Change* in the list: the match by its header alone, without a file."""
    sheet = Sheet(Draft(), match=number_of(pressed.value), asker=pressed.asker, more=True)
    await open_sheet(context, pressed, sheet, is_new=True)


def has_more(draft: Draft) -> bool:
    """Tell whether somebody matched more than the four columns that matter."""
    beside = FIELDS[draft.grain][FOUR:] if draft.grain in FIELDS else ()
    return any(it.key in draft.picks for it in beside)


async def open_sheet(context: Context, pressed: Pressed, sheet: Sheet, *, is_new: bool) -> None:
    """Open the form at once, and fill it when the file was looked at."""
    await require_member(context, pressed.asker.user)
    view_id = await open_loading(context, pressed.trigger, say("Match columns"))
    try:
        around, match = await look(context, sheet, pressed.asker.user)
        if is_new:
            draft = await asyncio.to_thread(first_draft, around, match)
            sheet = replace(
                sheet, draft=draft, more=sheet.more or (match is not None and has_more(draft))
            )
        view = await asyncio.to_thread(compose_form, sheet, around)
    except KepiError as trouble:
        await show_trouble(context, view_id, say("Match columns"), trouble)
        return
    await fill_form(context, view_id, view)


async def change_open(
    context: Context, pressed: Pressed, view: dict[str, Any], *, more: bool = False
) -> None:
    """Another kind of row, whose they are, *More columns*: show its fields; the rest stays."""
    sheet = unpack_sheet(str(view.get("private_metadata") or ""))
    around, _ = await look(context, sheet, pressed.asker.user)
    sheet, _ = await asyncio.to_thread(read_sheet, sheet, view, around)
    sheet = replace(sheet, more=sheet.more or more)
    shown = await asyncio.to_thread(compose_form, sheet, around)
    await fill_form(context, str(view.get("id") or ""), shown)


async def submit(context: Context, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Complain at the fields, or show what the file holds; in the language of who fills it in."""
    user = str(body["user"]["id"])
    with speaking(await language_of_person(context, user)):
        try:
            sheet = unpack_sheet(str(body["view"].get("private_metadata") or ""))
            around, match = await look(context, sheet, user)
        except KepiError as trouble:
            await ack(response_action="update", view=trouble_view(str(trouble)))
            return
        await check_and_go_on(context, ack, body, sheet, around, match)


async def check_and_go_on(
    context: Context,
    ack: AsyncAck,
    body: dict[str, Any],
    sheet: Sheet,
    around: Around,
    match: MatchRow | None,
) -> None:
    """Acknowledge with complaints, with a question that came up, or go on."""
    view = body["view"]
    before = sheet
    sheet, errors = await asyncio.to_thread(fill_and_check, sheet, view, around)
    if errors:
        await ack(response_action="errors", errors=at_fields(view, errors))
        return
    is_asked = "numbers" in forms.filled(view)
    if not is_asked and find_doubt(sheet.draft, around.seen):
        shown = await asyncio.to_thread(compose_form, sheet, around)
        await ack(response_action="update", view=shown)
        return
    if sheet.match:
        await save_change(context, ack, str(body["user"]["id"]), sheet, around)
        return
    if (match.version if match else 0) != sheet.draft.version:
        over = overtaken_by(match)
        words = await say_overtaken(context, str(body["user"]["id"]), over, say(THE_MATCH))
        await ack(response_action="errors", errors={"grain": words})
        return
    await ack()
    asker = asker_in(before, body)
    context.tasks.start(show_preview(context, sheet), lambda words: tell(context, asker, words))


def fill_and_check(sheet: Sheet, view: Mapping[str, Any], around: Around) -> tuple[Sheet, Errors]:
    filled, typed_wrong = read_sheet(sheet, view, around)
    checked, errors = check_sheet(filled, around)
    return checked, errors | typed_wrong


def at_fields(view: Mapping[str, Any], errors: Errors) -> Errors:
    """Return the complaints at fields that the form has; the others at its first one."""
    shown = {str(it.get("block_id")) for it in view.get("blocks") or []}
    known = {name: words for name, words in errors.items() if name in shown}
    return known or {"grain": " ".join(errors.values())}


async def show_preview(context: Context, sheet: Sheet) -> None:
    """Show what the file holds as it was matched, in the place of the message that asked."""
    context.shown.forget(f"columns:{sheet.upload}")
    read = await asyncio.to_thread(read_upload, context, sheet.upload, None, sheet.draft)
    blocks = await compose_read(context, sheet.asker, read)
    pressed = Pressed(sheet.asker, "", "", sheet.ts, sheet.is_private)
    await swap(context, pressed, words_of(blocks), blocks)


async def save_change(
    context: Context, ack: AsyncAck, user: str, sheet: Sheet, around: Around
) -> None:
    """Save a match that was changed without a file, unless somebody else was first."""
    try:
        row = await asyncio.to_thread(keep_change, context, user, sheet, around)
    except Overtaken as over:
        words = await say_overtaken(context, user, over, say(THE_MATCH))
        await ack(response_action="errors", errors={"grain": words})
        return
    except KepiError as trouble:
        await ack(response_action="errors", errors={"grain": str(trouble)})
        return
    words = say("Saved. Files like {name} are read so from now on.", name=row.name)
    done = form(say("Match columns"), [section(escape(words))], callback_id="columns_done")
    await ack(response_action="update", view=done)


def keep_change(context: Context, user: str, sheet: Sheet, around: Around) -> MatchRow:
    """Save the match; without a file to look at, its dates are read as before."""
    mapping = make_mapping(sheet.draft, around.seen, around.accounts, around.zone, around.now)
    with context.database.read() as connection:
        held = find_row(connection, context.home.workspace, sheet.match)
    if held is not None:
        formats = {"date_formats": held.mapping.file.date_formats}
        mapping = mapping.model_copy(update={"file": mapping.file.model_copy(update=formats)})
    return remember(context, around.title, around.seen.header, mapping, user, sheet.draft.version)
