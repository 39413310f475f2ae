"""How the history of settings tells a rule: in the words of lists and forms, in the zone of all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from commands.alerts.noting import thing_of
from kpis.alerts.rules import Rule, Settings
from kpis.question import KnownChannel, Scope
from kpis.surroundings import look_around
from storage.database import Database
from storage.setting_changes import Thing
from storage.workspaces import connect_team

COUNTED = ("C0HELP00000", "C0BOARD0000")


def tell(database: Database, rule: Rule) -> Thing:
    """Return a rule in a workspace of Stockholm that tracks both channels."""
    with database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        around = look_around(database, connection, home)
    known = tuple(KnownChannel(it, f"name-of-{it}") for it in COUNTED)
    return thing_of(rule, "Initech", replace(around, zone="Europe/Stockholm", channels=known))


def test_channels_that_are_counted_are_not_named(sqlite_database: Database) -> None:
    """One may be private, or come to be; how many there are is no secret."""
    rule = Rule(7, 1, "C0TEAM00000", "threshold", kpi="issues-open", scope=Scope(channels=COUNTED))
    told = tell(sqlite_database, rule)
    assert "a channel" in told.name
    assert "name-of" not in " ".join([told.name, *told.details])
    assert not any(it in " ".join([told.name, *told.details]) for it in COUNTED)
    assert "channels: 2" in told.details


def test_a_rule_is_told_in_the_words_of_its_buttons(sqlite_database: Database) -> None:
    """How often it speaks, until when it is silent by the workspace's clock, who reads along."""
    until = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)
    rule = Rule(7, 1, "C0TEAM00000", "silence", settings=Settings(sensitivity="fewer"), muted=until)
    told = tell(sqlite_database, rule)
    assert told.name.endswith(", Initech reads along")
    assert {"Fewer alerts", "muted until 2026-11-30 00:30"} <= set(told.details)
