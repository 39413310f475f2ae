"""Goals as their readers may see them: figures of private channels stay with those in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from commands.context import Context
from commands.goals import wording
from commands.names import find_name
from commands.rights import require_member, require_own
from commands.who_sees import Readers, hidden_from
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.charts.picture import Picture
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
        raise KepiError(wording.NO_SUCH.format(number=number))
    return row


async def require_right(context: Context, user: str, row: GoalRow) -> None:
    """Refuse everyone but the owner, whoever set the goal, and admins."""
    await require_member(context, user, wording.GUESTS)
    if user in (row.owner, row.by):
        return
    owner = await find_name(context, row.owner)
    await require_own(context, user, row.owner, wording.NOT_YOURS.format(owner=owner))


async def upload(context: Context, picture: Picture | None) -> str:
    """Return the id of a drawn and uploaded picture, or nothing where that failed."""
    from commands.calls import FAULTS
    from commands.files_upload import NotUploaded, upload_image
    from kpis.charts.workers import ChartFailed

    if picture is None:
        return ""
    try:
        data = await context.workers.draw(picture)
        return await upload_image(context, data, picture.file_name, picture.alt_text)
    except (*FAULTS, NotUploaded, ChartFailed):
        return ""


async def place_of(context: Context, row: GoalRow) -> str:
    """Return where a goal is told, in words."""
    if row.scoped.get("private"):
        return wording.PRIVATE
    if not row.channel:
        return wording.TOLD_OWNER.format(owner=await find_name(context, row.owner))
    name = (await context.channels.find(row.channel)).name
    return wording.TOLD_HERE.format(channel=f"#{name}" if name else "its channel")


async def check_channel(context: Context, channel: str) -> None:
    """Refuse a channel in which nothing can be told."""
    if not channel:
        return
    context.channels.forget(channel)
    known = await context.channels.find(channel)
    if known.is_archived:
        raise KepiError(wording.ARCHIVED)
    if not known.is_member:
        raise KepiError(wording.NOT_IN)
    if known.is_shared:
        raise KepiError(wording.SHARED)


async def default_channel(context: Context, channel: str, is_direct: bool) -> str:
    """Return the channel where a goal was said, if Kepi may tell of it there."""
    if is_direct or not channel or channel.startswith("D"):
        return ""
    try:
        await check_channel(context, channel)
    except KepiError:
        return ""
    return channel


def several(rows: Sequence[object], noun: str) -> str:
    return f"1 {noun}" if len(rows) == 1 else f"{len(rows)} {noun}s"
