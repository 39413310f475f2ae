"""Working hours, dates and rules about the posts of apps in the file of settings."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection

from commands.settings.applying import apply_file, plan_file
from commands.settings.document import read_document
from commands.settings.exporting import export
from commands.settings.plan import Maker
from commands.settings.state import read_state
from storage.database import Database
from storage.desks import relay_rules
from storage.setting_changes import history
from storage.workspaces import connect_team
from support.calendars import load_calendar
from support.relays import rule_of
from support.rulebook import read_book
from support.week import read_hours, say_window

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
MIA = Maker("U0MIA00000", AT)
FILE = """
[hours]
open-hours = "mon-fri 8-16"
zone = "Oslo"
dates = ["2020-01-01 long ago", "2026-12-24 Christmas Eve", "2026-12-31 9-13 New Year’s Eve"]
[[relays]]
app = "A0SPROUT00"
needs = ["handle"]
also = ["B0SPROUT00"]
parts.handle = { field = "text", pattern = "@(\\\\w+)" }
parts.platform = { value = "x" }
[channels.C0CARE]
dates = ["2026-12-26 Boxing Day"]
[channels.C0CARE.support]
mode = "relay"
responders = ["U0MIA00000"]
open-hours = "Mon–Sun 10:00–20:00"
zone = "Jakarta"
[[channels.C0CARE.relays]]
app = "B0BRAND000"
direction = "outbound"
parts = {}
"""


def apply(connection: Connection, home: int, text: str, maker: Maker = MIA) -> list[str]:
    document = read_document(text)
    ready = apply_file(connection, home, document, maker)
    assert document.problems == []
    return [str(it) for it in ready.plan.changes]


def test_they_hold_and_come_through_the_file(database: Database) -> None:
    """By each room's own look; what is past is left out; a second time nothing changes."""
    with database.write() as connection:
        home, other = (connect_team(connection, it, it).id for it in ("T1", "T2"))
        told = apply(connection, home, FILE)
        for line in (
            "Open hours: Mon–Fri 09:00–17:00 → Mon–Fri 08:00–16:00",
            "Zone of the open hours: UTC → Europe/Oslo",
            "Dates that differ: – → 2026-12-31 09:00–13:00 New Year’s Eve",
            "Posts of A0SPROUT00: – → inbound: handle /@(\\w+)/, platform “x”",
            "C0CARE: Dates that differ: – → 2026-12-26 Boxing Day",
            "C0CARE: Posts of B0BRAND000: – → outbound",
        ):
            assert line in told, told
        everyones = load_calendar(connection, home)
        assert (everyones.week, everyones.zone) == (
            read_hours("Mon–Fri 08:00–16:00"),
            "Europe/Oslo",
        )
        assert everyones.closed == {date(2026, 12, 24)}
        (open_then,) = everyones.overrides[date(2026, 12, 31)]
        assert say_window(open_then) == "09:00–13:00"
        own = read_book(connection, home, "C0CARE").latest.calendar
        assert load_calendar(connection, home, own).closed == {
            date(2026, 12, 24),
            date(2026, 12, 26),
        }
        first, second = (rule_of(it.rule) for it in relay_rules(connection, home))
        assert (first.channel, first.senders, first.needs) == (
            "",
            frozenset({"A0SPROUT00", "B0SPROUT00"}),
            ("handle",),
        )
        assert (second.channel, second.direction) == ("C0CARE", "outbound")
        text = export(read_state(connection, home), "Acme", AT)
        count = len(history(connection, home, most=500))
        assert apply(connection, home, text) == apply(connection, home, FILE) == []
        assert apply(connection, home, text, MIA._replace(prune=True)) == []
        assert len(history(connection, home, most=500)) == count
        apply(connection, other, text)
        there = export(read_state(connection, other), "Acme", AT)
        assert tomllib.loads(there) == tomllib.loads(text)


