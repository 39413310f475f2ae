"""The schema: made by migrations alone, equal to the classes, never between two versions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import BigInteger, Table, event, inspect, text
from sqlmodel import SQLModel

import storage.house_tables
import storage.issue_tables
import storage.outgoing_tables
import storage.record_tables
import storage.tables
from storage.database import Database
from storage.errors import SettingsError
from storage.schema import HEAD, configure, is_current, migrate, require_current, step_back


class Killed(BaseException):
    """A process that dies."""


def shape(database: Database) -> dict[str, Any]:
    """Return every table as the database itself describes it."""
    with database.read() as connection:
        seen = inspect(connection)
        return {
            table: (
                [(it["name"], str(it["type"]), it["nullable"]) for it in seen.get_columns(table)],
                seen.get_pk_constraint(table)["constrained_columns"],
                sorted((it["name"] or "", *it["column_names"]) for it in seen.get_indexes(table)),
                sorted(str(it["column_names"]) for it in seen.get_unique_constraints(table)),
                sorted(str(it["constrained_columns"]) for it in seen.get_foreign_keys(table)),
            )
            for table in seen.get_table_names()
        }


def tables_of(module: Any) -> list[Table]:
    """Return the tables of the classes that are declared in a module."""
    return [
        SQLModel.metadata.tables[it.__tablename__]
        for it in vars(module).values()
        if isinstance(it, type) and issubclass(it, SQLModel) and it.__module__ == module.__name__
    ]


def test_the_migrated_schema_is_the_one_of_the_classes(database):
    """Alembic finds no difference between the migrations and the SQLModel metadata."""
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_keys_cluster_and_large_numbers_fit(database):
    """Natural keys are WITHOUT ROWID on SQLite; values, sums and marks are 64 bits wide."""
    with database.read() as connection:
        columns = {it["name"]: it["type"] for it in inspect(connection).get_columns("rollup")}
        assert isinstance(columns["total"], BigInteger)
        assert isinstance(columns["who"], BigInteger)
        if database.sqlite:
            made = dict(connection.exec_driver_sql("SELECT name, sql FROM sqlite_master").all())
            clustered = {
                table.name
                for table in SQLModel.metadata.tables.values()
                if table.dialect_options["sqlite"]["with_rowid"] is False
            }
            assert clustered >= {"fact", "rollup", "window_fact", "revision", "calendar"}
            assert clustered >= {"wait", "spell", "target"}
            assert all(made[table].rstrip().endswith("WITHOUT ROWID") for table in clustered)


def test_up_down_and_up_again_is_the_same_schema(database):
    """Nothing is left behind by a step back, and nothing is missing after coming again."""
    first = shape(database)
    step_back(database, "base")
    assert set(shape(database)) <= {"alembic_version"}
    migrate(database)
    assert shape(database) == first


NEWER = {
    "0001": (
        storage.issue_tables,
        storage.outgoing_tables,
        storage.record_tables,
        storage.house_tables,
    ),
    "0002": (storage.outgoing_tables, storage.record_tables, storage.house_tables),
    "0003": (storage.record_tables, storage.house_tables),
    "0004": (storage.house_tables,),
}


@pytest.mark.parametrize("revision", NEWER)
def test_a_step_back_takes_its_own_tables_alone(database, revision):
    """An older program finds the schema it knows, and the newer one comes back whole."""
    first = shape(database)
    own = {table.name for module in NEWER[revision] for table in tables_of(module)}
    assert len(own) >= 9
    step_back(database, revision)
    assert shape(database) == {name: it for name, it in first.items() if name not in own}
    assert not is_current(database)
    migrate(database)
    assert shape(database) == first


@contextmanager
def dying_at(database: Database, step: int) -> Iterator[list[str]]:
    """Let the process die at the ``step``-th statement that makes something; give those sent."""
    sent: list[str] = []

    @event.listens_for(database._writer, "before_cursor_execute")
    def die(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().startswith(("CREATE", "INSERT")):
            sent.append(statement)
            if len(sent) == step:
                raise Killed

    try:
        yield sent
    except Killed:
        pass
    else:
        assert len(sent) < step, "the migration outlived its interruption"
    finally:
        event.remove(database._writer, "before_cursor_execute", die)


@pytest.mark.parametrize("step", range(1, 68, 4))
def test_an_interrupted_migration_leaves_the_old_schema(empty_database, step):
    """A migration that dies at any statement leaves no table behind, and can be run again."""
    with dying_at(empty_database, step) as sent:
        migrate(empty_database)
    assert len(sent) == step, "this step comes after the last statement"
    assert shape(empty_database) == {}
    migrate(empty_database)
    assert is_current(empty_database)


@pytest.mark.parametrize("step", range(1, 40, 5))
def test_an_interrupted_upgrade_leaves_the_version_before(empty_database, step):
    """A database in use keeps the schema and the rows it had, and can be brought up again."""
    migrate(empty_database, "0001")
    first = shape(empty_database)
    with dying_at(empty_database, step) as sent:
        migrate(empty_database)
    assert len(sent) == step, "this step comes after the last statement"
    assert shape(empty_database) == first
    with empty_database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM definition_epoch")).scalar_one() > 0
    migrate(empty_database)
    assert is_current(empty_database)


def test_an_old_postgresql_schema_is_refused_and_sqlite_catches_up(empty_database):
    """Several programs may share a PostgreSQL database, so only ``migrate`` changes it."""
    if empty_database.sqlite:
        require_current(empty_database)
        assert is_current(empty_database)
    else:
        with pytest.raises(SettingsError, match="python -m bot migrate"):
            require_current(empty_database)
        assert shape(empty_database) == {}


def test_the_known_revision_is_the_newest_one(sqlite_database):
    """``HEAD`` is written out, so that a start need not load Alembic; it must stay true."""
    with sqlite_database.write() as connection:
        scripts = ScriptDirectory.from_config(configure(connection))
    assert scripts.get_current_head() == HEAD


def test_known_breaks_of_definition_come_with_the_schema(database):
    """kpi-catalogue §1: impressions became views, on Instagram on 2025-04-21."""
    with database.read() as connection:
        found = connection.execute(
            text(
                "SELECT day, workspace FROM definition_epoch WHERE platform = 'instagram'"
                " AND measure = 'impressions'"
            )
        ).all()
    assert found == [((storage.tables.day_number(storage.tables.date(2025, 4, 21))), None)]


def test_migrations_are_part_of_the_package():
    """They are read from beside the code, wherever it is installed."""
    folder = Path(storage.__file__).parent / "migrations"
    assert (folder / "env.py").is_file()
    found = [it.name[:4] for it in sorted((folder / "versions").glob("0*.py"))]
    assert found == ["0001", "0002", "0003", "0004", HEAD]
