"""Saving the forms of accounts: what is wrong is said at the field, before the form closes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.accounts import forms as account_forms
from commands.accounts import removing
from commands.accounts.looking import (
    GONE,
    GONE_BRAND,
    GUESTS,
    find_account,
    title_of,
)
from commands.accounts.memory import Memory, unpack_memory
from commands.accounts.reading import Unfit, read_change, read_new, read_side
from commands.accounts.surface import page
from commands.accounts.telling import say_added, say_changed
from commands.blocks import View_, actions, button, escape, form, section
from commands.checked import begin
from commands.context import Context
from commands.forms import filled
from commands.overtaken import say_overtaken
from commands.rights import require_member
from commands.saying import say
from commands.tongues import language_of_person
from commands.views import fill_form
from storage.errors import KepiError
from storage.platforms import PLATFORMS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.account_changes import Taken
    from storage.account_list import Listed

HERE = "{account} is here already, of {brand}. Change it in the list of accounts."
REMOVED = "{account} was removed. Bring it back from the list: /kpi accounts"
BRAND_HERE = "There is a brand {name} already. Choose it above."
BRAND_HERE_TOO = "There is a brand {name} already. Two can't be called the same."

Save = Callable[[Context, AsyncAck, dict[str, Any]], Coroutine[Any, Any, View_]]
"""Stores what a form says and returns what is shown then."""


def register(app: AsyncApp, context: Context) -> None:
    on_save(app, context, account_forms.ADD, add, "handles")
    on_save(app, context, account_forms.CHANGE, change, "handles")
    on_save(app, context, account_forms.BRAND, change_brand, "brand_name")
    on_save(app, context, removing.FORM, removing.remove, "fate")


def on_save(app: AsyncApp, context: Context, callback: str, save: Save, main: str) -> None:
    """Let ``save`` follow a form; a complaint about no field in particular is said at ``main``."""

    @app.view(callback)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        from kpis.tongue import speaking

        with speaking(await language_of_person(context, str(body["user"]["id"]))):
            await answer_form(context, ack, body, save, main)


async def answer_form(
    context: Context, ack: AsyncAck, body: dict[str, Any], save: Save, main: str
) -> None:
    """Acknowledge with what is wrong, with what was done, or that it takes a moment."""
    work = await begin(save(context, ack, body))
    if not work.done():
        await ack(response_action="update", view=waiting(body["view"]))
        context.tasks.start(finish(context, work, str(body["view"]["id"])))
        return
    try:
        await ack(response_action="update", view=work.result())
    except Unfit as trouble:
        there = {str(it.get("block_id")) for it in body["view"]["blocks"] if it["type"] == "input"}
        errors = {(it if it in there else main): words for it, words in trouble.errors.items()}
        await complain(ack, body, errors, there)
    except KepiError as trouble:
        there = {str(it.get("block_id")) for it in body["view"]["blocks"] if it["type"] == "input"}
        await complain(ack, body, {main: str(trouble)}, there)


async def complain(
    ack: AsyncAck, body: dict[str, Any], errors: dict[str, str], there: set[str]
) -> None:
    """Say what is wrong at the fields; in the form's place where it has no such field."""
    if set(errors) <= there:
        await ack(response_action="errors", errors=errors)
        return
    view = form(
        body["view"]["title"]["text"],
        [section(escape(it)) for it in errors.values()],
        callback_id="account_page",
        close=say("Close"),
    )
    await ack(response_action="update", view=view)


def waiting(view: dict[str, Any]) -> View_:
    words = say("One moment: all its days are counted again.")
    return form(view["title"]["text"], [section(words)], callback_id="account_page")


async def finish(context: Context, work: Awaitable[View_], view_id: str) -> None:
    """Show what came of a form that took its time."""
    try:
        view = await work
    except (KepiError, Unfit) as trouble:
        words = trouble.errors.values() if isinstance(trouble, Unfit) else [str(trouble)]
        blocks = [section(escape(it)) for it in words]
        view = form(say("Accounts"), blocks, callback_id="account_page")
    await fill_form(context, view_id, view)


