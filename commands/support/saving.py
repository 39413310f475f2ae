"""What setup writes: the desk, a version of its rules, its opening hours, its promises.

Every one of them is kept with who chose it and when; what was before keeps holding for what
happened before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.support.draft import SAME, Draft
from commands.support.setup_words import BY_KEY, changed_fields
from storage.errors import KepiError
from support.policies import (
    Policy,
    Promise,
    Scope,
    TargetKind,
    check,
    check_tie,
    write_policy,
)
from support.rules import Rules
from support.week import read_hours, say_hours

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.setting_changes import ChangeRow


DEFAULTS = "support.defaults"
"""Key of the choice: what a new channel gets, fields of ``setup_words`` by their keys."""
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
class Book:
    """What stands before something is saved: read once, for however many channels."""

    policies: list[Policy] = field(default_factory=list)
    """Those that hold; kept true while channels are saved."""
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    """Channels that are set up already."""
    notes: list[ChangeRow] | None = None
    """Where the history of many channels is gathered, for its one statement; else each its own."""

    def policy_of(self, channel: str) -> Policy | None:
        """Return the policy that is for a channel and nothing else."""
        mine = Scope(channel=channel)
        return next((it for it in self.policies if it.scope == mine), None)


def save_setup(
    connection: Connection,
    workspace: int,
    draft: Draft,
    place: Place,
    by: str,
    now: datetime,
    *,
    source: str = "form",
    book: Book | None = None,
) -> Rules:
    """Write everything in one transaction, and what it was before into the history.

    Raises ``Overtaken`` where somebody saved since the form was opened, and ``KepiError`` for
    what cannot hold together. ``book`` is what stands, where it was read already.
    """
    from storage import desks
    from storage.database import take_turns
    from storage.settings_channels import note_changes
    from support.rulebook import pack_rules

    take_turns(connection, workspace)
    require_newest(connection, workspace, draft)
    book = book or look_up(connection, workspace, draft.channel)
    is_new = desks.find(connection, workspace, place.channel) is None
    desks.make(connection, workspace, place.channel, place.name)
    if is_new:
        # What was said before is nobody's gap: it is heard from now on.
        desks.mark_alive(connection, workspace, now, [place.channel])
    calendar = save_own_hours(connection, workspace, draft, by, now)
    rules = replace(draft.rules, calendar=calendar, is_shared=place.is_shared)
    desks.add_rules(connection, workspace, place.channel, pack_rules(rules), now, by)
    save_promises(connection, workspace, draft, place, calendar, by, now, book)
    noted = note_setup(draft, book.drafts.get(draft.channel), by, now, source)
    if book.notes is None:
        note_changes(connection, workspace, noted)
    else:
        book.notes += noted
    return rules


def look_up(connection: Connection, workspace: int, channel: str) -> Book:
    """Return what stands of one channel, and every policy."""
    from storage import desks
    from support.policy_book import current_policies

    is_known = bool(desks.rules_of(connection, workspace, channel))
    drafts = {channel: draft_of(connection, workspace, channel)} if is_known else {}
    return Book(list(current_policies(connection, workspace)), drafts)


def require_newest(connection: Connection, workspace: int, draft: Draft) -> None:
    """Raise ``Overtaken`` where the channel was set up since the form was opened."""
    from storage.setting import Overtaken
    from storage.settings_channels import newest_rules
    from storage.tables import instant_number

    if draft.opened is None:
        return
    newest = newest_rules(connection, workspace, draft.channel).get(draft.channel)
    if newest is not None and instant_number(newest.since) != draft.opened:
        raise Overtaken(SET_UP, newest.by, newest.since)


def note_setup(
    draft: Draft, before: Draft | None, by: str, now: datetime, source: str
) -> list[ChangeRow]:
    """Return each field that changed; of a channel's first set-up, what is not as usual."""
    from storage.setting_changes import ChangeRow

    usual = before or Draft(draft.channel)
    changed = changed_fields(usual, draft)
    if before is None and not any(it.key == "mode" for it, _, _ in changed):
        mode = BY_KEY["mode"]
        changed = [(mode, "", mode.words(draft)), *changed]
    return [
        ChangeRow(
            draft.channel, f"{SET_UP}.{it.key}", was if before else "", is_now, by, now, source
        )
        for it, was, is_now in changed
    ]


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
    book: Book,
) -> None:
    """Save the channel's policy; where nothing is promised it ends."""
    from storage import policies

    held = book.policy_of(place.channel)
    wanted = {
        TargetKind.FIRST_RESPONSE: draft.first_response,
        TargetKind.NEXT_RESPONSE: draft.next_response,
        TargetKind.FIRST_RESOLUTION: draft.resolution,
    }
    targets = {kind: Promise(seconds) for kind, seconds in wanted.items() if seconds}
    if not targets:
        if held is not None:
            policies.retire(connection, workspace, held.name, now)
            book.policies.remove(held)
        return
    own = calendar or None
    scope = Scope(channel=place.channel)
    usual = held or Policy(policy_name(book, place), {}, scope=scope, order=order_of(scope))
    policy = check(replace(usual, targets=targets, calendar=own))
    if policy == held:
        return
    check_tie(book.policies, policy)
    policies.save(connection, workspace, policy.name, write_policy(policy), by, now)
    book.policies[:] = [it for it in book.policies if it.name != policy.name] + [policy]


def policy_name(book: Book, place: Place) -> str:
    """Return a name that no other policy has: the channel's, else its id."""
    name = f"#{place.name}"[:60] if place.name else place.channel
    return place.channel if any(it.name == name for it in book.policies) else name


def policy_of(connection: Connection, workspace: int, channel: str) -> Policy | None:
    """Return the policy that is for a channel and nothing else."""
    from support.policy_book import current_policies

    mine = Scope(channel=channel)
    found = (it for it in current_policies(connection, workspace) if it.scope == mine)
    return next(found, None)


def draft_to_fill(connection: Connection, workspace: int, channel: str) -> Draft:
    """Return a channel's settings as the form is opened on them.

    A new one has what the workspace gives new channels, and else the defaults.
    """
    from storage.settings_channels import newest_rules
    from storage.tables import instant_number

    newest = newest_rules(connection, workspace, channel).get(channel)
    if newest is None:
        return replace(usual_draft(connection, workspace, channel), opened=0)
    opened = instant_number(newest.since)
    return replace(draft_of(connection, workspace, channel), opened=opened)


def usual_draft(connection: Connection, workspace: int, channel: str) -> Draft:
    """Return what a new channel gets; a field that is none any more is left out."""
    from storage.support_notes import chosen

    draft = Draft(channel)
    for key, word in dict(chosen(connection, workspace, DEFAULTS, {})).items():
        try:
            draft = BY_KEY[key].put(draft, BY_KEY[key].read(word))
        except (KeyError, KepiError):
            continue
    return draft


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
