"""``/support WORDS``, and ``/kpi support WORDS``: who waits, one issue, and what to do about it.

Every answer is for the asker alone. Forms open where the words came with a trigger (a command or
a button); elsewhere a button opens them.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands.asker import Asker, asker_of_command, tell
from commands.context import Context
from commands.rights import require_member
from commands.saying import say
from commands.support import (
    explain,
    help_page,
    holidays,
    hours,
    new,
    relays_list,
    setup,
    status,
    switches,
    targets,
    wording,
)
from commands.support.do import act
from commands.support.grammar import LONGEST, Verb, read
from commands.support.looking import find_issue
from commands.support.pages import issue_page, list_page
from commands.support.requests import Request
from commands.support.standing import require_sight
from commands.tongues import in_askers_language
from storage.errors import KepiError

ASKED = re.compile(
    r"^\W*(?:support\b|who(?:[’']s|\s+is|\s+are)?\s+(?:waits?|waiting)\W*$)", re.IGNORECASE
)


def register(app: AsyncApp, context: Context) -> None:
    @app.command(context.home.support_command)
    async def support(ack: AsyncAck, command: dict[str, Any]) -> None:
        await ack()
        answer_command(context, command, str(command.get("text") or ""))


def answer_command(context: Context, command: Mapping[str, Any], words: str) -> None:
    """Start the answer to a slash command; whatever goes wrong is told to the asker alone."""
    asker = asker_of_command(command)
    trigger = str(command.get("trigger_id") or "")
    context.tasks.start(
        answer_support(context, asker, words, trigger=trigger, key=trigger),
        lambda line: tell(context, asker, line),
    )


def about_support(words: str) -> str | None:
    """Return what follows “support” in words to Kepi, or nothing where they are about else."""
    found = ASKED.match(words[:LONGEST])
    return words[found.end() :].lstrip(" :,") if found else None


@in_askers_language
async def answer_support(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; ``key`` names the asking, so that it is done once."""
    await require_member(context, asker.user, say(wording.GUESTS))
    said = read(words)
    if not said.channel and said.verb in (Verb.LIST, Verb.HELP) and said.rest:
        raise KepiError(wording.UNKNOWN_VERB, word=said.rest[:40])
    await HANDLERS.get(said.verb, do)(Request(context, asker, said, trigger, key))


async def show_list(request: Request) -> None:
    page = await list_page(request.context, request.asker.user, channel=request.said.channel)
    await request.answer(page)


async def show_issue(request: Request) -> None:
    context, user, number = request.context, request.asker.user, request.said.number
    found = await find_issue(context, number)
    await require_sight(context, user, found.row.channel, number)
    await request.answer(await issue_page(context, user, found))


async def do(request: Request) -> None:
    """Do what was asked and show the issue as it is then."""
    context, user = request.context, request.asker.user
    found, line = await act(context, user, request.said, trigger=request.key, via="command")
    await request.answer(await issue_page(context, user, found, line))


HANDLERS: Mapping[Verb, Callable[[Request], Awaitable[None]]] = {
    Verb.LIST: show_list,
    Verb.SHOW: show_issue,
    Verb.EXPLAIN: explain.answer,
    Verb.NEW: new.answer,
    Verb.SETUP: setup.answer,
    Verb.HOURS: hours.answer,
    Verb.HOLIDAYS: holidays.answer,
    Verb.TARGETS: targets.answer,
    Verb.STATUS: status.answer,
    Verb.RELAYS: relays_list.answer,
    Verb.PEOPLE: switches.answer,
    Verb.RATINGS: switches.answer,
    Verb.HELP: help_page.answer,
}
