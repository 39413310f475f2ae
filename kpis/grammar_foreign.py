"""Words of other languages read as English ones, before the grammar reads them.

“senaste 30 dagar”, “近30天”, “30 ngày qua” and “30 hari terakhir” become “last 30 days”; each word
keeps its place in the text, so that refusals quote what was typed. A name that is as long as a
phrase wins over it. Words that say little (“dan”, “på”) are read only where something else in the
text, or whoever asks, speaks their language: else they may be a name nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kpis.grammar_lexicon import Lexicon
from kpis.grammar_phrases import BY_FIRST, NUMBERS, SIGN, SOFT, STARTS, Phrase
from kpis.grammar_script import cut
from kpis.grammar_splits import SPLIT_WORDS
from kpis.grammar_tongues.tongue import ENGLISH_MONTHS
from kpis.words import Word, stem, stems

AFTER_SLASH = "/"
BEFORE_A_DATE = (["?from"], ["?to"], ["?since"])
DATE = re.compile(r"(?P<day>\d{1,2})([/.])(?P<month>\d{1,2})\2(?P<year>\d{4})")
DATELIKE = frozenset(ENGLISH_MONTHS) | frozenset(
    ("last", "this", "past", "yesterday", "today", "week", "q1", "q2", "q3", "q4")
)
MONTHS = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|q[1-4]|w\d+")


TOGETHER = frozenset(stems("与 和 跟 同 较"))
COMPARED = frozenset(stems("相比 比较 对比 相比较"))
"""“与去年相比”: what stands between the two is compared with."""


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a text, and the values of its signs."""

    phrase: Phrase
    values: dict[str, str]

    def say(self) -> list[str]:
        """Return its English words."""
        return SIGN.sub(lambda sign: self.values[sign[1]], self.phrase.english).split()


Found = tuple[int, int, Match | None]
"""Where some words begin and end, and the phrase that they are, if they are one."""


def translate(
    words: list[Word], lexicon: Lexicon, spoken: str
) -> tuple[list[Word], frozenset[str]]:
    """Return the words in English, and the languages that something in them surely is in.

    ``spoken`` is the language of whoever asks.
    """
    words = compare_around(cut(words, lexicon.pieces))
    if all(word.stem not in STARTS and word.before != "/" for word in words):
        return words, lexicon.tongues_of(words)
    found = list(find_phrases(words, lexicon))
    sure = lexicon.tongues_of(words) | frozenset(list_sure(found, words))
    heard = frozenset(sure | {spoken})
    said: list[Word] = []
    for at, end, match in found:
        if match is None or (match.phrase.says_little and not is_heard(match, words, at, heard)):
            said += words[at:end]
        else:
            said += write(match.say(), words, at, end)
    return list(settle(said)), sure


def compare_around(words: list[Word]) -> list[Word]:
    """Return the words with “vs” before what stands between “与” and “相比”."""
    ends = [at for at, word in enumerate(words) if word.stem in COMPARED]
    starts = [at for at, word in enumerate(words) if word.stem in TOGETHER]
    if not ends or not starts or not starts[-1] + 1 < ends[-1]:
        return words
    start, end = starts[-1], ends[-1]
    versus = replace(words[start], text="vs", stem="vs")
    return [*words[:start], versus, *words[start + 1 : end], *words[end + 1 :]]


def list_sure(found: list[Found], words: list[Word]) -> Iterator[str]:
    """Yield the languages of phrases that nobody could mean otherwise, as “sedan” before a day."""
    dated = False
    for at, _, match in reversed(found):
        if match is None:
            dated = is_date(words[at])
            continue
        english = match.say()
        if not match.phrase.says_little or (dated and english[:1] in BEFORE_A_DATE):
            yield from match.phrase.tongues
        if english and english[0] not in SOFT:
            dated = is_date(Word(english[0], english[0], 0, 0))


def is_heard(match: Match, words: list[Word], at: int, heard: frozenset[str]) -> bool:
    """Whether words that say little are words at all: their language is heard, or plain to see."""
    return not match.phrase.tongues.isdisjoint(heard) or not words[at].text.isascii()


def write(english: list[str], words: list[Word], at: int, end: int) -> list[Word]:
    """Return English words in the place of others."""
    first, last = words[at], words[end - 1]
    written = [Word(text, stem(text), first.start, last.end) for text in english]
    if written:
        written[0] = replace(written[0], before=first.before)
    return written


