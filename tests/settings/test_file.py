"""The file of settings: exported, checked, applied; all or nothing, and only what it says."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from commands.settings.applying import apply_file, plan_file
from commands.settings.document import read_document
from commands.settings.exporting import export
from commands.settings.plan import Maker, Plan
from commands.settings.state import read_state
from commands.support.draft import Draft
from commands.support.saving import Place, draft_of, draft_to_fill, save_setup
from commands.support.setup_words import FIELDS
from storage.database import Database
from storage.digests import all_digests
from storage.setting_changes import history
from storage.settings import effective
from storage.workspaces import connect_team

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
BY = Maker("U0MIA00000", AT)
PRUNING = BY._replace(prune=True)
FILE = """
[workspace]
zone = "Stockholm"
figures-by-person = true

[defaults.support]
first-answer = "1 h"
undo-window = "5 min"

[channels.C0CARE]
name = "care"
answers = "asker"
language = "sv"
morning = false
[channels.C0CARE.support]
mode = "auto"
responders = ["U0MIA00000", "U0OMAR0000"]
groups = ["S0TEAM0000"]
open-hours = "mon-fri 9-17:30; sat 10-14"
zone = "Jakarta"
next-answer = "2 h 30 min"
emoji-resolve = ["white_check_mark", ":tada:"]
auto-close = "7 days"
lines = "private"
alerts-channel = "C0TEAM"
[[channels.C0CARE.digests]]
cadence = "weekly"
day = "tuesday"
time = "08:30"
kpis = ["reach", "followers"]
owner = "U0OMAR0000"
[[channels.C0CARE.digests]]
cadence = "monthly"
day = 3
leave-out = ["goals"]

[channels.C0SALES]
answers = "everyone"
"""


def applied(connection: Connection, workspace: int, text: str, maker: Maker = BY) -> Plan:
    document = read_document(text)
    ready = apply_file(connection, workspace, document, maker)
    assert document.problems == []
    return ready.plan


def planned(connection: Connection, workspace: int, text: str, maker: Maker = BY) -> list[str]:
    document = read_document(text)
    plan = plan_file(connection, workspace, document, maker).plan
    assert document.problems == []
    return [str(it) for it in plan.changes]


def written(connection: Connection, workspace: int) -> str:
    return export(read_state(connection, workspace), "Acme", AT)


def two_workspaces(connection: Connection) -> tuple[int, int]:
    return connect_team(connection, "T1", "Acme").id, connect_team(connection, "T2", "Other").id


def test_what_is_applied_holds_and_is_told(database: Database) -> None:
    """By an independent look at each room's own verbs; the other workspace has none of it."""
    with database.write() as connection:
        home, other = two_workspaces(connection)
        plan = applied(connection, home, FILE)
        told = [str(it) for it in plan.changes]
        for line in (
            "Time zone: UTC → Europe/Stockholm",
            "Figures by person: Off → On",
            "New channels: First answer within: 4 h → 1 h",
            "#care: Answers are seen by: as the workspace → Only the asker",
            "#care: Customer issues: not set up → auto",
            "#care: Next answers within: – → 2 h 30 min",
            (
                "#care: Digest, every week: – → tuesday 08:30 Europe/Stockholm, the channel’s "
                "language, reach, followers, U0OMAR0000"
            ),
            "C0SALES: Answers are seen by: as the workspace → Everyone there",
        ):
            assert line in told, told
        assert effective(connection, home, "C0CARE") == {
            "language": "sv",
            "answers": "asker",
            "morning": "off",
        }
        draft = draft_of(connection, home, "C0CARE")
        hours = "Mon–Fri 09:00–17:30; Sat 10:00–14:00"
        assert (draft.hours, draft.zone) == (hours, "Asia/Jakarta")
        promised = (draft.first_response, draft.next_response, draft.resolution)
        assert promised == (3600, 9000, 0)
        assert (draft.rules.undo_window, draft.rules.auto_close) == (300, 7 * 86_400)
        assert draft.rules.marks.resolve == {"white_check_mark", "tada"}
        assert draft.rules.alerts_channel == "C0TEAM"
        weekly, monthly = all_digests(connection, home)
        assert (weekly.weekday, weekly.hour, weekly.minute, weekly.owner) == (
            1,
            8,
            30,
            "U0OMAR0000",
        )
        assert (monthly.day, monthly.parts, monthly.owner) == (3, ("goals",), BY.by)
        assert {it.source for it in history(connection, home, most=500)} == {"file"}
        assert {it.by for it in history(connection, home, most=500)} == {BY.by}
        assert history(connection, other) == []
        assert read_state(connection, other).channels == {}
        assert effective(connection, other)["zone"] == "UTC"
        fresh = draft_to_fill(connection, home, "C0NEW")
        assert (fresh.first_response, fresh.rules.undo_window) == (3600, 300)


