"""An applied file taken back: everything that it changed is as before, and nothing else is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert

from commands.settings.applying import apply_file
from commands.settings.document import read_document
from commands.settings.exporting import export
from commands.settings.plan import Maker
from commands.settings.state import read_state
from commands.settings.undo_record import keep_undo
from commands.settings.undoing import undo_file
from storage import desks
from storage.database import Database
from storage.errors import KepiError
from storage.issue_tables import Issue
from storage.overtaken import Overtaken
from storage.setting_changes import history
from storage.settings import change
from storage.tables import EPOCH_DAY, table_of
from storage.workspaces import connect_team
from support.calendars import load_calendar
from support.week import say_hours

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
MIA, OMAR = Maker("U0MIA00000", AT), Maker("U0OMAR0000", AT + timedelta(hours=2))
BEFORE = """
[workspace]
currency = "SEK"
[hours]
open-hours = "Mon–Fri 08:00–16:00"
zone = "Europe/Oslo"
dates = ["2026-12-24 Christmas Eve", "2026-12-31 09:00–13:00 New Year’s Eve"]
[[relays]]
app = "A0SPROUT00"
parts.handle = { field = "text", pattern = "@(\\\\w+)" }
[defaults.support]
first-answer = "1 h"
[channels.C0CARE]
name = "care"
answers = "asker"
[channels.C0CARE.support]
mode = "auto"
responders = ["U0MIA00000"]
[[channels.C0CARE.digests]]
day = "tuesday"
"""
AFTER = """
[workspace]
currency = "EUR"
zone = "Stockholm"
[hours]
open-hours = "24/7"
dates = ["2026-12-24 10:00–12:00 Christmas Eve", "2026-12-25 Christmas Day"]
[[relays]]
app = "A0SPROUT00"
direction = "ignore"
parts.handle = { field = "text", pattern = "@(\\\\w+)" }
[[relays]]
app = "A0OTHER000"
parts = {}
[defaults.support]
first-answer = "2 h"
solved = "3 days"
[channels.C0CARE]
answers = "as-usual"
language = "sv"
dates = ["2026-12-26 Boxing Day"]
[[channels.C0CARE.relays]]
app = "A0OTHER000"
parts.url = { field = "text" }
[channels.C0CARE.support]
open-hours = "Mon–Fri 10:00–15:00"
first-answer = "30 min"
emoji-claim = ["eyes2"]
[[channels.C0CARE.digests]]
day = "friday"
[[channels.C0CARE.digests]]
cadence = "daily"
[channels.C0NEW.support]
mode = "auto"
responders = ["U0MIA00000"]
"""


def apply(connection: Connection, home: int, text: str, maker: Maker = MIA) -> str:
    document = read_document(text)
    ready = apply_file(connection, home, document, maker)
    assert document.problems == []
    return keep_undo(connection, home, ready, maker)


def written(connection: Connection, home: int) -> str:
    return export(read_state(connection, home), "Acme", AT)


def test_everything_is_as_before_and_what_others_did_meanwhile_stays(database: Database) -> None:
    """But for a channel that was never set up: it is tracked no longer. Once, and noted as such."""
    with database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        apply(connection, home, BEFORE)
        before = written(connection, home)
        key = apply(connection, home, AFTER)
        assert written(connection, home) != before
        change(connection, home, "week-start", "sunday", OMAR.by, OMAR.at)
        change(connection, home, "answers", "everyone", OMAR.by, OMAR.at, channel="C0OTHER")
        undo_file(connection, home, key, OMAR)
        others = '[channels.C0OTHER]\nanswers = "everyone"\n'
        off = '[channels.C0NEW.support]\nmode = "off"\nfirst-answer = "none"\n'
        now = "\n".join(it for it in written(connection, home).splitlines() if it)
        wanted = before.replace('week-start = "monday"', 'week-start = "sunday"') + off + others
        assert sorted(now.splitlines()) == sorted(it for it in wanted.splitlines() if it)
        undone = [it for it in history(connection, home, most=500) if it.source == "undo"]
        assert {it.by for it in undone} == {OMAR.by}
        told = {(it.channel, it.key, it.before, it.after) for it in undone}
        assert ("", "hours.dates", "2026-12-25 Christmas Day", "") in told
        assert ("C0CARE", "support.first-answer", "30 min", "1 h") in told
        with pytest.raises(KepiError, match="nothing to undo"):
            undo_file(connection, home, key, OMAR)


def test_a_name_that_a_file_wrote_over_is_back(database: Database) -> None:
    """A channel that had none keeps the file's; a name that it was given since is left."""
    text = '[channels.{it}]\nname = "{it}"\n[channels.{it}.support]\nresponders = ["U0MIA00000"]\n'
    fresh = {"C0NEW", "C0HELD", "C0NAMED", "C0SINCE"}
    with database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        desks.make(connection, home, "C0HELD")
        desks.make(connection, home, "C0NAMED", "named")
        key = apply(connection, home, "".join(text.format(it=it) for it in sorted(fresh)))
        assert {it.name for it in desks.all_desks(connection, home)} == fresh
        desks.make(connection, home, "C0SINCE", "since")
        undo_file(connection, home, key, OMAR)
        names = {it.channel: it.name for it in desks.all_desks(connection, home)}
    assert names == {"C0NEW": "C0NEW", "C0HELD": "C0HELD", "C0NAMED": "named", "C0SINCE": "since"}


