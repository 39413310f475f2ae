"""The names that words can mean in one workspace: KPIs, platforms, accounts, brands, dimensions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from threading import Lock
from weakref import WeakKeyDictionary

from kpis.grammar_phrases import PIECES
from kpis.grammar_splits import KNOWN_DIMENSIONS as KNOWN_DIMENSIONS
from kpis.grammar_splits import SPLIT_WORDS
from kpis.grammar_tongues import TONGUES
from kpis.names import TONGUES as NAMES
from kpis.question import Directory
from kpis.words import Word, is_east_asian, stems, unaccent, written
from storage.platforms import PLATFORMS

MOST_LEARNT = 64
"""Lexica that are kept, of a megabyte each: where more workspaces ask, some are made again."""
TURN = Lock()


class Kind(IntEnum):
    """What a name is of; the lower one wins where two names are the same."""

    KPI = 0
    PLATFORM = 1
    ALL = 2
    BRAND = 3
    ACCOUNT = 4
    RIVALS = 5
    CHANNEL = 6


EVERY_KIND = tuple(Kind)

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

    variant_words: frozenset[str] = frozenset()
    """First words of those, in every language."""
    foreign: set[str] = field(default_factory=set)
    """First words of names that are in another language."""
    near: dict[str, dict[str, Terms]] = field(default_factory=dict)
    """What may be misspelt, as ``grammar_near`` keeps it: place and language → terms."""

    def add(self, kind: Kind, key: str | int, text: str) -> None:
        """Learn one name; one whose words are all punctuation cannot be said, and is left out."""
        for words, name in spell(kind, key, text):
            self.keep(words, name)

    def keep(self, words: tuple[str, ...], name: Name) -> None:
        """Remember a name under its words; English and people's own names keep their meaning."""
        held = self.names.setdefault(words, [])
        if name.tongue:
            if any(it.kind <= name.kind and it.key != name.key for it in held):
                return
            self.tongues.setdefault(words, set()).add(name.tongue)
            self.foreign.add(words[0])
            if any(it.key == name.key and it.kind is name.kind for it in held):
                return
        held.append(name)
        self.longest[words[0]] = max(self.longest.get(words[0], 1), len(words))

    def find(
        self, words: Sequence[Word], at: int, kinds: tuple[Kind, ...] = EVERY_KIND
    ) -> Found | None:
        """Return the longest name of these kinds that begins at that word."""
        longest = self.longest.get(words[at].stem)
        if longest is None:
            return None
        for length in range(min(longest, len(words) - at), 0, -1):
            key = tuple([word.stem for word in words[at : at + length]])
            if names := [name for name in self.names.get(key, ()) if name.kind in kinds]:
                return Found(names, length)
        return None

    def tongues_of(self, words: Sequence[Word]) -> frozenset[str]:
        """Return the languages that names in a text are in; none for one that English has too."""
        found: set[str] = set()
        if self.foreign.isdisjoint([word.stem for word in words]):
            return frozenset()
        at = 0
        while at < len(words):
            named = self.find(words, at)
            length = named.length if named else 1
            key = tuple(word.stem for word in words[at : at + length])
            found |= self.tongues.get(key, set())
            at += length
        return frozenset(found)


LEARNT: WeakKeyDictionary[Directory, Lexicon] = WeakKeyDictionary()
"""One that was kept longer than its directory is of a workspace as it was before a change."""


def learn(directory: Directory) -> Lexicon:
    """Return the lexicon of a workspace, made once for each directory and gone with it."""
    lexicon = LEARNT.get(directory)
    if lexicon is None:
        lexicon = make(directory)
        with TURN:
            LEARNT[directory] = lexicon
            while len(LEARNT) > MOST_LEARNT:
                LEARNT.pop(next(iter(LEARNT)), None)
    return lexicon


def make(directory: Directory) -> Lexicon:
    lexicon = Lexicon()
    for kind, key, text in list_names(directory):
        lexicon.add(kind, key, text)
    kpis = frozenset(directory.names.values())
    for words, name in list_foreign_names():
        if name.kind is not Kind.KPI or name.key in kpis:
            lexicon.keep(words, name)
    for key, variants in directory.variants.items():
        for variant in variants:
            words = stems(variant)
            bare = words[0] not in ("by", "per")
            lexicon.variants.setdefault(words if bare else words[1:], set()).add(variant)
            if bare:
                lexicon.variants_of.setdefault(words, set()).add(key)
    spoken = {words[0] for words, said in SPLIT_WORDS.items() if said in lexicon.variants_of}
    lexicon.variant_words = frozenset(spoken | {words[0] for words in lexicon.variants_of})
    words_of_names = {word for words in lexicon.names for word in words if is_east_asian(word[0])}
    lexicon.pieces = PIECES | words_of_names
    return lexicon


def list_names(directory: Directory) -> Iterator[tuple[Kind, str | int, str]]:
    """Yield kind, key and text of every name that English or the workspace has."""
    for name, key in directory.names.items():
        yield Kind.KPI, key, name
    for platform in PLATFORMS.values():
        for text in (platform.title, platform.key, *platform.aliases):
            yield Kind.PLATFORM, platform.key, text
    for text in ALL:
        yield Kind.ALL, "all", text
    for text in RIVALS:
        yield Kind.RIVALS, "rivals", text
    for brand in directory.brands:
        yield Kind.BRAND, brand.id, brand.name
    for account in directory.accounts:
        for text in dict.fromkeys((account.handle, account.name)):
            yield Kind.ACCOUNT, account.id, text
    for channel in directory.channels:
        for text in dict.fromkeys((channel.id, channel.name)):
            yield Kind.CHANNEL, channel.id, text


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
