"""The first steps: what there is to do in a workspace without numbers (what-people-see, *First
run*). A step that is done shows what is there, and can be done again."""

from __future__ import annotations

from collections.abc import Sequence

from commands.blocks import Block, escape
from commands.home.facts import Facts
from commands.home.pieces import ask_button, button, overflow, rows, section
from commands.saying import say

ADD, HOW, DIGEST, DESK, EXAMPLE = (
    "account_add",
    "home_how",
    "digest_new",
    "support_choose",
    "home_example",
)
MENU, ACCOUNTS, ADMINS, SETTINGS = "home_menu", "account_list", "admin_form", "settings_form"


def compose_steps(facts: Facts, *, is_admin: bool) -> list[Block]:
    """Return the three steps, the care team's, the example, and the ways to what is set up."""
    head = say("*Three steps:*") if facts.has_numbers else say("*No data yet. Three steps:*")
    return [
        section(head),
        section(say_accounts(facts), button(say("Add"), ADD)),
        section(say_numbers(facts), button(say("How"), HOW)),
        section(say_digest(facts), button(say("Choose channel"), DIGEST)),
        section(say_desks(facts), button(say("Set up a channel"), DESK)),
        *rows(
            button(say("See an example"), EXAMPLE),
            ask_button(say("Help"), "help", 4),
            menu_of(is_admin=is_admin),
        ),
    ]


def menu_of(*, is_admin: bool) -> Block:
    """Return ⋯: the ways to what is set up; the workspace's settings are the admins'."""
    of_admins = [(say("Settings"), SETTINGS)] if is_admin else []
    return overflow(MENU, [(say("Accounts"), ACCOUNTS), (say("Admins"), ADMINS), *of_admins])


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
    if not facts.tracked:
        return say("Care team:")
    return say("Care team: {places} ✓", places=say_places(facts.tracked))


def say_places(channels: Sequence[str]) -> str:
    """Return the channels as Slack shows them, the first three by name."""
    named = list(dict.fromkeys(channels))
    shown = " ".join(say_place(it) for it in named[:3])
    left = len(named) - 3
    return say("{places} and {number} more", places=shown, number=left) if left > 0 else shown


def say_place(channel: str) -> str:
    """Return a channel's mention, which Slack shows by name to those who may know it."""
    return f"<#{escape(channel)}>" if channel[:1] in ("C", "G") else say("your messages")
