"""The phrases of every language as one table: their words, signs and all → their English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from kpis.grammar_fillers import FILLERS
from kpis.grammar_splits import SPLIT_WORDS
from kpis.grammar_tongues import TONGUES
from kpis.words import is_east_asian, stem, stems, unaccent

SIGN = re.compile(r"#([a-z])")
LITTLE = frozenset(("?from", "?to", "?since", "?between"))
SOFT = LITTLE | {"?by"}
DAY_AND_MONTH = ("#d", "/#m")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in one or more languages, and their English."""

    words: tuple[str, ...]
    english: str
    tongues: frozenset[str]

    @property
    def says_little(self) -> bool:
        """Whether it could be left out, so that a stranger's name may be meant instead."""
        if self.words == DAY_AND_MONTH:  # elsewhere the month comes first
            return True
        return all(word in FILLERS or word in LITTLE for word in self.english.split())


def compile_phrases() -> dict[tuple[str, ...], Phrase]:
    """Return every phrase by its words; a spelling without accents gives way to another's own.

    A filler is a phrase for nothing.
    """
    found: dict[tuple[str, ...], Phrase] = {}
    for plain in (False, True):
        for tongue, words, english in list_phrases():
            key = tuple(map(unaccent, words)) if plain else words
            if plain and (key == words or is_east_asian(words[-1][0])):
                continue
            if key == tuple(english.split()) or (english == "" and key[0] in FILLERS):
                continue
            held = found.setdefault(key, Phrase(key, english, frozenset((tongue,))))
            if held.english == english or (held.english, english) == ("", "?between"):
                found[key] = Phrase(key, english, held.tongues | {tongue})
    return found


def list_phrases() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield language, words and English of every phrase, alternatives spelled out."""
    for key, tongue in TONGUES.items():
        for text, english in tongue.phrases.items():
            for words in product(*(part.split("|") for part in text.split())):
                yield key, tuple(flatten(words)), english
        for word in tongue.fillers.split():
            yield key, stems(word), ""


def flatten(words: Iterable[str]) -> Iterator[str]:
    """Yield words as they are compared; signs (``#n``, ``/#m``) stay."""
    for word in words:
        if SIGN.search(word):
            yield word
        else:
            yield from stems(word)


PHRASES = compile_phrases()
NUMBERS: Mapping[str, int] = {
    spelling: number
    for tongue in TONGUES.values()
    for word, number in tongue.numbers.items()
    for spelling in (stem(word), unaccent(stem(word)))
}
BY_FIRST: dict[str, list[Phrase]] = {}
"""Phrases by their first word, or by their second where the first is a sign; the longest first."""
for _phrase in sorted(PHRASES.values(), key=lambda it: -len(it.words)):
    _first = _phrase.words[_phrase.words[0].startswith("#")]
    BY_FIRST.setdefault("#" if SIGN.search(_first) else _first, []).append(_phrase)
STARTS = frozenset(BY_FIRST)
PIECES = frozenset(
    word
    for words in (*PHRASES, *SPLIT_WORDS, *((number,) for number in NUMBERS))
    for word in words
    if is_east_asian(word[0])
)
"""Chinese words of the grammar."""
WHOLE_WORDS = frozenset(("id", "sv"))
"""Languages that write a word as one; a Vietnamese syllable is near to a hundred others."""
FIRST_WORDS = frozenset(("help", "list", "guide"))
FOREIGN_WORDS = tuple(
    dict.fromkeys(
        (word, tongue)
        for phrase in PHRASES.values()
        for word in phrase.words
        for tongue in phrase.tongues & WHOLE_WORDS
        if len(word) >= 5 and phrase.english and phrase.english not in FIRST_WORDS
    )
)
"""Single words of the grammar that may be misspelt, and their language."""
