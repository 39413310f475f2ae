"""The product's own workers: charts a second by one and by two, and what the loop feels of it."""

import asyncio
import time

from kpis.charts.workers import ChartWorkers
from tests.benchmarks.chart.picture import PICTURE
from tests.benchmarks.processes import rss_mib
from tests.benchmarks.rounds import percentile

TICK = 0.002


async def measure_workers(charts: int, rounds: int) -> tuple[list[float], list[float], float]:
    """Return charts a second by one and by two workers in each round, and a worker's MiB."""
    async with ChartWorkers(1) as one, ChartWorkers(2) as two:
        await one.warm()
        await two.warm()
        await draw_many(two, 4)
        rates: tuple[list[float], list[float]] = [], []
        for _ in range(rounds):
            for workers, held in ((one, rates[0]), (two, rates[1])):
                start = time.perf_counter()
                await draw_many(workers, charts)
                held.append(charts / (time.perf_counter() - start))
        return *rates, max(rss_mib(pid) for pid in two.pids)


async def draw_many(workers: ChartWorkers, charts: int) -> None:
    await asyncio.gather(*(workers.draw(PICTURE) for _ in range(charts)))


async def measure_stall(seconds: float) -> tuple[float, float]:
    """Return how late the loop's ticks come (99th percentile): idle, and while two draw."""
    async with ChartWorkers(2) as workers:
        await workers.warm()
        idle = await lateness(seconds)
        drawing = asyncio.gather(*(keep_drawing(workers, seconds) for _ in range(2)))
        busy = await lateness(seconds)
        await drawing
    return percentile(idle, 0.99), percentile(busy, 0.99)


async def keep_drawing(workers: ChartWorkers, seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        await workers.draw(PICTURE)


async def lateness(seconds: float) -> list[float]:
    """Return how late each tick was."""
    found = []
    end = time.perf_counter() + seconds
    while (start := time.perf_counter()) < end:
        await asyncio.sleep(TICK)
        found.append(time.perf_counter() - start - TICK)
    return found
