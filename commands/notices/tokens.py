"""What a notice's message depends on, in short: it is composed anew only when that changes."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from commands.support.listing import Listed
from commands.support.moments import micros_of

if TYPE_CHECKING:
    from storage.issues import IssueRow


def token_of(row: IssueRow, now: int) -> str:
    """Return a word that is another as soon as a message about the issue may say something else."""
    quiet = row.snoozed_until is not None and micros_of(row.snoozed_until) > now
    told = (
        *(row.state, row.assignee, row.acknowledged, row.responded, row.last_response),
        *(row.waiting_since, row.resolved, row.reopens, row.merged_into, row.title),
        row.snoozed_until if quiet else None,
        row.settled is not None,
    )
    return sha256(repr(told).encode()).hexdigest()[:16]


def hash_of(made: Listed) -> str:
    """Return a word for what a message says: the same again is not edited."""
    return sha256(repr((made.text, made.blocks)).encode()).hexdigest()[:16]
