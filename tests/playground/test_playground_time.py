"""Time passes at once, events are lost, doubled and overtake each other."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.playground import Faults, LocalSlack

Echo = tuple[LocalSlack, AsyncApp]


def hear(app: AsyncApp) -> list[str]:
    """Collect the texts and marks that arrive."""
    got: list[str] = []

    @app.event("message")
    async def said(event: dict[str, Any]) -> None:
        got.append(event["text"])

    @app.event("reaction_added")
    async def marked(event: dict[str, Any]) -> None:
        got.append(f":{event['reaction']}:")

    return got


async def test_time_can_be_let_pass(slack: LocalSlack) -> None:
    """Message times move with it, and never back."""
    mia = slack.person("mia")
    first = await mia.say("#support", "before")
    before = slack.clock.instant()
    slack.clock.advance(7200)
    second = await mia.say("#support", "after")
    assert 7200 <= float(second.ts) - float(first.ts) < 7260
    assert slack.clock.instant() - before >= timedelta(hours=2)
    with pytest.raises(ValueError, match="go back"):
        slack.clock.advance(-1)


async def test_what_happens_in_an_outage_is_lost(echo: Echo) -> None:
    """Every retry of Slack's schedule passes unheard; only what happens afterwards arrives."""
    slack, app = echo
    got = hear(app)
    mia = slack.person("mia")
    slack.faults.retry_scale = 1.0
    slack.faults.drop_events = True
    await mia.say("#support", "unheard")
    slack.clock.advance(7200)
    await slack.settle(5)
    slack.faults.drop_events = False
    await mia.say("#support", "heard")
    await slack.settle()
    assert got == ["heard"]
    lost = [ack for ack in slack.acks if not ack.ok]
    assert [ack.attempt for ack in lost] == [0, 1, 2, 3]
    assert [each.text for each in mia.sees("#support")] == ["unheard", "heard"]


async def test_a_short_outage_is_made_good_by_retries(echo: Echo) -> None:
    """Back before the last retry: the event comes, late and once."""
    slack, app = echo
    got = hear(app)
    slack.faults.retry_scale = 1.0
    slack.faults.drop_events = True
    await slack.person("mia").say("#support", "late")
    await asyncio.sleep(0.05)
    assert slack.acks
    assert not any(ack.ok for ack in slack.acks)
    slack.faults.drop_events = False
    slack.clock.advance(600)
    await slack.settle(5)
    assert got == ["late"]


async def test_commands_are_not_lost_with_the_events(echo: Echo) -> None:
    """They are answered or fail before the person's eyes."""
    slack, app = echo

    @app.command("/kpi")
    async def kpi(ack: Any) -> None:
        await ack("here")

    slack.faults.drop_events = True
    assert (await slack.person("mia").command("/kpi reach")).ok


async def test_each_event_may_come_four_times(echo: Echo) -> None:
    """With the same identity; each copy says that it is one."""
    slack, app = echo
    got = hear(app)
    slack.faults.copies = 4
    await slack.person("mia").say("#support", "again")
    await slack.settle()
    assert got == ["again"] * 4
    assert len({ack.delivery.payload["event_id"] for ack in slack.acks}) == 1
    assert [ack.attempt for ack in slack.acks] == [0, 1, 2, 3]


async def test_events_overtake_each_other(echo: Echo) -> None:
    """All of them arrive, each as often as told, and not in the order in which they happened."""
    slack, app = echo
    got = hear(app)
    slack.faults.shuffle, slack.faults.copies = True, 2
    said = [str(number) for number in range(12)]
    for text in said:
        await slack.person("mia").say("#support", text)
    await slack.settle()
    assert sorted(got) == sorted(said * 2)
    assert list(dict.fromkeys(got)) != said


async def test_held_events_come_in_any_order(echo: Echo) -> None:
    """A mark before its message, a copy, one that is lost."""
    slack, app = echo
    got = hear(app)
    mia = slack.person("mia")
    slack.hold_events()
    said = await mia.say("#support", "one")
    await mia.react(said, "eyes")
    await mia.say("#support", "two")
    slack.release_events(order=[1, 0, 1])
    await slack.settle()
    assert got == [":eyes:", "one", ":eyes:"]
    slack.hold_events()
    for text in "abcdef":
        await mia.say("#support", text)
    slack.release_events(shuffled=random.Random(3), copies=2)
    await slack.settle()
    assert sorted(got[3:]) == sorted("abcdef" * 2)
    assert got[3:] != sorted(got[3:])


async def test_held_events_can_be_lost() -> None:
    async with LocalSlack(faults=Faults(retry_scale=0)) as slack:
        slack.hold_events()
        await slack.person("mia").say("#support", "gone")
        assert slack.lose_events() == 1
        await slack.settle()
        assert not slack.acks
