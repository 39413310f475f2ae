"""The list and the page of an issue, with names, links and what the reader may do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.context import Context
from commands.saying import say
from commands.support.granted import Granted, find_granted
from commands.support.line_words import people_in, say_span, slack_id
from commands.support.listing import A_PAGE, Around, Listed, Waiting, compose_list
from commands.support.looking import (
    Found,
    Overview,
    after,
    channel_name,
    customer_of,
    names_of,
    read_overview,
    read_promises,
)
from commands.support.moments import micros_of, say_moment
from commands.support.notice_words import channels_of, say_notices
from commands.support.promise_words import Promise
from commands.support.show import Shown, compose_issue
from commands.support.sight import visible
from commands.support.standing import find_standing
from support.durations import measure
from support.targets import TargetInstance, judge
from support.timeline import State

if TYPE_CHECKING:
    from storage.issues import IssueRow, TargetRow


async def list_page(context: Context, user: str, *, channel: str = "", start: int = 0) -> Listed:
    """Return who waits, as far as ``user`` may see it; of one channel or of all."""
    now, workspace = context.clock(), context.home.workspace
    seen = await context.read(read_overview, workspace, now)
    granted = await find_granted(context)
    if not seen.desks and not seen.live:
        return compose_list([], Around(unset=True, lacks=granted.says()), micros_of(now))
    places = {it.channel for it in seen.live} | {*channels_of(seen.notices)} | {*seen.desks}
    open_to = await visible(context, user, places - {""})
    mine = [it for it in seen.waiting if it.channel in open_to and channel in ("", it.channel)]
    start = min(start, max(0, (len(mine) - 1) // A_PAGE * A_PAGE))
    page = mine[start : start + A_PAGE]
    promises = await context.read(read_promises, workspace, [it.id for it in page])
    users = [it.assignee for it in page] + [slack_id(it.customer) for it in page]
    names = await names_of(context, users)
    titles = {it: await channel_name(context, it, name_in(seen, it)) for it in open_to}
    at = micros_of(now)
    rows = [waiting_of(it, names, titles, promises, seen.zone, at, granted) for it in page]
    # Rows before and after the page are counted alone.
    blank = [Waiting(it.number, micros_of(it.waiting_since or now)) for it in mine]
    whole = [*blank[:start], *rows, *blank[start + len(page) :]]
    if whole and start:
        first = mine[0]
        whole[0] = Waiting(first.number, whole[0].since, customer_of(first, names), first.platform)
    beside = around(seen, open_to, channel, titles, granted, at)
    return compose_list(whole, beside, at, start)


def waiting_of(
    row: IssueRow,
    names: Mapping[str, str],
    titles: Mapping[str, str],
    promises: Mapping[int, list[TargetRow]],
    zone: ZoneInfo,
    now: int,
    granted: Granted,
) -> Waiting:
    quiet = micros_of(row.snoozed_until) if row.snoozed_until else 0
    return Waiting(
        number=row.number,
        since=micros_of(row.waiting_since or row.opened),
        who=customer_of(row, names),
        platform=row.platform,
        channel=titles.get(row.channel, ""),
        excerpt=row.title,
        link=granted.link(row.channel, row.root),
        assignee=names.get(row.assignee, ""),
        due=say_due(promises.get(row.id, ()), zone, now),
        quiet=say_moment(quiet, zone, now) if quiet > now else "",
        priority=row.priority,
    )


def say_due(targets: Iterable[TargetRow], zone: ZoneInfo, now: int) -> str:
    """Return “due 14:20” of the promise that comes next, or by how much one is late."""
    running = [it for it in targets if it.state == "running" and it.due is not None]
    late = [
        it
        for it in targets
        if it.state == "breached" and it.fulfilled is None and it.due is not None
    ]
    for it in sorted(late, key=lambda one: one.due or one.started):
        return say("{span} late", span=say_span(now - micros_of(it.due or it.started)))
    for it in sorted(running, key=lambda one: one.due or one.started):
        due = micros_of(it.due or it.started)
        if due > now:
            return say("due {when}", when=say_moment(due, zone, now))
        return say("{span} late", span=say_span(now - due))
    return ""


def name_in(seen: Overview, channel: str) -> str:
    desk = seen.desks.get(channel)
    return desk.name if desk else ""


def around(
    seen: Overview,
    open_to: set[str],
    channel: str,
    titles: Mapping[str, str],
    granted: Granted,
    now: int,
) -> Around:
    """Return what is said beside those who wait."""
    asked = [it for it in seen.live if channel in ("", it.channel)]
    shown = [it for it in asked if it.orphaned is None and it.channel in open_to]
    # Whether a reader is in a private channel that is lost nobody can say: it is counted alone.
    unheard = [it for it in asked if it.orphaned and (not channel or channel in open_to)]
    answered = [it for it in shown if it.waiting_since is None and it.state != State.WAITING.value]
    by_row = {it.id: it for it in seen.live}
    elsewhere = sum(it.channel not in open_to for it in seen.waiting) if not channel else 0
    catching = [it for it in seen.desks.values() if it.catching_up and it.channel in open_to]
    return Around(
        answered=len(answered),
        on_customer=sum(it.state == State.WAITING.value for it in shown),
        unheard=len(unheard),
        elsewhere=elsewhere,
        catching_up=tuple(titles.get(it.channel) or it.name for it in catching),
        notices=tuple(say_notices(seen.notices, by_row, titles, seen.zone, now)),
        lacks=granted.says() if granted.is_off else (),
    )


async def issue_page(context: Context, user: str, found: Found, said: str = "") -> Listed:
    """Return the page of one issue for somebody who may see it."""
    row, timeline = found.row, found.timeline
    now = after(timeline, micros_of(context.clock()))
    standing = await find_standing(context, user, row.channel)
    people = people_in(timeline) | {slack_id(row.customer), row.assignee}
    names = await names_of(context, people)
    granted = await find_granted(context)
    shown = Shown(
        number=row.number,
        timeline=timeline,
        took=measure(timeline, found.calendar, now),
        now=now,
        zone=found.zone,
        names=names,
        channel=await channel_name(context, row.channel, found.channel),
        who=customer_of(row, names),
        excerpt=row.title,
        link=granted.link(row.channel, row.root),
        promises=[promise_of(it) for it in judge(timeline, found.plan, found.calendar, now)],
        pleasantries=[it.ts for it in timeline.steps if it.what == "suppressed" and it.ts],
        follows=found.follows,
        merged_into=found.merged_into,
        may_act=standing.may_act,
        is_admin=standing.is_admin,
    )
    return compose_issue(shown, said)


def promise_of(target: TargetInstance) -> Promise:
    return Promise(target.kind, target.state, target.length, target.due, target.overrun)
