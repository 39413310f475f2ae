"""Exports that a digest will lack: where they come from, or that it goes out without them."""

from __future__ import annotations

from datetime import timedelta

from slack_bolt.async_app import AsyncApp

from commands.asker import tell_blocks
from commands.blocks import context, escape, section
from commands.context import Context
from commands.digests import words
from commands.digests.lacking import Lacking, find_lacking, names_of
from commands.digests.owner import find_period
from commands.digests.reading import Period, place_of
from commands.pressed import Pressed, on_press
from commands.private import swap
from commands.saying import say
from commands.tongues import in_own_language

HOW, WITHOUT = "digest_how", "digest_without"


def register(app: AsyncApp, context_: Context) -> None:
    on_press(app, context_, HOW, in_own_language(show_how))
    on_press(app, context_, WITHOUT, in_own_language(send_without))


async def show_how(context_: Context, pressed: Pressed) -> None:
    """Say where each missing platform gives its export, and where to drop it."""
    period = await find_period(context_, pressed.asker.user, pressed.value)
    lacking = await lacking_now(context_, period)
    lines = list(
        dict.fromkeys(
            say("{name}: {value}", name=it.name, value=words.EXPORTS[it.platform])
            for it in lacking
            if it.platform in words.EXPORTS
        )
    )
    text = escape(say(words.HOW))
    blocks = [section(text)]
    if lines:
        blocks.append(context([escape(it) for it in lines]))
    await tell_blocks(context_, pressed.asker, text, blocks)


async def lacking_now(context: Context, period: Period) -> list[Lacking]:
    today = context.clock().astimezone(place_of(period.plan)).date()
    return await context.read(find_lacking, context, period.plan, today - timedelta(days=1))


async def send_without(context: Context, pressed: Pressed) -> None:
    """Say that it goes out as it is; that is what happens anyway."""
    period = await find_period(context, pressed.asker.user, pressed.value)
    lacking = await lacking_now(context, period)
    line = say(words.GOES_AT_ONCE)
    if lacking:
        line = say(words.GOES_WITHOUT, what=names_of(lacking))
    text = escape(line)
    await swap(context, pressed, text, [section(text)])
