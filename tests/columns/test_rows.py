"""Matches in both databases: found by header, changed by version, removed and brought back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from storage import column_matches
from storage.database import Database
from storage.overtaken import Overtaken
from storage.setting_changes import history
from storage.sources.mapping import Mapping, check_mapping
from storage.tables import Workspace, table_of
from storage.workspaces import only_workspace
from tests.storage import life_column_matches

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
HEADER = ("Ref", "Went out", "Hearts")


def mapping(measure: str = "likes") -> Mapping:
    return check_mapping(
        {
            "file": {"grain": "post", "platform": "instagram", "date_formats": ["%d/%m/%Y"]},
            "columns": {"id": "Ref", "published": "Went out"},
            "measures": {measure: "Hearts"},
        }
    )


def remember(
    database: Database, workspace: int, said: Mapping, version: int, by: str = "U1"
) -> column_matches.MatchRow:
    with database.write() as connection:
        return column_matches.remember(
            connection,
            workspace,
            header=HEADER,
            name="tool.csv",
            mapping=said,
            by=by,
            at=AT,
            version=version,
        )


def test_a_match_is_found_by_its_header_alone(database: Database) -> None:
    """Case, spaces and a byte order mark do not matter; order, names and workspace do."""
    with database.write() as connection:
        here = only_workspace(connection).id
        other = connection.execute(
            insert(table_of(Workspace))
            .values(team_id="T0OTHER", name="Other")
            .returning(table_of(Workspace).c.id)
        ).scalar_one()
    remember(database, here, mapping(), 0)
    drawn = [
        (here, ("Ref", "Went out", "Hearts"), True),
        (here, ("\ufeffref", "went_OUT", " HEARTS "), True),
        (here, ("Went out", "Ref", "Hearts"), False),
        (here, ("Ref", "Went out"), False),
        (here, ("RefWent", "out", "Hearts"), False),
        (other, HEADER, False),
    ]
    with database.read() as connection:
        for workspace, header, is_known in drawn:
            found = column_matches.find_match(connection, workspace, header)
            assert (found.mapping if found else None) == (mapping() if is_known else None), header
        (row,) = column_matches.matches(connection, here)
        assert (row.version, row.by, row.used, row.header) == (1, "U1", None, HEADER)
        assert column_matches.find_row(connection, other, row.id) is None


def test_who_saves_an_older_version_changes_nothing(database: Database) -> None:
    """The second of two is told what stands; the same match twice is no change and no history."""
    with database.write() as connection:
        here = only_workspace(connection).id
    first = remember(database, here, mapping("likes"), 0, "U1")
    assert remember(database, here, mapping("likes"), 0, "U2") == first
    with pytest.raises(Overtaken) as caught:
        remember(database, here, mapping("saves"), 0, "U2")
    assert (caught.value.by, caught.value.at) == (first.by, first.at)
    assert remember(database, here, mapping("saves"), 1, "U2").version == 2
    with pytest.raises(Overtaken):
        remember(database, here, mapping("shares"), 1, "U1")
    with database.read() as connection:
        kept = [(it.key, it.by, it.before, it.after) for it in history(connection, here)]
    likes, saves = (
        f"tool.csv: id = Ref, published = Went out, {it} = Hearts" for it in ("likes", "saves")
    )
    assert kept == [("columns", "U2", likes, saves), ("columns", "U1", "", likes)]


def test_a_removed_match_comes_back_for_a_day(database: Database) -> None:
    """Not over another one of the same header, not of another workspace, and not later."""
    with database.write() as connection:
        here = only_workspace(connection).id
    row = remember(database, here, mapping(), 0)
    with database.write() as connection:
        assert not column_matches.remove(connection, here + 1, row.id, "U1", AT)
        assert column_matches.remove(connection, here, row.id, "U1", AT)
        assert not column_matches.remove(connection, here, row.id, "U1", AT)
        assert column_matches.find_match(connection, here, HEADER) is None
        assert column_matches.matches(connection, here) == []
        assert not column_matches.restore(connection, here + 1, row.id, "U1", AT)
        assert column_matches.restore(connection, here, row.id, "U1", AT)
        assert column_matches.find_match(connection, here, HEADER) == row
        column_matches.remove(connection, here, row.id, "U1", AT)
    other = remember(database, here, mapping("saves"), 0)
    with database.write() as connection:
        assert not column_matches.restore(connection, here, row.id, "U1", AT)
        later = AT + timedelta(days=1, seconds=1)
        column_matches.remove(connection, here, other.id, "U1", later)
        assert not column_matches.restore(connection, here, row.id, "U1", later)
        assert column_matches.restore(connection, here, other.id, "U1", later)


def test_the_life_of_a_match(database: Database) -> None:
    """What tests/storage/test_every_query.py runs, here on both databases."""
    with database.write() as connection:
        here = only_workspace(connection).id
    life_column_matches.live(database, here)
