"""What may stand after “by”, in every language: dimensions and variants."""

from collections.abc import Mapping

from kpis.grammar_tongues import TONGUES
from kpis.question import DIMENSIONS
from kpis.words import stems, unaccent

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
    "organic and paid": "paid",
    "organic paid": "paid",
    "paid organic": "paid",
    "date": "day",
    "slack channel": "channel",
    "responder": "person",
    "assignee": "person",
    "teammate": "person",
    "people": "person",
    "who answered": "person",
    "how opened": "via",
    "urgency": "priority",
    "kind of target": "target",
    "promise": "target",
    "utm campaign": "campaign",
    "version": "variant",
    "test variant": "variant",
    "countries": "country",
    "land": "country",
    "town": "city",
    "cities": "city",
    "age group": "age",
    "age range": "age",
    "sex": "gender",
    "follow type": "follow-type",
    "follower type": "follow-type",
    "follower or non follower": "follow-type",
    "followers and non followers": "follow-type",
    "followers or non followers": "follow-type",
    "non followers": "follow-type",
    "traffic source": "source",
    "channel grouping": "channel-group",
    "default channel group": "channel-group",
    "conversion type": "type",
    "kind": "type",
    "mood": "sentiment",
    "theme": "topic",
    "questionnaire": "survey",
}
"""Other words for what an answer can be split by."""

STANDS_FOR: Mapping[str, tuple[str, ...]] = {
    "channel": ("channel-group", "platform"),
    "type": ("content-type",),
    "agent": ("person",),
    "person": ("agent",),
}
"""What a word means where a KPI cannot be split by the thing itself: “reach by channel”."""

ADVERBS: Mapping[str, str] = {
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
}
"""Words that split an answer without “by”."""


def know_dimensions() -> dict[tuple[str, ...], str]:
    """Return every English way of naming a dimension, cut into words."""
    words = {text: key for text, key in DIMENSION_WORDS.items() if key in DIMENSIONS}
    words |= {said: key for key, said in DIMENSIONS.items()} | {key: key for key in DIMENSIONS}
    return {stems(text): key for text, key in words.items()}


def know_foreign_splits() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return what stands after “by” in other languages → its English, cut into words."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for plain in (False, True):
        for tongue in TONGUES.values():
            for text, english in tongue.splits.items():
                words = tuple(map(unaccent, stems(text))) if plain else stems(text)
                if words not in KNOWN_DIMENSIONS:
                    found.setdefault(words, stems(english))
    return found


KNOWN_DIMENSIONS = know_dimensions()
KNOWN_ADVERBS = {stems(text): key for text, key in ADVERBS.items()}
SPLIT_WORDS = know_foreign_splits()
FOREIGN_SPLITS = tuple(
    (stems(text), stems(english), tongue)
    for tongue, words in TONGUES.items()
    for text, english in words.splits.items()
)
"""What stands after “by” in other languages, its English, and its language."""
