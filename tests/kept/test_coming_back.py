"""Coming back while everything of a workspace is erased; and who gets its number next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kpis.surroundings import look_around
from storage import leaving
from storage.accounts import add_account
from storage.database import Database
from storage.installations import depart, departures, install, installation_of
from storage.kept.walk import delete_rows
from storage.workspaces import connect_team
from tests.kept.left import rows_left
from tests.kept.planted import NOW, find_left, plant
from tests.kept.test_forgetting import TEAM, settle


def arrive(database: Database, team: str, *handles: str) -> int:
    with database.write() as connection:
        home = connect_team(connection, team, team).id
        for handle in handles:
            add_account(connection, home, "instagram", handle, handle, True)
    return home


def seen(database: Database, workspace: int) -> list[str]:
    with database.read() as connection:
        around = look_around(database, connection, workspace)
    return [it.handle for it in around.accounts]


def test_the_next_team_sees_nothing_of_the_erased_one(database: Database) -> None:
    """SQLite gives the number of an erased workspace away again; memory knew it by that number."""
    arrive(database, "TACME", "acme")
    before = arrive(database, "TBRAVO", "bravo", "secret")
    assert seen(database, before) == ["bravo", "secret"]
    leaving.erase_workspace(database, before)
    after = arrive(database, "TCHARLIE", "charlie", "public")
    assert (after == before) is database.sqlite
    assert seen(database, after) == ["charlie", "public"]


def plant_departed(database: Database) -> int:
    """Return a workspace full of rows, whose days are over."""
    workspace = settle(database)
    plant(database, workspace, TEAM)
    with database.write() as connection:
        depart(connection, workspace, NOW, 0)
    return workspace


def come_back(database: Database) -> int:
    with database.write() as connection:
        return install(connection, team=TEAM, name="", sealed="new", by="", at=NOW, expires=None).id


def test_who_comes_back_in_the_midst_of_erasing_keeps_the_new_rows(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old rows go all the same; the new installation has a workspace of its own."""
    workspace = plant_departed(database)
    back: list[int] = []

    def delete_and_come_back(*given: Any) -> int:
        if not back:
            back.append(come_back(database))
        return delete_rows(*given)

    monkeypatch.setattr(leaving, "delete_rows", delete_and_come_back)
    assert leaving.erase_due(database, NOW) == 1
    with database.read() as connection:
        assert rows_left(connection, workspace) == {}
        held = installation_of(connection, TEAM)
        assert held is not None
        assert (held.workspace, held.sealed) == (back[0], "new")
        assert back != [workspace]
        assert departures(connection) == []


def test_who_came_back_before_it_began_keeps_everything(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That its days were over was read a moment before."""
    workspace = plant_departed(database)
    with database.read() as connection:
        stale = departures(connection)
    with database.read() as connection:
        before = rows_left(connection, workspace)
    come_back(database)
    monkeypatch.setattr(leaving, "departures", lambda _connection: stale)
    assert leaving.erase_due(database, NOW) == 0
    assert leaving.erase_due(database, NOW - timedelta(days=1)) == 0
    with database.read() as connection:
        after = rows_left(connection, workspace)
        held = installation_of(connection, TEAM)
    assert held is not None
    assert held.sealed == "new"
    del before["departure"]
    assert after == before
    assert find_left(database, ("UZELDA0077",)) != []


def test_erasing_that_was_cut_off_is_finished_the_next_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped before each table in turn; what is due is known until the last row is gone."""
    workspace = plant_departed(database)
    left = [0]

    def stop_after_some(*given: Any) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return delete_rows(*given)

    monkeypatch.setattr(leaving, "delete_rows", stop_after_some)
    stops = 0
    while True:
        left[0] = stops * 7
        try:
            assert leaving.erase_due(database, NOW) == 1
            break
        except KeyboardInterrupt:
            stops += 1
    assert stops > 3
    with database.read() as connection:
        assert rows_left(connection, workspace) == {}
        assert departures(connection) == []
