"""``/kpi start``: the first steps, or what Home shows, in a message to the asker alone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands import wording
from commands.asker import Asker, tell_blocks
from commands.blocks import Block, escape
from commands.context import Context
from commands.home.facts import Facts
from commands.home.parts import compose_accounts, compose_digests, compose_now
from commands.home.pieces import button, rows, section
from commands.home.publishing import find_facts
from commands.home.steps import ADD, DESK, DIGEST, HOW, compose_steps, menu_of
from commands.rights import is_admin, require_member
from commands.saying import say
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST = 15
"""Blocks of a message that people read (what-people-see, *Layout rules*)."""
NO_DATA = "No data yet. Three steps: add an account, drop an export, choose a digest's channel."


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Show the asker alone the first steps; what follows “start” changes nothing."""
    await require_member(context, asker.user, say(wording.GUEST))
    await show_start(context, asker, key=key)


async def show_start(context: Context, asker: Asker, *, key: str, look_first: bool = False) -> None:
    text, blocks = await find_start(context, asker.user)
    await tell_blocks(context, asker, text, blocks, key=key, look_first=look_first)


async def find_start(context: Context, user: str) -> tuple[str, list[Block]]:
    """Return one sentence and the blocks of what somebody's Home shows, as a message."""
    facts, admin = await asyncio.gather(find_facts(context, user), is_admin(context, user))
    return compose_start(facts, is_admin=admin)


def compose_start(facts: Facts, *, is_admin: bool) -> tuple[str, list[Block]]:
    """Return one sentence, and the steps or how everything stands."""
    if not facts.has_numbers:
        return escape(say(NO_DATA)), compose_steps(facts, is_admin=is_admin)
    ends: list[Block] = [
        compose_digests(facts),
        *rows(button(say("Ask"), "ask_form"), button(say("Add"), ADD), button(say("How"), HOW)),
        *rows(
            button(say("Choose channel"), DIGEST),
            button(say("Care team"), DESK),
            menu_of(is_admin=is_admin),
        ),
    ]
    begin = [*compose_now(facts), *compose_accounts(facts)][: MOST - len(ends) - 1]
    text = escape(say_sum(facts))
    return text, [section(f"*{text}*"), *begin, *ends]


def say_sum(facts: Facts) -> str:
    """Return “3 accounts, 1 digest, 2 open alerts.”"""
    from kpis.tongue import joined, say_noun

    parts = [
        say_noun("account", len(facts.accounts)),
        *([say_noun("digest", len(facts.digests))] if facts.digests else []),
        *([say_noun("open alert", len(facts.alerts))] if facts.alerts else []),
    ]
    return f"{joined(parts)}."


# --- instead of “no data”


async def offer_start(
    context: Context, asker: Asker, words: str, *, key: str, look_first: bool
) -> bool:
    """Show the first steps where a question has nothing at all to be answered from.

    Says whether it did: what is no question, and what guests ask, gets its usual answer.
    """
    if not await context.read(has_nothing_for, context, words):
        return False
    if (await context.people.find(asker.user)).is_guest:
        return False
    await show_start(context, asker, key=key, look_first=look_first)
    return True


def has_nothing_for(connection: Connection, context: Context, words: str) -> bool:
    """Say whether ``words`` ask for numbers, or say nothing, and no export was ever read."""
    from kpis.catalogue import Service
    from kpis.parsing import parse
    from kpis.question import Asked
    from kpis.surroundings import look_around

    around = look_around(context.database, connection, context.home.workspace)
    if around.imports:
        return False
    if not words.strip():
        return True
    today = context.clock().astimezone(ZoneInfo(around.zone)).date()
    try:
        asked = parse(words, today, around.directory)
    except KepiError:
        return False
    return isinstance(asked, Asked) and not any(
        isinstance(around.entry(it.kpi), Service) for it in asked.questions
    )
