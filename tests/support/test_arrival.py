"""However the ledger is filled, the projections hold what one fold over all of it gives."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest

from storage.database import Database
from storage.tables import EPOCH
from support.board import fold
from support.entries import Entry
from support.rules import Mode, RuleBook, Rules
from support.tracker import Tracker
from tests.support.drawn_cast import CHANNEL
from tests.support.drawn_delivery import disordered
from tests.support.drawn_issues import Drawing
from tests.support.drawn_seen import Seen, in_order, see
from tests.support.drawn_store import check_rebuilding, deliver, see_rows, track
from tests.support.random_histories import channel_of

AUTO = RuleBook(((0, Rules(mode=Mode.AUTO)),))


@pytest.mark.parametrize("apart", [700, 50_000])
@pytest.mark.parametrize("seed", range(3))
def test_any_order_in_any_portions_gives_the_rows_of_one_fold(
    database: Database, seed: int, apart: int
) -> None:
    """Twelve threads, every entry twice, delivered in portions to two processes in turn."""
    entries = channel_of(12, apart=apart, first=seed * 12)
    workspace = track(database, Drawing(entries, AUTO))
    trackers = [Tracker(database, workspace), Tracker(database, workspace)]
    chance, now = Random(seed), after(entries)
    rest = disordered(entries, seed)
    while rest:
        size = chance.randint(1, 60)
        deliver(database, workspace, rest[:size], now)
        rest = rest[size:]
        chance.choice(trackers).refresh(CHANNEL, now)
    for tracker in trackers:
        tracker.refresh(CHANNEL, now)
    assert in_order(see_rows(database, workspace)) == folded(entries)
    check_rebuilding(database, workspace, now)


def test_a_bot_that_slept_for_days_catches_up(database: Database) -> None:
    """A process that is started anew after each entry, and knows only the tables, agrees."""
    entries = channel_of(4, apart=90_000, first=40)
    workspace = track(database, Drawing(entries, AUTO))
    for entry in sorted(entries, key=lambda it: it.at):
        deliver(database, workspace, [entry], after([entry]))
        Tracker(database, workspace).refresh(CHANNEL, after([entry]))
    assert in_order(see_rows(database, workspace)) == folded(entries)


def folded(entries: list[Entry]) -> tuple[Seen, ...]:
    return in_order([see(line) for line in fold(entries, AUTO, CHANNEL).issues.values()])


def after(entries: list[Entry]) -> datetime:
    return EPOCH + timedelta(microseconds=max(it.at for it in entries), seconds=1)
