"""How long a comment is, to a reader: graphemes, and words in scripts with and without spaces."""

from __future__ import annotations

from functools import cache
from typing import Any

UNSPACED = r"[[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]&&\p{L}]"
"""Letters of scripts that write no spaces: each counts as a word (kpi-catalogue §4)."""


@cache
def _patterns() -> tuple[Any, Any]:
    import regex  # type: ignore[import-untyped]

    spaced = rf"[[\p{{L}}\p{{N}}]--{UNSPACED}]"
    word = rf"{UNSPACED}[\p{{M}}ー]*|(?:{spaced}\p{{M}}*)+(?:['’\-](?:{spaced}\p{{M}}*)+)*"
    return regex.compile(r"\X"), regex.compile(word, regex.VERSION1)


def measure(text: str) -> tuple[int, int]:
    """Return the graphemes and the words of a text."""
    grapheme, word = _patterns()
    stripped = text.strip()
    return len(grapheme.findall(stripped)), len(word.findall(stripped))
