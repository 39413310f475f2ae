"""Thanks, hello and ok: a message that asks for nothing (support-spec §3.2).

Deterministic, and failing open: what is in doubt is not a pleasantry, so a request is never lost;
at worst a thanks reopens an issue.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import NamedTuple

from support.lexicons import emoji

MOST_TOKENS = 8
MOST_LETTERS = 60
LONGEST_READ = 400
"""Characters with markup; more can hardly be a thanks."""

MODULES = {
    "en": "english",
    "vi": "vietnamese",
    "id": "indonesian",
    "sv": "swedish",
    "zh": "chinese",
}

MENTION = re.compile(r"<[@#!](?!date)[^<>]{0,100}>")
EMOJI = re.compile(r":([a-z0-9_+'\-]{1,64}):(?::skin-tone-[2-6]:)?")
UNICODE_EMOJI = re.compile(
    "[\u2600-\u27bf\u2b00-\u2bff\u3030\u303d\U0001f000-\U0001faff\u200d\ufe0e\ufe0f"
    "\U000e0020-\U000e007f]"
)
ASKS_OR_POINTS = re.compile(
    r"[?？؟¿⁇⁈⁉❓❔`<>]|https?:|www\.|\w\.(?:com|net|org|io|vn|se|id)\b", re.IGNORECASE
)
SAD = re.compile(r"[:;=]['’]?-?[(\[/\\|]|\)-?:|(?:^|\s)[;:]'")
GLAD = re.compile(
    r"(?:^|(?<=[\s.!,]))(?:[:;=]-?[dp3)*]+|x+d+|\^_*\^|<3+|&lt;3+)(?=$|[\s.!,])", re.IGNORECASE
)
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
WORD_OR_HAN = re.compile(rf"{HAN.pattern}|[^\s\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
DIGIT = re.compile(r"\d")
DRAWN_OUT = re.compile(r"(.)\1{2,}")


class Lexicon(NamedTuple):
    """Phrases as tuples of words, and strings of Han characters; True says something alone."""

    words: dict[tuple[str, ...], bool]
    han: dict[str, bool]
    known: frozenset[str]
    """Every word that is part of a phrase."""
    longest_words: int
    longest_han: int


def is_polite(text: str, languages: Sequence[str], *, has_file: bool = False) -> bool:
    """Say whether a message, as Slack marks it up, is nothing but a pleasantry."""
    if has_file or len(text) > LONGEST_READ:
        return False
    spoken = MENTION.sub(" ", unicodedata.normalize("NFKC", text.replace("\u200b", "")))
    spoken = spoken.replace("’", "'")
    spoken = GLAD.sub(" ", spoken)
    named = [it.group(1) for it in EMOJI.finditer(spoken)]
    drawn = UNICODE_EMOJI.findall(spoken)
    if emoji.SOUR.intersection(named) or emoji.SOUR_CHARACTERS.intersection(drawn):
        return False
    spoken = EMOJI.sub(" ", spoken)
    if ASKS_OR_POINTS.search(unescape(spoken)) or SAD.search(spoken):
        return False
    if DIGIT.search(spoken):
        return False
    words = list(split(UNICODE_EMOJI.sub(" ", unescape(spoken))))
    if not words:
        return are_thankful(named, drawn)
    return len("".join(words)) + len(words) - 1 <= MOST_LETTERS and all_polite(words, languages)


def unescape(text: str) -> str:
    """Undo Slack's own escapes; nothing else is markup once mentions are gone."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def are_thankful(named: Sequence[str], drawn: Sequence[str]) -> bool:
    """Say whether emoji alone say thanks; an unknown one is in doubt."""
    shown = [it for it in drawn if it not in "\u200d\ufe0e\ufe0f" and not "🏻" <= it <= "🏿"]
    return bool(named or shown) and (
        emoji.THANKFUL.issuperset(named) and emoji.THANKFUL_CHARACTERS.issuperset(shown)
    )


