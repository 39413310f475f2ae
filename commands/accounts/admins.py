"""``/kpi admins``: who may change the settings of Kepi, and the form that names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.accounts.admin_facts import Admins, find_admins
from commands.asker import Asker, tell_blocks
from commands.blocks import Block, actions, button, escape, section
from commands.blocks import context as small
from commands.context import Context
from commands.names import find_name
from commands.overtaken import say_when
from commands.rights import is_admin, require_member
from commands.saying import say

if TYPE_CHECKING:
    from storage.admins import AdminRow

FORM_PRESS = "admin_form"
SHOWN = 10
GUESTS = "Guests don't see who is an admin. Ask a member of the team."


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; ``words`` are those after the first one."""
    await require_member(context, asker.user, say(GUESTS))
    found = await find_admins(context)
    may_change = await is_admin(context, asker.user)
    blocks = await describe(context, asker.user, found, may_change=may_change)
    if may_change:
        blocks.append(actions([button(say("Change"), FORM_PRESS)]))
    await tell_blocks(context, asker, say_count_of(found), blocks, key=key)


def say_count_of(found: Admins) -> str:
    from kpis.tongue import say_count

    every = {*found.slack, *(it.person for it in found.named), found.installer} - {""}
    return say_count("{number} admin of Kepi.", "{number} admins of Kepi.", len(every))


async def describe(context: Context, user: str, found: Admins, *, may_change: bool) -> list[Block]:
    """Return who is an admin and why; to whom that is no one they can ask."""
    lines = [f"*{say('Admins of Kepi')}*", await say_slack(context, found)]
    if found.installer:
        name = await find_name(context, found.installer)
        lines.append(say("{name} installed Kepi.", name=escape(name)))
    blocks: list[Block] = [section("\n".join(lines))]
    named = [await say_named(context, user, it) for it in found.named[:SHOWN]]
    blocks += [section("\n".join(named[at : at + 5])) for at in range(0, len(named), 5)]
    left = len(found.named) - len(named)
    if left > 0:
        blocks.append(small([say("{number} more.", number=left)]))
    if not may_change:
        blocks.append(small([say("Any of them can name another, and change the settings.")]))
    return blocks


async def say_slack(context: Context, found: Admins) -> str:
    """Return “3 admins and owners of Slack: Mia, Omar and 1 more”."""
    from kpis.tongue import say_count

    if not found.slack:
        return say("Slack's admins and owners.")
    some = sorted(found.slack)[:3]
    names = ", ".join([escape(await find_name(context, it)) for it in some])
    many = len(found.slack)
    if many > len(some):
        names = say("{names} and {number} more", names=names, number=many - len(some))
    if not found.is_counted:
        return say("Slack's admins and owners, among them {names}.", names=names)
    return say_count(
        "{number} admin or owner of Slack: {names}.",
        "{number} admins and owners of Slack: {names}.",
        many,
        names=names,
    )


async def say_named(context: Context, user: str, row: AdminRow) -> str:
    """Return “Omar, named by Mia, 21 Nov 14:02”."""
    name = escape(await find_name(context, row.person))
    by = escape(await find_name(context, row.by)) if row.by else say("somebody")
    when = await say_when(context, user, row.at)
    if (await context.people.find(row.person)).is_guest:
        return say("{name} was named by {by} and is a guest or gone: no admin now.",
                   name=name, by=by)  # fmt: skip
    return say("{name}, named by {by}, {when}.", name=name, by=by, when=when)
