"""A surge of negative mentions: one message, an hourly story beside customers, a calm end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.playground.faults import Trouble
from commands.support.draft import Draft
from commands.support.saving import Place, save_setup
from storage import issues
from support.entries import ts_of
from support.rules import Mode, Rules
from tests import databases
from tests.alerts.conftest import MIA, Open, Watch

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
"""A Monday."""


def usual(here: Watch, weeks: int = 3) -> None:
    """Four negative and 18 other mentions in each three hours of the weeks before."""
    moments = [
        NOON - timedelta(weeks=weeks) + timedelta(minutes=45 * n) for n in range(weeks * 7 * 32)
    ]
    here.mentions(moments)
    here.mentions([it + timedelta(minutes=k) for it in moments for k in (1, 2, 3, 4)], "neutral")


def burst(start: datetime, count: int, minutes: float) -> list[datetime]:
    """Return ``count`` moments spread over some minutes from ``start`` on."""
    return [start + timedelta(minutes=minutes) * n / count for n in range(count)]


@pytest.mark.parametrize("kind", databases.KINDS)
async def test_a_crisis_opens_one_incident_and_closes_after_six_calm_hours(
    watch: Open, kind: str
) -> None:
    """Told within a minute; the state is edited; the thread holds the story, to the end."""
    async with watch(kind, at=NOON) as here:
        usual(here)
        await here.rule("negative mentions")
        await here.tick()
        assert here.said() == []
        here.mentions(burst(NOON + timedelta(minutes=10), 19, 20))
        await here.tick(minutes=31)
        assert here.first.text.startswith("Alert: 2")
        assert "negative mentions in 3 hours" in here.first.text
        shown = str(here.first.blocks)
        assert "Usual for Monday" in shown
        assert "about delivery" in shown
        assert [it["type"] for it in here.first.blocks].count("image") == 1
        here.mentions(burst(NOON + timedelta(minutes=35), 10, 20))
        await here.tick(minutes=64)
        assert len(here.story()) == 1
        assert here.story()[0].startswith("13:35 Still high: ")
        for _ in range(20):
            if "Over since" not in here.first.text:
                await here.tick(minutes=30)
        assert len(here.said()) == 1
        last = here.story()[-1]
        assert "Normal since 1" in last
        assert "Lasted" in last
        assert last.endswith("mentions.")
        assert f"Over since {last[19:24]}." in here.first.text
        ended, calm = (datetime.fromisoformat(f"2026-11-16 {it}") for it in (last[:5], last[19:24]))
        # To the minute that is judged, which counts in full.
        assert timedelta(hours=5, minutes=59) <= ended - calm <= timedelta(hours=6, minutes=30)


async def test_a_crisis_tells_of_customers_as_far_as_the_channel_may_know(watch: Open) -> None:
    """Issues of a private channel are not counted where others read."""
    async with watch(at=NOON) as here:
        usual(here)
        open_issues(here, "#support", 3)
        await here.rule("negative mentions")
        await here.tick()
        here.mentions(burst(NOON + timedelta(minutes=10), 30, 20))
        await here.tick(minutes=31)
        here.mentions(burst(NOON + timedelta(minutes=40), 10, 20))
        await here.tick(minutes=64)
        assert here.story()[0].endswith("3 customer issues, 3 waiting.")
        room = here.street.slack.space.find_channel("#support")
        room.is_private = True
        here.street.processes[:] = [await here.street.begin()]
        here.mentions(burst(NOON + timedelta(minutes=100), 10, 20))
        here.at(NOON + timedelta(minutes=165))
        await here.tick()
        assert len(here.story()) == 2
        assert "customer" not in here.story()[1]


def open_issues(here: Watch, channel: str, count: int) -> None:
    """Let ``count`` customers wait in a channel since 12:15; one more was there before."""
    room = here.street.slack.space.find_channel(channel)
    rules = Rules(mode=Mode.AUTO, responders=(MIA,), others_are="customer")
    with here.street.database.write() as connection:
        place, since = Place(room.id, room.name, False), NOON - timedelta(hours=1)
        save_setup(connection, here.workspace, Draft(room.id, rules), place, MIA, since)
        for number in range(count + 1):
            at = NOON + timedelta(minutes=15) if number else since
            row = {"channel": room.id, "root": ts_of(number + 1), "episode": 1, "state": "open"}
            row |= {"opened": at, "tracked": at, "waiting_since": at}
            issues.save(connection, here.workspace, row, [], [])


async def test_a_storm_makes_one_post_and_fourteen_edits_at_most(watch: Open) -> None:
    """Row 46: 10,000 negative mentions in 10 minutes, within Slack's limits."""
    async with watch(at=NOON) as here:
        usual(here)
        here.street.slack.faults.per_minute = {"chat.update": 50, "chat.postMessage": 50}
        here.street.slack.faults.posts_per_second = 1
        await here.rule("negative mentions")
        await here.tick()
        seconds = 15
        for _ in range(10 * 60 // seconds):
            start = here.now
            here.mentions(burst(start, 10_000 * seconds // 600, seconds / 60 * 0.9))
            await here.tick(seconds=seconds)
        assert len(here.said()) == 1
        assert here.story() == []
        assert 5 <= here.edits() <= 14
        outcomes: list[Any] = [it.outcome for it in here.street.slack.calls]
        assert outcomes.count(Trouble.RATE_LIMITED.name.lower()) == 0
        assert "Now: still high, 10,0" in here.first.text
