"""A bot that was away reads back what it missed, and invents nothing (support-spec §6)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.playground import Fault, LocalSlack, Message, Trouble
from bot.schedule import look_after
from commands.support import recovery
from commands.support.explain import derive
from commands.support.looking import find_issue
from commands.support.pages import issue_page
from storage import desks, ledger
from storage.database import Database
from storage.events import remember
from support.calendars import save_hours
from support.entries import Entry, Kind, Role, micros
from support.ledger_rows import pack
from support.timeline import State
from support.week import ALWAYS
from tests.slack.conftest import NOW
from tests.support_life.conftest import OMAR, SUPPORT, TEAM, Desk, run

CHECK = "white_check_mark"


@dataclass
class Outage:
    """A workspace, and a bot that is stopped and started on one database."""

    slack: LocalSlack
    file: Path

    @asynccontextmanager
    async def up(self) -> AsyncIterator[Desk]:
        """The bot serves, and has caught up; while it does not, what Slack tells is lost."""
        self.slack.faults.drop_events = False
        async with run(self.slack, self.file) as desk:
            await desk.quiet()
            yield desk
            await desk.quiet()
        self.slack.faults.drop_events, self.slack.faults.socket_retries = True, ()

    async def say(self, name: str, text: str, root: Message | None = None) -> Message:
        return await self.slack.person(name).say(SUPPORT, text, root.ts if root else None)

    def wait(self, seconds: float) -> None:
        self.slack.clock.advance(seconds)


@pytest.fixture
def outage(slack: LocalSlack, tmp_path: Path) -> Outage:
    return Outage(slack, tmp_path / "kepi.db")


async def asked_and_left(outage: Outage) -> Message:
    """Gus asks while the bot listens; 100 seconds later it stops."""
    async with outage.up() as desk:
        await desk.track()
        asked = await outage.say("gus", "Order 8841 never came, where is it?")
        await desk.quiet()
        outage.wait(100)
        await desk.beat()
    return asked


async def test_s24_an_answer_is_exact_and_a_mark_is_bounded(outage: Outage) -> None:
    """Offline (100, 5000]: the answer at 200 has its time, the mark only bounds."""
    asked = await asked_and_left(outage)
    outage.wait(100)
    told = await outage.say("omar", "It arrives tomorrow.", asked)
    outage.wait(300)
    await outage.slack.person("omar").react(told, CHECK)
    outage.wait(4500)
    before = micros(outage.slack.clock.mint_ts())
    async with outage.up() as desk:
        after = micros(outage.slack.clock.mint_ts())
        issue = await desk.timeline()
        assert issue.state is State.RESOLVED
        assert issue.responded == micros(told.ts)
        assert issue.response_low is None
        spell = issue.resolution
        assert spell is not None
        assert spell.low == micros(told.ts)
        assert spell.ended is not None
        assert before < spell.ended < after
        (line,) = desk.lines(asked)
        assert "at most (I was offline)" in line.words
        found = await find_issue(desk.context, 1)
        page = str((await issue_page(desk.context, OMAR, found)).blocks)
        assert "at most (I was offline)" in page.partition("Solved: ")[2]
        assert "at most" not in page.partition("Solved: ")[0]
        _, lines = await derive(desk.context, OMAR, 1)
        (solved,) = [it for it in lines if it.startswith("First solved: ")]
        assert solved.startswith("First solved: at most ")
        assert not [it for it in lines if it.startswith("First response: at most")]
        assert [it for it in lines if it.endswith(", 1 wait")]


async def test_what_was_taken_before_a_crash_is_done_after_it(outage: Outage) -> None:
    """Written down, acknowledged, and then the power went: it counts; nothing can be read back."""
    asked = await asked_and_left(outage)
    told = await outage.say("omar", "It arrives tomorrow.", asked)
    event = {
        "type": "message", "channel": asked.channel, "channel_type": "channel", "user": OMAR,
        "text": told.text, "ts": told.ts, "thread_ts": asked.ts,
    }  # fmt: skip
    with closing(Database(f"sqlite:///{outage.file}")) as database, database.write() as connection:
        team, now = outage.slack.space.seed.team.id, outage.slack.clock.instant()
        remember(connection, team, "support:EvLost", json.dumps(event), now)
    for call in ("conversations.history", "conversations.replies"):
        outage.slack.faults.add(Fault(Trouble.OK_FALSE, call, times=99, error="missing_scope"))
    outage.wait(7_200)
    async with outage.up() as desk:
        assert (await desk.timeline()).responded == micros(told.ts)


async def test_s25_a_mark_and_a_question_in_one_outage_are_asked_about(outage: Outage) -> None:
    """The order is not known, so the issue stays open; “Yes” solves at the click."""
    asked = await asked_and_left(outage)
    told = await outage.say("omar", "It arrives tomorrow.", asked)
    await outage.slack.person("omar").react(told, CHECK)
    outage.wait(100)
    await outage.say("gus", "But where is it now?", asked)
    outage.wait(4500)
    async with outage.up() as desk:
        assert (await desk.timeline()).state is State.OPEN
        (line,) = desk.lines(asked)
        assert "Is it solved?" in line.words
        pressed = micros(outage.slack.clock.mint_ts())
        await outage.slack.person("omar").press(line, "line:yes")
        await desk.quiet()
        issue = await desk.timeline()
        assert issue.state is State.RESOLVED
        assert issue.resolution is not None
        assert issue.resolution.low is None
        assert (issue.resolution.ended or 0) > pressed
        (line,) = desk.lines(asked)
        assert "Solved by omar" in line.words


async def test_still_open_takes_the_question_away(outage: Outage) -> None:
    asked = await asked_and_left(outage)
    told = await outage.say("omar", "It arrives tomorrow.", asked)
    await outage.slack.person("omar").react(told, CHECK)
    await outage.say("gus", "But where is it now?", asked)
    async with outage.up() as desk:
        await outage.slack.person("mia").press(desk.lines(asked)[0], "line:still-open")
        await desk.quiet()
        assert (await desk.timeline()).state is State.OPEN
        assert not desk.lines(asked)
        await outage.slack.person("mia").react(told, CHECK)
        await desk.quiet()
        assert (await desk.timeline()).state is State.RESOLVED


async def test_new_threads_with_their_answers_are_found(outage: Outage) -> None:
    """Times are Slack's own; the same messages heard late again add nothing."""
    await asked_and_left(outage)
    outage.wait(400)
    asked = await outage.say("gus", "The second order did not come either")
    outage.wait(60)
    told = await outage.say("mia", "I am looking into it.", asked)
    outage.wait(60)
    async with outage.up() as desk:
        issue = await desk.timeline(2)
        assert (issue.opened, issue.responded) == (micros(asked.ts), micros(told.ts))
        assert issue.responded_by == outage.slack.member("mia").id
        assert len(await desk.rows()) == 2


