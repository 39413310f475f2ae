"""``/kpi settings history``: who changed what, when, from what to what; twenty at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from commands.asker import Asker, tell_blocks
from commands.blocks import Block, View_, actions, button, cut, escape, form, section
from commands.blocks import context as small
from commands.calls import FAULTS
from commands.context import Context
from commands.pressed import Pressed
from commands.private import swap
from commands.rights import require_member
from commands.saying import declare, say, say_declared
from commands.settings import wording
from commands.settings.digest_words import say_title
from commands.settings.hours import TITLES
from commands.support.saving import DEFAULTS
from commands.support.setup_words import BY_KEY
from commands.support.sight import may_see
from commands.views import fill_form, push_loading, show_trouble
from storage.errors import KepiError

if TYPE_CHECKING:
    from storage.setting_changes import ChangeRow

TURN = "settings_older"
A_PAGE, A_SECTION = 20, 4
"""Changes on a page, and in a section of it."""
DEEPEST = 500
LONGEST = 120
"""Letters of a value."""
CHANNELS = ("C", "D", "G")
"""How ids of channels begin; those of people begin otherwise."""
NUMBERED = {
    "alert": declare("Alert {number}"),
    "goal": declare("Goal {number}"),
    "note": declare("Note {number}"),
}
IDS = re.compile(r"\b[UWCG][A-Z0-9]{6,20}\b")


async def show_history(
    context: Context, asker: Asker, channel: str = "", *, start: int = 0, key: str = ""
) -> None:
    """Tell the asker alone the newest changes: of everything, or of one channel."""
    text, blocks = await compose(context, asker.user, channel, start)
    await tell_blocks(context, asker, text, blocks, key=key)


async def press_history(context: Context, pressed: Pressed, view: Mapping[str, Any]) -> None:
    """*History*: beside the message whose button it is, or on top of the form."""
    if view.get("type") != "modal":
        await show_history(context, pressed.asker, pressed.value)
        return
    view_id = await push_loading(context, pressed.trigger, say(wording.SHOW_HISTORY))
    try:
        _, blocks = await compose(context, pressed.asker.user, pressed.value, 0)
    except KepiError as trouble:
        await show_trouble(context, view_id, say(wording.SHOW_HISTORY), trouble)
        return
    await fill_form(context, view_id, compose_form(context, blocks))


def compose_form(context: Context, blocks: Sequence[Block]) -> View_:
    """Return the newest changes as a form to read; older ones are turned to in a message."""
    shown = [it for it in blocks if it["type"] != "actions"]
    if len(shown) < len(blocks):
        older = say("Older ones: {command} settings history", command=context.home.command)
        shown.append(small([escape(older)]))
    return form(say(wording.SHOW_HISTORY), shown, callback_id="history", close=say("Back"))


async def turn(context: Context, pressed: Pressed) -> None:
    """*Older*, *Newer*: in the place of the page that was pressed."""
    channel, _, start = pressed.value.partition(" ")
    number = int(start) if start.isdecimal() and len(start) < 5 else 0
    text, blocks = await compose(context, pressed.asker.user, channel.strip("-"), number)
    await swap(context, pressed, text, blocks)


async def compose(context: Context, user: str, channel: str, start: int) -> tuple[str, list[Block]]:
    """Return a page; raises ``KepiError`` for guests, and for a channel that ``user`` cannot see.

    Changes of private channels are told to their members alone.
    """
    from commands.destinations import require_channel
    from storage.setting_changes import history

    await require_member(context, user, say(wording.GUESTS))
    if channel:
        await require_channel(context, channel, user)
    home = context.home.workspace
    rows = await context.read(history, home, channel=channel or None, most=DEEPEST)
    seen = await first_visible(context, user, rows, start + A_PAGE + 1)
    page = seen[start : start + A_PAGE]
    if not page:
        text = escape(say(wording.NO_HISTORY))
        return text, [section(text)]
    names = await find_names(context, page)
    zone = await zone_for(context, user)
    lines = [say_change(it, names, zone, with_place=not channel) for it in page]
    title = say(wording.HISTORY)
    if channel:
        title = say(wording.HISTORY_HERE, channel=names.get(channel, channel))
    blocks = [section(f"*{escape(title)}*")]
    blocks += [
        section("\n".join(lines[at : at + A_SECTION])) for at in range(0, len(lines), A_SECTION)
    ]
    blocks += turns(channel, start, len(seen))
    return escape(say("{title}.", title=title)), blocks


async def first_visible(
    context: Context, user: str, rows: Sequence[ChangeRow], most: int
) -> list[ChangeRow]:
    """Return the first changes that ``user`` may see; each channel is asked about once.

    What stands in no channel but with a person is theirs alone, such as a private goal.
    """
    seen: list[ChangeRow] = []
    allowed: dict[str, bool] = {"": True, user: True}
    for row in rows:
        if row.channel not in allowed:
            is_channel = row.channel.startswith(CHANNELS)
            allowed[row.channel] = is_channel and await may_see(context, user, row.channel)
        if allowed[row.channel]:
            seen.append(row)
        if len(seen) >= most:
            break
    return seen


def turns(channel: str, start: int, count: int) -> list[Block]:
    row = []
    if start + A_PAGE < count:
        row.append(button(say(wording.OLDER), f"{TURN}:1", f"{channel or '-'} {start + A_PAGE}"))
    if start:
        row.append(
            button(say(wording.NEWER), f"{TURN}:0", f"{channel or '-'} {max(0, start - A_PAGE)}")
        )
    return [actions(row)] if row else []


async def zone_for(context: Context, user: str) -> ZoneInfo:
    from storage.workspaces import zone_of

    zone = (await context.people.find(user)).zone
    return ZoneInfo(zone or await context.read(zone_of, context.home.workspace))


async def find_names(context: Context, rows: Sequence[ChangeRow]) -> dict[str, str]:
    """Return the names of people and channels in some changes; who is gone is “somebody”."""
    ids = {it.by for it in rows if it.by}
    ids |= {it.channel for it in rows if it.channel.startswith(CHANNELS)}
    for row in rows:
        ids |= set(IDS.findall(f"{row.before} {row.after}"))
    return {it: await name_of(context, it) for it in sorted(ids)}


async def name_of(context: Context, it: str) -> str:
    try:
        if it.startswith(("C", "G")):
            name = (await context.channels.find(it)).name
            return f"#{name}" if name else it
        return (await context.people.find(it)).name or say(wording.SOMEBODY)
    except FAULTS:
        return it


def say_change(row: ChangeRow, names: dict[str, str], zone: ZoneInfo, *, with_place: bool) -> str:
    """Return “*22 Nov 14:02* Mia · #care · First answer within: 1 h → 45 min”."""
    from kpis.periods import say_day

    local = row.at.astimezone(zone)
    when = say("{day} {time}", day=say_day(local.date(), local.year), time=f"{local:%H:%M}")
    by = names.get(row.by, "") if row.by else say(wording.COMMAND_LINE)
    place = names.get(row.channel, row.channel) if with_place else ""
    if row.channel and not row.channel.startswith(CHANNELS):
        place = say(wording.YOURS_ALONE)
    before, after = shown(row.before, names), shown(row.after, names)
    told = say(wording.FROM_TO, title=title_of(row.key), before=before, after=after)
    parts = " · ".join(it for it in (by, place, told) if it)
    return f"*{when}* {escape(parts)}"


def title_of(key: str) -> str:
    """Return what people call a setting; a key that is of another room is shown as it is."""
    from storage.settings import SETTINGS

    if key in SETTINGS:
        return say_declared(SETTINGS[key].title)
    room, _, field = key.partition(".")
    if room == "support" and field in BY_KEY:
        return say_declared(BY_KEY[field].title)
    if room == "hours" and field in TITLES:
        return say_declared(TITLES[field])
    if key == DEFAULTS:
        return say(wording.NEW_CHANNELS)
    if room == "digest":
        return say_title(field)
    if room == "relays":
        return say("Posts of {app}", app=field)
    thing, _, number = key.partition(" ")
    if thing in NUMBERED:
        return say_declared(NUMBERED[thing], number=number)
    return key.replace(".", ", ").replace("-", " ").capitalize()


def shown(words: str, names: dict[str, str]) -> str:
    if not words:
        return "–"
    from kpis.titles import say_written

    return cut(say_written(IDS.sub(lambda it: names.get(it[0], it[0]), words)), LONGEST)
