"""Copies of a database: taken while it is written to, verified, restored (rows 20, 21)."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.copies import copy_if_due
from bot.opening import open_database
from bot.settings import read_settings
from bot.verbs import backup as verbs
from commands.undelivered import OPS_CHANNEL
from kpis.asking import Answers, ask
from storage import backup_runs, nightly
from storage.backup import back_up, verify
from storage.backup_manifest import copies_of, manifest_of
from storage.database import Database
from storage.errors import KepiError, SettingsError
from storage.restore import restore
from storage.schema import migrate, step_back
from storage.settings import change
from storage.soundness import path_of
from storage.support_notes import choose
from storage.workspaces import change_setting, only_workspace
from tests import databases
from tests.drawn import fill

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.slack.conftest import Enter

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
QUESTIONS = ("reach instagram last 30 days", "likes last 30 days", "followers", "reach by platform")
DAYS = """
    day        | account | likes | followers | reach | impressions
    -----------+---------+-------+-----------+-------+------------
    {day} | acme    | {likes} | {followers} | {reach} | 900
"""


def answers(database: Database, workspace: int, now: datetime) -> list[str]:
    """Return what the KPIs are, in words: asked as anybody asks."""
    found = []
    for words in QUESTIONS:
        reply = ask(words, database=database, workspace=workspace, now=now)
        assert isinstance(reply, Answers)
        found.append(str([(it.main.value, it.main.previous) for it in reply.answers]))
    return found


def count_by_hand(file: Path) -> dict[str, int]:
    """Return the rows of each table, by SQLite alone."""
    with closing(sqlite3.connect(file)) as plain:
        named = plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: plain.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in named
            if not name.startswith("sqlite_")
        }


@contextmanager
def opened(file: Path) -> Iterator[Database]:
    """Open a file as a start does, with every check."""
    with open_database(read_settings({"DATABASE_URL": f"sqlite:///{file}"})) as database:
        yield database


def test_each_of_seven_nights_comes_back_as_it_was(sqlite_database: Database) -> None:
    """Seven nights with writes between, each restored: rows and KPIs are those of that night.

    What was noted is counted by SQLite and asked of the engine before the copy, not by the copy's
    own manifest. A night's copies are made once, whoever asks how often, and seven are kept.
    """
    live, dice = path_of(sqlite_database), random.Random(7)
    with sqlite_database.write() as connection:
        workspace = only_workspace(connection).id
        change_setting(connection, workspace, "zone", "Europe/Helsinki")
        change(connection, workspace, "backup", "03:30", "U1", NOW)
    noted: dict[Path, tuple[dict[str, int], list[str], datetime]] = {}
    for number in range(9):
        night = datetime(2026, 11, 10 + number, 1, 31, tzinfo=UTC)  # 03:31 in Helsinki
        day = f"{night - timedelta(days=1):%Y-%m-%d}"
        figures = {name: dice.randrange(10, 9_000) for name in ("likes", "followers", "reach")}
        fill(sqlite_database, days=DAYS.format(day=day, **figures))
        rows = count_by_hand(live)
        told = answers(sqlite_database, workspace, night)
        early = night - timedelta(minutes=2)
        assert not number or nightly.make_due_copy(sqlite_database, early) is None
        done = nightly.make_due_copy(sqlite_database, night)
        assert done is not None
        assert not done.trouble
        assert nightly.make_due_copy(sqlite_database, night + timedelta(hours=20)) is None
        rows["backup_run"] += 1
        noted[done.file] = rows, told, night
    made = sorted((live.parent / "backups").glob("*.db"))
    assert made == sorted(noted)[-7:], "the newest seven are kept, each with its manifest"
    described = sorted(it.name for it in live.parent.glob("backups/*.json"))
    assert described == [f"{it.name}.json" for it in made]
    sqlite_database.close()
    for file in made:
        rows, told, night = noted[file]
        done_so = restore(file, live, NOW)
        assert done_so.aside is not None
        assert done_so.is_whole
        assert count_by_hand(live) == rows
        with opened(live) as database:
            assert answers(database, workspace, night) == told


def test_nights_and_their_hours(sqlite_database: Database) -> None:
    """Off by itself; the first workspace's hour in its zone, the environment before it."""
    assert nightly.make_due_copy(sqlite_database, NOW) is None
    with sqlite_database.write() as connection:
        workspace = only_workspace(connection).id
    assert nightly.make_due_copy(sqlite_database, NOW) is None, "off, unless somebody chooses it"
    folder = path_of(sqlite_database).parent / "elsewhere"
    made = nightly.make_due_copy(sqlite_database, NOW, folder=folder, fixed="17:59")
    assert made is not None
    assert made.file.parent == folder
    assert nightly.make_due_copy(sqlite_database, NOW, folder=folder, fixed="17:59") is None
    with sqlite_database.write() as connection:
        change(connection, workspace, "backup", "18:30", "U1", NOW)
    late = NOW + timedelta(hours=10)
    assert nightly.make_due_copy(sqlite_database, late, fixed="off") is None
    assert nightly.make_due_copy(sqlite_database, late) is not None, "late, after a stop over it"
    with sqlite_database.read() as connection:
        for words in ("25:00", "soon", "3", ""):
            with pytest.raises(KepiError, match="03:30"):
                change(connection, workspace, "backup", words, "U1", NOW)


