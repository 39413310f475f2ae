"""``/kpi data`` and the audit, with the bot over sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from commands.data import auditing
from commands.data.reading import read_data
from commands.outbox import deliver_due
from storage import findings
from storage.findings import FindingRow
from storage.imports import store
from storage.support_notes import choose
from tests.drawn import draw
from tests.slack.conftest import NOW, Town, enter_town

WRONG = """
    day        | platform  | account | impressions | reach
    -----------+-----------+---------+-------------+-------
    2026-11-02 | instagram | extra   |           9 |  12000
"""
RIGHT = WRONG.replace("          9 ", "      90000 ")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with enter_town(tmp_path) as ready:
        yield ready


async def bring(town: Town, days: str, hour: int) -> None:
    """Store a file as somebody dropped it."""
    context = town.running.context
    at = NOW.replace(hour=hour)
    store(context.database, context.home.workspace, draw(days=days), "U0MIA000000", at)


async def look(town: Town, days: float = 0) -> list[FindingRow]:
    """Let the planner and the outbox do their work, some days later."""
    context = town.running.context
    later = replace(context, clock=lambda: NOW + timedelta(days=days))
    await auditing.plan(later)
    await deliver_due(later)
    await town.quiet()
    return await context.read(findings.standing, context.home.workspace)


async def test_data_are_shown_to_the_asker_alone(town: Town) -> None:
    """Every account with its last day, the newest file and who brought it, and the gap."""
    await look(town)
    await town.mia.command("/kpi data", "#marketing")
    await town.quiet()
    message = town.mia.bot_said("#marketing")[-1]
    assert message.is_private
    assert message.text == "6 accounts, data to 21 Nov."
    words = str(message.blocks)
    assert "TikTok acme: 11–13 Nov were never read (3 days)." in words
    assert "up to date" in words
    assert "State" in words, "every column has a name"
    assert "Newest file: sample-bluebird-tiktok, 22 Nov 06:00" in words
    assert len(message.blocks) <= 15
    assert town.omar.bot_said("#marketing") == []


async def test_unknown_words_get_a_line_that_says_what_works(town: Town) -> None:
    await town.mia.command("/kpi data quality", "#marketing")
    await town.quiet()
    assert "/kpi data shows what there is" in town.mia.bot_said("#marketing")[-1].words


async def test_a_finding_is_accepted_and_taken_back_by_its_buttons(town: Town) -> None:
    await bring(town, WRONG, 7)
    (held, *_) = await look(town)
    assert held.is_holding
    await town.mia.command("/kpi data", "#marketing")
    await town.quiet()
    message = town.mia.bot_said("#marketing")[-1]
    assert "1 finding holds figures back" in message.text
    assert "*Held back* Instagram extra: fewer impressions than people" in str(message.blocks)
    await town.mia.press(message, f"data_accept:{held.id}")
    await town.quiet()
    message = town.mia.bot_said("#marketing")[-1]
    assert "Accepted by mia" in str(message.blocks)
    assert "holds figures back" not in message.text
    await town.mia.press(message, f"data_undo:{held.id}")
    await town.quiet()
    context = town.running.context
    assert await context.read(findings.holding, context.home.workspace)


async def test_the_audit_runs_daily_and_after_each_file(town: Town) -> None:
    """Not at every wake; a file that mends it ends the finding at once."""
    first = await look(town)
    again = await look(town, 0.1)
    assert [it.seen for it in again] == [it.seen for it in first]
    next_day = await look(town, 1)
    assert [it.seen for it in next_day] == [NOW + timedelta(days=1)]
    await bring(town, WRONG, 7)
    assert [it.is_holding for it in await look(town, 1)] == [True, False]
    await bring(town, RIGHT, 8)
    assert [it.is_holding for it in await look(town, 1)] == [False]


async def test_what_is_held_back_is_told_once_a_day_to_the_ops_channel(town: Town) -> None:
    context = town.running.context
    await context.write(choose, context.home.workspace, "ops-channel", "C0MARKETING", "", NOW)
    await look(town)
    assert town.mia.bot_said("#marketing") == []
    await bring(town, WRONG, 7)
    for days in (0, 0.05, 1, 2):
        await look(town, days)
    (message,) = town.mia.bot_said("#marketing")
    assert message.text == "1 thing in the data cannot be right; figures that stand on it wait."


async def test_how_late_an_account_is_leaves_the_platforms_lag_out(town: Town) -> None:
    """Read up to 21 November: on the 24th that may be all there is, on the 27th it is 3 days."""
    context = town.running.context
    for days, late in ((2, 0), (5, 3)):
        now = NOW + timedelta(days=days)
        seen = await context.read(read_data, context.home.workspace, now)
        line = next(it for it in seen.accounts if it.title == "Instagram acme")
        assert line.late == late
