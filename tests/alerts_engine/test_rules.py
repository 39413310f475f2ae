"""A rule is stored as it was made, and read back by whatever Kepi comes later."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kpis.alerts.rules import Rule, Settings, pack_settings, read_rule, write_scope
from kpis.question import Scope
from storage import alerts
from storage.database import Database
from storage.workspaces import only_workspace

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SETTINGS = Settings(
    side="below", limit=0.25, days=7, sensitivity="more", is_live=True, options=("cohort",)
)
SCOPE = Scope(platforms=("instagram",), accounts=(3,), channels=("C9",))


def make(database: Database, **more: str) -> int:
    with database.write() as connection:
        workspace = only_workspace(connection).id
        return alerts.add_rule(
            connection,
            workspace,
            channel="C1",
            kind="change",
            kpi="likes",
            scope=write_scope(SCOPE),
            settings=pack_settings(SETTINGS),
            by="U1",
            at=NOON,
            **more,
        )


def read(database: Database, number: int) -> Rule:
    with database.read() as connection:
        row = alerts.rule(connection, 1, number)
    assert row is not None
    return read_rule(row)


def test_it_comes_back_as_it_went_in(database: Database) -> None:
    """Who made it owns it, unless somebody else is named."""
    rule = read(database, make(database))
    assert rule == Rule(
        1, 1, "C1", "change", "", "likes", SCOPE, SETTINGS, owner="U1", by="U1", made=NOON
    )
    assert read(database, make(database, owner="U2")).owner == "U2"


def test_what_an_older_kepi_did_not_write_has_its_default(database: Database) -> None:
    number = make(database)
    with database.write() as connection:
        alerts.change_rule(connection, 1, number, settings='{"limit": 3, "gone": 1}', scope="{}")
    rule = read(database, number)
    assert (rule.settings, rule.scope) == (Settings(limit=3), Scope())


def test_paused_muted_and_removed_rules_are_told_apart(database: Database) -> None:
    """A paused rule is listed and not judged; a removed one is neither."""
    numbers = [make(database) for _ in range(3)]
    with database.write() as connection:
        assert alerts.pause_rule(connection, 1, numbers[1], NOON)
        assert alerts.mute_rule(connection, 1, numbers[0], NOON + timedelta(days=1))
        assert alerts.remove_rule(connection, 1, numbers[2], NOON)
        assert not alerts.change_rule(connection, 1, numbers[2], name="again")
        assert not alerts.change_rule(connection, 2, numbers[0], name="theirs")
        listed = [it.id for it in alerts.rules(connection, 1)]
        running = [read_rule(it) for it in alerts.rules(connection, 1, running=True)]
    assert listed == numbers[:2]
    assert [(it.id, it.muted) for it in running] == [(numbers[0], NOON + timedelta(days=1))]
    assert read(database, numbers[2]).removed == NOON


def test_a_rule_can_be_asked_to_speak_less(database: Database) -> None:
    rule = read(database, make(database))
    assert rule.at("fewer") == replace(rule, settings=replace(SETTINGS, sensitivity="fewer"))