LATER = [
    ('[workspace]\ncurrency = "USD"\n', "", "currency"),
    ('[hours]\ndates = ["2026-12-25 Christmas"]\n', "", "hours.dates"),
    ('[defaults.support]\nsolved = "4 days"\n', "", "support.defaults"),
    ('[channels.C0CARE]\nlanguage = "zh"\n', "C0CARE", "language"),
    ('[channels.C0CARE.support]\nfirst-answer = "40 min"\n', "C0CARE", "support.first-answer"),
    ('[[channels.C0CARE.digests]]\ntime = "07:00"\n', "C0CARE", "digest.weekly"),
    ('[[relays]]\napp="A0OTHER000"\ndirection="outbound"\nparts={}\n', "", "relays.A0OTHER000"),
]


@pytest.mark.parametrize(("text", "channel", "key"), LATER, ids=[it[2] for it in LATER])
def test_what_somebody_changed_since_is_left(
    sqlite_database: Database, text: str, channel: str, key: str
) -> None:
    """Then nothing is taken back, and who did it, what and when is told."""
    with sqlite_database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        apply(connection, home, BEFORE)
        undo = apply(connection, home, AFTER)
        apply_file(connection, home, read_document(text), OMAR)
        newest = history(connection, home)[0]
        assert (newest.channel, newest.key) == (channel, key)
        as_it_was = written(connection, home)
        later = Maker("U0THIRD000", OMAR.at + timedelta(hours=1))
        with pytest.raises(Overtaken) as over:
            undo_file(connection, home, undo, later)
        assert (over.value.key, over.value.by, over.value.at) == (key, OMAR.by, OMAR.at)
        assert written(connection, home) == as_it_was


@pytest.mark.parametrize("held", ["", '[hours]\nopen-hours = "Sat 10:00–12:00"\n'])
def test_hours_that_nobody_had_set_are_assumed_again(database: Database, held: str) -> None:
    """In whatever zone the workspace is then. Pruned, set ones are too, and back by Undo."""
    with database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        apply(connection, home, f'[workspace]\nzone = "Stockholm"\n{held}')
        before = written(connection, home)
        text, pruning = '[hours]\nopen-hours = "24/7"\nzone = "Tokyo"\n', MIA
        if held:
            text, pruning = '[workspace]\nzone = "Stockholm"\n', MIA._replace(prune=True)
        key = apply(connection, home, text, pruning)
        assert load_calendar(connection, home).is_assumed is bool(held)
        undo_file(connection, home, key, OMAR)
        assert written(connection, home) == before
        change(connection, home, "zone", "Asia/Taipei", OMAR.by, OMAR.at)
        calendar = load_calendar(connection, home)
        zone = "Europe/Stockholm" if held else "Asia/Taipei"
        assert (calendar.is_assumed, calendar.versions[-1].zone) == (not held, zone)


def test_days_that_issues_were_measured_by_stay_as_they_were(database: Database) -> None:
    """Taken back two days later: the days between keep their hours, from then on it is as usual."""
    with database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        row = Issue(
            workspace=home,
            number=1,
            channel="C0CARE",
            root="1.0",
            state="open",
            opened=AT,
            tracked=AT,
            paused_seconds=0,
            paused_business=0,
            wait_seconds=0,
            wait_business=0,
        )
        connection.execute(insert(table_of(Issue)).values(row.model_dump(exclude={"id"})))
        key = apply(connection, home, '[hours]\nopen-hours = "24/7"\n')
        later = AT + timedelta(days=2)
        undo_file(connection, home, key, OMAR._replace(at=later))
        known = load_calendar(connection, home).versions
    weeks = {it.since: say_hours(it.week) for it in known}
    usual = "Mon–Fri 09:00–17:00"
    wanted = {EPOCH_DAY: usual, AT.date(): "24/7", later.date(): usual}
    assert weeks == wanted
