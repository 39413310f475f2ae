"""The same promise for 500 threads in 24 hours, without sockets: reliability row 10 at its size.

A plain world keeps messages and reactions as Slack shows them, and a log of what happened when.
One ledger is written from the whole log; the other lacks two hours of it and is completed from
what the world shows at their end, through the functions that read history back.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from commands.support.differences import (
    Known,
    Mark,
    find_changed_marks,
    find_edited,
    find_new,
    find_vanished,
    reactions_of,
)
from commands.support.reading_back import tell_deleted, tell_edited, tell_mark
from commands.support.recovery import Gap
from storage.messages import KnownMessage
from support.board import fold
from support.entries import MICROSECONDS, Entry, Kind, Role, Said, micros, order, ts_of
from support.rules import Mode, RuleBook, Rules
from tests.support_life.agreeing import compare

HOUR = 3600
BOOK = RuleBook(((0, Rules(mode=Mode.AUTO)),))
TEAM = ("U0OMAR", "U0MIA")
START = 1_795_000_000 * MICROSECONDS


@dataclass
class World:
    """A channel as Slack shows it, and its log."""

    dice: random.Random
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    threads: dict[str, list[str]] = field(default_factory=dict)
    log: list[Entry] = field(default_factory=list)
    now: int = START

    def live(self, threads: int, hours: int) -> None:
        """Let a day pass: every thread begins, and ten things happen to it at any time."""
        starts = [self.dice.uniform(0, hours * HOUR) for _ in range(threads)]
        plan = [(at, "open", 0) for at in starts]
        for number, at in enumerate(starts):
            spans = [self.dice.expovariate(1 / 3000) for _ in range(10)]
            plan += [(at + sum(spans[: it + 1]), "happen", number) for it in range(10)]
        roots: dict[int, str] = {}
        begun = 0
        for at, what, number in sorted(plan):
            self.now = max(self.now + 1, START + round(at * MICROSECONDS))
            if what == "open":
                roots[starts.index(at)] = self.say(f"U{starts.index(at)}CUST", "")
                begun += 1
            else:
                self.happen(roots[number])

    def say(self, user: str, root: str) -> str:
        ts = ts_of(self.now)
        message = {"ts": ts, "user": user, "reactions": {}} | ({"thread_ts": root} if root else {})
        self.messages[ts] = message
        self.threads.setdefault(root or ts, []).append(ts)
        self.log.append(entry_of(message))
        return ts

    def happen(self, root: str) -> None:
        """Let one thing happen in a thread; what resolves is the thread's last word."""
        left = [it for it in self.threads[root] if it in self.messages]
        asker, last = self.messages[root]["user"], self.messages[left[-1]]
        what = self.dice.choice(["answer"] * 3 + ["ask"] * 2 + ["solve"] * 2 + ["look", "delete"])
        if what == "answer":
            self.say(self.dice.choice(TEAM), root)
        elif what == "ask":
            self.say(asker, root)
        elif what == "look":
            self.react(root, self.dice.choice(TEAM), "eyes")
        elif what == "solve" and last["user"] in TEAM and self.is_quiet(root):
            self.react(left[-1], self.dice.choice(TEAM), "white_check_mark")
        elif what == "delete" and last["user"] in TEAM and not last["reactions"]:
            del self.messages[left[-1]]
            self.log.append(
                Entry(f"d|C|{left[-1]}", Kind.DELETE, "C", self.now, ts=left[-1], root=root)
            )

    def is_quiet(self, root: str) -> bool:
        """Say whether nobody has resolved the thread with this last word yet."""
        return not any(
            self.messages[it]["reactions"].get("white_check_mark")
            for it in self.threads[root][-1:]
            if it in self.messages
        )

    def react(self, ts: str, user: str, name: str) -> None:
        users = self.messages[ts]["reactions"].setdefault(name, set())
        if user in users:
            return
        users.add(user)
        key = f"r|C|{ts}|{user}|{name}|added|{ts_of(self.now)}"
        self.log.append(mark_of(key, ts, user, name, self.now))


def mark_of(key: str, ts: str, user: str, name: str, at: int) -> Entry:
    return Entry(
        key, Kind.MARK, "C", at, ts=ts, actor=user, role=Role.RESPONDER, name=name
    )  # fmt: skip


def entry_of(message: Mapping[str, Any]) -> Entry:
    ts, user = message["ts"], message["user"]
    role = Role.RESPONDER if user in TEAM else Role.CUSTOMER
    said = Said(customer="" if user in TEAM else f"slack:{user}")
    root = message.get("thread_ts", ts)
    return Entry(f"m|T|C|{ts}", Kind.MESSAGE, "C", micros(ts), ts, root, user, role, said=said)