def split(text: str) -> Iterator[str]:
    """Give the words of a text without punctuation, and its runs of Han characters."""
    kept = "".join(it if is_kept(it) else " " for it in text.casefold())
    for piece in WORD_OR_HAN.findall(kept):
        word = piece.strip("'")
        if word:
            yield word


def is_kept(character: str) -> bool:
    return character == "'" or not (
        character in "~～^´" or unicodedata.category(character).startswith(("P", "Z", "C"))
    )


def all_polite(words: Sequence[str], languages: Sequence[str]) -> bool:
    """Say whether phrases of the lexicons cover the words, at least one of them a pleasantry."""
    lexicon = lexicon_of(tuple(languages))
    reached: dict[tuple[int, bool], int] = {(0, False): 0}
    """Words covered, whether a pleasantry was among them, and the fewest tokens it took."""
    for start in range(len(words)):
        for says in (False, True):
            tokens = reached.get((start, says))
            if tokens is None:
                continue
            for length, count, alone in steps(words, start, lexicon):
                after = (start + length, says or alone)
                reached[after] = min(reached.get(after, MOST_TOKENS + 1), tokens + count)
    return reached.get((len(words), True), MOST_TOKENS + 1) <= MOST_TOKENS


def steps(words: Sequence[str], start: int, lexicon: Lexicon) -> Iterator[tuple[int, int, bool]]:
    """Give the phrases that stand at ``start``: words, tokens, whether it says something alone."""
    if HAN.fullmatch(words[start]):
        for count, alone in cover_han(words[start], lexicon):
            yield 1, count, alone
        return
    for length in range(1, min(lexicon.longest_words, len(words) - start) + 1):
        phrase = tuple(shorten(it, lexicon.known) for it in words[start : start + length])
        if phrase in lexicon.words:
            yield length, length, lexicon.words[phrase]


def cover_han(text: str, lexicon: Lexicon) -> Iterator[tuple[int, bool]]:
    """Give how phrases cover all of a run of Han characters: phrases, and whether one says it."""
    reached: dict[tuple[int, bool], int] = {(0, False): 0}
    for start in range(len(text)):
        for says in (False, True):
            count = reached.get((start, says))
            if count is None:
                continue
            for length in range(1, min(lexicon.longest_han, len(text) - start) + 1):
                phrase = text[start : start + length]
                if phrase in lexicon.han:
                    after = (start + length, says or lexicon.han[phrase])
                    reached[after] = min(reached.get(after, count + 1), count + 1)
    for says in (False, True):
        if (len(text), says) in reached:
            yield reached[len(text), says], says


def shorten(word: str, known: frozenset[str]) -> str:
    """Return a word that is drawn out, such as "thankssss", as it stands in a lexicon."""
    if word in known:
        return word
    short = (DRAWN_OUT.sub(r"\1", word), DRAWN_OUT.sub(r"\1\1", word))
    return next((it for it in short if it in known), word)


@cache
def lexicon_of(languages: tuple[str, ...]) -> Lexicon:
    """Return what is polite in any of ``languages``; an unknown language adds nothing."""
    words: dict[tuple[str, ...], bool] = {}
    han: dict[str, bool] = {}
    for language in languages:
        module = MODULES.get(language.split("-")[0].casefold())
        if module is None:
            continue
        data = import_module(f"support.lexicons.{module}")
        for phrases, alone in ((data.BESIDE, False), (data.SAYS, True)):
            for phrase in phrases.split("|"):
                pieces = tuple(split(unicodedata.normalize("NFKC", phrase)))
                if len(pieces) == 1 and HAN.fullmatch(pieces[0]):
                    han[pieces[0]] = han.get(pieces[0], False) or alone
                elif pieces:
                    words[pieces] = words.get(pieces, False) or alone
    return Lexicon(
        words,
        han,
        frozenset(word for phrase in words for word in phrase),
        max(map(len, words), default=0),
        max(map(len, han), default=0),
    )
