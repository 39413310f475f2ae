"""Home as one page: the first steps, or how everything stands (what-people-see, *First run*)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from slack_sdk.models.blocks import DividerBlock
from slack_sdk.models.views import View

from commands.blocks import Block, View_, actions, ask_button, button, context, escape, section
from commands.home.parts import compose_accounts, compose_digests, compose_now
from commands.home.steps import ADD, DESK, DIGEST, EXAMPLE, HOW, compose_steps
from commands.saying import say

if TYPE_CHECKING:
    from slack_sdk.models.blocks.block_elements import ButtonElement

    from commands.home.facts import Facts

MOST = 100
A_ROW = 3
FOR_GUESTS = (
    "You are a guest here: you can read what Kepi answers everyone, and ask in a channel that "
    "Kepi is in."
)


def compose_home(facts: Facts, *, is_admin: bool, said: str = "") -> View_:
    """Return the page of a member; ``said`` is what was just done, above everything else."""
    top = [context([escape(said)])] if said else []
    if not facts.has_numbers:
        return view([*top, *compose_steps(facts)])
    return view([*top, *compose_standing(facts), *compose_doors(is_admin=is_admin)])


def compose_for_guest() -> View_:
    """Return what a guest may do: no figure, nothing to set up."""
    return view(
        [
            section(say(FOR_GUESTS)),
            section(say("Try, in a channel: @Kepi reach last week")),
            context([say("A member of the workspace can ask anywhere and set things up.")]),
        ]
    )


def compose_standing(facts: Facts) -> list[Block]:
    """Return how everything stands, what is asked for most first."""
    asks = [button(say("Ask"), "ask_form", style="primary"), ask_button(say("Overview"), "all", 1)]
    return [
        actions([*asks, ask_button(say("All KPIs"), "list", 2)]),
        *compose_now(facts),
        *compose_accounts(facts),
        *rows(
            [
                button(say("Add"), ADD),
                button(say("Accounts"), "account_list"),
                button(say("How to export"), HOW),
            ]
        ),
        compose_digests(facts),
        *rows(digest_doors(facts)),
    ]


def digest_doors(facts: Facts) -> list[ButtonElement]:
    first = say("Add a digest") if facts.digests else say("Choose channel")
    doors = [button(first, DIGEST)]
    if facts.digests:
        doors.append(button(say("All digests"), "digest_list"))
    return doors


def compose_doors(*, is_admin: bool) -> list[Block]:
    """Return the ways to everything else; settings of the workspace are the admins'."""
    of_charts = [
        button(say("Add a note"), "note_new"),
        button(say("Notes on dates"), "note_list"),
        button(say("Matched columns"), "column_list"),
    ]
    of_channels = [
        button(say("Care team"), DESK),
        button(say("Channel settings"), "settings_channel"),
        ask_button(say("Status"), "status", 3),
    ]
    of_admins = [
        button(say("Settings"), "settings_form"),
        button(say("Admins"), "admin_form"),
    ]
    ends = [ask_button(say("Help"), "help", 4), button(say("See an example"), EXAMPLE)]
    blocks = [actions(of_charts), actions(of_channels), *([actions(of_admins)] if is_admin else [])]
    return [DividerBlock().to_dict(), *blocks, actions(ends)]


def rows(buttons: Sequence[ButtonElement]) -> list[Block]:
    """Return buttons three to a row."""
    return [actions(buttons[at : at + A_ROW]) for at in range(0, len(buttons), A_ROW)]


def view(blocks: Sequence[Block]) -> View_:
    return View(type="home", blocks=[dict(it) for it in blocks][:MOST]).to_dict()
