"""Row 20: an echo with 200 workspaces installed, beside one workspace, and bolt with a store."""

import asyncio
import shutil
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from statistics import median

from bot.playground.planting import plant
from storage.database import Database
from storage.installations import Seal, install, make_key
from tests.benchmarks.board import Board
from tests.benchmarks.dispatch.crew import CLOCK, Bot, start
from tests.benchmarks.dispatch.load import Shown, ask_at_once, ask_one_by_one
from tests.benchmarks.dispatch.measure import TEXT, on_first_core, on_other_cores, over
from tests.benchmarks.dispatch.slack import TEAM, FakeSlack
from tests.benchmarks.plan import Plan, schema_mark, throw_away

COUNT = 200
WORSE = 1.1
"""Dispatch does not get worse; so much is noise between two processes."""
ECHO = {"kepi": ("/echo", "hello"), "many": ("/echo", "hello"), "store": ("/kpi", "hello")}


def measure(plan: Plan, board: Board) -> None:
    throw_away(plan.folder, "sample-")
    single = plan.folder / f"sample-{schema_mark()}.db"
    plant(f"sqlite:///{single}", datetime.fromisoformat(CLOCK))
    many = plan.folder / "many.db"
    shutil.copyfile(single, many)
    let_in(many)
    asyncio.run(measure_all(plan, single, many, board))


def let_in(file: Path) -> None:
    """Install 200 workspaces, the one that is asked among them; the key lies beside the file."""
    key = make_key()
    file.with_suffix(".key").write_text(key)
    seal, database = Seal([key]), Database(f"sqlite:///{file}")
    with database.write() as connection:
        for team in (TEAM, *(f"T{number:07}" for number in range(COUNT - 1))):
            said = {
                "team_id": team,
                "bot_token": "xoxb-bench",
                "bot_user_id": "U0KEPI",
                "bot_id": "B0KEPI",
                "user_id": "",
            }
            install(
                connection,
                team=team,
                name=team,
                sealed=seal.close(said),
                by="",
                at=datetime.fromisoformat(CLOCK),
                expires=None,
            )
    database.close()


async def measure_all(plan: Plan, single: Path, many: Path, board: Board) -> None:
    rounds, files = 1 if plan.is_tiny else 5, {"kepi": single, "many": many, "store": many}
    async with FakeSlack() as slack, AsyncExitStack() as stack:
        bots = {
            program: await stack.enter_async_context(
                start(slack, program, "http", file, plan.folder)
            )
            for program, file in files.items()
        }
        with on_first_core(), on_other_cores(list(bots.values())):
            echoes = await take_turns(slack, bots, ECHO, rounds, plan.requests)
            asked = dict.fromkeys(("kepi", "many"), TEXT)
            texts = await take_turns(slack, bots, asked, rounds, plan.requests // 4)
        memory = bots["many"].rss() - bots["kepi"].rss()
    judge(echoes, texts, memory, board)


async def take_turns(
    slack: FakeSlack,
    bots: dict[str, Bot],
    commands: dict[str, tuple[str, str]],
    rounds: int,
    requests: int,
) -> dict[str, Shown]:
    """Ask each bot in turn, one by one and many at once."""
    shown = {name: Shown() for name in commands}
    for name, command in commands.items():
        await ask_at_once(slack, bots[name], command, max(requests // 4, 8), Shown())
    for _ in range(rounds):
        for name, command in commands.items():
            await ask_one_by_one(slack, bots[name], command, max(requests // 2, 8), shown[name])
        for name, command in commands.items():
            await ask_at_once(slack, bots[name], command, 2 * requests, shown[name])
    return shown


def judge(echoes: dict[str, Shown], texts: dict[str, Shown], memory: float, board: Board) -> None:
    one, many, store = echoes["kepi"], echoes["many"], echoes["store"]
    board.at_most(20, "CPU an echo, 200 workspaces ÷ one", over(many, one), WORSE)
    board.at_most(20, "ack p50, 200 workspaces ÷ one", many.ack(0.5) / one.ack(0.5), WORSE)
    board.at_most(20, "CPU a text answer, 200 ÷ one", over(texts["many"], texts["kepi"]), WORSE)
    board.at_most(20, "CPU an echo ÷ bolt with its store of 200", over(many, store), 0.5)
    board.tell("Many workspaces", "memory of a quiet workspace", memory / COUNT, "MiB")
    for name, it in echoes.items():
        board.tell("Many workspaces", f"{name}: CPU an echo", it.cpu_us, "µs")
        board.tell("Many workspaces", f"{name}: ack p50", it.ack(0.5), "ms")
        board.tell("Many workspaces", f"{name}: echoes a second", median(it.rate), "/s")
