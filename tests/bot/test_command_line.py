"""The program as people start it: exit codes, one line on stderr, never a traceback."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
HEADER = "Post ID,Account username,Publish time,Post type,Permalink,Views,Reach,Likes,Comments"
GOOD = "1,nova,11/02/2026 10:00,IG image,https://instagram.com/p/1,120,100,10,2\n"
BAD = "2,nova,11/03/2026 10:00,IG image,https://instagram.com/p/2,120,-7,10,2\n"

Ended = subprocess.CompletedProcess[str]


class Shell:
    """Runs ``python -m bot`` with a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {name: it for name, it in os.environ.items() if not name.startswith("SLACK_")}
        self.environment = kept | {
            "DATABASE_URL": f"sqlite:///{folder / 'kepi.db'}",
            "KEPI_CLOCK": "2026-11-22T18:00:00Z",
        }

    def __call__(self, *words: str, **environment: str) -> Ended:
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=ROOT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def file(self, name: str, *rows: str) -> str:
        path = self.folder / name
        path.write_text(f"{HEADER}\n{''.join(rows)}", encoding="utf-8")
        return str(path)


@pytest.fixture
def kepi(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_an_export_becomes_an_answer(kepi: Shell) -> None:
    """Import, ask, ask for data, and take it back."""
    done = kepi("import", kepi.file("posts.csv", GOOD))
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 added" in done.stdout
    assert "\n10" in kepi("ask", "likes nova 2026-11").stdout
    data = json.loads(kepi("ask", "likes nova 2026-11", "--json").stdout)
    assert data["answers"][0]["lines"][0]["value"]["low"] == 10
    assert kepi("import", "--undo", "1").returncode == 0
    assert kepi("import", "--undo", "1").returncode == 1


def test_an_import_names_the_accounts_that_are_new(kepi: Shell) -> None:
    """Before and after; a misspelt one is seen there. The second file brings none."""
    for choice in (["--dry-run"], []):
        said = kepi("import", *choice, kepi.file("posts.csv", GOOD)).stdout
        assert "New account: instagram/nova" in said
    again = kepi("import", kepi.file("more.csv", GOOD.replace("1,", "7,", 1))).stdout
    assert "1 added" in again
    assert "New account" not in again


def test_a_refused_undo_names_the_imports_once(kepi: Shell) -> None:
    """The newest, by number and name."""
    kepi("import", kepi.file("posts.csv", GOOD))
    refused = kepi("import", "--undo", "99")
    assert refused.returncode == 1
    assert refused.stderr.count("posts.csv") == 1


def test_asking_does_not_wait_for_a_writer(kepi: Shell) -> None:
    """An import or a delivery holds the database; reading goes on."""
    kepi("import", kepi.file("posts.csv", GOOD))
    with sqlite3.connect(kepi.folder / "kepi.db", isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        done = kepi("ask", "likes nova 2026-11")
        writer.execute("ROLLBACK")
    writer.close()
    assert (done.returncode, done.stderr) == (0, "")
    assert "\n10" in done.stdout


def test_one_bad_row_stores_nothing_and_names_it(kepi: Shell) -> None:
    """Neither of its own file nor of the good one beside it, unless the good rows are asked for."""
    files = [kepi.file("good.csv", GOOD), kepi.file("bad.csv", GOOD.replace("1,", "9,", 1), BAD)]
    refused = kepi("import", *files)
    assert refused.returncode == 1
    assert "bad.csv, line 3" in refused.stderr
    assert kepi("ask", "likes nova 2026-11").returncode == 1
    assert kepi("import", "--dry-run", *files).returncode == 1
    taken = kepi("import", "--good-rows", *files)
    assert taken.returncode == 0
    assert "line 3" in taken.stderr
    assert "\n20" in kepi("ask", "likes nova 2026-11").stdout


def test_a_dry_run_stores_nothing(kepi: Shell) -> None:
    """It says what would change."""
    done = kepi("import", "--dry-run", kepi.file("posts.csv", GOOD))
    assert done.returncode == 0
    assert "1 new" in done.stdout
    assert kepi("ask", "likes nova 2026-11").returncode == 1


def test_a_chart_is_written(kepi: Shell) -> None:
    """As a PNG."""
    kepi("import", kepi.file("posts.csv", GOOD))
    picture = kepi.folder / "likes.png"
    done = kepi("ask", "likes nova 2026-11", "--chart", str(picture))
    assert done.returncode == 0
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_help_list_and_guide_need_no_data(kepi: Shell) -> None:
    """They are words, and answered."""
    for words in ("help", "list", "guide reach"):
        done = kepi("ask", words)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.strip()


REFUSED = {
    "unknown words": ("ask", "quarterly vibes"),
    "no file": ("import", "nowhere.csv"),
    "no files": ("import",),
    "a folder": ("import", "/"),
    "an account without a platform": ("account", "acme", "--brand", "Acme"),
    "an unknown platform": ("account", "orkut/acme", "--brand", "Acme"),
    "an unknown zone": ("set", "zone=Mars"),
    "an unknown setting": ("set", "mood=good"),
    "no setting": ("set", "zone"),
    "an unknown workspace": ("ask", "help", "--workspace", "T404"),
    "HTTP without an address": ("manifest", "--mode", "http"),
    "serving without a token": ("run",),
    "serving, unsaid": (),
    "an import that is not there": ("import", "--undo", "99"),
}


@pytest.mark.parametrize("words", REFUSED.values(), ids=REFUSED.keys())
def test_a_refusal_is_one_line_and_exit_1(kepi: Shell, words: tuple[str, ...]) -> None:
    """On stderr; stdout stays empty."""
    done = kepi(*words)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().split("\n")) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://u:planted@h/n", "postgresql://u:planted@127.0.0.1:1/none"]
)
def test_a_database_that_cannot_be_used_ends_with_one_line(kepi: Shell, url: str) -> None:
    """And without its password."""
    done = kepi("ask", "help", DATABASE_URL=url)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "planted" not in done.stderr
    assert len(done.stderr.strip().split("\n")) == 1


