"""Doing what somebody asked of an issue: allowed, taken, and told to them in one line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from commands.context import Context
from commands.saying import say
from commands.support import wording
from commands.support.acting import Doing, Moment, entry_of, why_not
from commands.support.doing import Asked, Done, read_doing, read_score, say_done
from commands.support.grammar import Said, Verb
from commands.support.looking import Found, find_issue, look_again, names_of
from commands.support.moments import micros_of
from commands.support.sources import read_source
from commands.support.standing import Standing, find_standing, require_sight, require_team
from commands.support.take import take
from storage.errors import KepiError
from support.entries import Act, Role
from support.timeline import IssueKey

if TYPE_CHECKING:
    from sqlalchemy import Connection

OF_CUSTOMERS = frozenset({Verb.RESOLVE, Verb.UNDO, Verb.REOPEN})
"""What an issue's own customer may do, where they are a colleague (support-spec §4.7)."""


async def act(
    context: Context, user: str, said: Said, *, trigger: str, via: str, at: int = 0
) -> tuple[Found, str]:
    """Do what ``said`` asks; return the issue as it is then and the line that says so.

    ``at`` is the moment of a button or shortcut (µs); a command counts when it comes.
    Raises ``KepiError`` for what cannot be done, with what would work.
    """
    found = await find_issue(context, said.number)
    await require_sight(context, user, found.row.channel, said.number)
    standing = await may_do(context, user, said.verb, found)
    other = await find_issue(context, said.other) if said.other else None
    if other is not None:
        await require_sight(context, user, other.row.channel, said.other)
    known = [found, *([other] if other else [])]
    now = at or max(after_all(context, it) for it in known)
    moment = Moment(found.timeline, now, standing.rules, standing.actor, said.number)
    if trouble := why_not(said.verb, moment):
        raise KepiError(trouble)
    if said.verb is Verb.CSAT:
        return found, await rate(context, said, found)
    doing = read_doing(Asked(said, moment, found.calendar, key_of(other)))
    await check_assignee(context, doing, found)
    entry = entry_of(
        doing,
        standing.actor,
        found.row.channel,
        found.row.root,
        trigger=trigger,
        now=now,
        via=via,
    )
    await take(context, [entry])
    after = await look_again(context, found.row)
    names = await names_of(context, {after.timeline.assignee, str(doing.more.get("to") or "")})
    done = Done(
        doing=doing,
        before=found.timeline,
        after=after.timeline,
        number=said.number,
        zone=found.zone,
        now=now,
        user=user,
        names=names,
        other=said.other,
    )
    if other is not None:
        beside = await look_again(context, other.row)
        done = replace(done, beside=beside.timeline)
        after = beside if after.merged_into else after
    return after, say_done(done)


def after_all(context: Context, found: Found) -> int:
    """Return now, or a moment after what is known already, where our clock is behind Slack's.

    A command counts by our clock; what its sender has seen came before it all the same.
    """
    return max(micros_of(context.clock()), found.newest + 1)


def key_of(other: Found | None) -> IssueKey | None:
    return other.timeline.key if other else None


async def may_do(context: Context, user: str, verb: Verb, found: Found) -> Standing:
    """Return the standing of somebody who may do this to this issue."""
    if verb in OF_CUSTOMERS and found.timeline.customer == f"slack:{user}":
        standing = await find_standing(context, user, found.row.channel)
        allowed = standing.rules.customer_may_resolve and not standing.is_guest
        if allowed and standing.role is Role.CUSTOMER:
            return standing
    return await require_team(context, user, found.row.channel)


async def check_assignee(context: Context, doing: Doing, found: Found) -> None:
    """Refuse to give an issue to somebody who does not answer where it is."""
    to = str(doing.more.get("to") or "") if doing.act is Act.ASSIGN else ""
    if not to:
        return
    standing = await find_standing(context, to, found.row.channel)
    if standing.is_guest or not standing.may_act:
        name = (await names_of(context, [to])).get(to) or say("They")
        channel = f"#{found.channel}" if found.channel else say("that channel")
        raise KepiError(
            wording.NOT_A_COLLEAGUE, name=name, channel=channel, number=found.row.number
        )


async def rate(context: Context, said: Said, found: Found) -> str:
    """Keep a rating that a customer gave elsewhere (support-spec §9.5)."""
    score = read_score(said)
    source = read_source(said.options.get("source") or "") or "told"
    workspace, row, now = context.home.workspace, found.row, context.clock()

    def keep(connection: Connection) -> None:
        from storage import ratings
        from storage.workspaces import mark_changed

        ratings.rate(connection, workspace, row.id, score, now, row.customer, source)
        mark_changed(connection, workspace)

    await context.write(keep)
    return say(wording.DONE_RATED, number=said.number, score=score)
