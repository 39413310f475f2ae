"""What the columns of a dropped file were said to be, as buttons remember it: by their places."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from commands.saying import say
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

    def pack(self) -> str:
        """Return it as text that a button can hold."""
        held = [self.grain, dict(self.picks), self.whose, self.platform, self.dates]
        return json.dumps([*held, self.decimal, self.version], separators=(",", ":"))


def unpack_draft(text: str) -> Draft | None:
    """Return what ``Draft.pack`` wrote; nothing of an empty text. Raises ``KepiError``."""
    if not text:
        return None
    try:
        grain, picks, whose, platform, dates, decimal, version = json.loads(text)
        places = {str(key): int(place) for key, place in picks.items()}
        return Draft(
            str(grain), places, str(whose), str(platform), str(dates), str(decimal), int(version)
        )
    except (ValueError, TypeError, AttributeError) as fault:
        raise old_form() from fault


def old_form() -> KepiError:
    return KepiError(say("This form is from an earlier version. Drop the file again."))
