"""``@Kepi track this`` and ``@Kepi claim`` in a thread: slash commands do not work there (O6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commands.asker import asker_of_message
from commands.context import Context
from commands.heard import without_kepi
from commands.rights import require_member
from commands.saying import say
from commands.support import wording
from commands.support.do import act
from commands.support.grammar import Verb, read
from commands.support.intake import asks_to_track, understand
from commands.support.looking import Found, find_thread, look_again
from commands.support.moments import micros_of, say_moment
from commands.support.pages import issue_page
from commands.support.place import text_of
from commands.support.requests import Request
from commands.support.take import take
from commands.support.threads import NotThere
from commands.tongues import language_of_person
from storage.errors import KepiError
from support.entries import micros

ALONE: Mapping[str, Verb] = {
    "claim": Verb.CLAIM,
    "resolve": Verb.RESOLVE,
    "solved": Verb.RESOLVE,
    "done": Verb.RESOLVE,
    "reopen": Verb.REOPEN,
    "undo": Verb.UNDO,
    "wait": Verb.WAIT,
    "unwait": Verb.UNWAIT,
    "replied": Verb.REPLIED,
}
"""Words that mean the thread's issue if they stand alone; with others they may ask for figures."""
WITH_MORE: Mapping[str, Verb] = {
    "assign": Verb.ASSIGN,
    "snooze": Verb.SNOOZE,
    "dismiss": Verb.DISMISS,
    "priority": Verb.PRIORITY,
}
IT = ("this", "it", "please")


async def follow_mention(context: Context, inner: Mapping[str, Any], key: str) -> bool:
    """Do what a mention asks of the issue of its thread; say whether it asked for anything."""
    from kpis.tongue import speaking

    tracks = asks_to_track(inner, context.home.bot_user)
    verb, words = read_words(without_kepi(text_of(inner, "text"), context.home.bot_user))
    if not tracks and verb is None:
        return False
    with speaking(await language_of_person(context, text_of(inner, "user"))):
        if tracks:
            await track_thread(context, inner, key)
        elif verb is not None:
            await do(context, inner, key, verb, words)
    return True


def read_words(text: str) -> tuple[Verb | None, str]:
    """Return what a mention asks of its thread's issue, and the words after it."""
    first, *others = text[:300].split() or [""]
    typed = first.casefold().strip(".,:;!")
    left = [it for it in others if it.casefold().strip(".,:;!") not in IT]
    if typed in ALONE and not left:
        return ALONE[typed], ""
    if typed in WITH_MORE:
        return WITH_MORE[typed], " ".join(left)
    return None, ""


async def track_thread(context: Context, inner: Mapping[str, Any], key: str) -> None:
    """Open an issue at the thread, and tell its number to the one who asked, alone."""
    channel, root = text_of(inner, "channel"), text_of(inner, "thread_ts")
    before = await find_thread(context, channel, root) if root else None
    try:
        await take(context, await understand(context, inner))
    except NotThere as fault:
        raise KepiError(wording.MESSAGE_GONE) from fault
    row = await find_thread(context, channel, root)
    if row is None:
        raise KepiError(wording.NOT_TRACKED)
    found = await look_again(context, row)
    line = say(wording.TRACKED_ALREADY, number=row.number)
    if before is None or before.number != row.number:
        when = say_moment(found.timeline.opened, found.zone, micros_of(context.clock()))
        line = say(wording.TRACKED, number=row.number, when=when)
    await show(context, inner, key, found, line)


async def do(context: Context, inner: Mapping[str, Any], key: str, verb: Verb, words: str) -> None:
    """Do it to the issue of the thread, at the moment of the mention."""
    user, root = text_of(inner, "user"), text_of(inner, "thread_ts")
    await require_member(context, user, say(wording.GUESTS))
    if not root:
        raise KepiError(wording.WHICH_ISSUE, verb=verb)
    row = await find_thread(context, text_of(inner, "channel"), root)
    if row is None:
        raise KepiError(wording.NO_ISSUE_HERE)
    said = read(f"{verb} {row.number} {words}")
    at = micros(text_of(inner, "ts"))
    found, line = await act(context, user, said, trigger=key, via="mention", at=at)
    await show(context, inner, key, found, line)


async def show(
    context: Context, inner: Mapping[str, Any], key: str, found: Found, line: str
) -> None:
    """Show the issue to the one who wrote, alone."""
    asker = asker_of_message(inner)
    request = Request(context, asker, read(""), key=f"mention:{key}")
    await request.answer(await issue_page(context, asker.user, found, line))