def test_a_night_that_fails_is_written_down_and_tried_again(sqlite_database: Database) -> None:
    """A folder that cannot be made: said once an hour, not each minute; it heals by itself."""
    place = path_of(sqlite_database).parent / "backups"
    place.write_text("a file where the folder should be")
    found = nightly.make_due_copy(sqlite_database, NOW, fixed="03:30")
    assert found is not None
    assert "cannot be used" in found.trouble
    with sqlite_database.read() as connection:
        (run,) = backup_runs.runs_since(connection, NOW)
        assert run.trouble == found.trouble
        assert backup_runs.last_copy(connection) is None
    soon, later = NOW + timedelta(minutes=30), NOW + timedelta(minutes=61)
    assert nightly.make_due_copy(sqlite_database, soon, fixed="03:30") is None
    place.unlink()
    assert nightly.make_due_copy(sqlite_database, later, fixed="03:30") is not None
    with sqlite_database.read() as connection:
        run = backup_runs.last_copy(connection)
        assert run is not None
        assert run.at == later


def test_a_copy_of_a_live_database_is_one_moment_of_it(sqlite_database: Database) -> None:
    """Under 50 and more writes a second each copy holds all that was acknowledged before it began.

    The toy that copies the main file alone has none of these rows: they are in the log.
    """
    file, stored, stop = path_of(sqlite_database), [0], threading.Event()
    with sqlite_database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE tick (n INTEGER PRIMARY KEY, half INTEGER)")

    def keep_writing() -> None:
        while not stop.wait(0.005):
            with sqlite_database.write() as connection:
                number = stored[0] + 1
                connection.exec_driver_sql("INSERT INTO tick VALUES (?, 0)", (number,))
                connection.exec_driver_sql("UPDATE tick SET half = 1 WHERE n = ?", (number,))
            stored[0] = number

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        for number in range(8):
            time.sleep(0.1)
            before = stored[0]
            copy = back_up(sqlite_database, file.with_name(f"copy-{number}.db"), NOW)
            with closing(sqlite3.connect(copy.file)) as plain:
                held = plain.execute("SELECT count(*), max(n), min(half) FROM tick").fetchone()
            assert held[0] == held[1] >= before, "all that was acknowledged, without a hole"
            assert held[2] == 1, "no half of a transaction"
    finally:
        stop.set()
        writer.join()
    assert stored[0] >= 50


def test_copies_are_their_owners_alone_and_never_overwrite(sqlite_database: Database) -> None:
    """Mode 0600 whatever the umask; a name that is taken is refused; no half file stays behind."""
    folder = path_of(sqlite_database).parent
    copy = back_up(sqlite_database, folder / "it's 100 % ålaga?.db", NOW)
    for file in (copy.file, manifest_of(copy.file)):
        assert file.stat().st_mode & 0o777 == 0o600
    assert verify(copy.file) == copy
    for taken in (copy.file, path_of(sqlite_database)):
        kept = taken.read_bytes()
        with pytest.raises(KepiError, match="there already"):
            back_up(sqlite_database, taken, NOW)
        assert taken.read_bytes() == kept
    with pytest.raises(KepiError, match="cannot be used"):
        back_up(sqlite_database, folder / ("x" * 300), NOW)
    assert not list(folder.glob(".*part*"))


