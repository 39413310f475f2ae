"""The first steps: what there is to do in a workspace without numbers (what-people-see, *First
run*). A step that is done shows what is there, and can be done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.blocks import Block, actions, button, escape, section
from commands.saying import say

if TYPE_CHECKING:
    from slack_sdk.models.blocks.block_elements import ButtonElement

    from commands.home.facts import Facts

ADD, HOW, DIGEST, DESK, EXAMPLE = (
    "account_add",
    "home_how",
    "digest_new",
    "support_choose",
    "home_example",
)


def compose_steps(facts: Facts) -> list[Block]:
    """Return the three steps, the care team's, and the example."""
    head = say("*No data yet. Three steps:*")
    if facts.has_numbers:
        head = say("*Three steps:*")
    return [
        section(head),
        step(say_accounts(facts), button(say("Add"), ADD)),
        step(say_numbers(facts), button(say("How"), HOW)),
        step(say_digest(facts), button(say("Choose channel"), DIGEST)),
        step(say_desks(facts), button(say("Set up a channel"), DESK)),
        actions([button(say("See an example"), EXAMPLE)]),
    ]


def step(words: str, pressed: ButtonElement) -> Block:
    """Return one step with what does it."""
    return section(words) | {"accessory": pressed.to_dict()}


def say_accounts(facts: Facts) -> str:
    if not facts.accounts:
        return say("1 Accounts: none")
    return say("1 Accounts: {number} ✓", number=len(facts.accounts))


def say_numbers(facts: Facts) -> str:
    from commands.home.moments import say_date

    last = max((it.last for it in facts.accounts if it.last), default=None)
    if not facts.has_numbers:
        return say("2 Numbers: drop an export in Messages")
    if last is None:
        return say("2 Numbers: an export was read ✓")
    return say("2 Numbers: to {day} ✓", day=say_date(last, facts.today))


def say_digest(facts: Facts) -> str:
    if not facts.digests:
        return say("3 Monday digest: not set")
    return say("3 Digest: {places} ✓", places=say_places([it.plan.channel for it in facts.digests]))


def say_desks(facts: Facts) -> str:
    if not facts.desks:
        return say("Care team:")
    return say("Care team: {places} ✓", places=say_places(facts.desks))


def say_places(channels: list[str] | tuple[str, ...]) -> str:
    """Return the channels as Slack shows them, the first three by name."""
    named = list(dict.fromkeys(channels))
    shown = " ".join(say_place(it) for it in named[:3])
    left = len(named) - 3
    return say("{places} and {number} more", places=shown, number=left) if left > 0 else shown


def say_place(channel: str) -> str:
    """Return a channel's mention, which Slack shows by name to those who may know it."""
    return f"<#{escape(channel)}>" if channel[:1] in ("C", "G") else say("your messages")
