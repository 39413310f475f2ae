"""How was the help? Who is asked when, and which answers count (support-spec §9.5)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.playground import Message
from commands.asker import Asker
from commands.pressed import Pressed
from commands.support import csat
from storage import desks, ratings, support_notes
from storage.errors import KepiError
from storage.ratings import RatingRow
from support.relays import Extractor, RelayRule
from support.rules import DAY, HOUR, MINUTE, RATINGS
from tests.support_life.conftest import GUS, MIA, SUPPORT, TEAM, Desk

CHECK = "white_check_mark"
PARTNERS = "#partner-acme"


@pytest.fixture
async def asking(desk: Desk) -> Desk:
    """The desk, with ratings on."""
    workspace, now = desk.context.home.workspace, desk.context.clock()
    await desk.context.write(support_notes.choose, workspace, RATINGS, True, MIA, now)
    return desk


async def solve(
    desk: Desk, text: str = "Order 8841 never came", who: str = "gus", channel: str = SUPPORT
) -> Message:
    """A customer asks, Omar answers and marks it as solved."""
    asked = await desk.person(who).say(channel, text)
    await desk.quiet()
    await close(desk, asked)
    return asked


async def close(desk: Desk, asked: Message) -> None:
    desk.slack.clock.advance(MINUTE)
    told = await desk.person("omar").say(asked.channel, "It is on its way to you", asked.ts)
    await desk.quiet()
    desk.slack.clock.advance(MINUTE)
    await desk.person("omar").react(told, CHECK)
    await desk.quiet()


async def pass_time(desk: Desk, seconds: int) -> None:
    desk.slack.clock.advance(seconds)
    await desk.wake()


def questions(desk: Desk, who: str = "gus", channel: str = SUPPORT) -> list[Message]:
    return [it for it in desk.whispers(who, channel) if "How was the help" in it.words]


async def rating(desk: Desk, number: int = 1) -> RatingRow | None:
    issue = (await desk.row(number)).id
    return await desk.context.read(ratings.rating_of, desk.context.home.workspace, issue)


async def press(desk: Desk, score: int, user: str = GUS) -> None:
    """Press a score, as Slack would tell of it; what does not count is raised."""
    issue = (await desk.row()).id
    asker = Asker(user, desk.slack.space.find_channel(SUPPORT).id)
    await csat.answer(desk.context, Pressed(asker, f"{score}|{issue}", "", "1.0", True))


async def test_nothing_is_asked_until_ratings_are_on(desk: Desk) -> None:
    await solve(desk)
    await pass_time(desk, HOUR)
    assert not questions(desk)
    assert await rating(desk) is None
    await desk.person("mia").command("/support ratings on", SUPPORT)
    await desk.wake()
    assert len(questions(desk)) == 1


async def test_the_customer_alone_is_asked_once_half_an_hour_later(asking: Desk) -> None:
    """In the thread, with what it was about and five buttons; nobody else sees it."""
    asked = await solve(asking)
    await pass_time(asking, 29 * MINUTE)
    assert not questions(asking)
    for _ in range(3):
        await pass_time(asking, 2 * MINUTE)
    (said,) = questions(asking)
    assert said.thread_ts == asked.ts
    assert "“Order 8841 never came”" in said.words
    issue = (await asking.row()).id
    labels = [said.element(f"csat:{it}:{issue}")["text"]["text"] for it in range(1, 6)]
    assert labels == ["1", "2", "3", "4", "5"]
    assert not questions(asking, "omar")
    assert not questions(asking, "mia")


async def test_a_press_is_kept_and_thanked_in_the_questions_place(asking: Desk) -> None:
    """And the KPI counts it: one asked, one answered, rated 4."""
    await solve(asking)
    await pass_time(asking, 31 * MINUTE)
    (said,) = questions(asking)
    await asking.person("gus").press(said, f"csat:4:{(await asking.row()).id}")
    await asking.quiet()
    held = await rating(asking)
    assert held is not None
    assert (held.score, held.customer, held.source, held.invalid) == (4, f"slack:{GUS}", "", False)
    assert held.asked is not None
    assert not questions(asking)
    assert "Thank you: 4 of 5." in asking.whispers("gus")[-1].words
    answer = await asking.person("mia").ask("/kpi private csat today", SUPPORT, "Mean 4.0 of 5.")
    assert "1 of 1 asked" in answer.words


async def test_a_reopened_issue_is_not_rated_by_the_old_question(asking: Desk) -> None:
    """The unanswered question counts no more, and the issue is not asked about again."""
    asked = await solve(asking)
    await pass_time(asking, 31 * MINUTE)
    (said,) = questions(asking)
    await asking.person("gus").say(SUPPORT, "No, it still has not come, where is it?", asked.ts)
    await asking.quiet()
    held = await rating(asking)
    assert held is not None
    assert held.invalid
    await asking.person("gus").press(said, f"csat:5:{(await asking.row()).id}")
    await asking.quiet()
    assert csat.OPEN_AGAIN in asking.whispers("gus")[-1].words
    await close(asking, asked)
    assert (await asking.row()).state == "resolved"
    with pytest.raises(KepiError, match="opened again"):
        await press(asking, 5)
    for _ in range(2):
        await pass_time(asking, 31 * MINUTE)
    assert len(questions(asking)) == 1
    held = await rating(asking)
    assert held is not None
    assert (held.score, held.invalid) == (None, True)


async def test_a_rating_that_was_given_outlives_a_reopening(asking: Desk) -> None:
    asked = await solve(asking)
    await pass_time(asking, 31 * MINUTE)
    await press(asking, 2)
    await asking.person("gus").say(SUPPORT, "No, it still has not come, where is it?", asked.ts)
    await asking.quiet()
    assert (await asking.row()).state == "open"
    held = await rating(asking)
    assert held is not None
    assert (held.score, held.invalid) == (2, False)


async def test_what_reopens_within_half_an_hour_is_not_asked_about(asking: Desk) -> None:
    asked = await solve(asking)
    await asking.person("gus").say(SUPPORT, "No, it still has not come, where is it?", asked.ts)
    await pass_time(asking, HOUR)
    assert not questions(asking)
    assert await rating(asking) is None


async def test_only_the_customer_rates_and_within_seven_days(asking: Desk) -> None:
    await solve(asking)
    await pass_time(asking, 31 * MINUTE)
    with pytest.raises(KepiError, match="Only the customer"):
        await press(asking, 1, MIA)
    asking.slack.clock.advance(7 * DAY + MINUTE)
    with pytest.raises(KepiError, match="seven days"):
        await press(asking, 5)
    held = await rating(asking)
    assert held is not None
    assert held.score is None


async def test_a_customer_is_asked_once_in_seven_days(asking: Desk) -> None:
    """Two that were solved together are one question; the next may come a week later."""
    await solve(asking)
    await solve(asking, "Order 8842 came broken")
    await pass_time(asking, HOUR)
    assert len(questions(asking)) == 1
    await pass_time(asking, 7 * DAY - 4 * HOUR)
    await solve(asking, "Order 8843 came twice")
    await pass_time(asking, HOUR)
    assert len(questions(asking)) == 1
    await pass_time(asking, 4 * HOUR)
    assert len(questions(asking)) == 2
    assert await rating(asking, 2) is None
    assert await rating(asking, 3) is not None


async def test_nobody_is_asked_about_what_was_solved_yesterday(asking: Desk) -> None:
    await solve(asking)
    await pass_time(asking, DAY + MINUTE)
    assert not questions(asking)


async def test_what_the_customer_left_unanswered_is_not_asked_about(asking: Desk) -> None:
    asked = await asking.person("gus").say(SUPPORT, "Order 8841 never came")
    await asking.quiet()
    await asking.person("omar").say(SUPPORT, "Which address was it?", asked.ts)
    await asking.quiet()
    await asking.person("omar").react(asked, "hourglass_flowing_sand")
    await asking.quiet()
    await asking.track(rules=replace(TEAM, auto_close=DAY, nudge=HOUR))
    await pass_time(asking, DAY + MINUTE)
    assert (await asking.row()).state == "resolved"
    await pass_time(asking, HOUR)
    assert not questions(asking)


async def test_customers_behind_a_relay_are_never_asked(asking: Desk) -> None:
    parts = {"handle": Extractor("text", r"@(\w+)"), "platform": Extractor(value="x")}
    rule = RelayRule(app="A0RELAY", parts=parts)
    room = asking.slack.space.find_channel(SUPPORT).id
    given: dict[str, Any] = {"app": "A0RELAY", "rule": rule.to_json(), "by": MIA}
    workspace, now = asking.context.home.workspace, asking.context.clock()
    await asking.context.write(desks.add_relay_rule, workspace, at=now, channel=room, **given)
    asked = asking.slack.app_post(SUPPORT, "@lena_k: order 8841 never came")
    await asking.quiet()
    await close(asking, asked)
    row = await asking.row()
    assert (row.state, row.customer[:2]) == ("resolved", "x:")
    await pass_time(asking, HOUR)
    assert await rating(asking) is None


async def test_people_of_another_company_are_never_asked(asking: Desk) -> None:
    await asking.track(PARTNERS, replace(TEAM, is_shared=True))
    await solve(asking, "Where is our order?", "lena", PARTNERS)
    assert (await asking.row()).state == "resolved"
    await pass_time(asking, HOUR)
    assert not asking.person("lena").bot_said(PARTNERS)
    assert await rating(asking) is None


async def test_a_channel_that_is_lost_or_catching_up_waits(asking: Desk) -> None:
    await solve(asking)
    room, workspace = asking.slack.space.find_channel(SUPPORT).id, asking.context.home.workspace
    await asking.context.write(desks.mark_catching_up, workspace, room, True)
    await pass_time(asking, HOUR)
    assert not questions(asking)
    await asking.context.write(desks.mark_catching_up, workspace, room, False)
    await pass_time(asking, MINUTE)
    assert len(questions(asking)) == 1
