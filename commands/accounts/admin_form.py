"""The form that names admins: for admins alone, and somebody always stays one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands import forms
from commands.accounts.admin_facts import Admins, find_admins, find_unfit
from commands.accounts.admins import FORM_PRESS, GUESTS, describe
from commands.accounts.memory import Memory
from commands.accounts.reading import Unfit
from commands.accounts.saving import on_save, open_memory
from commands.accounts.surface import Surface, on_use, page, show_form
from commands.blocks import View_, form, section
from commands.context import Context
from commands.names import find_name
from commands.overtaken import say_overtaken
from commands.rights import is_admin, require_admin, require_member
from commands.saying import say
from storage.overtaken import Overtaken

if TYPE_CHECKING:
    from sqlalchemy import Connection

FORM, PEOPLE, KEY = "admin_names", "people", "admins"
MOST = 50
UNFIT = "{names} can't be admins: guests, bots and people of other companies can't."
UNFIT_ONE = "{names} can't be an admin: guests, bots and people of other companies can't."
NOBODY = "Somebody has to stay admin. Name one, or keep yourself."
TOO_MANY = "At most {number} people."
ABOUT = "Admins change the settings, and what others set up. Slack's own admins always can."


def register(app: AsyncApp, context: Context) -> None:
    on_use(app, context, FORM_PRESS, press_form)
    on_save(app, context, FORM, save, PEOPLE)


async def press_form(context: Context, surface: Surface) -> None:
    """Open the form for an admin; who is none sees whom to ask."""
    await require_member(context, surface.user, say(GUESTS))
    found = await find_admins(context)
    if not await is_admin(context, surface.user):
        blocks = await describe(context, surface.user, found, may_change=False)
        await show_form(context, surface, page(say("Admins"), blocks, surface.asker))
        return
    await show_form(context, surface, compose(Memory(surface.asker, seen=found.state), found))


def compose(memory: Memory, found: Admins) -> View_:
    """Return the form, with those who are named chosen."""
    people = [it.person for it in found.named][:MOST]
    hint = say("Members of this workspace. Who is taken out is an admin no longer.")
    return form(
        say("Admins"),
        [section(say(ABOUT)), forms.people(say("Named admins"), PEOPLE, people, hint=hint)],
        callback_id=FORM,
        submit=say("Save"),
        close=say("Cancel"),
        memory=memory.pack(),
    )


async def save(context: Context, ack: AsyncAck, body: dict[str, Any]) -> View_:
    """Store who is named; raises ``Unfit`` where somebody can't be, or nobody would be left."""
    memory = await open_memory(context, body)
    user = memory.asker.user
    await require_admin(context, user)
    chosen = list(dict.fromkeys(read_people(forms.filled(body["view"]))))
    before = await find_admins(context)
    await check(context, before, chosen)

    def work(connection: Connection) -> None:
        put_admins(connection, context, memory, chosen)

    try:
        await context.write(work)
    except Overtaken as over:
        words = await say_overtaken(context, user, over, say("the list of admins"))
        raise Unfit({PEOPLE: words}) from over
    found = await find_admins(context)
    return page(say("Saved"), await describe(context, user, found, may_change=True), memory.asker)


async def check(context: Context, before: Admins, chosen: list[str]) -> None:
    """Raise ``Unfit`` for what cannot be saved."""
    if len(chosen) > MOST:
        raise Unfit({PEOPLE: say(TOO_MANY, number=MOST)})
    unfit = await find_unfit(context, [it for it in chosen if it not in names_of(before)])
    if unfit:
        names = ", ".join([await find_name(context, it) for it in unfit[:5]])
        words = say(UNFIT_ONE, names=names) if len(unfit) == 1 else say(UNFIT, names=names)
        raise Unfit({PEOPLE: words})
    left = [it for it in chosen if not (await context.people.find(it)).is_guest]
    if not (left or before.slack or before.installer):
        raise Unfit({PEOPLE: say(NOBODY)})


def put_admins(
    connection: Connection,
    context: Context,
    memory: Memory,
    chosen: list[str],
) -> None:
    """Store who is named, each change in the history; raises ``Overtaken``.

    The history holds ids, not names: whoever is forgotten is found in it.
    """
    from storage.admins import add_admin, admins, remove_admin
    from storage.database import take_turns
    from storage.overtaken import overtaken_by
    from storage.setting_changes import last_change, note_change

    workspace, now, by = context.home.workspace, context.clock(), memory.asker.user
    take_turns(connection, workspace)
    held = Admins(tuple(admins(connection, workspace)), frozenset(), is_counted=False)
    if held.state != memory.seen:
        raise overtaken_by(last_change(connection, workspace, KEY))
    before = names_of(held)
    for person in before:
        if person not in chosen:
            remove_admin(connection, workspace, person)
    for person in chosen:
        add_admin(connection, workspace, person, by, now)
    was, after = (", ".join(sorted(some)) for some in (before, chosen))
    note_change(connection, workspace, KEY, was, after, by, now)


def names_of(found: Admins) -> list[str]:
    return [it.person for it in found.named]


def read_people(filled: dict[str, Any]) -> list[str]:
    """Return the ids that were chosen; what is no id is left as it is, and nobody has it."""
    held = filled.get(PEOPLE)
    return [str(it)[:30] for it in held] if isinstance(held, list) else []
