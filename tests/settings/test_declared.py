"""Settings as they are declared: read, kept, told of, and taken back, each by its own words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from storage.database import Database
from storage.errors import KepiError
from storage.setting_changes import history
from storage.settings import SETTINGS, change, effective, find_setting, reset, value
from storage.support_notes import chosen
from storage.workspaces import connect_team, zone_of

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
ROWS = """
    key                   | said             | holds              | refused
    zone                  | stockholm        | Europe/Stockholm   | Mars
    zone                  | america/new york | America/New_York   | 5
    week-start            | su               | sunday             | someday
    currency              | sek              | SEK                | krona
    audience              | country: SE, NO  | country SE, NO     | SE
    attribution-look-back | 7d               | 7 days             | 366
    language              | Tiếng Việt       | vi                 | xx
    answers               | ASKER            | asker              | nobody
    ops-channel           | <#C0OPS123|ops>  | C0OPS123           | ops
    figures-by-person     | yes              | on                 | perhaps
    ratings               | On               | on                 | 2
"""


def rows() -> list[list[str]]:
    lines = list(ROWS.strip().splitlines()[1:])
    return [[cell.strip() for cell in it.replace("|ops>", "!ops>").split("|")] for it in lines]


def test_each_is_read_kept_and_told_of(database: Database) -> None:
    """Words in, words out; what is refused changes nothing; the other workspace keeps its own."""
    with database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        other = connect_team(connection, "T2", "Other").id
        usual = effective(connection, home)
        for number, (key, said, holds, refused) in enumerate(rows()):
            at = AT + timedelta(minutes=number)
            before = effective(connection, home)[key]
            with pytest.raises(KepiError):
                change(connection, home, key, refused, "U1", at)
            assert effective(connection, home)[key] == before
            change(connection, home, key, said.replace("!", "|"), "U1", at)
            assert effective(connection, home)[key] == holds
            told = history(connection, home)[0]
            assert (told.key, told.by, told.at, told.source) == (key, "U1", at, "command")
            assert told.after == SETTINGS[key].say(SETTINGS[key].read(holds))
            change(connection, home, key, holds, "U2", at)
            assert history(connection, home)[0].by == "U1"
        assert effective(connection, other) == usual
        assert history(connection, other) == []
        for key in SETTINGS:
            if SETTINGS[key].is_of_workspace:
                reset(connection, home, key, "U1", AT)
        assert effective(connection, home) == usual
        assert zone_of(connection, home) == "UTC"


def test_a_channel_wins_over_its_workspace(sqlite_database: Database) -> None:
    """And is as the workspace where it chose nothing, also when that changes later."""
    with sqlite_database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        change(connection, home, "answers", "asker", "U1", AT)
        assert value(connection, home, "answers", "C1") == "asker"
        change(connection, home, "answers", "everyone", "U1", AT, channel="C1")
        assert value(connection, home, "answers", "C1") == "everyone"
        assert value(connection, home, "answers", "C2") == "asker"
        reset(connection, home, "answers", "U1", AT, channel="C1")
        assert value(connection, home, "answers", "C1") == "asker"
        told = [(it.before, it.after) for it in history(connection, home, places=["C1"])]
        assert told == [("Everyone there", ""), ("", "Everyone there")]
        for key, channel in (("zone", "C1"), ("morning", "")):
            with pytest.raises(KepiError):
                change(connection, home, key, "on", "U1", AT, channel=channel)


def test_older_keys_still_hold(sqlite_database: Database) -> None:
    """What was chosen before there were declarations, under the keys that others read."""
    keys = {"ratings": "csat", "figures-by-person": "figures-by-person", "language": "language"}
    with sqlite_database.write() as connection:
        home = connect_team(connection, "T1", "Acme").id
        for key, kept in keys.items():
            change(connection, home, key, "sv" if key == "language" else "on", "U1", AT)
            assert chosen(connection, home, kept) in (True, "sv")
        change(connection, home, "language", "zh", "U1", AT, channel="C1")
        change(connection, home, "morning", "off", "U1", AT, channel="C1")
        assert chosen(connection, home, "language:#C1") == "zh"
        assert chosen(connection, home, "morning|C1") is False


def test_every_default_is_read_as_it_is_written() -> None:
    for it in SETTINGS.values():
        assert it.read(it.write(it.default)) == it.default, it.key
        assert it.title
        assert it.does.endswith(".")
        assert len(it.title) <= 48
        assert all(it.read(words) is not None for words, _ in it.choices)
        assert find_setting(it.key.replace("-", "_").upper()) is it
    with pytest.raises(KepiError, match="no setting “colour”"):
        find_setting("colour")
