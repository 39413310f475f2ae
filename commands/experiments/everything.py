"""What people can press here."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.context import Context
from commands.experiments import changing, listing, opening, page
from commands.pressed import on_press, on_press_in_view
from commands.tongues import in_own_language


def register(app: AsyncApp, context: Context) -> None:
    """Register the presses and the form of tests."""
    on_press(app, context, re.compile(f"^{listing.OPEN}:"), in_own_language(page.open_page))
    on_press(app, context, re.compile(f"^{listing.NEXT}:"), in_own_language(listing.turn_page))
    on_press(app, context, listing.NEW, in_own_language(opening.press_new))
    for act, done in (
        (page.END, changing.end),
        (page.UNDO, changing.undo),
        (page.FORGET, changing.forget),
    ):
        on_press_in_view(app, context, re.compile(f"^{act}:"), in_own_language(done))

    @app.view(opening.FORM)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        await opening.submit(context, ack, body)
