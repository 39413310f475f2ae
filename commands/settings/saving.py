"""Settings saved: in one transaction, against what the form was opened on, and taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from commands.asker import Asker, tell_blocks
from commands.blocks import VALUE, actions, button, escape, section
from commands.context import Context
from commands.home.publishing import point_to_messages
from commands.names import find_name
from commands.overtaken import say_overtaken, say_when
from commands.pressed import Pressed
from commands.private import swap
from commands.rights import require_admin, require_member
from commands.saying import say, say_declared
from commands.settings import wording
from commands.settings.form import HISTORY
from commands.settings.memory import Memory, mark, words_now
from commands.settings.reading import Wanted, say_changes
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.overtaken import Overtaken

UNDO = "settings_undo"
Changes = dict[str, tuple[str | None, str | None]]
"""Words before and after, by key."""


async def require_right(context: Context, user: str, channel: str) -> None:
    """Refuse who may not change these: the workspace's are the admins', a channel's members'."""
    from commands.destinations import require_channel

    command = context.home.command
    await require_member(context, user, say(wording.GUESTS))
    if channel:
        await require_channel(context, channel, user, then="open its settings again")
    else:
        await require_admin(context, user, say(wording.ADMINS, command=command))


def save_changes(
    connection: Connection,
    workspace: int,
    wanted: Mapping[str, str | None],
    opened: Mapping[str, str],
    channel: str,
    by: str,
    at: datetime,
) -> Changes:
    """Save some settings together; raises ``Overtaken`` where one is not as it was opened on."""
    from storage.database import take_turns
    from storage.overtaken import Overtaken
    from storage.settings import change, reset

    take_turns(connection, workspace)
    held = words_now(connection, workspace, channel)
    for key in wanted:
        if mark(held[key]) != opened.get(key, ""):
            raise Overtaken(*last_change(connection, workspace, key, channel, at), key=key)
    for key, words in wanted.items():
        if words is None:
            reset(connection, workspace, key, by, at, channel=channel, source="form")
        else:
            change(connection, workspace, key, words, by, at, channel=channel, source="form")
    return {key: (held[key], words) for key, words in wanted.items()}


def last_change(
    connection: Connection, workspace: int, key: str, channel: str, at: datetime
) -> tuple[str, datetime]:
    """Return who changed a setting last, and when; nobody, now, where that is not known."""
    from storage import setting_changes

    found = setting_changes.last_change(connection, workspace, key, channel)
    return (found.by, found.at) if found else ("", at)


async def save_and_tell(context: Context, user: str, memory: Memory, wanted: Wanted) -> None:
    """Save, and say what changed, with the way back."""
    from storage.overtaken import Overtaken
    from storage.settings import SETTINGS

    asker = memory.asker_of(user)
    await require_right(context, user, memory.channel)
    home, now = context.home.workspace, context.clock()
    try:
        changes = await context.write(
            save_changes, home, wanted, memory.opened, memory.channel, user, now
        )
    except Overtaken as over:
        title = say_declared(SETTINGS[over.key].title)
        raise KepiError(await say_overtaken(context, user, over, f"“{title}”")) from over
    await tell_changes(context, asker, memory.channel, changes)


async def tell_changes(context: Context, asker: Asker, channel: str, changes: Changes) -> None:
    point_to_messages(context, asker)
    if not changes:
        text = escape(say(wording.SAME))
        await tell_blocks(context, asker, text, [section(text)])
        return
    text = escape(say(wording.SAVED, changes=say_changes(changes)))
    if channel and asker.channel != channel:
        name = (await context.channels.find(channel)).name
        text = escape(say(wording.SAVED_FOR, channel=f"#{name}", changes=say_changes(changes)))
    back = {key: [before, mark(after)] for key, (before, after) in changes.items()}
    value = json.dumps([channel, back], ensure_ascii=False, separators=(",", ":"))
    row = [button(say(wording.UNDO), UNDO, value)] if len(value) <= VALUE else []
    row.append(button(say(wording.SHOW_HISTORY), HISTORY, channel))
    await tell_blocks(context, asker, text, [section(text), actions(row)])


async def undo(context: Context, pressed: Pressed) -> None:
    """*Undo*: as it was before, unless somebody changed it since."""
    from storage.overtaken import Overtaken

    channel, back = unpack_undo(pressed.value)
    user = pressed.asker.user
    await require_right(context, user, channel)
    wanted = {key: before for key, (before, _) in back.items()}
    opened = {key: after for key, (_, after) in back.items()}
    home, now = context.home.workspace, context.clock()
    try:
        changes = await context.write(save_changes, home, wanted, opened, channel, user, now)
    except Overtaken as over:
        raise await tell_no_longer(context, user, over) from over
    text = escape(say(wording.UNDONE, changes=say_changes(changes)))
    await swap(context, pressed, text, [section(text)])


async def tell_no_longer(context: Context, user: str, over: Overtaken) -> KepiError:
    """Return the line for who wants to undo what somebody changed since: who, what and when."""
    from commands.settings.history import title_of

    what, command = title_of(over.key), context.home.command
    if over.at is None:
        return KepiError(wording.NO_LONGER_ONCE, what=what, command=command)
    name = await find_name(context, over.by) if over.by else say(wording.COMMAND_LINE)
    when = await say_when(context, user, over.at)
    return KepiError(wording.NO_LONGER, name=name, what=what, when=when, command=command)


def unpack_undo(value: str) -> tuple[str, dict[str, tuple[str | None, str]]]:
    """Return the channel, and words before with marks of those after; a foreign value raises."""
    from storage.settings import SETTINGS

    try:
        channel, back = json.loads(value)
        held = {str(key): (before, str(after)) for key, (before, after) in back.items()}
    except (ValueError, TypeError, AttributeError) as fault:
        raise KepiError("That button is old. Say {command} settings.", command="/kpi") from fault
    if not set(held) <= set(SETTINGS):
        raise KepiError("That button is old. Say {command} settings.", command="/kpi")
    return str(channel), held
