"""``/support relays``: how the posts of apps are read, each rule with a *Remove* button (§2.1)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp

from commands.blocks import Block, button, context, cut, escape, section
from commands.calls import FAULTS, repeat
from commands.context import Context
from commands.pressed import Pressed, number_of, on_press
from commands.private import swap
from commands.rights import is_admin, require_admin, require_member
from commands.saying import joined, say, say_count, say_declared
from commands.support import wording
from commands.support.listing import Listed
from commands.support.looking import channel_name, names_of
from commands.support.moments import micros_of, say_moment
from commands.support.noting import note_relay
from commands.support.people import channel_members
from commands.support.place import read_rule
from commands.support.relay_form import PARTS
from commands.support.requests import Request
from commands.support.setup import require_setup
from commands.support.sight import visible
from commands.support.sources import platform_title
from commands.tongues import in_own_language
from storage.errors import KepiError
from support.relays import RelayRule

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.desks import RelayRow

log = logging.getLogger(__name__)

REMOVE = "support_relay_remove"
MOST = 12


@dataclass(frozen=True)
class Taught:
    """One rule as it is shown, in words that are not escaped yet."""

    number: int
    lines: tuple[str, ...]
    may_remove: bool


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, REMOVE, in_own_language(remove))


async def answer(request: Request) -> None:
    """List the rules of all channels that the asker sees, or of the one that was named."""
    page = await relays_page(request.context, request.asker.user, request.said.channel)
    await request.answer(page)


async def remove(context: Context, pressed: Pressed) -> None:
    """End a rule; what it made already stays, and the list is shown as it is then."""
    user, workspace = pressed.asker.user, context.home.workspace
    await require_member(context, user, say(wording.GUESTS))
    number, _, only = pressed.value.partition("|")
    held, _ = await context.read(read_rules, workspace)
    row = next((it for it in held if it.id == number_of(number)), None)
    if row is None:
        raise KepiError(wording.RELAY_GONE)
    if row.channel:
        await require_setup(context, user, row.channel)
    else:
        await require_admin(context, user)
    ended = await context.write(end_rule, context, row, user)
    page = await relays_page(context, user, only, say(wording.RELAY_REMOVED) if ended else "")
    await swap(context, pressed, page.text, page.blocks)


def end_rule(connection: Connection, context: Context, row: RelayRow, user: str) -> bool:
    from storage import desks

    workspace, now = context.home.workspace, context.clock()
    ended = desks.remove_relay_rule(connection, workspace, row.id, now)
    if ended and (rule := read_rule(row.rule)) is not None:
        note_relay(connection, workspace, rule, user, now, is_held=False)
    return ended


def read_rules(connection: Connection, workspace: int) -> tuple[list[RelayRow], ZoneInfo]:
    from storage import desks
    from storage.workspaces import zone_of

    held = desks.relay_rules(connection, workspace)
    return held, ZoneInfo(zone_of(connection, workspace))


async def relays_page(context: Context, user: str, channel: str = "", said: str = "") -> Listed:
    """Return the rules that ``user`` may see, the newest first, after what was ``said``."""
    held, zone = await context.read(read_rules, context.home.workspace)
    asked = [it for it in held if channel in ("", it.channel) or not it.channel]
    open_to = await visible(context, user, {it.channel for it in asked} - {""})
    rows = [it for it in asked if not it.channel or it.channel in open_to][::-1]
    page = rows[:MOST]
    allowed = await find_allowed(context, user, {it.channel for it in page})
    rules = {it.id: read_rule(it.rule) for it in page}
    people = await names_of(context, [it.by for it in page])
    apps = await app_names(context, [rule for rule in rules.values() if rule is not None])
    places = {it: await channel_name(context, it, it) for it in open_to}
    now = micros_of(context.clock())
    shown = []
    for it in page:
        where = say(wording.IN_CHANNEL, channel=places[it.channel]) if it.channel else ""
        lines = [
            f"{apps.get(it.app, it.app)} · {where or say(wording.IN_ALL)}",
            *describe(rules[it.id]),
        ]
        when = say_moment(micros_of(it.at), zone, now)
        lines.append(say(wording.RELAY_TAUGHT, who=people.get(it.by) or say("somebody"), when=when))
        shown.append(Taught(it.id, tuple(lines), it.channel in allowed))
    return compose(shown, len(rows), channel, said)


async def find_allowed(context: Context, user: str, channels: Iterable[str]) -> set[str]:
    """Return the channels whose rules somebody may remove; "" stands for every channel."""
    found = set()
    for channel in channels:
        try:
            if channel:
                may = user in await channel_members(context, channel)
            else:
                may = await is_admin(context, user)
        except FAULTS as fault:
            log.info("a channel's members are unknown", extra={"why": str(fault)[:200]})
            may = False
        found |= {channel} if may else set()
    return found


async def app_names(context: Context, rules: Iterable[RelayRule]) -> dict[str, str]:
    """Return what apps are called, as far as Slack says: it tells a bot's name, not an app's."""

    async def ask(bot: str) -> str:
        try:
            told = await repeat(lambda: context.client.bots_info(bot=bot))
        except FAULTS as fault:
            log.info("an app's name is not known", extra={"why": str(fault)[:200]})
            return ""
        return str((told.get("bot") or {}).get("name") or "")

    bots = {
        rule.app: bot
        for rule in rules
        if (bot := next((it for it in sorted(rule.senders) if it.startswith("B")), ""))
    }
    names = await asyncio.gather(*map(ask, bots.values()))
    return {app: name for app, name in zip(bots, names, strict=True) if name}


def describe(rule: RelayRule | None) -> list[str]:
    """Return what a rule does, in words: what such posts are, and what is read in them."""
    if rule is None:
        return [say(wording.RELAY_UNREADABLE)]
    kind = say_declared(wording.RELAY_KINDS[rule.direction.value])
    lines = [say(wording.RELAY_POSTS, what=kind)]
    read = [say_part(rule, part, label) for part, label in PARTS if part in rule.parts]
    if read:
        lines.append(say(wording.RELAY_READS, parts=joined(read)))
    return lines


def say_part(rule: RelayRule, part: str, label: str) -> str:
    """Return “who wrote it”, or “network (always X)” where the rule itself says it."""
    value, label = rule.parts[part].value, say_declared(label)
    name = label[:1].lower() + label[1:]
    if not value:
        return name
    told = platform_title(value) if part == "platform" else cut(value, 40)
    return say("{what} (always {value})", what=name, value=told)


def compose(shown: list[Taught], count: int, channel: str = "", said: str = "") -> Listed:
    """Return the message: a rule a block, each with its button where the reader may press it."""
    head = say(wording.NO_RELAYS)
    if count:
        head = say_count(wording.ONE_RELAY, wording.RELAYS, count)
    text = f"{said} {head}" if said else head
    blocks: list[Block] = [section(escape(text))]
    for it in shown:
        first, *others = map(escape, it.lines)
        block = section("\n".join([f"*{first}*", *others]))
        if it.may_remove:
            pressed = button(say(wording.RELAY_REMOVE), REMOVE, f"{it.number}|{channel}")
            block |= {"accessory": pressed.to_dict()}
        blocks.append(block)
    small = [say(wording.RELAYS_NOTE)] if shown else []
    if count > len(shown):
        left = count - len(shown)
        small.insert(0, say_count(wording.RELAYS_MORE_ONE, wording.RELAYS_MORE, left))
    blocks += [context([escape(it) for it in small])] if small else []
    return Listed(escape(text), blocks)
