"""Removing an account: what goes with it is said first, and for ten minutes it all comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncAck

from commands import forms
from commands.accounts.listing import BACK, LIST, say_held
from commands.accounts.looking import (
    GONE,
    GUESTS,
    Seen,
    find_account,
    read_all,
    title_of,
)
from commands.accounts.memory import Memory, unpack_memory
from commands.accounts.reading import Unfit, words_of
from commands.accounts.surface import Surface, page, show_form, show_page
from commands.blocks import Block, View_, actions, button, escape, form, section
from commands.blocks import context as small
from commands.context import Context
from commands.overtaken import say_overtaken, say_when
from commands.pressed import number_of
from commands.rights import is_admin, require_admin, require_member
from commands.saying import say
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.account_list import Gone, Listed
    from storage.brand_sweep import Namings

FORM = "account_remove"
KEEP, ERASE = "keep", "erase"
TAKEN = "{account} was added anew meanwhile. Remove that one first, then bring this one back."
BACK_ALREADY = "It is back already, or its data are erased. See what there is: /kpi accounts"
KEPT = "Its data are kept: bring it back whenever you like."
MEMBERS = "Its data are kept. Only an admin can erase them."


async def ask_removal(context: Context, surface: Surface, account: int) -> None:
    """Say what goes with an account, and ask whether its data are kept."""
    row = await find_account(context, account)
    seen = await context.read(read_all, context)
    named = await context.read(count_namings, context, row)
    may_erase = await is_admin(context, surface.user)
    memory = Memory(surface.asker, account, row.state)
    await show_form(context, surface, compose(memory, row, seen, named, may_erase=may_erase))


def count_namings(connection: Connection, context: Context, row: Listed) -> Namings:
    from storage.brand_sweep import namings

    return namings(connection, context.home.workspace, "accounts", row.id)


def compose(memory: Memory, row: Listed, seen: Seen, named: Namings, *, may_erase: bool) -> View_:
    """Return the form that asks; what holds no data has nothing to keep."""
    held = seen.holdings.get(row.id)
    lines = [
        say("*{account}* of {brand} goes out of every answer, also of earlier days.",
            account=escape(title_of(row)), brand=escape(row.brand_name)),
        say("Data: {held}", held=say_held(held, seen)) if held else say("It has no data."),
        *say_namings(named),
    ]  # fmt: skip
    blocks: list[Block] = [section("\n".join(lines))]
    if held is not None and may_erase:
        choices = [(KEEP, say("Keep its data, out of answers")), (ERASE, say("Erase its data"))]
        blocks.append(forms.radio(say("Its data"), "fate", choices, KEEP))
        blocks.append(small([say("Within 10 minutes you can take back either.")]))
    elif held is not None:
        blocks.append(small([say(MEMBERS)]))
    return form(
        say("Remove this account?"), blocks, callback_id=FORM, submit=say("Remove"),
        close=say("Cancel"), memory=memory.pack(),
    )  # fmt: skip


def say_namings(named: Namings) -> list[str]:
    """Return what names the account by itself, and so has nothing to tell from then on."""
    from kpis.tongue import say_count

    parts = [
        say_count("{number} goal", "{number} goals", named.goals),
        say_count("{number} alert", "{number} alerts", named.alerts),
        say_count("{number} digest", "{number} digests", named.digests),
        say_count("{number} test", "{number} tests", named.tests),
    ]
    told = [words for words, many in zip(parts, named, strict=True) if many]
    if not told:
        return []
    return [say("Named in: {things}. They will say that it is gone.", things=", ".join(told))]


async def remove(context: Context, ack: AsyncAck, body: dict[str, Any]) -> View_:
    """Remove the account of a form; raises ``Unfit`` or ``KepiError`` where it cannot be."""
    from storage.account_changes import Missing
    from storage.overtaken import Overtaken

    view, user = body["view"], str(body["user"]["id"])
    await require_member(context, user, say(GUESTS))
    memory = unpack_memory(str(view.get("private_metadata") or ""), user)
    row = await find_account(context, memory.number)
    seen = await context.read(read_all, context)
    erases = words_of(forms.filled(view), "fate") == ERASE
    if erases:
        await require_admin(context, user, say(MEMBERS))
    try:
        gone = await context.write(
            remove_one, context, memory, user, erases=erases or row.id not in seen.holdings
        )
    except Missing as trouble:
        raise KepiError(GONE) from trouble
    except Overtaken as over:
        words = await say_overtaken(context, user, over, say("this account"))
        raise Unfit({"": words}) from over
    return page(say("Removed"), await say_removed(context, user, gone), memory.asker)


def remove_one(
    connection: Connection, context: Context, memory: Memory, user: str, *, erases: bool
) -> Gone:
    from storage.account_removal import remove_account

    workspace, now = context.home.workspace, context.clock()
    return remove_account(
        connection, workspace, memory.number, memory.seen, user, now, erases=erases
    )


async def say_removed(context: Context, user: str, gone: Gone) -> list[Block]:
    """Return that an account was removed, until when it comes back, and the way."""
    if gone.erase is None:
        fate = say(KEPT)
    else:
        when = await say_when(context, user, gone.erase)
        fate = say("It is erased for good at {when}. Until then it can come back.", when=when)
    head = say("Removed: {account}.", account=title_of(gone))
    undo = button(say("Undo"), f"{BACK}:{gone.id}", str(gone.id))
    doors = actions([undo, button(say("All accounts"), LIST)])
    return [section(f"*{escape(head)}*\n{escape(fate)}"), doors]


async def bring_back(context: Context, surface: Surface) -> None:
    """*Undo* and *Bring back*: the account is as it was."""
    from storage.account_changes import Missing, Taken

    await require_member(context, surface.user, say(GUESTS))
    account = number_of(surface.value)
    try:
        await context.write(bring_one_back, context, account, surface.user)
    except Missing as trouble:
        raise KepiError(BACK_ALREADY) from trouble
    except Taken as trouble:
        words = say(TAKEN, account=f"{trouble.platform} {trouble.handle}")
        raise KepiError(words) from trouble
    row = await find_account(context, account)
    seen = await context.read(read_all, context)
    text = say("{account} is back.", account=title_of(row))
    held = say_held(seen.holdings.get(account), seen)
    blocks = [
        section(f"*{escape(text)}*\n{held}"),
        actions([button(say("All accounts"), LIST)]),
    ]
    await show_page(context, surface, say("Accounts"), escape(text), blocks, replace=True)


def bring_one_back(connection: Connection, context: Context, account: int, user: str) -> None:
    from storage.account_removal import bring_back as bring

    bring(connection, context.home.workspace, account, user, context.clock())


async def erase_removed(context: Context) -> None:
    """Erase accounts that nobody brought back in time; asked at every wake."""
    from storage.account_list import removed

    workspace, now = context.home.workspace, context.clock()
    gone = await context.read(removed, workspace)
    if any(it.erase is not None and it.erase <= now for it in gone):
        from storage.account_removal import erase_due

        await context.write(erase_due, workspace, now)
