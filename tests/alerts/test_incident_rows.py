"""One incident a thing and a channel, whatever happens in whatever order; on both databases."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage import incident_acts, incidents
from storage.database import Database
from storage.incidents import IncidentRow
from storage.workspaces import only_workspace
from tests import databases

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
THING, CHANNEL = "crisis|1", "C1"


def at(clock: str) -> datetime:
    """Return “13:05”, or “+1 09:00” of the next day."""
    days, _, rest = clock.partition(" ") if clock.startswith("+") else ("0", "", clock)
    hours, minutes = rest.split(":")
    return NOON.replace(hour=int(hours), minute=int(minutes)) + timedelta(days=int(days))


@dataclass
class Desk:
    """One workspace's incidents, moved by words."""

    database: Database
    workspace: int

    def do(self, clock: str, act: str, *more: Any, **named: Any) -> Any:
        """Carry out an act at a time; return what it returned."""
        now = at(clock)
        with self.database.write() as connection:
            here = (connection, self.workspace)
            if act in ("high", "calm"):
                given: dict[str, Any] = {"thing": THING, "channel": CHANNEL, "rule": 1}
                given |= {"kind": "crisis"} | named
                return incidents.open_or_update(
                    connection,
                    self.workspace,
                    **given,
                    began=at("11:40"),
                    now=now,
                    calm=now if act == "calm" else None,
                )
            if act == "close":
                cool = now + timedelta(hours=24)
                return incidents.close(*here, self.number(), now, cool, *more)
            verb = getattr(incident_acts, act, None) or getattr(incidents, act)
            return verb(*here, self.number(), *more, **named)

    def number(self) -> int:
        with self.database.read() as connection:
            found = incidents.unsettled(connection, self.workspace, NOON - timedelta(days=9))
            return found[-1].id

    def rows(self) -> list[IncidentRow]:
        with self.database.read() as connection:
            return incidents.unsettled(connection, self.workspace, NOON - timedelta(days=9))


@pytest.fixture
def desk(database: Database) -> Desk:
    with database.write() as connection:
        return Desk(database, only_workspace(connection).id)


STATES = """
    what happens                                                       | incidents | of them
    -------------------------------------------------------------------+-----------+---------------
    12:00 high                                                         | 1         | open
    12:00 high, 12:05 high, 12:10 high                                 | 1         | open
    12:00 high, 13:00 calm                                             | 1         | calm 13:00
    12:00 high, 13:00 calm, 13:05 high                                 | 1         | open
    12:00 high, 13:00 close                                            | 1         | closed
    12:00 high, 13:00 close, 13:05 close                               | 1         | closed
    12:00 high, 13:00 close, 14:00 high                                | 1         | open
    12:00 high, 13:00 close, 14:00 high, 15:00 close, +1 14:00 high    | 1         | open
    12:00 high, 13:00 close, +1 12:59 high                             | 1         | open
    12:00 high, 13:00 close, +1 13:00 high                             | 2         | closed, open
"""


@pytest.mark.parametrize(
    ("acts", "count", "states"),
    [[part.strip() for part in line.split("|")] for line in STATES.strip().splitlines()[2:]],
)
def test_what_is_open(desk: Desk, acts: str, count: str, states: str) -> None:
    """A thing is open once; within its cool-down the old one goes on, afterwards a new one."""
    for each in acts.split(", "):
        clock, _, act = each.rpartition(" ")
        desk.do(clock, act)
    rows = desk.rows()
    assert len(rows) == int(count)
    assert ", ".join(map(state_of, rows)) == states


def state_of(row: IncidentRow) -> str:
    if row.closed is not None:
        return "closed"
    return f"calm {row.calm:%H:%M}" if row.calm else "open"


def test_each_opening_says_how_it_came(desk: Desk) -> None:
    """New, open before, again within the cool-down: the caller posts, edits, or says “again”."""
    hows = [desk.do("12:00", "high").how, desk.do("12:01", "high").how]
    desk.do("13:00", "close")
    again = desk.do("13:30", "high")
    assert [*hows, again.how] == ["new", "open", "again"]
    assert again.row.found == at("12:00")
    assert (again.row.closed, again.row.cool) == (None, None)


def test_channels_have_incidents_of_their_own(desk: Desk) -> None:
    """Another team's channel is told too: nobody misses a crisis because others watch it."""
    assert desk.do("12:00", "high").how == "new"
    assert desk.do("12:00", "high", channel="C2", rule=2).how == "new"
    assert [it.channel for it in desk.rows()] == ["C1", "C2"]


