"""Histories by chance: the fold against a plain model, and against itself in any order."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from random import Random

import pytest

from support.board import fold
from support.entries import Entry
from support.rules import Mode, RuleBook, Rules
from tests.support.drawn_cast import CHANNEL
from tests.support.drawn_delivery import disordered, play_folded
from tests.support.drawn_issues import draw
from tests.support.drawn_seen import Seen
from tests.support.plain_model import Plain, plainly
from tests.support.random_histories import channel_of, drawn, random_history

AUTO = RuleBook(((0, Rules(mode=Mode.AUTO)),))


def plain(issue: Seen) -> Plain:
    """Return the fold's outcome as the model tells it."""
    return Plain(
        state=issue.state,
        opened=issue.opened,
        frt=issue.frt,
        waits=list(issue.waits),
        pauses=[(start or 0, end) for start, end in issue.pauses],
        resolutions=[end or 0 for _, end, ended_by in issue.spells if ended_by == "resolved"],
        reopens=list(issue.reopen_times),
    )


@pytest.mark.parametrize("start", range(0, 1000, 100))
def test_a_thousand_histories_agree_with_a_plain_model(start: int) -> None:
    """Edits, deletions, marks put on and off, messages: state and every time are the same."""
    for seed in range(start, start + 100):
        history = random_history(seed)
        folded = plain(play_folded(draw(drawn(history))).only)
        assert folded == plainly(history), f"seed {seed}:\n{drawn(history)}"


def test_the_histories_go_everywhere() -> None:
    """The thousand would prove little if they never reopened, paused or were taken back."""
    outcomes = [plainly(random_history(seed)) for seed in range(1000)]
    states = Counter(it.state for it in outcomes)
    assert min(states[it] for it in ("open", "acknowledged", "responded", "waiting")) >= 20
    assert min(states[it] for it in ("resolved", "dismissed")) >= 20
    assert sum(len(it.reopens) for it in outcomes) >= 300
    assert sum(len(it.pauses) for it in outcomes) >= 120
    assert sum(it.frt is not None for it in outcomes) >= 500


def timelines(entries: list[Entry]) -> str:
    """Return every timeline of a channel to the last letter."""
    issues = fold(entries, AUTO, CHANNEL).issues
    return "\n".join(f"{key}: {issues[key]!r}" for key in sorted(issues))


def test_500_orders_of_arrival_give_byte_equal_timelines() -> None:
    """Six threads that cross each other, every entry twice, in five hundred orders."""
    entries = channel_of(6, apart=700)
    expected = timelines(entries)
    assert expected.count("Timeline(") >= 6
    for seed in range(500):
        assert timelines(disordered(entries, seed)) == expected, f"order {seed}"


def test_a_hundred_thousand_entries_in_five_orders_give_byte_equal_timelines() -> None:
    """A tenth of them comes twice; no order of arrival shows in the timelines."""
    entries = channel_of(8000, apart=400)[:100_000]
    assert len({it.key for it in entries}) == len(entries) == 100_000
    told = {digest(entries, seed) for seed in range(5)}
    assert len(told) == 1


def digest(entries: list[Entry], seed: int) -> str:
    chance = Random(seed)
    delivered = [*entries, *chance.sample(entries, len(entries) // 10)]
    chance.shuffle(delivered)
    return sha256(timelines(delivered).encode()).hexdigest()
