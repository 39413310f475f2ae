"""Fixtures that every room's tests may ask for."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from storage.database import Database
from tests import databases

# The same examples in every run, however busy the machine is: what a change broke is told from
# what chance found. ``--hypothesis-profile=wide`` looks for more.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("wide", max_examples=2_000, deadline=None)
settings.load_profile("steady")


@pytest.fixture(params=databases.KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A fresh, migrated database; the test runs on SQLite and on PostgreSQL."""
    with databases.fresh(request.param, tmp_path) as fresh:
        yield fresh


@pytest.fixture
def sqlite_database(tmp_path: Path) -> Iterator[Database]:
    """A fresh, migrated SQLite database, for tests of what SQLite alone does."""
    with databases.fresh("sqlite", tmp_path) as fresh:
        yield fresh


@pytest.fixture(params=databases.KINDS)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any schema."""
    with databases.fresh(request.param, tmp_path, migrated=False) as fresh:
        yield fresh


def pytest_sessionfinish() -> None:
    """Stop what the tests started."""
    databases.stop_servers()


@pytest.fixture
def shared() -> Callable[[str], bytes]:
    """Reads a file of the data that the project is checked against."""
    root = Path(__file__).parents[1].parent / "shared" / "data"

    def read_shared(name: str) -> bytes:
        if not (root / name).exists():
            pytest.skip(f"{name} is not beside this project")
        return (root / name).read_bytes()

    return read_shared
