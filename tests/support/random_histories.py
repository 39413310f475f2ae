"""Histories of one thread, made by chance and repeatable: Slack would let each of them happen."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from support.entries import MICROSECONDS, Entry, micros, ts_of
from tests.support.drawn_issues import draw, key_of
from tests.support.plain_model import CHECK, EYES, HOURGLASS, Happening, Mark

PEOPLE = ("lena", "lena", "kim", "omar", "omar", "mia", "ben")
EMOJI = (CHECK, CHECK, CHECK, EYES, HOURGLASS, HOURGLASS)
LONGEST = 160 * 3600
"""Within the reopening window: a follow-up is another issue, and has scenarios of its own."""


class Chance:
    """Makes one history."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.at = 0
        self.lines = [Happening(0, "lena", "asks")]
        self.messages = {0: "lena"}
        self.standing: set[Mark] = set()
        self.touched: set[int] = {0}

    def history(self) -> list[Happening]:
        for _ in range(self.random.randint(3, 24)):
            self.at += self.gap()
            if self.at > LONGEST:
                break
            self.lines.append(self.something())
        return self.lines

    def gap(self) -> int:
        """Seconds to the next thing: often within a window, now and then on its very edge."""
        kind = self.random.random()
        if kind < 0.5:
            return self.random.randint(1, 200)
        if kind < 0.8:
            return self.random.randint(200, 1500)
        if kind < 0.86:
            return self.random.choice([599, 600, 601])
        if kind < 0.97:
            return self.random.randint(1500, 20_000)
        return self.random.choice([86_400, 86_401, 25 * 3600])

    def something(self) -> Happening:
        kind = self.random.random()
        if kind < 0.40 or not self.messages:
            return self.message()
        if kind < 0.68:
            return self.mark()
        if kind < 0.86 and self.standing:
            return self.unmark()
        if kind < 0.93:
            return self.change()
        who = self.random.choice(["omar", "mia"])
        verb = self.random.choice(["reopens", "reopens", "dismisses", "restores", "restores"])
        return Happening(self.at, who, verb)

    def message(self) -> Happening:
        who = self.random.choice(PEOPLE)
        verbs = ["says", "says", "asks", "notes"] if who in ("omar", "mia") else []
        verb = self.random.choice(verbs or ["says", "asks", "thanks"])
        self.messages[self.at] = who
        return Happening(self.at, who, verb)

    def mark(self) -> Happening:
        on = self.random.choice(list(self.messages))
        who = self.random.choice(["lena", "omar", "omar", "mia", "mia", "ben"])
        mark = Mark(who, on, self.random.choice(EMOJI))
        if mark in self.standing:
            return self.unmark()
        self.standing.add(mark)
        self.touched.add(on)
        return Happening(self.at, mark.who, "marks", mark.on, mark.emoji)

    def unmark(self) -> Happening:
        mark = self.random.choice(sorted(self.standing))
        self.standing.remove(mark)
        return Happening(self.at, mark.who, "unmarks", mark.on, mark.emoji)

    def change(self) -> Happening:
        """An edit, or the end of a message that nobody reacted to; seldom the end of the root."""
        untouched = sorted(set(self.messages) - self.touched)
        if untouched and self.random.random() < 0.6:
            on = self.random.choice(untouched)
            who = self.messages.pop(on)
            return Happening(self.at, who, "deletes", on)
        on = self.random.choice(sorted(self.messages))
        if on == 0 and self.random.random() < 0.3:
            del self.messages[0]
            return Happening(self.at, "lena", "deletes", 0)
        return Happening(self.at, self.messages[on], "edits", on)


def random_history(seed: int) -> list[Happening]:
    """Return the history of a seed."""
    return Chance(seed).history()


def drawn(history: list[Happening]) -> str:
    """Return a history as a drawing."""
    return "\n".join(line.drawn() for line in history)


def channel_of(threads: int, *, apart: int, first: int = 0) -> list[Entry]:
    """Return the entries of threads that run beside each other, begun ``apart`` seconds."""
    seeds = range(first, first + min(threads, 500))
    histories = [draw(drawn(random_history(seed))).entries for seed in seeds]
    return [
        moved(entry, number * apart * MICROSECONDS + number)
        for number in range(threads)
        for entry in histories[number % len(histories)]
    ]


def moved(entry: Entry, by: int) -> Entry:
    """Return an entry of another thread, so many microseconds later."""
    stamps = {
        name: ts_of(micros(it) + by) for name in ("ts", "root") if (it := getattr(entry, name))
    }
    later = replace(entry, at=entry.at + by, **stamps)  # type: ignore[arg-type]
    return replace(later, key=key_of(later, entry.at % 99_991))
