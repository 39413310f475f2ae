"""Tokens: shown once, kept as a digest, listed, revoked, renewed; old requests are forgotten."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ingest.kinds import INGESTS
from storage import ingest
from storage.database import Database
from storage.errors import KepiError
from storage.workspaces import make_workspace
from tests.bot.test_command_line import Shell
from tests.ingest.conftest import NOW, everything, prepare


def test_a_token_is_kept_as_a_digest_alone(database: Database) -> None:
    """No two are alike, and none stands in any table; the digest is SHA-256's."""
    workspace = prepare(database)
    with database.write() as connection:
        made = [ingest.add_token(connection, workspace, f"t{n}", (), NOW) for n in range(20)]
        for number, token in enumerate(made):
            row = ingest.find_token(connection, workspace, token)
            assert row is not None
            assert row.name == f"t{number}"
    assert len(set(made)) == 20
    assert all(re.fullmatch(r"kepi_[A-Za-z0-9_-]{43}", it) for it in made)
    held = repr(everything(database))
    assert not [it for it in made if it in held or it.removeprefix("kepi_") in held]
    assert hashlib.sha256(made[0].encode()).hexdigest() in held


def test_a_name_has_one_token_at_a_time(database: Database) -> None:
    """Revoked, it may have another; the old one stays refused, and the source the same."""
    workspace = prepare(database)
    with database.write() as connection:
        first = ingest.add_token(connection, workspace, " Shop ", ("orders",), NOW)
        before = ingest.find_token(connection, workspace, first)
        with pytest.raises(KepiError, match="token revoke shop"):
            ingest.add_token(connection, workspace, "shop", (), NOW)
        ingest.revoke_token(connection, workspace, "SHOP", NOW)
        assert ingest.find_token(connection, workspace, first) is None
        second = ingest.add_token(connection, workspace, "shop", (), NOW)
        assert ingest.find_token(connection, workspace, first) is None
        after = ingest.find_token(connection, workspace, second)
    assert before is not None
    assert after is not None
    assert (after.id, after.name, after.kinds) == (before.id, "shop", frozenset())
    assert before.may_send("orders")
    assert not before.may_send("ads")
    assert after.may_send("ads")


def test_tokens_belong_to_a_workspace(database: Database) -> None:
    """Another's is not found, listed or revoked."""
    ours = prepare(database)
    with database.write() as connection:
        theirs = make_workspace(connection, "T2").id
        token = ingest.add_token(connection, theirs, "shop", (), NOW)
        assert ingest.find_token(connection, ours, token) is None
        assert ingest.tokens(connection, ours) == []
        with pytest.raises(KepiError, match="There are none"):
            ingest.revoke_token(connection, ours, "shop", NOW)
        assert ingest.find_token(connection, theirs, token) is not None


@pytest.mark.parametrize("name", ["", " ", "a b", "ä", "-x", "x" * 41, "a\nb", "<!channel>"])
def test_a_name_can_be_read_in_a_log(sqlite_database: Database, name: str) -> None:
    """Letters, digits and a few signs; another is refused with one that works."""
    workspace = prepare(sqlite_database)
    with sqlite_database.write() as connection, pytest.raises(KepiError, match="shop"):
        ingest.add_token(connection, workspace, name, (), NOW)


def test_old_requests_are_forgotten(database: Database) -> None:
    """Those of this workspace, older than asked; the others are still answered as they were."""
    workspace = prepare(database)
    old, new = NOW - timedelta(days=31), NOW - timedelta(days=29)
    seen = ingest.SeenRow("abc", 200, {"import": 1, "notes": ["“å”"]})
    with database.write() as connection:
        other = make_workspace(connection, "T2").id
        for home, key, at in ((workspace, "a", old), (workspace, "b", new), (other, "a", old)):
            ingest.keep_seen(connection, home, 1, key, seen, at)
        assert ingest.forget_older(connection, workspace, NOW - timedelta(days=30)) == 1
        assert ingest.find_seen(connection, workspace, 1, "a") is None
        assert ingest.find_seen(connection, workspace, 1, "b") == seen
        assert ingest.find_seen(connection, other, 1, "a") == seen


def test_the_verbs_on_the_command_line(tmp_path: Path) -> None:
    """The token alone on stdout, so that it can be put somewhere; what is wrong in one line."""
    kepi = Shell(tmp_path)
    made = kepi("token", "add", "Shop", "--kinds", "orders, touches")
    assert re.fullmatch(r"kepi_[A-Za-z0-9_-]{43}\n", made.stdout)
    assert "shop may send orders, touches" in made.stderr
    listed = kepi("token", "list").stdout
    assert listed == "shop: orders, touches; made 22 Nov 2026, never used\n"
    assert made.stdout.strip() not in listed
    wrong = kepi("token", "add", "crm", "--kinds", "invoices")
    assert wrong.returncode == 1
    assert "orders" in wrong.stderr
    assert len(wrong.stderr.splitlines()) == 1
    assert kepi("token", "revoke", "shop").returncode == 0
    assert "revoked 22 Nov 2026" in kepi("token", "list").stdout
    assert kepi("token", "revoke", "shop").returncode == 1
    schema = json.loads(kepi("ingest-schema").stdout)
    assert set(INGESTS) <= schema["$defs"].keys()
