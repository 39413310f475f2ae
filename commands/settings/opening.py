"""The forms of settings opened, sent back with what is wrong, and agreed to."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck

from commands import forms
from commands.asker import Asker, tell, tell_blocks
from commands.blocks import View_, actions, button, escape, section
from commands.calls import FAULTS
from commands.context import Context
from commands.names import find_name
from commands.overtaken import say_when
from commands.pressed import Pressed
from commands.saying import say
from commands.settings import wording
from commands.settings.consequences import find_consequences
from commands.settings.form import (
    Around,
    Names,
    compose_channel,
    compose_confirm,
    compose_workspace,
)
from commands.settings.memory import Memory, mark, settings_on, unpack_memory, words_now
from commands.settings.reading import Wanted, check_ids, read_filled
from commands.settings.saving import last_change, require_right, save_and_tell
from commands.tongues import language_of_person
from commands.views import CHECK_SECONDS, fill_form, open_form, open_loading, show_trouble
from storage.errors import KepiError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from kpis.digests.plan import Plan

log = logging.getLogger(__name__)
OPEN, OPEN_CHANNEL = "settings_form", "settings_channel"


class Seen(NamedTuple):
    """What a form shows."""

    words: Mapping[str, str | None]
    everywhere: Mapping[str, str]
    digests: Sequence[Plan]
    is_tracked: bool


def read_seen(connection: Connection, workspace: int, channel: str) -> Seen:
    from commands.digests.reading import read_plans
    from storage import desks
    from storage.settings import effective

    words = words_now(connection, workspace, channel)
    if not channel:
        return Seen(words, {}, (), False)
    told = [it for it in read_plans(connection, workspace) if it.channel == channel]
    is_tracked = bool(desks.rules_of(connection, workspace, channel))
    usual = {
        key: it.write(it.default) for key, it in settings_on("", of_channel=True).items()
    } | effective(connection, workspace)
    return Seen(words, usual, told, is_tracked)


async def open_settings(context: Context, asker: Asker, trigger: str, channel: str = "") -> None:
    """Open the form of the workspace or of a channel; where nothing was pressed, give a button."""
    await require_right(context, asker.user, channel)
    if not trigger:
        action = OPEN_CHANNEL if channel else OPEN
        text = escape(say(wording.CHANNEL_FORM) if channel else say(wording.FORM))
        row = actions([button(say("Open the form"), action, channel)])
        await tell_blocks(context, asker, text, [section(text), row])
        return
    title = say(wording.CHANNEL_FORM) if channel else say(wording.FORM)
    view_id = await open_loading(context, trigger, title)
    try:
        memory = Memory(asker.pack(), channel)
        await fill_form(context, view_id, await compose(context, memory))
    except KepiError as trouble:
        await show_trouble(context, view_id, title, trouble)


async def open_page(context: Context, pressed: Pressed) -> None:
    """*What is kept*: the other page, on top of the first, which keeps what was typed."""
    await require_right(context, pressed.asker.user, "")
    view = await compose(context, Memory(pressed.asker.pack(), "", "kept"))
    await open_form(context, pressed.trigger, view, on_top=True)


async def compose(
    context: Context,
    memory: Memory,
    typed: Mapping[str, Any] | None = None,
    said: Sequence[str] = (),
) -> View_:
    """Return a form as everything is now; ``typed`` are words to stand in it instead."""
    seen = await context.read(read_seen, context.home.workspace, memory.channel)
    shown = settings_on(memory.page, of_channel=bool(memory.channel))
    memory = replace(memory, opened={key: mark(seen.words[key]) for key in shown})
    words = {**seen.words, **(typed or {})}
    names = Names(context.home.command, context.home.support_command)
    if not memory.channel:
        return compose_workspace(words, memory, names, said)
    name = (await context.channels.find(memory.channel)).name
    digests = [say_coming(it, context.clock()) for it in seen.digests]
    around = Around(name, seen.everywhere, digests, seen.is_tracked)
    return compose_channel(words, around, memory, names, said)


def say_coming(plan: Plan, now: datetime) -> str:
    """Return “Every week · next Mon 30 Nov 09:00, Stockholm time”, as Home tells it."""
    from commands.digests.words import say_every
    from commands.home.moments import say_moment
    from kpis.digests.calendar import next_due
    from kpis.wording import say_zone

    cadence = say_every(plan.cadence)
    if plan.paused is not None:
        return f"{cadence} · {say('paused')}"
    zone, (_, due) = ZoneInfo(plan.zone), next_due(plan, now)
    when = say_moment(due, zone, now.astimezone(zone).date())
    return f"{cadence} · {say('next {when}, {zone}', when=when, zone=say_zone(plan.zone))}"


# --- what comes back


async def submit(context: Context, ack: AsyncAck, body: Mapping[str, Any]) -> None:
    """Complain at the fields, ask once more, or save; in the language of whoever filled it in."""
    from kpis.tongue import speaking

    user, view = str(body["user"]["id"]), body["view"]
    memory = unpack_memory(str(view["private_metadata"]))
    with speaking(await language_of_person(context, user)):
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                wanted, answer = await judge(context, user, memory, view)
        except KepiError as trouble:
            wanted, answer = {}, errors_at(view, {"": str(trouble)})
        except (TimeoutError, *FAULTS) as fault:
            log.warning("settings could not be checked", extra={"why": repr(fault)[:200]})
            wanted, answer = {}, errors_at(view, {"": say(wording.SLOW)})
        if answer is not None:
            await ack(**answer)
            return
        await ack()
        save(context, user, memory, wanted)


async def judge(
    context: Context, user: str, memory: Memory, view: Mapping[str, Any]
) -> tuple[Wanted, dict[str, Any] | None]:
    """Return what is to be saved, and what the form is answered where it is not saved yet."""
    await require_right(context, user, memory.channel)
    wanted, errors = read_filled(forms.filled(view), memory)
    errors |= await check_ids(context, wanted, user)
    if errors:
        return wanted, errors_at(view, errors, memory.edition)
    replaced = await find_replaced(context, user, memory, wanted)
    if replaced:
        again = replace(memory, edition=memory.edition + 1)
        shown = await compose(context, again, wanted, replaced)
        return wanted, {"response_action": "update", "view": shown}
    lines = await context.read(find_consequences, context.home.workspace, wanted)
    if lines:
        agreed = replace(memory, wanted=wanted, opened=only(memory.opened, wanted))
        return wanted, {"response_action": "push", "view": compose_confirm(lines, agreed)}
    return wanted, None


def only(opened: Mapping[str, str], wanted: Wanted) -> dict[str, str]:
    return {key: value for key, value in opened.items() if key in wanted}


def errors_at(
    view: Mapping[str, Any], errors: Mapping[str, str], edition: int = 0
) -> dict[str, Any]:
    """Return complaints at the fields that the form has; others at its first one."""
    shown = [str(it["block_id"]) for it in view["blocks"] if it["type"] == "input"]
    named = {forms.name_of(key, edition): words for key, words in errors.items()}
    known = {name: words for name, words in named.items() if name in shown}
    lost = [words for name, words in named.items() if name not in shown]
    if lost:
        known[shown[0]] = "; ".join([*lost, *filter(None, [known.get(shown[0])])])
    return {"response_action": "errors", "errors": known}


async def find_replaced(context: Context, user: str, memory: Memory, wanted: Wanted) -> list[str]:
    """Return who changed what of these meanwhile, a line each."""
    from kpis.tongue import say_declared
    from storage.settings import SETTINGS

    home = context.home.workspace
    rows = await context.read(read_replaced, home, memory, wanted, context.clock())
    lines = []
    for key, words, by, at in rows:
        setting = SETTINGS[key]
        now = wording.say_words(setting, words)
        name = await find_name(context, by) if by else say(wording.SOMEBODY)
        when = await say_when(context, user, at)
        title = say_declared(setting.title)
        lines.append(say(wording.REPLACED, name=name, what=title, now=now, when=when))
    return lines


def read_replaced(
    connection: Connection, workspace: int, memory: Memory, wanted: Wanted, now: datetime
) -> list[tuple[str, str | None, str, datetime]]:
    held = words_now(connection, workspace, memory.channel)
    return [
        (key, held[key], *last_change(connection, workspace, key, memory.channel, now))
        for key in wanted
        if mark(held[key]) != memory.opened.get(key, "")
    ]


async def agree(context: Context, ack: AsyncAck, body: Mapping[str, Any]) -> None:
    """*Change it*: close every form, and save."""
    from kpis.tongue import speaking

    await ack(response_action="clear")
    user = str(body["user"]["id"])
    memory = unpack_memory(str(body["view"]["private_metadata"]))
    with speaking(await language_of_person(context, user)):
        save(context, user, memory, dict(memory.wanted))


def save(context: Context, user: str, memory: Memory, wanted: Wanted) -> None:
    asker = memory.asker_of(user)
    context.tasks.start(
        save_and_tell(context, user, memory, wanted), lambda words: tell(context, asker, words)
    )
