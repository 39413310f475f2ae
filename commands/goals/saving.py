"""Storing goals: set, changed, dropped, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from commands.asker import tell_blocks
from commands.blocks import actions, button, escape, form, section
from commands.context import Context
from commands.destinations import require_own_channel
from commands.goals import wording
from commands.goals.confirm import weigh
from commands.goals.looking import find_goal, require_goal_right
from commands.goals.noting import find_thing, noted
from commands.goals.setting import Setting, mark_goal
from commands.overtaken import say_overtaken
from commands.pressed import Pressed, number_of
from commands.private import swap
from commands.rights import require_member
from commands.saying import say
from commands.views import fill_form
from storage.errors import KepiError
from storage.overtaken import Overtaken

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.goals.propose import Proposal
    from kpis.goals.state import Standing
    from storage.goals import GoalRow

OPEN, DROP, UNDO = "goal_open", "goal_drop", "goal_undo"


async def set_goal(context: Context, setting: Setting) -> None:
    """Set or change a goal, and say so to the asker alone."""
    asker = setting.asker
    await require_member(context, asker.user, say(wording.GUESTS))
    if setting.owner != asker.user:
        await require_member(context, setting.owner, say(wording.GUEST_OWNER))
    if setting.channel:
        await require_own_channel(context, setting.channel, asker.user)
    if setting.goal:
        await require_goal_right(
            context, asker.user, await find_goal(context, asker.user, setting.goal)
        )
    proposal, standing = await weigh(context, setting, weighs=False)
    try:
        number = await context.write(store, context, setting, proposal, standing)
    except Overtaken as over:
        what, looked = say("this goal"), setting.looked
        words = await say_overtaken(context, asker.user, over, what, looked=looked)
        raise KepiError(words) from over
    line = say(wording.SET, name=proposal.name)
    if setting.goal:
        line = say(wording.CHANGED, name=proposal.name)
    text = f"{line} {proposal.now_words}"
    blocks = [
        section(escape(text)),
        actions([button(say(wording.OPEN), f"{OPEN}:{number}", str(number))]),
    ]
    await tell_blocks(context, asker, escape(text), blocks)


def store(
    connection: Connection,
    context: Context,
    setting: Setting,
    proposal: Proposal,
    standing: Standing,
) -> int:
    """Write the goal and return its number; a pace that is seen now is never announced as news."""
    from storage import goals
    from storage.database import take_turns
    from storage.setting_changes import note_thing

    workspace, user = context.home.workspace, setting.asker.user
    take_turns(connection, workspace)
    before = find_thing(connection, context, setting.goal)
    if setting.goal:
        number = change(connection, workspace, setting, proposal.values)
    else:
        if any(is_same(it, proposal.row) for it in goals.in_state(connection, workspace)):
            raise KepiError(wording.TWICE)
        made = context.clock()
        number = goals.add(connection, workspace, proposal.values, by=user, made=made)
    if standing.pace == "behind":
        goals.tell_pace(connection, workspace, number, "behind", was="")
    after = find_thing(connection, context, number)
    note_thing(connection, workspace, before, after, user, context.clock())
    return number


def change(
    connection: Connection, workspace: int, setting: Setting, values: Mapping[str, Any]
) -> int:
    """Change the goal that a form was opened on; raises ``Overtaken`` where it is not that now."""
    from storage import goals

    held = goals.find(connection, workspace, setting.goal)
    if held is not None and is_other(held, setting.opened):
        raise goals.overtaken(connection, workspace, held)
    if held is None or not goals.change(connection, workspace, setting.goal, values):
        raise KepiError(wording.OVER)
    return setting.goal


def is_other(held: GoalRow, opened: str) -> bool:
    """Say whether a goal is not any more what its form was opened on."""
    return bool(opened) and (mark_goal(held) != opened or held.state == "dropped")


def is_same(one: object, other: object) -> bool:
    names = ("kpi", "scope", "variant", "target", "start", "end", "every", "owner")
    return all(getattr(one, it) == getattr(other, it) for it in names)


async def drop(context: Context, pressed: Pressed, view_id: str = "") -> None:
    """Drop a goal: it is judged and told no longer, and can be taken back."""
    await move(context, pressed, "dropped", view_id)


async def undo(context: Context, pressed: Pressed, view_id: str = "") -> None:
    await move(context, pressed, "open", view_id)


async def move(context: Context, pressed: Pressed, state: str, view_id: str) -> None:
    """Move a goal to a state and say so in the place of what was pressed."""
    from kpis.goals.say import name_of
    from storage import goals

    user, number = pressed.asker.user, number_of(pressed.value)
    row = await find_goal(context, user, number)
    await require_goal_right(context, user, row)
    was = "open" if state == "dropped" else "dropped"
    workspace, now = context.home.workspace, context.clock()

    def decide(connection: Connection) -> bool:
        with noted(connection, context, number, user):
            return goals.decide(connection, workspace, number, state, now, was=was)

    if not await context.write(decide):
        raise KepiError(wording.OVER)

    def name(connection: Connection) -> str:
        from kpis.surroundings import look_around

        around = look_around(context.database, connection, workspace)
        return name_of(row, around.directory, now.date())

    named = await context.read(name)
    is_dropped = state == "dropped"
    text = escape(say(wording.DROPPED, name=named) if is_dropped else say(wording.BACK, name=named))
    blocks = [section(text)]
    if is_dropped:
        blocks.append(actions([button(say(wording.UNDO), f"{UNDO}:{number}", str(number))]))
    if view_id:
        await fill_form(context, view_id, form(say(wording.PAGE), blocks, callback_id="goal_done"))
    elif pressed.ts and pressed.is_private:
        await swap(context, pressed, text, blocks)
    else:
        await tell_blocks(context, pressed.asker, text, blocks)
