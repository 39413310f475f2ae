"""What becomes of channels and people, over real sockets (support-spec §5.3; row 16)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.playground import Fault, Message, Trouble
from commands.support import recovery
from commands.support.lines import refresh_line
from commands.support.pages import list_page
from storage import desks
from storage.desks import DeskRow
from storage.support_notes import NoticeRow, due_list
from support.entries import micros
from tests.support_life.conftest import MIA, SUPPORT, TEAM, Desk

CHECK = "white_check_mark"


async def held(desk: Desk, channel: str = SUPPORT) -> DeskRow:
    room = desk.slack.space.find_channel(channel).id
    found = await desk.context.read(desks.find, desk.context.home.workspace, room)
    assert found is not None
    return found


async def notices(desk: Desk, kind: str = "orphaned") -> list[NoticeRow]:
    workspace = desk.context.home.workspace
    found = await desk.context.read(due_list, workspace, desk.context.clock())
    return [it for it in found if it.kind == kind]


async def ask(desk: Desk) -> Message:
    asked = await desk.person("gus").say(SUPPORT, "Order 8841 never came")
    await desk.quiet()
    return asked


async def test_s26_an_archived_channel_orphans_its_issues(desk: Desk) -> None:
    """One notice to the team's own channel, whatever number of issues, and no reminders."""
    await desk.track(rules=replace(TEAM, alerts_channel="C0OPS"))
    await ask(desk)
    desk.slack.clock.advance(500)
    await ask(desk)
    desk.slack.archive(SUPPORT)
    await desk.quiet()
    assert all(it.orphaned is not None for it in await desk.rows())
    assert (await held(desk)).gone is not None
    await desk.wake()
    (notice,) = await notices(desk)
    assert notice.channel == "C0OPS"
    assert '"issues": 2' in notice.details


async def test_an_unarchived_channel_goes_on_and_its_gap_is_read(desk: Desk) -> None:
    asked = await ask(desk)
    desk.slack.archive(SUPPORT)
    await desk.quiet()
    desk.slack.clock.advance(3600)
    desk.slack.unarchive(SUPPORT)
    await desk.quiet()
    row = await desk.row()
    assert row.orphaned is None
    assert (await held(desk)).gone is None
    told = await desk.person("omar").say(SUPPORT, "It arrives tomorrow", asked.ts)
    await desk.quiet()
    assert (await desk.timeline()).responded == micros(told.ts)


async def test_what_was_said_while_kepi_was_out_is_read_when_it_is_back(desk: Desk) -> None:
    """Removed, an answer and a new customer, invited again: times are Slack's own."""
    asked = await ask(desk)
    desk.slack.remove_bot(SUPPORT)
    await desk.quiet()
    assert (await desk.row()).orphaned is not None
    desk.slack.clock.advance(400)
    told = await desk.person("omar").say(SUPPORT, "It arrives tomorrow", asked.ts)
    fresh = await desk.person("gus").say(SUPPORT, "And my invoice is wrong")
    desk.slack.clock.advance(400)
    await desk.person("mia").invite_bot(SUPPORT)
    await desk.quiet()
    assert (await desk.timeline()).responded == micros(told.ts)
    assert (await desk.row()).orphaned is None
    assert (await desk.timeline(2)).opened == micros(fresh.ts)


@pytest.mark.parametrize("is_archived", [True, False])
async def test_what_cannot_be_heard_is_counted_and_forgotten_when_it_is_back(
    desk: Desk, is_archived: bool
) -> None:
    """``/support`` says where the open issues are; a loss that is over is nobody's news."""
    await ask(desk)
    desk.slack.clock.advance(500)
    desk.slack.newcomer("ann", channels=[SUPPORT])
    await desk.person("ann").say(SUPPORT, "Order 8842 never came")
    await desk.quiet()
    if is_archived:
        desk.slack.archive(SUPPORT)
    else:
        desk.slack.remove_bot(SUPPORT)
    await desk.quiet()
    await desk.wake()
    page = await list_page(desk.context, MIA)
    shown = str(page.blocks)
    assert "2 in a channel that cannot be heard" in shown
    assert ("was archived" if is_archived else "lost me") in shown
    if is_archived:
        desk.slack.unarchive(SUPPORT)
    await desk.person("mia").invite_bot(SUPPORT)
    await desk.quiet()
    await desk.wake()
    assert await notices(desk) == []
    shown = str((await list_page(desk.context, MIA)).blocks)
    assert "cannot be heard" not in shown
    assert "2 customers waiting" in shown


