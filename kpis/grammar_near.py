"""Near misses: “reech” is read as reach and said; several that are as near become choices.

Nothing of three letters or fewer is guessed at, digits must agree, and a short word must begin
with the right letter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

from kpis.grammar_names import Kind, Lexicon
from kpis.grammar_parts import Leftover
from kpis.grammar_phrases import FOREIGN_WORDS
from kpis.grammar_splits import ADVERBS, FOREIGN_SPLITS, KNOWN_DIMENSIONS
from kpis.periods import MONTHS, say_day
from kpis.question import DIMENSIONS
from kpis.words import Word, stem, unaccent

UNITS = ("week", "month", "quarter", "year")
KEYWORDS = (
    *MONTHS,
    *ADVERBS,
    *(f"{which} {unit}" for which in ("last", "this") for unit in UNITS),
    *("yesterday", "today", "last", "previous", "this", "day", "days", "week", "weeks", "month"),
    *("months", "quarter", "quarters", "year", "years", "since", "between", "until", "private"),
    *("versus", "against", "compared", "help", "guide", "list"),
)
"""Words of the grammar that may be misspelt too."""

MOST = 5
"""Choices that are offered at once: a message has room for no more buttons."""


@dataclass(frozen=True)
class Near:
    """What some words were probably meant to be."""

    at: int
    end: int
    text: str
    """What to write in their place."""
    meaning: tuple[str, object]
    distance: int


Term = tuple[str, str, tuple[str, object], str]
"""How a candidate is compared, how it is written, what it means, and its language if not English.
"""


def find_near(
    words: list[Word], leftover: Leftover, lexicon: Lexicon, tongues: frozenset[str]
) -> list[Near]:
    """Return what is nearest to a leftover word and its neighbours, one for each meaning.

    A run of words is compared too, so that “engagment rate” is one near miss. Words of English and
    of ``tongues``, which the text is in, come first; of other languages only where those fail.
    """
    if dates := read_slashed(words, leftover.at):
        return dates
    heard = tongues | {""}
    terms = list(list_terms(lexicon, leftover.after))
    for some in (
        [term for term in terms if term[3] in heard],
        [term for term in terms if term[3] not in heard],
    ):
        if near := find_nearest(words, leftover, some):
            return near
    return []


def find_nearest(words: list[Word], leftover: Leftover, terms: list[Term]) -> list[Near]:
    """Return what is nearest among some terms."""
    near: list[Near] = []
    for at, end in list_runs(words, leftover):
        typed = " ".join(word.stem for word in words[at:end])
        near += [
            Near(at, end, text, meaning, distance)
            for compared, text, meaning, _ in terms
            if (distance := measure(typed, compared)) is not None
        ]
    if not near:
        return complete(words, leftover, terms)
    best = min((one.distance, one.at - one.end) for one in near)
    closest = [one for one in near if (one.distance, one.at - one.end) == best]
    return list({one.meaning: one for one in reversed(closest)}.values())[::-1][:MOST]


def list_runs(words: list[Word], leftover: Leftover) -> Iterator[tuple[int, int]]:
    """Yield the stretches of up to four words that hold the leftover one."""
    first = leftover.at if leftover.after else max(leftover.at - 3, 0)
    for at in range(first, leftover.at + 1):
        for end in range(leftover.at + 1, min(at + 4, len(words)) + 1):
            yield at, end


def list_terms(lexicon: Lexicon, after: str) -> Iterator[Term]:
    """Yield what may stand in a leftover's place: after “by” only what can be split by."""
    if after == "by":
        for words, key in KNOWN_DIMENSIONS.items():
            text = DIMENSIONS[key].replace("paid or organic", "paid")
            yield " ".join(words), text, ("by", key), ""
        for words in lexicon.variants:
            yield " ".join(words), " ".join(words), ("variant", words), ""
        for words, english, tongue in FOREIGN_SPLITS:
            meaning = ("by", KNOWN_DIMENSIONS.get(english, english))
            yield " ".join(words), " ".join(words), meaning, tongue
        return
    for words, names in lexicon.names.items():
        name = min(names, key=lambda name: name.kind)
        people = name.kind in (Kind.ACCOUNT, Kind.BRAND)
        if after == "vs" and name.kind is Kind.KPI:
            continue
        said = " ".join(words)
        meant = ("who", said) if people else (name.kind.name, name.key)
        yield said, name.text, meant, name.tongue
    for word in KEYWORDS:
        yield stem(word), word, ("word", stem(word)), ""
    for said, tongue in FOREIGN_WORDS:
        yield said, said, ("word", said), tongue


def measure(typed: str, compared: str) -> int | None:
    """Return how many letters are wrong, or nothing where it is too many to be a slip."""
    length = min(len(typed), len(compared))
    allowed = 0 if length <= 3 else 1 if length <= 5 else 2 if length <= 11 else 3
    if not allowed or not 0 < abs(len(typed) - len(compared)) + 1 <= allowed + 1:
        return None
    distance = OSA.distance(typed, compared, score_cutoff=allowed)
    if not 0 < distance <= allowed:
        return None
    swapped = sorted(typed[:2]) == sorted(compared[:2])
    if length <= 5 and unaccent(typed[0]) != unaccent(compared[0]) and not swapped:
        return None
    if [char for char in typed if char.isdigit()] != [char for char in compared if char.isdigit()]:
        return None
    return distance


def complete(words: list[Word], leftover: Leftover, terms: list[Term]) -> list[Near]:
    """Return what begins with the leftover word, from four letters on."""
    typed, at = words[leftover.at].stem, leftover.at
    if len(typed) < 4:
        return []
    begun = {
        meaning: Near(at, at + 1, text, meaning, 0)
        for compared, text, meaning, _ in terms
        if compared.startswith(typed) and meaning[0] != "word"
    }
    return list(begun.values())[:MOST]


def read_slashed(words: list[Word], at: int) -> list[Near]:
    """Return the days that “1/10/2026” can be; with dots, the day comes first."""
    parts = words[at].text.replace(".", "/").split("/")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return []
    first, second, third = map(int, parts)
    day_first = "." in words[at].text
    if len(parts[0]) == 4:
        orders = [(first, second, third)]
    else:
        year = third if len(parts[2]) == 4 else 2000 + third
        orders = [(year, second, first)] + [(year, first, second)] * (not day_first)
    days: dict[date, Near] = {}
    for year, month, day in orders:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        days[found] = Near(at, at + 1, found.isoformat(), ("day", say_day(found, None)), 1)
    return list(days.values())
