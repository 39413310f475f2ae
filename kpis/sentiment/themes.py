"""What mentions are about, and who keeps praising: from topics, else from words that many share.

A theme counts mentions, never words: somebody who writes “delivery” five times counts once. With
topics given by files these are the themes; mentions without one are grouped by the pairs of words,
then words, that most of them share and that are no stop words. Chinese, written without spaces, is
cut at its stop words into pieces of two to four signs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from kpis.sentiment.backend import NEGATIVE
from kpis.sentiment.languages import LANGUAGES, guess
from kpis.sentiment.stop_words import STOP_WORDS
from kpis.tongue import grouped, say

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.mention_lists import Fan, Seen

LEAST = 3
"""Mentions that a theme of words needs; a topic is one from the first."""
MOST, EXAMPLES = 5, 3
FOLLOWED = 3
"""Positive mentions that make an ambassador."""
NOISE = re.compile(r"https?://\S+|[@#]\w+")
RUN = re.compile(r"[\w’']+")
HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
PIECE = 4


class Theme(NamedTuple):
    """Something that several mentions are about."""

    words: str
    mentions: int
    examples: tuple[str, ...]
    """Permalinks of some of them, the newest first."""


def themes(
    connection: Connection,
    workspace: int,
    brands: Sequence[int],
    start: datetime,
    end: datetime,
    language: str = "",
    sentiment: str = NEGATIVE,
) -> list[Theme]:
    """Return what mentions of brands are about, the most frequent first; ``language`` may choose.

    At most ``MOST``. The newest 20,000 mentions of the stretch are read.
    """
    from storage.mention_lists import said_of

    seen = said_of(connection, workspace, brands, start, end, sentiment)
    wanted = [it for it in seen if not language or it.language in ("", language)]
    return find_themes(wanted)


def find_themes(mentions: Iterable[Seen]) -> list[Theme]:
    """Return the themes of mentions; ``mentions`` are the newest first."""
    every = list(mentions)
    found = by_topic(every)
    found += by_words([it for it in every if not it.topic and it.words])
    found.sort(key=lambda it: (-it.mentions, it.words))
    return found[:MOST]


def by_topic(mentions: Sequence[Seen]) -> list[Theme]:
    groups: dict[str, list[Seen]] = defaultdict(list)
    spelled: dict[str, str] = {}
    for it in mentions:
        if it.topic:
            key = " ".join(it.topic.split()).casefold()
            spelled.setdefault(key, it.topic.strip())
            groups[key].append(it)
    return [theme(spelled[key], some) for key, some in groups.items()]


def by_words(mentions: Sequence[Seen]) -> list[Theme]:
    """Return themes by words shared: the commonest first, each mention counted under one alone."""
    left = {place: frozenset(phrases(it)) for place, it in enumerate(mentions)}
    found: list[Theme] = []
    while len(found) < MOST:
        holders: dict[str, list[int]] = defaultdict(list)
        for place, said in left.items():
            for phrase in said:
                holders[phrase].append(place)
        if not holders:
            break
        # Two words say more than one: they win against a word that is hardly more frequent.
        best = max(holders, key=lambda it: (len(holders[it]) * weight(it), len(it), it))
        places = sorted(holders[best])
        if len(places) < LEAST:
            break
        found.append(theme(best, [mentions[place] for place in places]))
        for place in places:
            del left[place]
    return found


def weight(phrase: str) -> float:
    return 1.5 if " " in phrase or (len(phrase) > 2 and HAN_RUN.fullmatch(phrase)) else 1.0


def theme(words: str, mentions: Sequence[Seen]) -> Theme:
    links = [it.permalink for it in mentions if it.permalink]
    return Theme(words, len(mentions), tuple(dict.fromkeys(links))[:EXAMPLES])


def phrases(mention: Seen) -> Iterator[str]:
    """Yield the words of a mention that may name a theme, and pairs of neighbours among them."""
    text = NOISE.sub(" ", mention.words.casefold())
    language = mention.language or guess(text, LANGUAGES)
    stop = STOP_WORDS.get(language, STOP_WORDS["en"])
    if language == "zh":
        yield from pieces(text, stop)
        return
    before = ""
    for word in RUN.findall(text):
        is_plain = len(word) > 2 and not word.isdigit() and word not in stop
        if language == "vi":
            is_plain = len(word) > 1 and not word.isdigit() and word not in stop
        if is_plain:
            # A Vietnamese word is mostly two syllables: one alone names nothing.
            if language != "vi":
                yield word
            if before:
                yield f"{before} {word}"
        before = word if is_plain else ""


def pieces(text: str, stop: frozenset[str]) -> Iterator[str]:
    """Yield pieces of two to four Chinese signs that lie between stop words."""
    cuts = "|".join(sorted(map(re.escape, stop), key=len, reverse=True))
    for run in HAN_RUN.findall(text):
        for part in re.split(cuts, run):
            for size in range(2, PIECE + 1):
                for start in range(len(part) - size + 1):
                    yield part[start : start + size]


def ambassadors(
    connection: Connection, workspace: int, brands: Sequence[int], start: datetime, end: datetime
) -> list[Fan]:
    """Return who praised the brands at least ``FOLLOWED`` times, the most faithful first."""
    from storage.mention_lists import fans

    return fans(connection, workspace, brands, start, end, FOLLOWED)


# --- as lines of an answer


def say_themes(found: Sequence[Theme]) -> str:
    """Return “About: late delivery (14), cold coffee (6).”, or nothing."""
    if not found:
        return ""
    listed = ", ".join(f"{it.words} ({grouped(it.mentions)})" for it in found)
    return say("About: {themes}.", themes=listed)
