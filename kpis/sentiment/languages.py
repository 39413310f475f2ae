"""Which language a text is in, among those that a workspace speaks.

lingua where the extra ``[sentiment]`` is installed, told which languages there are: unrestricted it
takes Indonesian for Malay and 857 MB (ecosystem §5). Without it the script and the commonest
little words decide, and what stays open is in the workspace's first language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any

from kpis.sentiment.stop_words import STOP_WORDS

LANGUAGES = ("en", "vi", "id", "sv", "zh")
"""Every language that there is a model for; the default choice."""
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "en": "ENGLISH",
        "vi": "VIETNAMESE",
        "id": "INDONESIAN",
        "sv": "SWEDISH",
        "zh": "CHINESE",
    }
)
"""How lingua calls them."""
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
VIETNAMESE = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
SWEDISH = re.compile(r"[åäö]", re.IGNORECASE)
WORD = re.compile(r"\w+")


def detect(texts: Sequence[str], choices: Sequence[str] = LANGUAGES) -> list[str]:
    """Return the language of each text, one of ``choices``; the first where nothing tells.

    Loads lingua's models at the first call, which takes a second: call it in a thread.
    """
    allowed = tuple(it for it in choices if it in NAMES) or LANGUAGES
    if len(allowed) == 1:
        return [allowed[0]] * len(texts)
    if is_lingua_here():
        return [_ask_lingua(text, allowed) or guess(text, allowed) for text in texts]
    return [guess(text, allowed) for text in texts]


def is_lingua_here() -> bool:
    return find_spec("lingua") is not None


@cache
def detector(allowed: tuple[str, ...]) -> Any:
    from lingua import Language, LanguageDetectorBuilder

    languages = [getattr(Language, NAMES[it]) for it in sorted(allowed)]
    return LanguageDetectorBuilder.from_languages(*languages).build()


def _ask_lingua(text: str, allowed: tuple[str, ...]) -> str:
    found = detector(allowed).detect_language_of(text)
    name = getattr(found, "name", "")
    return next((key for key in allowed if NAMES[key] == name), "")


def guess(text: str, allowed: Sequence[str]) -> str:
    """Return the language by script, by letters of its own, and by the commonest words."""
    if "zh" in allowed and HAN.search(text):
        return "zh"
    if "vi" in allowed and VIETNAMESE.search(text):
        return "vi"
    words = {it.casefold() for it in WORD.findall(text)}
    scores = {key: float(len(words & STOP_WORDS[key])) for key in allowed}
    if "sv" in scores and SWEDISH.search(text):
        scores["sv"] += 1.5
    best = max(allowed, key=lambda key: scores[key])
    return best if scores[best] > 0 else allowed[0]