async def test_edits_and_deletions_are_found(outage: Outage) -> None:
    """An answer that was deleted soon after it was posted stops no clock."""
    async with outage.up() as desk:
        await desk.track()
        asked = await outage.say("gus", "hi")
        other = await outage.say("gus", "Order 8841 never came")
        told = await outage.say("omar", "It is here.", other)
        await desk.quiet()
        assert (await desk.timeline()).state is State.RESPONDED
        await desk.beat()
    outage.wait(600)
    await outage.slack.person("omar").delete(told)
    await outage.slack.person("gus").edit(asked, "Where is my refund?")
    edited = asked.edited_ts
    async with outage.up() as desk:
        assert (await desk.timeline()).state is State.OPEN
        assert (await desk.timeline()).responded is None
        opened = (await desk.timeline(2)).opened
        assert edited is not None
        assert opened == micros(edited)


async def test_a_mark_that_went_reopens_and_never_undoes(outage: Outage) -> None:
    """Within the undo window by the clock, but nobody knows when (§6.4)."""
    async with outage.up() as desk:
        await desk.track()
        asked = await outage.say("gus", "Order 8841 never came")
        told = await outage.say("omar", "It is here.", asked)
        await outage.slack.person("omar").react(told, CHECK)
        await desk.quiet()
        await desk.beat()
        assert (await desk.timeline()).state is State.RESOLVED
    await outage.slack.person("omar").react(told, CHECK, remove=True)
    async with outage.up() as desk:
        issue = await desk.timeline()
        assert issue.state is State.RESPONDED
        assert [why for _, why in issue.reopens] == ["mark-removed"]
        (line,) = desk.lines(asked)
        assert "the mark was taken back" in line.words


