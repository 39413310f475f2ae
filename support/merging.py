"""Two issues that are one: the later is folded into the earlier, and can be parted (§4.9)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from support import transitions as do
from support.entries import Entry, Kind
from support.rules import DAY, span
from support.timeline import State

if TYPE_CHECKING:
    from support.board import Board

PARTING = span(DAY)
"""For so long a merge can be taken back."""


def merge(board: Board, entry: Entry) -> None:
    """Fold the later of two issues into the earlier; its thread goes on there."""
    named = (entry.root, str(entry.more.get("root") or ""))
    roots = {board.survivor(it) for it in named}
    threads = [board.threads[it] for it in roots if it in board.threads]
    if len(threads) != 2 or any(it.issue is None for it in threads):
        return
    survivor, gone = sorted(threads, key=lambda it: (it.issues[-1].opened, it.root))
    kept, lost = survivor.issues[-1], gone.issues[-1]
    if State.MERGED in (kept.state, lost.state):
        return
    do.merge_away(lost, entry.at, kept, entry)
    moved = [it for it in gone.entries if it.at >= lost.opened and it.kind is not Kind.LIFE]
    survivor.entries += [it for it in moved if it not in survivor.entries]
    survivor.inferred |= gone.inferred
    board.merged[gone.root] = survivor.root
    survivor.replay()
    do.note(survivor.issues[-1], entry.at, "merged-in", entry, gone.root)
    for root in (gone.root, survivor.root):
        board.look_at(root)


def unmerge(board: Board, entry: Entry) -> None:
    """Part two issues again, within a day: each is folded from its own entries."""
    gone = board.threads.get(entry.root)
    root = board.merged.get(entry.root)
    if gone is None or root is None or gone.issue is None or gone.issue.merged is None:
        return
    if entry.at - gone.issue.merged > PARTING:
        gone.remark(entry, "too-late")
        return
    survivor = board.threads[root]
    del board.merged[gone.root]
    heard = (it for it in (*gone.entries, *survivor.entries) if it.kind is Kind.MESSAGE)
    own = {it.ts for it in heard if (it.root or it.ts) == gone.root}
    board.homes |= dict.fromkeys(own, gone.root)
    since = [it for it in survivor.entries if belongs(it, gone.root, own)]
    survivor.entries = [it for it in survivor.entries if it not in since]
    held = {it.key for it in gone.entries}
    gone.entries += [it for it in since if it.key not in held]
    for thread in (gone, survivor):
        thread.replay()
        do.note(thread.issues[-1], entry.at, "parted", replace(entry, ts=""))
        board.look_at(thread.root)


def belongs(entry: Entry, root: str, own: set[str]) -> bool:
    """Whether an entry is about a thread's messages."""
    return entry.root == root or entry.ts in own
