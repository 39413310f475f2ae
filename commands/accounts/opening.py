"""Opening the forms of accounts and brands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.accounts.forms import compose_add, compose_brand, compose_change
from commands.accounts.listing import ADD
from commands.accounts.looking import GONE_BRAND, GUESTS, find_account, read_brands
from commands.accounts.memory import Memory
from commands.accounts.removing import ask_removal
from commands.accounts.surface import Surface, show_form
from commands.asker import Asker, tell_blocks
from commands.blocks import actions, button, escape, section
from commands.context import Context
from commands.pressed import number_of
from commands.rights import require_member
from commands.saying import say
from commands.views import open_form
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.accounts import BrandRow

FILL_IN = "An account is added by a form."


async def press_add(context: Context, surface: Surface) -> None:
    await require_member(context, surface.user, say(GUESTS))
    brands = await context.read(read_brands, context)
    await show_form(context, surface, compose_add(Memory(surface.asker), brands))


async def open_add(context: Context, asker: Asker, trigger: str, key: str = "") -> None:
    """Open the form of new accounts; where nothing was pressed, offer a button that does."""
    await require_member(context, asker.user, say(GUESTS))
    if trigger:
        brands = await context.read(read_brands, context)
        await open_form(context, trigger, compose_add(Memory(asker), brands))
        return
    text = escape(say(FILL_IN))
    blocks = [section(text), actions([button(say("Add"), ADD, style="primary")])]
    await tell_blocks(context, asker, text, blocks, key=key)


async def press_menu(context: Context, surface: Surface) -> None:
    """A choice in the ⋯ menu of an account: ``change:3``, ``brand:2``, ``remove:3``."""
    await require_member(context, surface.user, say(GUESTS))
    what, _, number = surface.value.partition(":")
    match what:
        case "change":
            await open_change(context, surface, number_of(number))
        case "brand":
            await open_brand(context, surface, number_of(number))
        case "remove":
            await ask_removal(context, surface, number_of(number))


async def open_change(context: Context, surface: Surface, account: int) -> None:
    row = await find_account(context, account)
    brands = await context.read(read_brands, context)
    memory = Memory(surface.asker, account, row.state)
    await show_form(context, surface, compose_change(memory, row, brands))


async def open_brand(context: Context, surface: Surface, number: int) -> None:
    from storage.account_changes import state_of_brand

    brand, accounts = await context.read(read_brand, context, number)
    memory = Memory(surface.asker, number, state_of_brand(brand))
    await show_form(context, surface, compose_brand(memory, brand, accounts))


def read_brand(connection: Connection, context: Context, number: int) -> tuple[BrandRow, int]:
    """Return a brand and how many accounts it has; raises ``KepiError`` for one not here."""
    from storage.account_changes import Missing, find_brand
    from storage.account_list import listed

    try:
        brand = find_brand(connection, context.home.workspace, number)
    except Missing as trouble:
        raise KepiError(GONE_BRAND) from trouble
    return brand, sum(it.brand == number for it in listed(connection, context.home.workspace))
