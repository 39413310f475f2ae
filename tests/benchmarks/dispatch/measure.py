"""Rows 1 to 4: dispatch, acknowledgement, a text answer, an answer with its chart."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from statistics import median

from bot.playground.planting import plant
from tests.benchmarks.board import Board
from tests.benchmarks.dispatch.crew import CLOCK, Bot, start
from tests.benchmarks.dispatch.load import Shown, ask_at_once, ask_one_by_one
from tests.benchmarks.dispatch.slack import FakeSlack
from tests.benchmarks.plan import Plan, schema_mark, throw_away

MODES = ("http", "socket")
ECHO = {
    "raw": ("/kpi", "hello"),
    "bare": ("/kpi", "hello"),
    "floor": ("/kpi", "hello"),
    "kepi": ("/echo", "hello"),
}
TEXT = ("/kpi", "reach instagram last-30d private")
CHART = ("/kpi", "impressions instagram last-30d")
LATEST_ACK = {"http": 6.0, "socket": 3.0}
Key = tuple[str, str]
"""A program and a mode."""


def measure(plan: Plan, board: Board) -> None:
    throw_away(plan.folder, "sample-")
    database = plan.folder / f"sample-{schema_mark()}.db"
    plant(f"sqlite:///{database}", datetime.fromisoformat(CLOCK))
    asyncio.run(measure_all(plan, database, board))


async def measure_all(plan: Plan, database: Path, board: Board) -> None:
    rounds = 1 if plan.is_tiny else 3
    async with FakeSlack() as slack, AsyncExitStack() as stack:
        bots = {
            (program, mode): await stack.enter_async_context(
                start(slack, program, mode, database, plan.folder)
            )
            for mode in MODES
            for program in ECHO
        }
        with on_first_core(), on_other_cores(list(bots.values())):
            shown = await echo(slack, bots, rounds, plan.requests)
            text = await ask_text(slack, bots, rounds, plan.requests // 4)
        busy = await ack_while_drawing(slack, bots["kepi", "http"], plan.requests)
        charts = await ask_charts(slack, bots["kepi", "socket"], bots["floor", "socket"], plan)
        memory = bots["kepi", "socket"].rss()
    judge_echo(shown, board)
    board.at_most(2, "ack p99 while two charts render (HTTP)", busy.ack(0.99), 50, "ms")
    judge_text(shown, text, board)
    judge_charts(charts, board)
    tell(shown, text, charts, board)
    board.tell("Dispatch, Socket Mode", "Kepi while it serves: memory", memory, "MiB")


async def echo(
    slack: FakeSlack, bots: dict[Key, Bot], rounds: int, requests: int
) -> dict[Key, Shown]:
    """Echo by every bot in turn, first one by one, then many at once."""
    shown = {key: Shown() for key in bots}
    for key, bot in bots.items():
        await ask_at_once(slack, bot, ECHO[key[0]], requests // 4, Shown())
    for _ in range(rounds):
        for key, bot in bots.items():
            await ask_one_by_one(slack, bot, ECHO[key[0]], requests // 2, shown[key])
        for key, bot in bots.items():
            await ask_at_once(slack, bot, ECHO[key[0]], 2 * requests, shown[key])
    return shown


async def ask_text(
    slack: FakeSlack, bots: dict[Key, Bot], rounds: int, requests: int
) -> dict[Key, Shown]:
    """Ask Kepi a real question for its text, and bare bolt for an echo."""
    commands = {
        (program, mode): TEXT if program == "kepi" else ECHO[program]
        for program, mode in bots
        if program in ("bare", "kepi")
    }
    shown = {key: Shown() for key in commands}
    for key, command in commands.items():
        await ask_one_by_one(slack, bots[key], command, 5, Shown())
    for _ in range(rounds):
        for key, command in commands.items():
            await ask_one_by_one(slack, bots[key], command, requests, shown[key])
            await ask_at_once(slack, bots[key], command, 2 * requests, shown[key])
    return shown


async def ack_while_drawing(slack: FakeSlack, bot: Bot, requests: int) -> Shown:
    """Echo while two charts are always being drawn."""
    shown = Shown()
    await slack.ask(bot.name, "/render", "")
    await ask_one_by_one(slack, bot, ECHO["kepi"], 20, Shown())
    await ask_one_by_one(slack, bot, ECHO["kepi"], requests, shown)
    await slack.ask(bot.name, "/rest", "")
    return shown


async def ask_charts(slack: FakeSlack, kepi: Bot, floor: Bot, plan: Plan) -> dict[str, Shown]:
    """Ask both for an answer with its chart, in turn."""
    shown = {"kepi": Shown(), "floor": Shown()}
    for bot in (kepi, floor):
        await ask_one_by_one(slack, bot, CHART, 3, Shown(), chart=True)
    for _ in range(3 * plan.charts):
        for name, bot in (("kepi", kepi), ("floor", floor)):
            await ask_one_by_one(slack, bot, CHART, 1, shown[name], chart=True)
    return shown


@contextmanager
def on_first_core() -> Iterator[None]:
    """Keep the driver on one core, where there are two."""
    held = os.sched_getaffinity(0)
    if len(held) > 1:
        os.sched_setaffinity(0, {min(held)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, held)


@contextmanager
def on_other_cores(bots: list[Bot]) -> Iterator[None]:
    """Keep the bots' own threads off the driver's core for a while."""
    held = os.sched_getaffinity(bots[0].process.pid)
    others = held - {min(held)} or held
    for bot in bots:
        pin(bot, others)
    try:
        yield
    finally:
        for bot in bots:
            pin(bot, held)


def pin(bot: Bot, cores: set[int]) -> None:
    for task in Path(f"/proc/{bot.process.pid}/task").iterdir():
        os.sched_setaffinity(int(task.name), cores)


def judge_echo(shown: dict[Key, Shown], board: Board) -> None:
    for mode in MODES:
        kepi, bare, raw = (shown[program, mode] for program in ("kepi", "bare", "raw"))
        words = "HTTP" if mode == "http" else "Socket Mode"
        board.at_most(1, f"{words}: CPU an echo ÷ bare bolt", over(kepi, bare), 0.5)
        board.at_most(1, f"{words}: CPU an echo ÷ raw floor", over(kepi, raw), 1.8)
        board.show(1, f"{words}: the same by hand ÷ bare bolt", over(shown["floor", mode], bare))
        latest = kepi.ack(0.99)
        board.at_most(2, f"{words}: ack p99, idle", latest, LATEST_ACK[mode], "ms")
        board.at_most(2, f"{words}: ack p99 ÷ bare bolt", latest / bare.ack(0.99), 0.4)


def judge_text(echoes: dict[Key, Shown], text: dict[Key, Shown], board: Board) -> None:
    for mode in MODES:
        kepi, bare = text["kepi", mode], text["bare", mode]
        words = "HTTP" if mode == "http" else "Socket Mode"
        board.at_most(3, f"{words}: text answer p50 ÷ bare bolt's echo",
                      kepi.answer(0.5) / bare.answer(0.5), 1.5)  # fmt: skip
        board.at_least(3, f"{words}: answers a core ÷ bare bolt's echoes",
                       1 / over(kepi, bare), 1.5)  # fmt: skip


def judge_charts(charts: dict[str, Shown], board: Board) -> None:
    pairs = zip(charts["kepi"].answers, charts["floor"].answers, strict=True)
    ratio = median(mine / floor for mine, floor in pairs)
    board.at_most(4, "answer with its chart ÷ the same by hand", ratio, 1.3)


def over(one: Shown, other: Shown) -> float:
    """Return how many times the CPU a command, by rounds."""
    return median(mine / theirs for mine, theirs in zip(one.cpu, other.cpu, strict=True))


def tell(
    shown: dict[Key, Shown], text: dict[Key, Shown], charts: dict[str, Shown], board: Board
) -> None:
    """Keep the absolute figures."""
    for (program, mode), it in shown.items():
        title = f"Dispatch, {'HTTP' if mode == 'http' else 'Socket Mode'}"
        percentiles = " / ".join(f"{it.ack(part):.2f}" for part in (0.5, 0.95, 0.99))
        board.tell_words(title, f"{program}: ack p50 / p95 / p99", f"{percentiles} ms")
        board.tell(title, f"{program}: answer p50", it.answer(0.5), "ms")
        board.tell(title, f"{program}: CPU an echo", it.cpu_us, "µs")
        board.tell(title, f"{program}: echoes a second", median(it.rate), "/s")
    for (program, mode), it in text.items():
        if program == "kepi":
            title = f"Dispatch, {'HTTP' if mode == 'http' else 'Socket Mode'}"
            board.tell(title, "kepi: text answer p50", it.answer(0.5), "ms")
            board.tell(title, "kepi: CPU a text answer", it.cpu_us, "µs")
    for name, it in charts.items():
        board.tell("Answer with its chart, median", name, it.answer(0.5), "ms")
