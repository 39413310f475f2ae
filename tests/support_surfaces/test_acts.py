"""Every verb over a socket: what was asked is done, told in one line, and shown."""

from __future__ import annotations

import pytest

from support.timeline import State
from tests.support_surfaces.conftest import SUPPORT, Desk

JOURNEY: list[tuple[str, str, State]] = [
    # typed, the line, the state afterwards
    ("wait 1", "answer first, then it can wait", State.OPEN),
    ("claim 1", "You have issue 1.", State.ACKNOWLEDGED),
    ("claim 1", "You have issue 1 already.", State.ACKNOWLEDGED),
    ("replied 1", "answered at 18:0", State.RESPONDED),
    ("unwait 1", "does not wait for the customer", State.RESPONDED),
    ("wait 1", "waits for the customer.", State.WAITING),
    ("wait 1", "waits for the customer already", State.WAITING),
    ("unwait 1", "does not wait for the customer any more", State.RESPONDED),
    ("priority 1 high", "has priority high", State.RESPONDED),
    ("priority 1 very", "urgent, high, normal or low", State.RESPONDED),
    ("assign 1 <@U0MIA000000|mia>", "mia has issue 1.", State.RESPONDED),
    ("claim 1", "mia has issue 1; you take part", State.RESPONDED),
    ("assign 1 me", "You have issue 1.", State.RESPONDED),
    ("assign 1 nobody", "Nobody has issue 1 now", State.RESPONDED),
    ("assign 1", "Whom? Try", State.RESPONDED),
    ("assign 1 @bob", "Choose the person", State.RESPONDED),
    ("assign 1 <@U0GUS000000|gus>", "gus does not answer in #support", State.RESPONDED),
    ("snooze 1", "Until when?", State.RESPONDED),
    ("snooze 1 2h", "quiet until 20:0", State.RESPONDED),
    ("snooze 1 off", "not quiet any more", State.RESPONDED),
    ("csat 1 4", "was not solved yet", State.RESPONDED),
    ("resolve 1 because", "I don’t know “because” as a reason", State.RESPONDED),
    ("resolve 1 answered elsewhere", "Issue 1 is solved. First answer", State.RESOLVED),
    ("resolve 1", "Open it again: /support reopen 1", State.RESOLVED),
    ("snooze 1 2h", "Issue 1 is solved", State.RESOLVED),
    ("csat 1 9", "A rating is 1 to 5", State.RESOLVED),
    ("csat 1 4 source=phone", "was rated 4 of 5", State.RESOLVED),
    ("undo 1", "was never solved", State.RESPONDED),
    ("undo 1", "nothing to take back", State.RESPONDED),
    ("resolve 1", "is solved", State.RESOLVED),
    ("reopen 1", "is open again", State.RESPONDED),
    ("reopen 1", "is open already", State.RESPONDED),
    ("dismiss 1", "Say why", State.RESPONDED),
    ("dismiss 1 not an issue", "is dismissed", State.DISMISSED),
    ("resolve 1", "/support restore 1", State.DISMISSED),
    ("restore 1", "is back", State.RESPONDED),
    ("restore 1", "was not dismissed", State.RESPONDED),
    ("merge 1", "Into which issue?", State.RESPONDED),
    ("merge 1 into 1", "can’t be merged with itself", State.RESPONDED),
    ("unmerge 1", "is an issue of its own", State.RESPONDED),
    ("resolve 99", "There is no issue 99", State.RESPONDED),
]


@pytest.mark.parametrize("ahead", [0, 20], ids=["same clock", "Slack's clock is ahead"])
async def test_a_life_of_verbs(both_desks: Desk, ahead: float) -> None:
    """One issue goes through all of them; what cannot be done says what would work.

    However far Slack's clock is ahead of ours, what was asked later comes later.
    """
    desk = both_desks
    desk.town.slack.clock.offset += ahead
    await desk.issue()
    context = desk.town.running.context
    for typed, line, state in JOURNEY:
        said = await desk.ask(desk.omar, f"/support {typed}")
        assert line in said.words, typed
        assert said.is_private
        assert said.text, typed
        issue = context.tracker.timeline(1)
        assert issue.state is state, typed


async def test_what_was_done_is_seen_at_once(desk: Desk) -> None:
    """The answer to an act is the issue as it is then, with the buttons that fit it."""
    await desk.issue("where is my parcel")
    said = await desk.ask(desk.omar, "/support resolve 1")
    assert said.text.startswith("Issue 1 is solved. ")
    assert "Reopen" in said.words
    assert "where is my parcel" in said.words
    assert len(said.blocks) <= 15


async def test_two_issues_become_one_and_two_again(desk: Desk) -> None:
    """The older goes on, whichever is named first, and is shown."""
    await desk.issue("first matter")
    await desk.ask(desk.omar, "/support new Second matter customer=tom source=phone")
    merged = await desk.ask(desk.omar, "/support merge 1 into 2")
    assert "issue 1 goes on" in merged.words
    assert "first matter" in merged.words
    shown = await desk.ask(desk.omar, "/support 2")
    assert "merged into issue 1" in shown.words
    parted = await desk.ask(desk.omar, "/support unmerge 2")
    assert "of its own again" in parted.words