def test_damaged_copies_are_refused_with_the_command_that_works(sqlite_database: Database) -> None:
    """Random bytes, cut short, grown, of another checksum, without a manifest, no JSON, swapped."""
    live, dice = path_of(sqlite_database), random.Random(20)
    fill(sqlite_database, days=DAYS.format(day="2026-11-02", likes=1, followers=2, reach=3))
    good = back_up(sqlite_database, live.with_name("good.db"), NOW)
    sqlite_database.close()
    whole, before = good.file.read_bytes(), live.read_bytes()
    noted = json.loads(manifest_of(good.file).read_text())
    cases: list[tuple[bytes, str | None]] = []
    for _ in range(100):
        place = dice.randrange(len(whole) - 64)
        cases.append((whole[:place] + dice.randbytes(64) + whole[place + 64 :], json.dumps(noted)))
    cut = dice.randrange(len(whole))
    cases += [(whole[:cut], json.dumps(noted)), (whole + b"x", json.dumps(noted))]
    cases += [(b"", json.dumps(noted)), (whole, None), (whole, "{"), (whole, "[]"), (whole, "{}")]
    cases.append((whole, json.dumps(noted | {"sha256": "0" * 64})))
    fewer = {**noted, "rows": {**noted["rows"], "fact": noted["rows"]["fact"] - 1}}
    cases.append((whole, json.dumps(fewer)))
    other = {**noted, "totals": {it: [1, 1] for it in noted["totals"]}}
    cases.append((whole, json.dumps(other)))
    bad = live.with_name("bad.db")
    for data, manifest in cases:
        bad.write_bytes(data)
        manifest_of(bad).unlink(missing_ok=True)
        if manifest is not None:
            manifest_of(bad).write_text(manifest)
        with pytest.raises(KepiError) as refusal:
            restore(bad, live, NOW)
        assert str(refusal.value).endswith(f"python -m bot restore {good.file}")
        assert "\n" not in str(refusal.value)
    assert live.read_bytes() == before, "nothing was touched"
    assert restore(good.file, live, NOW).aside is not None


def test_a_checksum_is_the_files_own(sqlite_database: Database) -> None:
    """As ``sha256sum`` says it, so that anybody can check a copy without Kepi."""
    copy = back_up(sqlite_database, path_of(sqlite_database).with_name("a.db"), NOW)
    assert copy.checksum == hashlib.sha256(copy.file.read_bytes()).hexdigest()
    assert json.loads(manifest_of(copy.file).read_text())["sha256"] == copy.checksum


