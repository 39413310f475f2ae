"""What breaks a rule is told once, stays true, and ends with a line in its thread."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from commands.alerts.naming import COMPANY
from commands.alerts.story import add_line
from commands.alerts.watching import plan
from storage import alerts, incident_acts, incidents, outbox, support_notes
from storage.setting_changes import history
from tests import databases
from tests.alerts.conftest import MIA, MONDAY, Open, Watch

ROOM = "#marketing"
TOLD = "Alert: Likes · Instagram acme: 84 on Mon 16 Nov, below 100"


async def break_the_limit(here: Watch) -> None:
    """Save a rule on likes, and import a day that is below its limit."""
    await here.rule("likes instagram below 100")
    await here.tick()
    here.likes(date(2026, 11, 16), 84)
    await here.tick(days=4)


@pytest.mark.parametrize("kind", databases.KINDS)
async def test_a_broken_limit_is_told_once_and_ends(watch: Open, kind: str) -> None:
    """One message with its chart; the same data again: nothing; recovery edits and says so."""
    async with watch(kind) as here:
        await here.rule("likes instagram below 100")
        await here.tick()
        assert here.said() == [], "what is usual is not told"
        here.likes(date(2026, 11, 16), 84)
        await here.tick(days=4)
        assert here.first.text == f"{TOLD}."
        kinds = [it["type"] for it in here.first.blocks]
        assert kinds == ["section", "image", "context", "actions"]
        assert "84" in here.first.blocks[1]["alt_text"]
        here.likes(date(2026, 11, 16), 84)
        for _ in range(3):
            await here.tick(minutes=5)
        assert (here.story(), here.edits()) == ([], 0)
        here.likes(date(2026, 11, 17), 90)
        await here.tick(days=1)
        assert here.story() == ["09:15 Still below 100: 90 on Tue 17 Nov."]
        assert here.first.text == f"{TOLD}. Now: still below 100, 90 on Tue 17 Nov."
        here.likes(date(2026, 11, 18), 280, 270)
        await here.tick(days=2)
        over = "Over since 18 Nov. Back above 100: 280. Lasted 2 days."
        assert here.first.text == f"{TOLD}. {over}"
        assert here.story()[1:] == ["09:15 Back above 100 since 18 Nov: 280. Lasted 2 days."]
        actions = [it["action_id"] for it in here.first.blocks[-1]["elements"]]
        assert actions == ["alert_menu"], "what is over is neither taken nor snoozed"


async def test_a_channel_that_came_to_be_shared_is_told_nothing(watch: Open) -> None:
    """Nobody said yes to the other company: the owner has the alert, once, and what to do.

    Nor does the thread of an older alert go on, until somebody names the company.
    """
    async with watch() as here:
        number = await here.rule("likes instagram below 100")
        await here.tick()
        here.street.slack.share(ROOM, "Nordic Agency")
        here.likes(date(2026, 11, 16), 84)
        await here.tick(days=4)
        await here.tick(minutes=5)
        assert here.said(ROOM) == []
        (told,) = here.street.slack.person("mia").bot_said("dm")
        assert told.text.startswith(f"{TOLD}. Not told in #marketing: another company reads along")
        assert "/kpi alerts, then Change" in told.text
        context = here.process.context
        key = f"{COMPANY}|{number}"
        await context.write(
            support_notes.choose, here.workspace, key, "Nordic Agency", MIA, here.now
        )
        here.likes(date(2026, 11, 18), 280, 270)
        await here.tick(days=2)
        here.likes(date(2026, 11, 20), 80)
        await here.tick(days=4)
        assert [it.text[:33] for it in here.said(ROOM)] == ["Alert: Likes · Instagram acme: 80"]


async def test_a_thread_ends_where_another_company_reads_along(watch: Open) -> None:
    """What was said before stays; what goes on is no longer told there."""
    async with watch() as here:
        await break_the_limit(here)
        before = here.first.text
        here.street.slack.share(ROOM, "Nordic Agency")
        here.likes(date(2026, 11, 17), 90)
        await here.tick(days=1)
        assert here.story(ROOM) == []
        assert here.first.text == before


async def test_what_was_before_the_rule_is_not_told(watch: Open) -> None:
    """metabase 75629: the first run is silent, whatever the history holds."""
    async with watch() as here:
        here.likes(date(2026, 11, 10), 84, 80, 79)
        await here.rule("likes instagram below 100")
        for _ in range(5):
            await here.tick(hours=6)
        assert here.said() == []


async def test_a_restart_in_between_changes_nothing(watch: Open) -> None:
    """Another process on the same database goes on: no second message, the same thread."""
    async with watch() as here:
        await break_the_limit(here)
        for process in range(3):
            here.street.processes[:] = [await here.street.begin()]
            here.at(MONDAY + timedelta(days=4, minutes=1 + process))
            await here.tick()
        assert (len(here.said()), here.story(), here.edits()) == (1, [], 0)
        here.likes(date(2026, 11, 17), 280)
        await here.tick(days=1)
        assert here.first.text.startswith(f"{TOLD}. Over since 17 Nov.")
        assert len(here.story()) == 1


@pytest.mark.parametrize("kind", databases.KINDS)
async def test_two_processes_open_one_incident(watch: Open, kind: str) -> None:
    """Both judge the same at the same moment, from the opening to the end."""
    async with watch(kind, processes=2) as here:
        await here.rule("likes instagram below 100")
        here.likes(date(2026, 11, 16), 84)
        for days, value in ((4, None), (1, 85), (1, 280)):
            if value:
                here.likes(here.now.date() - timedelta(days=3), value)
            here.at(here.now + timedelta(days=days))
            both = here.street.processes
            await asyncio.gather(*(plan(it.context) for it in both))
            for _ in range(2):
                await asyncio.gather(*(it.send() for it in both))
            await asyncio.gather(*(plan(it.context) for it in both))
        assert len(here.said()) == 1
        assert [line[6:] for line in here.story()] == [
            "Still below 100: 85 on Tue 17 Nov.",
            "Back above 100 since 18 Nov: 280. Lasted 2 days.",
        ]
        assert here.edits() == 2


async def test_within_the_cool_down_the_thread_goes_on(watch: Open) -> None:
    """The same thing on the next day opens no second message; days later it does."""
    async with watch() as here:
        await break_the_limit(here)
        here.likes(date(2026, 11, 17), 280)
        await here.tick(days=1)
        here.likes(date(2026, 11, 18), 70)
        await here.tick(hours=23)
        assert "Over" not in here.first.text
        assert here.story()[-1] == "08:00 Still below 100: 70 on Wed 18 Nov."
        here.likes(date(2026, 11, 19), 280, 281, 282)
        await here.tick(days=3)
        here.likes(date(2026, 11, 22), 60)
        await here.tick(days=3)
        first, second = here.said()
        assert "Over since 19 Nov" in first.text
        assert second.text == "Alert: Likes · Instagram acme: 60 on Sun 22 Nov, below 100."


async def test_good_news_is_told_without_alarm(watch: Open) -> None:
    """Likes above a limit are no alarm: “Good news”, and nothing to take on."""
    async with watch() as here:
        await here.rule("likes instagram above 500")
        here.likes(date(2026, 11, 16), 812)
        await here.tick(days=4)
        assert here.first.text == (
            "Good news: Likes · Instagram acme: 812 on Mon 16 Nov, above 500."
        )
        assert "Alert" not in str(here.first.blocks)
        assert [it["action_id"] for it in here.first.blocks[-1]["elements"]] == ["alert_menu"]


async def test_the_first_time_alone(watch: Open) -> None:
    """metabase 6646: a rule that is to tell once rests when that is over, and says so."""
    async with watch() as here:
        number = await here.rule("likes instagram below 100 once")
        here.likes(date(2026, 11, 16), 84)
        await here.tick(days=4)
        here.likes(date(2026, 11, 17), 280)
        await here.tick(days=1)
        assert "It was to tell the first time alone" in here.story()[-1]
        here.likes(date(2026, 11, 18), 280, 280, 280, 70)
        await here.tick(days=7)
        assert len(here.said()) == 1
        with here.street.database.read() as connection:
            rule = alerts.rule(connection, here.workspace, number)
            line = history(connection, here.workspace)[0]
        assert rule is not None
        assert rule.paused is not None
        kepi = here.process.context.home.bot_user
        assert (line.by, line.after) == (kepi, f"{line.before}, paused"), "the history tells it"


async def test_a_channel_that_died_is_told_to_the_owner_once(watch: Open) -> None:
    """Row 16: whoever owns the rule hears of it, once, however long it goes on."""
    async with watch() as here:
        await here.rule("likes instagram below 100")
        room = here.street.slack.space.find_channel("#marketing")
        room.members.remove(here.street.slack.space.bot.id)
        here.likes(date(2026, 11, 16), 84)
        await here.tick(days=4)
        here.likes(date(2026, 11, 17), 83)
        await here.tick(days=1)
        await here.tick(minutes=1)
        assert here.street.words() == []
        told = [it.text for it in here.street.slack.person("mia").bot_said()]
        assert len(told) == 1
        assert "not in the channel" in told[0]


async def test_a_muted_rule_opens_nothing(watch: Open) -> None:
    """Afterwards, what still holds is told."""
    async with watch() as here:
        number = await here.rule("likes instagram below 100")
        with here.street.database.write() as connection:
            until = MONDAY + timedelta(days=5)
            alerts.mute_rule(connection, here.workspace, number, until)
        here.likes(date(2026, 11, 16), 84)
        await here.tick(days=4)
        assert here.said() == []
        await here.tick(days=1, minutes=1)
        assert here.first.text == f"{TOLD}."


async def test_a_snoozed_incident_is_quiet_until_it_wakes(watch: Open) -> None:
    """What goes on is told when the snooze runs out; what ends is told at once."""
    async with watch() as here:
        await break_the_limit(here)
        with here.street.database.write() as connection:
            (row,) = incidents.open_list(connection, here.workspace)
            until = here.now + timedelta(days=2)
            incident_acts.snooze(connection, here.workspace, row.id, until)
        here.likes(date(2026, 11, 17), 70)
        await here.tick(days=1)
        assert here.story() == []
        assert "Quiet until Sun 09:00." in here.first.text
        await here.tick(days=1)
        assert here.story() == ["09:00 Quiet no longer. Still below 100: 70 on Tue 17 Nov."]
        assert "Quiet" not in here.first.text


async def test_what_is_removed_before_it_was_told_is_not_told(watch: Open) -> None:
    """A rule that was removed between the finding and the sending says nothing."""
    async with watch() as here:
        number = await here.rule("likes instagram below 100")
        here.likes(date(2026, 11, 16), 84)
        here.at(MONDAY + timedelta(days=4))
        await plan(here.process.context)
        with here.street.database.write() as connection:
            alerts.remove_rule(connection, here.workspace, number, here.now)
        await here.process.send()
        assert here.said() == []
        with here.street.database.read() as connection:
            states = outbox.count_states(connection, here.workspace)
        assert states == {("alert", "dropped"): 1}


async def test_days_are_those_of_the_workspace(watch: Open) -> None:
    """A line's clock is the workspace's, also in the week in which clocks go back."""
    async with watch(at=datetime(2026, 10, 19, 9, tzinfo=UTC)) as here:
        with here.street.database.write() as connection:
            from storage.workspaces import change_setting

            change_setting(connection, here.workspace, "zone", "Europe/Stockholm")
        await here.rule("likes instagram below 100")
        here.likes(date(2026, 10, 22), 84)
        await here.tick(days=6)  # the 25th has 25 hours
        here.likes(date(2026, 10, 23), 280)
        await here.tick(days=1)
        assert here.story() == ["10:00 Back above 100 since 23 Oct: 280. Lasted 1 day."]


async def test_lines_of_a_thread_keep_their_order(watch: Open) -> None:
    """Twelve lines that are due at one moment come one after another, as they were written."""
    async with watch() as here:
        await break_the_limit(here)
        with here.street.database.write() as connection:
            (row,) = incidents.open_list(connection, here.workspace)
            for number in range(12):
                add_line(connection, here.workspace, row, f"line:{number}", f"{number}", here.now)
        for _ in range(14):
            await here.tick(seconds=3)
        assert here.story() == [f"{number}." for number in range(12)]
