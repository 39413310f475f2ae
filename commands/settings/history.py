"""``/kpi settings history``: who changed what, when, from what to what; twenty at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from commands.asker import Asker, tell_blocks
from commands.blocks import Block, View_, actions, button, cut, escape, form, section
from commands.blocks import context as small
from commands.context import Context
from commands.pressed import Pressed
from commands.private import swap
from commands.rights import require_member
from commands.saying import declare, say, say_declared
from commands.settings import wording
from commands.settings.digest_words import say_title
from commands.settings.history_words import (
    CHANNEL_IDS,
    LONGEST,
    cut_apart,
    find_names,
    put_names,
    split_name,
)
from commands.settings.hours import TITLES
from commands.support.saving import DEFAULTS
from commands.support.setup_words import BY_KEY
from commands.support.sight import may_see, visible
from commands.views import fill_form, push_loading, show_trouble
from storage.errors import KepiError

if TYPE_CHECKING:
    from storage.setting_changes import ChangeRow

TURN = "settings_older"
A_PAGE, A_SECTION = 20, 4
"""Changes on a page, and in a section of it."""
A_LOOK = 500
"""Changes among which the newest are looked for, before it is asked what else may be seen."""
NUMBERED = {
    "alert": declare("Alert {number}"),
    "goal": declare("Goal {number}"),
    "note": declare("Note {number}"),
}


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

    await require_member(context, user, say(wording.GUESTS))
    if channel:
        await require_channel(context, channel, user)
    seen = await find_visible(context, user, channel, start + A_PAGE + 1)
    page = seen[start : start + A_PAGE]
    if not page:
        text = escape(say(wording.NO_HISTORY))
        return text, [section(text)]
    names = await find_names(context, user, page)
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


async def find_visible(context: Context, user: str, channel: str, most: int) -> list[ChangeRow]:
    """Return the newest changes that ``user`` may see, of a channel that they see or of all.

    Others' lines in between, however many, take nothing from the page.
    """
    from storage.setting_changes import changed_places, history

    home = context.home.workspace
    if channel:
        return await context.read(history, home, places=[channel], most=most)
    newest = await context.read(history, home, most=A_LOOK)
    seen = await choose_visible(context, user, newest, most)
    if len(seen) == most or len(newest) < A_LOOK:
        return seen
    channels = [it for it in await context.read(changed_places, home) if is_channel(it)]
    places = {"", user} | await visible(context, user, channels)
    return await context.read(history, home, places=places, most=most)


async def choose_visible(
    context: Context, user: str, rows: Iterable[ChangeRow], most: int
) -> list[ChangeRow]:
    """Return the first changes that ``user`` may see; each channel is asked about once.

    What stands in no channel but with a person is theirs alone, such as a private goal.
    """
    seen: list[ChangeRow] = []
    allowed: dict[str, bool] = {"": True, user: True}
    for row in rows:
        place = row.channel
        if place not in allowed:
            allowed[place] = is_channel(place) and await may_see(context, user, place)
        if allowed[place]:
            seen.append(row)
        if len(seen) == most:
            break
    return seen


def is_channel(place: str) -> bool:
    """Say whether a change stands in a channel or direct message; else it is of one person."""
    return place.startswith(("D", *CHANNEL_IDS))


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


def say_change(row: ChangeRow, names: dict[str, str], zone: ZoneInfo, *, with_place: bool) -> str:
    """Return “*22 Nov 14:02* Mia · #care · First answer within: 1 h → 45 min”."""
    from kpis.periods import say_day

    local = row.at.astimezone(zone)
    when = say("{day} {time}", day=say_day(local.date(), local.year), time=f"{local:%H:%M}")
    nobody = say(wording.SOMEBODY) if row.by else say(wording.COMMAND_LINE)
    by = names.get(row.by) or nobody
    place = names.get(row.channel, row.channel) if with_place else ""
    if row.channel and not row.channel.startswith(CHANNEL_IDS):
        place = say(wording.YOURS_ALONE)
    told = say_difference(row, names)
    parts = " · ".join(it for it in (by, place, told) if it)
    return f"*{when}* {escape(parts)}"


def say_difference(row: ChangeRow, names: dict[str, str]) -> str:
    """Return what was changed: the name of a thing that keeps it once, then what differs."""
    title, before, after = title_of(row.key), row.before, row.after
    if is_thing(row.key):
        name, before, after = split_name(before, after)
        title = ", ".join(filter(None, [title, cut(put_names(name, names), LONGEST)]))
    before, after = cut_apart(put_names(before, names), put_names(after, names))
    return say(wording.FROM_TO, title=title, before=shown(before), after=shown(after))


def is_thing(key: str) -> bool:
    """Say whether a change is of a thing (``storage.setting_changes.Thing``)."""
    return key.partition(" ")[0] in NUMBERED or key.startswith("digest.")


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


def shown(words: str) -> str:
    from kpis.titles import say_written

    return say_written(words) if words else "–"