@pytest.mark.parametrize("error", ["not_in_channel", "channel_not_found", "is_archived"])
async def test_a_refused_call_is_believed_and_not_repeated(desk: Desk, error: str) -> None:
    """No event told of it: one notice, fewer than three calls, and silence after that."""
    asked = await ask(desk)
    told = await desk.person("omar").say(SUPPORT, "It arrives tomorrow", asked.ts)
    await desk.quiet()
    desk.slack.faults.add(Fault(Trouble.OK_FALSE, channel=asked.channel, times=99, error=error))
    desk.slack.calls.clear()
    await desk.person("omar").react(told, CHECK)
    await desk.quiet()
    for _ in range(3):
        await desk.wake()
        await desk.person("gus").say(SUPPORT, "Hello? Is anybody there?", asked.ts)
        await desk.quiet()
    refused = [it for it in desk.slack.calls if it.args.get("channel") == asked.channel]
    assert len(refused) < 3
    assert (await held(desk)).gone is not None
    assert len(await notices(desk)) == 1


@pytest.mark.parametrize("error", ["not_in_channel", "channel_not_found", "is_archived"])
async def test_every_lost_channel_is_one_notice_and_few_calls(desk: Desk, error: str) -> None:
    """Found while catching up: each channel is tried once, the others go on."""
    rooms = [
        desk.slack.space.find_channel(name) for name in ("#support", "#marketing", "#partner-acme")
    ]
    for room in rooms:
        await desk.track(f"#{room.name}")
    for room in rooms[1:]:
        desk.slack.faults.add(Fault(Trouble.OK_FALSE, channel=room.id, times=99, error=error))
    desk.slack.calls.clear()
    for _ in range(3):
        await recovery.catch_up(desk.context, "reconnect")
        await desk.wake()
    for room in rooms[1:]:
        assert len([it for it in desk.slack.calls if it.args.get("channel") == room.id]) < 3
        assert (await held(desk, f"#{room.name}")).gone is not None
    assert (await held(desk)).gone is None
    assert len(await notices(desk)) == 2


async def test_a_missing_permission_is_told_once_and_stops_nothing(desk: Desk) -> None:
    """Threads cannot be read back (§6.8): issues go on by what is heard."""
    asked = await ask(desk)
    fault = Fault(Trouble.OK_FALSE, "conversations.replies", times=99, error="missing_scope")
    desk.slack.faults.add(fault)
    for _ in range(2):
        await recovery.catch_up(desk.context, "reconnect")
    assert len(await notices(desk, "gap")) == 1
    assert not (await held(desk)).catching_up
    told = await desk.person("omar").say(SUPPORT, "It arrives tomorrow", asked.ts)
    await desk.quiet()
    assert (await desk.timeline()).responded == micros(told.ts)


async def test_who_left_the_company_has_no_issues_any_more(desk: Desk) -> None:
    """Unassigned, with a notice; what they did stays theirs (§5.3)."""
    asked = await ask(desk)
    await desk.person("omar").say(SUPPORT, "It arrives tomorrow", asked.ts)
    await desk.quiet()
    assert (await desk.row()).assignee == desk.slack.member("omar").id
    desk.slack.deactivate("omar")
    await desk.quiet()
    row = await desk.row()
    assert row.assignee == ""
    assert row.responded_by == desk.slack.member("omar").id
    (notice,) = await notices(desk)
    assert notice.issue == row.id


async def test_a_line_in_a_lost_channel_is_not_tried(desk: Desk) -> None:
    asked = await ask(desk)
    told = await desk.person("omar").say(SUPPORT, "It arrives tomorrow", asked.ts)
    await desk.person("omar").react(told, CHECK)
    await desk.quiet()
    desk.slack.remove_bot(SUPPORT)
    await desk.quiet()
    desk.slack.calls.clear()
    await refresh_line(desk.context, (await desk.row()).id)
    assert not desk.slack.calls