async def test_a_command_that_comes_twice_is_done_once(desk: Desk) -> None:
    """Slack sends again what was not acknowledged; the trigger is the act's identity."""
    from bot.playground.deliveries import Delivery
    from bot.playground.interactions import command_payload

    await desk.issue()
    room = desk.mia.channel(SUPPORT)
    payload = command_payload(
        desk.town.slack.space, desk.omar.id, "/support", "new Broken cup", room
    )
    for _ in range(2):
        await desk.town.slack.deliveries.attempt(Delivery("slash_commands", payload))
        await desk.quiet()
    posts = [it for it in desk.mia.bot_said(SUPPORT) if "Broken cup" in it.words]
    assert [it.is_private for it in posts].count(False) == 1
    assert "There is no issue 3" in (await desk.ask(desk.omar, "/support 3")).words


PRESSES: list[tuple[str, str, State]] = [
    ("claim", "You have issue 1.", State.ACKNOWLEDGED),
    ("replied", "answered at", State.RESPONDED),
    ("wait", "waits for the customer", State.WAITING),
    ("unwait", "does not wait", State.RESPONDED),
    ("resolve", "is solved", State.RESOLVED),
    ("reopen", "is open again", State.RESPONDED),
]


async def test_buttons_follow_the_state(both_desks: Desk) -> None:
    """Each press does what its button says and puts the issue as it is then in its place."""
    desk = both_desks
    await desk.issue()
    await desk.ask(desk.omar, "/support 1")
    count = len(desk.omar.bot_said(SUPPORT))
    for verb, line, state in PRESSES:
        shown = [it for it in desk.omar.bot_said(SUPPORT) if it.is_private][-1]
        await desk.omar.press(shown, f"support_act:{verb}")
        await desk.quiet()
        after = [it for it in desk.omar.bot_said(SUPPORT) if it.is_private][-1]
        assert line in after.words, verb
        assert desk.town.running.context.tracker.timeline(1).state is state
    private = [it for it in desk.omar.bot_said(SUPPORT) if it.is_private]
    assert len(private) == 1
    assert count >= 1


MENU: list[tuple[str, dict[str, object], str]] = [
    ("assign", {"user": "U0MIA000000"}, "mia has issue 1."),
    ("assign", {"user": ""}, "Nobody has issue 1 now."),
    ("snooze", {"words": "next opening"}, "quiet until Mon 09:00"),
    ("snooze", {"typed": "soonish"}, "I can’t read “soonish”"),
    ("priority", {"words": "urgent"}, "has priority urgent"),
    ("dismiss", {"words": "spam"}, "is dismissed"),
]


async def test_the_menu_asks_for_what_it_needs(desk: Desk) -> None:
    """Whom, until when, how urgent, why: a small form each."""
    await desk.issue()
    for verb, filled, line in MENU:
        shown = await desk.ask(desk.omar, "/support 1")
        await desk.omar.press(shown, "support_menu:1", f"{verb}:1")
        view = await desk.omar.await_view("1")
        await desk.omar.submit(view, filled)
        await desk.quiet()
        said = [it for it in desk.omar.bot_said(SUPPORT) if it.is_private]
        assert any(line in it.words for it in said), verb


async def test_what_was_taken_for_thanks_can_be_made_to_count(desk: Desk) -> None:
    """The message is listed with a button; pressed, the customer waits since then."""
    asked = await desk.issue()
    await desk.omar.say(SUPPORT, "It is on its way.", thread_ts=asked.ts)
    await desk.gus.say(SUPPORT, "thanks!", thread_ts=asked.ts)
    await desk.quiet()
    shown = await desk.ask(desk.omar, "/support 1")
    assert "taken for thanks" in shown.words
    await desk.omar.press(shown, "support_count:1")
    await desk.quiet()
    after = [it for it in desk.omar.bot_said(SUPPORT) if it.is_private][-1]
    assert "waiting for an answer" in after.words
    assert "taken for thanks" not in after.words


@pytest.mark.parametrize("place", ["dm", "#random"])
async def test_it_answers_wherever_it_is_typed(desk: Desk, place: str) -> None:
    """Also where Kepi is not; and only the asker sees it."""
    await desk.issue()
    await desk.omar.command("/support 1", place)
    said = await desk.omar.await_message(place, "order 8841 never came")
    assert said.is_private
    assert not [it for it in desk.mia.bot_said("#random") if "8841" in it.words]


async def test_kpi_support_and_plain_words_are_the_same(desk: Desk) -> None:
    """``/kpi support …`` always works, as do words in the direct message."""
    await desk.issue()
    typed = await desk.ask(desk.omar, "/kpi support 1")
    assert "order 8841 never came" in typed.words
    await desk.omar.say("dm", "support 1")
    assert await desk.omar.await_message("dm", "order 8841 never came")
    await desk.omar.mention(SUPPORT, "support 1")
    said = await desk.omar.await_message(SUPPORT, "order 8841 never came")
    assert said.is_private
