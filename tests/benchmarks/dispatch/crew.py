"""Starting the bots beside the fake Slack, and ending them."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.dispatch.slack import SECRET, FakeSlack
from tests.benchmarks.processes import fine_cpu_seconds, rss_mib

ROOT = Path(__file__).resolve().parents[3]
CLOCK = "2026-11-22T12:00:00+00:00"


@dataclass(frozen=True)
class Bot:
    """A bot that serves: ``name`` is how the fake Slack knows it."""

    name: str
    process: subprocess.Popen[bytes]

    def cpu(self) -> float:
        """Return the CPU seconds of the bot itself; chart workers are other processes."""
        return fine_cpu_seconds(self.process.pid)

    def rss(self) -> float:
        return rss_mib(self.process.pid)


@asynccontextmanager
async def start(
    slack: FakeSlack, program: str, mode: str, database: Path, folder: Path
) -> AsyncIterator[Bot]:
    """Give a bot that serves; it ends when its input closes."""
    name = f"{program}-{mode}"
    log = folder / f"{name}.log"
    process = run(program, log, environment(slack, name, mode, database))
    try:
        await slack.wait_ready(name, lambda: process.poll() is None)
        yield Bot(name, process)
    finally:
        assert process.stdin
        process.stdin.close()
        try:
            await asyncio.to_thread(process.wait, 15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def run(program: str, log: Path, told: dict[str, str]) -> subprocess.Popen[bytes]:
    with log.open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-m", f"tests.benchmarks.dispatch.bots.{program}"],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=out,
            cwd=ROOT,
            env=told,
        )


def environment(slack: FakeSlack, name: str, mode: str, database: Path) -> dict[str, str]:
    """Return what a bot is told: nothing of the caller's own Slack."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SLACK_")}
    kept.pop("PORT", None)
    told = {
        "BENCH_NAME": name,
        "BENCH_SLACK": slack.url,
        "BENCH_MODE": mode,
        "BENCH_DATABASE": str(database),
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"{slack.url}/api/",
        "DATABASE_URL": f"sqlite:///{database}",
        "KEPI_CLOCK": CLOCK,
    }
    told |= {"PORT": "0"} if mode == "http" else {"SLACK_APP_TOKEN": f"xapp-{name}"}
    return kept | told
