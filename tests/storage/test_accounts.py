"""Workspaces, their settings, their accounts and brands."""

import pytest
from sqlalchemy import text

from storage.accounts import accounts, add_account, brands, change, resolve
from storage.batch import AccountName
from storage.database import take_turns
from storage.errors import KepiError
from storage.workspaces import change_setting, connect_team, only_workspace
from tests import databases
from tests.drawn import fill


def test_what_was_imported_first_belongs_to_the_workspace_that_connects_first(database):
    """The command line works before there is a bot; the team that comes takes the data over."""
    with database.write() as connection:
        waiting = only_workspace(connection)
        assert (waiting.team_id, waiting.zone, waiting.week_start) == (None, "UTC", 0)
        assert only_workspace(connection) == waiting
        first = connect_team(connection, "T1", "One", "U1")
        assert (first.id, first.team_id, first.installer) == (waiting.id, "T1", "U1")
        again = connect_team(connection, "T1", "One, renamed", "U9")
        assert (again.id, again.name, again.installer) == (waiting.id, "One, renamed", "U1")
        assert only_workspace(connection).id == waiting.id
        second = connect_team(connection, "T2", "Two", "U2")
        assert second.id != first.id
        with pytest.raises(KepiError, match="--workspace: T1, T2"):
            only_workspace(connection)
        assert only_workspace(connection, "T2").id == second.id
        with pytest.raises(KepiError, match="T3"):
            only_workspace(connection, "T3")


@pytest.mark.parametrize(
    ("key", "value", "field", "held"),
    [
        ("zone", "Europe/Stockholm", "zone", "Europe/Stockholm"),
        ("zone", "europe/stockholm", "zone", "Europe/Stockholm"),
        ("week-start", "Sunday", "week_start", 6),
        ("week_start", "mon", "week_start", 0),
        ("currency", "sek", "currency", "SEK"),
    ],
)
def test_a_setting_is_read_kindly(database, key, value, field, held):
    """Case and spelling do not matter where the meaning is plain."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        assert getattr(change_setting(connection, workspace, key, value), field) == held


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("zone", "Stockholm", "Europe/Stockholm"),
        ("zone", "../etc/passwd", "is not a time zone"),
        ("zone", "", "is not a time zone"),
        ("week-start", "someday", "monday, tuesday"),
        ("currency", "kronor", "three letters"),
        ("currency", "ZZZ", "three letters"),
        ("colour", "red", "zone, week-start, currency"),
    ],
)
def test_a_setting_that_cannot_be_says_what_would_work(database, key, value, words):
    """One line, and nothing changes."""
    with database.write() as connection:
        before = only_workspace(connection)
        with pytest.raises(KepiError, match=words):
            change_setting(connection, before.id, key, value)
        assert only_workspace(connection) == before


def test_a_new_zone_moves_the_hours_of_posts(database):
    """23:30 UTC on Monday is Tuesday morning in Tokyo."""
    workspace = fill(database, posts="published | post | likes\n-+-+-\n2026-11-02 23:30 | a | 1")
    place = text("SELECT hour, weekday FROM post")
    with database.write() as connection:
        assert connection.execute(place).one() == (23, 0)
        change_setting(connection, workspace, "zone", "Asia/Tokyo")
        assert connection.execute(place).one() == (8, 1)


def test_an_account_is_added_once_and_changed_after(database):
    """Aliases name platforms, handles lose their sign; brand and zone follow the last word."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        first = add_account(connection, workspace, "IG", "@Acme", "Acme", zone="europe/paris")
        again = add_account(connection, workspace, "insta", "acme", "Acme Foods")
        assert first == again
        (row,) = accounts(connection, workspace)
        names = {it.id: it.name for it in brands(connection, workspace)}
        assert (row.platform, row.handle, names[row.brand], row.zone, row.own) == (
            "instagram",
            "acme",
            "Acme Foods",
            "Europe/Paris",
            True,
        )
        assert 0 <= row.mark < 2**40
        add_account(connection, workspace, "x", "rival", "Rival", own=False)
        owned = [(it.name, it.own) for it in brands(connection, workspace)]
        assert owned == [("Acme", True), ("Acme Foods", True), ("Rival", False)]
        with pytest.raises(KepiError, match="instagram, facebook"):
            add_account(connection, workspace, "myspace", "acme", "Acme")
        with pytest.raises(KepiError, match="handle"):
            add_account(connection, workspace, "x", " @ ", "Acme")


def test_a_zone_is_given_kept_and_taken_back(database):
    """No word leaves an account's zone as it is; “platform” gives back the platform's own."""
    with database.write() as connection:
        workspace = only_workspace(connection).id

        def zone_after(*word: str) -> str | None:
            add_account(connection, workspace, "x", "acme", "Acme", True, *word)
            return accounts(connection, workspace)[0].zone

        assert zone_after("Platform") is None
        assert zone_after("Asia/Tokyo") == "Asia/Tokyo"
        assert zone_after() == "Asia/Tokyo"
        with pytest.raises(KepiError, match="is not a time zone"):
            zone_after("the platform's")
        assert zone_after(" platform ") is None


@pytest.mark.parametrize(
    "write",
    [
        lambda connection: add_account(connection, 1, "instagram", "acme", "Acme", own=False),
        lambda connection: change_setting(connection, 1, "zone", "Asia/Tokyo"),
    ],
    ids=["account", "setting"],
)
def test_what_changes_sums_waits_for_an_import(tmp_path, write):
    """Both would make rows again that an import is adding to: on PostgreSQL they take turns."""
    with databases.fresh("postgresql", tmp_path) as database:
        fill(database, days="day | likes\n-+-\n2026-11-02 | 5")
        with database.write() as importing:
            take_turns(importing, 1)
            with pytest.raises(KepiError, match="busy"):
                do_at_once(database, write)
        do_at_once(database, write)


def do_at_once(database, write) -> None:
    with database.write() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '100ms'"))
        write(connection)


@pytest.mark.parametrize("owner", [1, 2])
def test_another_workspace_cannot_change_an_account(database, owner):
    """The id of an account alone opens nothing."""
    with database.write() as connection:
        for team in ("T1", "T2"):
            connect_team(connection, team, team)
        account = add_account(connection, 1, "x", "acme", "Acme")
        assert change(connection, owner, account, {"name": "Acme Foods"}) == (owner == 1)
        assert accounts(connection, 1)[0].name == ("Acme Foods" if owner == 1 else "")
        assert not change(connection, owner, account, {"name": accounts(connection, 1)[0].name})


def test_a_file_finds_its_account_by_id_before_handle(database):
    """An account that was renamed stays the same; two pages of one name stay two."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        page = AccountName("facebook", "acme", "123", "Acme")
        first = resolve(connection, workspace, page).id
        assert resolve(connection, workspace, page) == (first, False)
        renamed = AccountName("facebook", "acme foods", "123", "Acme Foods")
        assert resolve(connection, workspace, renamed) == (first, True)
        assert resolve(connection, workspace, AccountName("facebook", "acme")).id == first
        other = resolve(connection, workspace, AccountName("facebook", "acme", "456", "Acme")).id
        assert other != first
        handles = {it.id: (it.handle, it.name) for it in accounts(connection, workspace)}
        assert handles == {first: ("acme", "Acme Foods"), other: ("acme-456", "Acme")}
        known = add_account(connection, workspace, "facebook", "beta", "Beta")
        learnt = AccountName("facebook", "beta", "789", "Beta page")
        assert resolve(connection, workspace, learnt).id == known
        moved = AccountName("facebook", "beta-renamed", "789")
        assert resolve(connection, workspace, moved).id == known
