"""Row 19: from the event that somebody opened Home to its page, beside a text answer."""

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from statistics import median

from bot.playground.planting import plant
from tests.benchmarks.board import Board
from tests.benchmarks.dispatch.crew import CLOCK, Bot, start
from tests.benchmarks.dispatch.load import Shown, ask_one_by_one
from tests.benchmarks.dispatch.measure import MODES, TEXT
from tests.benchmarks.dispatch.slack import FakeSlack
from tests.benchmarks.plan import Plan, schema_mark, throw_away

LIMIT = 1.5
"""Times a text answer (issue 6, *Speed*)."""


def measure(plan: Plan, board: Board) -> None:
    throw_away(plan.folder, "sample-")
    database = plan.folder / f"sample-{schema_mark()}.db"
    plant(f"sqlite:///{database}", datetime.fromisoformat(CLOCK))
    asyncio.run(measure_all(plan, database, board))


async def measure_all(plan: Plan, database: Path, board: Board) -> None:
    async with FakeSlack() as slack, AsyncExitStack() as stack:
        for mode in MODES:
            bot = await stack.enter_async_context(start(slack, "kepi", mode, database, plan.folder))
            await judge(slack, bot, mode, plan, board)


async def judge(slack: FakeSlack, bot: Bot, mode: str, plan: Plan, board: Board) -> None:
    """Open Home and ask in turn; the ratio is the median of the rounds' own ratios."""
    await take_turns(slack, bot, 5)
    rounds = [
        await take_turns(slack, bot, max(2, plan.requests // 10))
        for _ in range(1 if plan.is_tiny else 5)
    ]
    words = "HTTP" if mode == "http" else "Socket Mode"
    ratio = median(home.answer(0.5) / text.answer(0.5) for home, text in rounds)
    board.at_most(19, f"{words}: Home opens ÷ a text answer, p50", ratio, LIMIT)
    board.tell("Home", f"{words}: opened, p50", median(it.answer(0.5) for it, _ in rounds), "ms")
    board.tell("Home", f"{words}: text answer, p50", median(it.answer(0.5) for _, it in rounds),
               "ms")  # fmt: skip


async def take_turns(slack: FakeSlack, bot: Bot, count: int) -> tuple[Shown, Shown]:
    """Return how long Home and a text answer took, one after the other, ``count`` times."""
    home, text = Shown(), Shown()
    for _ in range(count):
        asked = await slack.open_home(bot.name)
        home.answers.append(asked.answered - asked.sent)
        await ask_one_by_one(slack, bot, TEXT, 1, text)
    return home, text
