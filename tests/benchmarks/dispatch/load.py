"""Asking one by one for latency, and many at once for CPU and throughput."""

import asyncio
import time
from dataclasses import dataclass, field
from statistics import median

from tests.benchmarks.dispatch.crew import Bot
from tests.benchmarks.dispatch.slack import FakeSlack
from tests.benchmarks.rounds import percentile

IN_FLIGHT = 32


@dataclass
class Shown:
    """What a bot has shown, in seconds; a list a round for CPU and rate."""

    acks: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)

    def ack(self, part: float) -> float:
        """Return a percentile of the acknowledgements, in ms."""
        return 1000 * percentile(self.acks, part)

    def answer(self, part: float) -> float:
        return 1000 * percentile(self.answers, part)

    @property
    def cpu_us(self) -> float:
        return 1e6 * median(self.cpu)


async def ask_one_by_one(
    slack: FakeSlack, bot: Bot, command: tuple[str, str], count: int, shown: Shown,
    *, chart: bool = False,
) -> None:  # fmt: skip
    """Ask and wait for the answer, then ask again."""
    for _ in range(count):
        asked = await slack.ask(bot.name, *command, chart=chart)
        shown.acks.append(asked.acked - asked.sent)
        shown.answers.append(asked.answered - asked.sent)


async def ask_at_once(
    slack: FakeSlack, bot: Bot, command: tuple[str, str], count: int, shown: Shown
) -> None:
    """Keep many commands under way, and note CPU a command and commands a second."""
    left = iter(range(count))

    async def go_on() -> None:
        for _ in left:
            await slack.ask(bot.name, *command)

    cpu, start = bot.cpu(), time.perf_counter()
    await asyncio.gather(*(go_on() for _ in range(IN_FLIGHT)))
    shown.rate.append(count / (time.perf_counter() - start))
    shown.cpu.append((bot.cpu() - cpu) / count)
