"""The words of the grammar in each language that Kepi speaks beside English."""

from collections.abc import Mapping
from types import MappingProxyType

from kpis.grammar_tongues.id import INDONESIAN
from kpis.grammar_tongues.sv import SWEDISH
from kpis.grammar_tongues.tongue import Tongue
from kpis.grammar_tongues.vi import VIETNAMESE
from kpis.grammar_tongues.zh import CHINESE

TONGUES: Mapping[str, Tongue] = MappingProxyType(
    {"vi": VIETNAMESE, "id": INDONESIAN, "sv": SWEDISH, "zh": CHINESE}
)


def own_word(english: str, language: str) -> str:
    """Return the first phrase of a language for an English word of the grammar, or that word."""
    tongue = TONGUES.get(language)
    phrases = tongue.phrases.items() if tongue else ()
    texts = (text.partition("|")[0] for text, meant in phrases if meant == english)
    return next(texts, english)


__all__ = ["TONGUES", "Tongue", "own_word"]