def test_a_list_of_dates_is_all_of_them_and_a_rule_takes_its_elders_place(
    sqlite_database: Database,
) -> None:
    """Rules that a file does not name stay; pruned, they end, and hours are as usual again."""
    with sqlite_database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        apply(connection, home, FILE)
        part = FILE.partition("[channels")[0].replace('"2026-12-24 Christmas Eve", ', "")
        part = part.replace("needs =", 'direction = "ignore"\nneeds =')
        read = "handle /@(\\w+)/, platform “x”"
        assert apply(connection, home, part) == [
            "Dates that differ: 2026-12-24 Christmas Eve → –",
            f"Posts of A0SPROUT00: inbound: {read} → ignore: {read}",
        ]
        assert len(relay_rules(connection, home)) == 2
        ended = apply(connection, home, "[workspace]\n", MIA._replace(prune=True))
        assert "Open hours: Mon–Fri 08:00–16:00 → Mon–Fri 09:00–17:00" in ended
        assert "Zone of the open hours: Europe/Oslo → UTC" in ended
        assert relay_rules(connection, home) == []
        assert load_calendar(connection, home).overrides == {}


RELAY, OWN = "[[relays]]\napp = 'A0ONE0000'\n", "[channels.C0CARE]\n"
BAD = [
    ("hours = 3", 1, "hours", "It is a table: [hours]."),
    ("[hours]\nopen-hour = '24/7'", 2, "hours.open-hour", "Did you mean open-hours?"),
    ("[hours]\nopen-hours = 'mon 9-5'", 2, "hours.open-hours", "09:00–17:00"),
    ("[hours]\nzone = ''", 2, "hours.zone", "such as Europe/Stockholm"),
    ("[hours]\ndates = '2026-12-24'", 2, "hours.dates", "list of texts"),
    ("[hours]\ndates = ['24 Dec']", 2, "hours.dates", "24 Dec"),
    (OWN + "dates = ['2026-12-24']", 2, "channels.C0CARE.dates", "open-hours of its own"),
    ("[relays]\napp = 'A0ONE0000'", 1, "relays", "[[relays]]"),
    (RELAY + "part = {}", 3, "relays.0.part", "Did you mean parts?"),
    (RELAY + "parts.handel = {}", 3, "relays.0.parts.handel", "Did you mean handle?"),
    (RELAY + "parts.text = {patern='x'}", 3, "relays.0.parts.text.patern", "mean pattern?"),
    (RELAY + "parts = {}\nneeds = 'url'", 1, "relays.0", "needs is a list"),
    (RELAY + "parts = {}\ndirection = 'up'", 1, "relays.0", "cannot be read"),
    (RELAY + "parts.text = {pattern='(a+)+'}", 1, "relays.0", "repeats what repeats"),
    ("[[relays]]\napp = 'sprout'\nparts = {}", 1, "relays.0", "no app's id"),
    (f"{RELAY}parts={{}}\n{RELAY}parts={{}}", 4, "relays.1", "the very same posts"),
]


@pytest.mark.parametrize(("text", "line", "path", "words"), BAD, ids=[it[2] for it in BAD])
def test_what_is_wrong_is_named_at_its_line(
    sqlite_database: Database, text: str, line: int, path: str, words: str
) -> None:
    with sqlite_database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        document = read_document(text)
        plan_file(connection, home, document, MIA)
        (problem,) = document.problems
        assert (problem.line, problem.path) == (line, path), problem
        assert words in problem.words


@pytest.mark.parametrize("zone", ["", 'zone = "Asia/Tokyo"\n'], ids=["as usual", "its own"])
def test_own_hours_without_a_zone_are_the_workspaces_and_pruned_again_nothing_changes(
    sqlite_database: Database, zone: str
) -> None:
    """Hours of a channel's own are always in some zone: pruning cannot take it away."""
    own = '[channels.C0CARE.support]\nmode = "off"\nopen-hours = "Mon–Fri 10:00–15:00"\n'
    pruning = MIA._replace(prune=True)
    with sqlite_database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        apply(connection, home, own + zone)
        told = ["C0CARE: Zone of the open hours: Asia/Tokyo → UTC"] if zone else []
        assert apply(connection, home, own, pruning) == told
        assert apply(connection, home, own, pruning) == []
