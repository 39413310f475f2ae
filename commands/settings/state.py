"""How a workspace and all its channels are set now: read in a few statements, however many."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from commands.settings.hours import HoursStand, hours_of
from commands.settings.relays import RelayNow, rules_in
from commands.support.draft import Draft
from commands.support.saving import DEFAULTS, usual_of
from commands.support.setup_rows import Standing
from commands.support.setup_rows import hours_of as calendars_of
from support.policies import TargetKind
from support.week import say_hours

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.digests import DigestRow
    from storage.settings_stand import Stand


@dataclass
class ChannelNow:
    """A channel that something was chosen for."""

    id: str
    name: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    """Exceptions: words by key."""
    draft: Draft | None = None
    """Nothing: customer issues were never set up."""
    digests: list[DigestRow] = field(default_factory=list)


@dataclass
class State:
    """Everything that a file of settings may name."""

    stand: Stand
    """The rows that it was read from."""
    workspace: dict[str, str]
    """What holds, words by key."""
    unusual: frozenset[str]
    """Keys of the workspace that are not as by default."""
    usual: Draft
    """What a new channel gets."""
    defaults: dict[str, Any]
    """Of that, what was chosen, as the file has it."""
    hours: HoursStand
    relays: list[RelayNow]
    channels: dict[str, ChannelNow]

    def channel(self, channel: str) -> ChannelNow:
        """Return a channel, known or not."""
        return self.channels.get(channel) or ChannelNow(channel)


def read_state(connection: Connection, workspace: int) -> State:
    """Return how everything is set."""
    from storage.settings_stand import read_stand

    return state_of(read_stand(connection, workspace, [DEFAULTS]))


def state_of(stand: Stand) -> State:
    """Return how everything is set, by its rows."""
    from storage.settings import SETTINGS, chosen_of

    chosen = {key: json.loads(words) for key, words in stand.choices.items()}
    of_workspace = {key: it for key, it in SETTINGS.items() if it.is_of_workspace}
    held = {
        key: chosen_of(it, chosen, stand.columns, "").everywhere for key, it in of_workspace.items()
    }
    words = {key: it.write(held[key]) for key, it in of_workspace.items()}
    return State(
        stand,
        words,
        frozenset(key for key, it in of_workspace.items() if held[key] != it.default),
        usual_of(chosen.get(DEFAULTS) or {}, ""),
        dict(chosen.get(DEFAULTS) or {}),
        hours_of(stand, words["zone"]),
        rules_in(stand.relays),
        channels_of(stand, chosen),
    )


def channels_of(stand: Stand, chosen: Mapping[str, Any]) -> dict[str, ChannelNow]:
    """Return every channel that something was chosen for."""
    channels: dict[str, ChannelNow] = {}

    def here(channel: str) -> ChannelNow:
        return channels.setdefault(channel, ChannelNow(channel))

    for key, channel, words in exceptions_in(chosen):
        here(channel).settings[key] = words
    for channel, draft in read_drafts(stand).items():
        here(channel).draft = draft
    for row in stand.digests:
        if row.removed is None:
            here(row.channel).digests.append(row)
    for relay in stand.relays:
        if relay.channel:
            here(relay.channel)
    for channel, name in stand.desks.items():
        if channel in channels:
            channels[channel].name = name
    return channels


def exceptions_in(chosen: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return what channels chose for themselves: key, channel, words."""
    from storage.settings import SETTINGS
    from storage.settings_stand import prefixes

    known = prefixes()
    found = []
    for key, value in chosen.items():
        for prefix, name in known.items():
            if key.startswith(prefix):
                found.append((name, key.removeprefix(prefix), SETTINGS[name].write(value)))
                break
    return found


def read_drafts(stand: Stand) -> Mapping[str, Draft]:
    """Return the set-up of every channel that has one, as ``saving.draft_of`` does of one."""
    from support.calendars import read_week
    from support.policies import read_policy
    from support.rulebook import unpack_rules

    policies = [read_policy(it.policy) for it in stand.policies]
    promised = {
        it.scope.channel: it.targets for it in policies if it.scope.channel and it.scope.size == 1
    }
    drafts: dict[str, Draft] = {}
    for channel, row in stand.rules.items():
        rules = unpack_rules(row.rules)
        draft = Draft(channel, rules)
        if rules.calendar in stand.hours and rules.calendar:
            own = stand.hours[rules.calendar]
            draft = replace(draft, hours=say_hours(read_week(own.week)), zone=own.zone)
        targets = promised.get(channel, {})
        seconds = {kind: it.seconds for kind, it in targets.items()}
        drafts[channel] = replace(
            draft,
            first_response=seconds.get(TargetKind.FIRST_RESPONSE, 0),
            next_response=seconds.get(TargetKind.NEXT_RESPONSE, 0),
            resolution=seconds.get(TargetKind.FIRST_RESOLUTION, 0),
        )
    return drafts


def standing_of(state: State, zone: str) -> Standing:
    """Return what saving set-ups has to know; ``zone`` is the workspace's once all is saved."""
    from support.policies import read_policy

    return Standing(
        zone=zone,
        policies={it.id: read_policy(it.policy) for it in state.stand.policies},
        drafts={key: it.draft for key, it in state.channels.items() if it.draft is not None},
        desks=state.stand.desks,
        hours=calendars_of(state.stand.hours),
    )
