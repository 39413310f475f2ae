"""Real conversations, relayed: the figure that is printed is the one that the file holds.

1,025 conversations of 25 companies' customers on a social network (IBM, Apache-2.0; times and
roles alone) are replayed as relayed threads through a ledger, the tracker and its projections,
and ``/kpi`` is asked. What it should say is computed from the file here, on its own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest

from kpis.answers import Absent, Answer, Value
from kpis.asking import Answers, ask
from storage.database import Database
from storage.workspaces import make_workspace
from support.entries import Entry, Kind, Role, Said, ts_of
from support.rules import Mode, RuleBook, Rules
from support.tracker import Tracker
from tests.support.drawn_cast import CHANNEL, instant
from tests.support.drawn_issues import Drawing, key_of
from tests.support.drawn_store import ISSUE, deliver, rows_of, track

FILE = Path(__file__).parents[3] / "shared/data/ibm_support_timeline/timeline.csv"
NOW = datetime(2020, 12, 31, 12, tzinfo=UTC)
RELAYED = RuleBook(((0, Rules(mode=Mode.RELAY)),))

pytestmark = pytest.mark.skipif(
    not FILE.exists(), reason="The shared folder with IBM's support timeline is not beside us."
)


class Turn(NamedTuple):
    """One message of a conversation."""

    conversation: str
    role: str
    at: datetime


@cache
def conversations() -> dict[str, list[Turn]]:
    """Return the turns of each conversation, in the order of the file."""
    found: dict[str, list[Turn]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = datetime.fromisoformat(row["datetime"].replace("Z", "+00:00"))
            name = f"{row['split']}-{row['conversation']}"
            found.setdefault(name, []).append(Turn(name, row["role"], at))
    return found


def minutes_to_the_first_answer() -> list[float]:
    """Return the times of the file itself, where an agent's turn follows the client's first."""
    found = []
    for first, *rest in conversations().values():
        answers = [turn.at for turn in rest if turn.role == "agent"]
        if first.role == "client" and answers:
            found.append((min(answers) - first.at).total_seconds() / 60)
    return found


def entries() -> Iterator[Entry]:
    """Yield every turn as a message: a client's is relayed, an agent's is a reply in its thread.

    A ``ts`` is one message's: each conversation has a microsecond of its own, which all its
    turns carry, and of two turns in one second the later one has a millisecond more.
    """
    for number, (name, turns) in enumerate(conversations().items()):
        taken: set[int] = set()
        root = ts_of(instant(turns[0].at) + number)
        for turn in turns:
            at = instant(turn.at) + number
            while at in taken:
                at += 2000
            taken.add(at)
            yield message(turn, at, root, name)


def message(turn: Turn, at: int, root: str, name: str) -> Entry:
    is_client = turn.role == "client"
    customer = f"x:{name}"
    entry = Entry(
        key="",
        kind=Kind.MESSAGE,
        channel=CHANNEL,
        at=at,
        ts=ts_of(at),
        root=root,
        actor="B0RELAY" if is_client else "U0AGENT",
        role=Role.RELAY_IN if is_client else Role.RESPONDER,
        said=Said(customer=customer, platform="x", handle=name, conversation=customer)
        if is_client
        else Said(),
    )
    return replace(entry, key=key_of(entry, 0))


def replay(database: Database) -> int:
    """Fill the ledger, fold it and return the workspace."""
    with database.write() as connection:
        make_workspace(connection)
    replayed = list(entries())
    workspace = track(database, Drawing(replayed, RELAYED))
    for start in range(0, len(replayed), 500):
        deliver(database, workspace, replayed[start : start + 500], NOW)
    Tracker(database, workspace).refresh(CHANNEL, NOW)
    return workspace


def answer(database: Database, workspace: int, words: str) -> Answer:
    reply = ask(words, database=database, workspace=workspace, now=NOW)
    assert isinstance(reply, Answers)
    (only,) = reply.answers
    return only


def test_the_file_is_the_one_that_the_figures_were_taken_from() -> None:
    """1,025 conversations, of which 89 show an agent's answer, at a median of 42.33 minutes."""
    answered = minutes_to_the_first_answer()
    assert (len(conversations()), len(answered)) == (1025, 89)
    assert median(answered) == pytest.approx(42.33, abs=0.005)


def test_the_median_first_response_is_the_one_in_the_file(database: Database) -> None:
    """By when they were answered, over all time: the file's own median, 936 still waiting."""
    workspace = replay(database)
    with database.read() as connection:
        issues = rows_of(connection, ISSUE, workspace)
    took = sorted(it["response_seconds"] for it in issues if it["responded"])
    assert len(issues) == 1025
    assert took == sorted(round(it * 60) for it in minutes_to_the_first_answer())

    told = answer(database, workspace, "first response time 2018-01-01..2020-12-30")
    assert isinstance(told.main.value, Value)
    assert told.main.value.exact
    assert told.main.value.low == pytest.approx(median(minutes_to_the_first_answer()) * 60)
    assert told.main.value.n == 89
    assert "936 still waiting" in " ".join((told.main.headline, *told.main.details))


def test_of_all_who_came_half_were_not_answered(database: Database) -> None:
    """By when they were opened, 936 of 1,025 wait: the median is not reached, and says so."""
    workspace = replay(database)
    told = answer(database, workspace, "first response time by opened 2018-01-01..2020-12-30")
    assert isinstance(told.main.value, Absent) or not told.main.value.exact
    words = " ".join((told.main.headline, *told.main.details))
    assert "not reached" in words.lower()
    assert "1,025" in words or "89" in words
