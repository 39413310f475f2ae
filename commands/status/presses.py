"""*Try again* and *Forget* beside a message that did not go out: admins decide."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from commands.context import Context
from commands.pressed import Pressed, number_of, on_press
from commands.rights import require_admin
from commands.saying import say
from commands.status.command import show
from commands.status.page import AGAIN, FORGET
from commands.tongues import in_own_language
from storage.errors import KepiError

GONE = "That message was decided on already."
TRIED = "It is due again and goes out within seconds."
FORGOTTEN = "Forgotten: it will not be sent."


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, AGAIN, in_own_language(try_again))
    on_press(app, context, FORGET, in_own_language(forget))


async def try_again(context: Context, pressed: Pressed) -> None:
    from storage import second_tries

    await require_admin(context, pressed.asker.user)
    workspace, now = context.home.workspace, context.clock()
    number = number_of(pressed.value)
    if not await context.write(second_tries.try_again, workspace, number, now):
        raise KepiError(GONE)
    await show(context, pressed.asker, replace=pressed.is_private, line=say(TRIED))


async def forget(context: Context, pressed: Pressed) -> None:
    from storage import second_tries

    await require_admin(context, pressed.asker.user)
    if not await context.write(
        second_tries.forget, context.home.workspace, number_of(pressed.value)
    ):
        raise KepiError(GONE)
    await show(context, pressed.asker, replace=pressed.is_private, line=say(FORGOTTEN))
