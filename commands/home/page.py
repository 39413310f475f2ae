"""Home as one page: the first steps, or how everything stands (what-people-see, *First run*)."""

from __future__ import annotations

from commands.blocks import Block, View_, escape
from commands.home.facts import Facts
from commands.home.parts import compose_accounts, compose_digests, compose_now
from commands.home.pieces import ask_button, button, context, divider, page, rows, section
from commands.home.steps import ADD, DESK, DIGEST, EXAMPLE, HOW, compose_steps
from commands.saying import say

FOR_GUESTS = (
    "You are a guest here: you can read what Kepi answers everyone, and ask in a channel that "
    "Kepi is in."
)


def compose_home(facts: Facts, *, is_admin: bool, said: str = "") -> View_:
    """Return the page of a member; ``said`` is what was just done, above everything else."""
    top = [context([escape(said)])] if said else []
    if not facts.has_numbers:
        return page([*top, *compose_steps(facts, is_admin=is_admin)])
    return page([*top, *compose_standing(facts), *compose_doors(is_admin=is_admin)])


def compose_for_guest() -> View_:
    """Return what a guest may do: no figure, nothing to set up."""
    return page(
        [
            section(say(FOR_GUESTS)),
            section(say("Try, in a channel: @Kepi reach last week")),
            *rows(
                ask_button(say("Help"), "help", 1), ask_button(say("What is kept"), "privacy", 2)
            ),
            context([say("A member of the workspace can ask anywhere and set things up.")]),
        ]
    )


def compose_standing(facts: Facts) -> list[Block]:
    """Return how everything stands, what is asked for most first."""
    return [
        *rows(
            button(say("Ask"), "ask_form", is_first=True),
            ask_button(say("Overview"), "all", 1),
            ask_button(say("All KPIs"), "list", 2),
        ),
        *compose_now(facts),
        *compose_accounts(facts),
        *rows(
            button(say("Add"), ADD),
            button(say("Accounts"), "account_list"),
            button(say("How to export"), HOW),
        ),
        compose_digests(facts),
        *rows(*digest_doors(facts)),
    ]


def digest_doors(facts: Facts) -> list[Block]:
    if not facts.digests:
        return [button(say("Choose channel"), DIGEST)]
    return [button(say("Add a digest"), DIGEST), button(say("All digests"), "digest_list")]


def compose_doors(*, is_admin: bool) -> list[Block]:
    """Return the ways to everything else; settings of the workspace are the admins'."""
    of_admins = [button(say("Settings"), "settings_form"), button(say("Admins"), "admin_form")]
    return [
        divider(),
        *rows(
            ask_button(say("Alerts"), "alerts", 5),
            ask_button(say("Goals"), "goals", 6),
            button(say("Care team"), DESK),
        ),
        *rows(
            button(say("Add a note"), "note_new"),
            button(say("Notes on dates"), "note_list"),
            ask_button(say("Status"), "status", 3),
        ),
        *rows(
            button(say("Channel settings"), "settings_channel"),
            button(say("Matched columns"), "column_list"),
        ),
        *(rows(*of_admins) if is_admin else []),
        *rows(
            ask_button(say("Help"), "help", 4),
            ask_button(say("What is kept"), "privacy", 7),
            button(say("See an example"), EXAMPLE),
        ),
    ]
