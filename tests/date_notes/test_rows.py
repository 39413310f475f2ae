"""Notes as rows: of their own workspace, by the days they touch, and never overwritten unseen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection

from storage import date_notes
from storage.database import Database
from storage.errors import KepiError
from storage.overtaken import Overtaken
from storage.setting_changes import history
from storage.workspaces import make_workspace, only_workspace

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
BEFORE_AND_AFTER = """
    asked                    | found
    -------------------------+------------------------
    2026-11-12 to 2026-11-13 | Black Week
    2026-11-11 to 2026-11-12 |
    2026-11-13 to 2026-11-14 |
    2026-11-13 to 2026-11-15 | Fair
    2026-11-15 to 2026-11-16 | Fair
    2026-11-16 to 2026-12-31 |
    2026-01-01 to 2027-01-01 | Black Week, Fair
"""
"""The Black Week is the 12th alone, the Fair the 14th and 15th."""


def note(connection: Connection, workspace: int, days: str, words: str) -> date_notes.DateNoteRow:
    first, last = (date.fromisoformat(f"2026-11-{it}") for it in days.split("–"))
    return date_notes.add(connection, workspace, first, last + DAY, words, "U1", AT)


def version_of(connection: Connection, workspace: int) -> int:
    sent = "SELECT version FROM workspace WHERE id = " + str(int(workspace))
    return int(connection.exec_driver_sql(sent).scalar_one())


def test_a_note_is_found_by_every_day_it_touches_and_in_its_workspace_alone(
    database: Database,
) -> None:
    """Half-open days: neither the day before nor the one after has it."""
    with database.write() as connection:
        here = only_workspace(connection).id
        there = make_workspace(connection, "T2", "Other").id
        note(connection, here, "12–12", "Black Week")
        note(connection, here, "14–15", "Fair")
        mine = note(connection, there, "12–12", "Theirs")
        for line in BEFORE_AND_AFTER.strip().splitlines()[2:]:
            asked, found = (it.strip() for it in line.split("|"))
            first, until = map(date.fromisoformat, asked.split(" to "))
            rows = date_notes.notes_between(connection, here, first, until)
            assert ", ".join(it.words for it in rows) == found, asked
        assert date_notes.find(connection, here, mine.id) is None
        change = (mine.id, 1, mine.first, mine.until, "Mine", "U2", AT)
        with pytest.raises(Overtaken):
            date_notes.change(connection, here, *change)
        with pytest.raises(Overtaken):
            date_notes.remove(connection, here, mine.id, 1, "U2", AT)
        assert date_notes.bring_back(connection, here, mine.id, "U2", AT) is None
        assert [it.words for it in date_notes.standing_notes(connection, there)] == ["Theirs"]


def test_the_same_said_twice_is_one_note(sqlite_database: Database) -> None:
    """A command that Slack sends again writes nothing again; other days or words do."""
    with sqlite_database.write() as connection:
        here = only_workspace(connection).id
        first = note(connection, here, "12–12", "Fair")
        assert note(connection, here, "12–12", "Fair") == first
        others = {
            note(connection, here, "12–13", "Fair").id,
            note(connection, here, "12–12", "x").id,
        }
        assert len({first.id} | others) == date_notes.count(connection, here) == 3


def test_whoever_saves_an_older_version_changes_nothing(database: Database) -> None:
    """Mia and Omar open the note; Mia saves; Omar's save is refused and the history names Mia."""
    with database.write() as connection:
        here = only_workspace(connection).id
        row = note(connection, here, "12–12", "Fair")
        seen = version_of(connection, here)
        days = (row.first, row.until + DAY)
        date_notes.change(connection, here, row.id, 1, *days, "Book fair", "MIA", AT)
        with pytest.raises(Overtaken) as over:
            date_notes.change(connection, here, row.id, 1, *days, "Late", "OMAR", AT)
        assert (over.value.by, over.value.at, over.value.is_gone) == ("MIA", AT, False)
        with pytest.raises(Overtaken):
            date_notes.remove(connection, here, row.id, 1, "OMAR", AT)
        held = date_notes.find(connection, here, row.id)
        assert held is not None
        assert (held.words, held.until, held.by, held.version) == ("Book fair", days[1], "U1", 2)
        told = date_notes.last_change(connection, here, row.id)
        assert told is not None
        assert (told.by, told.before, told.after) == (
            "MIA", "2026-11-12 Fair", "2026-11-12 to 2026-11-13 Book fair",
        )  # fmt: skip
        assert version_of(connection, here) == seen + 1, "answers are worked out anew once"


def test_a_removed_note_comes_back_as_it_was_and_counts_as_changed(database: Database) -> None:
    with database.write() as connection:
        here = only_workspace(connection).id
        row = note(connection, here, "12–12", "Fair")
        date_notes.remove(connection, here, row.id, 1, "U1", AT)
        with pytest.raises(Overtaken) as over:
            date_notes.remove(connection, here, row.id, 2, "U1", AT)
        assert over.value.is_gone
        assert date_notes.standing_notes(connection, here) == []
        change = (row.id, 2, row.first, row.until, "Ghost", "U1", AT)
        with pytest.raises(Overtaken):
            date_notes.change(connection, here, *change)
        back = date_notes.bring_back(connection, here, row.id, "U1", AT)
        assert back is not None
        assert (back.words, back.version) == ("Fair", 3)
        assert date_notes.bring_back(connection, here, row.id, "U1", AT) is None
        before_and_after = [(it.before, it.after) for it in history(connection, here)]
        assert before_and_after == [("", "2026-11-12 Fair"), ("2026-11-12 Fair", "")]


def test_there_are_so_many_notes_and_no_more(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Removing one makes room."""
    monkeypatch.setattr(date_notes, "MOST", 2)
    with sqlite_database.write() as connection:
        here = only_workspace(connection).id
        first = note(connection, here, "1–1".replace("1", "01"), "a")
        note(connection, here, "02–02", "b")
        with pytest.raises(KepiError, match="2 notes already"):
            note(connection, here, "03–03", "c")
        date_notes.remove(connection, here, first.id, 1, "U1", AT)
        note(connection, here, "03–03", "c")
