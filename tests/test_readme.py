"""The README's commands do what it says."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    line.strip()[2:]
    for block in BLOCKS
    for line in block.splitlines()
    if line.strip().startswith("$ ")
]
BOT = [it.removeprefix(".venv/bin/python ") for it in COMMANDS if " -m bot " in it]

FACEBOOK = """\
Post ID,Page ID,Page name,Title,Description,Duration (sec),Publish time,Caption type,Permalink,\
Is crosspost,Is share,Post type,Languages,Custom labels,Funded content status,Data comment,Date,\
Views,Reach,"Reactions, Comments and Shares",Reactions,Comments,Shares,Total clicks,Other Clicks
1,7,Acme,,,0,12/03/2014 03:00,,https://www.facebook.com/7/posts/1,0,0,Photos,,,,,Lifetime,\
500,200,10,7,2,1,4,
"""
SELLERS = """\
status_id,status_type,status_published,num_reactions,num_comments,num_shares
1_1,video,4/22/2018 6:00,529,512,262
1_2,photo,4/21/18 22:45,150,0,0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the README names."""
    (tmp_path / "posts_export.csv").write_text(FACEBOOK, encoding="utf-8-sig")
    (tmp_path / "live.csv").write_text(SELLERS, encoding="utf-8")
    mapping = re.search(r"```toml\n(.*?)```", README, re.DOTALL)
    assert mapping is not None
    (tmp_path / "mapping.toml").write_text(mapping[1], encoding="utf-8")
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    clean = {
        key: value for key, value in os.environ.items() if not key.startswith(("SLACK_", "KEPI_"))
    }
    clean |= {"DATABASE_URL": f"sqlite:///{folder / 'kepi.db'}", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *shlex.split(command)],
        cwd=folder,
        env=clean,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_files_are_imported_and_asked_as_shown(folder: Path):
    """Every import and question of the README works, in its order, and the chart is a picture."""
    shown = [it for it in BOT if re.search(r"-m bot (import|ask)\b", it)]
    assert len(shown) == 4
    for command in shown:
        done = run(command, folder)
        assert done.returncode == 0, (command, done.stderr)
    rate = run('-m bot ask "engagement rate facebook 2014"', folder)
    assert "7.00 %" in rate.stdout
    assert (folder / "reach.png").read_bytes().startswith(b"\x89PNG")


def test_a_file_is_taken_back_as_said(folder: Path):
    run("-m bot import posts_export.csv", folder)
    assert run("-m bot import --undo 1", folder).returncode == 0
    assert (
        "No data for Facebook acme yet"
        in run('-m bot ask "likes facebook/acme 2014"', folder).stdout
    )


def test_the_manifest_is_printed(folder: Path):
    commands = [it for it in BOT if " manifest" in it] + [
        "-m bot manifest --mode http --url https://your.host"
    ]
    for command in commands:
        assert "oauth_config" in run(command, folder).stdout
    assert "https://your.host/slack/events" in run(commands[-1], folder).stdout


def test_without_tokens_serving_ends_with_one_line_that_says_what_is_missing(folder: Path):
    """`run` and `doctor` name the missing token and print no traceback."""
    for command in (it for it in BOT if it.endswith((" run", " doctor"))):
        done = run(command, folder)
        assert done.returncode != 0
        assert "SLACK_BOT_TOKEN" in done.stdout + done.stderr
        assert "Traceback" not in done.stdout + done.stderr


def test_the_two_commands_exist():
    """`make demo` and `make test` are targets that make knows."""
    for command in ("make demo", "make test"):
        assert command in COMMANDS
        done = subprocess.run(
            [*command.split(), "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_what_the_readme_points_at_is_there():
    """Every relative link and picture exists."""
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
