"""Comparing what was found after an outage with what truly happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from support.timeline import Spell, Timeline


def compare(ours: Timeline, theirs: Timeline) -> int:
    """Check that two timelines agree; return how many moments were bounds."""
    assert plain(ours) == plain(theirs), ours.key
    bounded = 0
    for spell, true in zip(ours.spells, theirs.spells, strict=True):
        bounded += agree(spell.ended, true.ended, spell.low)
        assert outcome(spell) == outcome(true)
    for wait, truth in zip(ours.waits, theirs.waits, strict=True):
        assert wait.started == truth.started
        assert (wait.closed_by, wait.by, wait.ts) == (truth.closed_by, truth.by, truth.ts)
        if wait.closed_by == "response":
            assert wait.ended == truth.ended
    bounded += agree(ours.acknowledged, theirs.acknowledged, ours.acknowledged_low)
    return bounded


def agree(found: int | None, true: int | None, low: int | None) -> bool:
    """Check one moment: exact, or the true one is within the bounds; say whether it is bounded."""
    if low is None:
        assert found == true
        return False
    assert found is not None
    assert true is not None
    assert low < true <= found
    return True


def outcome(spell: Spell) -> tuple[Any, ...]:
    return spell.how, spell.ended_by, spell.by, spell.via, spell.reason, spell.assignee


def plain(issue: Timeline) -> Mapping[str, Any]:
    """Return what has exact times in any case."""
    return {
        "state": issue.state,
        "opened": issue.opened,
        "customer": issue.customer,
        "responded": issue.responded,
        "responded_by": issue.responded_by,
        "response_ts": issue.response_ts,
        "last_response": issue.last_response,
        "last_customer": issue.last_customer,
        "assignee": issue.assignee,
        "responses": issue.responses,
        "reopens": issue.reopens,
        "suppressed": issue.suppressed,
        "participants": issue.participants,
    }
