"""``doctor`` says what is granted, part by part, and what stops without it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.doctor import (
    check_backups,
    check_commands,
    check_database,
    check_keys,
    check_scopes,
    check_slack,
)
from bot.manifest import ISSUE_SCOPES, OPTIONAL, SCOPES
from bot.settings import Settings, read_settings
from commands.support.granted import NUMBERS_WITHOUT, WITHOUT, what_stops
from storage.backup import back_up
from storage.backup_runs import begin, fail
from storage.database import Database
from storage.errors import SettingsError
from storage.installations import Seal, install, make_key
from storage.schema import migrate

EVERY = {*SCOPES, *ISSUE_SCOPES}


def test_each_optional_permission_has_what_stops_without_it() -> None:
    assert set(NUMBERS_WITHOUT) == OPTIONAL
    assert set(WITHOUT) == set(ISSUE_SCOPES)


def test_both_parts_are_told_apart() -> None:
    numbers, issues = check_scopes(EVERY)
    assert (numbers.is_good, issues.is_good) == (True, True)
    assert "all 11 permissions granted" in numbers.words
    for scope in {*OPTIONAL, *ISSUE_SCOPES}:
        found = check_scopes(EVERY - {scope})
        assert all(it.is_good for it in found), "it runs without"
        told = [it for it in found if scope in it.words]
        assert [it.about for it in told] == ["issues" if scope in ISSUE_SCOPES else "numbers"]
        assert what_stops(scope) in told[0].words
    for scope in set(SCOPES) - OPTIONAL:
        numbers, issues = check_scopes(EVERY - {scope})
        assert (numbers.is_good, issues.is_good) == (False, True)
        assert f"add these scopes and reinstall: {scope}" in numbers.words


def settings(folder: Path, **more: str) -> Settings:
    return read_settings({"DATABASE_URL": f"sqlite:///{folder / 'kepi.db'}", **more})


def test_looking_at_a_mistyped_path_makes_no_file(tmp_path: Path) -> None:
    """The path is named, so that the mistake is seen; no file and no folder come of it."""
    there = settings(tmp_path / "vra")
    found = check_database(there)
    assert found.is_good
    assert f"no file {tmp_path / 'vra' / 'kepi.db'} yet" in found.words
    assert check_backups(there).is_good
    assert check_keys(settings(tmp_path / "vra", KEPI_SECRET_KEYS=make_key())).is_good
    assert list(tmp_path.iterdir()) == []


def test_keys_open_every_installation_or_need_care(tmp_path: Path) -> None:
    key, other = make_key(), make_key()
    assert check_keys(settings(tmp_path)).is_good
    with pytest.raises(SettingsError):
        check_keys(settings(tmp_path, KEPI_SECRET_KEYS="abc"))
    database = Database(f"sqlite:///{tmp_path / 'kepi.db'}")
    migrate(database)
    now = datetime(2026, 11, 22, tzinfo=UTC)
    with database.write() as connection:
        sealed = Seal([key]).close({"token": "xoxb-1"})
        install(connection, team="T1", name="Acme", sealed=sealed, by="U1", at=now, expires=None)
    found = check_keys(settings(tmp_path, KEPI_SECRET_KEYS=f"{other},{key}"))
    assert found.is_good
    assert "1 installation can be opened" in found.words
    with pytest.raises(SettingsError, match="older key"):
        check_keys(settings(tmp_path, KEPI_SECRET_KEYS=other))
    database.close()


def test_a_damaged_file_needs_care_and_the_copy_to_restore_is_named(tmp_path: Path) -> None:
    file, copy = tmp_path / "kepi.db", tmp_path / "copy.db"
    database = Database(f"sqlite:///{file}")
    migrate(database)
    back_up(database, copy, datetime(2026, 11, 22, tzinfo=UTC))
    database.close()
    assert check_database(settings(tmp_path)).is_good
    held = bytearray(file.read_bytes())
    held[4096 : 20 * 4096] = b"\x55" * (19 * 4096)
    file.write_bytes(held)
    with pytest.raises(SettingsError, match=f"restore {copy}"):
        check_database(settings(tmp_path))


def test_each_workspace_that_installed_tells_what_it_granted(tmp_path: Path) -> None:
    """What was left out is named, with what stops; who granted everything is counted."""
    key = make_key()
    many = {"SLACK_CLIENT_ID": "1.2", "KEPI_SECRET_KEYS": key}
    (none_yet,) = check_slack(settings(tmp_path, **many))
    assert none_yet.words == "0 workspaces have their own token"
    database = Database(f"sqlite:///{tmp_path / 'kepi.db'}")
    migrate(database)
    now = datetime(2026, 11, 22, tzinfo=UTC)
    lacking = {"T2": "channels:history", "T3": "chat:write"}
    for team in ("T1", "T2", "T3"):
        granted = sorted(EVERY - {lacking.get(team)})
        sealed = Seal([key]).close({"bot_token": "xoxb-1", "bot_scopes": granted})
        with database.write() as connection:
            install(connection, team=team, name="", sealed=sealed, by="U1", at=now, expires=None)
    database.close()
    count, *told = check_slack(settings(tmp_path, **many))
    assert count.words == "3 workspaces have their own token"
    assert [(it.about, it.is_good, it.words[:3]) for it in told] == [
        ("numbers", True, "T2:"),
        ("issues", True, "T2:"),
        ("numbers", False, "T3:"),
        ("issues", True, "T3:"),
    ]
    assert what_stops("channels:history") in told[1].words
    assert "reinstall: chat:write" in told[2].words


def test_the_age_of_the_newest_copy_and_a_later_trouble(tmp_path: Path) -> None:
    assert check_backups(settings(tmp_path)).is_good, "a new database has none yet"
    database = Database(f"sqlite:///{tmp_path / 'kepi.db'}")
    migrate(database)
    now = datetime.now(UTC)
    assert "no copy was ever made" in check_backups(settings(tmp_path)).words
    with database.write() as connection:
        begin(connection, "one.db", now - timedelta(days=3))
        connection.execute(text("UPDATE backup_run SET trouble = ''"))
    assert "3 days old" in check_backups(settings(tmp_path)).words
    with database.write() as connection:
        fail(connection, begin(connection, "two.db", now), "the disk is full")
    found = check_backups(settings(tmp_path))
    assert not found.is_good
    assert "the disk is full" in found.words
    database.close()


def test_two_commands_of_one_name_need_care(tmp_path: Path) -> None:
    named = {"KEPI_COMMAND": "/numbers", "KEPI_SUPPORT_COMMAND": "/care"}
    assert "/numbers and /care" in check_commands(settings(tmp_path, **named)).words
    named["KEPI_SUPPORT_COMMAND"] = "/numbers"
    assert not check_commands(settings(tmp_path, **named)).is_good
