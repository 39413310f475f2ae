"""A bot that was down for two hours ends with the timelines of one that was not.

Reliability row 10, over sockets; ``test_twins_by_the_hundred`` has its full size. Everything that
happens is told a second time to a bot on an empty database, which misses nothing: what it ends
with is what the first must end with, but for the moments of reactions, which history does not
tell: those are bounded, and the bounds hold the true moment.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.playground import LocalSlack, Message
from bot.playground.world import Channel
from support.timeline import IssueKey, Timeline
from tests.support_life.agreeing import compare
from tests.support_life.conftest import MIA, OMAR, SUPPORT, TEAM, Desk, run

THREADS = 30
CUSTOMERS = ("gus", "ann", "bob", "cem")


@dataclass
class Day:
    """A day in a support channel, drawn by dice, and every event of it."""

    slack: LocalSlack
    dice: random.Random
    told: list[tuple[dict[str, Any], Channel | None, str | None]] = field(default_factory=list)
    threads: list[list[Message]] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    """Roots of threads that were solved while nobody listened."""

    def listen(self) -> None:
        """Keep what the workspace tells, whether or not anybody hears it."""
        send = self.slack.space.send_event

        def keep(event: dict[str, Any], channel: Channel | None, by: str | None) -> None:
            self.told.append((event, channel, by))
            send(event, channel, by)

        self.slack.space.send_event = keep

    async def hour(self, desk: Desk | None) -> None:
        """Let an hour pass, with two new threads in it and something in some that are there."""
        for _ in range(2 if len(self.threads) < THREADS else 0):
            self.slack.clock.advance(self.dice.randrange(400, 800))
            person = self.slack.person(self.dice.choice(CUSTOMERS))
            words = f"Order {self.dice.randrange(10_000)} never came"
            self.threads.append([await person.say(SUPPORT, words)])
            await self.settle(desk)
        times = 5 if desk is not None else 10
        for thread in self.dice.sample(self.threads, min(times, len(self.threads))):
            if desk is None and thread[0].ts in self.closed:
                continue
            self.slack.clock.advance(self.dice.randrange(60, 300))
            await self.happen(thread)
            await self.settle(desk)
        self.slack.clock.advance(self.dice.randrange(300))

    async def close(self, most: int) -> None:
        """Solve threads in which the team had the last word; nothing follows in them."""
        for thread in self.threads:
            if len(self.closed) < most and thread[-1].user in (OMAR, MIA):
                self.slack.clock.advance(self.dice.randrange(60, 300))
                await self.slack.person("mia").react(thread[-1], "heavy_check_mark")
                self.closed.add(thread[0].ts)

    async def settle(self, desk: Desk | None) -> None:
        if desk is not None:
            await desk.quiet()
            await desk.beat()

    async def happen(self, thread: list[Message]) -> None:
        """Let one thing happen in a thread."""
        team = self.slack.person(self.dice.choice(("omar", "mia")))
        asker = self.slack.person(thread[0].user)
        what = self.dice.choice(
            ["answer"] * 4 + ["ask"] * 2 + ["solve"] * 2 + ["look", "edit", "delete", "thank"]
        )
        answers = [it for it in thread if it.user not in (thread[0].user,)]
        if what in ("look", "solve") and self.slack.faults.drop_events:
            return  # history does not say what came first: what follows would be unclear (§6.4)
        if what == "answer":
            thread.append(await team.say(SUPPORT, "We are looking for it.", thread[0].ts))
        elif what == "ask":
            thread.append(await asker.say(SUPPORT, "Where is it now?", thread[0].ts))
        elif what == "thank":
            thread.append(await asker.say(SUPPORT, "thanks!", thread[0].ts))
        elif what == "look":
            await team.react(thread[0], "eyes")
        elif what == "solve" and answers and answers[-1] is thread[-1]:
            await team.react(thread[-1], "white_check_mark")
        elif what == "edit":
            await asker.edit(thread[0], f"Order {self.dice.randrange(10_000)} is missing")
        elif what == "delete" and answers:
            gone = answers[-1]
            thread.remove(gone)
            await self.slack.person(gone.user).delete(gone)


@pytest.mark.parametrize("seed", [1, 2])
async def test_two_hours_of_absence_leave_no_trace_but_bounds(
    slack: LocalSlack, tmp_path: Path, seed: int
) -> None:
    """Six hours are heard, two are missed, three are heard."""
    day = Day(slack, random.Random(seed))
    for name in CUSTOMERS[1:]:
        slack.newcomer(name, is_guest=True, channels=[SUPPORT])
    slack.faults.socket_retries = ()
    day.listen()
    file = tmp_path / "kepi.db"
    async with run(slack, file) as desk:
        await desk.track()
        for _ in range(6):
            await day.hour(desk)
    slack.faults.drop_events = True
    stopped = slack.clock.instant()
    await day.hour(None)
    await day.close(3)
    await day.hour(None)
    await day.close(6)
    slack.faults.drop_events = False
    async with run(slack, file) as desk:
        await desk.quiet()
        for _ in range(3):
            await day.hour(desk)
        found = await timelines(desk)
    async with run(slack, tmp_path / "twin.db") as twin:
        await twin.track(rules=TEAM, since=stopped.replace(year=2025))
        for event, channel, by in list(day.told):
            slack.space.send_event(event, channel, by)
            await twin.quiet()
        expected = await timelines(twin)
    assert found.keys() == expected.keys()
    assert len(found) >= 15
    bounded = sum(compare(found[key], expected[key]) for key in found)
    assert bounded >= 3


async def timelines(desk: Desk) -> dict[IssueKey, Timeline]:
    rows = await desk.rows()
    made = [desk.context.tracker.timeline(it.id) for it in rows]
    return {it.key: it for it in made}