def test_a_second_rule_on_the_same_thing_changes_nothing(desk: Desk) -> None:
    """The incident is the rule's that found it: another one neither calms nor rewords it."""
    desk.do("12:00", "high")
    other = desk.do("12:05", "calm", rule=2)
    assert (other.how, other.row.rule, other.row.calm) == ("open", 1, None)


def test_facts_are_added_to(desk: Desk) -> None:
    """What one process notes, another does not lose."""
    desk.do("12:00", "high", facts={"title": "23 negative mentions"})
    desk.do("12:01", "change_facts", file="F1")
    desk.do("12:02", "high", facts={"words": "Still high: 31."})
    assert desk.rows()[0].details == {
        "title": "23 negative mentions",
        "file": "F1",
        "words": "Still high: 31.",
    }


def test_taking_tells_whose_it_was(desk: Desk) -> None:
    """Undo gives it back, unless somebody else has taken it meanwhile."""
    desk.do("12:00", "high")
    assert desk.do("12:01", "take", "mia").before == ""
    assert desk.do("12:02", "take", "omar").before == "mia"
    assert desk.do("12:03", "give_back", "mia", "") is None
    assert desk.rows()[0].owner == "omar"
    assert desk.do("12:04", "give_back", "omar", "mia").owner == "mia"


def test_a_snooze_runs_out_once(desk: Desk) -> None:
    """Of two processes that wake it, one is told; what is closed is not quiet any more."""
    desk.do("12:00", "high")
    desk.do("12:01", "snooze", at("14:00"))
    assert desk.do("13:59", "wake", at("13:59")) is None
    assert desk.do("14:00", "wake", at("14:00")) is not None
    assert desk.do("14:00", "wake", at("14:00")) is None
    desk.do("15:00", "snooze", at("18:00"))
    desk.do("16:00", "close")
    assert desk.rows()[0].snoozed is None
    assert desk.do("16:01", "snooze", at("18:00")) is None


EDITS = """
    at       | says | at once | edited
    ---------+------+---------+-------
    12:00:00 | a    |         | yes
    12:00:10 | a    |         | no
    12:00:10 | b    |         | no
    12:00:44 | b    |         | no
    12:00:45 | b    |         | yes
    12:00:50 | c    | yes     | yes
    12:01:34 | d    |         | no
    12:01:35 | d    |         | yes
    12:05:00 | d    |         | no
    11:00:00 | e    |         | yes
"""


def test_edits_are_45_seconds_apart(desk: Desk) -> None:
    """Only new words are shown, a press at once; a clock set back holds nothing up for long."""
    desk.do("12:00", "high")
    for line in EDITS.strip().splitlines()[2:]:
        clock, says, at_once, edited = (part.strip() for part in line.split("|"))
        hours, minutes, seconds = map(int, clock.split(":"))
        now = NOON.replace(hour=hours, minute=minutes, second=seconds)
        mine = desk.do("12:00", "claim_edit", says, now, at_once=bool(at_once))
        assert mine == (edited == "yes"), line


def test_an_edit_that_did_not_arrive_is_due_again(desk: Desk) -> None:
    desk.do("12:00", "high")
    assert desk.do("12:00", "claim_edit", "a", at("12:00"))
    desk.do("12:00", "drop_edit", "a")
    assert not desk.do("12:00", "claim_edit", "a", at("12:00"))
    assert desk.do("12:01", "claim_edit", "a", at("12:01"))


@pytest.mark.parametrize("kind", databases.KINDS)
def test_eight_at_once_open_one(kind: str, tmp_path: Path) -> None:
    """Of eight processes that find the same, one opens it; after its closing, one again."""
    with databases.fresh(kind, tmp_path) as database:
        with database.write() as connection:
            desk = Desk(database, only_workspace(connection).id)
        for clock, hows in (("12:00", "new"), ("13:30", "again")):
            found: list[str] = []
            start = threading.Barrier(8)

            def find(clock: str = clock, found: list[str] = found, start: Any = start) -> None:
                start.wait()
                found.append(desk.do(clock, "high").how)

            crowd = [threading.Thread(target=find) for _ in range(8)]
            for one in crowd:
                one.start()
            for one in crowd:
                one.join()
            assert sorted(found) == sorted([hows, *["open"] * 7])
            assert len(desk.rows()) == 1
            closed = [desk.do("13:00", "close") for _ in range(2)]
            assert [it is not None for it in closed] == [True, False]
