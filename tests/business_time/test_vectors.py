"""Business time as support-spec §7.1 draws it: V01–V20 and D01–D07."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from support.hours import Calendar, business_seconds
from support.week import from_json, week_from_json
from tests.business_time.calendars import at, due, hours, weekly
from tests.drawn import table

SHARED = Path(__file__).parents[3] / "shared" / "support-vectors.json"

DURATIONS = """
    key | what                               | zone                | week    | dates | start                | end                  | calendar | business
    ----+------------------------------------+---------------------+---------+-------+----------------------+----------------------+----------+---------
    V01 | same day inside hours              | Europe/Stockholm    | MF      |       | 2026-03-04T09:00:00Z | 2026-03-04T10:30:00Z |     5400 |     5400
    V02 | Friday after close to Monday       | Europe/Stockholm    | MF      |       | 2026-03-06T17:30:00Z | 2026-03-09T09:15:00Z |   229500 |     4500
    V03 | over spring-forward                | Europe/Stockholm    | MF      |       | 2026-03-27T15:30:00Z | 2026-03-30T07:45:00Z |   231300 |     4500
    V04 | over fall-back                     | Europe/Stockholm    | MF      |       | 2026-10-23T14:30:00Z | 2026-10-26T08:45:00Z |   238500 |     4500
    V05 | the 23-hour day, open always       | Europe/Stockholm    | 24x7    |       | 2026-03-28T23:00:00Z | 2026-03-29T22:00:00Z |    82800 |    82800
    V06 | night shift, the skipped hour      | Europe/Stockholm    | N22-06  |       | 2026-03-28T20:00:00Z | 2026-03-29T05:00:00Z |    32400 |    25200
    V07 | night shift, the repeated hour     | Europe/Stockholm    | N22-06  |       | 2026-10-24T19:00:00Z | 2026-10-25T06:00:00Z |    39600 |    32400
    V08 | US fall-back weekend               | America/New_York    | MF      |       | 2026-10-30T19:00:00Z | 2026-11-02T15:00:00Z |   244800 |    10800
    V09 | Good Friday and Easter Monday      | Europe/Stockholm    | MF      | 2026-04-03 closed; 2026-04-06 closed | 2026-04-02T13:00:00Z | 2026-04-07T08:00:00Z | 414000 | 10800
    V10 | lunch closed                       | Europe/Stockholm    | SPLIT   |       | 2026-03-04T10:30:00Z | 2026-03-04T13:00:00Z |     9000 |     5400
    V11 | wholly outside hours               | Europe/Stockholm    | MF      |       | 2026-03-07T08:00:00Z | 2026-03-08T20:00:00Z |   129600 |        0
    V12 | zero length                        | Europe/Stockholm    | MF      |       | 2026-03-04T09:00:00Z | 2026-03-04T09:00:00Z |        0 |        0
    V13 | zone without clock changes         | Asia/Jakarta        | MF      |       | 2026-03-27T09:30:00Z | 2026-03-30T02:30:00Z |   234000 |     3600
    V14 | an override beats a closed date    | Europe/London       | MF      | 2026-12-23 09:00-13:00; 2026-12-24 closed; 2026-12-25 closed; 2026-12-28 closed; 2026-12-28 09:00-17:00 | 2026-12-23T12:30:00Z | 2026-12-28T09:20:00Z | 420600 | 3000
    V15 | local Monday starts on UTC Sunday  | Australia/Sydney    | MF      |       | 2026-03-08T20:00:00Z | 2026-03-09T01:00:00Z |    18000 |    10800
    V16 | clocks change by half an hour      | Australia/Lord_Howe | 24x7    |       | 2026-04-04T13:00:00Z | 2026-04-05T13:30:00Z |    88200 |    88200
    V17 | ends exactly at opening            | Europe/Stockholm    | MF      |       | 2026-03-06T17:30:00Z | 2026-03-09T08:00:00Z |   225000 |        0
    V18 | Tet as configured                  | Asia/Ho_Chi_Minh    | MF      | 2026-02-16 closed; 2026-02-17 closed; 2026-02-18 closed; 2026-02-19 closed; 2026-02-20 closed | 2026-02-13T08:00:00Z | 2026-02-23T03:00:00Z | 846000 | 10800
    V19 | an ambiguous close is the first    | Europe/Stockholm    | SUN-ODD |       | 2026-10-24T20:00:00Z | 2026-10-25T06:00:00Z |    36000 |     7200
    V20 | a close that does not exist        | Europe/Stockholm    | SUN-GAP |       | 2026-03-28T22:00:00Z | 2026-03-29T06:00:00Z |    28800 |     5400
