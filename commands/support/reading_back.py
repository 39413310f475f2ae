"""One thread, or the top of a channel, as Slack shows it now, made into entries (support-spec §6).

What is found of one thread is written down together, so that nobody sees half of it: a mark
without the message that came before it.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from commands.context import Context
from commands.support.differences import (
    Change,
    Known,
    Mark,
    find_changed_marks,
    find_edited,
    find_new,
    find_vanished,
    is_shortened,
    is_there,
    newest_of,
    reactions_of,
    thread_of,
    top_level,
)
from commands.support.excerpts import erase, keep_words, renew
from commands.support.history import History, Missing
from commands.support.intake import means_something
from commands.support.messages import read_message
from commands.support.moments import micros_of, when
from commands.support.place import Place, look, role_now
from commands.support.take import take
from support.entries import Entry, Kind, Life, Role, micros

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from commands.support.recovery import Gap

log = logging.getLogger(__name__)

Json = Mapping[str, Any]
AT_ONCE = 200
"""Top-level messages whose entries are written down together."""


async def take_thread(context: Context, history: History, gap: Gap, root: str) -> None:
    """Read a thread and write down what is not known of it."""
    gap.done.add(root)
    read_at = micros_of(context.clock())
    try:
        seen = await history.thread(gap.channel, root)
    except Missing:
        await lose_thread(context, history, gap, root, read_at)
        return
    known = await context.read(read_known, context.home.workspace, gap, [root], seen)
    await take_seen(context, history, gap, known, seen, thread_of(known, root), read_at)


async def take_top(
    context: Context, history: History, gap: Gap, top: Sequence[Json], read_at: int
) -> None:
    """Write down what is not known of top-level messages; threads that were read are done."""
    left = [it for it in top if str(it.get("thread_ts") or it.get("ts")) not in gap.done]
    gap.newest = max((gap.newest, newest_of(top)), key=when)
    known = await context.read(read_known, context.home.workspace, gap, (), left)
    shown = [ts for ts in top_level(known, gap.oldest, read_at) if ts not in gap.done]
    for start in range(0, max(len(left), 1), AT_ONCE):
        some = left[start : start + AT_ONCE]
        is_last = start + AT_ONCE >= len(left)
        # Whatever is not among all that was shown is gone; that is told with the last part.
        gone = find_vanished(known, top, shown, read_at) if is_last else []
        await take_seen(context, history, gap, known, some, (), read_at, gone)


def read_known(
    connection: Connection, workspace: int, gap: Gap, roots: Collection[str], seen: Sequence[Json]
) -> Known:
    """Return what was written down about threads and about the messages that were seen."""
    from storage import messages

    if roots:
        held = messages.known_messages_of(connection, workspace, gap.channel, roots)
    else:
        held = messages.known_messages(connection, workspace, gap.channel, gap.oldest)
    names = {str(it.get("ts")) for it in seen} | {it.ts for it in held}
    return Known(
        messages={it.ts: it for it in held},
        marks=messages.marks_now(connection, workspace, gap.channel, sorted(names)),
        changed={
            Mark(*mark): at
            for mark, at in messages.marks_changed(
                connection, workspace, gap.channel, gap.alive
            ).items()
        },
    )


async def take_seen(
    context: Context,
    history: History,
    gap: Gap,
    known: Known,
    seen: Sequence[Json],
    read: Collection[str],
    read_at: int,
    gone: Sequence[str] = (),
) -> None:
    """Write down how what was seen differs from what is known."""
    place = await look(context, gap.channel)
    entries = await read_messages(context, place, known, seen)
    for ts in (*gone, *find_vanished(known, seen, read, read_at)):
        await erase(context, gap.channel, ts)
        entries.append(tell_deleted(known, gap, ts, read_at))
    pairs = await read_reactions(history, gap, place, seen)
    changes = find_changed_marks(
        keep_meant(known, place), pairs, alive=gap.alive, started=gap.started
    )
    roots = {str(it.get("ts")): root_of(it) for it in seen}
    for change in changes:
        role = await role_now(context, place, change.mark.user)
        if role is not Role.SELF:
            entries.append(tell_mark(change, gap, roots, role, read_at))
    if entries:
        gap.found += len(entries)
        await take(context, entries)


async def read_messages(
    context: Context, place: Place, known: Known, seen: Sequence[Json]
) -> list[Entry]:
    """Return entries of new messages and of edits; they have their own times."""
    entries: list[Entry] = []
    for message in find_new(known, seen):
        if (entry := await read_one(context, place, message)) is not None:
            await keep_words(context, place, entry, message)
            entries.append(entry)
    heard = {it.ts for it in entries} | set(known.messages)
    for message in find_edited(known, seen):
        if str(message.get("ts")) in heard and (entry := await read_one(context, place, message)):
            await renew(context, place, entry.ts, message, entry)
            entries.append(tell_edited(entry, str(message["edited"]["ts"])))
    return entries


async def read_one(context: Context, place: Place, message: Json) -> Entry | None:
    """Return a message's entry; nothing for what is no message, or not as Slack describes one."""
    try:
        return await read_message(context, place, message, late=True)
    except ValueError:
        log.warning("a message cannot be read", extra={"channel": place.channel})
        return None


