"""The forms of settings, their history, and their file; loaded when they are first needed."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.context import Context
from commands.pressed import Pressed, on_press, on_press_in_view
from commands.settings import difference, exchange, form, history, opening, saving, which
from commands.tongues import in_own_language


def register(app: AsyncApp, context: Context) -> None:
    """Register what can be pressed and filled in."""
    presses = (
        (opening.OPEN, press_settings),
        (opening.OPEN_CHANNEL, which.press_channel),
        (form.PART, opening.open_page),
        (re.compile(f"^{history.TURN}:"), history.turn),
        (form.EXPORT, exchange.press_export),
        (saving.UNDO, saving.undo),
        (difference.APPLY, exchange.apply),
        (difference.CANCEL, exchange.cancel),
        (difference.TAKE_BACK, exchange.take_back),
    )
    for name, act in presses:
        on_press(app, context, name, in_own_language(act))
    on_press_in_view(app, context, form.HISTORY, in_own_language(history.press_history))

    @app.view(form.FORM)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        await opening.submit(context, ack, body)

    @app.view(form.CONFIRM)
    async def agreed(ack: AsyncAck, body: dict[str, Any]) -> None:
        await opening.agree(context, ack, body)

    @app.view(which.FORM)
    async def chosen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await which.take(context, ack, body)


async def press_settings(context: Context, pressed: Pressed) -> None:
    """*Settings*: the form of the workspace."""
    await opening.open_settings(context, pressed.asker, pressed.trigger)
