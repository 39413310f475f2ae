"""The first words of messages that open issues: kept to be shown, refreshed, erased (§4.10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commands.context import Context
from commands.support.fetching import find_message
from commands.support.messages import CUSTOMER_SIDE, words_of
from commands.support.place import Place, look, text_of
from support.entries import Entry, Kind, Role
from support.outcome import Outcome
from support.posts import fields_of
from support.reading import excerpt
from support.relays import match
from support.relays import words_of as words_of_post
from support.rules import Mode


async def keep_words(
    context: Context, place: Place, entry: Entry, message: Mapping[str, Any]
) -> None:
    """Keep the first words of a customer's message that may open an issue by itself."""
    if entry.kind is Kind.MESSAGE and may_open(place, entry):
        await put(context, place, entry.ts, message)


def may_open(place: Place, entry: Entry) -> bool:
    """Say whether a message may open an issue by itself (support-spec O1, O2)."""
    if not is_top(entry) or (entry.said is not None and (entry.said.polite or entry.said.empty)):
        return False
    if place.rules.mode is Mode.AUTO:
        return entry.role in CUSTOMER_SIDE
    return place.rules.mode is Mode.RELAY and entry.role is Role.RELAY_IN


def is_top(entry: Entry) -> bool:
    return entry.root in ("", entry.ts)


async def put(context: Context, place: Place, ts: str, message: Mapping[str, Any]) -> None:
    """Keep the first words of a message, whosever it is."""
    from storage import support_notes

    words = excerpt(shown_words(place, message))
    if words:
        workspace, now = context.home.workspace, context.clock()
        await context.write(support_notes.put_excerpt, workspace, place.channel, ts, words, now)


def shown_words(place: Place, message: Mapping[str, Any]) -> str:
    """Return what stands for a message: the customer's words, its text, or a file's name."""
    relayed = match(place.relays, message, place.channel) if message.get("bot_id") else None
    text = words_of(message, relayed[1] if relayed else None)
    if text.strip():
        return text
    files = message.get("files")
    if isinstance(files, list) and files and isinstance(files[0], Mapping):
        return text_of(files[0], "name") or text_of(files[0], "title")
    return words_of_post(fields_of(message))


async def renew(
    context: Context, place: Place, ts: str, message: Mapping[str, Any], entry: Entry
) -> None:
    """Refresh words that are kept, or keep those of an edit that made a request (§3, §4.10)."""
    from storage import support_notes

    held = await context.read(support_notes.excerpt_of, context.home.workspace, place.channel, ts)
    if held or may_open(place, entry):
        await put(context, place, ts, message)


async def keep_at(context: Context, place: Place, ts: str) -> None:
    """Keep the first words of a message that somebody tracks, whosever it is."""
    from storage import support_notes

    if await context.read(support_notes.excerpt_of, context.home.workspace, place.channel, ts):
        return
    message = await find_message(context, place.channel, ts)
    if message is not None:
        await put(context, place, ts, message)


async def keep_openings(context: Context, outcome: Outcome) -> None:
    """Keep the first words of replies that opened an issue: a follow-up's own, not its thread's."""
    fresh = [it.after for it in outcome.changes if it.before is None and it.after.is_live]
    replies = [it.opening for it in fresh if it.opening not in ("", it.key.root)]
    if replies:
        place = await look(context, outcome.channel)
        for ts in replies:
            await keep_at(context, place, ts)


async def erase(context: Context, channel: str, ts: str) -> None:
    """Erase a message's words; it was deleted."""
    from storage import support_notes

    await context.write(support_notes.erase_excerpt, context.home.workspace, channel, ts)
