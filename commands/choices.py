"""Buttons that ask something: a near miss, a hint under an answer, an example in the help."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp

from commands.context import Context
from commands.pressed import Pressed, on_press
from commands.reply import answer_in_slack


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, re.compile("^ask:"), ask_choice)


async def ask_choice(context: Context, pressed: Pressed) -> None:
    """Answer the words on the button as if the presser had typed them here."""
    await answer_in_slack(context, pressed.asker, pressed.value, key=f"press:{pressed.trigger}")
