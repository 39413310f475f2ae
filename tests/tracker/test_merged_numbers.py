"""What merging, attaching and a channel's absence must not do to the numbers."""

from __future__ import annotations

import pytest

from support.entries import Act, Life
from support.timeline import State
from tests.tracker.moments import (
    acts,
    answers,
    asks,
    at,
    folded,
    issue,
    lives,
    marks,
    merges,
)


@pytest.mark.parametrize("mark", ["no_entry_sign", "white_check_mark"])
def test_what_ended_a_duplicate_does_not_end_the_issue_that_waits(mark: str) -> None:
    """The duplicate was closed, then merged: the customer of the first still waits."""
    board = folded(asks(0, "ann"), asks(1000, "bob"), marks(1100, 1000, 1000, mark),
                   merges(1200, 0, 1000))  # fmt: skip
    assert issue(board, 0).state is State.OPEN
    assert issue(board, 0).wait is not None


def test_a_live_issue_does_not_vanish_into_a_dismissed_one() -> None:
    board = folded(asks(0, "ann"), acts(100, 0, Act.DISMISS), asks(1000, "bob"),
                   merges(1200, 1000, 0))  # fmt: skip
    assert [it for it in board.issues.values() if it.is_live]


def test_parting_leaves_nothing_behind() -> None:
    """bob's two messages are one issue; merged and parted, neither counts in ann's."""
    board = folded(asks(0, "ann"), answers(10, 0), asks(1000, "bob"), asks(1060, "bob"),
                   merges(1200, 1000, 0), acts(1300, 1000, Act.UNMERGE))  # fmt: skip
    assert issue(board, 0).state is State.RESPONDED
    assert len(issue(board, 0).waits) == 1


def test_parting_reaches_through_a_chain() -> None:
    """cy's issue went into bob's and that into ann's; parted, it counts in neither."""
    board = folded(asks(0, "ann"), answers(10, 0), asks(1000, "bob"), answers(1010, 1000),
                   asks(2000, "cy"), merges(2100, 2000, 1000), merges(2200, 1000, 0),
                   acts(2300, 2000, Act.UNMERGE), answers(2400, 2000))  # fmt: skip
    assert issue(board, 0).wait is None


def test_attaching_a_message_of_a_merged_issue_takes_it_from_where_it_counts() -> None:
    board = folded(asks(0, "ann"), asks(1000, "bob"), answers(1050, 1000), asks(1040, "zed"),
                   merges(1200, 1000, 0), acts(1300, 1050, Act.ATTACH, thread=1040))  # fmt: skip
    assert issue(board, 1000).state is State.MERGED
    assert issue(board, 0).responded is None
    assert issue(board, 1040).responded == at(1050)


def test_who_writes_on_after_a_merge_writes_to_the_survivor() -> None:
    board = folded(asks(0, "bob"), asks(400, "bob"), merges(450, 400, 0), asks(500, "bob"))
    assert len(board.issues) == 2


def test_answers_under_an_attached_message_go_with_it() -> None:
    """Given before it was attached or after: an answer there is an answer to the issue."""
    board = folded(asks(0, "ann"), asks(10_000, "bob"), answers(10_050, 10_000),
                   acts(10_200, 10_000, Act.ATTACH, thread=0))  # fmt: skip
    assert issue(board, 0).responded == at(10_050)


def test_what_was_solved_while_the_channel_was_gone_is_seen_again() -> None:
    """Its reopening is on the list of who waits, and its clocks run."""
    board = folded(asks(0, "ann"), answers(10, 0), lives(100, Life.ARCHIVED),
                   acts(150, 0, Act.RESOLVE), lives(200, Life.BACK),
                   asks(3000, "ann", 0))  # fmt: skip
    assert issue(board, 0).is_live
    assert issue(board, 0).orphaned is None
