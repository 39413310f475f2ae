"""What a form of a match is composed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.accounts import AccountRow
from storage.sources.matching import Seen


@dataclass(frozen=True)
class Around:
    """The file or the match that a form is of, and what it may name."""

    seen: Seen
    title: str
    """The file's name, or the match's."""
    accounts: Sequence[AccountRow]
    zone: str
    now: datetime
