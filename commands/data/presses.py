"""Accepting a finding, taking that back, and checking again."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp

from commands.context import Context
from commands.data.command import GUESTS, show
from commands.pressed import Pressed, number_of, on_press
from commands.rights import require_member
from commands.saying import say
from commands.tongues import in_own_language
from storage.errors import KepiError

GONE = "That was mended meanwhile. /kpi data shows how it is."
ACCEPTED = "Accepted: figures are told as they stand."
TAKEN_BACK = "Taken back: it counts as wrong again."
CHECKED = "Checked."


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, re.compile("^data_accept:"), in_own_language(accept))
    on_press(app, context, re.compile("^data_undo:"), in_own_language(take_back))
    on_press(app, context, "data_refresh", in_own_language(check_again))
    on_press(app, context, "data_show", in_own_language(show_all))


async def accept(context: Context, pressed: Pressed) -> None:
    """Let figures be told in spite of a finding."""
    from storage import findings

    await require_member(context, pressed.asker.user, say(GUESTS))
    workspace, number = context.home.workspace, number_of(pressed.value)
    found = await context.read(findings.by_id, workspace, number)
    if found is None or found.fixed is not None:
        raise KepiError(GONE)
    user, now = pressed.asker.user, context.clock()
    await context.write(findings.accept, workspace, number, user, now)
    await show(context, pressed.asker, say(ACCEPTED), replace=pressed.is_private)


async def take_back(context: Context, pressed: Pressed) -> None:
    from storage import findings

    await require_member(context, pressed.asker.user, say(GUESTS))
    await context.write(findings.take_back, context.home.workspace, number_of(pressed.value))
    await show(context, pressed.asker, say(TAKEN_BACK), replace=pressed.is_private)


async def check_again(context: Context, pressed: Pressed) -> None:
    """Audit the data now, and show them."""
    from commands.data.auditing import audit

    await require_member(context, pressed.asker.user, say(GUESTS))
    async with context.locks.turn("data-audit"):
        await audit(context)
    await show(context, pressed.asker, say(CHECKED), replace=pressed.is_private)


async def show_all(context: Context, pressed: Pressed) -> None:
    await show(context, pressed.asker)
