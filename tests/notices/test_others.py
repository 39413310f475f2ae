"""What else the team is told: a channel that is lost, a customer who is silent (§4.7, §5.3)."""

from __future__ import annotations

from dataclasses import replace

from support.rules import DAY
from tests.notices.conftest import TOLD, answer, ask, heads, rules_without, set_hours, tick, told
from tests.support_life.conftest import MIA, SUPPORT, Desk


async def test_a_channel_that_is_lost_is_told_once_to_the_team(desk: Desk) -> None:
    await ask(desk)
    desk.slack.archive(SUPPORT, by=MIA)
    await desk.quiet()
    await tick(desk, 1)
    await tick(desk, 60)
    lost = [it for it in heads(desk) if "was archived" in it]
    assert len(lost) == len(told(desk)) == 1


async def test_without_a_channel_of_its_own_whoever_set_it_up_is_told(desk: Desk) -> None:
    """In the lost channel nobody would read it."""
    await desk.track(rules=rules_without())
    await ask(desk)
    desk.slack.archive(SUPPORT, by=MIA)
    await desk.quiet()
    await tick(desk, 1)
    (message,) = told(desk, "mia", "dm")
    assert "was archived" in message.text
    assert told(desk, "omar", "dm") == []


async def test_a_silent_customer_is_told_of_in_open_hours(desk: Desk) -> None:
    """Three days after a Sunday evening it is Wednesday evening: on Thursday at nine."""
    await set_hours(desk)
    await desk.track(rules=replace(TOLD, auto_close=7 * DAY, nudge=3 * DAY))
    asked = await ask(desk)
    reply = await answer(desk, asked, "Which address is it?")
    await desk.person("omar").react(reply, "hourglass_flowing_sand")
    await desk.quiet()
    await tick(desk, 3 * 24 * 60 + 5)
    assert told(desk) == []
    await tick(desk, 15 * 60)
    assert [it.partition(",")[0] for it in heads(desk)] == ["Issue 1: the customer has been silent"]


async def test_a_customer_who_wrote_meanwhile_is_not_silent(desk: Desk) -> None:
    await set_hours(desk)
    await desk.track(rules=replace(TOLD, auto_close=7 * DAY, nudge=3 * DAY))
    asked = await ask(desk)
    reply = await answer(desk, asked, "Which address is it?")
    await desk.person("omar").react(reply, "hourglass_flowing_sand")
    await desk.quiet()
    await tick(desk, 3 * 24 * 60 + 5)
    await desk.person("gus").say(SUPPORT, "12 High Street", asked.ts)
    await desk.quiet()
    await tick(desk, 15 * 60)
    assert [it for it in heads(desk) if "silent" in it] == []
