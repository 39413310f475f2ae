"""What arrives from Slack, without the signs that no text can hold.

JSON may name halves of signs (``\\ud800``) and NUL, which neither a database takes nor Slack takes
back; each half becomes “�” and a NUL nothing, before any handler reads them (row 30).
"""

from __future__ import annotations

import re
from typing import Any

HALF = re.compile("[\ud800-\udfff]")
DEEPEST = 60
"""Of what is nested deeper nothing is read."""


def mend(thing: Any, depth: int = 0) -> Any:
    """Return what JSON held, mended; the very same object where nothing was to mend."""
    if isinstance(thing, str):
        return mend_text(thing)
    if isinstance(thing, dict):
        if depth >= DEEPEST:
            return {}
        mended = {mend_text(str(key)): mend(it, depth + 1) for key, it in thing.items()}
        return thing if is_same(thing, mended) else mended
    if isinstance(thing, list):
        if depth >= DEEPEST:
            return []
        others = [mend(it, depth + 1) for it in thing]
        return thing if all(a is b for a, b in zip(thing, others, strict=True)) else others
    return thing


def mend_text(words: str) -> str:
    """Return a text that every database and Slack can hold."""
    if "\0" in words:
        words = words.replace("\0", "")
    return words if words.isascii() or not HALF.search(words) else HALF.sub("\ufffd", words)


def is_same(thing: dict[Any, Any], mended: dict[str, Any]) -> bool:
    """Say whether nothing of it was mended."""
    return len(thing) == len(mended) and all(
        key in mended and mended[key] is it for key, it in thing.items()
    )