def test_an_exported_file_changes_nothing_and_makes_the_same_elsewhere(database: Database) -> None:
    """Pruned or not; applied to an empty workspace, and pruned over another one, it is as here."""
    with database.write() as connection:
        home, other = two_workspaces(connection)
        applied(connection, home, FILE)
        text = written(connection, home)
        before = len(history(connection, home, most=500))
        assert planned(connection, home, text) == []
        assert planned(connection, home, text, PRUNING) == []
        applied(connection, home, text)
        assert len(history(connection, home, most=500)) == before
        clutter = '[channels.C0OLD]\nlanguage = "zh"\n[channels.C0OLD.support]\nmode = "auto"\n'
        clutter += 'responders = ["U9"]\n[workspace]\nratings = true\n'
        applied(connection, other, clutter)
        applied(connection, other, text, PRUNING)
        there = tomllib.loads(written(connection, other))
        assert there["channels"].pop("C0OLD")["support"]["mode"] == "off"
        assert there == tomllib.loads(text)


def test_what_a_file_leaves_out_stays_unless_it_is_pruned(sqlite_database: Database) -> None:
    with sqlite_database.write() as connection:
        home, _ = two_workspaces(connection)
        applied(connection, home, FILE)
        part = '[channels.C0CARE.support]\nfirst-answer = "45 min"\n'
        part += 'responders = ["U0MIA00000", "U0OMAR0000"]\n'
        assert planned(connection, home, part) == ["#care: First answer within: 1 h → 45 min"]
        pruned = planned(connection, home, part, PRUNING)
        for line in (
            "Time zone: Europe/Stockholm → UTC",
            "New channels: First answer within: 1 h → 4 h",
            "#care: Answers are seen by: Only the asker → as the workspace",
            "C0SALES: Answers are seen by: Everyone there → as the workspace",
            "#care: What opens an issue: auto → manual",
        ):
            assert line in pruned, pruned
        assert sum("Digest" in it and it.endswith("→ none") for it in pruned) == 2


def test_two_applications_meet_once(sqlite_database: Database) -> None:
    """A fault in the middle leaves nothing of a file behind."""
    with sqlite_database.write() as connection:
        home, _ = two_workspaces(connection)
    many = "".join(f'[channels.C0{it:03d}]\nanswers = "asker"\n' for it in range(30))

    def break_off() -> None:
        with sqlite_database.write() as connection:
            applied(connection, home, FILE + many)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    with sqlite_database.read() as connection:
        assert history(connection, home) == []
        assert read_state(connection, home).channels == {}


def drafts() -> st.SearchStrategy[Draft]:
    """Return set-ups as forms can make them, field by field from what each field reads."""
    people = st.lists(st.sampled_from(["U1", "U2", "U3"]), unique=True, min_size=1, max_size=3)
    words: dict[str, Any] = {
        "mode": st.sampled_from(["auto", "relay", "manual", "off"]),
        "others-are": st.sampled_from(["customer", "responder", "bystander"]),
        "responders": people,
        "groups": st.lists(st.sampled_from(["S1", "S2"]), unique=True),
        "open-hours": st.sampled_from(["same", "24/7", "Fri 22:00–06:00", "Mon–Sun 8-12, 13-18"]),
        "first-answer": st.sampled_from(["none", "1 min", "4 h", "90 min"]),
        "solved": st.sampled_from(["none", "5 days"]),
        "nudge": st.sampled_from(["3 days", "never", "36 h"]),
        "undo-window": st.sampled_from(["10 min", "75 s"]),
        "add-ticket": st.booleans(),
        "note-prefixes": st.lists(st.sampled_from(['"', "//", "#!", "🔒"]), unique=True),
        "emoji-claim": st.lists(st.sampled_from(["hand", "+1"]), unique=True),
        "languages": st.lists(st.sampled_from(["en", "zh"]), unique=True),
    }

    def build(said: dict[str, Any]) -> Draft:
        draft = Draft("C0ONE")
        for it in FIELDS:
            if it.key in said:
                draft = it.put(draft, it.read(said[it.key]))
        return draft

    return st.fixed_dictionaries({}, optional=words).map(build)


@pytest.fixture
def home(sqlite_database: Database) -> tuple[Database, int]:
    with sqlite_database.write() as connection:
        workspace, _ = two_workspaces(connection)
    return sqlite_database, workspace


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(drafts(), min_size=1, max_size=2))
def test_any_set_up_comes_through_the_file(home: tuple[Database, int], wanted: list[Draft]) -> None:
    """Saved as the form saves it, then exported and read: no difference, and the same draft."""
    database, workspace = home
    with database.write() as connection:
        for number, draft in enumerate(wanted):
            now = AT.replace(minute=number)
            place = Place("C0ONE", "care", False)
            save_setup(connection, workspace, draft, place, "U1", now)
        held = draft_of(connection, workspace, "C0ONE")
        assert [it.word(held) for it in FIELDS if it.key != "zone"] == [
            it.word(wanted[-1]) for it in FIELDS if it.key != "zone"
        ]
        text = written(connection, workspace)
        assert planned(connection, workspace, text) == []
        assert planned(connection, workspace, text, PRUNING) == []
        connection.rollback()
