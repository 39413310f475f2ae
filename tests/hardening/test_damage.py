"""Disks that are full and files that are damaged: nothing is lost silently (rows 18, 19)."""

from __future__ import annotations

import multiprocessing
import random
import resource
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.departing import erase_departed
from bot.looking import Looking
from bot.opening import open_database
from bot.settings import read_settings
from commands.undelivered import OPS_CHANNEL
from kpis.asking import Answers, ask
from storage import nightly
from storage.backup import back_up
from storage.database import Database
from storage.errors import KepiError, SettingsError
from storage.installations import depart, departures
from storage.kept.erased import NoLedger, ledger_of, note_erased
from storage.looks import look_through
from storage.restore import restore
from storage.soundness import last_look, look_file, path_of
from storage.support_notes import choose
from storage.workspaces import connect_team, only_workspace
from tests.drawn import AT, fill

if TYPE_CHECKING:
    from tests.slack.conftest import Enter

DAYS = """
    day        | account | likes | reach
    -----------+---------+-------+------
    2026-11-02 | acme    |     5 |    50
    2026-11-03 | acme    |     6 |    60
"""
HEADER = "Post ID,Account username,Publish time,Post type,Permalink,Views,Reach,Likes,Comments"
KEEP = "INSERT INTO told (workspace, key, at) VALUES (1, ?, 0)"


def start(file: Path) -> None:
    """Open a database as every start and every command does."""
    with open_database(read_settings({"DATABASE_URL": f"sqlite:///{file}"})):
        pass


def integrity(file: Path) -> bool:
    """Say whether SQLite itself finds a file whole, by its full check."""
    try:
        with closing(sqlite3.connect(file)) as plain:
            return plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def test_a_start_refuses_whatever_the_full_check_sees(sqlite_database: Database) -> None:
    """200 times 64 random bytes: each damage that SQLite sees is refused, in one line that helps.

    What it does not see starts; nothing is made anew: the damaged bytes stay as they are.
    """
    live, dice = path_of(sqlite_database), random.Random(19)
    fill(sqlite_database, days=DAYS)
    with sqlite_database.write() as connection:
        for number in range(3_000):
            connection.exec_driver_sql(KEEP, (f"{number:04d}" * 20,))
    good = back_up(sqlite_database, live.with_name("good.db"), AT)
    sqlite_database.close()
    whole = good.file.read_bytes()
    damaged, seen, unseen = live.with_name("damaged.db"), 0, 0
    for _ in range(200):
        place = dice.randrange(len(whole) - 64)
        hurt = whole[:place] + dice.randbytes(64) + whole[place + 64 :]
        for end in ("-wal", "-shm"):
            Path(f"{damaged}{end}").unlink(missing_ok=True)
        damaged.write_bytes(hurt)
        if integrity(damaged):
            unseen += 1
            continue
        seen += 1
        with pytest.raises(SettingsError) as refusal:
            start(damaged)
        said = str(refusal.value)
        assert said.endswith(f"Restore a copy with: python -m bot restore {good.file}")
        assert "\n" not in said
        assert len(said) < 600
        assert damaged.read_bytes() == hurt
    assert min(seen, unseen) >= 40, (seen, unseen)


def hurt_table(live: Path, name: str) -> None:
    """Overwrite the first page of a table in the file itself."""
    with closing(sqlite3.connect(live)) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        found = plain.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,))
        ((page,),) = found.fetchall()
        size = plain.execute("PRAGMA page_size").fetchone()[0]
    with live.open("rb+") as held:
        held.seek((page - 1) * size)
        held.write(b"\xff" * 32)


