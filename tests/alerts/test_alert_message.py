"""What an alert's message says in each state, within Slack's limits, whatever the data hold."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.playground.blocks import accept_blocks
from commands.alerts.message import (
    Shown,
    compose,
    compose_text,
    fingerprint,
    say_start,
    say_state,
    say_until,
)
from commands.alerts.snoozing import read_until
from storage.errors import KepiError
from storage.incidents import IncidentRow

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def shown(facts: dict[str, Any] | None = None, owner: str = "", **columns: Any) -> Shown:
    """Return an incident as it is shown, an hour after it was found."""
    told = {"title": "23 negative mentions in 3 hours", "first": "Still high: 23."}
    told |= {"words": "Still high: 23.", "lines": ["Usual for Monday 12–15: 4."]} | (facts or {})
    usual: dict[str, Any] = dict.fromkeys(IncidentRow._fields)
    usual |= {"id": 7, "rule": 1, "kind": "crisis", "thing": "crisis|1", "channel": "C1"}
    usual |= {"good": False, "began": NOON - timedelta(minutes=50), "found": NOON}
    usual |= {"facts": json.dumps(told), "owner": "U1" if owner else "", "shown": ""}
    row = IncidentRow(**(usual | columns))
    return Shown(row, STOCKHOLM, row.closed or NOON + timedelta(hours=1), owner)


LATER = NOON + timedelta(hours=4, minutes=20)
STATES: list[tuple[Shown, str]] = [
    (shown(), ""),
    (shown(owner="Mia"), "Mia is on it."),
    (shown({"words": "Still high: 31."}, owner="Mia"), "Now: still high, 31. Mia is on it."),
    (shown(snoozed=NOON + timedelta(hours=2)), "Quiet until 15:00."),
    (shown(calm=NOON + timedelta(minutes=30)), "Now: back to usual since 13:30."),
    (
        shown(
            {"words": "Normal since 17:20.", "rest": "Lasted 4 h 20 min, 58 mentions."},
            calm=LATER,
            closed=LATER + timedelta(hours=6),
            owner="Mia",
        ),
        "Over since 17:20. Lasted 4 h 20 min, 58 mentions.",
    ),
    (
        shown({"rest": "The rule was changed, so this ends here."}, closed=LATER),
        "Over since 17:20. The rule was changed, so this ends here.",
    ),
]


@pytest.mark.parametrize(("incident", "state"), STATES)
def test_the_state_line_says_how_it_stands(incident: Shown, state: str) -> None:
    """The headline stays what was found; only this changes, and the mark with it."""
    assert say_state(incident) == state
    assert compose_text(incident).startswith("Alert: 23 negative mentions in 3 hours.")
    accept_blocks(compose(incident, []), None)


def test_each_state_has_a_mark_of_its_own() -> None:
    """The clock alone changes nothing: no edit is due because time passes."""
    marks = [fingerprint(it) for it, _ in STATES]
    assert len(set(marks)) == len(marks)
    first = STATES[0][0]
    later = Shown(first.row, first.zone, first.now + timedelta(minutes=7))
    assert fingerprint(later) == marks[0]


def test_what_data_hold_neither_pings_nor_overflows() -> None:
    """Names out of files, as long and as hostile as they may be."""
    hostile = "<!channel> <@U1> *b* " + "é" * 6000
    incident = shown({"title": hostile, "lines": [hostile] * 9, "words": hostile}, owner=hostile)
    blocks = compose(incident, ["F0AAAAAAA1"])
    accept_blocks(blocks, lambda _file: True)
    assert len(blocks) <= 15
    words = json.dumps(blocks) + compose_text(incident)
    assert "<!" not in words
    assert "<@" not in words


def test_whole_days_begin_without_a_clock() -> None:
    """Local midnight is a day; another moment has its clock, and its weekday when it is past."""
    midnight = datetime(2026, 11, 14, tzinfo=STOCKHOLM)
    assert say_start(midnight, STOCKHOLM, NOON) == "14 Nov"
    assert say_start(NOON - timedelta(days=1), STOCKHOLM, NOON) == "Sun 13:00"


def test_a_morning_is_eight_o_clock_whatever_the_night_did() -> None:
    """The night in which clocks go back has an hour more."""
    evening = datetime(2026, 10, 24, 22, tzinfo=STOCKHOLM)
    until = read_until({"until": "morning"}, STOCKHOLM, evening)
    assert until.isoformat() == "2026-10-25T08:00:00+01:00"
    early = datetime(2026, 10, 25, 5, tzinfo=STOCKHOLM)
    assert read_until({"until": "morning"}, STOCKHOLM, early) == until
    assert read_until({"until": "2 h"}, STOCKHOLM, evening) - evening == timedelta(hours=2)
    for day in ("", "2026-10-24", "2031-01-01", "soon"):
        with pytest.raises(KepiError, match="after today"):
            read_until({"until": "date", "date": day}, STOCKHOLM, evening)


def test_a_moment_to_come_is_not_taken_for_one_that_was() -> None:
    """On Tuesday 24 November the next Monday is six days ahead, and “Mon” was yesterday."""
    now, utc = datetime(2026, 11, 24, 18, 0, tzinfo=UTC), ZoneInfo("UTC")
    assert say_until(datetime(2026, 11, 24, 20, tzinfo=UTC), utc, now) == "20:00"
    assert say_until(datetime(2026, 11, 25, 8, tzinfo=UTC), utc, now) == "Wed 08:00"
    assert say_until(datetime(2026, 11, 30, 8, 11, tzinfo=UTC), utc, now) == "30 Nov 08:11"
    assert say_until(datetime(2027, 1, 4, 8, tzinfo=UTC), utc, now) == "4 Jan 2027 08:00"
