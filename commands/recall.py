"""What a button remembers: the question in words, and who asked it; so it works after a restart."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from commands import wording
from commands.blocks import VALUE
from storage.errors import KepiError

BLOCK_ID = 255


@dataclass(frozen=True)
class Recall:
    """One answer's questions, as the words after ``/kpi`` that give each again, as known then."""

    user: str
    """Who asked, and so may change and remove the answer."""
    words: tuple[str, ...]

    def pack(self) -> str:
        """Return the memory as text of at most 2,000 characters, without what is beyond it.

        Where not even the first question has room nothing is remembered: the text is empty.
        """
        for length in range(len(self.words), 0, -1):
            packed = self._write(self.words[:length])
            if len(packed) <= VALUE:
                return packed
        return ""

    def _write(self, words: Sequence[str]) -> str:
        return json.dumps([self.user, *words], ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Recall:
    """Return what ``pack`` wrote; raises ``KepiError`` for anything else."""
    try:
        user, *words = json.loads(text)
    except (ValueError, TypeError) as error:
        raise KepiError(wording.OLD_BUTTON) from error
    if not isinstance(user, str) or not all(isinstance(each, str) for each in words) or not words:
        raise KepiError(wording.OLD_BUTTON)
    return Recall(user, tuple(words))


def fits_block_id(packed: str) -> bool:
    """Say whether an overflow menu can remember it: its own values hold 75 characters only."""
    return len(packed) <= BLOCK_ID
