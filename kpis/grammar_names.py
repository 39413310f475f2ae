"""Names by their words: KPIs, platforms, accounts, brands, channels, in every language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache

from kpis.grammar_tongues import TONGUES
from kpis.names import TONGUES as NAMES
from kpis.words import stems, unaccent, written


class Kind(IntEnum):
    """What a name is of; the lower one wins where two names are the same."""

    KPI = 0
    PLATFORM = 1
    ALL = 2
    BRAND = 3
    ACCOUNT = 4
    RIVALS = 5
    CHANNEL = 6


Term = tuple[str, str, tuple[str, object]]
"""What may be misspelt: how it is compared, how it is written, and what it means."""
Terms = list[Term]


@dataclass(frozen=True, slots=True)
class Name:
    """One way of naming one thing."""

    kind: Kind
    key: str | int
    text: str
    """As its owner writes it."""
    exact: bool = True
    """Not by leaving accents out."""
    tongue: str = ""
    """The language that it is in, where that is not English and nobody chose it."""


ALL = (
    "all",
    "all accounts",
    "every account",
    "all brands",
    "all platforms",
    "all networks",
    "all channels",
    "everything",
    "overview",
)
RIVALS = ("competitors", "competition", "rivals", "all competitors")


@dataclass(frozen=True, slots=True)
class Found:
    """The names that some words can mean."""

    names: list[Name]
    length: int

    def best(self, text: str) -> list[Name]:
        """Return the names that fit best: written alike before alike but for plural or accents.

        KPIs and platforms win over names that people chose; accounts and brands stay together.
        """
        names = [name for name in self.names if name.exact] or self.names
        if (first := min(names, key=lambda name: name.kind)).kind < Kind.BRAND:
            return [first]
        alike = [name for name in names if written(name.text) == text]
        return alike or names


@dataclass
class Names:
    """Names by their words."""

    by_words: dict[tuple[str, ...], list[Name]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    """Words of the longest name that begins with a word."""
    tongues: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    """Words of a name → the languages, English aside, in which it is one."""
    foreign: set[str] = field(default_factory=set)
    """First words of names that are in another language."""
    near: dict[str, dict[str, Terms]] = field(default_factory=dict)
    """What may be misspelt, as ``grammar_near`` keeps it: place and language → terms."""

    def keep(self, words: tuple[str, ...], name: Name) -> None:
        """Remember a name under its words; English and people's own names keep their meaning."""
        held = self.by_words.setdefault(words, [])
        if name.tongue:
            if any(it.kind <= name.kind and it.key != name.key for it in held):
                return
            self.tongues.setdefault(words, set()).add(name.tongue)
            self.foreign.add(words[0])
            if any(it.key == name.key and it.kind is name.kind for it in held):
                return
        held.append(name)
        self.longest[words[0]] = max(self.longest.get(words[0], 1), len(words))


def spell(
    kind: Kind, key: str | int, text: str, tongue: str = ""
) -> Iterator[tuple[tuple[str, ...], Name]]:
    """Yield a name under its words, and without accents; nothing where it has no words."""
    if words := stems(text):
        yield words, Name(kind, key, text, tongue=tongue)
        plain = tuple(map(unaccent, words))
        if plain != words:
            yield plain, Name(kind, key, text, exact=False, tongue=tongue)


@cache
def list_foreign_names() -> tuple[tuple[tuple[str, ...], Name], ...]:
    """Return the names of KPIs, platforms, all and competitors in other languages."""
    found: list[tuple[tuple[str, ...], Name]] = []
    for tongue, words in TONGUES.items():
        kpis = {key: (it.title, *it.aliases) for key, it in NAMES[tongue].items()}
        every: tuple[tuple[Kind, str, Iterable[str]], ...] = (
            *((Kind.KPI, key, texts) for key, texts in kpis.items()),
            *((Kind.PLATFORM, key, texts) for key, texts in words.platforms.items()),
            (Kind.ALL, "all", words.everything),
            (Kind.RIVALS, "rivals", words.rivals),
        )
        for kind, key, texts in every:
            for text in dict.fromkeys(texts):
                found += spell(kind, key, text.lower(), tongue)
    return tuple(found)
