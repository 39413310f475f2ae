"""What later entries changed about earlier ones, and the signal to fold anew."""

from __future__ import annotations

from dataclasses import dataclass, field

from support.entries import Entry


class Amendment(Exception):
    """What was folded so far is out of date: fold the thread anew."""


@dataclass
class Amended:
    """Every amendment adds something, so folding anew comes to an end."""

    erased: set[str] = field(default_factory=set)
    """Keys of messages that were deleted soon after they were posted."""
    slips: set[str] = field(default_factory=set)
    """Keys of other entries that count as never having happened, given what was erased."""
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
        if self.slips.issuperset(keys):
            return
        self.slips.update(keys)
        raise Amendment

    def erase(self, key: str) -> None:
        """Let a message never have been; what was a slip beside it is found out anew."""
        if key not in self.erased:
            self.erased.add(key)
            self.slips.clear()
            raise Amendment

    def is_void(self, key: str) -> bool:
        """Whether an entry counts as never having happened."""
        return key in self.slips or key in self.erased

    def add(self, which: set[str], ts: str) -> None:
        """Put a message into one of the sets, and fold anew where it is new there."""
        if ts not in which:
            which.add(ts)
            raise Amendment
