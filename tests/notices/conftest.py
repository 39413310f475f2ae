"""The bot over sockets with a support channel and a promise; a minute passes when a test says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.playground import LocalSlack, Message
from commands.notices import everything as notices
from commands.outbox import deliver_due
from support.calendars import save_hours
from support.policies import Clock, Escalation, Policy, Promise, TargetKind
from support.policy_book import save_policy
from support.rules import HOUR, Rules
from support.week import OFFICE, Week
from tests.slack.conftest import NOW
from tests.support_life.conftest import SUPPORT, TEAM, Desk, open_slack, run

CARE = "C0MARKETING"
"""The team's own channel in these tests."""
TOLD = replace(TEAM, alerts_channel=CARE)
FIRST_HOUR = Policy(
    "Answers",
    {TargetKind.FIRST_RESPONSE: Promise(HOUR, Clock.CALENDAR)},
    quiet=False,
    escalate=(Escalation(), Escalation(1.5, "manager", "dm"), Escalation(2, "channel", "alerts")),
)
OPEN_HOUR = replace(FIRST_HOUR, targets={TargetKind.FIRST_RESPONSE: Promise(HOUR)}, quiet=True)


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with open_slack() as ready:
        yield ready


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    """The bot with the support channel set up; its warnings go to #marketing."""
    async with run(slack, tmp_path / "kepi.db") as ready:
        await ready.track(rules=TOLD)
        yield ready


async def promise(desk: Desk, policy: Policy = FIRST_HOUR) -> None:
    workspace, now = desk.context.home.workspace, desk.slack.clock.instant()
    await desk.context.write(save_policy, workspace, policy, "", now)


async def set_hours(desk: Desk, zone: str = "UTC", week: Week = OFFICE) -> None:
    workspace = desk.context.home.workspace
    await desk.context.write(
        save_hours, workspace, 0, week, since=NOW.date(), zone=zone, by="", at=NOW
    )


async def ask(desk: Desk, words: str = "Order 8841 never came", channel: str = SUPPORT) -> Message:
    asked = await desk.person("gus").say(channel, words)
    await desk.quiet()
    return asked


async def answer(desk: Desk, asked: Message, words: str = "It arrives tomorrow") -> Message:
    told = await desk.person("omar").say(asked.channel, words, asked.ts)
    await desk.quiet()
    return told


async def tick(desk: Desk, minutes: float = 0) -> None:
    """Let minutes pass, then do twice what every minute does: the second time changes nothing."""
    desk.slack.clock.advance(minutes * 60)
    await desk.quiet()  # while a start still reads back, a message waits for it
    for _ in range(2):
        await desk.wake()
        for planner in notices.PLANNERS:
            await planner(desk.context)
        await deliver_due(desk.context)
        await desk.quiet()


def told(desk: Desk, name: str = "mia", channel: str = CARE) -> list[Message]:
    """Return what Kepi said to everybody in a channel, or to one person directly."""
    return [it for it in desk.person(name).bot_said(channel) if not it.is_private]


def heads(desk: Desk, name: str = "mia", channel: str = CARE) -> list[str]:
    """Return the first line of each message, without its emphasis."""
    return [first_line(it) for it in told(desk, name, channel)]


def first_line(message: Message) -> str:
    return str(message.blocks[0]["text"]["text"]).split("\n")[0].replace("*", "")


def rules_without(rules: Rules = TOLD) -> Rules:
    """Return rules of a team that has no channel of its own for warnings."""
    return replace(rules, alerts_channel="")
