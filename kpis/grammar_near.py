"""Near misses: “reech” is read as reach and said; several that are as near become choices.

Nothing of three letters or fewer is guessed at, digits must agree, and a short word must begin
with the right letter.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from kpis.grammar_lexicon import Common, Lexicon
from kpis.grammar_names import Kind, Names, Term, Terms
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


MOST_WRONG = 3
"""Letters that may be wrong in the longest name."""


@dataclass(frozen=True)
class Near:
    """What some words were probably meant to be."""

    at: int
    end: int
    text: str
    """What to write in their place."""
    meaning: tuple[str, object]
    distance: int


def find_near(
    words: list[Word], leftover: Leftover, lexicon: Lexicon, tongues: frozenset[str]
) -> list[Near]:
    """Return what is nearest to a leftover word and its neighbours, one for each meaning.

    A run of words is compared too, so that “engagment rate” is one near miss. Words of English and
    of ``tongues``, which the text is in, come first; names in other languages where those fail.
    """
    if dates := read_slashed(words, leftover.at):
        return dates
    terms = terms_of(lexicon, leftover.after)
    heard = [term for tongue in sorted(tongues | {""}) for term in terms.get(tongue, ())]
    if near := find_nearest(words, leftover, heard):
        return near
    others = [
        term
        for tongue, some in terms.items()
        if tongue and tongue not in tongues
        for term in some
        if term[2][0] != "word"
    ]
    return find_nearest(words, leftover, others)


def find_nearest(words: list[Word], leftover: Leftover, terms: Terms) -> list[Near]:
    """Return what is nearest among some terms."""
    near: list[Near] = []
    compared = [term[0] for term in terms]
    for at, end in list_runs(words, leftover):
        typed = " ".join(word.stem for word in words[at:end])
        for _, _, index in extract_iter(
            typed, compared, scorer=OSA.distance, score_cutoff=MOST_WRONG
        ):
            said, text, meaning = terms[index]
            if (distance := measure(typed, said)) is not None:
                near.append(Near(at, end, text, meaning, distance))
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


def terms_of(lexicon: Lexicon, after: str) -> dict[str, Terms]:
    """Return what may stand in a leftover's place, by language; "" is English and own names."""
    common = lexicon.common
    if after == "by":
        return once(common.names, after, lambda: list_splits(common))
    shared = once(common.names, after, lambda: chain(list_names(common.names, after), list_words()))
    own = once(lexicon.own, after, lambda: list_names(lexicon.own, after))

    def is_hidden(term: Term) -> bool:
        said, _, (kind, _) = term
        return kind != "word" and tuple(said.split()) in lexicon.own.by_words

    return {
        tongue: [*(it for it in shared.get(tongue, ()) if not is_hidden(it)), *own.get(tongue, ())]
        for tongue in dict.fromkeys((*shared, *own))
    }


def once(
    names: Names, after: str, terms: Callable[[], Iterable[tuple[str, Term]]]
) -> dict[str, Terms]:
    """Return some terms by language; they are kept with the names that they are of."""
    if after not in names.near:
        found: dict[str, Terms] = {}
        for tongue, term in terms():
            found.setdefault(tongue, []).append(term)
        names.near[after] = found
    return names.near[after]


def list_splits(common: Common) -> Iterator[tuple[str, Term]]:
    """Yield what can be split by, with its language."""
    for words, key in KNOWN_DIMENSIONS.items():
        said = DIMENSIONS[key].replace("paid or organic", "paid")
        yield "", (" ".join(words), said, ("by", key))
    for words in common.variants:
        yield "", (" ".join(words), " ".join(words), ("variant", words))
    for words, english, tongue in FOREIGN_SPLITS:
        said = " ".join(words)
        yield tongue, (said, said, ("by", KNOWN_DIMENSIONS.get(english, english)))


def list_names(names: Names, after: str) -> Iterator[tuple[str, Term]]:
    """Yield every name, with its language."""
    for words, held in names.by_words.items():
        name = min(held, key=lambda name: name.kind)
        people = name.kind in (Kind.ACCOUNT, Kind.BRAND)
        if after == "vs" and name.kind is Kind.KPI:
            continue
        said = " ".join(words)
        meant = ("who", said) if people else (name.kind.name, name.key)
        yield name.tongue, (said, name.text, meant)


def list_words() -> Iterator[tuple[str, Term]]:
    """Yield every word of the grammar, with its language."""
    for word in KEYWORDS:
        yield "", (stem(word), word, ("word", stem(word)))
    for said, tongue in FOREIGN_WORDS:
        yield tongue, (said, said, ("word", said))


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


def complete(words: list[Word], leftover: Leftover, terms: Terms) -> list[Near]:
    """Return what begins with the leftover word, from four letters on."""
    typed, at = words[leftover.at].stem, leftover.at
    if len(typed) < 4:
        return []
    begun = {
        meaning: Near(at, at + 1, text, meaning, 0)
        for compared, text, meaning in terms
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
