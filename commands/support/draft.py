"""What somebody is choosing for a channel, before it is saved: it travels in the form itself.

A form remembers 3,000 characters, so only what differs from the defaults is written.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from commands.support import wording
from storage.errors import KepiError
from support.rules import HOUR, Marks, Mode, Rules

MEMORY = 3000
SAME = "same"
"""Opening hours: as the workspace."""


@dataclass(frozen=True)
class Draft:
    """A channel's rules, opening hours and promises, as far as they are chosen."""

    channel: str
    rules: Rules = field(default_factory=Rules)
    hours: str = SAME
    """As people write them (``support.week.read_hours``), or ``same``."""
    zone: str = ""
    first_response: int = 4 * HOUR
    """Business seconds; 0 is no promise. The first four are those of support-spec §10, normal."""
    next_response: int = 0
    resolution: int = 0
    edition: int = 0
    """How often the form was filled by something else than the person."""
    more: bool = False
    """The fields under *More* are shown."""
    opened: int | None = None
    """Since when (µs) the rules held that the form was opened on; 0: the channel had none."""
    asker: tuple[Any, ...] = ()
    """``Asker.pack``, for the answer when it is saved."""

    def pack(self) -> str:
        """Return it as JSON; raises ``KepiError`` where a form cannot remember that much."""
        held = differing(self, Draft(self.channel)) | {"channel": self.channel}
        held["rules"] = differing(self.rules, Rules())
        if marks := differing(self.rules.marks, Marks()):
            held["rules"]["marks"] = marks
        text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
        if len(text) > MEMORY:
            raise KepiError(wording.TOO_MANY_PEOPLE)
        return text


def unpack_draft(text: str) -> Draft:
    """Return what ``Draft.pack`` wrote; raises ``KepiError`` for what it did not."""
    try:
        held = json.loads(text)
        return Draft(**tupled(held) | {"rules": rules_of(held.get("rules") or {})})
    except (ValueError, TypeError, AttributeError) as fault:
        raise KepiError(wording.OLD_FORM) from fault


def differing(one: Any, other: Any) -> dict[str, Any]:
    """Return the fields that are not as in ``other``, as JSON can hold them."""
    found: dict[str, Any] = {}
    for each in dataclasses.fields(one):
        value = getattr(one, each.name)
        if value == getattr(other, each.name) or isinstance(value, Rules | Marks):
            continue
        found[each.name] = sorted(value) if isinstance(value, frozenset) else value
    return found


def rules_of(held: Mapping[str, Any]) -> Rules:
    """Return rules from what differs from the defaults."""
    plainly = tupled({key: value for key, value in held.items() if key not in ("mode", "marks")})
    marks = {key: frozenset(value) for key, value in (held.get("marks") or {}).items()}
    mode = Mode(held.get("mode") or Rules().mode)
    return replace(Rules(**plainly), mode=mode, marks=Marks(**marks))


def tupled(held: Mapping[str, Any]) -> dict[str, Any]:
    """Return JSON's lists as the tuples they were, also inside."""
    return {
        key: tuple(tuple(it) if isinstance(it, list) else it for it in value)
        if isinstance(value, list)
        else value
        for key, value in held.items()
    }
