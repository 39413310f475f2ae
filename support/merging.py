"""Two issues that are one: the later is folded into the earlier, and can be parted (§4.9)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from support import transitions as do
from support.entries import Act, Entry, Kind
from support.rules import DAY, RuleBook, span
from support.timeline import State

if TYPE_CHECKING:
    from support.board import Board
    from support.thread import Thread

PARTING = span(DAY)
"""For so long a merge can be taken back."""
ENDINGS = frozenset({Act.RESOLVE, Act.UNDO, Act.REOPEN, Act.DISMISS, Act.RESTORE})


def merge(board: Board, entry: Entry) -> None:
    """Fold the later of two issues into the earlier; its thread goes on there.

    What closed the later one before does not close the earlier: people close a duplicate because
    it is one. An issue that was dismissed takes nothing in.
    """
    named = (entry.root, str(entry.more.get("root") or ""))
    roots = {board.survivor(it) for it in named}
    threads = [board.threads[it] for it in roots if it in board.threads]
    if len(threads) != 2 or any(it.issue is None for it in threads):
        return
    survivor, gone = sorted(threads, key=lambda it: (it.issues[-1].opened, it.root))
    lost = gone.issues[-1]
    if survivor.issues[-1].state is State.DISMISSED:
        survivor.remark(entry, "not-live")
        return
    moved = [it for it in gone.entries if it.at >= lost.opened and goes_along(it, board.book)]
    add(survivor, moved)
    survivor.inferred |= gone.inferred
    board.merged[gone.root] = survivor.root
    survivor.replay()
    kept = survivor.issues[-1]
    do.merge_away(lost, entry.at, kept, entry)
    do.note(kept, entry.at, "merged-in", entry, gone.root)
    for thread in (gone, survivor):
        board.look_at(thread.root)


def goes_along(entry: Entry, book: RuleBook) -> bool:
    """Whether an entry of the later issue counts in the earlier: all but its endings."""
    if entry.kind in (Kind.MARK, Kind.UNMARK):
        marks = book.at(entry.at).marks
        return entry.name not in marks.resolve | marks.dismiss
    return entry.kind is not Kind.TIMER and entry.name not in ENDINGS


def add(thread: Thread, entries: list[Entry]) -> None:
    """Add entries to a thread, those that it has not."""
    held = {it.key for it in thread.entries}
    thread.entries += [it for it in entries if it.key not in held]


def unmerge(board: Board, entry: Entry) -> None:
    """Part two issues again, within a day: each is folded from its own entries."""
    gone = board.threads.get(entry.root)
    if gone is None or entry.root not in board.merged or gone.issue is None:
        return
    if entry.at - (gone.issue.merged or 0) > PARTING:
        gone.remark(entry, "too-late")
        return
    above = chain(board, gone.root)
    del board.merged[gone.root]
    theirs = {root for root in board.threads if board.survivor(root) == gone.root}
    for thread in above:
        came = [it for it in thread.entries if board.home(it) in theirs]
        keys = {it.key for it in came}
        thread.entries = [it for it in thread.entries if it.key not in keys]
        add(gone, came)
    for thread in (gone, above[-1]):
        thread.replay()
        do.note(thread.issues[-1], entry.at, "parted", replace(entry, ts=""))
        board.look_at(thread.root)


def chain(board: Board, root: str) -> list[Thread]:
    """Return the threads that one was merged into, one into the next; the last is not merged."""
    found = []
    while root in board.merged:
        root = board.merged[root]
        found.append(board.threads[root])
    return found
