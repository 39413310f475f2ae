"""The file of settings in Slack: sent to the direct message, dropped there, shown, applied."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from commands.asker import Asker, tell, tell_blocks
from commands.blocks import actions, button, escape, form, section
from commands.context import Context
from commands.files_upload import NotUploaded, upload
from commands.people import open_direct
from commands.pressed import Pressed, number_of
from commands.private import swap
from commands.rights import require_admin
from commands.saying import say
from commands.settings import wording
from commands.settings.applying import Ready, apply_file, plan_file
from commands.settings.consequences import find_all
from commands.settings.difference import (
    SHOWN,
    TAKE_BACK,
    compose_difference,
    compose_problems,
    mark_of,
    rest,
    sections,
)
from commands.settings.document import read_document
from commands.settings.exporting import FILE_NAME, export
from commands.settings.form import HISTORY
from commands.settings.knowing import complain_unknown_ids
from commands.settings.plan import Maker
from commands.settings.saving import tell_no_longer
from commands.settings.state import read_state
from commands.settings.undo_record import keep_undo
from commands.settings.undoing import undo_file
from commands.settings.wanted import Document
from commands.views import fill_form, push_loading, show_trouble
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from commands.files_download import Dropped
    from commands.heard import Heard
    from storage.uploads import UploadRow

ENDING = ".toml"


async def send_file(context: Context, asker: Asker) -> None:
    """Send the settings as a file to the direct message of an admin, and say so."""
    await upload_settings(context, asker)
    await tell(context, asker, say(wording.EXPORTED))


async def upload_settings(context: Context, asker: Asker) -> None:
    await require_settings_right(context, asker.user)
    home = context.home
    state = await context.read(read_state, home.workspace)
    text = export(state, home.name, context.clock())
    channel = await open_direct(context, asker.user)
    try:
        await upload(context, text.encode(), FILE_NAME, channel=channel)
    except NotUploaded as fault:
        raise KepiError(wording.NOT_SENT) from fault


async def press_export(context: Context, pressed: Pressed) -> None:
    """*Export*: the form says on top where the file is."""
    title = say(wording.EXPORT)
    view_id = await push_loading(context, pressed.trigger, title)
    try:
        await upload_settings(context, pressed.asker)
    except KepiError as trouble:
        await show_trouble(context, view_id, title, trouble)
        return
    done = [section(escape(say(wording.EXPORTED)))]
    view = form(title, done, callback_id="exported", close=say("Back"))
    await fill_form(context, view_id, view)


async def require_settings_right(context: Context, user: str) -> None:
    await require_admin(context, user, say(wording.ADMINS, command=context.home.command))


# --- dropped


async def look_at_settings(
    context: Context, asker: Asker, file: Dropped, data: bytes, heard: Heard
) -> None:
    """Show what applying a dropped file would change, or all that is wrong with it."""
    from storage import uploads

    await require_settings_right(context, asker.user)
    document = await asyncio.to_thread(read_bytes, data)
    ready = await check(context, asker.user, document)
    if document.problems:
        text, blocks = compose_problems(file.name, document.problems)
    elif not ready.plan.changes:
        text = escape(say(wording.NO_DIFFERENCE, name=file.name))
        blocks = [section(text)]
    else:
        number = await context.write(
            uploads.keep,
            context.home.workspace,
            file_id=file.id,
            channel=asker.channel,
            by=asker.user,
            file_name=file.name,
            data=data,
            at=context.clock(),
        )
        follows = await context.read(find_all, context.home.workspace, ready)
        text, blocks = compose_difference(file.name, ready.plan, number, follows)
    await tell_blocks(context, asker, text, blocks, key=heard.key, look_first=heard.again)


def read_bytes(data: bytes) -> Document:
    """Return a file's settings; one that is no text has one problem."""
    try:
        return read_document(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        document = Document()
        document.complain((), say("The file is no text in UTF-8."))
        return document


async def check(context: Context, user: str, document: Document) -> Ready:
    """Return what a file would change; everything wrong with it is in ``document.problems``."""
    home = context.home.workspace
    state = await context.read(read_state, home)
    await complain_unknown_ids(document, state, context.client)
    return await context.read(plan_file, home, document, Maker(user, context.clock()))


# --- decided


async def apply(context: Context, pressed: Pressed) -> None:
    """*Apply*: everything that was shown, in one transaction."""
    user = pressed.asker.user
    await require_settings_right(context, user)
    row, shown = await find_waiting(context, pressed)
    document = await asyncio.to_thread(read_bytes, row.data)
    maker = Maker(user, context.clock())
    ready = await check(context, user, document)
    count, key = await context.write(
        save_shown, context.home.workspace, document, maker, row.id, shown, ready
    )
    said = say(wording.APPLIED, name=row.file_name, count=count, command=context.home.command)
    buttons = [
        button(say(wording.UNDO), TAKE_BACK, key),
        button(say(wording.SHOW_HISTORY), HISTORY),
    ]
    await swap(context, pressed, escape(said), [section(escape(said)), actions(buttons)])


def save_shown(
    connection: Connection,
    workspace: int,
    document: Document,
    maker: Maker,
    upload: int,
    shown: str,
    ready: Ready,
) -> tuple[int, str]:
    """Apply a file if it still changes what was shown; return how much, and the way back.

    Raises ``KepiError`` where it would change something else now.
    """
    from storage import uploads

    done = apply_file(connection, workspace, document, maker, ready)
    if document.problems or mark_of(done.plan.changes) != shown:
        raise KepiError(wording.MOVED_ON)
    uploads.decide(connection, workspace, upload)
    return len(done.plan.changes), keep_undo(connection, workspace, done, maker)


async def take_back(context: Context, pressed: Pressed) -> None:
    """*Undo*: as it was before the file, unless somebody changed something of it since."""
    from storage.overtaken import Overtaken

    user = pressed.asker.user
    await require_settings_right(context, user)
    home, maker = context.home.workspace, Maker(user, context.clock())
    try:
        ready = await context.write(undo_file, home, pressed.value, maker)
    except Overtaken as over:
        raise await tell_no_longer(context, user, over) from over
    changes = ready.plan.changes
    text = escape(say(wording.TAKEN_BACK))
    lines = [escape(str(it)) for it in changes[:SHOWN]]
    row = actions([button(say(wording.SHOW_HISTORY), HISTORY)])
    await swap(context, pressed, text, [section(text), *sections(lines), *rest(len(changes)), row])


async def cancel(context: Context, pressed: Pressed) -> None:
    from storage import uploads

    await require_settings_right(context, pressed.asker.user)
    row, _ = await find_waiting(context, pressed)
    await context.write(uploads.decide, context.home.workspace, row.id)
    text = escape(say(wording.NOT_APPLIED))
    await swap(context, pressed, text, [section(text)])


async def find_waiting(context: Context, pressed: Pressed) -> tuple[UploadRow, str]:
    """Return the file that waits for the one who pressed, and the mark of what was shown."""
    from commands import wording as words_of_files
    from storage import uploads

    number, _, shown = pressed.value.partition(" ")
    row = await context.read(uploads.find, context.home.workspace, number_of(number))
    if row is None or row.by != pressed.asker.user or not row.file_name.lower().endswith(ENDING):
        raise KepiError(words_of_files.DECIDED)
    return row, shown
