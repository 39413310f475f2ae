"""The database keeps its promises on every connection, and says plainly when it cannot."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from storage import events
from storage.database import Database
from storage.errors import KepiError, SettingsError

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def count(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute(text("SELECT count(*) FROM seen_event")).scalar_one())


def test_every_connection_is_durable(sqlite_database):
    """Acknowledged means stored: synchronous=FULL (2) in WAL mode, on six connections at once."""
    together = Barrier(6)

    def look(engine: Engine) -> tuple[int, str, int]:
        with engine.connect() as connection:
            together.wait(10)
            pragmas = ("synchronous", "journal_mode", "foreign_keys")
            return tuple(connection.exec_driver_sql(f"PRAGMA {it}").scalar_one() for it in pragmas)

    # readers only at first: a second writer would wait for the first one's lock
    with ThreadPoolExecutor(6) as pool:
        held = set(pool.map(look, [sqlite_database._reader] * 6))
    together = Barrier(1)
    assert held | {look(sqlite_database._writer)} == {(2, "wal", 1)}


def test_a_reader_cannot_write(database):
    """What is written inside ``read`` would be lost without a word; it is refused."""
    with database.read() as connection, pytest.raises(DBAPIError):
        connection.execute(text("DELETE FROM seen_event"))


def test_a_reader_sees_one_moment(database):
    """Two statements of one answer agree, whatever is stored between them."""
    with database.read() as reading:
        before = reading.execute(text("SELECT count(*) FROM seen_event")).scalar_one()
        with database.write() as connection:
            events.remember(connection, "T1", "a", "", NOW)
        assert reading.execute(text("SELECT count(*) FROM seen_event")).scalar_one() == before
    assert count(database) == 1


def test_twenty_writers_lose_nothing(database):
    """Writers queue up; each of 200 acknowledged writes is there afterwards."""

    def write(writer: int) -> int:
        for number in range(10):
            with database.write() as connection:
                assert events.remember(connection, "T1", f"{writer}-{number}", "", NOW)
        return 10

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(write, range(20))) == count(database) == 200


def test_a_block_that_raises_stores_nothing(database):
    """All of a transaction or none of it."""

    def fail() -> None:
        with database.write() as connection:
            events.remember(connection, "T1", "a", "", NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert count(database) == 0


def test_a_full_disk_is_said_and_passes(sqlite_database):
    """Writes are refused in plain words, reads go on, and room on the disk is all it needs."""
    with sqlite_database._writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        driver = connection.connection.driver_connection
    driver.execute(f"PRAGMA max_page_count={pages}")
    acknowledged = 0

    def write_on() -> None:
        nonlocal acknowledged
        while acknowledged < 1_000:
            with sqlite_database.write() as connection:
                events.remember(connection, "T1", str(acknowledged), "x" * 5_000, NOW)
            acknowledged += 1

    with pytest.raises(KepiError, match="disk of the database is full"):
        write_on()
    assert count(sqlite_database) == acknowledged
    driver.execute("PRAGMA max_page_count=1000000")
    with sqlite_database.write() as connection:
        assert events.remember(connection, "T1", "after", "", NOW)
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def test_a_locked_file_is_said_in_plain_words(sqlite_database, monkeypatch):
    """After five seconds of waiting the person reads a sentence, not a traceback."""
    with sqlite_database._writer.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA busy_timeout=50")
    other = Database(str(sqlite_database.url))
    with other.write(), pytest.raises(KepiError, match="busy"), sqlite_database.write():
        pass
    other.close()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_connections_that_were_cut_are_replaced(database):
    """A restart of the server costs no write that comes after it."""
    for number in range(10):
        with database.write() as connection:
            assert events.remember(connection, "T1", str(number), "", NOW)
        with database._writer.connect() as connection:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
            connection.execute(text(f"{cut} pg_backend_pid() AND datname = current_database()"))
            mine = connection.connection.driver_connection.info.backend_pid
        with Database(
            str(database.url.render_as_string(hide_password=False))
        )._writer.connect() as it:
            it.execute(text(f"SELECT pg_terminate_backend({mine})"))
    assert count(database) == 10


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://host/name", "Kepi works with"),
        ("no url at all", "cannot be read"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
    ],
)
def test_an_address_that_cannot_work_is_refused_in_one_line(url, words):
    """The start ends with one line that says what would work."""
    with pytest.raises(SettingsError, match=words) as refused:
        Database(url)
    assert "\n" not in str(refused.value)


def test_the_folder_of_the_file_is_made(tmp_path):
    """A first start needs no preparation."""
    database = Database(f"sqlite:///{tmp_path}/var/deep/kepi.db")
    with database.write() as connection:
        connection.execute(text("CREATE TABLE t (x INTEGER)"))
    database.close()
    assert (tmp_path / "var/deep/kepi.db").is_file()
