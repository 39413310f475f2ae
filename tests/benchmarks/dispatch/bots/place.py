"""What every bot of the benchmark is told, and how it says that it serves."""

import asyncio
import os
import sys

import aiohttp

NAME = os.environ.get("BENCH_NAME", "")
SLACK = os.environ.get("BENCH_SLACK", "")
MODE = os.environ.get("BENCH_MODE", "http")
SECRET = os.environ.get("SLACK_SIGNING_SECRET", "")
TEXT = "You said: {text}"


async def say_ready(port: int) -> None:
    async with aiohttp.ClientSession() as http, http.get(f"{SLACK}/ready/{NAME}/{port}"):
        pass


async def wait_for_end() -> None:
    """Return when the driver closes our input, or is gone."""
    await asyncio.to_thread(sys.stdin.read)
