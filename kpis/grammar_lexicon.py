"""What words can mean in one workspace: what all have in common, and names of its own over it.

The common part is large (a megabyte, every language) and learnt once for all; a workspace's own
names are few, and learnt again whenever something changes there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from weakref import WeakKeyDictionary

from kpis.grammar_names import ALL, RIVALS, Found, Kind, Name, Names, list_foreign_names, spell
from kpis.grammar_phrases import PIECES
from kpis.grammar_splits import SPLIT_WORDS
from kpis.question import Directory
from kpis.words import Word, is_east_asian, stems
from storage.platforms import PLATFORMS

MOST_LEARNT = 512
"""Workspaces, and readers' views of them, whose own names are kept."""
TURN = Lock()

EVERY_KIND = tuple(Kind)

Texts = Iterator[tuple[Kind, str | int, str]]
"""Kind, key and text of names."""
Spelt = Iterator[tuple[tuple[str, ...], Name]]


@dataclass(frozen=True)
class Common:
    """What words mean in every workspace."""

    names: Names
    variants: Mapping[tuple[str, ...], set[str]]
    """The words of “by post” without their “by” → as KPIs declare it: “by post”, “per post”."""
    variants_of: Mapping[tuple[str, ...], set[str]]
    """The words of a variant without “by” → the KPIs that have it: “linear”, “first touch”."""
    variant_words: frozenset[str]
    """First words of those, in every language."""
    pieces: frozenset[str]
    """Every Chinese word of a name or of the grammar."""


@dataclass(frozen=True)
class Lexicon:
    """Every name of a workspace by its words; the longest that stands in a text is found."""

    common: Common
    own: Names
    """Names that people chose; under the same words everything else that these mean."""
    pieces: frozenset[str]
    """Every Chinese word that stands for itself here."""

    def named(self, words: tuple[str, ...]) -> Sequence[Name]:
        """Return the names that are exactly these words."""
        own = self.own.by_words.get(words)
        return self.common.names.by_words.get(words, ()) if own is None else own

    def find(
        self, words: Sequence[Word], at: int, kinds: tuple[Kind, ...] = EVERY_KIND
    ) -> Found | None:
        """Return the longest name of these kinds that begins at that word."""
        first = words[at].stem
        longest = max(self.own.longest.get(first, 0), self.common.names.longest.get(first, 0))
        for length in range(min(longest, len(words) - at), 0, -1):
            key = tuple([word.stem for word in words[at : at + length]])
            if names := [name for name in self.named(key) if name.kind in kinds]:
                return Found(names, length)
        return None

    def tongues_of(self, words: Sequence[Word]) -> frozenset[str]:
        """Return the languages that names in a text are in; none for one that English has too."""
        if self.common.names.foreign.isdisjoint([word.stem for word in words]):
            return frozenset()
        found: set[str] = set()
        at = 0
        while at < len(words):
            named = self.find(words, at)
            length = named.length if named else 1
            key = tuple(word.stem for word in words[at : at + length])
            holder = self.own if key in self.own.by_words else self.common.names
            found |= holder.tongues.get(key, set())
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
    """Learn a workspace's own names, and beside each what is common under the same words."""
    kpis = [(text, key) for text, key in directory.names.items() if key not in directory.own]
    common = learn_common(tuple(kpis), tuple(directory.variants.items()))
    customs = list(spell_all(list_customs(directory)))
    chosen = list(spell_all(list_chosen(directory)))
    own = Names()
    for words, name in customs:
        own.keep(words, name)
    shared = {words: common.names.by_words.get(words, []) for words, _ in customs + chosen}
    for words, names in shared.items():
        for name in names:
            if not name.tongue:
                own.keep(words, name)
    for words, name in chosen:
        own.keep(words, name)
    for words, name in foreign_under(shared, {key for _, key in kpis}):
        own.keep(words, name)
    return Lexicon(common, own, with_pieces(common.pieces, own))


@lru_cache(maxsize=4)
def learn_common(
    kpis: tuple[tuple[str, str], ...], variants: tuple[tuple[str, tuple[str, ...]], ...]
) -> Common:
    """Learn the names of KPIs (text and key), platforms and groups, and the variants of KPIs."""
    names = Names()
    for words, name in spell_all(list_common(kpis)):
        names.keep(words, name)
    known = {key for _, key in kpis}
    for words, name in list_foreign_names():
        if name.kind is not Kind.KPI or name.key in known:
            names.keep(words, name)
    by: dict[tuple[str, ...], set[str]] = {}
    bare: dict[tuple[str, ...], set[str]] = {}
    for key, texts in variants:
        for text in texts:
            words = stems(text)
            is_bare = words[0] not in ("by", "per")
            by.setdefault(words if is_bare else words[1:], set()).add(text)
            if is_bare:
                bare.setdefault(words, set()).add(key)
    spoken = {words[0] for words, said in SPLIT_WORDS.items() if said in bare}
    first = frozenset(spoken | {words[0] for words in bare})
    return Common(names, by, bare, first, with_pieces(PIECES, names))


def list_common(kpis: Iterable[tuple[str, str]]) -> Texts:
    """Yield every English name that all workspaces have."""
    for text, key in kpis:
        yield Kind.KPI, key, text
    for platform in PLATFORMS.values():
        for text in (platform.title, platform.key, *platform.aliases):
            yield Kind.PLATFORM, platform.key, text
    for text in ALL:
        yield Kind.ALL, "all", text
    for text in RIVALS:
        yield Kind.RIVALS, "rivals", text


def list_customs(directory: Directory) -> Texts:
    """Yield the names of the team's own KPIs."""
    for text, key in directory.names.items():
        if key in directory.own:
            yield Kind.KPI, key, text


def list_chosen(directory: Directory) -> Texts:
    """Yield the names of brands, accounts and channels."""
    for brand in directory.brands:
        yield Kind.BRAND, brand.id, brand.name
    for account in directory.accounts:
        for text in dict.fromkeys((account.handle, account.name)):
            yield Kind.ACCOUNT, account.id, text
    for channel in directory.channels:
        for text in dict.fromkeys((channel.id, channel.name)):
            yield Kind.CHANNEL, channel.id, text


def spell_all(texts: Texts) -> Spelt:
    """Yield names under their words; one that is all punctuation cannot be said: left out."""
    for kind, key, text in texts:
        yield from spell(kind, key, text)


def foreign_under(words: Iterable[tuple[str, ...]], kpis: set[str]) -> Spelt:
    """Yield what some words name in other languages."""
    wanted = set(words)
    for spelt, name in list_foreign_names():
        if spelt in wanted and (name.kind is not Kind.KPI or name.key in kpis):
            yield spelt, name


def with_pieces(pieces: frozenset[str], names: Names) -> frozenset[str]:
    """Return the Chinese words that stand for themselves, with those of some names."""
    more = {word for words in names.by_words for word in words if is_east_asian(word[0])}
    return pieces | more if more - pieces else pieces
