"""The names that words can mean in one workspace: KPIs, platforms, accounts, brands, dimensions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from kpis.grammar_phrases import PIECES
from kpis.grammar_splits import KNOWN_DIMENSIONS as KNOWN_DIMENSIONS
from kpis.grammar_tongues import TONGUES
from kpis.names import TONGUES as NAMES
from kpis.question import Directory
from kpis.words import Word, is_east_asian, stems, unaccent, written
from storage.platforms import PLATFORMS


class Kind(IntEnum):
    """What a name is of; the lower one wins where two names are the same."""

    KPI = 0
    PLATFORM = 1
    ALL = 2
    BRAND = 3
    ACCOUNT = 4
    RIVALS = 5
    CHANNEL = 6


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
class Lexicon:
    """Every name of a workspace by its words; the longest that stands in a text is found."""

    names: dict[tuple[str, ...], list[Name]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    """Words of the longest name that begins with a word."""
    variants: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    """The words of “by post” without their “by” → as KPIs declare it: “by post”, “per post”."""
    tongues: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    """Words of a name → the languages, English aside, in which it is one."""
    pieces: frozenset[str] = frozenset()
    """Every Chinese word of a name or of the grammar."""
    variants_of: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    """The words of a variant without “by” → the KPIs that have it: “linear”, “first touch”."""

    def add(self, kind: Kind, key: str | int, text: str, tongue: str = "") -> None:
        """Learn one name; one whose words are all punctuation cannot be said, and is left out."""
        if not (words := stems(text)):
            return
        self.keep(words, Name(kind, key, text, tongue=tongue))
        plain = tuple(map(unaccent, words))
        if plain != words:
            self.keep(plain, Name(kind, key, text, exact=False, tongue=tongue))

    def keep(self, words: tuple[str, ...], name: Name) -> None:
        """Remember a name under its words; English and people's own names keep their meaning."""
        held = self.names.setdefault(words, [])
        if name.tongue:
            if any(it.kind <= name.kind and it.key != name.key for it in held):
                return
            self.tongues.setdefault(words, set()).add(name.tongue)
            if any(it.key == name.key and it.kind is name.kind for it in held):
                return
        held.append(name)
        self.longest[words[0]] = max(self.longest.get(words[0], 1), len(words))

    def find(self, words: Sequence[Word], at: int, kinds: Iterable[Kind] = Kind) -> Found | None:
        """Return the longest name of these kinds that begins at that word."""
        wanted = frozenset(kinds)
        longest = self.longest.get(words[at].stem, 0)
        for length in range(min(longest, len(words) - at), 0, -1):
            key = tuple(word.stem for word in words[at : at + length])
            if names := [name for name in self.names.get(key, ()) if name.kind in wanted]:
                return Found(names, length)
        return None

    def tongues_of(self, words: Sequence[Word]) -> frozenset[str]:
        """Return the languages that names in a text are in; none for one that English has too."""
        found: set[str] = set()
        at = 0
        while at < len(words):
            named = self.find(words, at)
            length = named.length if named else 1
            key = tuple(word.stem for word in words[at : at + length])
            found |= self.tongues.get(key, set())
            at += length
        return frozenset(found)


@lru_cache(maxsize=64)
def learn(directory: Directory) -> Lexicon:
    """Return the lexicon of a workspace, made once for each directory."""
    lexicon = Lexicon()
    for kind, key, text, tongue in list_names(directory):
        lexicon.add(kind, key, text, tongue)
    for key, variants in directory.variants.items():
        for variant in variants:
            words = stems(variant)
            bare = words[0] not in ("by", "per")
            lexicon.variants.setdefault(words if bare else words[1:], set()).add(variant)
            if bare:
                lexicon.variants_of.setdefault(words, set()).add(key)
    words_of_names = {word for words in lexicon.names for word in words if is_east_asian(word[0])}
    lexicon.pieces = PIECES | words_of_names
    return lexicon


def list_names(directory: Directory) -> Iterator[tuple[Kind, str | int, str, str]]:
    """Yield kind, key, text and language of every name; those of other languages come last."""
    for name, key in directory.names.items():
        yield Kind.KPI, key, name, ""
    for platform in PLATFORMS.values():
        for text in (platform.title, platform.key, *platform.aliases):
            yield Kind.PLATFORM, platform.key, text, ""
    for text in ALL:
        yield Kind.ALL, "all", text, ""
    for text in RIVALS:
        yield Kind.RIVALS, "rivals", text, ""
    for brand in directory.brands:
        yield Kind.BRAND, brand.id, brand.name, ""
    for account in directory.accounts:
        for text in dict.fromkeys((account.handle, account.name)):
            yield Kind.ACCOUNT, account.id, text, ""
    for channel in directory.channels:
        for text in dict.fromkeys((channel.id, channel.name)):
            yield Kind.CHANNEL, channel.id, text, ""
    yield from list_foreign_names(frozenset(directory.names.values()))


def list_foreign_names(kpis: frozenset[str]) -> Iterator[tuple[Kind, str | int, str, str]]:
    """Yield the names of KPIs, platforms, all and competitors in other languages."""
    for tongue, words in TONGUES.items():
        for key, name in NAMES[tongue].items():
            if key in kpis:
                for text in dict.fromkeys((name.title, *name.aliases)):
                    yield Kind.KPI, key, text, tongue
        for platform, texts in words.platforms.items():
            for text in texts:
                yield Kind.PLATFORM, platform, text, tongue
        for text in words.everything:
            yield Kind.ALL, "all", text, tongue
        for text in words.rivals:
            yield Kind.RIVALS, "rivals", text, tongue
