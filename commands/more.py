"""The ⋯ menu under an answer; where it has no room to remember, its choices are buttons."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.context import Context
from commands.data_file import send_data
from commands.onwards import add_to_digest, alert_me, set_goal
from commands.post_to_channel import ask_for_channel
from commands.pressed import Act, read_press, start
from commands.remove import remove
from commands.tongues import in_own_language

CHOICES: dict[str, Act] = {
    "data": in_own_language(send_data),
    "alert": in_own_language(alert_me),
    "goal": in_own_language(set_goal),
    "digest": in_own_language(add_to_digest),
    "post": in_own_language(ask_for_channel),
    "remove": in_own_language(remove),
}


def register(app: AsyncApp, context: Context) -> None:
    @app.action(re.compile("^more"))
    async def more(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        act = CHOICES.get(choice_of(body["actions"][0]))
        if act is not None:
            start(context, act, read_press(body))


def choice_of(action: dict[str, Any]) -> str:
    """Return a key of ``CHOICES``, from the menu or from a button."""
    chosen = action.get("selected_option") or {}
    return str(chosen.get("value") or str(action.get("action_id")).partition(":")[2])
