"""The forms of accounts, competitors and admins, and what is erased when its time has come."""

from __future__ import annotations

import re
from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp

from commands.accounts import admin_form, asking, listing, opening, removing, saving, telling
from commands.accounts.surface import on_use
from commands.context import Context
from commands.letters import Planner, Writer

WRITERS: Mapping[str, Writer] = {}
PLANNERS: tuple[Planner, ...] = (removing.erase_removed,)
"""Asked at every wake what is due."""


def register(app: AsyncApp, context: Context) -> None:
    """Register what can be pressed and filled in."""
    on_use(app, context, re.compile(f"^{listing.LIST}(?::|$)"), listing.press_list)
    on_use(app, context, listing.ADD, opening.press_add)
    on_use(app, context, re.compile(f"^{listing.MENU}:"), opening.press_menu)
    on_use(app, context, re.compile(f"^{listing.BACK}:"), removing.bring_back)
    on_use(app, context, telling.ASK, asking.press_ask)
    saving.register(app, context)
    admin_form.register(app, context)
