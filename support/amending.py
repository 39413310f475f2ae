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
    slips: dict[str, int] = field(default_factory=dict)
    """Keys of other entries that count as never having happened, and when that was decided."""
    substantive: set[str] = field(default_factory=set)
    """``ts`` of pleasantries that somebody said are an issue."""
    notes: set[str] = field(default_factory=set)
    """``ts`` of answers that were locked: internal notes."""
    sent: set[str] = field(default_factory=set)
    """``ts`` of answers that were marked as sent."""
    openings: list[tuple[int, Entry]] = field(default_factory=list)
    """When an issue opens because somebody tracked a message, and the entry that says so."""

    def take_back(self, by: Entry, *entries: Entry) -> None:
        """Let entries never have happened, and fold anew; nothing where they already had not."""
        new = {it.key: by.at for it in entries if it.key not in self.slips}
        if new:
            self.slips |= new
            raise Amendment

    def erase(self, message: Entry) -> None:
        """Let a message never have been; what was decided after it is found out anew."""
        if message.key not in self.erased:
            self.erased.add(message.key)
            self.slips = {key: at for key, at in self.slips.items() if at < message.at}
            raise Amendment

    def is_void(self, key: str) -> bool:
        """Whether an entry counts as never having happened."""
        return key in self.slips or key in self.erased

    def add(self, which: set[str], ts: str) -> None:
        """Put a message into one of the sets, and fold anew where it is new there."""
        if ts not in which:
            which.add(ts)
            raise Amendment