def test_restoring_waits_for_nobody_who_uses_the_database(sqlite_database: Database) -> None:
    """While another process has it open it is refused, damaged or not; afterwards it works."""
    live = path_of(sqlite_database)
    copy = back_up(sqlite_database, live.with_name("copy.db"), NOW)
    sqlite_database.close()
    holding = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
    holding += "c.execute('SELECT count(*) FROM fact').fetchone(); print('open', flush=True); "
    holding += "sys.stdin.read()"
    for damaged in (False, True):
        with sqlite3.connect(live) as plain:
            plain.execute("PRAGMA journal_mode=WAL")
        plain.close()
        process = subprocess.Popen(
            [sys.executable, "-c", holding, str(live)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()
        if damaged:
            with live.open("rb+") as held:
                held.write(b"no database any more")
        before = live.read_bytes()
        with pytest.raises(KepiError, match=r"open\. Stop it"):
            restore(copy.file, live, NOW)
        assert live.read_bytes() == before
        process.stdin.close()
        process.wait(10)
        process.stdout.close()
        assert restore(copy.file, live, NOW).is_whole is not damaged


def test_a_log_that_was_left_is_not_played_into_the_copy(sqlite_database: Database) -> None:
    """After a crash the old log lies beside the file: it goes aside with it."""
    live = path_of(sqlite_database)
    copy = back_up(sqlite_database, live.with_name("copy.db"), NOW)
    with sqlite_database.write() as connection:
        only_workspace(connection)
    crashed = live.with_name("crashed.db")
    for end in ("", "-wal"):
        shutil.copyfile(f"{live}{end}", f"{crashed}{end}")
    assert Path(f"{crashed}-wal").stat().st_size
    done = restore(copy.file, crashed, NOW)
    assert not Path(f"{crashed}-wal").exists()
    assert count_by_hand(crashed)["workspace"] == 0
    assert done.aside is not None
    assert count_by_hand(done.aside)["workspace"] == 1


def test_schemas_older_and_newer(sqlite_database: Database, tmp_path: Path) -> None:
    """An older copy is brought up to date on its way; one of a newer Kepi is refused."""
    live = path_of(sqlite_database)
    with databases.fresh("sqlite", tmp_path) as old:
        step_back(old, "0002")
        copy = back_up(old, tmp_path / "old.db", NOW)
    assert copy.schema == "0002"
    sqlite_database.close()
    assert restore(copy.file, live, NOW).older == "0002"
    with opened(live) as database:
        assert count_by_hand(live)["setting_change"] == 0
        with database.write() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9001'")
        newer = back_up(database, tmp_path / "newer.db", NOW)
    with pytest.raises(KepiError, match="newer Kepi"):
        restore(newer.file, live, NOW)


def test_a_database_that_is_gone_is_not_made_anew_beside_its_copies(tmp_path: Path) -> None:
    """Row 19, *never a silent rebuild*: gone or empty, with copies of it there, is refused."""
    live = tmp_path / "kepi.db"
    with opened(live) as database:
        nightly.make_due_copy(database, NOW, fixed="03:30")
    (copy,) = copies_of(live)
    for empty in (False, True):
        for end in ("", "-wal", "-shm"):
            Path(f"{live}{end}").unlink(missing_ok=True)
        if empty:
            live.touch()
        with pytest.raises(SettingsError, match=f"bot restore {copy}"), opened(live):
            pass
        assert not live.exists() or not live.stat().st_size
    restore(copy, live, NOW)
    with opened(live):
        pass
    with opened(tmp_path / "another.db"):
        pass


def test_postgresql_is_told_its_own_tools(empty_database: Database) -> None:
    if empty_database.sqlite:
        migrate(empty_database)
        assert nightly.make_due_copy(empty_database, NOW, fixed="18:00") is not None
        return
    assert nightly.make_due_copy(empty_database, NOW, fixed="18:00") is None
    with pytest.raises(KepiError, match="pg_dump --format=custom") as refusal:
        back_up(empty_database, Path("x.dump"), NOW)
    password = empty_database.url.password
    assert not password or str(password) not in str(refusal.value)


def test_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``backup``, ``backup --verify``, ``restore`` and its undoing, as somebody types them."""
    live, copy = tmp_path / "kepi.db", tmp_path / "copy.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{live}")
    monkeypatch.setenv("KEPI_CLOCK", NOW.isoformat())
    with pytest.raises(KepiError, match="nothing to copy"):
        verbs.copy(copy)
    with opened(live) as database, database.write() as connection:
        only_workspace(connection)
    assert verbs.copy(copy) == verbs.check(copy) == 0
    with opened(live) as database, database.read() as connection:
        run = backup_runs.last_copy(connection)
        assert run is not None
        assert run.file == str(copy)
    with opened(live) as database, database.write() as connection:
        change_setting(connection, 1, "currency", "SEK")
    with pytest.raises(KepiError, match="--yes"):
        verbs.put_back(copy, agreed=False)
    assert verbs.put_back(copy, agreed=True) == 0
    said = capsys.readouterr().out
    undo = Path(said.partition("To undo: python -m bot restore ")[2].split("\n")[0])
    with opened(live) as database, database.read() as connection:
        assert only_workspace(connection).currency == "EUR"
    assert verbs.put_back(undo, agreed=True) == 0
    with opened(live) as database, database.read() as connection:
        assert only_workspace(connection).currency == "SEK"


async def test_a_running_bot_copies_at_night_and_tells_once_of_a_failure(enter: Enter) -> None:
    """The ops channel hears why, once a day; ``/kpi status`` shows it, and later the copy."""
    async with enter("socket") as town:
        context = town.running.context
        await context.write(choose, 1, OPS_CHANNEL, "C0MARKETING", "U0MIA000000", NOW)
        file = path_of(context.database)
        blocked = file.parent / "blocked"
        blocked.write_text("no folder")
        for _ in range(3):
            await copy_if_due(context, folder=blocked, fixed="17:00")
        line = "The nightly copy of the database was not made."
        await town.mia.await_message("#marketing", line, within=20)
        told = [it.words for it in town.mia.bot_said("#marketing") if line in it.words]
        assert len(told) == 1
        assert "cannot be used" in told[0]
        await town.mia.command("/kpi status", "#marketing")
        await town.mia.await_message("#marketing", "the database was not copied")
        # an hour later it is tried again, and works
        await context.write(make_older)
        await copy_if_due(context, fixed="17:00")
        (copy,) = copies_of(file)
        assert verify(copy).row_count > 10_000
        await town.mia.command("/kpi status", "#marketing")
        await town.mia.await_message("#marketing", "Database copied and checked")


def make_older(connection: Connection) -> None:
    """Let the tries be of two hours ago."""
    connection.exec_driver_sql("UPDATE backup_run SET at = at - 7200000000")
