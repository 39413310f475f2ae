"""The file of settings in Slack: sent to the direct message, dropped there, shown, applied."""

from __future__ import annotations

import asyncio
from hashlib import sha256
from typing import TYPE_CHECKING

from commands.asker import Asker, tell, tell_blocks
from commands.blocks import Block, actions, button, context, escape, form, section
from commands.context import Context
from commands.files_upload import NotUploaded, upload
from commands.people import open_direct
from commands.pressed import Pressed, number_of
from commands.private import swap
from commands.rights import require_admin
from commands.saying import say
from commands.settings import wording
from commands.settings.applying import apply_file, plan_file
from commands.settings.document import Document, Problem, read_document
from commands.settings.exporting import FILE_NAME, export
from commands.settings.form import HISTORY
from commands.settings.knowing import complain_unknown_ids
from commands.settings.planning import Change, Maker, Plan
from commands.settings.state import read_state
from commands.views import fill_form, push_loading, show_trouble
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from commands.files_download import Dropped
    from commands.heard import Heard
    from storage.uploads import UploadRow

APPLY, CANCEL = "settings_apply", "settings_cancel"
ENDING = ".toml"
SHOWN, A_SECTION = 20, 5
"""Problems or changes that a message tells, and of them a section."""


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
        raise KepiError(say(wording.NOT_SENT)) from fault


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
    plan = await check(context, asker.user, document)
    if document.problems:
        text, blocks = compose_problems(file.name, document.problems)
    elif not plan.changes:
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
        text, blocks = compose_difference(file.name, plan, number)
    await tell_blocks(context, asker, text, blocks, key=heard.key, look_first=heard.again)


def read_bytes(data: bytes) -> Document:
    """Return a file's settings; one that is no text has one problem."""
    try:
        return read_document(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        document = Document()
        document.complain((), say("The file is no text in UTF-8."))
        return document


async def check(context: Context, user: str, document: Document) -> Plan:
    """Return what a file would change; everything wrong with it is in ``document.problems``."""
    home = context.home.workspace
    state = await context.read(read_state, home)
    await complain_unknown_ids(document, state, context.client)
    return await context.read(plan_file, home, document, Maker(user, context.clock()))


def compose_problems(name: str, problems: list[Problem]) -> tuple[str, list[Block]]:
    count = len(problems)
    one, several = say(wording.BAD_ONE, name=name), say(wording.BAD_FILE, count=count, name=name)
    text = escape(one if count == 1 else several)
    lines = [escape(str(it)) for it in sorted(problems)[:SHOWN]]
    return text, [section(text), *sections(lines), *rest(len(problems))]


def compose_difference(name: str, plan: Plan, number: int) -> tuple[str, list[Block]]:
    count = len(plan.changes)
    one = say(wording.DIFFERENCE_ONE, name=name)
    text = escape(one if count == 1 else say(wording.DIFFERENCE, count=count, name=name))
    lines = [escape(str(it)) for it in plan.changes[:SHOWN]]
    value = f"{number} {mark_of(plan.changes)}"
    row = actions(
        [
            button(say(wording.APPLY), APPLY, value, style="primary"),
            button(say("Cancel"), CANCEL, value),
        ]
    )
    return text, [section(text), *sections(lines), *rest(count), row]


def sections(lines: list[str]) -> list[Block]:
    return [
        section("\n".join(lines[at : at + A_SECTION])) for at in range(0, len(lines), A_SECTION)
    ]


def rest(count: int) -> list[Block]:
    if count <= SHOWN:
        return []
    return [context([escape(say(wording.MORE_PROBLEMS, count=count - SHOWN))])]


def mark_of(changes: list[Change]) -> str:
    """Return a short mark of a difference: what is applied is what was shown."""
    return sha256("\n".join(map(str, changes)).encode()).hexdigest()[:12]


# --- decided


async def apply(context: Context, pressed: Pressed) -> None:
    """*Apply*: everything that was shown, in one transaction."""
    user = pressed.asker.user
    await require_settings_right(context, user)
    row, shown = await find_waiting(context, pressed)
    document = await asyncio.to_thread(read_bytes, row.data)
    state = await context.read(read_state, context.home.workspace)
    await complain_unknown_ids(document, state, context.client)
    plan = await context.write(
        save_shown, context.home.workspace, document, Maker(user, context.clock()), row.id, shown
    )
    count, command = len(plan.changes), context.home.command
    text = escape(say(wording.APPLIED, name=row.file_name, count=count, command=command))
    row_of_buttons = actions([button(say(wording.SHOW_HISTORY), HISTORY)])
    await swap(context, pressed, text, [section(text), row_of_buttons])


def save_shown(
    connection: Connection,
    workspace: int,
    document: Document,
    maker: Maker,
    upload: int,
    shown: str,
) -> Plan:
    """Apply a file if it still changes what was shown; raises ``KepiError`` where it does not."""
    from storage import uploads

    plan = apply_file(connection, workspace, document, maker)
    if document.problems or mark_of(plan.changes) != shown:
        raise KepiError(say(wording.MOVED_ON))
    uploads.decide(connection, workspace, upload)
    return plan


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
        raise KepiError(say(words_of_files.DECIDED))
    return row, shown
