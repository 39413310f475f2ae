"""At opening time the team reads who waits, once a day (what-people-see §5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.playground import LocalSlack
from commands.notices.morning import opened_last
from support.week import ALWAYS, OFFICE, Week, Window
from tests.business_time.calendars import weekly
from tests.notices.conftest import (
    TOLD,
    answer,
    ask,
    first_line,
    rules_without,
    set_hours,
    tick,
    told,
)
from tests.slack.conftest import NOW
from tests.support_life.conftest import SUPPORT, Desk, run

NIGHT: Week = ((Window(0, 360), Window(1320, 1440)),) * 7
LUNCH: Week = ((Window(540, 720), Window(780, 1080)),) * 7


def at(words: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


async def until(desk: Desk, moment: datetime) -> None:
    await tick(desk, (moment - desk.slack.clock.instant()).total_seconds() / 60)


async def test_on_monday_after_a_weekend_who_waits_is_told_oldest_first(desk: Desk) -> None:
    """NOW is a Sunday; the office opens on Monday at nine, and who was answered is not named."""
    await set_hours(desk)
    first = await ask(desk, "Order 8841 never came")
    desk.slack.clock.advance(3600)
    second = await ask(desk, "Is the shop open?")
    desk.slack.clock.advance(3600)
    await ask(desk, "My cup is broken")
    await answer(desk, second, "Yes, it is")
    await until(desk, at("2026-11-23 08:58"))
    assert told(desk) == []
    await until(desk, at("2026-11-23 09:00:30"))
    (message,) = told(desk)
    assert first_line(message) == "2 customers waiting in #support, oldest first"
    assert message.text == "2 customers waiting in #support, oldest 15 h."
    lines = message.blocks[1]["text"]["text"].split("\n")
    assert [it.partition(">")[2] for it in lines] == [
        ": Order 8841 never came",
        ": My cup is broken",
    ]
    assert lines[0].startswith("*15 h* <https://acme.slack.com/archives/")
    assert first.ts.replace(".", "") in lines[0]
    for moment in ("2026-11-23 11:30", "2026-11-23 15:00"):
        await until(desk, at(moment))
    assert len(told(desk)) == 1
    await until(desk, at("2026-11-24 09:01"))
    assert len(told(desk)) == 2


async def test_nobody_waits_and_nothing_is_said(desk: Desk) -> None:
    await set_hours(desk)
    asked = await ask(desk)
    await answer(desk, asked)
    await until(desk, at("2026-11-23 09:01"))
    assert told(desk) == []


async def test_a_list_that_comes_two_hours_late_does_not_come(
    slack: LocalSlack, tmp_path: Path
) -> None:
    """The bot was away from Sunday on; at half past ten it is still a morning, at noon not."""
    for hour, count in (("10:30", 1), ("12:00", 1)):
        day = "23" if hour == "10:30" else "24"
        async with run(slack, tmp_path / "kepi.db") as desk:
            if hour == "10:30":
                await desk.track(rules=TOLD)
                await set_hours(desk)
                await ask(desk)
            await desk.beat()
        slack.clock.advance((at(f"2026-11-{day} {hour}") - slack.clock.instant()).total_seconds())
        async with run(slack, tmp_path / "kepi.db") as desk:
            await desk.quiet()
            await tick(desk, 2)  # what waited for the reading back is asked again in a minute
            lists = [it for it in told(desk) if "waiting" in it.text]
            assert len(lists) == count


async def test_the_list_is_switched_off_and_on_by_its_own_button(desk: Desk) -> None:
    await set_hours(desk)
    await ask(desk)
    await until(desk, at("2026-11-23 09:01"))
    await desk.person("omar").press(told(desk, "omar")[0], "morning_off")
    await desk.quiet()
    await until(desk, at("2026-11-24 09:01"))
    assert len(told(desk)) == 1


async def test_ten_are_named_and_the_rest_are_a_press_away(desk: Desk) -> None:
    await set_hours(desk)
    for number in range(12):
        await ask(desk, f"Order {number} never came")
        desk.slack.clock.advance(400)
    await until(desk, at("2026-11-23 09:01"))
    (message,) = told(desk)
    assert first_line(message) == "12 customers waiting in #support, oldest first"
    named = [it["text"]["text"].count("\n") + 1 for it in message.blocks[1:-1]]
    assert named == [5, 5]
    answer_ = await desk.person("mia").press(message, "support_page:all")
    await desk.quiet()
    assert answer_ is not None
    assert any("12 customers waiting" in it.text for it in desk.whispers("mia", "#marketing"))


async def test_a_shared_channel_has_no_list(desk: Desk) -> None:
    """Without a channel of the team's own there is no place for it."""
    await set_hours(desk)
    await desk.track("#partner-acme", rules=replace(rules_without(), is_shared=True))
    await desk.person("lena").say("#partner-acme", "Where is our order?")
    await desk.quiet()
    await until(desk, at("2026-11-23 09:01"))
    assert desk.person("lena").bot_said("#partner-acme") == []
    assert told(desk) == []


async def test_without_a_channel_of_its_own_the_list_is_where_they_answer(desk: Desk) -> None:
    await desk.track(rules=rules_without())
    await set_hours(desk)
    await ask(desk)
    await until(desk, at("2026-11-23 09:01"))
    (message,) = told(desk, "mia", SUPPORT)
    assert first_line(message) == "1 customer waiting, oldest first"


@pytest.mark.parametrize(
    ("zone", "week", "now", "opened"),
    [
        ("Europe/Stockholm", OFFICE, "2026-03-30 07:30", "2026-03-30 07:00"),
        ("Europe/Stockholm", OFFICE, "2026-03-27 08:30", "2026-03-27 08:00"),
        ("Europe/Stockholm", OFFICE, "2026-10-26 08:30", "2026-10-26 08:00"),
        ("Europe/Stockholm", OFFICE, "2026-03-29 12:00", ""),
        ("America/New_York", OFFICE, "2026-11-02 14:30", "2026-11-02 14:00"),
        ("UTC", NIGHT, "2026-11-23 23:00", "2026-11-23 22:00"),
        ("UTC", ALWAYS, "2026-11-23 12:00", ""),
        ("UTC", LUNCH, "2026-11-23 14:00", "2026-11-23 09:00"),
    ],
)
def test_a_morning_is_the_first_opening_of_a_local_day(
    zone: str, week: Week, now: str, opened: str
) -> None:
    """Nine o'clock on both sides of a change of the clocks; what never closes has no morning."""
    found, _ = opened_last(weekly(zone, week), at(now))
    assert found == (at(opened) if opened else None)


def test_now_is_a_sunday() -> None:
    assert NOW.weekday() == 6
