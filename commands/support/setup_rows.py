"""What a channel's set-up comes down to in rows, worked out on what stands; it writes nothing.

So it may be done before a transaction begins, for however many channels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.support.draft import SAME, Draft
from commands.support.setup_words import BY_KEY, changed_fields
from support.policies import Policy, Promise, Scope, TargetKind, check, check_tie, write_policy
from support.rules import Rules
from support.week import read_hours

if TYPE_CHECKING:
    from storage.setting_changes import ChangeRow
    from storage.settings_channels import HoursNow
    from storage.settings_written import SetupRows

SET_UP = "support"
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


@dataclass
class Standing:
    """What stands before something is saved; kept true while channels are worked out."""

    zone: str
    """The workspace's."""
    policies: dict[int, Policy]
    """Those that hold, by their rows; new ones have numbers below 0."""
    drafts: Mapping[str, Draft]
    """Channels that are set up already."""
    desks: Mapping[str, str]
    """Names by channel."""
    hours: dict[int, tuple[str, str]]
    """Zone and week (JSON) by calendar."""


@dataclass(frozen=True)
class Saving:
    """Who saves, when, and by what way."""

    by: str
    at: datetime
    source: str = "form"


def hours_of(held: Mapping[int, HoursNow]) -> dict[int, tuple[str, str]]:
    return {calendar: (it.zone, it.week) for calendar, it in held.items()}


def lay_out(
    rows: SetupRows, standing: Standing, draft: Draft, place: Place, saving: Saving
) -> Rules:
    """Add one channel's rows, and return its rules; ``KepiError`` for what cannot hold together."""
    from support.rulebook import pack_rules

    if place.channel not in standing.desks:
        rows.desks.append((place.channel, place.name))
    elif place.name and place.name != standing.desks[place.channel]:
        rows.names.append((place.channel, place.name))
    calendar = lay_out_hours(rows, standing, draft, saving)
    rules = replace(draft.rules, calendar=calendar, is_shared=place.is_shared)
    rows.rules.append((place.channel, pack_rules(rules)))
    lay_out_promises(rows, standing, draft, place, calendar)
    rows.notes += note_setup(draft, standing.drafts.get(draft.channel), saving)
    return rules


def note_setup(draft: Draft, before: Draft | None, saving: Saving) -> list[ChangeRow]:
    """Return each field that changed; of a channel's first set-up, what is not as usual."""
    from storage.setting_changes import ChangeRow

    usual = before or Draft(draft.channel)
    changed = changed_fields(usual, draft)
    if before is None and not any(it.key == "mode" for it, _, _ in changed):
        mode = BY_KEY["mode"]
        changed = [(mode, "", mode.words(draft)), *changed]
    made = (saving.by, saving.at, saving.source)
    return [
        ChangeRow(draft.channel, f"{SET_UP}.{it.key}", was if before else "", now, *made)
        for it, was, now in changed
    ]


def lay_out_hours(rows: SetupRows, standing: Standing, draft: Draft, saving: Saving) -> int:
    """Return the number of the channel's calendar, its hours added; 0 is the workspace's."""
    from storage.hours import WORKSPACE_S
    from storage.settings_written import WeekRow
    from support.calendars import write_week

    if draft.hours == SAME:
        return WORKSPACE_S
    zone, week = draft.zone or standing.zone, write_week(read_hours(draft.hours))
    calendar = draft.rules.calendar or max(standing.hours, default=WORKSPACE_S) + 1
    if standing.hours.get(calendar) != (zone, week):
        since = saving.at.astimezone(ZoneInfo(zone)).date()
        rows.weeks.append(WeekRow(calendar, since, zone, week))
        standing.hours[calendar] = zone, week
    return calendar


def lay_out_promises(
    rows: SetupRows, standing: Standing, draft: Draft, place: Place, calendar: int
) -> None:
    """Add the channel's policy; where nothing is promised it ends."""
    scope = Scope(channel=place.channel)
    number = next((it for it, held in standing.policies.items() if held.scope == scope), 0)
    held = standing.policies.get(number)
    wanted = {
        TargetKind.FIRST_RESPONSE: draft.first_response,
        TargetKind.NEXT_RESPONSE: draft.next_response,
        TargetKind.FIRST_RESOLUTION: draft.resolution,
    }
    targets = {kind: Promise(seconds) for kind, seconds in wanted.items() if seconds}
    policy = None
    if targets:
        usual = held or Policy(policy_name(standing, place), {}, scope=scope, order=order_of(scope))
        policy = check(replace(usual, targets=targets, calendar=calendar or None))
    if policy == held:
        return
    if held is not None:
        rows.ended.append(number)
        del standing.policies[number]
    if policy is not None:
        near = (it for it in standing.policies.values() if it.scope.channel in ("", place.channel))
        check_tie(near, policy)
        rows.policies.append((policy.name, write_policy(policy)))
        standing.policies[-len(rows.policies)] = policy


def policy_name(standing: Standing, place: Place) -> str:
    """Return a name that no other policy has: the channel's, else its id."""
    name = f"#{place.name}"[:60] if place.name else place.channel
    is_taken = any(it.name == name for it in standing.policies.values())
    return place.channel if is_taken else name
