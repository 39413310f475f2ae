"""Buttons that ask something: a near miss, a hint under an answer, an example in the help."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp

from commands.context import Context
from commands.known import Remembered
from commands.pressed import Pressed, on_press
from commands.reply import answer_in_slack

SOON = 60.0
"""Seconds in which the same press on the same message is the first one once more."""


def register(app: AsyncApp, context: Context) -> None:
    lately: Remembered[bool] = Remembered(SOON)

    async def ask_once(context: Context, pressed: Pressed) -> None:
        """Answer a press; a hasty second one is answered already, unless the first came to harm."""
        key = f"{pressed.asker.user}:{pressed.ts}:{pressed.value}"
        if pressed.ts and lately.get(key):
            return
        lately.keep(key, True)
        try:
            await ask_choice(context, pressed)
        except BaseException:
            lately.forget(key)
            raise

    on_press(app, context, re.compile("^ask:"), ask_once)


async def ask_choice(context: Context, pressed: Pressed) -> None:
    """Answer the words on the button as if the presser had typed them here."""
    await answer_in_slack(context, pressed.asker, pressed.value, key=f"press:{pressed.trigger}")
