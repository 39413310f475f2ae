"""How a workspace and all its channels are set now: read in a few statements, however many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from commands.support.draft import Draft
from commands.support.saving import DEFAULTS, Book, usual_draft
from support.policies import Policy, TargetKind
from support.week import say_hours

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.digests import DigestRow


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

    workspace: dict[str, str]
    """What holds, words by key."""
    unusual: frozenset[str]
    """Keys of the workspace that are not as by default."""
    usual: Draft
    """What a new channel gets."""
    defaults: dict[str, Any]
    """Of that, what was chosen, as the file has it."""
    channels: dict[str, ChannelNow]
    policies: list[Policy]

    def channel(self, channel: str) -> ChannelNow:
        """Return a channel, known or not."""
        return self.channels.get(channel) or ChannelNow(channel)

    def book(self) -> Book:
        """Return what saving a channel's set-up has to know."""
        held = {key: it.draft for key, it in self.channels.items() if it.draft is not None}
        return Book(list(self.policies), held, [])


def read_state(connection: Connection, workspace: int) -> State:
    """Return how everything is set."""
    from storage import desks, digests
    from storage.settings import SETTINGS, chosen_here
    from storage.support_notes import chosen
    from support.policy_book import current_policies

    found = chosen_here(connection, workspace)
    policies = list(current_policies(connection, workspace))
    channels: dict[str, ChannelNow] = {}

    def here(channel: str) -> ChannelNow:
        return channels.setdefault(channel, ChannelNow(channel))

    for key, channel, words in read_exceptions(connection, workspace):
        here(channel).settings[key] = words
    for channel, draft in read_drafts(connection, workspace, policies).items():
        here(channel).draft = draft
    for row in digests.all_digests(connection, workspace):
        here(row.channel).digests.append(row)
    for desk in desks.all_desks(connection, workspace):
        if desk.channel in channels:
            channels[desk.channel].name = desk.name
    of_workspace = {key: it for key, it in SETTINGS.items() if it.is_of_workspace}
    return State(
        {key: it.write(found[key].everywhere) for key, it in of_workspace.items()},
        frozenset(key for key, it in of_workspace.items() if found[key].everywhere != it.default),
        usual_draft(connection, workspace, ""),
        dict(chosen(connection, workspace, DEFAULTS, {})),
        channels,
        policies,
    )


def read_exceptions(connection: Connection, workspace: int) -> list[tuple[str, str, str]]:
    """Return what channels chose for themselves: key, channel, words."""
    import json

    from storage.settings import SETTINGS
    from storage.settings_channels import exceptions_of

    prefixes = {it.key_of("\0").partition("\0")[0]: it for it in SETTINGS.values()}
    prefixes = {prefix: it for prefix, it in prefixes.items() if it.is_of_channel}
    found = []
    for key, value in exceptions_of(connection, workspace, tuple(prefixes)).items():
        prefix = next(it for it in prefixes if key.startswith(it))
        setting = prefixes[prefix]
        found.append((setting.key, key.removeprefix(prefix), setting.write(json.loads(value))))
    return found


def read_drafts(
    connection: Connection, workspace: int, policies: list[Policy]
) -> Mapping[str, Draft]:
    """Return the set-up of every channel that has one, as ``saving.draft_of`` does of one."""
    from storage.settings_channels import newest_hours, newest_rules
    from support.calendars import read_week
    from support.rulebook import unpack_rules

    hours = newest_hours(connection, workspace)
    promised = {
        it.scope.channel: it.targets for it in policies if it.scope.channel and it.scope.size == 1
    }
    drafts: dict[str, Draft] = {}
    for channel, row in newest_rules(connection, workspace).items():
        rules = unpack_rules(row.rules)
        draft = Draft(channel, rules)
        if rules.calendar in hours and rules.calendar:
            own = hours[rules.calendar]
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