async def test_shortened_lists_of_people_are_asked_for_whole(outage: Outage) -> None:
    """Slack names one of three; the others count too."""
    asked = await asked_and_left(outage)
    outage.slack.faults.reaction_users = 1
    told = await outage.say("omar", "It arrives tomorrow.", asked)
    for name in ("gus", "mia", "omar"):
        await outage.slack.person(name).react(told, CHECK)
    async with outage.up() as desk:
        assert outage.slack.calls_of("reactions.get")
        spell = (await desk.timeline()).resolution
        assert spell is not None
        assert {spell.by, *spell.co_resolvers} == {
            outage.slack.member(name).id for name in ("gus", "mia", "omar")
        }


async def entries_of(desk: Desk) -> list[tuple[str, int, int | None]]:
    room = desk.slack.space.find_channel(SUPPORT).id
    rows = await desk.context.read(ledger.since, desk.context.home.workspace, room, 0)
    return [(it.key, it.at, it.low) for it in rows]


def marks_in(entries: list[tuple[str, int, int | None]]) -> list[str]:
    return [key for key, _, _ in entries if key.startswith("r|")]


async def test_reading_back_twice_writes_nothing_twice(outage: Outage) -> None:
    """Another start, an audit of the whole day: the ledger is what it was."""
    asked = await asked_and_left(outage)
    told = await outage.say("omar", "It arrives tomorrow.", asked)
    await outage.slack.person("omar").react(told, CHECK)
    await outage.slack.person("omar").edit(told, "It arrives on Tuesday.")
    async with outage.up() as desk:
        first = await entries_of(desk)
    async with outage.up() as desk:
        since = desk.context.clock().replace(year=2026, month=11, day=20)
        assert await recovery.catch_up(desk.context, "audit", since=since) == 0
        assert await entries_of(desk) == first
        assert len(desk.lines(asked)) == 1


@pytest.mark.parametrize("method", ["conversations.history", "conversations.replies"])
async def test_a_reading_that_is_cut_off_starts_over(outage: Outage, method: str) -> None:
    """Slack fails in the middle: the channel stays marked, and a later beat reads it anew."""
    asked = await asked_and_left(outage)
    told = await outage.say("omar", "It arrives tomorrow.", asked)
    await outage.slack.person("omar").react(told, CHECK)
    second = await outage.say("gus", "And the invoice is wrong")
    outage.slack.faults.add(Fault(Trouble.OK_FALSE, method, times=5))
    async with outage.up() as desk:
        room = outage.slack.space.find_channel(SUPPORT).id
        held = await desk.context.read(desks.find, desk.context.home.workspace, room)
        assert held is not None
        assert held.catching_up
        alive = held.alive
        assert await recovery.beat(desk.context) == [room]
        held = await desk.context.read(desks.find, desk.context.home.workspace, room)
        assert held is not None
        assert held.alive == alive
        await recovery.catch_up(desk.context, "pause", only_open=True)
        await desk.quiet()
        held = await desk.context.read(desks.find, desk.context.home.workspace, room)
        assert held is not None
        assert not held.catching_up
        assert await recovery.beat(desk.context) == []
        assert (await desk.timeline()).state is State.RESOLVED
        assert (await desk.timeline(2)).opened == micros(second.ts)
        entries = await entries_of(desk)
        assert len({key for key, _, _ in entries}) == len(entries)
        assert len(marks_in(entries)) == 1


