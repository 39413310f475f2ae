"""Goals and the days they are judged on, drawn by a rule: one line a day."""

from __future__ import annotations

import json
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from kpis.goals.judge import judge
from kpis.goals.measure import Measuring
from kpis.goals.state import Standing
from kpis.surroundings import look_around
from storage.database import Database
from storage.goals import GoalRow
from tests.drawn import fill

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
"""A Sunday; Instagram's days are settled up to the 19th."""
DAY = timedelta(days=1)


def draw_days(
    measure: str,
    value: Callable[[date], int],
    *,
    start: date = date(2026, 9, 1),
    end: date = date(2026, 11, 22),
    without: Container[date] = (),
    account: str = "acme",
    platform: str = "instagram",
) -> str:
    """Return a drawn table of one measure, a line a day from ``start`` until before ``end``."""
    lines = [f"day | platform | account | {measure}", "---+---+---+---"]
    for number in range((end - start).days):
        at = start + number * DAY
        if at not in without:
            lines.append(f"{at} | {platform} | {account} | {value(at)}")
    return "\n".join(lines)


def make_goal(**chosen: Any) -> GoalRow:
    """Return a goal on Instagram likes in November 2026, set on its first day."""
    usual: dict[str, Any] = {
        "id": 1, "text": "", "kpi": "likes", "scope": json.dumps({"platforms": ["instagram"]}),
        "variant": "", "shape": "total", "better": "higher", "target": 500.0, "baseline": None,
        "start": date(2026, 11, 1), "end": date(2026, 12, 1), "every": "", "aim": "engagement",
        "why": "", "owner": "U1", "channel": "", "by": "U1",
        "made": datetime(2026, 11, 1, 6, tzinfo=UTC), "state": "open", "pace": "",
        "decided": None,
    }  # fmt: skip
    return GoalRow(**(usual | chosen))


@dataclass(frozen=True)
class Judged:
    """A database with days in it, and what it says of goals."""

    database: Database
    workspace: int

    def judge(self, now: datetime = NOW, **goal: Any) -> Standing:
        with self.database.read() as connection:
            around = look_around(self.database, connection, self.workspace)
            return judge(make_goal(**goal), connection, around, now)

    def measure(self, now: datetime = NOW, **goal: Any) -> tuple[float, ...]:
        """Return what the days of the week weigh."""
        with self.database.read() as connection:
            around = look_around(self.database, connection, self.workspace)
            return Measuring(make_goal(**goal), connection, around, now).profile


def stored(database: Database, days: str = "", posts: str = "", windows: str = "") -> Judged:
    return Judged(database, fill(database, days=days, posts=posts, windows=windows))
