"""What later entries changed about earlier ones, and the signal to fold anew."""

from __future__ import annotations

from dataclasses import dataclass, field

from support.entries import Entry


class Amendment(Exception):
    """What was folded so far is out of date: fold the thread anew."""


@dataclass
class Amended:
    """Every amendment adds something, so folding anew comes to an end."""

    void: set[str] = field(default_factory=set)
    """Keys of entries that count as never having happened."""
    substantive: set[str] = field(default_factory=set)
    """``ts`` of pleasantries that somebody said are an issue."""
    notes: set[str] = field(default_factory=set)
    """``ts`` of answers that were locked: internal notes."""
    sent: set[str] = field(default_factory=set)
    """``ts`` of answers that were marked as sent."""
    openings: list[tuple[int, Entry]] = field(default_factory=list)
    """When an issue opens because somebody tracked a message, and the entry that says so."""

    def take_back(self, *keys: str) -> None:
        """Let entries never have happened, and fold anew; nothing where they already had not."""
        if self.void.issuperset(keys):
            return
        self.void.update(keys)
        raise Amendment

    def add(self, which: set[str], ts: str) -> None:
        """Put a message into one of the sets, and fold anew where it is new there."""
        if ts not in which:
            which.add(ts)
            raise Amendment
