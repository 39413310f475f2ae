"""What its owner can do before it goes out: see it, comment, hold it, bring what is missing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.playground import Message
from tests.digests.conftest import Open
from tests.digests.weeks import Week, has_picture, words_of

EIGHT = datetime(2026, 11, 23, 7, 1, tzinfo=UTC)
NINE = EIGHT + timedelta(hours=1)


async def at_eight(week: Week) -> Message:
    """Return what Mia, the owner, is told on Monday at eight."""
    await week.digest()
    await week.jump(EIGHT)
    await week.wake()
    return week.to(week.mia)[-1]


async def test_see_it_shows_the_owner_alone_what_will_go_out(week: Week) -> None:
    """The preview stands in the direct message, with its picture and nothing to press."""
    told = await at_eight(week)
    await week.mia.press(told, "digest_see")
    await week.quiet()
    shown = week.to(week.mia)[-1]
    assert shown.text.startswith("Acme · week 47")
    assert has_picture(shown)
    assert "Preview: only you see this." in words_of(shown)
    assert "I'll do it" not in words_of(shown)
    assert week.said() == []
    before = words_of(shown)
    await week.jump(NINE)
    await week.wake()
    (digest,) = week.said()
    assert before.splitlines()[1] == words_of(digest).splitlines()[1], "the same headline"


async def test_held_it_does_not_go_out_and_released_it_does(week: Week) -> None:
    """Hold is answered in place; nothing comes at nine; Release an hour later lets it go, late."""
    told = await at_eight(week)
    await week.mia.press(told, "digest_hold")
    await week.quiet()
    assert told.text == "Held by mia: it does not go to #marketing."
    listed = await week.ask(week.mia, "/kpi digest")
    assert "Next: Monday 23 Nov at 09:00, Stockholm time, held by mia" in words_of(listed)
    await week.jump(NINE)
    await week.wake()
    assert week.said() == []
    history = await week.ask(week.mia, "/kpi digest history")
    assert "week 47, not sent: it was held" in words_of(history)
    await week.jump(NINE + timedelta(hours=1))
    await week.mia.press(told, "digest_release")
    await week.quiet()
    await week.wake()
    (digest,) = week.said()
    assert "Late: was due Monday 09:00." in words_of(digest)


async def test_a_held_one_can_be_sent_at_once(week: Week) -> None:
    """Send now after Hold: it goes out before its time, and not again at nine."""
    told = await at_eight(week)
    await week.mia.press(told, "digest_hold")
    await week.quiet()
    await week.mia.press(told, "digest_send_held")
    await week.quiet()
    await week.wake()
    assert len(week.said()) == 1
    await week.jump(NINE)
    await week.wake()
    assert len(week.said()) == 1
    with pytest.raises(LookupError):  # the owner's message offers nothing more
        await week.mia.press(told, "digest_hold")


async def test_a_comment_stands_above_the_numbers_with_its_author(week: Week) -> None:
    """What was typed is shown as it was typed: it pings nobody and links nowhere."""
    told = await at_eight(week)
    await week.mia.press(told, "digest_comment")
    view = await week.mia.await_view("Add a comment")
    typed = "Black Week starts <!channel> & <https://x.test|Thursday>."
    await week.mia.submit(view, {"comment": typed})
    await week.quiet()
    await week.jump(NINE)
    await week.wake()
    (digest,) = week.said()
    line = digest.blocks[1]["text"]["text"]
    assert line == (
        "mia: Black Week starts &lt;!channel&gt; &amp; &lt;https://x.test|Thursday&gt;."
    )


async def test_what_is_out_cannot_be_held(week: Week) -> None:
    """A press after nine is answered with when it went out."""
    told = await at_eight(week)
    await week.jump(NINE)
    await week.wake()
    await week.mia.press(told, "digest_hold")
    await week.quiet()
    assert "It is out already, since Mon 23 Nov 09:0" in week.mia.bot_said("dm")[-1].text
    assert len(week.said()) == 1


async def test_others_may_look_but_not_hold(week: Week) -> None:
    """Omar owns nothing here: his press is refused with whom to ask, and nothing changes."""
    digest = await week.digest()
    await week.jump(EIGHT)
    await week.wake()
    refused = await week.ask(week.omar, "/kpi digest pause")
    assert refused.text == (
        "Only mia, who looks after this digest, or a Slack admin can change it."
    )
    await week.jump(NINE)
    await week.wake()
    assert (await week.states()) == {f"{digest}:2026-W47": "sent"}


async def test_on_sunday_the_owner_is_asked_for_what_is_missing(open_a_week: Open) -> None:
    """Three weeks after the last export: named with how far it reaches, and how to get it."""
    async with open_a_week(datetime(2026, 12, 10, 12, tzinfo=UTC)) as week:
        await week.digest()
        await week.jump(datetime(2026, 12, 13, 15, 0, 30, tzinfo=UTC))
        await week.wake()
        (asked,) = week.to(week.mia)
        assert asked.text.startswith("For Monday I still need ")
        assert "Instagram (have to 21 Nov)" in asked.text
        await week.mia.press(asked, "digest_how")
        await week.quiet()
        how = week.mia.bot_said("dm")[-1]
        assert "Instagram: Meta Business Suite" in words_of(how)
        await week.mia.press(asked, "digest_without")
        await week.quiet()
        assert asked.text.startswith("It goes out without ")
        await week.jump(datetime(2026, 12, 14, 8, 1, tzinfo=UTC))
        await week.wake()
        assert len(week.said()) == 1


async def test_with_everything_there_the_owner_is_not_asked(week: Week) -> None:
    """The exports reach to Saturday: on Sunday nobody is bothered."""
    await week.digest(zone="America/Los_Angeles")
    await week.jump(datetime(2026, 11, 23, 0, 5, tzinfo=UTC))  # Sunday 16:05 there
    await week.wake()
    assert week.to(week.mia) == []
    assert await week.states("digest-missing") == {"1:2026-W47": "dropped"}


async def test_a_channel_that_was_shared_since_gets_nothing_until_somebody_says_yes(
    week: Week,
) -> None:
    """Another company came into the channel: its owner is told once, and nothing is posted."""
    await week.digest()
    week.slack.share("#marketing", "Nordic Agency")
    await week.quiet()
    await week.jump(NINE)
    await week.wake()
    await week.jump(NINE + timedelta(minutes=5))
    await week.wake()
    assert week.said() == []
    told = [it.text for it in week.to(week.mia) if "shared with another company" in it.text]
    assert told == [
        "#marketing is shared with another company now: /kpi digest, then Change, to say yes."
    ]
