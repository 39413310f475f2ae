"""What a message says, as far as clocks depend on it: a note, a mention, a question, thanks.

The words themselves go no further; ``support.entries.Said`` holds the decisions alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from support.entries import Said, micros
from support.pleasantries import is_polite
from support.rules import Rules

LONGEST = 40_000
"""Slack cuts longer texts (slack-platform §5)."""
MOST_NAMED = 50

MENTION = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^<>]{0,200})?>")
ADDRESSED = re.compile(r"<(?:@[UW][A-Z0-9]{1,30}|!subteam\^[A-Z0-9]{1,30})(?:\|[^<>]{0,200})?>")
GROUP = re.compile(r"<!subteam\^([A-Z0-9]{1,30})(?:\|[^<>]{0,200})?>")
PERMALINK = re.compile(
    r"https://[a-z0-9.-]{1,100}/archives/([A-Z0-9]{1,30})/p(\d{7,20})"
    r"(?:\?(?:[^\s<>|]{0,200}?&)?(?:amp;)?thread_ts=([0-9.]{1,20}))?"
)
ENDING = 300
"""Characters looked at for a question mark; a longer tail of decoration is nobody's."""
TRAILING = re.compile(
    r"(?:\s|:[a-z0-9_+'\-]{1,64}:|<@[^<>]{1,200}>|[:;]-?[)(dp]"
    r"|[\"'”’»」』)\]*_~.…!！\U0001f300-\U0001faff\ufe0f])+$",
    re.IGNORECASE,
)
MARKUP = re.compile(r"<([^<>]{1,3000})>")
SPACES = re.compile(r"\s+")
ASKING = ("?", "？", "؟")


def normalise(emoji: str, aliases: Iterable[tuple[str, str]] = ()) -> str:
    """Return an emoji without colons and skin tone, or what it stands for (support-spec §4.7)."""
    name = emoji.strip().strip(":").partition("::")[0].casefold()
    return dict(aliases).get(name, name)


def read_words(
    text: str,
    rules: Rules,
    channel: str,
    *,
    colleagues: Collection[str] = (),
    has_file: bool = False,
    is_broadcast: bool = False,
    is_empty: bool = False,
) -> Said:
    """Return what was decided about a text as Slack marks it up.

    ``colleagues`` are those of the mentioned people and user groups who answer in the channel.
    """
    text = text[:LONGEST]
    return Said(
        polite=is_polite(text, rules.languages, has_file=has_file),
        asks=asks(text),
        note=is_note(text, rules.note_prefixes),
        routing=not has_file and is_routing(text, colleagues),
        empty=is_empty or not (text.strip() or has_file),
        broadcast=is_broadcast,
        mentions=mentions_of(text),
        links=links_of(text, channel),
    )


def is_note(text: str, prefixes: Sequence[str]) -> bool:
    """Say whether a text begins as an internal note does."""
    return text.lstrip().startswith(tuple(it for it in prefixes if it))


def asks(text: str) -> bool:
    """Say whether a text ends in a question mark, whatever decoration follows it."""
    return TRAILING.sub("", text[-ENDING:]).endswith(ASKING)


def is_routing(text: str, colleagues: Collection[str]) -> bool:
    """Say whether a text names colleagues, and nothing and nobody else (support-spec §4.2)."""
    named = addressed(text)
    rest = ADDRESSED.sub(" ", text).strip(" \t\n,.&+/-:;")
    return bool(named) and not rest and all(it in colleagues for it in named)


def addressed(text: str) -> tuple[str, ...]:
    """Return the people and user groups that a text names, each once."""
    found = [*MENTION.findall(text), *GROUP.findall(text)]
    return tuple(dict.fromkeys(found))[:MOST_NAMED]


def mentions_of(text: str) -> tuple[str, ...]:
    """Return the Slack users that a text names, each once, in order."""
    return tuple(dict.fromkeys(MENTION.findall(text)))[:MOST_NAMED]


def links_of(text: str, channel: str) -> tuple[str, ...]:
    """Return the ``ts`` of the channel's own messages that a text links to.

    A link to a reply names its thread as well, where Slack wrote that into the link.
    """
    stamps = (
        stamp
        for place, digits, thread in PERMALINK.findall(text)
        if place == channel
        for stamp in (f"{digits[:-6]}.{digits[-6:]}", thread)
    )
    return tuple(dict.fromkeys(it for it in stamps if is_ts(it)))[:MOST_NAMED]


def is_ts(stamp: str) -> bool:
    """Say whether a string is the ``ts`` of a message."""
    try:
        return micros(stamp) > 0 and "." in stamp
    except ValueError:
        return False


def plain(text: str) -> str:
    """Return a text without Slack's markup, for people to read."""
    shown = MARKUP.sub(lambda found: shown_as(found.group(1)), text)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def shown_as(inside: str) -> str:
    """Return what stands on the screen for ``<…>``; an id alone says nothing to a reader."""
    target, _, label = inside.partition("|")
    if target.startswith("!date^"):
        return label
    if target[:1] in "@#!":
        return target[:1].replace("!", "@") + (label or "…").lstrip("@#")
    return label or target.removeprefix("mailto:")


def excerpt(text: str, length: int = 120) -> str:
    """Return the first words of a text on one line."""
    line = SPACES.sub(" ", plain(text[: length * 20])).strip()
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
