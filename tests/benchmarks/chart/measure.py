"""Rows 5 to 7: what a chart costs, beside other engines, and by one and two workers."""

import asyncio
from statistics import median

from tests.benchmarks.board import Board
from tests.benchmarks.chart.contest import Contestant, compete, cpus, find_browser, walls
from tests.benchmarks.chart.encoding import ISAL, SAVEFIG, STDLIB, race_encoders
from tests.benchmarks.chart.engines import ENGINES, NEEDS
from tests.benchmarks.chart.workers import measure_stall, measure_workers
from tests.benchmarks.plan import ABSENT, Plan, peer

FASTER = {"plotly": 2.5, "vl-convert": 1.2, "seaborn": 2.5, "pyplot": 2.5}


def measure(plan: Plan, board: Board) -> None:
    names = [name for name in ENGINES if not why_not(name)]
    if plan.is_tiny:
        names = ["kepi", "draw only"]
    found = compete(names, plan.charts)
    judge_cost(found, board)
    encode_all(plan, board)
    judge_speed(found, board)
    judge_workers(plan, found, board)
    for name, it in found.items():
        title = "Charts, median"
        board.tell(title, f"{name}: time", 1000 * median(it.wall), "ms")
        board.tell(title, f"{name}: CPU, children too", 1000 * sum(it.tree_cpu) / len(it.wall),
                   "ms")  # fmt: skip
        board.tell(title, f"{name}: memory, children too", it.rss, "MiB")


def why_not(name: str) -> str:
    """Return why an engine cannot take part, or nothing."""
    if not all(peer(it) for it in NEEDS.get(name, ())):
        return ABSENT
    if name == "plotly" and find_browser() is None:
        return "kaleido 1 needs a Chromium, and there is none here"
    return ""


def judge_cost(found: dict[str, Contestant], board: Board) -> None:
    times = cpus(found)
    for other, limit in (("pyplot", 0.5), ("draw only", 1.1)):
        what = "pyplot constrained + savefig" if other == "pyplot" else "matplotlib, draw only"
        if other in found:
            board.at_most(5, f"CPU a chart ÷ {what}", times.ratio("kepi", other), limit)
        else:
            board.skip(5, f"CPU a chart ÷ {what}", "left out of a tiny run")
    if "reused figure" in found:
        board.show(5, "CPU a chart ÷ matplotlib, figure reused + isal",
                   times.ratio("kepi", "reused figure"))  # fmt: skip


def encode_all(plan: Plan, board: Board) -> None:
    times = race_encoders(max(2, plan.charts // 2))
    board.at_most(5, "encoding, zlib ÷ savefig's", times.ratio(STDLIB, SAVEFIG), 0.4)
    if ISAL in times.of:
        board.at_most(5, "encoding, isal ÷ savefig's", times.ratio(ISAL, SAVEFIG), 0.1)
    else:
        board.skip(5, "encoding, isal ÷ savefig's", "isal is not made for this processor")
    for name in times.of:
        board.tell("Encoding, median", name, 1000 * times.median(name), "ms")


def judge_speed(found: dict[str, Contestant], board: Board) -> None:
    times = walls(found)
    for other, limit in FASTER.items():
        if other in found:
            board.at_least(6, f"time a chart: {other} ÷ Kepi", times.ratio(other, "kepi"), limit)
        else:
            board.skip(6, f"time a chart: {other} ÷ Kepi", why_not(other) or "it did not start")


def judge_workers(plan: Plan, found: dict[str, Contestant], board: Board) -> None:
    charts, rounds = (4, 1) if plan.is_tiny else (30, 5)
    one, two, rss = asyncio.run(measure_workers(charts, rounds))
    if "plotly" in found:
        board.at_most(6, "a worker's memory ÷ plotly's processes", rss / found["plotly"].rss, 0.4)
        board.show(6, "the same, shared pages counted once",
                   found["kepi"].pss / found["plotly"].pss)  # fmt: skip
    else:
        board.skip(6, "a worker's memory ÷ plotly's processes", why_not("plotly") or "not started")
    ratio = median(pair / single for single, pair in zip(one, two, strict=True))
    board.at_least(7, "charts a second: two workers ÷ one", ratio, 1.8)
    board.at_least(7, "charts a second by two workers", max(two), 20, "/s")
    idle, busy = asyncio.run(measure_stall(0.3 if plan.is_tiny else 4))
    board.at_most(7, "loop stall p99 while two charts render", 1000 * busy, 5, "ms")
    board.show(7, "loop stall p99, nothing rendering", 1000 * idle, "ms")
    board.tell("Chart workers", "one: charts a second", median(one), "/s")
    board.tell("Chart workers", "two: charts a second", median(two), "/s")
    board.tell("Chart workers", "a worker's memory", rss, "MiB")
