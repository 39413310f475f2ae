"""What falls due by itself (support-spec §4.7, §4.9, §6.6, §10), with the bot over sockets."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.playground import LocalSlack, Message
from commands.support import audit
from commands.support.moments import moment_of
from commands.support.pages import list_page
from storage import issues, ledger, support_notes
from storage.support_notes import NoticeRow, due_list
from support.calendars import save_hours
from support.entries import MICROSECONDS, micros
from support.policies import Clock, Policy, Promise, TargetKind
from support.policy_book import save_policy
from support.rules import DAY, HOUR
from support.timeline import State
from support.week import OFFICE
from tests.slack.conftest import NOW
from tests.support_life.conftest import MIA, SUPPORT, TEAM, Desk, run

FIRST_HOUR = Policy(
    "Answers", {TargetKind.FIRST_RESPONSE: Promise(HOUR, Clock.CALENDAR)}, quiet=False
)


async def promise(desk: Desk, policy: Policy = FIRST_HOUR) -> None:
    workspace, now = desk.context.home.workspace, desk.slack.clock.instant()
    await desk.context.write(save_policy, workspace, policy, "", now)


async def ask(desk: Desk) -> Message:
    asked = await desk.person("gus").say(SUPPORT, "Order 8841 never came")
    await desk.quiet()
    return asked


async def due(desk: Desk) -> list[NoticeRow]:
    workspace = desk.context.home.workspace
    return await desk.context.read(due_list, workspace, desk.context.clock())


async def kinds(desk: Desk) -> list[str]:
    return [it.kind for it in await due(desk)]


# --- promises


async def test_a_promise_warns_then_breaks_and_each_is_told_once(desk: Desk) -> None:
    """The breach is dated at the moment it fell due, though the minute came later."""
    await promise(desk)
    asked = await ask(desk)
    await desk.wake()
    assert await kinds(desk) == []
    desk.slack.clock.advance(46 * 60)
    for _ in range(2):
        await desk.wake()
    assert await kinds(desk) == ["warning"]
    desk.slack.clock.advance(20 * 60)
    for _ in range(2):
        await desk.wake()
    assert await kinds(desk) == ["breach"]
    row = await desk.row()
    (target,) = await desk.context.read(issues.targets_of, desk.context.home.workspace, row.id)
    opened = micros(asked.ts)
    assert target.state == "breached"
    assert target.decided is not None
    assert round(target.decided.timestamp() * MICROSECONDS) == opened + HOUR * MICROSECONDS


async def test_a_warning_names_when_it_is_due(desk: Desk) -> None:
    """Not when it was warned of: that helps nobody."""
    await promise(desk)
    asked = await ask(desk)
    desk.slack.clock.advance(50 * 60)
    await desk.wake()
    assert await kinds(desk) == ["warning"]
    due = moment_of(micros(asked.ts)) + timedelta(hours=1)
    page = await list_page(desk.context, MIA)
    assert f"issue 1: the first answer is due {due:%H:%M}" in str(page.blocks)


async def test_an_answer_drops_the_warning(desk: Desk) -> None:
    """It was written as due, and before it could be told somebody answered."""
    await promise(desk)
    asked = await ask(desk)
    desk.slack.clock.advance(50 * 60)
    await desk.wake()
    assert await kinds(desk) == ["warning"]
    await desk.person("omar").say(SUPPORT, "It arrives tomorrow", asked.ts)
    await desk.quiet()
    await desk.wake()
    assert await kinds(desk) == []


async def test_a_promise_of_working_hours_is_silent_until_they_begin(desk: Desk) -> None:
    """Asked on a Sunday, to be answered in two hours: warned of on Monday at half past ten."""
    workspace = desk.context.home.workspace
    await desk.context.write(
        save_hours, workspace, 0, OFFICE, since=NOW.date(), zone="UTC", by="", at=NOW
    )
    policy = replace(FIRST_HOUR, targets={TargetKind.FIRST_RESPONSE: Promise(2 * HOUR)}, quiet=True)
    await promise(desk, policy)
    await ask(desk)
    desk.slack.clock.advance(5 * HOUR)
    await desk.wake()
    assert await kinds(desk) == []
    monday = NOW.replace(day=23, hour=10, minute=45)
    desk.slack.clock.advance((monday - desk.slack.clock.instant()).total_seconds())
    await desk.wake()
    assert await kinds(desk) == ["warning"]


async def test_promises_broken_while_kepi_was_away_are_told_in_one_notice(
    slack: LocalSlack, tmp_path: Path
) -> None:
    """Each is dated when it fell due; one of them was answered late, one never (§6.6)."""
    slack.faults.socket_retries = ()
    async with run(slack, tmp_path / "kepi.db") as desk:
        await desk.track()
        await promise(desk)
        first = await ask(desk)
        slack.clock.advance(400)
        await ask(desk)
        slack.clock.advance(400)
        await ask(desk)
        await desk.beat()
    slack.faults.drop_events = True
    slack.clock.advance(5 * HOUR)
    await slack.person("omar").say(SUPPORT, "It arrives tomorrow", first.ts)
    slack.faults.drop_events = False
    async with run(slack, tmp_path / "kepi.db") as desk:
        await desk.quiet()
        await desk.wake()
        (notice,) = await due(desk)
        assert notice.kind == "gap"
        assert json.loads(notice.details)["breaches"] == 3
        states = [
            it.state
            for row in await desk.rows()
            for it in await desk.context.read(
                issues.targets_of, desk.context.home.workspace, row.id
            )
        ]
        assert states == ["breached"] * 3


# --- silence


async def silent(desk: Desk, **rules: Any) -> Message:
    """An answered issue that waits for its customer."""
    await desk.track(rules=replace(TEAM, auto_close=7 * DAY, nudge=3 * DAY, **rules))
    asked = await ask(desk)
    told = await desk.person("omar").say(SUPPORT, "Which address is it?", asked.ts)
    await desk.person("omar").react(told, "hourglass_flowing_sand")
    await desk.quiet()
    assert (await desk.row()).state == "waiting"
    return asked


async def test_silence_is_nudged_after_three_days_and_closed_after_seven(desk: Desk) -> None:
    """Closed at the moment it fell due, apart from what people solve."""
    asked = await silent(desk)
    pause = (await desk.timeline()).pause
    assert pause is not None
    desk.slack.clock.advance(3 * DAY + 60)
    for _ in range(2):
        await desk.wake()
    assert await kinds(desk) == ["nudge"]
    desk.slack.clock.advance(4 * DAY + 3600)
    for _ in range(2):
        await desk.wake()
    issue = await desk.timeline()
    assert issue.state is State.RESOLVED
    assert issue.resolution is not None
    assert issue.resolution.reason == "no_customer_reply"
    assert issue.resolution.ended == pause.started + 7 * DAY * MICROSECONDS
    (line,) = desk.lines(asked)
    assert "Closed: the customer did not answer." in line.words
    room = desk.slack.space.find_channel(SUPPORT).id
    rows = await desk.context.read(ledger.since, desk.context.home.workspace, room, 0)
    assert len([it for it in rows if it.kind == "timer"]) == 1


async def test_silence_is_left_alone_where_nobody_chose_otherwise(desk: Desk) -> None:
    await silent(desk)
    await desk.track()
    desk.slack.clock.advance(30 * DAY)
    await desk.wake()
    assert (await desk.row()).state == "waiting"


async def test_a_customer_who_wrote_in_time_is_not_closed(desk: Desk) -> None:
    asked = await silent(desk)
    desk.slack.clock.advance(6 * DAY)
    await desk.person("gus").say(SUPPORT, "It is 12 High Street", asked.ts)
    await desk.quiet()
    desk.slack.clock.advance(2 * DAY)
    await desk.wake()
    assert (await desk.row()).state == "open"


async def test_a_snoozed_issue_is_closed_when_the_snooze_is_over(desk: Desk) -> None:
    await silent(desk)
    await desk.person("mia").command("/support snooze 1 20d", SUPPORT)
    await desk.quiet()
    assert (await desk.row()).snoozed_until is not None
    desk.slack.clock.advance(8 * DAY)
    await desk.wake()
    assert (await desk.row()).state == "waiting"
    desk.slack.clock.advance(13 * DAY)
    await desk.wake()
    assert (await desk.row()).state == "resolved"


# --- what is over


async def test_what_cannot_reopen_is_settled_and_its_words_are_erased(desk: Desk) -> None:
    """And the line offers nothing more."""
    asked = await ask(desk)
    told = await desk.person("omar").say(SUPPORT, "It arrives tomorrow", asked.ts)
    await desk.person("omar").react(told, "white_check_mark")
    await desk.quiet()
    workspace, room = desk.context.home.workspace, asked.channel
    assert await desk.context.read(support_notes.excerpt_of, workspace, room, asked.ts)
    desk.slack.clock.advance(6 * DAY)
    await desk.wake()
    assert (await desk.row()).settled is None
    desk.slack.clock.advance(2 * DAY)
    await desk.wake()
    assert (await desk.row()).settled is not None
    assert not await desk.context.read(support_notes.excerpt_of, workspace, room, asked.ts)
    (line,) = desk.lines(asked)
    assert not [it for it in line.blocks if it["type"] == "actions"]


# --- the nightly audit


async def test_the_audit_finds_what_got_lost_unnoticed_and_says_so(desk: Desk) -> None:
    """An event vanished while everything looked well."""
    asked = await ask(desk)
    desk.slack.faults.drop_events, desk.slack.faults.socket_retries = True, ()
    told = await desk.person("omar").say(SUPPORT, "It arrives tomorrow", asked.ts)
    await desk.slack.settle()
    desk.slack.faults.drop_events = False
    for _ in range(4):
        desk.slack.clock.advance(600)
        await desk.beat()
    assert (await desk.row()).state == "open"
    await audit.run(desk.context)
    await desk.quiet()
    assert (await desk.timeline()).responded == micros(told.ts)
    (notice,) = [it for it in await due(desk) if it.kind == "gap"]
    assert json.loads(notice.details)["why"] == "audit"
    before = len(desk.slack.calls)
    await audit.run(desk.context)
    assert len(desk.slack.calls) == before


@pytest.mark.parametrize(("hour", "is_due"), [(2, False), (3, True), (4, False)])
async def test_the_audit_comes_at_night_by_the_workspace(
    desk: Desk, hour: int, is_due: bool
) -> None:
    night = NOW.replace(hour=hour) + timedelta(days=1)
    context = replace(desk.context, clock=lambda: night)
    assert await audit.is_due(context) is is_due


async def test_a_follow_up_shows_its_own_first_words(desk: Desk) -> None:
    """Eight days after the solution the customer writes in the old thread: a new episode."""
    asked = await ask(desk)
    told = await desk.person("omar").say(SUPPORT, "It arrives tomorrow", asked.ts)
    await desk.person("omar").react(told, "white_check_mark")
    await desk.quiet()
    desk.slack.clock.advance(8 * DAY)
    await desk.wake()
    await desk.person("gus").say(SUPPORT, "The cup in it is broken", asked.ts)
    await desk.quiet()
    row = await desk.row(2)
    assert row.title == "The cup in it is broken"
    assert "The cup in it is broken" in str((await list_page(desk.context, MIA)).blocks)
    assert (await desk.row(1)).title == ""
