"""``/kpi privacy``: what is kept of people, in short, and of whoever asks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from commands.asker import Asker, tell_blocks
from commands.blocks import Block, escape, section
from commands.blocks import context as small
from commands.context import Context
from commands.kept.command import say_counts, with_names
from commands.names import find_name
from commands.rights import is_admin
from commands.saying import say

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_ADMINS = 5


async def show(context: Context, asker: Asker, key: str = "") -> None:
    """Show the page; it is for guests and people of other companies, too."""
    limits = await context.read(read_limits, context.home.workspace)
    text = say("What I keep of people, and of you.")
    blocks: list[Block] = [
        section(f"*{escape(text)}*\n" + escape(say(
            "Of messages in channels: who, when, and which reaction; not the words. The first "
            "words of an open customer issue are kept until it settles."))),
        section(escape(say(
            "Of customers and authors in files: their id or handle, when, and what they "
            "counted for. Words of mentions: {words}.", words=limits["keep-words"]))),
        section(escape(say(
            "Ids become pseudonyms: people not heard of after {people}, customers of settled "
            "issues after {names}.",
            people=limits["hash-people-after"], names=limits["keep-issue-names"]))),
        section(escape(say(
            "Who sees it: answers show counts. Figures by person are off until an admin turns "
            "them on; your own you always see."))),
        section(f"*{escape(say('Of you'))}*\n{escape(await say_own(context, asker.user))}"),
        small([escape(await say_whom_to_ask(context, asker.user))]),
    ]  # fmt: skip
    await tell_blocks(context, asker, text, blocks, key=key)


def read_limits(connection: Connection, workspace: int) -> dict[str, str]:
    """Return how long things are kept, as people read it."""
    from storage.settings import chosen_here
    from storage.settings_kept import KEPT

    found = chosen_here(connection, workspace, settings=KEPT)
    return {it.key: say_limit(it.write(found[it.key].value)) for it in KEPT}


def say_limit(words: str) -> str:
    """Return “365 days”, or that there is no end."""
    from kpis.titles import say_written

    return say("no limit") if words == "never" else say_written(words)


async def say_own(context: Context, user: str) -> str:
    """Return how much is kept of whoever asks."""
    from storage.kept.counts import count_rows
    from storage.kept.people import Person

    person = await with_names(context, Person(user=user))
    found = await asyncio.to_thread(count_rows, context.database, context.home.workspace, person)
    return say_counts(found) if found else say("Nothing.")


async def say_whom_to_ask(context: Context, user: str) -> str:
    """Return who can have somebody forgotten; an admin is told how."""
    from storage.admins import admins

    if await is_admin(context, user):
        return say("To forget somebody: {command} forget @name", command=context.home.command)
    named = [it.person for it in await context.read(admins, context.home.workspace)]
    people = list(dict.fromkeys([*named, *filter(None, [context.home.installer])]))[:MOST_ADMINS]
    names = ", ".join([await find_name(context, it) for it in people])
    if names:
        return say("To be forgotten, ask {names} or an admin of Slack.",
                   names=names)  # fmt: skip
    return say("To be forgotten, ask an admin of Slack.")
