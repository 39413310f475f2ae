"""Private lines about what did not count and what would: each given once (support-spec §2.1–§5.1).

What people press or type is answered where they did it; hints are for reactions and messages.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC

from commands.asker import Asker, tell_blocks
from commands.blocks import Block, actions, button, escape, section
from commands.calls import FAULTS
from commands.context import Context
from commands.posting import NotWelcome, Unconfirmed, post
from commands.saying import say
from commands.support.fetching import find_message
from commands.support.hint_words import (
    UNKNOWN_BOT,
    WROTE_AGAIN,
    Hint,
    say_refused,
    say_unattached,
    told_key,
)
from commands.support.line_words import Setting, customer_name, label_of, people_in
from commands.support.looking import names_of
from commands.support.messages import words_of
from commands.tongues import language_of_channel, language_of_person
from support.outcome import Outcome
from support.reading import excerpt
from support.rules import Rules
from support.timeline import Remark, State, Timeline

log = logging.getLogger(__name__)

HEARD = ("r|", "m|", "e|")
"""Beginnings of the keys of reactions, messages and edits (support-spec §5.2)."""


@dataclass(frozen=True)
class Subject:
    """What a remark is about, read once."""

    channel: str
    rules: Rules
    admin: str
    """Who set the channel up."""
    row: int = 0
    number: int = 0
    timeline: Timeline | None = None
    names: Mapping[str, str] | None = None


async def hint(context: Context, outcome: Outcome) -> None:
    """Give the hints that the new entries call for; one that fails is given another time."""
    for remark in outcome.remarks:
        if remark.entry.startswith(HEARD) and remark.word in GIVERS:
            try:
                await give_once(context, outcome.channel, remark)
            except (*FAULTS, NotWelcome, Unconfirmed) as fault:
                log.warning("a hint was not given", extra={"why": repr(fault)[:200]})


async def give_once(context: Context, channel: str, remark: Remark) -> None:
    """Give one hint, unless it was given before."""
    from storage import support_notes

    key, workspace = told_key(remark, channel), context.home.workspace
    if not await context.write(support_notes.tell_once, workspace, key, context.clock()):
        return
    try:
        subject = await find_subject(context, channel, remark)
        await GIVERS[remark.word](context, remark, subject)
    except BaseException:
        await context.write(support_notes.forget_told, workspace, key)
        raise


async def find_subject(context: Context, channel: str, remark: Remark) -> Subject:
    """Return the channel's rules, and the issue if there is one."""
    from storage import issues, upkeep
    from support.rulebook import read_book

    workspace = context.home.workspace
    book = await context.read(read_book, workspace, channel)
    admin = await context.read(upkeep.who_set_up, workspace, channel)
    subject = Subject(channel, book.latest, admin or context.home.installer)
    if remark.issue is None:
        return subject
    episodes = await context.read(issues.of_thread, workspace, channel, remark.issue.root)
    row = next((it for it in episodes if it.episode == remark.issue.episode), None)
    if row is None:
        return subject
    timeline = await asyncio.to_thread(context.tracker.timeline, row.id)
    names = await names_of(context, people_in(timeline))
    return Subject(channel, book.latest, subject.admin, row.id, row.number, timeline, names)


async def tell_refused(context: Context, remark: Remark, subject: Subject) -> None:
    """Tell somebody why their mark did not count; never people of another company."""
    from kpis.tongue import speaking

    if subject.rules.is_shared and (await context.people.find(remark.actor)).is_guest:
        return
    is_solved = subject.timeline is not None and subject.timeline.state is State.RESOLVED
    with speaking(await language_of_person(context, remark.actor)):
        said = say_refused(remark, subject.number, subject.rules, is_solved=is_solved)
    root = remark.issue.root if remark.issue else remark.ts
    await whisper(context, remark.actor, subject.channel, root, said)


async def tell_unattached(context: Context, remark: Remark, subject: Subject) -> None:
    """Offer a responder to attach an answer that they wrote outside the thread (§4.6)."""
    from kpis.tongue import speaking
    from storage import issues, support_notes

    workspace = context.home.workspace
    waiting = await context.read(issues.waiting, workspace, subject.channel)
    if not waiting:
        key = told_key(remark, subject.channel)
        await context.write(support_notes.forget_told, workspace, key)
        return
    message = await find_message(context, subject.channel, remark.ts)
    words = escape(excerpt(words_of(message), 60)) if message else ""
    with speaking(await language_of_person(context, remark.actor)):
        said = say_unattached([it.number for it in reversed(waiting)], remark.ts, words)
    await whisper(context, remark.actor, subject.channel, None, said)


async def tell_unknown_bot(context: Context, remark: Remark, subject: Subject) -> None:
    """Ask whoever set the channel up whether an app's posts are customers (§2.1)."""
    from kpis.tongue import speaking

    if subject.admin:
        post = f"{subject.channel}|{remark.ts}"
        with speaking(await language_of_person(context, subject.admin)):
            text = say(UNKNOWN_BOT, channel=subject.channel)
            said = Hint(text, (("relay", label_of("relay"), post),))
        await whisper(context, subject.admin, subject.channel, None, said)


async def tell_wrote_again(context: Context, remark: Remark, subject: Subject) -> None:
    """Say in the thread that the customer of a dismissed issue wrote again (§5.1).

    In a channel that is shared with another company whoever dismissed it is told alone.
    """
    from kpis.tongue import speaking

    timeline = subject.timeline
    if timeline is None or timeline.state is not State.DISMISSED:
        return
    if subject.rules.is_shared or subject.rules.lines != "thread":
        dismissed_by = [it.actor for it in timeline.steps if it.what == "dismissed"]
        if dismissed_by and dismissed_by[-1]:
            with speaking(await language_of_person(context, dismissed_by[-1])):
                said = say_wrote_again(timeline, subject)
            await whisper(context, dismissed_by[-1], subject.channel, timeline.key.root, said)
        return
    with speaking(await language_of_channel(context, subject.channel)):
        said = say_wrote_again(timeline, subject)
    await post(
        context,
        channel=subject.channel,
        thread=timeline.key.root,
        text=said.text,
        blocks=compose(said),
        key=f"again:{subject.row}",
    )


def say_wrote_again(timeline: Timeline, subject: Subject) -> Hint:
    who = customer_name(timeline, Setting(subject.names or {}, UTC, subject.rules))
    text = say(WROTE_AGAIN, customer=escape(who), number=subject.number)
    return Hint(text, (("restore", label_of("restore"), str(subject.number)),))


async def whisper(
    context: Context, user: str, channel: str, thread: str | None, said: Hint
) -> None:
    """Say something to one person alone."""
    await tell_blocks(context, Asker(user, channel, thread), said.text, compose(said))


def compose(said: Hint) -> list[Block]:
    blocks = [section(said.text)]
    if said.buttons:
        row = [
            button(label, f"line:{act}:{number}" if number else f"line:{act}", value)
            for number, (act, label, value) in enumerate(said.buttons)
        ]
        blocks.append(actions(row))
    return blocks


Give = Callable[[Context, Remark, Subject], Awaitable[None]]
GIVERS: Mapping[str, Give] = {
    "not-allowed": tell_refused,
    "not-yet": tell_refused,
    "no-issue": tell_refused,
    "unattached": tell_unattached,
    "unknown-bot": tell_unknown_bot,
    "wrote-again": tell_wrote_again,
}
"""Who is told, by the remark's word; “is it solved?” (``confirm``) is asked by the line."""
