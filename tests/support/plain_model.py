"""One thread, plainly: what support-spec §4 and §5.1 say, written a second time.

It shares nothing with ``support``: marks are sets, a deleted message is one that was never
written, a resolution taken back is a history without its marks, and after each such discovery
everything is run again from the start. Slow, and meant to be read beside the specification.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

UNDO_WINDOW = 600
DELETE_GRACE = 86_400
RESPONDERS = frozenset({"omar", "mia"})
CUSTOMERS = frozenset({"lena", "kim"})
EYES, HOURGLASS, CHECK = "eyes", "hourglass_flowing_sand", "white_check_mark"


class Happening(NamedTuple):
    """One line of a history, at a whole second of its own."""

    at: int
    who: str
    verb: str
    """``asks``, ``says``, ``thanks``, ``notes``, ``marks``, ``unmarks``, ``deletes``, ``edits``,
    ``reopens``, ``dismisses`` or ``restores``."""
    on: int = 0
    """The second of the message that is marked, deleted or edited."""
    emoji: str = ""

    def drawn(self) -> str:
        """Return the line as the scenarios draw it."""
        what = {
            "marks": f"marks {self.emoji} on {self.on}",
            "unmarks": f"unmarks {self.emoji} on {self.on}",
            "deletes": f"deletes {self.on}",
            "edits": f"edits {self.on} as thanks",
        }.get(self.verb, self.verb)
        return f"{self.at} {self.who} {what}"


class Mark(NamedTuple):
    """A reaction that stands."""

    who: str
    on: int
    emoji: str


@dataclass
class Plain:
    """Where a thread stands, and how it came there."""

    state: str = "none"
    opened: int = 0
    frt: int | None = None
    waits: list[tuple[int, int | None, str]] = field(default_factory=list)
    pauses: list[tuple[int, int | None]] = field(default_factory=list)
    resolutions: list[int] = field(default_factory=list)
    reopens: list[int] = field(default_factory=list)


class Taken(Exception):
    """Something turned out never to have been: these lines are left out, and it begins anew."""

    def __init__(self, lines: set[Happening]) -> None:
        self.lines = lines


def plainly(history: Sequence[Happening]) -> Plain:
    """Return what a history comes to."""
    left_out = deleted_at_once(history) | acknowledged_by_mistake(history)
    while True:
        thread = Thread()
        told = [it for it in sorted(history) if it not in left_out]
        try:
            for happening in told:
                thread.happen(happening, told)
        except Taken as taken:
            left_out |= taken.lines
        else:
            return thread.plain


def deleted_at_once(history: Sequence[Happening]) -> set[Happening]:
    """Return messages that were deleted within the grace, the root apart."""
    gone = {it.on: it.at for it in history if it.verb == "deletes" and it.on != 0}
    return {
        it
        for it in history
        if it.verb in ("asks", "says", "thanks", "notes")
        and it.at in gone
        and gone[it.at] - it.at <= DELETE_GRACE
    }


def acknowledged_by_mistake(history: Sequence[Happening]) -> set[Happening]:
    """Return eyes that were taken back within the window, with their removal."""
    found: set[Happening] = set()
    for eyes in (it for it in history if it.verb == "marks" and it.emoji == EYES):
        later = [
            it
            for it in history
            if it.verb == "unmarks" and it[3:] == eyes[3:] and it.who == eyes.who
            if it.at > eyes.at
        ]
        if later and min(later).at - eyes.at <= UNDO_WINDOW:
            found |= {eyes, min(later)}
    return found


class Thread:
    """The thread while its history is told."""

    def __init__(self) -> None:
        self.plain = Plain()
        self.authors: dict[int, str] = {}
        self.responder_asked = False
        self.unanswered = False
        self.checks: set[Mark] = set()
        self.hourglasses: set[Mark] = set()
        self.dismissal: set[Happening] = set()

    def happen(self, it: Happening, told: list[Happening]) -> None:
        match it.verb:
            case "asks" | "says" | "thanks" | "notes":
                self.authors[it.at] = it.who
                self.write(it)
            case "marks":
                self.mark(it)
            case "unmarks":
                self.unmark(it, told)
            case "reopens" if self.plain.state == "resolved":
                self.reopen(it.at)
            case "reopens" | "restores" if self.plain.state == "dismissed":
                raise Taken(self.dismissal)
            case "dismisses" if self.is_live:
                self.dismiss(it)
            case "deletes" if it.on == 0 and self.is_live and self.plain.frt is None:
                self.dismiss(it)

    @property
    def is_live(self) -> bool:
        return self.plain.state in ("open", "acknowledged", "responded", "waiting")

    # Messages

    def write(self, it: Happening) -> None:
        if it.who in CUSTOMERS:
            if it.verb == "thanks" and not self.responder_asked:
                return
            self.customer_writes(it.at)
        elif it.who in RESPONDERS and it.verb != "notes":
            self.responder_writes(it)

    def customer_writes(self, at: int) -> None:
        plain = self.plain
        if plain.state == "dismissed":
            return
        self.unanswered = True
        if plain.state in ("open", "acknowledged"):
            return
        if plain.state == "none":
            plain.opened = at
        if plain.state == "resolved":
            plain.reopens.append(at)
            self.checks.clear()
        self.end_pause(at)
        plain.state = "open"
        plain.waits.append((at, None, ""))

    def responder_writes(self, it: Happening) -> None:
        plain = self.plain
        if plain.state == "dismissed":
            return
        self.responder_asked = it.verb == "asks"
        self.unanswered = False
        if plain.frt is None:  # §4.2: the earliest answer, in whatever state it was given
            plain.frt = it.at - plain.opened
        if plain.state in ("open", "acknowledged"):
            plain.state = "responded"
            self.end_wait(it.at, "response")

    # Marks

    def mark(self, it: Happening) -> None:
        plain, mark = self.plain, Mark(it.who, it.on, it.emoji)
        is_responder = it.who in RESPONDERS
        if it.emoji == EYES and is_responder and self.authors.get(it.on) in CUSTOMERS:
            if plain.state == "open":
                plain.state = "acknowledged"
        elif it.emoji == HOURGLASS and is_responder:
            if plain.state == "responded":
                plain.state = "waiting"
                plain.pauses.append((it.at, None))
                self.hourglasses = {mark}
            elif plain.state == "waiting":
                self.hourglasses.add(mark)
        elif it.emoji == CHECK and self.may_resolve(it):
            if self.is_live:
                self.leave(it.at, "resolved", "resolve")
                plain.resolutions.append(it.at)
                self.checks = {mark}
            elif plain.state == "resolved":
                self.checks.add(mark)

    def may_resolve(self, it: Happening) -> bool:
        """A responder anywhere; the customer on the root or on a responder's message."""
        if it.who == "lena":
            return it.on == 0 or self.authors.get(it.on) in RESPONDERS
        return it.who in RESPONDERS

    def unmark(self, it: Happening, told: list[Happening]) -> None:
        plain, mark = self.plain, Mark(it.who, it.on, it.emoji)
        if mark in self.hourglasses and plain.state == "waiting":
            self.hourglasses.remove(mark)
            if not self.hourglasses:
                self.end_pause(it.at)
                plain.state = "responded"
        elif mark in self.checks and plain.state == "resolved":
            self.checks.remove(mark)
            if not self.checks:
                self.last_check_went(it.at, told)

    def last_check_went(self, at: int, told: list[Happening]) -> None:
        since = self.plain.resolutions[-1]
        if at - since <= UNDO_WINDOW:
            raise Taken({it for it in told if it.emoji == CHECK and since <= it.at <= at})
        self.reopen(at)

    # States

    def reopen(self, at: int) -> None:
        self.plain.reopens.append(at)
        self.checks.clear()
        self.plain.state = "open" if self.unanswered else "responded"
        if self.unanswered:
            self.plain.waits.append((at, None, ""))

    def dismiss(self, it: Happening) -> None:
        self.dismissal = {it}
        self.leave(it.at, "dismissed", "dismiss")

    def leave(self, at: int, state: str, closed_by: str) -> None:
        self.end_wait(at, closed_by)
        self.end_pause(at)
        self.plain.state = state

    def end_wait(self, at: int, closed_by: str) -> None:
        if self.plain.waits and self.plain.waits[-1][1] is None:
            self.plain.waits[-1] = (self.plain.waits[-1][0], at, closed_by)

    def end_pause(self, at: int) -> None:
        self.hourglasses.clear()
        if self.plain.pauses and self.plain.pauses[-1][1] is None:
            self.plain.pauses[-1] = (self.plain.pauses[-1][0], at)
