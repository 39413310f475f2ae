"""The form of a note, and the buttons of their list."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.context import Context
from commands.date_notes import form, listing, saving
from commands.pressed import on_press, on_press_in_view
from commands.tongues import in_own_language


def register(app: AsyncApp, context: Context) -> None:
    """Register what can be pressed and filled in."""
    on_press_in_view(app, context, listing.NEW_PRESS, in_own_language(form.press_new))
    on_press(app, context, saving.LIST_PRESS, in_own_language(listing.press_list))
    on_press(
        app, context, re.compile(f"^{listing.PAGE_PRESS}:"), in_own_language(listing.turn_page)
    )
    on_press(app, context, saving.UNDO_PRESS, in_own_language(saving.undo))
    on_press(app, context, saving.RESTORE_PRESS, in_own_language(saving.restore))
    listing.register_menu(app, context)

    @app.view(form.FORM)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        await form.submit(context, ack, body)