async def open_memory(context: Context, body: dict[str, Any]) -> Memory:
    """Return what a form remembers, of a member of the workspace; refuses guests."""
    user = str(body["user"]["id"])
    await require_member(context, user, say(GUESTS))
    return unpack_memory(str(body["view"].get("private_metadata") or ""), user)


async def add(context: Context, ack: AsyncAck, body: dict[str, Any]) -> View_:
    """Store new accounts."""
    memory = await open_memory(context, body)
    wanted = read_new(filled(body["view"]))

    def work(connection: Connection) -> list[Listed]:
        from storage.account_changes import add_accounts
        from storage.account_list import listed

        workspace, user = context.home.workspace, memory.asker.user
        made = add_accounts(connection, workspace, wanted, user, context.clock())
        return [it for it in listed(connection, workspace) if it.id in made]

    rows = await stored(context, memory, context.write(work))
    return page(say("Added"), say_added(rows), memory.asker)


async def change(context: Context, ack: AsyncAck, body: dict[str, Any]) -> View_:
    """Store an account as it was changed."""
    memory = await open_memory(context, body)
    before = await find_account(context, memory.number)
    wanted = read_change(filled(body["view"]), before.platform)

    def work(connection: Connection) -> Listed:
        from storage.account_changes import change_account

        return change_account(
            connection, context.home.workspace, memory.number, wanted, memory.seen,
            memory.asker.user, context.clock(),
        )  # fmt: skip

    after = await stored(context, memory, context.write(work))
    return page(say("Saved"), say_changed(before, after), memory.asker)


async def change_brand(context: Context, ack: AsyncAck, body: dict[str, Any]) -> View_:
    """Store a brand's name and side."""
    from storage.account_changes import BrandTaken
    from storage.account_changes import change_brand as change_one

    memory = await open_memory(context, body)
    name, own = read_side(filled(body["view"]))

    def work(connection: Connection) -> str:
        return change_one(
            connection, context.home.workspace, memory.number, name, own, memory.seen,
            memory.asker.user, context.clock(),
        ).name  # fmt: skip

    try:
        told = await stored(context, memory, context.write(work), what="brand")
    except BrandTaken as trouble:
        words = say(BRAND_HERE_TOO, name=trouble.brand.name)
        raise Unfit({"brand_name": words}) from trouble
    side = say("our own") if own else say("a competitor")
    words = say("Saved: {brand}, {side}.", brand=told, side=side)
    doors = actions([button(say("All accounts"), "account_list")])
    return page(say("Saved"), [section(f"*{escape(words)}*"), doors], memory.asker)


async def stored(
    context: Context, memory: Memory, writing: Awaitable[Any], what: str = "account"
) -> Any:
    """Return what was stored; raises ``Unfit`` with what somebody else did before."""
    from storage.account_changes import BrandTaken, Missing, Taken
    from storage.overtaken import Overtaken

    try:
        return await writing
    except Overtaken as over:
        thing = say("this brand") if what == "brand" else say("this account")
        raise Unfit({"": await say_overtaken(context, memory.asker.user, over, thing)}) from over
    except Taken as trouble:
        raise Unfit({"handles": await say_taken(context, trouble)}) from trouble
    except BrandTaken as trouble:
        if what == "brand":
            raise
        raise Unfit({"brand_name": say(BRAND_HERE, name=trouble.brand.name)}) from trouble
    except Missing as trouble:
        gone = say(GONE_BRAND) if "brand" in str(trouble) else say(GONE)
        raise Unfit({"brand": gone}) from trouble


async def say_taken(context: Context, taken: Taken) -> str:
    """Return which account has a handle, and where it is."""
    title = f"{PLATFORMS[taken.platform].title} {taken.handle}"
    if taken.is_removed:
        return say(REMOVED, account=title)
    row = await find_account(context, taken.account)
    return say(HERE, account=title_of(row), brand=row.brand_name)
