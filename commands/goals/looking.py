"""Goals as their readers may see them: figures of private channels stay with those in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from commands.context import Context
from commands.destinations import require_own_channel
from commands.goals import wording
from commands.names import find_name
from commands.rights import is_admin, require_keeper
from commands.saying import say
from commands.who_sees import Readers, hidden_from
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.goals.state import Standing
    from kpis.surroundings import Surroundings
    from storage.goals import GoalRow

Result = TypeVar("Result")


async def look(
    context: Context,
    readers: Readers,
    work: Callable[[Connection, Surroundings, datetime], Result],
) -> Result:
    """Return what ``work`` finds in one connection, among what these readers may know."""
    hidden = await hidden_from(context, readers)

    def looking(connection: Connection) -> Result:
        from kpis.surroundings import look_around

        around = look_around(context.database, connection, context.home.workspace)
        return work(connection, around.without(hidden), context.clock())

    return await context.read(looking)


def readers_of(row: GoalRow) -> Readers:
    """Return who reads what is told of a goal: its channel, or else its owner."""
    return Readers(row.owner, row.channel)


async def judge_goal(
    context: Context, readers: Readers, row: GoalRow, *, drawn: bool = True
) -> Standing:
    from kpis.goals.judge import judge

    return await look(
        context,
        readers,
        lambda connection, around, now: judge(row, connection, around, now, drawn=drawn),
    )


async def find_goal(context: Context, user: str, number: int) -> GoalRow:
    """Return a goal; raises ``KepiError`` for one that is not there, or private to another."""
    from kpis.goals.standing import is_shown
    from storage.goals import find

    row = await context.read(find, context.home.workspace, number)
    if row is None or not is_shown(row, user):
        raise KepiError(wording.NO_SUCH, number=number)
    return row


async def require_goal_right(context: Context, user: str, row: GoalRow) -> None:
    """Refuse everyone but the owner, whoever set the goal, and admins."""
    await require_keeper(
        context, user, row, guests=say(wording.GUESTS), others=say(wording.NOT_YOURS)
    )


async def may_change(context: Context, user: str, row: GoalRow) -> bool:
    """Say whether somebody is the owner, whoever set the goal, or an admin."""
    return user in (row.owner, row.by) or await is_admin(context, user)


async def place_of(context: Context, row: GoalRow) -> str:
    """Return where a goal is told, in words."""
    if row.scoped.get("private"):
        return say(wording.PRIVATE)
    if not row.channel:
        return say(wording.TOLD_OWNER, owner=await find_name(context, row.owner))
    name = (await context.channels.find(row.channel)).name
    return say(wording.TOLD_HERE, channel=f"#{name}" if name else say("its channel"))


async def default_channel(context: Context, channel: str, is_direct: bool) -> str:
    """Return the channel where a goal was said, if Kepi may tell of it there."""
    if is_direct or not channel:
        return ""
    try:
        await require_own_channel(context, channel)
    except KepiError:
        return ""
    return channel
