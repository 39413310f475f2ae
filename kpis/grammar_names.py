"""The names that words can mean in one workspace: KPIs, platforms, accounts, brands, dimensions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from kpis.question import DIMENSIONS, Directory
from kpis.words import Word, stems, unaccent, written
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

DIMENSION_WORDS: Mapping[str, str] = {
    "network": "platform",
    "social network": "platform",
    "site": "platform",
    "profile": "account",
    "handle": "account",
    "page": "account",
    "competitor": "brand",
    "type": "content-type",
    "format": "content-type",
    "post type": "content-type",
    "media type": "content-type",
    "content": "content-type",
    "tag": "hashtag",
    "day of week": "weekday",
    "day of the week": "weekday",
    "week day": "weekday",
    "time of day": "hour",
    "hour of day": "hour",
    "hour of the day": "hour",
    "time": "hour",
    "organic": "paid",
    "paid or organic": "paid",
    "organic or paid": "paid",
    "paid and organic": "paid",
    "date": "day",
    "slack channel": "channel",
    "responder": "person",
    "assignee": "person",
    "agent": "person",
    "teammate": "person",
    "people": "person",
    "who answered": "person",
    "how opened": "via",
    "urgency": "priority",
    "kind of target": "target",
    "promise": "target",
}
"""Other words for what an answer can be split by."""

STANDS_FOR: Mapping[str, str] = {"channel": "platform"}
"""What a word means where a KPI cannot be split by the thing itself: “reach by channel”."""

ADVERBS: Mapping[str, str] = {
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
}
"""Words that split an answer without “by”."""


def know_dimensions() -> dict[tuple[str, ...], str]:
    """Return every way of naming a dimension, cut into words."""
    words = {**DIMENSION_WORDS, **{said: key for key, said in DIMENSIONS.items()}}
    return {stems(text): key for text, key in (words | {key: key for key in DIMENSIONS}).items()}


KNOWN_DIMENSIONS = know_dimensions()
KNOWN_ADVERBS = {stems(text): key for text, key in ADVERBS.items()}


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
    longest: int = 1
    variants: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    """The words of “by post” without their “by” → as KPIs declare it: “by post”, “per post”."""

    def add(self, kind: Kind, key: str | int, text: str) -> None:
        """Learn one name; one whose words are all punctuation cannot be said, and is left out."""
        if not (words := stems(text)):
            return
        self.longest = max(self.longest, len(words))
        name = Name(kind, key, text)
        self.names.setdefault(words, []).append(name)
        plain = tuple(map(unaccent, words))
        if plain != words:
            self.names.setdefault(plain, []).append(Name(kind, key, text, exact=False))

    def find(self, words: Sequence[Word], at: int, kinds: Iterable[Kind] = Kind) -> Found | None:
        """Return the longest name of these kinds that begins at that word."""
        wanted = frozenset(kinds)
        for length in range(min(self.longest, len(words) - at), 0, -1):
            key = tuple(word.stem for word in words[at : at + length])
            if names := [name for name in self.names.get(key, ()) if name.kind in wanted]:
                return Found(names, length)
        return None


@lru_cache(maxsize=64)
def learn(directory: Directory) -> Lexicon:
    """Return the lexicon of a workspace, made once for each directory."""
    lexicon = Lexicon()
    for name, key in directory.names.items():
        lexicon.add(Kind.KPI, key, name)
    for platform in PLATFORMS.values():
        for text in (platform.title, platform.key, *platform.aliases):
            lexicon.add(Kind.PLATFORM, platform.key, text)
    for text in ALL:
        lexicon.add(Kind.ALL, "all", text)
    for text in RIVALS:
        lexicon.add(Kind.RIVALS, "rivals", text)
    for brand in directory.brands:
        lexicon.add(Kind.BRAND, brand.id, brand.name)
    for account in directory.accounts:
        for text in dict.fromkeys((account.handle, account.name)):
            lexicon.add(Kind.ACCOUNT, account.id, text)
    for channel in directory.channels:
        for text in dict.fromkeys((channel.id, channel.name)):
            lexicon.add(Kind.CHANNEL, channel.id, text)
    for variants in directory.variants.values():
        for variant in variants:
            words = stems(variant)
            said = words[1:] if words[0] in ("by", "per") else words
            lexicon.variants.setdefault(said, set()).add(variant)
    return lexicon
