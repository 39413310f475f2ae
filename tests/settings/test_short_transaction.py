"""A file of many channels is worked out before its transaction, and written in few statements."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import event

from commands.settings.applying import apply_file, plan_file
from commands.settings.consequences import find_all
from commands.settings.document import read_document
from commands.settings.exporting import export
from commands.settings.plan import Maker
from commands.settings.state import read_state
from commands.support.saving import draft_of
from storage import policies
from storage.database import Database
from storage.setting_changes import history
from storage.settings import change
from storage.workspaces import connect_team

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
MIA = Maker("U0MIA00000", AT)
TABLE = """
[channels.C0{number:04d}]
name = "care-{number}"
answers = "asker"
[channels.C0{number:04d}.support]
mode = "auto"
responders = ["U0MIA00000"]
open-hours = "Mon–Fri 09:00–17:30"
first-answer = "{minutes} min"
[[channels.C0{number:04d}.digests]]
time = "{hour:02d}:00"
"""


def write_file(count: int, minutes: int = 45, hour: int = 8) -> str:
    return "".join(TABLE.format(number=it, minutes=minutes, hour=hour) for it in range(count))


def test_ten_times_the_channels_are_no_more_statements(sqlite_database: Database) -> None:
    """New ones and changed ones: nothing goes channel by channel while others wait to write."""
    counts: dict[tuple[int, int], int] = {}
    for count in (3, 30):
        with sqlite_database.write() as connection:
            home = connect_team(connection, f"T{count}", "Acme").id
        for minutes in (45, 30):
            document = read_document(write_file(count, minutes, minutes // 5))
            with sqlite_database.read() as connection:
                ready = plan_file(connection, home, document, MIA)
            seen: list[str] = []
            with sqlite_database.write() as connection:
                event.listen(
                    connection, "before_cursor_execute", lambda *it, seen=seen: seen.append(it[2])
                )
                at = MIA._replace(at=AT + timedelta(minutes=60 - minutes))
                assert apply_file(connection, home, document, at, ready) is ready
            counts[count, minutes] = len(seen)
        with sqlite_database.read() as connection:
            assert draft_of(connection, home, "C00002").first_response == 30 * 60
    assert counts[3, 45] == counts[30, 45]
    assert counts[3, 30] == counts[30, 30]


def test_what_changed_since_it_was_worked_out_is_not_overwritten(database: Database) -> None:
    """Somebody else's choice stays in what the file does not say, and is told in what it says."""
    with database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        apply_file(connection, home, read_document(write_file(2)), MIA)
    document = read_document(write_file(2, minutes=30))
    with database.read() as connection:
        ready = plan_file(connection, home, document, MIA)
    later = MIA._replace(by="U0OMAR0000", at=AT + timedelta(minutes=5))
    mine = '[channels.C00001.support]\nsolved = "5 days"\nfirst-answer = "20 min"\n'
    with database.write() as connection:
        apply_file(connection, home, read_document(mine), later)
        change(connection, home, "answers", "everyone", later.by, later.at, channel="C00000")
    with database.write() as connection:
        last = MIA._replace(at=AT + timedelta(minutes=9))
        done = apply_file(connection, home, document, last, ready)
        assert "#care-1: First answer within: 20 min → 30 min" in map(str, done.plan.changes)
        draft = draft_of(connection, home, "C00001")
        assert (draft.first_response, draft.resolution) == (30 * 60, 5 * 86_400)
        newest = history(connection, home, places=["C00001"])[0]
        assert (newest.key, newest.before, newest.by) == (
            "support.first-answer",
            "20 min",
            MIA.by,
        )
        assert 'answers = "asker"' in export(read_state(connection, home), "", AT)


def test_what_follows_from_a_file_is_told_before_it_is_applied(sqlite_database: Database) -> None:
    """As forms do: times that let go what is older, set-ups and hours that hold from now on."""
    with sqlite_database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id

        def follows(text: str) -> list[str]:
            document = read_document(text)
            ready = plan_file(connection, home, document, MIA)
            assert document.problems == []
            return find_all(connection, home, ready)

        assert follows('[workspace]\nlanguage = "sv"\n') == []
        longer = '[workspace]\nkeep-words = "never"\nbackups-kept = "9"\n'
        assert follows(longer) == []
        shorter = '[workspace]\nkeep-words = "30 days"\nbackups-kept = "3"\n'
        assert [it.partition(". What is older goes")[0] for it in follows(shorter)] == [
            "Words of mentions go after: 365 days → 30 days",
            "Copies kept: 7 → 3",
        ]
        assert follows(write_file(2)) == [
            "Customer issues are tracked in 2 more channels from now on."
        ]
        apply_file(connection, home, read_document(write_file(2)), MIA)
        targets = follows(write_file(1, minutes=20))
        assert [it.partition(" hold ")[0] for it in targets] == [
            "Set-ups of channels",
            "New targets",
        ]
        (hours,) = follows('[hours]\nopen-hours = "24/7"\n')
        assert hours.startswith("New open hours hold from today on")
        off = '[channels.C00001.support]\nmode = "off"\n'
        assert follows(off)[0].startswith("In 1 channel no issue opens")


def test_what_is_applied_last_holds_though_it_was_begun_first(database: Database) -> None:
    """Between a press on *Apply* and its transaction somebody else saved the same channel."""
    with database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        apply_file(connection, home, read_document(write_file(1)), MIA)
        others = '[channels.C00000.support]\nsolved = "5 days"\nemoji-claim = ["eyes2"]\n'
        later = MIA._replace(by="U0OMAR0000", at=AT + timedelta(seconds=30))
        apply_file(connection, home, read_document(others), later)
        mine = '[channels.C00000.support]\nfirst-answer = "20 min"\nemoji-claim = ["eyes3"]\n'
        before = MIA._replace(at=AT + timedelta(seconds=9))
        apply_file(connection, home, read_document(mine), before)
    with database.read() as connection:
        draft = draft_of(connection, home, "C00000")
        rows = policies.history(connection, home)
    assert (draft.first_response, draft.resolution) == (20 * 60, 5 * 86_400)
    assert draft.rules.marks.claim == {"eyes3"}
    assert all(it.until is None or it.since <= it.until for it in rows)
