"""What setup writes: the desk, a version of its rules, its opening hours, its promises.

Every one of them is kept with who chose it and when; what was before keeps holding for what
happened before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.support.draft import SAME, Draft
from support.policies import Policy, Promise, Scope, TargetKind
from support.rules import Rules
from support.week import read_hours, say_hours

if TYPE_CHECKING:
    from sqlalchemy import Connection


WEIGHTS = {"channel": 200, "priority": 100, "platform": 40, "brand": 20, "customer": 10}
"""Of promises that are equally specific the lowest holds: a customer's before a channel's."""


def order_of(scope: Scope) -> int:
    """Return the order of a policy by what it is for; two that differ in that never tie."""
    return sum(WEIGHTS[name] for name, value in scope._asdict().items() if value)


@dataclass(frozen=True)
class Place:
    """The channel that is set up."""

    channel: str
    name: str
    is_shared: bool


def save_setup(
    connection: Connection, workspace: int, draft: Draft, place: Place, by: str, now: datetime
) -> Rules:
    """Write everything in one transaction; raises ``KepiError`` for what cannot hold together."""
    from storage import desks
    from support.rulebook import pack_rules

    is_new = desks.find(connection, workspace, place.channel) is None
    desks.make(connection, workspace, place.channel, place.name)
    if is_new:
        # What was said before is nobody's gap: it is heard from now on.
        desks.mark_alive(connection, workspace, now, [place.channel])
    calendar = save_own_hours(connection, workspace, draft, by, now)
    rules = replace(draft.rules, calendar=calendar, is_shared=place.is_shared)
    desks.add_rules(connection, workspace, place.channel, pack_rules(rules), now, by)
    save_promises(connection, workspace, draft, place, calendar, by, now)
    return rules


def save_own_hours(
    connection: Connection, workspace: int, draft: Draft, by: str, now: datetime
) -> int:
    """Return the number of the channel's calendar, its hours saved; 0 is the workspace's."""
    from storage.hours import WORKSPACE_S, next_calendar
    from storage.workspaces import zone_of
    from support.calendars import load_calendar, save_hours

    if draft.hours == SAME:
        return WORKSPACE_S
    week, zone = read_hours(draft.hours), draft.zone or zone_of(connection, workspace)
    calendar = draft.rules.calendar or next_calendar(connection, workspace)
    if draft.rules.calendar:
        held = load_calendar(connection, workspace, calendar)
        if (held.week, held.zone) == (week, zone):
            return calendar
    since = now.astimezone(ZoneInfo(zone)).date()
    save_hours(connection, workspace, calendar, week, since=since, zone=zone, by=by, at=now)
    return calendar


def save_promises(
    connection: Connection,
    workspace: int,
    draft: Draft,
    place: Place,
    calendar: int,
    by: str,
    now: datetime,
) -> None:
    """Save the channel's policy; where nothing is promised it ends."""
    from storage import policies
    from support.policy_book import save_policy

    held = policy_of(connection, workspace, place.channel)
    wanted = {
        TargetKind.FIRST_RESPONSE: draft.first_response,
        TargetKind.NEXT_RESPONSE: draft.next_response,
        TargetKind.FIRST_RESOLUTION: draft.resolution,
    }
    targets = {kind: Promise(seconds) for kind, seconds in wanted.items() if seconds}
    if not targets:
        if held is not None:
            policies.retire(connection, workspace, held.name, now)
        return
    own = calendar or None
    if held is None:
        name = policy_name(connection, workspace, place)
        scope = Scope(channel=place.channel)
        held = Policy(name, {}, scope=scope, order=order_of(scope))
    policy = replace(held, targets=targets, calendar=own)
    if policy != policy_of(connection, workspace, place.channel):
        save_policy(connection, workspace, policy, by, now)


def policy_name(connection: Connection, workspace: int, place: Place) -> str:
    """Return a name that no other policy has: the channel's, else its id."""
    from support.policy_book import current_policies

    name = f"#{place.name}"[:60] if place.name else place.channel
    taken = {it.name for it in current_policies(connection, workspace)}
    return place.channel if name in taken else name


def policy_of(connection: Connection, workspace: int, channel: str) -> Policy | None:
    """Return the policy that is for a channel and nothing else."""
    from support.policy_book import current_policies

    mine = Scope(channel=channel)
    found = (it for it in current_policies(connection, workspace) if it.scope == mine)
    return next(found, None)


def draft_of(connection: Connection, workspace: int, channel: str) -> Draft:
    """Return a channel's settings as the form fills them in; a new one has the defaults."""
    from storage import desks
    from support.calendars import load_calendar
    from support.rulebook import read_book

    if not desks.rules_of(connection, workspace, channel):
        return Draft(channel)
    rules = read_book(connection, workspace, channel).latest
    draft = Draft(channel, rules)
    if rules.calendar:
        calendar = load_calendar(connection, workspace, rules.calendar)
        draft = replace(draft, hours=say_hours(calendar.week), zone=calendar.zone)
    policy = policy_of(connection, workspace, channel)
    promised = policy.targets if policy else {}

    def seconds(kind: TargetKind) -> int:
        return promised[kind].seconds if kind in promised else 0

    return replace(
        draft,
        first_response=seconds(TargetKind.FIRST_RESPONSE),
        next_response=seconds(TargetKind.NEXT_RESPONSE),
        resolution=seconds(TargetKind.FIRST_RESOLUTION),
    )