def test_a_file_too_large_for_a_start_is_looked_through_afterwards(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It starts; the look behind its back finds the damage, and from then on no start opens it.

    Neither is a copy made of it. A whole copy in its place starts at once.
    """
    live = path_of(sqlite_database)
    with sqlite_database.write() as connection:
        for number in range(3_000):
            connection.exec_driver_sql(KEEP, (f"{number:04d}" * 20,))
    good = back_up(sqlite_database, live.with_name("good.db"), AT)
    sqlite_database.close()
    hurt_table(live, "told")
    monkeypatch.setattr("storage.soundness.LARGEST_AT_START", 1_000)
    start(live)
    database = Database(f"sqlite:///{live}")
    found = nightly.make_due_copy(database, AT, fixed="03:30")
    database.close()
    assert found is not None
    assert not found.file.exists()
    assert "is damaged" in found.trouble
    start(live)
    steps: list[tuple[int, int]] = []
    look = look_through(live, AT, told=lambda number, of: steps.append((number, of)))
    assert look is not None
    assert (look.at, look.bytes, bool(look.damage)) == (AT, live.stat().st_size, True)
    assert len(steps) > 20, "a table at a time"
    assert last_look(live) == look
    with pytest.raises(SettingsError, match=f"is damaged .* restore {good.file}"):
        start(live)
    restore(good.file, live, AT)
    assert last_look(live) is None
    start(live)


def test_a_table_at_a_time_sees_what_the_whole_check_sees(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 100 random damages; and one that is told to stop has found nothing."""
    live, dice = path_of(sqlite_database), random.Random(1918)
    with sqlite_database.write() as connection:
        for number in range(3_000):
            connection.exec_driver_sql(KEEP, (f"{number:04d}" * 20,))
    good = back_up(sqlite_database, live.with_name("good.db"), AT)
    with closing(sqlite3.connect(good.file)) as plain:
        plain.execute("VACUUM")  # no page in it holds nothing
    whole, hurt = good.file.read_bytes(), live.with_name("hurt.db")
    monkeypatch.setattr("storage.soundness.LARGEST_AT_START", 1_000)
    seen = 0
    for _ in range(100):
        place = dice.randrange(100, len(whole) - 64)
        hurt.write_bytes(whole[:place] + dice.randbytes(64) + whole[place + 64 :])
        look = look_through(hurt, AT)
        assert look is not None
        assert bool(look.damage) is not integrity(hurt), place
        seen += bool(look.damage)
    assert 10 <= seen <= 90
    stop = threading.Event()
    stop.set()
    look_file(hurt).unlink()
    assert look_through(hurt, AT, stop=stop) is None
    assert last_look(hurt) is None


def test_a_full_database_refuses_writes_reads_on_and_recovers(sqlite_database: Database) -> None:
    """No page more: the write is refused in words, what was stored is there, questions work."""
    workspace = fill(sqlite_database, days=DAYS)
    with sqlite_database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 8}")
    kept = write_until_refused(sqlite_database)
    assert 0 < kept < 2_000
    assert held_keys(path_of(sqlite_database)) == kept
    found = ask("likes", database=sqlite_database, workspace=workspace, now=AT)
    assert isinstance(found, Answers)
    assert integrity(path_of(sqlite_database))
    with sqlite_database.write() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1073741823")
    with sqlite_database.write() as connection:
        connection.exec_driver_sql(KEEP, ("after",))
    assert held_keys(path_of(sqlite_database)) == kept + 1


def write_until_refused(database: Database) -> int:
    """Store keys until there is no room; return how many were acknowledged."""
    for number in range(2_000):
        try:
            with database.write() as connection:
                connection.exec_driver_sql(KEEP, (f"{number:05d}" * 200,))
        except KepiError as fault:
            refusal = str(fault)
            break
    else:
        return 2_000
    assert refusal.startswith("The disk of the database ")
    assert "so nothing was stored. Make room" in refusal
    return number


def held_keys(file: Path) -> int:
    with closing(sqlite3.connect(file)) as plain:
        return int(plain.execute("SELECT count(*) FROM told").fetchone()[0])


def fill_small_disk(file: str, limit: int, told: Callable[[object], None]) -> None:
    """In a process of its own: write to a disk that takes no file larger than ``limit``."""
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    database = Database(f"sqlite:///{file}")
    try:
        kept = write_until_refused(database)
        with database.read() as connection:
            read = only_workspace(connection).id
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        with database.write() as connection:
            connection.exec_driver_sql(KEEP, ("after",))
        told((kept, read))
    except BaseException as fault:
        told(repr(fault))
    finally:
        database.close()


def test_a_file_that_may_not_grow_is_a_full_disk(sqlite_database: Database) -> None:
    """The system itself refuses: acknowledged = stored, and it goes on when there is room."""
    fill(sqlite_database, days=DAYS)
    live = path_of(sqlite_database)
    sqlite_database.close()
    limit = live.stat().st_size + 200_000
    spawned = multiprocessing.get_context("spawn")
    here, there = spawned.Pipe()
    process = spawned.Process(target=fill_small_disk, args=(str(live), limit, there.send))
    process.start()
    assert here.poll(60)
    found = here.recv()
    process.join(20)
    assert isinstance(found, tuple), found
    kept, read = found
    assert read == 1
    assert 0 < kept < 2_000
    assert held_keys(live) == kept + 1
    assert integrity(live)


def no_room(*_: object) -> None:
    raise OSError(28, "No space left on device", "copy.db")


