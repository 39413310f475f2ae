"""A channel's set-up: each change is told by field, and a form out of date saves none.

Alerts, goals and digests are told as things: each by its name, and what differs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from commands.support.draft import Draft
from commands.support.saving import Place, draft_of, draft_to_fill, save_setup
from storage.database import Database
from storage.overtaken import Overtaken
from storage.setting_changes import Thing, history, note_thing
from storage.workspaces import connect_team
from support.rules import Mode, Rules

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
CARE = Place("C0CARE", "care", False)


def test_who_changed_which_field(database: Database) -> None:
    """The first set-up tells what is not as usual; a later one what it changed alone."""
    with database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        draft = Draft("C0CARE", Rules(mode=Mode.AUTO, responders=("U1",)), first_response=3600)
        save_setup(connection, home, draft, CARE, "U1", AT)
        told = {(it.key, it.before, it.after) for it in history(connection, home)}
        assert told == {
            ("support.mode", "", "auto"),
            ("support.responders", "", "U1"),
            ("support.first-answer", "", "1 h"),
        }
        later = replace(draft, hours="Mon–Fri 09:00–17:00", first_response=2700)
        later = replace(later, rules=replace(later.rules, lines="none"))
        save_setup(connection, home, later, CARE, "U2", AT + timedelta(hours=1))
        newest = [it for it in history(connection, home) if it.by == "U2"]
        assert {(it.key, it.before, it.after) for it in newest} == {
            ("support.open-hours", "same", "Mon–Fri 09:00–17:00"),
            ("support.first-answer", "1 h", "45 min"),
            ("support.lines", "thread", "none"),
        }
        assert {(it.channel, it.source) for it in newest} == {("C0CARE", "form")}
        same = draft_of(connection, home, "C0CARE")
        save_setup(connection, home, same, CARE, "U3", AT + timedelta(hours=2))
        assert all(it.by != "U3" for it in history(connection, home))


@pytest.mark.parametrize("was_set_up", [False, True])
def test_the_second_to_save_is_told_who_was_first(
    sqlite_database: Database, was_set_up: bool
) -> None:
    """Also of a channel that nobody had set up; nothing of theirs is kept, and a new look saves."""
    with sqlite_database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        if was_set_up:
            save_setup(connection, home, Draft("C0CARE"), CARE, "U0", AT)
        first = second = draft_to_fill(connection, home, "C0CARE")
        at = AT + timedelta(minutes=5)
        save_setup(connection, home, replace(first, first_response=60), CARE, "U1", at)
        mine = replace(second, first_response=120)
        with pytest.raises(Overtaken) as over:
            save_setup(connection, home, mine, CARE, "U2", at + timedelta(minutes=1))
        assert (over.value.by, over.value.at) == ("U1", at)
        assert draft_of(connection, home, "C0CARE").first_response == 60
        again = replace(draft_to_fill(connection, home, "C0CARE"), first_response=120)
        save_setup(connection, home, again, CARE, "U2", at + timedelta(minutes=2))
        assert draft_of(connection, home, "C0CARE").first_response == 120


MOVES = """
    before              | after               | lines
    --------------------+---------------------+----------------------------------------
                        | C1 small + owl      | C1: – → small, owl
    C1 small + owl      |                     | C1: small → –
    C1 small + owl, red | C1 small + owl      | C1: small, red → small
    C1 small + owl      | C1 large + fox, owl | C1: small → large, fox
    C1 small + owl      | C1 small + owl      |
    C1 small + owl      | C2 large + fox      | C1: small → –; C2: – → large, fox
"""


def test_a_thing_is_told_by_its_name_and_what_differs(sqlite_database: Database) -> None:
    """To the readers of its place, a new one whole; where it moves away, that it is gone alone."""
    with sqlite_database.write() as connection:
        for number, row in enumerate(MOVES.strip().splitlines()[2:]):
            home = connect_team(connection, f"T{number}", "Acme").id
            before, after, lines = (it.strip() for it in row.split("|"))
            note_thing(connection, home, read_thing(before), read_thing(after), "U1", AT)
            told = [
                f"{it.channel}: {it.before or '–'} → {it.after or '–'}"
                for it in reversed(history(connection, home))
            ]
            assert "; ".join(told) == lines, row


def read_thing(words: str) -> Thing | None:
    if not words:
        return None
    place, _, details = words.partition(" + ")
    channel, _, name = place.partition(" ")
    return Thing("alert 1", channel, name, details.split(", "))
