"""A try-out before anything is saved: 30 days of the channel, folded by the rules that are chosen.

Nothing of it is stored. Reactions have no times in history, so a mark counts from the end of its
thread: it shows what would have been closed, not when.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from slack_sdk.errors import SlackApiError

from commands.calls import error_of, repeat
from commands.context import Context
from commands.support import wording
from commands.support.differences import reactions_of
from commands.support.messages import read_message
from commands.support.moments import micros_of, moment_of, when
from commands.support.pace import Pace
from commands.support.people import people_who_answer
from commands.support.place import Place, look, role_now, text_of
from commands.support.threads import CLOSED
from storage.errors import KepiError
from support.entries import MICROSECONDS, Entry, Kind, Role, ts_of
from support.reading import normalise
from support.rules import RuleBook, Rules
from support.timeline import Timeline

log = logging.getLogger(__name__)

DAYS = 30
PAGES, THREADS = 12, 40
PAGE = 200
Json = Mapping[str, Any]
Progress = Callable[[int, int, int], Awaitable[None]]
"""Told how many messages were read, since when (µs), and how many threads are yet to be read."""


@dataclass
class Sample:
    """What was read of the channel."""

    messages: list[Json] = field(default_factory=list)
    since: int = 0
    """From when on everything was read (µs)."""
    is_whole: bool = True
    """Neither pages nor threads were left out."""
    unread: set[str] = field(default_factory=set)
    """Threads whose replies were not read: nobody knows who answered there."""


@dataclass(frozen=True)
class Result:
    """What the rules would have made of it."""

    days: int
    messages: int
    marks: Mapping[str, int]
    """How often each emoji that means solved was used."""
    others: Mapping[str, int]
    """How often other emoji were used."""
    opened: int
    answered: int
    closed: int
    waiting: int
    first_answers: Sequence[int] = ()
    """µs each, sorted."""
    since: int = 0
    is_whole: bool = True


async def try_out(context: Context, channel: str, rules: Rules, progress: Progress) -> Result:
    """Read the channel's last 30 days and fold them; raises ``KepiError`` where it cannot."""
    from support.board import fold

    now = micros_of(context.clock())
    sample = await read_channel(context, channel, now, progress)
    place = await imagine(context, channel, rules)
    entries = await read_entries(context, place, sample, now)
    book = RuleBook(((0, rules),))
    board = await asyncio.to_thread(fold, entries, book, channel)
    issues = list(board.issues.values())
    return count(sample, rules, issues, now)


async def imagine(context: Context, channel: str, rules: Rules) -> Place:
    """Return the channel as if the rules held already."""
    held = await look(context, channel)
    answering = await people_who_answer(context, rules.responder_groups, rules.responders_channel)
    return replace(held, is_tracked=True, rules=rules, answering=answering)


async def read_channel(context: Context, channel: str, now: int, progress: Progress) -> Sample:
    """Read top-level messages newest first, then the threads below them, within a budget."""
    oldest = micros_of(moment_of(now) - timedelta(days=DAYS))
    sample, pace = Sample(since=oldest), Pace()
    cursor = ""
    for _ in range(PAGES):
        await pace.wait()
        answer = await ask(context, channel, "", oldest=ts_of(oldest), cursor=cursor)
        sample.messages += answer.get("messages") or []
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        reached = when(text_of(sample.messages[-1], "ts")) if sample.messages else 0
        await progress(len(sample.messages), reached if cursor else oldest, 0)
        if not cursor:
            break
    else:
        sample.is_whole, sample.since = False, reached
    threads = [text_of(it, "ts") for it in sample.messages if it.get("reply_count")]
    if len(threads) > THREADS:
        sample.is_whole, sample.unread = False, set(threads[THREADS:])
    for number, root in enumerate(threads[:THREADS], 1):
        await pace.wait()
        answer = await ask(context, channel, root)
        sample.messages += [it for it in answer.get("messages") or [] if it.get("ts") != root]
        left = min(len(threads), THREADS) - number
        await progress(len(sample.messages), sample.since, left)
    return sample


async def ask(
    context: Context, channel: str, root: str, *, oldest: str = "", cursor: str = ""
) -> Json:
    """Return one page of the channel, or of a thread."""
    client = context.client
    more: dict[str, Any] = {"cursor": cursor} if cursor else {}
    try:
        if root:
            answer = await repeat(
                lambda: client.conversations_replies(channel=channel, ts=root, limit=PAGE)
            )
        else:
            answer = await repeat(
                lambda: client.conversations_history(
                    channel=channel, oldest=oldest, limit=PAGE, **more
                )
            )
    except SlackApiError as refusal:
        word = error_of(refusal)
        if root and word in ("thread_not_found", "message_not_found"):
            return {}
        if word in CLOSED:
            raise KepiError(wording.CANNOT_READ) from refusal
        raise
    return dict(answer.data) if isinstance(answer.data, dict) else {}


async def read_entries(context: Context, place: Place, sample: Sample, now: int) -> list[Entry]:
    """Return messages and marks as entries, roles as the rules would have them.

    A message with replies that were not read would look like one that nobody answered.
    """
    entries: dict[str, Entry] = {}
    ends: dict[str, int] = {}
    read = [it for it in sample.messages if text_of(it, "ts") not in sample.unread]
    for message in read:
        try:
            entry = await read_message(context, place, message, late=True)
        except ValueError:
            continue
        if entry is not None:
            entries[entry.key] = entry
            ends[entry.root] = max(ends.get(entry.root, 0), entry.at)
    for message in read:
        for mark in await read_marks(context, place, message, ends, now):
            entries[mark.key] = mark
    return list(entries.values())


async def read_marks(
    context: Context, place: Place, message: Json, ends: Mapping[str, int], now: int
) -> list[Entry]:
    """Return a message's reactions, each a moment after the last words of its thread.

    Slack's clock may be ahead of ours: a mark never comes before what it stands on.
    """
    ts = text_of(message, "ts")
    root = text_of(message, "thread_ts") or ts
    end = ends.get(root, when(ts))
    at = max(end + 1, min(now, end + MICROSECONDS))
    found = []
    for user, name in sorted(reactions_of(message)):
        role = await role_now(context, place, user)
        if role is Role.SELF:
            continue
        emoji = normalise(name, place.rules.aliases)
        key = f"r|{place.channel}|{ts}|{user}|{emoji}|try"
        found.append(
            Entry(key, Kind.MARK, place.channel, at, ts, root, actor=user, role=role, name=emoji)
        )
    return found


def count(sample: Sample, rules: Rules, issues: Sequence[Timeline], now: int) -> Result:
    """Return what people want to know of it."""
    used: Counter[str] = Counter()
    for message in sample.messages:
        for reaction in message.get("reactions") or []:
            name = normalise(str(reaction.get("name") or ""), rules.aliases)
            used[name] += int(reaction.get("count") or 0)
    real = [it for it in issues if it.dismissed is None and it.merged is None]
    answers = sorted(it.responded - it.opened for it in real if it.responded is not None)
    return Result(
        days=max(1, round((now - sample.since) / (86_400 * MICROSECONDS))),
        messages=len(sample.messages),
        marks={it: used[it] for it in sorted(rules.marks.resolve) if used[it]},
        others={
            name: times for name, times in used.most_common(6) if name not in rules.marks.resolve
        },
        opened=len(real),
        answered=len(answers),
        closed=sum(bool(it.resolutions) for it in real),
        waiting=sum(it.wait is not None for it in real),
        first_answers=answers,
        since=sample.since,
        is_whole=sample.is_whole,
    )