def test_a_copy_that_does_not_fit_leaves_nothing(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No room for it: one line, no half file, and the database is as it was."""
    fill(sqlite_database, days=DAYS)
    live = path_of(sqlite_database)

    monkeypatch.setattr("storage.backup.sync", no_room)
    with pytest.raises(KepiError, match="No space left"):
        back_up(sqlite_database, live.with_name("copy.db"), AT)
    assert [it.name for it in live.parent.iterdir() if "copy" in it.name] == []


async def test_a_full_disk_is_told_to_whoever_asked_and_numbers_go_on(enter: Enter) -> None:
    """In Slack: an import is refused with a private line, an answer comes; with room it works."""
    rows = "".join(
        f"{n},nova,11/02/2026 10:00,IG image,https://instagram.com/p/{n},1,1,1,1\n"
        for n in range(2_000)
    )
    async with enter("socket") as town:
        await town.omar.drop("dm", "posts.csv", f"{HEADER}\n{rows}".encode())
        await town.quiet()
        offered = town.omar.bot_said("dm")[-1]
        database = town.running.context.database
        with database.write() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        limit_to(database, pages + 2)
        await town.omar.press(offered, "file_import")
        await town.omar.await_message("dm", "disk of the database is full, so nothing was stored")
        await town.mia.command("/kpi reach instagram last-30d", "#marketing")
        await town.mia.await_message("#marketing", "last 30 days")
        limit_to(database, 1_073_741_823)
        await town.omar.press(offered, "file_import")
        await town.omar.await_message("dm", "Added 2,000 posts.")
        said = [it.words for it in town.omar.bot_said("dm")]
        assert not any("Something broke" in it for it in said), said


def limit_to(database: Database, pages: int) -> None:
    """Let the file have so many pages, on every connection that writes."""
    from sqlalchemy import event

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    database._writer.dispose()
    event.listen(database._writer, "connect", limit)


def test_shutil_alone_is_the_toy(sqlite_database: Database) -> None:
    """A copy of the main file of a live database has none of the rows: what ``back_up`` is for."""
    live = path_of(sqlite_database)
    with sqlite_database.write() as connection:
        only_workspace(connection)
        connection.exec_driver_sql(KEEP, ("kept",))
    toy = live.with_name("toy.db")
    shutil.copyfile(live, toy)
    copy = back_up(sqlite_database, live.with_name("copy.db"), AT)
    assert (held_keys(toy), held_keys(copy.file)) == (0, 1)


async def test_a_running_bot_looks_through_its_file(enter: Enter) -> None:
    """``/kpi status`` shows what was found; of damage the ops channel hears once a day."""
    async with enter("socket") as town:
        context, looks = town.running.context, Looking()
        await context.write(choose, 1, OPS_CHANNEL, "C0MARKETING", "U0MIA000000", AT)
        await looks.look(context)
        await town.mia.command("/kpi status", "#marketing")
        await town.mia.await_message("#marketing", "Database looked through")
        hurt_table(path_of(context.database), "rate_card")
        for _ in range(2):
            await looks.look(context)
        await town.mia.await_message("#marketing", "The database is damaged", within=20)
        told = [it.words for it in town.mia.bot_said("#marketing") if "is damaged" in it.words]
        assert len(told) == 1
        assert "python -m bot restore" in told[0]
        await town.mia.command("/kpi status", "#marketing")
        await town.mia.await_message("#marketing", "Needs care: the database is damaged")


async def test_a_workspace_that_cannot_be_erased_is_told_of_once(
    enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can tell who was erased, or write it down: nobody is, and the ops channel hears it."""
    async with enter("socket") as town:
        context, shared = town.running.context, town.running.workspaces.shared
        await context.write(choose, 1, OPS_CHANNEL, "C0MARKETING", "U0MIA000000", AT)
        now = context.clock()
        gone = (await context.write(connect_team, "T0GONE", "Gone")).id
        await context.write(depart, gone, now - timedelta(days=2), 1)
        ledger = ledger_of(path_of(context.database))
        ledger.write_text("{")
        for _ in range(2):
            await erase_departed(shared, told=context)
        await town.mia.await_message("#marketing", "due to be erased and was not", within=20)
        told = [it.words for it in town.mia.bot_said("#marketing") if "erased" in it.words]
        assert len(told) == 1
        assert "Move it away to go on without it" in told[0]
        ledger.unlink()
        with monkeypatch.context() as full:
            full.setattr("storage.backup.sync", no_room)
            with pytest.raises(NoLedger, match="cannot be written"):
                note_erased(context.database, "T0GONE", now)
        assert await context.read(departures) != []
        await erase_departed(shared, told=context)
        assert await context.read(departures) == []
