"""``rebuild``: the tables of issues are made from the ledger, and nothing else is needed."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import desks, ledger
from storage.database import Database
from storage.workspaces import only_workspace
from support.entries import Entry, Kind, Role, Said, micros
from support.ledger_rows import pack
from support.rulebook import pack_rules
from support.rules import Mode, Rules
from support.tracker import Tracker
from tests.bot.test_command_line import Shell

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
ASKED, ANSWERED, LATER = "1795330800.000100", "1795331400.000200", "1795334400.000300"
TABLES = ("issue", "wait", "spell")
"""What the ledger alone makes."""


@pytest.fixture
def kepi(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def message(channel: str, ts: str, root: str, role: Role) -> Entry:
    said = Said(customer="slack:U0GUS000000") if role is Role.CUSTOMER else Said()
    actor = "U0GUS000000" if role is Role.CUSTOMER else "U0OMAR00000"
    key = f"m:{channel}:{ts}"
    return Entry(key, Kind.MESSAGE, channel, micros(ts), ts, root, actor, role, said=said)


def serve(database: Database) -> None:
    """Let two customers write in two channels, and one be answered ten minutes later."""
    rules = pack_rules(Rules(mode=Mode.AUTO))
    heard = [
        message("C1", ASKED, ASKED, Role.CUSTOMER),
        message("C1", ANSWERED, ASKED, Role.RESPONDER),
        message("C2", LATER, LATER, Role.CUSTOMER),
    ]
    with database.write() as connection:
        workspace = only_workspace(connection).id
        for channel in ("C1", "C2"):
            desks.make(connection, workspace, channel)
            desks.add_rules(
                connection, workspace, channel, rules, datetime(2026, 1, 1, tzinfo=UTC), "U0ADMIN"
            )
        ledger.append(connection, workspace, [pack(it) for it in heard], NOW)
    for channel in ("C1", "C2"):
        Tracker(database, workspace).refresh(channel, NOW)


def projections(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(file) as plain:
        found = {it: sorted(plain.execute(f"SELECT * FROM {it}"), key=repr) for it in TABLES}
    plain.close()
    return found


def test_what_was_spoilt_is_made_anew(kepi: Shell) -> None:
    """Wrong rows become right again, numbers stay, and it is said how many there are."""
    assert kepi("migrate").returncode == 0
    file = kepi.folder / "kepi.db"
    database = Database(f"sqlite:///{file}")
    serve(database)
    database.close()
    before = projections(file)
    assert [len(before[it]) for it in TABLES[:2]] == [2, 2]
    with sqlite3.connect(file) as plain:
        plain.execute("UPDATE issue SET state = 'resolved', opened = '2020-01-01 00:00:00'")
        plain.execute("DELETE FROM wait")
    plain.close()
    assert projections(file) != before
    done = kepi("rebuild")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "2 issues in 2 channels made anew.\n"
    assert projections(file) == before


def test_nothing_heard_is_nothing_made(kepi: Shell) -> None:
    """It is no error; a workspace that is not there is."""
    done = kepi("rebuild")
    assert (done.returncode, done.stdout) == (0, "0 issues in 0 channels made anew.\n")
    refused = kepi("rebuild", "--workspace", "T404")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "T404" in refused.stderr