def test_a_wrong_command_line_ends_with_2(kepi: Shell) -> None:
    """As programs do."""
    assert kepi("fly").returncode == 2
    assert kepi("account", "instagram/acme").returncode == 2


def test_the_manifest_asks_for_what_is_used_and_says_why(kepi: Shell) -> None:
    """Both modes; every permission has its reason, once; JSON and YAML hold the same."""
    written, _, optional = kepi("manifest").stdout.partition("    bot_optional:")
    assert "may be left out at the installation" in optional
    _, _, events = optional.partition("\nsettings:")
    asked = [it for it in (written + events).split("\n") if it.strip().startswith('- "')]
    assert len(asked) > 30
    assert all("  # " in line for line in asked)
    socket = json.loads(kepi("manifest", "--format", "json").stdout)
    assert socket["settings"]["socket_mode_enabled"] is True
    http = json.loads(
        kepi(
            "manifest", "--mode", "http", "--url", "https://kepi.example", "--format", "json"
        ).stdout
    )
    request = "https://kepi.example/slack/events"
    assert http["settings"]["event_subscriptions"]["request_url"] == request
    assert http["features"]["slash_commands"][0]["url"] == request


def test_doctor_names_what_would_stop_the_start(kepi: Shell) -> None:
    """It looks at everything, and ends with 1."""
    done = kepi("doctor")
    assert done.returncode == 1
    assert "SLACK_BOT_TOKEN is not set" in done.stdout
    assert "database" in done.stdout


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not beside the project")
def test_the_published_numbers_of_the_shared_export(kepi: Shell) -> None:
    """Four questions to one real export."""
    assert kepi("import", str(SHARED / "facebook_metrics" / "posts_export.csv")).returncode == 0
    for words, number in (
        ("interactions facebook 2014-12", "10,067"),
        ("impressions facebook 2014-q4", "3,560,719"),
        ("engagement rate facebook 2014", "11.7 %"),
        ("reach facebook 2014", "6,951,680 in sum"),
    ):
        assert number in kepi("ask", words).stdout
