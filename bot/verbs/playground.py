"""``playground``: a local workspace and the bot beside it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import Literal

from bot.playground.planting import let_crisis_break_out, let_numbers_come, plant
from bot.playground.run import playground
from bot.playground.sample_issues import draw_issues
from bot.settings import DEFAULT_DATABASE


def serve_playground(
    port: int, mode: Literal["socket", "http"], clock: datetime | None, database: str
) -> int:
    """Serve until Ctrl-C; the environment's own database and Slack are left alone."""
    url = database or DEFAULT_DATABASE.replace("kepi.db", "playground.db")
    now = clock or datetime.now(UTC)
    moments = draw_issues(now)
    plant(url, now, moments)
    starts = clock.isoformat() if clock else None
    return asyncio.run(
        playground(
            port,
            database_url=url,
            mode=mode,
            clock=starts,
            moments=moments,
            passing=partial(let_numbers_come, url, now),
            crisis=partial(let_crisis_break_out, url),
        )
    )
