"""An older copy brings nobody back: neither people who were forgotten nor teams that were erased.

Restored as anybody restores: by ``storage.restore``, with the file that stands there, or what is
left of it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from bot.opening import open_database
from bot.settings import read_settings
from storage import leaving
from storage.backup import Copy, back_up
from storage.database import Database
from storage.errors import KepiError, SettingsError
from storage.forgetting import begin, find_orders
from storage.installations import depart, departures, installation_of, uninstall
from storage.kept.erased import ledger_of
from storage.kept.people import Person
from storage.restore import restore
from storage.scrubbing import scrub
from storage.soundness import path_of
from storage.workspaces import connect_team
from tests.kept.left import rows_left
from tests.kept.planted import CUSTOMER, HANDLE, LEFT, NOW, PEOPLE, USER, plant
from tests.kept.test_coming_back import arrive, come_back, seen
from tests.kept.test_forgetting import TEAM, forget, settle

LATER = NOW + timedelta(days=5)


def words_in(file: Path, words: tuple[str, ...] = LEFT) -> list[str]:
    held = file.read_bytes()
    return [it for it in words if it.encode() in held]


def teams_of(file: Path) -> list[int]:
    """Return how many rows each team of a file has; the file itself is only read."""
    looked_at = file.with_suffix(".looked-at")
    shutil.copyfile(file, looked_at)
    database = Database(f"sqlite:///{looked_at}")
    with database.write() as connection:
        found = [connect_team(connection, it, it).id for it in (TEAM, "TBRAVO")]
        rows = [sum(rows_left(connection, it).values()) for it in found]
    database.close()
    return rows


def copy_and_forget(database: Database, workspace: int, to: Path) -> Copy:
    """Plant people, copy the database, forget them in it and close it; return the copy."""
    plant(database, workspace, TEAM)
    scrub(database)
    copy = back_up(database, to, NOW)
    for person in PEOPLE:
        forget(database, workspace, person)
    database.close()
    return copy


def test_no_moment_exists_in_which_a_bot_could_serve_the_forgotten(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the copy takes its place, not a byte of them is in it; the toy forgets afterwards."""
    database = sqlite_database
    workspace, live = settle(database), path_of(sqlite_database)
    copy = copy_and_forget(database, workspace, live.with_name("copy.db"))
    theirs, placed = (USER, HANDLE, CUSTOMER), []
    replace = os.replace

    def look_and_replace(source: Any, target: Any) -> None:
        if Path(target) == live:
            assert words_in(Path(source), theirs) == []
            assert not Path(f"{source}-wal").exists(), "nothing of it is in a log"
            placed.append(source)
        replace(source, target)

    monkeypatch.setattr(os, "replace", look_and_replace)
    assert words_in(copy.file, theirs) == list(theirs)
    done = restore(copy.file, live, LATER)
    assert len(placed) == 1
    assert done.again.people >= 3
    assert done.is_known
    assert done.is_whole
    assert words_in(live, theirs) == []


@pytest.mark.parametrize("is_damaged", [False, True])
def test_a_team_that_was_erased_does_not_come_back(
    sqlite_database: Database, is_damaged: bool
) -> None:
    """Nor where the database was too damaged to ask: it stands beside it who was erased.

    What a copy has of the team after it came back is of another time, and stays; so does
    everything of the others.
    """
    database = sqlite_database
    workspace, live = settle(database), path_of(sqlite_database)
    plant(database, workspace, TEAM)
    arrive(database, "TBRAVO", "bravo", "brave")
    scrub(database)
    older = back_up(database, live.with_name("older.db"), NOW)
    planted, bravo = teams_of(older.file)
    assert planted > 100
    with database.write() as connection:
        depart(connection, workspace, NOW, 1)
    assert leaving.erase_due(database, LATER) == 1
    come_back(database)
    newer = back_up(database, live.with_name("newer.db"), LATER + timedelta(days=1))
    back = teams_of(newer.file)[0]
    assert 0 < back < 10
    assert TEAM.encode() not in ledger_of(live).read_bytes()
    assert ledger_of(live).stat().st_mode & 0o777 == 0o600
    database.close()
    if is_damaged:
        live.write_bytes(b"no database" * 400)
    done = restore(older.file, live, LATER + timedelta(days=2))
    assert (done.again.teams, done.is_known) == (1, not is_damaged)
    assert [it for it in words_in(live) if it in words_in(older.file)] == []
    assert teams_of(live) == [1, bravo], "its new row alone, made just now to count"
    restore(newer.file, live, LATER + timedelta(days=2))
    assert teams_of(live) == [back, bravo]


