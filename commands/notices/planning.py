"""Notices whose time has come become deliveries, once each, to where they belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from commands.context import Context
from commands.notices.places import Place, find_places, read_ground
from commands.support.notice_words import read_details

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.support_notes import NoticeRow

KIND = "notice"
STEPS = ("breach", "escalation")


async def plan(context: Context) -> None:
    """Write down where each notice that is due goes.

    Of a channel that is being caught up with nothing is told: the answer may be in the gap (§6.7).
    """
    from storage.support_notes import to_plan

    due = await context.read(to_plan, context.home.workspace, context.clock())
    placed = [it for notice in due if (it := await place(context, notice)) is not None]
    for one in placed:
        if any(is_later(other, one) for other in placed):
            await context.write(mark, context, one.notice, "told")
        else:
            await context.write(send_to, context, one)


class Placed(NamedTuple):
    """A notice, and where it goes."""

    notice: NoticeRow
    details: Mapping[str, Any]
    places: Sequence[Place]
    owner: str


async def place(context: Context, notice: NoticeRow) -> Placed | None:
    """Return a notice with its places; nothing where it is to wait, or its issue is gone."""
    details = read_details(notice.details)
    channel = str(details.get("channel") or "")
    workspace = context.home.workspace
    ground = await context.read(read_ground, workspace, notice.issue, channel)
    if ground is None:
        await context.write(mark, context, notice, "dropped")
        return None
    if ground.desk is not None and ground.desk.catching_up:
        return None
    places = await find_places(context, ground, details)
    return Placed(notice, details, places, ground.keeper) if places else None


def is_later(other: Placed, one: Placed) -> bool:
    """Say whether another step of the same promise, due as well, tells the same readers more."""
    mine, step = one.notice.key.rpartition("|")[::2]
    its, later = other.notice.key.rpartition("|")[::2]
    if one.notice.kind not in STEPS or other.notice.kind not in STEPS or mine != its:
        return False
    same = {it.channel for it in one.places} == {it.channel for it in other.places}
    return same and float(later) > float(step)


def mark(connection: Connection, context: Context, notice: NoticeRow, state: str) -> None:
    from storage import support_notes

    support_notes.mark_notice(connection, context.home.workspace, notice.id, state)


def send_to(connection: Connection, context: Context, placed: Placed) -> None:
    """Add the deliveries of a notice, and remember where they go."""
    from storage import outbox, support_notes

    workspace = context.home.workspace
    notice, details, places, owner = placed
    if not support_notes.mark_notice(connection, workspace, notice.id, "planned"):
        return
    kept = dict(details) | {"places": [it.channel for it in places]}
    support_notes.set_details(connection, workspace, notice.id, kept)
    for it in places:
        body: dict[str, Any] = {"owner": owner, "ping": it.ping, "blank": it.is_blank}
        if it.thread:
            body["thread_ts"] = it.thread
        outbox.add(
            connection,
            workspace,
            channel=it.channel,
            kind=KIND,
            period=notice.key,
            due=notice.due,
            now=context.clock(),
            body=body,
            revive=True,
        )
