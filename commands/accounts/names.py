"""Names to show, of accounts and brands, as people type them into a form."""

from __future__ import annotations

import unicodedata

from commands.accounts.handles import clean
from storage.errors import KepiError

LONGEST = 60
TOO_LONG = "At most {number} characters."
UNREAD = "“{words}” has no letter or figure in it."


def read_name(words: str) -> str:
    """Return a name to show, empty where none was typed; raises ``KepiError``.

    What pings or is marked up stays as it was typed: ``commands.blocks`` escapes it wherever it
    is shown. Marks heaped on a letter would cover the lines above, so all but two go.
    """
    name = unheap(clean(unicodedata.normalize("NFC", words)))
    if len(name) > LONGEST:
        raise KepiError(TOO_LONG, number=LONGEST)
    if name and not any(it.isalnum() for it in name):
        raise KepiError(UNREAD, words=name[:20])
    return name


def unheap(words: str) -> str:
    """Return words with at most two marks on a letter."""
    kept: list[str] = []
    marks = 0
    for sign in words:
        marks = marks + 1 if unicodedata.category(sign).startswith("M") else 0
        if marks <= 2:
            kept.append(sign)
    return "".join(kept)
