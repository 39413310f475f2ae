"""A Slack message as an entry of the ledger, whether it was just heard or read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from commands.context import Context
from commands.support.people import group_members
from commands.support.place import Author, Place, author_of, role_now, text_of
from support.entries import Entry, Kind, Role, Said, micros
from support.posts import fields_of
from support.reading import GROUP, MENTION, read_words
from support.relays import Extracted
from support.roles import SAID

CUSTOMER_SIDE = frozenset({Role.CUSTOMER, Role.RELAY_IN})


def key_of_message(team: str, channel: str, ts: str) -> str:
    """Return a message's identity (support-spec §5.2)."""
    return f"m|{team}|{channel}|{ts}"


def root_of(message: Mapping[str, Any]) -> str:
    """Return the root of a message's thread: itself, where it is top level."""
    return text_of(message, "thread_ts") or text_of(message, "ts")


def is_said(message: Mapping[str, Any]) -> bool:
    """Say whether somebody says something: not a notice of the system (slack-platform §3)."""
    return (message.get("subtype") or "") in SAID and "ts" in message


def has_file(message: Mapping[str, Any]) -> bool:
    return bool(message.get("files"))


async def read_message(
    context: Context, place: Place, message: Mapping[str, Any], *, late: bool = False
) -> Entry | None:
    """Return the entry of a message; nothing for a notice of the system or our own words.

    Raises ``ValueError`` for one without a usable ``ts``.
    """
    if not is_said(message):
        return None
    ts, root = text_of(message, "ts"), root_of(message)
    at = micros(ts)
    micros(root)
    author = await author_of(context, place, message)
    if author.role is Role.SELF:
        return None
    return Entry(
        key=key_of_message(context.home.team, place.channel, ts),
        kind=Kind.MESSAGE,
        channel=place.channel,
        at=at,
        ts=ts,
        root=root,
        actor=author.speaker.id,
        role=author.role,
        said=await read_said(context, place, message, author),
        late=late,
    )


async def read_said(
    context: Context, place: Place, message: Mapping[str, Any], author: Author
) -> Said:
    """Return the decisions about a message's words."""
    extracted = author.extracted
    text = words_of(message, extracted)
    said = read_words(
        text,
        place.rules,
        place.channel,
        colleagues=await colleagues_in(context, place, text, author.role),
        has_file=has_file(message) or is_without_words(message, text),
        is_broadcast=message.get("subtype") == "thread_broadcast",
        is_empty=is_of_no_concern(place, author),
    )
    if extracted is not None:
        return with_relay(said, extracted)
    if author.role is Role.RESPONDER and text.lstrip().startswith(f"<@{context.home.bot_user}"):
        return replace(said, note=True)  # said to Kepi, not to the customer
    if author.role is Role.CUSTOMER:
        return replace(said, customer=f"slack:{author.speaker.user}")
    return said


def is_of_no_concern(place: Place, author: Author) -> bool:
    """Say whether nobody need ever ask who that is: one who is ignored on purpose.

    A strange program is asked about only where posts open issues by themselves (§2.1).
    """
    return author.role is Role.IGNORED and not (author.is_strange and place.opens_by_itself)


def words_of(message: Mapping[str, Any], extracted: Extracted | None = None) -> str:
    """Return the words of a message: what a relay rule read, or what Slack calls its text."""
    return extracted.text if extracted is not None else text_of(message, "text")


def is_without_words(message: Mapping[str, Any], text: str) -> bool:
    """Say whether blocks or attachments speak for a message that has no text."""
    return not text.strip() and bool(message.get("blocks") or message.get("attachments"))


async def colleagues_in(context: Context, place: Place, text: str, role: Role) -> frozenset[str]:
    """Return those who are mentioned and answer here; asked only of a responder's message."""
    if role is not Role.RESPONDER:
        return frozenset()
    found = set()
    for user in set(MENTION.findall(text[:2000])):
        if await role_now(context, place, user) is Role.RESPONDER:
            found.add(user)
    for group in set(GROUP.findall(text[:2000])):
        members = await group_members(context, group)
        if group in place.rules.responder_groups or (members and members <= place.answering):
            found.add(group)
    return frozenset(found)


def with_relay(said: Said, extracted: Extracted) -> Said:
    """Add what a relay rule read in a post."""
    conversation = extracted.conversation
    return replace(
        said,
        customer=extracted.customer,
        conversation=f"{extracted.platform}:{conversation}" if conversation else "",
        platform=extracted.platform,
        handle=extracted.handle,
        url=extracted.url,
        brand=extracted.brand,
        sentiment=extracted.sentiment,
        source_at=extracted.source_at,
    )


def says_the_same(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Say whether nobody edited the words: an unfurl, a reply below, a file that was processed.

    A program's words may stand in its attachments and blocks, a person's do not.
    """
    if text_of(before, "text") != text_of(after, "text"):
        return False
    if after.get("bot_id") or after.get("subtype") == "bot_message":
        return fields_of(before) == fields_of(after)
    return len(before.get("files") or ()) == len(after.get("files") or ())