def find_phrases(words: list[Word], lexicon: Lexicon) -> Iterator[Found]:
    """Yield where each phrase stands, with what is between them; names and splits win."""
    at, after_by = 0, False
    while at < len(words):
        named = lexicon.find(words, at)
        length = named.length if named else 0
        if after_by:
            length = max(length, split_length(words, at))
        match = find_phrase(words, at, longer_than=length)
        end = at + (len(match.phrase.words) if match else length or 1)
        after_by = match is not None and match.phrase.english in ("by", "?by")
        after_by = after_by or (not match and words[at].stem in ("by", "per"))
        yield at, end, match
        at = end


def split_length(words: list[Word], at: int) -> int:
    """Return how many words there name what an answer is split by."""
    for length in range(min(5, len(words) - at), 0, -1):
        if tuple(word.stem for word in words[at : at + length]) in SPLIT_WORDS:
            return length
    return 0


def find_phrase(words: list[Word], at: int, longer_than: int = 0) -> Match | None:
    """Return the longest phrase that begins at that word."""
    found: Match | None = None
    lists = [BY_FIRST.get(words[at].stem, ())]
    if at + 1 < len(words) and read_number(words[at]):
        lists += [BY_FIRST.get(words[at + 1].stem, ()), BY_FIRST.get("#", ())]
    for phrases in lists:
        for phrase in phrases:
            if len(phrase.words) <= longer_than:
                break
            values = fit(phrase, words, at)
            if values is not None:
                found, longer_than = Match(phrase, values), len(phrase.words)
                break
    return found


def fit(phrase: Phrase, words: list[Word], at: int) -> dict[str, str] | None:
    """Return the values of a phrase's signs where the words are its words."""
    if at + len(phrase.words) > len(words):
        return None
    values: dict[str, str] = {}
    for offset, wanted in enumerate(phrase.words):
        word = words[at + offset]
        slash = wanted.startswith(AFTER_SLASH)
        if offset and word.before != ("/" if slash else "") and (slash or word.before != "-"):
            return None
        sign = SIGN.fullmatch(wanted.removeprefix(AFTER_SLASH))
        if sign is None:
            if word.stem != wanted:
                return None
        elif (value := read_sign(sign[1], word)) is None:
            return None
        else:
            values[sign[1]] = value
    return values


def read_number(word: Word) -> str:
    """Return the digits of a number, written in digits or words, or nothing."""
    if word.text.isdecimal():
        return word.text
    return str(NUMBERS.get(word.stem, "")) or ("#" if DATE.fullmatch(word.text) else "")


def read_sign(sign: str, word: Word) -> str | None:
    """Return the English of a word that stands for a sign, or nothing where it cannot."""
    if sign == "s":
        return read_date(word.text)
    digits = read_number(word)
    if not digits.isdecimal() or len(digits) > 6:
        return None
    number = int(digits)
    if sign == "y":
        return digits if 1900 <= number < 2100 else None
    if sign == "m":
        return ENGLISH_MONTHS[number - 1] if 1 <= number <= 12 else None
    return digits if sign == "n" or 1 <= number <= 31 else None


def read_date(text: str) -> str | None:
    """Return “12/11/2026”, the day first, as “2026-11-12”."""
    found = DATE.fullmatch(text)
    try:
        return found and str(date(int(found["year"]), int(found["month"]), int(found["day"])))
    except ValueError:
        return None


def settle(words: list[Word]) -> Iterator[Word]:
    """Yield the words with those that hang on their neighbours decided or left out."""
    before: Word | None = None
    for at, word in enumerate(words):
        if word.text not in SOFT:
            before = word
            yield word
            continue
        ahead = next((it for it in words[at + 1 :] if it.text not in SOFT), None)
        dated = ahead is not None and is_date(ahead)
        text = {
            "?from": "from" if dated else "",
            "?to": "to" if dated else "",
            "?since": "since" if dated else "",
            "?by": "since" if dated else "by",
            "?between": "to" if dated and before is not None and is_date(before) else "",
        }[word.text]
        if text:
            before = Word(text, text, word.start, word.end, word.before)
            yield before


def is_date(word: Word) -> bool:
    """Whether a word can begin or end a stretch of time."""
    text = word.text
    return text[0].isdigit() or text in DATELIKE or MONTHS.fullmatch(text) is not None