async def test_a_long_silence_is_looked_into(outage: Outage) -> None:
    """A socket that is stuck without an error: it is opened anew, and what got lost is read."""
    async with outage.up() as desk:
        await desk.track()
        pulse, context = desk.running.pulse, desk.context
        workspace = context.home.workspace
        await context.write(
            save_hours, workspace, 0, ALWAYS, since=NOW.date(), zone="UTC", by="", at=NOW
        )
        outage.slack.faults.drop_events = True
        asked = await outage.say("gus", "Order 8841 never came")
        await outage.slack.settle()
        outage.slack.faults.drop_events = False
        pulse.heard = pulse.now() - 1000
        connections = outage.slack.socket.connections
        await look_after(context, pulse)
        await desk.quiet()
        assert outage.slack.socket.connections == connections + 1
        assert (await desk.timeline()).opened == micros(asked.ts)


async def test_a_pause_of_the_machine_is_a_gap(outage: Outage) -> None:
    """It slept for an hour: the next beat does not claim that nothing was missed."""
    async with outage.up() as desk:
        await desk.track()
        outage.slack.faults.drop_events = True
        asked = await outage.say("gus", "Order 8841 never came")
        await outage.slack.settle()
        outage.wait(3600)
        await desk.quiet()
        room = outage.slack.space.find_channel(SUPPORT).id
        assert await recovery.beat(desk.context) == [room]
        await recovery.catch_up(desk.context, "pause", only_open=True)
        await desk.quiet()
        assert (await desk.timeline()).opened == micros(asked.ts)
        assert await recovery.beat(desk.context) == []


async def test_a_planned_reconnection_reads_nothing(outage: Outage) -> None:
    """Slack opens the next connection first: nothing can be lost."""
    async with outage.up() as desk:
        await desk.track()
        before = len(outage.slack.calls_of("conversations.history"))
        await outage.slack.disconnect("warning")
        await outage.slack.bot_ready()
        await desk.quiet()
        assert len(outage.slack.calls_of("conversations.history")) == before


async def test_the_thread_is_read_in_the_order_in_which_people_wait(outage: Outage) -> None:
    """Unanswered, then other live issues, then what was solved lately (§6.7)."""
    async with outage.up() as desk:
        await desk.track()
        solved = await outage.say("gus", "The first order never came")
        told = await outage.say("omar", "It is here.", solved)
        await outage.slack.person("omar").react(told, CHECK)
        await desk.quiet()
        outage.wait(400)
        answered = await outage.say("gus", "The second order never came")
        await outage.say("omar", "It is on its way.", answered)
        await desk.quiet()
        outage.wait(400)
        waiting = await outage.say("gus", "The third order never came")
        await desk.quiet()
    outage.wait(400)
    fresh = await outage.say("gus", "The fourth order never came")
    await outage.say("omar", "It is here.", fresh)
    outage.slack.calls.clear()
    async with outage.up():
        read = [call.args["ts"] for call in outage.slack.calls_of("conversations.replies")]
    order = [waiting.ts, answered.ts, solved.ts, fresh.ts]
    assert [ts for ts in read if ts in order] == order


