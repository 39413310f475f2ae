"""What this room does: presses and forms, messages it writes, and what it looks at every minute."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.asker import sender_of, tell
from commands.context import Context
from commands.goals import announcing, confirm, listing, opening, page, planning, saving
from commands.goals.setting import unpack
from commands.letters import Planner, Writer
from commands.pressed import Pressed, on_press, on_press_in_view
from commands.tongues import in_own_language, in_senders_language

WRITERS: Mapping[str, Writer] = {planning.KIND: announcing.write_goal}
"""Kind of delivery → what writes it."""
PLANNERS: tuple[Planner, ...] = (planning.plan,)
"""Asked at every wake what is due."""


def register(app: AsyncApp, context: Context) -> None:
    """Register what people can press here."""
    on_press(app, context, re.compile(f"^{saving.OPEN}:"), in_own_language(page.open_page))
    on_press(app, context, re.compile(f"^{listing.NEXT}:"), in_own_language(listing.turn_page))
    on_press(app, context, listing.NEW, in_own_language(opening.press_new))
    on_press(app, context, confirm.SET, in_own_language(set_said))
    on_press_in_view(app, context, confirm.FILL, in_own_language(opening.press_fill))
    on_press_in_view(
        app, context, re.compile(f"^{page.EDIT}:"), in_own_language(opening.press_edit)
    )
    on_press_in_view(app, context, re.compile(f"^{saving.DROP}:"), in_own_language(drop))
    on_press_in_view(app, context, re.compile(f"^{saving.UNDO}:"), in_own_language(undo))

    @app.view(opening.FORM)
    @in_senders_language(context)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        await opening.submit(context, ack, body)

    @app.view(confirm.CONFIRM)
    @in_senders_language(context)
    async def confirmed(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        held = unpack(str(body["view"]["private_metadata"]))
        setting = replace(held, asker=sender_of(held.asker, body))
        context.tasks.start(
            saving.set_goal(context, setting), lambda words: tell(context, setting.asker, words)
        )


async def set_said(context: Context, pressed: Pressed) -> None:
    """*Set this goal* under a message."""
    await saving.set_goal(context, unpack(pressed.value, pressed.asker))


async def drop(context: Context, pressed: Pressed, view: dict[str, Any]) -> None:
    await saving.drop(context, pressed, str(view.get("id") or ""))


async def undo(context: Context, pressed: Pressed, view: dict[str, Any]) -> None:
    await saving.undo(context, pressed, str(view.get("id") or ""))
