"""Which way a number goes: said where it is sure, and only of settled days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from random import Random

import pytest

from kpis.question import Refusal
from storage.database import Database
from tests.analyses.looking import look
from tests.drawn import fill

END = date(2026, 11, 22)


def days(values: list[int | None], platform: str = "instagram") -> str:
    """Draw likes of days that end yesterday."""
    start = END - timedelta(days=len(values))
    rows = [
        f"{start + timedelta(days=at)} | {platform} | {it}"
        for at, it in enumerate(values)
        if it is not None
    ]
    return "\n".join(["day | platform | likes", "---+---+---", *rows])


def wobble(at: int) -> int:
    """Return something between −9 and 9 that has no trend and no memory."""
    return Random(at + 100).randint(-9, 9)


def test_a_line_is_told_with_its_slope_a_week_and_an_interval(sqlite_database: Database) -> None:
    """Ten a day more every week, from 200: the wobble around it changes nothing."""
    values: list[int | None] = [200 + at * 10 // 7 + wobble(at) for at in range(84)]
    workspace = fill(sqlite_database, days=days(values))
    answer = look(sqlite_database, workspace, "likes instagram", "trend")
    assert answer.main.headline.startswith("Up 3.") or answer.main.headline.startswith("Up 4")
    assert answer.title == "Trend of Likes · Instagram acme · last 84 days"
    low, high = (float(it) for it in answer.main.details[0].split("19 in 20: +")[1].rstrip(").")
                 .split(" to +"))  # fmt: skip
    assert low <= 10 <= high
    assert high - low < 2


def test_chance_is_called_chance(sqlite_database: Database) -> None:
    workspace = fill(sqlite_database, days=days([200 + wobble(at) for at in range(84)]))
    answer = look(sqlite_database, workspace, "likes instagram", "trend")
    assert answer.main.headline == "No clear trend in 12 weeks"
    assert "may be chance" in answer.main.details[0]


def test_unsettled_days_are_left_out(sqlite_database: Database) -> None:
    """Instagram's last two days still rise: that they are low is no fall."""
    values: list[int | None] = [200 + wobble(at) for at in range(84)]
    values[-2:] = [5, 0]
    workspace = fill(sqlite_database, days=days(values))
    answer = look(sqlite_database, workspace, "likes instagram", "trend")
    assert answer.main.series[-1].end == date(2026, 11, 20)
    assert answer.main.series[-1].value == values[-3]


def test_a_new_level_is_told_with_its_day_and_a_weekday_with_its_size(
    sqlite_database: Database,
) -> None:
    """100 until 4 October, 160 from then on; Sundays are 30 lower all along."""
    start = END - timedelta(days=84)
    values: list[int | None] = []
    for at in range(84):
        day = start + timedelta(days=at)
        level = 100 if day < date(2026, 10, 5) else 160
        values.append(level + wobble(at) // 3 - (30 if day.weekday() == 6 else 0))
    workspace = fill(sqlite_database, days=days(values))
    main = look(sqlite_database, workspace, "likes instagram", "trend").main
    level = re.fullmatch(r"A new level from 5 Oct: usually (\d+), (\d+) until then", main.headline)
    assert level is not None
    assert [abs(int(it) - at) <= 2 for it, at in zip(level.groups(), (160, 100), strict=True)]
    assert "Sunday the lowest (−30)" in " ".join(main.details)


def test_a_step_is_not_told_of_a_plain_line(sqlite_database: Database) -> None:
    """A line crosses its middle too; two levels explain it worse than a line does."""
    workspace = fill(sqlite_database, days=days([100 + 3 * at + wobble(at) for at in range(84)]))
    main = look(sqlite_database, workspace, "likes instagram", "trend").main
    assert main.headline.startswith("Up 9")


def test_few_numbers_make_no_trend(sqlite_database: Database) -> None:
    workspace = fill(sqlite_database, days=days([1, 2, 3, 4, 5, 6, 7]))
    answer = look(sqlite_database, workspace, "likes instagram", "trend")
    assert answer.main.headline == "Too few numbers for a trend: 5, needs 8"


def test_what_has_no_series_is_refused(sqlite_database: Database) -> None:
    workspace = fill(sqlite_database, days=days([1] * 30))
    with pytest.raises(Refusal, match=r"no (series|single number)"):
        look(sqlite_database, workspace, "hashtags", "trend")


def test_levels_are_followed_by_their_own_days(database: Database) -> None:
    rows = "\n".join(
        f"{END - timedelta(days=60 - at)} | instagram | {1000 + 4 * at}" for at in range(60)
    )
    workspace = fill(database, days=f"day | platform | followers\n---+---+---\n{rows}")
    answer = look(database, workspace, "followers instagram last 60 days", "trend")
    assert answer.main.headline.startswith("Up 2.5 %")
    assert "+28 each week (19 in 20: +28 to +28)" in answer.main.details[0]
