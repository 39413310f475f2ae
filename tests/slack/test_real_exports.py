"""Real exports, from the file to the message: the terminal, Socket Mode and HTTP say the same,
on SQLite and on PostgreSQL. The expected figures were worked out over the files by other means
(the shared data's notes)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from storage.database import Database
from tests.slack.conftest import NOW, enter_town
from tests.slack.test_answers import shown

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
FACEBOOK = DATA / "facebook_metrics" / "posts_export.csv"
SELLERS = DATA / "facebook_live_sellers" / "live.csv"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the shared data are not beside us")

MAPPING = """
[file]
grain = "post"
platform = "facebook"
account = "sellers"
zone = "UTC"
date_formats = ["%m/%d/%Y %H:%M", "%m/%d/%y %H:%M"]
[columns]
id = "status_id"
published = "status_published"
[measures]
likes = "num_reactions"
comments = "num_comments"
shares = "num_shares"
"""

ANSWERS = {
    "interactions facebook 2014-12": ("10,067",),
    "impressions facebook 2014-q4": ("3,560,719",),
    "engagement rate facebook 2014": ("11.7 %",),
    "reach facebook 2014": (
        "Post reach, 500 posts: 6,951,680 in sum",
        "at least 180,480 people",
    ),
    "interaction rate facebook 2014": ("1.53 %", "496 posts"),
    "average interaction rate facebook 2014": ("2.42 %",),
}


def terminal(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process of its own."""
    kept = {key: it for key, it in os.environ.items() if not key.startswith(("SLACK_", "KEPI_"))}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT,
        env=kept | {"DATABASE_URL": url, "KEPI_CLOCK": NOW.isoformat()},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def address(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


async def test_the_same_question_gives_the_same_words_everywhere(
    database: Database, tmp_path: Path
) -> None:
    """Every line of the terminal stands in the messages of both transports."""
    url = address(database)
    assert terminal(url, "import", str(FACEBOOK)).returncode == 0
    printed = {words: terminal(url, "ask", words).stdout.splitlines() for words in ANSWERS}
    for words, expected in ANSWERS.items():
        for part in expected:
            assert part in "\n".join(printed[words])
    for mode in ("socket", "http"):
        async with enter_town(tmp_path, mode, url=url) as town:
            for words, lines in printed.items():
                await town.mia.command(f"/kpi {words}", "#marketing")
                await town.quiet()
                message = town.mia.bot_said("#marketing")[-1]
                assert [line for line in lines if line not in shown(message)] == []


def test_conflicting_repeats_are_named_and_the_good_rows_are_right(
    database: Database, tmp_path: Path
) -> None:
    """Four lines contradict each other; without them April 2018 is 247,435, not 271,795."""
    url, mapping = address(database), tmp_path / "mapping.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    refused = terminal(url, "import", str(SELLERS), "--mapping", str(mapping))
    assert refused.returncode == 1
    for line in (1410, 1490, 1700, 1731):
        assert f"line {line}," in refused.stderr
    before = terminal(url, "ask", "interactions facebook 2018-04")
    assert "247,435" not in before.stdout + before.stderr
    taken = terminal(url, "import", str(SELLERS), "--mapping", str(mapping), "--good-rows")
    assert taken.returncode == 0
    assert "247,435" in terminal(url, "ask", "interactions facebook 2018-04").stdout
    again = terminal(url, "import", str(SELLERS), "--mapping", str(mapping), "--good-rows")
    assert "nothing new" in again.stdout
