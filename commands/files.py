"""A dropped export: looked at, shown, and stored or not as its sender decides."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncApp

from commands import wording
from commands.asker import Asker, asker_of_event, tell_blocks
from commands.blocks import Block, actions, button, escape, section
from commands.context import Context
from commands.data_file import write_csv
from commands.file_draft import unpack_draft
from commands.file_words import (
    SHOWN,
    THE_MATCH,
    describe,
    grouped,
    name_bad,
    report,
    say_match,
)
from commands.files_download import Dropped, describe_file, download
from commands.files_upload import NotUploaded, has_file, upload
from commands.heard import Heard
from commands.names import find_name
from commands.overtaken import say_overtaken
from commands.people import open_direct
from commands.pressed import Pressed, number_of, on_press
from commands.private import swap
from commands.rights import require_member, require_own
from commands.saying import say, say_count
from commands.tongues import in_own_language, language_of_person
from storage.errors import KepiError
from storage.overtaken import Overtaken
from storage.said import speak

if TYPE_CHECKING:
    from commands.file_reading import Read
    from storage.uploads import UploadRow

MATCH = "columns_match"


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, re.compile("^file_import"), in_own_language(import_file))
    on_press(app, context, "file_cancel", in_own_language(cancel))
    on_press(app, context, re.compile("^file_account"), in_own_language(choose_account))
    on_press(app, context, "file_undo", in_own_language(undo))


def is_drop(said: Mapping[str, Any]) -> bool:
    """Say whether a message brings a file: a person's, with or without words (§3)."""
    return (
        said.get("subtype") == "file_share" and bool(said.get("files")) and not said.get("bot_id")
    )


async def look_at_file(context: Context, heard: Heard) -> None:
    """Read a dropped file and show its sender what storing it would do; nothing is stored yet."""
    asker = asker_of_event(heard.inner)
    channel = await context.channels.find(asker.channel)
    file = await describe_file(context, heard.key.rpartition(":")[2])
    if file.owner == context.home.bot_user:
        return
    if is_settings_file(file) and channel.is_direct:
        await drop_settings(context, asker_in(asker, True), file, heard)
        return
    if not file.is_table:
        if channel.is_direct:
            raise KepiError(wording.NOT_A_TABLE, name=file.name)
        return
    await require_member(context, asker.user, wording.GUEST_FILE)
    data = await download(context, file)
    from kpis.tongue import speaking

    with speaking(await language_of_person(context, asker.user)):
        await offer(context, asker_in(asker, channel.is_direct), file, data, heard)


def is_settings_file(file: Dropped) -> bool:
    """Say whether a dropped file is one of settings (docs/settings.md)."""
    return file.name.lower().endswith(".toml")


async def drop_settings(context: Context, asker: Asker, file: Dropped, heard: Heard) -> None:
    """Show what a file of settings would change."""
    from commands.settings.exchange import look_at_settings
    from kpis.tongue import speaking

    with speaking(await language_of_person(context, asker.user)):
        await require_member(context, asker.user, wording.GUEST_FILE)
        data = await download(context, file)
        await look_at_settings(context, asker, file, data, heard)


def asker_in(asker: Asker, is_direct: bool) -> Asker:
    return Asker(asker.user, asker.channel, asker.thread, is_direct=is_direct)


async def offer(context: Context, asker: Asker, file: Dropped, data: bytes, heard: Heard) -> None:
    """Keep the bytes, and ask what to do with them."""
    from commands.file_reading import keep_and_preview

    read = await asyncio.to_thread(keep_and_preview, context, asker, file, data)
    blocks = await compose_read(context, asker, read)
    await tell_blocks(
        context, asker, words_of(blocks), blocks, key=heard.key, look_first=heard.again
    )
    if read.batch is not None and len(read.batch.bad) > SHOWN:
        await send_bad_rows(context, asker, read, look_first=heard.again)


async def compose_read(context: Context, asker: Asker, read: Read) -> list[Block]:
    """Return what a file holds, and by whose match it was read."""
    match = read.match
    name = await find_name(context, match.by) if match and match.by else ""
    return compose_preview(read, say_match(read.zone, match, name, asker.user) if match else "")


def compose_preview(read: Read, matched: str = "") -> list[Block]:
    """Return what a file holds, its bad rows, and the choices."""
    number = str(read.upload)
    packed = f":{read.draft.pack()}" if read.draft else ""
    if read.is_unknown:
        words = say("Match 4 columns once, and I know such files from then on.")
        row = [button(say("Match columns"), MATCH, number, style="primary")]
        row.append(button(say("Cancel"), "file_cancel", number))
        return [section(escape(read.trouble)), section(words), actions(row)]
    if read.batch is None or read.preview is None:
        choices = [
            button(f"{it.platform} {it.handle}", f"file_account:{n}", f"{number}:{it.id}{packed}")
            for n, it in enumerate(read.accounts[:10])
        ]
        return [
            section(escape(read.trouble)),
            actions([*choices, button(say("Cancel"), "file_cancel", number)]),
        ]
    seen, batch = read.preview, read.batch
    blocks = [section(describe(batch, seen))]
    notes = [
        *(escape(speak(note)) for note in (matched, *seen.notes) if note),
        *name_bad(batch.bad),
    ]
    if notes:
        blocks.append(section("\n".join(notes)))
    row = [button(say("Cancel"), "file_cancel", number)]
    value = f"{number}{packed}"
    if seen.rows and batch.bad:
        words = say_count("Import the good row", "Import the {number} good rows", seen.rows)
        row.insert(0, button(words, "file_import_good", value, style="primary"))
    elif seen.rows:
        words = say("Import {count}", count=grouped(seen.rows))
        row.insert(0, button(words, "file_import", value, style="primary"))
    if read.draft or read.match:
        row.append(button(say("Change the match"), MATCH, value))
    return [*blocks, actions(row)]


