"""What the columns of a dropped file were said to be, as buttons remember it: by their places."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.errors import KepiError


@dataclass(frozen=True)
class Draft:
    """A match that is being made; nothing of it is stored before the file is imported."""

    grain: str = ""
    picks: Mapping[str, int] = field(default_factory=dict)
    """Field of ours → place of its column."""
    whose: str = ""
    """``account:7``, ``column:3``, ``link``, ``new:acme``, or ``ask``: each time anew."""
    platform: str = ""
    dates: str = ""
    """``day`` or ``month`` where one of them stands first; empty where there is no doubt."""
    decimal: str = ""
    version: int = 0
    """Of the match it was opened on; 0: there was none."""
    said: str = ""
    """What all rows are where no column says it: “purchase”, “csat 1-5”."""
    currency: str = ""

    def pack(self) -> str:
        """Return it as text that a button can hold."""
        words = [self.whose, self.platform, self.dates, self.decimal]
        held = [self.grain, dict(self.picks), *words, self.version, self.said, self.currency]
        return json.dumps(held, separators=(",", ":"))


def unpack_draft(text: str) -> Draft | None:
    """Return what ``Draft.pack`` wrote; nothing of an empty text. Raises ``KepiError``."""
    if not text:
        return None
    try:
        grain, picks, *words, version, said, currency = json.loads(text)
        places = {str(key): int(place) for key, place in picks.items()}
        whose, platform, dates, decimal = map(str, words)
        return Draft(
            *(str(grain), places, whose, platform, dates, decimal, int(version)),
            said=str(said),
            currency=str(currency),
        )
    except (ValueError, TypeError, AttributeError) as fault:
        raise old_form() from fault


def old_form() -> KepiError:
    return KepiError("This form is from an earlier version. Drop the file again.")
