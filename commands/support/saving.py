"""What setup writes: the desk, a version of its rules, its opening hours, its promises.

Every one of them is kept with who chose it and when; what was before keeps holding for what
happened before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from commands.support.draft import Draft
from commands.support.setup_rows import (
    Place,
    Saving,
    Standing,
    hours_of,
    lay_out,
    order_of,
)
from commands.support.setup_words import BY_KEY
from storage.errors import KepiError
from support.policies import Policy, Scope, TargetKind, read_policy
from support.rules import Rules
from support.week import say_hours

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["DEFAULTS", "Place", "order_of", "save_setup"]

DEFAULTS = "support.defaults"
"""Key of the choice: what a new channel gets, fields of ``setup_words`` by their keys."""


def save_setup(
    connection: Connection,
    workspace: int,
    draft: Draft,
    place: Place,
    by: str,
    now: datetime,
) -> Rules:
    """Write everything in one transaction, and what it was before into the history.

    Raises ``Overtaken`` where somebody saved since the form was opened, and ``KepiError`` for
    what cannot hold together.
    """
    from storage.database import take_turns
    from storage.settings_written import SetupRows, put_setups

    take_turns(connection, workspace)
    require_newest(connection, workspace, draft)
    rows = SetupRows()
    standing = look_up(connection, workspace, draft.channel)
    rules = lay_out(rows, standing, draft, place, Saving(by, now))
    put_setups(connection, workspace, rows, by, now)
    return rules


def look_up(connection: Connection, workspace: int, channel: str) -> Standing:
    """Return what stands of one channel, every policy, and every calendar."""
    from storage import desks, policies
    from storage.settings_channels import newest_hours
    from storage.workspaces import zone_of

    is_known = bool(desks.rules_of(connection, workspace, channel))
    desk = desks.find(connection, workspace, channel)
    return Standing(
        zone=zone_of(connection, workspace),
        policies={it.id: read_policy(it.policy) for it in policies.current(connection, workspace)},
        drafts={channel: draft_of(connection, workspace, channel)} if is_known else {},
        desks={channel: desk.name} if desk is not None else {},
        hours=hours_of(newest_hours(connection, workspace)),
    )


def require_newest(connection: Connection, workspace: int, draft: Draft) -> None:
    """Raise ``Overtaken`` where the channel was set up since the form was opened."""
    from storage.overtaken import Overtaken
    from storage.settings_channels import newest_rules
    from storage.tables import instant_number

    if draft.opened is None:
        return
    newest = newest_rules(connection, workspace, draft.channel).get(draft.channel)
    if newest is not None and instant_number(newest.since) != draft.opened:
        raise Overtaken(newest.by, newest.since)


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
    """Return what a new channel gets."""
    from storage.support_notes import chosen

    return usual_of(dict(chosen(connection, workspace, DEFAULTS, {})), channel)


def usual_of(words: Mapping[str, Any], channel: str) -> Draft:
    """Return a draft of what was chosen for new ones; a field that is none any more is left out."""
    draft = Draft(channel)
    for key, word in words.items():
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