"""  # noqa: E501
DEADLINES = """
    key | what                      | zone             | week | dates | start                | target | due
    ----+---------------------------+------------------+------+-------+----------------------+--------+---------------------
    D01 | over spring-forward       | Europe/Stockholm | MF   |       | 2026-03-27T15:30:00Z |  14400 | 2026-03-30T10:30:00Z
    D02 | opened after close        | Europe/Stockholm | MF   |       | 2026-03-06T17:30:00Z |   3600 | 2026-03-09T09:00:00Z
    D03 | over fall-back            | Europe/Stockholm | MF   |       | 2026-10-23T14:30:00Z |  28800 | 2026-10-26T15:30:00Z
    D04 | two closed dates          | Europe/Stockholm | MF   | 2026-04-03 closed; 2026-04-06 closed | 2026-04-02T13:00:00Z | 57600 | 2026-04-08T13:00:00Z
    D05 | stays at the closing time | Europe/Stockholm | MF   |       | 2026-03-04T14:00:00Z |   7200 | 2026-03-04T16:00:00Z
    D06 | over US fall-back         | America/New_York | MF   |       | 2026-10-30T19:00:00Z |  14400 | 2026-11-02T16:00:00Z
    D07 | the 23-hour day           | Europe/Stockholm | 24x7 |       | 2026-03-28T23:00:00Z |  86400 | 2026-03-29T23:00:00Z
"""  # noqa: E501


def named(rows: list[dict[str, str]]) -> Any:
    return [pytest.param(row, id=f"{row['key']} {row['what']}") for row in rows]


@pytest.mark.parametrize("row", named(table(DURATIONS)))
def test_working_hours_are_counted_between_two_instants(row: dict[str, str]) -> None:
    calendar = hours(row["zone"], row["week"], row["dates"])
    start, end = at(row["start"]), at(row["end"])
    assert (end - start) // 1_000_000 == int(row["calendar"])
    assert business_seconds(calendar, start, end) == int(row["business"])


@pytest.mark.parametrize("row", named(table(DEADLINES)))
def test_a_promise_falls_due_in_working_hours(row: dict[str, str]) -> None:
    calendar = hours(row["zone"], row["week"], row["dates"])
    assert due(calendar, at(row["start"]), int(row["target"])) == at(row["due"])


@pytest.mark.parametrize("zone", ["UTC", "America/St_Johns", "Asia/Kolkata", "Pacific/Apia"])
def test_the_zone_of_the_server_changes_nothing(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        for row in table(DURATIONS):
            test_working_hours_are_counted_between_two_instants(row)
        for row in table(DEADLINES):
            test_a_promise_falls_due_in_working_hours(row)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.skipif(not SHARED.exists(), reason="the file of vectors is not beside the project")
def test_the_drawn_vectors_are_those_of_the_file() -> None:
    """Nobody mistyped a vector: every one of the file gives what it says, and is drawn above."""
    held = json.loads(SHARED.read_text())
    for vector in held["durations"]:
        start, end = at(vector["start"]), at(vector["end"])
        assert business_seconds(of_file(vector), start, end) == vector["business_seconds"]
        assert (end - start) // 1_000_000 == vector["calendar_seconds"]
    for vector in held["deadlines"]:
        found = due(of_file(vector), at(vector["start"]), vector["target_seconds"])
        assert found == at(vector["due"])
    drawn = {row["key"]: row for row in table(DURATIONS) + table(DEADLINES)}
    assert set(drawn) == {it["id"] for it in held["durations"] + held["deadlines"]}
    for vector in held["durations"] + held["deadlines"]:
        row = drawn[vector["id"]]
        assert hours(row["zone"], row["week"], row["dates"]) == of_file(vector)


def of_file(vector: dict[str, Any]) -> Calendar:
    return weekly(
        vector["tz"],
        week_from_json(vector["week"]),
        frozenset(map(date.fromisoformat, vector["holidays"])),
        {
            date.fromisoformat(day): from_json(windows)
            for day, windows in vector.get("overrides", {}).items()
        },
    )