def test_a_ledger_that_cannot_be_read_is_no_ledger_that_is_empty(
    sqlite_database: Database,
) -> None:
    """Nothing is restored then; the line names the file."""
    live = path_of(sqlite_database)
    copy = back_up(sqlite_database, live.with_name("copy.db"), NOW)
    sqlite_database.close()
    before = live.read_bytes()
    naive = '[{"at": "2026-11-22T09:00:00", "salt": "a", "hash": "b"}]'
    for words in ("{", "[1]", '{"at": 1}', naive, naive.replace('"a"', "1"), "[" * 9_999):
        ledger_of(live).write_text(words)
        with pytest.raises(KepiError, match=r"\.erased cannot be read"):
            restore(copy.file, live, NOW)
    assert live.read_bytes() == before


def test_a_restoring_that_was_killed_half_way_is_never_begun_anew(
    sqlite_database: Database,
) -> None:
    """Killed when the file was aside and no copy in its place: no start makes an empty one.

    Restored again, it knows from what stands aside who was forgotten since.
    """
    database = sqlite_database
    workspace, live = settle(database), path_of(sqlite_database)
    copy = copy_and_forget(database, workspace, live.with_name("elsewhere.db"))
    process = get_context("spawn").Process(target=die_half_way, args=(copy.file, live))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    (aside,) = live.parent.glob("*.before-*.db")
    settings = read_settings({"DATABASE_URL": f"sqlite:///{live}"})
    refusal = f"cut off moved it to {aside}. Run that restore again, or move it back."
    with pytest.raises(SettingsError, match=re.escape(refusal)), open_database(settings):
        pass
    assert not live.exists()
    done = restore(copy.file, live, LATER + timedelta(days=1))
    assert done.again.people >= 3
    assert words_in(live, (USER, HANDLE, CUSTOMER)) == []
    with open_database(settings):
        assert not aside.exists(), "what stood there is aside under the name that was told"
    live.unlink()
    with pytest.raises(SettingsError, match="there are copies of it"), open_database(settings):
        pass


def die_half_way(copy: Path, live: Path) -> None:
    """In a process of its own: be killed right before the copy takes its place."""
    replace = os.replace

    def replace_or_die(source: Any, target: Any) -> None:
        if Path(target) == live:
            os.kill(os.getpid(), signal.SIGKILL)
        replace(source, target)

    pytest.MonkeyPatch().setattr(os, "replace", replace_or_die)
    restore(copy, live, LATER)


def test_a_team_that_left_leaves_again_and_whoever_was_being_forgotten_is(
    sqlite_database: Database,
) -> None:
    """The days go on as they began, and the old token is gone; also under another number."""
    database = sqlite_database
    workspace, live = settle(database), path_of(sqlite_database)
    plant(database, workspace, TEAM)
    other = arrive(database, "TBRAVO", "bravo")
    copy = back_up(database, live.with_name("copy.db"), NOW)
    with database.write() as connection:
        uninstall(connection, workspace)
        depart(connection, workspace, NOW, 30)
        begin(connection, other, Person(user="UOMAR"), "", NOW)
    with database.read() as connection:
        known = departures(connection)
    database.close()
    assert restore(copy.file, live, LATER).again.people == 1
    restored = Database(f"sqlite:///{live}")
    with restored.read() as connection:
        assert departures(connection) == known
        assert installation_of(connection, TEAM) is None
        assert find_orders(connection, other) == []
    assert leaving.erase_due(restored, NOW + timedelta(days=30)) == 1
    with restored.read() as connection:
        assert rows_left(connection, workspace) == {}
    assert seen(restored, other) == ["bravo"]
    restored.close()
