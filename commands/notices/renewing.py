"""Keeping notices true: the message says that somebody has it, answered, or solved it.

One edit for each change: what a message depends on is remembered with the notice.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from commands.calls import FAULTS, is_final
from commands.context import Context
from commands.notices.planning import KIND
from commands.notices.tokens import hash_of, token_of
from commands.notices.writing import compose_told, read_held
from commands.posting import update
from commands.support.moments import micros_of
from commands.support.notice_words import read_details
from commands.tongues import language_of_readers
from support.targets import TargetInstance, judge

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.outbox import DeliveryRow
    from storage.support_notes import NoticeRow
    from support.timeline import Timeline

log = logging.getLogger(__name__)


async def renew(context: Context, issue: int | None = None) -> None:
    """Edit the messages of notices whose issue changed: of one issue, or of all."""
    for notice in await context.read(read_changed, context, issue):
        async with context.locks.turn(f"notice:{notice.key}"):
            try:
                await renew_one(context, notice)
            except FAULTS as fault:
                log.warning("a notice was not renewed", extra={"why": repr(fault)[:200]})


def read_changed(connection: Connection, context: Context, issue: int | None) -> list[NoticeRow]:
    """Return told notices of promises whose issue is not as the message says."""
    from storage import issues, support_notes

    workspace, now = context.home.workspace, micros_of(context.clock())
    found = []
    for notice in support_notes.told_notices(connection, workspace, issue):
        details = read_details(notice.details)
        row = issues.by_id(connection, workspace, notice.issue or 0)
        if "token" in details and row is not None and details["token"] != token_of(row, now):
            found.append(notice)
    return found


async def renew_one(context: Context, notice: NoticeRow) -> None:
    """Edit a notice's messages, wherever they stand, and remember what they say."""
    from kpis.tongue import speaking

    workspace, now = context.home.workspace, micros_of(context.clock())
    held = await context.read(read_held, workspace, notice)
    if held is None or held.issue is None:
        return
    timeline = await asyncio.to_thread(context.tracker.timeline, held.issue.id)
    target = await context.read(find_target, workspace, notice, timeline, context)
    details = read_details(notice.details)
    shown = dict(details.get("shown") or {})
    for place in details.get("places") or ():
        row = await context.read(find_sent, workspace, str(place), notice.key)
        if row is None or target is None:
            continue
        written = int(details.get("told") or now)
        with speaking(await language_of_readers(context, str(place))):
            made = await compose_told(context, notice, held, timeline, target, row, written)
        if shown.get(place) == hash_of(made):
            continue
        shown[place] = hash_of(made)
        try:
            await update(
                context, channel=row.posted_in, ts=row.ts, text=made.text, blocks=made.blocks
            )
        except FAULTS as fault:
            if not is_final(fault):
                raise
            log.info("a notice is not there any more", extra={"why": repr(fault)[:200]})
    kept = details | {"token": token_of(held.issue, now), "shown": shown}
    if held.issue.settled is not None:
        kept["over"] = True
    await context.write(keep, workspace, notice.id, kept)


def find_sent(connection: Connection, workspace: int, channel: str, key: str) -> DeliveryRow | None:
    from storage import outbox

    row = outbox.find(connection, workspace, channel, KIND, key)
    return row if row is not None and row.state == "sent" else None


def keep(connection: Connection, workspace: int, notice: int, details: dict[str, object]) -> None:
    from storage import support_notes

    support_notes.set_details(connection, workspace, notice, details)


def find_target(
    connection: Connection,
    workspace: int,
    notice: NoticeRow,
    timeline: Timeline,
    context: Context,
) -> TargetInstance | None:
    """Return the promise that a notice is about, as it stands now."""
    from support.promises import Promises
    from support.rulebook import read_book

    _, _, kind, position, _ = notice.key.split("|")
    promises = Promises(connection, workspace, context.clock())
    rules = read_book(connection, workspace, timeline.key.channel).at(timeline.opened)
    calendar = promises.calendar(promises.calendar_of(timeline, rules.calendar))
    now = promises.moment(timeline)
    plan = promises.policies.plan(timeline, now)
    found = judge(timeline, plan, calendar, now)
    return next((it for it in found if (it.kind, str(it.position)) == (kind, position)), None)