@pytest.mark.parametrize("done", [0, 1, 2])
async def test_a_reading_that_is_killed_starts_over(outage: Outage, done: int) -> None:
    """After any number of threads: what was written stays, the rest is found the next time."""
    outage.slack.faults.socket_retries = ()
    async with outage.up() as desk:
        await desk.track()
        roots = []
        for number in range(3):
            roots.append(await outage.say("gus", f"Order {number} never came"))
            await desk.quiet()
            outage.wait(400)
        outage.slack.faults.drop_events = True
        for root in roots:
            told = await outage.say("omar", "It is here.", root)
            await outage.slack.person("omar").react(told, CHECK)
        await outage.slack.settle()
        outage.slack.faults.drop_events = False
        outage.wait(600)
        for _ in range(3):
            outage.slack.faults.add(Fault(Trouble.HANG, "conversations.replies", seconds=0.3))
        reading = asyncio.create_task(recovery.catch_up(desk.context, "pause"))
        async with asyncio.timeout(10):
            while len(marks_in(await entries_of(desk))) < done:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
    async with outage.up() as desk:
        assert [it.state for it in await desk.rows()] == ["resolved"] * 3
        assert len(marks_in(await entries_of(desk))) == 3
        for root in roots:
            assert len(desk.lines(root)) == 1


async def test_what_a_crash_left_unfolded_is_folded_at_the_start(outage: Outage) -> None:
    """It is in the ledger, Slack will not tell it again, and nobody had seen it."""
    async with outage.up() as desk:
        await desk.track()
        asked = await outage.say("gus", "Order 8841 never came")
        told = await outage.say("omar", "It is here.", asked)
        await desk.quiet()
        stamp = outage.slack.clock.mint_ts()
        mark = Entry(
            key=f"r|{asked.channel}|{told.ts}|{OMAR}|{CHECK}|added|{stamp}",
            kind=Kind.MARK,
            channel=asked.channel,
            at=micros(stamp),
            ts=told.ts,
            root=asked.ts,
            actor=OMAR,
            role=Role.RESPONDER,
            name=CHECK,
        )
        await desk.context.journal.append([pack(mark)], desk.context.clock())
        outage.slack.faults.drop_events = True
        await outage.slack.person("omar").react(told, CHECK)
    async with outage.up() as desk:
        assert (await desk.timeline()).state is State.RESOLVED
        assert len(desk.lines(asked)) == 1


async def test_long_threads_come_in_pages_of_fifteen(outage: Outage) -> None:
    """As apps that are sold get them (§6.7); the choice of the workspace sets the pace."""
    asked = await asked_and_left(outage)
    for number in range(40):
        told = await outage.say("omar", f"Step {number} is done.", asked)
    outage.slack.faults.page_items = 15
    outage.slack.calls.clear()
    async with outage.up() as desk:
        assert (await desk.timeline()).last_response == micros(told.ts)
        room = outage.slack.space.find_channel(SUPPORT).id
        rows = await desk.context.read(ledger.since, desk.context.home.workspace, room, 0)
        assert len([it for it in rows if it.kind == "message"]) == 41
    assert len(outage.slack.calls_of("conversations.replies")) == 3


async def test_a_question_is_asked_even_where_there_are_no_lines(outage: Outage) -> None:
    """Whoever marked it is asked alone."""
    async with outage.up() as desk:
        await desk.track(rules=replace(TEAM, lines="none"))
        asked = await outage.say("gus", "Order 8841 never came")
        await desk.quiet()
    told = await outage.say("omar", "It arrives tomorrow.", asked)
    await outage.slack.person("omar").react(told, CHECK)
    await outage.say("gus", "But where is it now?", asked)
    async with outage.up() as desk:
        assert not desk.lines(asked)
        (question,) = desk.whispers("omar")
        assert "Is it solved?" in question.words


async def test_a_thread_that_slack_hides_is_given_up(outage: Outage) -> None:
    """A message that was deleted with nobody's answer dismisses its issue."""
    asked = await asked_and_left(outage)
    await outage.slack.person("gus").delete(asked)
    async with outage.up() as desk:
        issue = await desk.timeline()
        assert issue.state is State.DISMISSED
        assert issue.dismiss_reason == "root_deleted"
