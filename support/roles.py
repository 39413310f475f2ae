"""Who somebody is when something happens; the first test that matches wins (support-spec §2)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from support.entries import Role
from support.rules import Rules

SLACKBOT = "USLACKBOT"
REVOKED = "UREVOKEDU"
"""Stands where Slack hides a message for reasons of its own (slack-platform §3)."""

SAID = frozenset({"", "file_share", "me_message", "thread_broadcast", "bot_message"})
"""Subtypes in which somebody says something; every other is a notice of the system."""


class Direction(StrEnum):
    """What a relay rule says of the posts that it matches."""

    INBOUND = "inbound"
    """A customer's words, mirrored into Slack."""
    OUTBOUND = "outbound"
    """An agent's answer, given in a social tool and mirrored into Slack."""
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who wrote or did something, as far as it decides what they are."""

    user: str = ""
    """Slack user id; webhooks have none."""
    bot: str = ""
    """Bot id of what a program posted."""
    app: str = ""
    team: str = ""
    """Their company's id; empty where Slack does not say."""
    is_bot: bool = False
    is_stranger: bool = False
    """Of another company, seen in a shared channel."""
    is_guest: bool = False
    subtype: str = ""
    """Of the message; empty for a reaction or a press."""

    @property
    def is_program(self) -> bool:
        """A bot, a webhook or a workflow, or nobody at all."""
        return bool(self.bot) or self.is_bot or self.subtype == "bot_message" or not self.user

    @property
    def id(self) -> str:
        return self.user or self.bot or self.app


def role_of(
    speaker: Speaker,
    rules: Rules,
    *,
    ours: Collection[str],
    team: str,
    responders: Collection[str] = (),
    relay: Direction | None = None,
) -> Role:
    """Return the role of ``speaker`` under ``rules``.

    ``ours`` are Kepi's own user and bot ids, old ones too; ``team`` is our company; ``responders``
    are the members of the channel's responder groups and of the responders' channel, as they are
    now; ``relay`` is what the relay rule says that matches the post, if any.
    """
    if {speaker.user, speaker.bot} & set(ours) - {""}:
        return Role.SELF
    if speaker.is_program:
        return RELAYED.get(relay, Role.IGNORED) if speaker.subtype in SAID else Role.IGNORED
    if speaker.user in (SLACKBOT, REVOKED) or speaker.subtype not in SAID:
        return Role.IGNORED
    return role_of_person(speaker, rules, team=team, responders=responders)


RELAYED: dict[Direction | None, Role] = {
    Direction.INBOUND: Role.RELAY_IN,
    Direction.OUTBOUND: Role.RELAY_OUT,
}


def role_of_person(
    speaker: Speaker, rules: Rules, *, team: str, responders: Collection[str]
) -> Role:
    """Return the role of somebody who is no program: lists, then groups, then where they work."""
    for listed, role in (
        (rules.responders, Role.RESPONDER),
        (rules.customers, Role.CUSTOMER),
        (rules.ignored, Role.IGNORED),
        (responders, Role.RESPONDER),
    ):
        if speaker.user in listed:
            return role
    if speaker.is_stranger or speaker.is_guest or (speaker.team and speaker.team != team):
        return Role.CUSTOMER
    return OTHERS.get(rules.others_are, Role.BYSTANDER)


OTHERS = {
    "customer": Role.CUSTOMER,
    "responder": Role.RESPONDER,
    "bystander": Role.BYSTANDER,
}
