"""Engines in processes of their own, warm, drawing in turn."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.processes import cpu_seconds, tree, tree_pss_mib, tree_rss_mib
from tests.benchmarks.rounds import Times

ROOT = Path(__file__).resolve().parents[3]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@dataclass
class Contestant:
    """A warm engine and what it has shown so far."""

    name: str
    process: subprocess.Popen[str]
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    tree_cpu: list[float] = field(default_factory=list)
    rss: float = 0.0
    pss: float = 0.0
    bytes: int = 0

    def draw(self) -> None:
        before = self.cpu_of_tree()
        found = json.loads(self.say("draw"))
        self.wall.append(found["wall"])
        self.cpu.append(found["cpu"])
        self.tree_cpu.append(self.cpu_of_tree() - before)
        self.bytes = found["bytes"]

    def say(self, words: str) -> str:
        assert self.process.stdin
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        return self.listen()

    def listen(self) -> str:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} has ended")
        return line

    def cpu_of_tree(self) -> float:
        return sum(cpu_seconds(each) for each in tree(self.process.pid))

    def weigh(self) -> None:
        self.rss = tree_rss_mib(self.process.pid)
        self.pss = tree_pss_mib(self.process.pid)


def find_browser() -> str | None:
    """Return a Chromium, which kaleido needs, or nothing."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@contextmanager
def start(name: str) -> Iterator[Contestant]:
    """Start an engine and wait until it has drawn its first chart."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    browser = find_browser()
    if browser:
        environment["BROWSER_PATH"] = browser
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.chart.peer", name],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, cwd=ROOT, env=environment,
    )  # fmt: skip
    contestant = Contestant(name, process)
    try:
        contestant.listen()
        yield contestant
    finally:
        family = tree(process.pid)
        assert process.stdin
        process.stdin.close()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            for each in family:
                try_to_end(each)
            process.wait()


def try_to_end(pid: int) -> None:
    try:
        os.kill(pid, 9)
    except OSError:
        return


def compete(names: Sequence[str], rounds: int) -> dict[str, Contestant]:
    """Return what each engine has shown in so many charts; those that cannot start are left out."""
    found: dict[str, Contestant] = {}
    with ExitStack() as stack:
        for name in names:
            try:
                found[name] = stack.enter_context(start(name))
            except RuntimeError:
                continue
        for number in range(rounds + 1):
            for contestant in found.values():
                contestant.draw()
            if number == 0:  # Everyone is warm only now.
                for contestant in found.values():
                    contestant.wall.clear()
                    contestant.cpu.clear()
                    contestant.tree_cpu.clear()
        for contestant in found.values():
            contestant.weigh()
    return found


def walls(found: dict[str, Contestant]) -> Times:
    return Times({name: it.wall for name, it in found.items()})


def cpus(found: dict[str, Contestant]) -> Times:
    return Times({name: it.cpu for name, it in found.items()})