def tell_edited(entry: Entry, edited: str) -> Entry:
    """Return the entry of an edit, under the key that it has when it is heard."""
    key = f"e|{entry.channel}|{entry.ts}|{edited}"
    return replace(entry, key=key, kind=Kind.EDIT, at=micros(edited))


def tell_deleted(known: Known, gap: Gap, ts: str, read_at: int) -> Entry:
    """Return the entry of a message that is gone: some time after it was there last."""
    held = known.messages[ts]
    return Entry(
        key=f"d|{gap.channel}|{ts}",
        kind=Kind.DELETE,
        channel=gap.channel,
        at=read_at,
        ts=ts,
        root=held.root,
        low=max(gap.alive, held.at),
        late=True,
    )


async def read_reactions(
    history: History, gap: Gap, place: Place, seen: Sequence[Json]
) -> dict[str, set[tuple[str, str]]]:
    """Return who reacted with what means something here; shortened lists are asked for whole."""
    found = {}
    for message in filter(is_there, seen):
        ts = str(message.get("ts"))
        if is_shortened(message):
            message = await history.reactions(gap.channel, ts)
        found[ts] = {
            (user, name)
            for user, name in reactions_of(message, place.rules.aliases)
            if means_something(name, place) and user not in place.ours
        }
    return found


def keep_meant(known: Known, place: Place) -> Known:
    """Return what is known without marks that mean nothing here: those are not compared."""
    marks = {
        ts: {(user, name) for user, name in pairs if means_something(name, place)}
        for ts, pairs in known.marks.items()
    }
    return replace(known, marks=marks)


def tell_mark(
    change: Change, gap: Gap, roots: Mapping[str, str], role: Role, read_at: int
) -> Entry:
    """Return the entry of a mark that came or went at an unknown time (§6.4, §6.5).

    Its point value is when it was found, which never flatters the team. The key is the same
    whenever the same gap is read: it names the bound, not the reading.
    """
    mark, what = change.mark, "added" if change.came else "removed"
    return Entry(
        key=f"r|{gap.channel}|{mark.ts}|{mark.user}|{mark.name}|{what}|after:{change.low}",
        kind=Kind.MARK if change.came else Kind.UNMARK,
        channel=gap.channel,
        at=max(read_at, change.low + 1),
        ts=mark.ts,
        root=roots.get(mark.ts, ""),
        actor=mark.user,
        role=role,
        name=mark.name,
        low=change.low,
        late=True,
    )


def root_of(message: Json) -> str:
    return str(message.get("thread_ts") or message.get("ts"))


async def lose_thread(
    context: Context, history: History, gap: Gap, root: str, read_at: int
) -> None:
    """A thread that is not there: deleted, or older than what Slack still shows (§6.9)."""
    known = await context.read(read_known, context.home.workspace, gap, [root], [])
    if await history.is_limited(gap.channel, root):
        entries: Iterable[Entry] = [
            Entry(
                key=f"l|{gap.channel}|{Life.UNREADABLE}|{root}",
                kind=Kind.LIFE,
                channel=gap.channel,
                at=read_at,
                ts=root,
                root=root,
                name=Life.UNREADABLE,
                late=True,
            )
        ]
    else:
        gone = find_vanished(known, [], thread_of(known, root), read_at)
        for ts in gone:
            await erase(context, gap.channel, ts)
        entries = [tell_deleted(known, gap, ts, read_at) for ts in gone]
    fresh = list(entries)
    if fresh:
        gap.found += len(fresh)
        await take(context, fresh)
