"""A workspace that removed Kepi: people go at once, the rest later; others are not touched."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlmodel import SQLModel

from storage import leaving
from storage.database import Database
from storage.installations import depart
from storage.kept.register import table_named
from storage.setting_changes import history, note_change
from storage.workspaces import connect_team
from tests.kept.left import rows_left
from tests.kept.planted import NOW, PEOPLE, dump, find_left, plant
from tests.kept.test_forgetting import ELSEWHERE, TEAM, counts, settle


def test_people_go_at_once_and_counts_stay(database: Database) -> None:
    """So that a new installation within the days finds every number."""
    workspace = settle(database)
    plant(database, workspace, TEAM)
    gone = {"installation", "told", "ingest_seen", "mention_text", "excerpt", "seen_event"}
    before = {k: v for k, v in counts(database, workspace).items() if k.split(".")[0] not in gone}
    leaving.leave(database, workspace, NOW)
    ids = [it for person in PEOPLE for it in (person.user, person.handle, person.customer) if it]
    # Names that others wrote are in no list: they go with the rest of the workspace.
    held = {place for place, word in find_left(database, tuple(ids)) if word == PEOPLE[0].user}
    assert held == set()
    after = {k: v for k, v in counts(database, workspace).items() if k.split(".")[0] not in gone}
    assert after == before
    with database.read() as connection:
        for table, column in (("mention", "author"), ("customer_order", "customer"),
                              ("issue", "customer"), ("survey_answer", "respondent")):  # fmt: skip
            names = connection.execute(select(table_named(table).c[column])).scalars()
            assert all("gone-" in it for it in names), table
    assert leaving.leave(database, workspace, NOW) >= 0  # a second time is no harm


def test_the_history_still_tells_of_which_channel_each_line_is(database: Database) -> None:
    """Only people are nobody's names afterwards; a private goal's line is of one."""
    workspace, mia = settle(database), "U0MIA00000"
    with database.write() as connection:
        for key, channel in (("support.mode", "C0CARE00000"), ("goal 1", mia)):
            note_change(connection, workspace, key, "", "x", mia, NOW, channel=channel)
    leaving.leave(database, workspace, NOW)
    with database.read() as connection:
        lines = {it.key: it for it in history(connection, workspace)}
    assert lines["support.mode"].channel == "C0CARE00000"
    gone = lines["goal 1"]
    assert gone.channel == gone.by == lines["support.mode"].by != mia


def test_the_rest_goes_and_another_workspace_stays_byte_for_byte(
    sqlite_database: Database,
) -> None:
    """No table has a row of it; every row of the other is the same."""
    database = sqlite_database
    workspace = settle(database)
    plant(database, workspace, TEAM)
    with database.write() as connection:
        other = connect_team(connection, "T0OTHER", "Other").id
        for name, row in ELSEWHERE.items():
            values = row | {"workspace": other, "id": 900}
            connection.execute(table_named(name).insert().values(**values))
    rows = others(database, other)
    assert leaving.erase_workspace(database, workspace) > 100
    with database.read() as connection:
        assert rows_left(connection, workspace) == {}
    assert others(database, other) == rows
    assert find_left(database, ("UZELDA0077", "zqwords of mine", "Zelda Quux")) == []


def others(database: Database, workspace: int) -> dict[str, list[str]]:
    """Return every row of a workspace, whatever its table."""
    held = dump(Path(str(database.url.database)))
    found: dict[str, list[str]] = {}
    for name, rows in held.items():
        table = SQLModel.metadata.tables.get(name)
        if table is None or not ("workspace" in table.c or name == "workspace"):
            continue
        place = list(table.c.keys()).index("id" if name == "workspace" else "workspace")
        mine = [repr(row) for row in rows if row[place] == workspace]
        found |= {name: mine} if mine else {}
    return found


def test_what_is_due_is_deleted_and_what_is_not_waits(database: Database) -> None:
    """A stop after the event loses nothing; the days begin when Kepi was removed."""
    workspace = settle(database)
    plant(database, workspace, TEAM)
    with database.write() as connection:
        depart(connection, workspace, NOW, 30)
    assert leaving.erase_due(database, NOW + timedelta(hours=1)) == 0
    assert find_left(database, ("UZELDA0077",)) == []
    with database.read() as connection:
        assert rows_left(connection, workspace)["customer_order"] == 3
    assert leaving.erase_due(database, NOW + timedelta(days=30)) == 1
    with database.read() as connection:
        assert rows_left(connection, workspace) == {}
    assert leaving.erase_due(database, NOW + timedelta(days=60)) == 0


def test_on_postgresql_too(database: Database) -> None:
    workspace = settle(database)
    plant(database, workspace, TEAM)
    leaving.erase_workspace(database, workspace)
    with database.read() as connection:
        assert rows_left(connection, workspace) == {}
