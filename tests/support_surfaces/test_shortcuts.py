"""The menu of a message: what a slash command cannot do, because it knows no thread (O3)."""

from __future__ import annotations

import pytest

from bot.playground import Message
from support.entries import micros
from support.timeline import State
from tests.support_surfaces.conftest import SUPPORT, Desk


def told(desk: Desk, channel: str = SUPPORT) -> Message:
    return [it for it in desk.omar.bot_said(channel) if it.is_private][-1]


async def test_a_message_is_tracked_with_its_whole_thread(both_desks: Desk) -> None:
    """Days later too: the clock starts at the message, the answer in between is found."""
    desk = both_desks
    asked = await desk.gus.say("#marketing", "the coupon does not work")
    answered = await desk.mia.say("#marketing", "Fixed, try again", thread_ts=asked.ts)
    await desk.omar.message_shortcut(asked, "support_track")
    view = await desk.omar.await_view("Priority")
    assert "the coupon does not work" in view.words
    await desk.omar.submit(view, {"priority": "high"})
    await desk.quiet()
    assert "Issue 1 is tracked" in told(desk, "#marketing").words
    assert "the coupon does not work" in told(desk, "#marketing").words
    timeline = desk.town.running.context.tracker.timeline(1)
    assert timeline.via == "shortcut"
    assert timeline.opened == micros(asked.ts)
    assert timeline.responded == micros(answered.ts)
    assert timeline.priority == "high"
    assert timeline.customer == f"slack:{desk.gus.id}"


async def test_a_reply_is_tracked_at_its_own_time(desk: Desk) -> None:
    """The issue hangs on the root, and counts what came after the reply (S23)."""
    root = await desk.mia.say("#marketing", "New shop page is live")
    await desk.omar.say("#marketing", "great", thread_ts=root.ts)
    asked = await desk.gus.say("#marketing", "where is my order?", thread_ts=root.ts)
    answered = await desk.mia.say("#marketing", "On its way", thread_ts=root.ts)
    await desk.omar.message_shortcut(asked, "support_track")
    await desk.omar.submit(await desk.omar.await_view("Priority"))
    await desk.quiet()
    timeline = desk.town.running.context.tracker.timeline(1)
    assert timeline.key.root == root.ts
    assert timeline.opened == micros(asked.ts)
    assert timeline.responded == micros(answered.ts)


async def test_a_second_track_says_which_issue_it_is(desk: Desk) -> None:
    """No second one comes of it."""
    asked = await desk.issue()
    await desk.omar.message_shortcut(asked, "support_track")
    await desk.omar.submit(await desk.omar.await_view("Priority"))
    await desk.quiet()
    assert "This is issue 1 already" in told(desk).words
    assert "There is no issue 2" in (await desk.ask(desk.omar, "/support 2")).words


async def test_a_separate_matter_gets_a_root_of_its_own(desk: Desk) -> None:
    """Quote and link; the clock of it starts when the customer wrote."""
    asked = await desk.issue()
    other = await desk.gus.say(SUPPORT, "and my <invoice> is wrong", thread_ts=asked.ts)
    await desk.omar.message_shortcut(other, "support_separate")
    await desk.quiet()
    root = next(it for it in desk.mia.bot_said(SUPPORT) if not it.is_private)
    assert "from this thread" in root.words
    assert f"p{other.ts.replace('.', '')}" in root.words
    timeline = desk.town.running.context.tracker.timeline(2)
    assert timeline.key.root == root.ts
    assert timeline.opened == micros(other.ts)
    assert timeline.customer == f"slack:{desk.gus.id}"
    assert timeline.title == "", "the ledger never holds a customer's words"
    assert "invoice" in (await desk.ask(desk.omar, "/support 2")).words


async def test_an_answer_outside_the_thread_is_attached(desk: Desk) -> None:
    """It counts at its own time, as if it had been written there."""
    await desk.issue()
    await desk.ask(desk.omar, "/support new Second customer=tom source=phone")
    answer = await desk.omar.say(SUPPORT, "It was sent again today")
    await desk.quiet()
    await desk.omar.message_shortcut(answer, "support_attach")
    view = await desk.omar.await_view("Which issue?")
    assert "1 · gus · order 8841" in view.words
    await desk.omar.submit(view, {"issue": "1"})
    await desk.quiet()
    assert "counts for issue 1 now" in told(desk).words
    timeline = desk.town.running.context.tracker.timeline(1)
    assert timeline.responded == micros(answer.ts)
    assert timeline.state is State.RESPONDED
    await desk.omar.message_shortcut(answer, "support_attach")
    view = await desk.omar.await_view("Which issue?")
    await desk.omar.submit(view, {"issue": "0"})
    await desk.quiet()
    assert "counts where it stands" in told(desk).words
    assert desk.town.running.context.tracker.timeline(1).responded is None


async def test_marked_as_replied_counts_at_the_click(desk: Desk) -> None:
    """Answered by telephone: flagged as told by hand."""
    asked = await desk.issue()
    await desk.omar.message_shortcut(asked, "support_replied")
    await desk.quiet()
    timeline = desk.town.running.context.tracker.timeline(1)
    assert timeline.response_manual
    assert timeline.responded_by == desk.omar.id
    assert "told by hand" in told(desk).words


async def test_the_issue_of_a_thread_is_shown(desk: Desk) -> None:
    """From any message of it; where there is none, the line says how to begin."""
    asked = await desk.issue()
    reply = await desk.omar.say(SUPPORT, "Looking", thread_ts=asked.ts)
    await desk.quiet()
    await desk.omar.message_shortcut(reply, "support_show")
    await desk.quiet()
    assert "order 8841" in told(desk).words
    plain = await desk.omar.say("#marketing", "hello")
    await desk.omar.message_shortcut(plain, "support_show")
    await desk.quiet()
    assert "no issue in this thread" in told(desk, "#marketing").words


@pytest.mark.parametrize(
    "shortcut", ["support_track", "support_separate", "support_attach", "support_replied"]
)
async def test_whoever_does_not_answer_is_refused(desk: Desk, shortcut: str) -> None:
    """Gus is a guest."""
    asked = await desk.issue()
    await desk.omar.say(SUPPORT, "Another thing")
    await desk.gus.message_shortcut(asked, shortcut)
    await desk.quiet()
    said = [it for it in desk.gus.bot_said(SUPPORT) if it.is_private]
    assert said
    assert desk.gus.open_view() is None
    assert desk.town.running.context.tracker.timeline(1).responded is None


async def test_where_kepi_is_not_it_says_so(desk: Desk) -> None:
    """One line, no form."""
    message = await desk.omar.say("#random", "please track this")
    await desk.omar.message_shortcut(message, "support_track")
    await desk.quiet()
    assert "/invite @Kepi" in told(desk, "#random").words
    assert desk.omar.open_view() is None


async def test_nothing_visible_comes_of_it_in_a_shared_channel(desk: Desk) -> None:
    """The form opens for us alone; a root of its own would be seen, so it is refused."""
    lena = desk.town.person("lena")
    asked = await lena.say("#partner-acme", "our delivery is late")
    before = len(lena.sees("#partner-acme"))
    await desk.omar.message_shortcut(asked, "support_separate")
    await desk.quiet()
    assert "shared with another company" in told(desk, "#partner-acme").words
    await desk.omar.message_shortcut(asked, "support_track")
    await desk.omar.submit(await desk.omar.await_view("Priority"))
    await desk.quiet()
    assert "Issue 1 is tracked" in told(desk, "#partner-acme").words
    assert len(lena.sees("#partner-acme")) == before
    assert not lena.sees("#partner-acme")[-1].reactions
