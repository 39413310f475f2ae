"""Row 13: the bot's imports beside bolt, SQLModel and APScheduler alone, in fresh processes."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.board import Board
from tests.benchmarks.plan import Plan
from tests.benchmarks.rounds import Times

ROOT = Path(__file__).resolve().parents[3]
PEER = "slack_bolt.async_app sqlmodel apscheduler.schedulers.asyncio"
PROGRAMS = {
    "python alone": "",
    "bolt + sqlmodel + apscheduler": PEER,
    "kepi": "bot.__main__ bot.serve",
    "the same + matplotlib.pyplot": f"{PEER} matplotlib.pyplot",
}
PROBE = """
import sys, time
names = sys.argv[1:]
start = time.perf_counter(), time.process_time()
for name in names:
    __import__(name)
wall, cpu = time.perf_counter() - start[0], time.process_time() - start[1]
rss = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS:")]
import json
print(json.dumps({"wall": wall, "cpu": cpu, "rss": int(rss[0]) / 1024,
    "matplotlib": "matplotlib" in sys.modules}))
"""


def measure(plan: Plan, board: Board) -> None:
    for modules in PROGRAMS.values():
        load(modules)  # The first run writes bytecode.
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in PROGRAMS}
    for _ in range(1 if plan.is_tiny else 7):
        for name, modules in PROGRAMS.items():
            runs[name].append(load(modules))
    cpu = Times({name: [run["cpu"] for run in held] for name, held in runs.items() if held})
    wall = Times({name: [run["wall"] for run in held] for name, held in runs.items() if held})
    ours, peer, pyplot = "kepi", "bolt + sqlmodel + apscheduler", "the same + matplotlib.pyplot"
    rss = min(run["rss"] for run in runs[ours])
    board.at_most(
        13,
        "import, least time: Kepi ÷ the three libraries alone",
        wall.least(ours) / wall.least(peer),
        1.1,
    )
    board.show(13, "import, CPU time: Kepi ÷ the three libraries alone", cpu.ratio(ours, peer))
    board.show(13, "import: the three and pyplot ÷ the three", cpu.ratio(pyplot, peer))
    board.at_most(13, "memory after import, without a chart worker", rss, 90, "MiB")
    for name, held in runs.items():
        title = "Loading, least of the runs"
        board.tell(title, f"{name}: time", 1000 * wall.least(name), "ms")
        board.tell(title, f"{name}: memory", min(run["rss"] for run in held), "MiB")


def load(modules: str) -> dict[str, float]:
    """Import modules in a fresh process; return seconds and MiB."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *modules.split()],
        capture_output=True, text=True, check=True, env=environment, cwd=ROOT, timeout=120,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found
