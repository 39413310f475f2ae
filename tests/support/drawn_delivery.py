"""Plays a drawing through the fold alone."""

from __future__ import annotations

from random import Random

from support.board import fold
from support.entries import Entry
from tests.support.drawn_issues import Drawing
from tests.support.drawn_seen import Result, in_order, see, see_remark

ORDERS = 12


def play_folded(drawing: Drawing) -> Result:
    """Return what the entries come to in the order drawn."""
    return folded(drawing.entries, drawing)


def play_shuffled(drawing: Drawing) -> Result:
    """Return what they come to in any order with copies; fails where two orders differ."""
    results = {
        repr(result): result
        for result in (folded(disordered(drawing.entries, seed), drawing) for seed in range(ORDERS))
    }
    assert len(results) == 1, "the order of arrival changed the result"
    return next(iter(results.values()))


def disordered(entries: list[Entry], seed: int) -> list[Entry]:
    """Return each entry twice, shuffled."""
    twice = [*entries, *entries]
    Random(seed).shuffle(twice)
    return twice


def folded(entries: list[Entry], drawing: Drawing) -> Result:
    board = fold(entries, drawing.book, drawing.channel)
    return Result(
        issues=in_order([see(line) for line in board.issues.values()]),
        remarks=tuple(see_remark(remark) for remark in board.remarks),
    )