def words_of(blocks: list[Block]) -> str:
    """Return the first paragraph: what a notification says."""
    return str(blocks[0]["text"]["text"])


async def send_bad_rows(
    context: Context, asker: Asker, read: Read, *, look_first: bool = False
) -> None:
    """Send every bad row as a file, once; the message names the first ones only."""
    assert read.batch is not None
    rows: list[tuple[int | str | None, ...]] = [("line", "column", "reason")]
    rows += [(it.line, it.column, speak(it.reason)) for it in read.batch.bad]
    name = f"bad-rows-{read.batch.file_name.rpartition('.')[0] or 'file'}.csv"
    channel = await open_direct(context, asker.user)
    if look_first and await has_file(context, channel, name[-100:]):
        return
    try:
        await upload(context, write_csv(rows), name[-100:], channel=channel)
    except NotUploaded as fault:
        raise KepiError(wording.DATA_FAILED) from fault


async def import_file(context: Context, pressed: Pressed) -> None:
    """Store the file: all of it, or its good rows where that was chosen."""
    from commands.file_reading import store_upload

    number, _, packed = pressed.value.partition(":")
    row = await find_own(context, pressed, number)
    with claim(context, row.id) as is_mine:
        if not is_mine:
            return
        user, draft = pressed.asker.user, unpack_draft(packed)
        try:
            done = await asyncio.to_thread(store_upload, context, row.id, user, draft)
        except Overtaken as over:
            await show_other_match(context, pressed, row.id, over)
            return
        words = report(done.batch, done.imported)
        choices = [button(say("Ask"), "ask_form")]
        if done.imported.id is not None:
            value = f"{done.imported.id}:{row.by}"
            choices.append(button(say("Take it back"), "file_undo", value))
        await swap(context, pressed, words, [section(words), actions(choices)])


async def show_other_match(
    context: Context, pressed: Pressed, number: int, over: Overtaken
) -> None:
    """Show the file as somebody else matched its columns meanwhile; nothing was stored."""
    from commands.file_reading import read_upload

    read = await asyncio.to_thread(read_upload, context, number)
    words = await say_overtaken(context, pressed.asker.user, over, say(THE_MATCH))
    blocks = await compose_read(context, pressed.asker, read)
    await swap(context, pressed, words, [section(escape(words)), *blocks])


@contextmanager
def claim(context: Context, number: int) -> Iterator[bool]:
    """Give whether this press decides on the file, or another one is just doing so.

    It lasts as long as the process: what a crash cuts off is there to be decided on again.
    """
    if number in context.deciding:
        yield False
        return
    context.deciding.add(number)
    try:
        yield True
    finally:
        context.deciding.discard(number)


async def cancel(context: Context, pressed: Pressed) -> None:
    """Forget the file."""
    from storage import uploads

    row = await find_own(context, pressed, pressed.value)
    with claim(context, row.id) as is_mine:
        if not is_mine:
            return
        if not await context.write(uploads.decide, context.home.workspace, row.id):
            raise KepiError(wording.DECIDED)
        await swap(context, pressed, say(wording.CANCELLED), [section(say(wording.CANCELLED))])


async def choose_account(context: Context, pressed: Pressed) -> None:
    """Look at the file again, as one of the chosen account."""
    from commands.file_reading import read_upload

    number, _, rest = pressed.value.partition(":")
    account, _, packed = rest.partition(":")
    row = await find_own(context, pressed, number)
    with claim(context, row.id) as is_mine:
        if not is_mine:
            return
        draft = unpack_draft(packed)
        read = await asyncio.to_thread(read_upload, context, row.id, number_of(account), draft)
        blocks = await compose_read(context, pressed.asker, read)
        await swap(context, pressed, words_of(blocks), blocks)


async def undo(context: Context, pressed: Pressed) -> None:
    """Take an import back."""
    from commands.file_reading import take_back

    number, _, by = pressed.value.partition(":")
    await require_own(context, pressed.asker.user, by, say(wording.NOT_YOUR_FILE))
    words = escape(await asyncio.to_thread(take_back, context, number_of(number)))
    await swap(context, pressed, words, [section(words)])


async def find_own(context: Context, pressed: Pressed, number: str) -> UploadRow:
    """Return the waiting file of a press; refuse what is decided, or another person's."""
    from storage import uploads

    row = None
    if number.isdecimal():
        row = await context.read(uploads.find, context.home.workspace, int(number))
    if row is None:
        raise KepiError(wording.DECIDED)
    await require_own(context, pressed.asker.user, row.by, say(wording.NOT_YOUR_FILE))
    return row