def shown_at(world: World, end: int) -> list[dict[str, Any]]:
    """Return the messages as history shows them at a moment of the log."""
    seen: dict[str, dict[str, Any]] = {}
    for entry in sorted(world.log, key=order):
        if entry.at > end:
            break
        if entry.kind is Kind.MESSAGE:
            seen[entry.ts] = {
                "ts": entry.ts, "user": entry.actor, "thread_ts": entry.root, "reactions": []
            }  # fmt: skip
        elif entry.kind is Kind.DELETE:
            seen.pop(entry.ts, None)
        elif entry.ts in seen:
            names = seen[entry.ts]["reactions"]
            names.append({"name": entry.name, "users": [entry.actor], "count": 1})
    return list(seen.values())


def known_of(entries: list[Entry], since: int) -> Known:
    """Return what a ledger knows, as the tables tell it."""
    deleted = {it.ts for it in entries if it.kind is Kind.DELETE}
    marks: dict[str, set[tuple[str, str]]] = {}
    for it in entries:
        if it.kind is Kind.MARK:
            marks.setdefault(it.ts, set()).add((it.actor, it.name))
    return Known(
        messages={
            it.ts: KnownMessage(
                it.ts, it.root, it.at, it.actor, it.role.value, None, it.ts in deleted
            )
            for it in entries
            if it.kind is Kind.MESSAGE
        },
        marks=marks,
        changed={
            Mark(it.ts, it.actor, it.name): it.at
            for it in entries
            if it.kind is Kind.MARK and it.at >= since
        },
    )


def read_back(
    heard: list[Entry], seen: list[dict[str, Any]], gap: Gap, read_at: int
) -> list[Entry]:
    """Return the entries that reading history back adds to a ledger."""
    known = known_of(heard, gap.alive)
    found = [entry_of(it) for it in find_new(known, seen)]
    found += [tell_edited(entry_of(it), it["edited"]["ts"]) for it in find_edited(known, seen)]
    gone = find_vanished(known, seen, list(known.messages), read_at)
    found += [tell_deleted(known, gap, ts, read_at) for ts in gone]
    pairs = {it["ts"]: reactions_of(it) for it in seen}
    changes = find_changed_marks(known, pairs, alive=gap.alive, started=gap.started)
    roots = {it["ts"]: it["thread_ts"] for it in seen}
    found += [tell_mark(it, gap, roots, Role.RESPONDER, read_at) for it in changes]
    return found


def find_unclear(world: World, alive: int, end: int) -> set[str]:
    """Return threads where something happened after a reaction in the same gap.

    History does not show which came first: a solution is asked about then (§6.4), and whoever
    looked at an issue before its customer wrote again is taken to have looked after that.
    """
    missed = [it for it in world.log if alive < it.at <= end]
    homes = {it.ts: it.root for it in world.log if it.kind is Kind.MESSAGE}
    marked, unclear = set(), set()
    for it in sorted(missed, key=order):
        if homes[it.ts] in marked:
            unclear.add(homes[it.ts])
        if it.kind is Kind.MARK:
            marked.add(homes[it.ts])
    return unclear


@pytest.mark.parametrize("seed", range(8))
def test_two_of_twenty_four_hours_are_made_up_for(seed: int) -> None:
    """500 threads; reading back twice adds nothing."""
    dice = random.Random(seed)
    world = World(dice)
    world.live(500, 24)
    alive = START + dice.randrange(2, 20) * HOUR * MICROSECONDS
    end = alive + 2 * HOUR * MICROSECONDS
    heard = [it for it in world.log if not alive < it.at <= end]
    gap = Gap("C", alive, end, 0)
    seen = shown_at(world, end)
    before = [it for it in heard if it.at <= alive]
    found = read_back(before, seen, gap, end)
    assert len(found) > 100
    assert not read_back([*before, *found], seen, gap, end)
    ours, theirs = fold([*heard, *found], BOOK, "C").issues, fold(world.log, BOOK, "C").issues
    assert ours.keys() == theirs.keys()
    unclear = find_unclear(world, alive, end)
    clear = [key for key in ours if key.root not in unclear]
    assert len(clear) > 400
    assert sum(compare(ours[key], theirs[key]) for key in clear) > 10
    for key in ours.keys() - set(clear):
        assert (ours[key].opened, ours[key].responded) == (
            theirs[key].opened,
            theirs[key].responded,
        )
