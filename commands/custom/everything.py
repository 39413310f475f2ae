"""What this room does: presses under a team's own KPIs."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from commands.context import Context
from commands.custom.command import (
    GUESTS,
    REMOVE_PRESS,
    RESTORE_PRESS,
    TAKE_PRESS,
    remove,
    show_list,
)
from commands.pressed import Pressed, number_of, on_press
from commands.rights import require_member
from commands.saying import say
from commands.tongues import in_own_language
from storage.errors import KepiError


def register(app: AsyncApp, context: Context) -> None:
    """Register what people can press here."""
    on_press(app, context, REMOVE_PRESS, in_own_language(remove_it))
    on_press(app, context, RESTORE_PRESS, in_own_language(bring_back))
    on_press(app, context, TAKE_PRESS, in_own_language(take_back))


async def remove_it(context: Context, pressed: Pressed) -> None:
    await require_member(context, pressed.asker.user, say(GUESTS))
    await remove(context, pressed.asker, pressed.value, replace=pressed.is_private)


async def bring_back(context: Context, pressed: Pressed) -> None:
    from storage.custom_kpis import restore

    await require_member(context, pressed.asker.user, say(GUESTS))
    if not await context.write(restore, context.home.workspace, pressed.value):
        raise KepiError("It stands already. See what there is: /kpi own")
    await show_list(context, pressed.asker, said=say("It is back."), replace=pressed.is_private)


async def take_back(context: Context, pressed: Pressed) -> None:
    from storage.custom_kpis import take_value

    await require_member(context, pressed.asker.user, say(GUESTS))
    gone = await context.write(take_value, context.home.workspace, number_of(pressed.value))
    said = say("Taken back.") if gone else say("It was taken back already.")
    await show_list(context, pressed.asker, said=said, replace=pressed.is_private)
