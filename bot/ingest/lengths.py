"""How long a text is to its readers."""

from __future__ import annotations

import regex

WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]\p{M}*|(?:(?![\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}])[\w'’])+"
)
"""Scripts without spaces have a word a character."""


def measure(text: str) -> dict[str, int]:
    """Return graphemes and words."""
    return {"characters": len(regex.findall(r"\X", text)), "words": len(WORD.findall(text))}
