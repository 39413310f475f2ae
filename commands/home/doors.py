"""⋯ of the first steps: the ways to what is set up, open before there are any numbers."""

from __future__ import annotations

from commands.accounts import admin_form, listing
from commands.accounts.surface import Surface
from commands.context import Context
from commands.home.steps import ADMINS, SETTINGS
from commands.rights import require_member


async def press_menu(context: Context, surface: Surface) -> None:
    """Open what was chosen; each looks itself whether its presser may."""
    from commands.settings.opening import open_settings

    await require_member(context, surface.user)
    if surface.value == ADMINS:
        await admin_form.press_form(context, surface)
    elif surface.value == SETTINGS:
        await open_settings(context, surface.asker, surface.pressed.trigger)
    else:
        await listing.press_list(context, surface)
