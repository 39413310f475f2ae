"""The demo's own file is made anew each day; nobody else's is touched."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.playground.planting import plant
from storage.database import Database
from storage.errors import SettingsError
from storage.imports import last_imports
from storage.workspaces import only_workspace

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def last_day(url: str) -> str:
    database = Database(url)
    with database.read() as connection:
        workspace = only_workspace(connection).id
        days = [it.last_day for it in last_imports(connection, workspace, 50) if it.last_day]
    database.close()
    return str(max(days))


def test_the_sample_ends_yesterday_whenever_the_demo_starts(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    plant(url, NOW)
    assert last_day(url) == "2026-11-21"
    plant(url, NOW)
    plant(url, NOW + timedelta(days=3))
    assert last_day(url) == "2026-11-24"


def test_a_file_that_the_demo_did_not_make_is_left_alone(tmp_path: Path) -> None:
    """A person's own database named by mistake is refused, not replaced."""
    mine = tmp_path / "kepi.db"
    mine.write_bytes(b"precious")
    with pytest.raises(SettingsError, match="was not made by the playground"):
        plant(f"sqlite:///{mine}", NOW)
    assert mine.read_bytes() == b"precious"


def test_another_database_system_is_refused() -> None:
    with pytest.raises(SettingsError, match="SQLite file of its own"):
        plant("postgresql+psycopg://nobody@localhost/nothing", NOW)
