"""What is pressed and typed about digests: preview, send now, steps, pages, history, removal."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from bot.playground import Message
from tests.digests.offered import of_period
from tests.digests.weeks import Week, has_picture, words_of

NINE = datetime(2026, 11, 23, 8, 1, tzinfo=UTC)


async def monday(week: Week) -> Message:
    """Return the digest of Monday, nine o'clock."""
    await week.digest()
    await week.jump(NINE)
    await week.wake()
    return week.said()[0]


def alone(week: Week, name: str) -> Message:
    """Return what Kepi told somebody alone in the channel last."""
    said = [it for it in week.slack.person(name).bot_said("#marketing") if it.is_private]
    return said[-1]


async def taken(week: Week) -> list[Any]:
    return await week.context.read(of_period, week.workspace, 1, "2026-W47")


# --- preview


async def test_a_preview_is_for_the_asker_alone(week: Week) -> None:
    """In a channel: the words there for the asker, the whole with its picture in the direct one."""
    said = await week.ask(week.mia, "/kpi digest preview")
    assert said.text.startswith("Acme · week 46")
    assert "Preview: only you see this." in words_of(said)
    assert "it is in our direct message" in words_of(said)
    whole = week.to(week.mia)[-1]
    assert has_picture(whole)
    assert week.said() == []
    assert week.to(week.omar) == []
    assert await week.states() == {}


async def test_in_the_direct_message_a_preview_is_one_message(week: Week) -> None:
    """Nothing is said twice there."""
    await week.mia.command("/kpi digest preview", "dm")
    await week.quiet()
    (shown,) = week.mia.bot_said("dm")
    assert has_picture(shown)


async def test_a_preview_of_another_week_is_asked_by_its_number(week: Week) -> None:
    await week.digest()
    said = await week.ask(week.mia, "/kpi digest preview 2026-W44")
    assert said.text.startswith("Acme · week 44")


# --- send now


async def test_send_now_sends_the_last_whole_week_once(week: Week) -> None:
    """Sunday evening that is week 46; on Monday at nine week 47 comes as it would have."""
    await week.digest()
    said = await week.ask(week.mia, "/kpi digest send now")
    assert "Week 46 is on its way to #marketing" in said.text
    await week.wake()
    (first,) = week.said()
    assert first.text.startswith("Acme · week 46")
    assert "Late" not in words_of(first)
    again = await week.ask(week.mia, "/kpi digest send now")
    assert again.text.startswith("Week 46 is in #marketing already, since Sun 22 Nov")
    for _ in range(2):  # a double press is one
        await week.mia.press(again, "digest_again")
    await week.quiet()
    await week.wake()
    assert len(week.said()) == 2
    await week.jump(NINE)
    await week.wake()
    assert [it.text[:14] for it in week.said()] == ["Acme · week 46"] * 2 + ["Acme · week 47"]


async def test_sent_now_on_monday_morning_it_does_not_come_again_at_nine(week: Week) -> None:
    """The same week has one delivery, however it is asked for."""
    await week.digest()
    await week.jump(NINE - timedelta(hours=2))
    await week.ask(week.mia, "/kpi digest send")
    await week.wake()
    assert [it.text[:14] for it in week.said()] == ["Acme · week 47"]
    listed = words_of(await week.ask(week.mia, "/kpi digest"))
    assert "Next: Monday 30 Nov at 09:00" in listed
    await week.jump(NINE - timedelta(minutes=58))  # the owner is asked nothing: it is out
    await week.wake()
    assert week.to(week.mia) == []
    await week.jump(NINE)
    await week.wake()
    assert len(week.said()) == 1


# --- next steps


async def test_a_step_gets_its_owner_and_a_day_and_the_thread_says_so(week: Week) -> None:
    """Four weeks after the press, on the day of a digest; the second presser is told who has it."""
    digest = await monday(week)
    before = words_of(digest)
    await week.mia.press(digest, "digest_step:take")
    await week.quiet()
    await week.wake()
    first = (await taken(week))[0]
    assert (first.state, first.owner, str(first.due)) == ("taken", week.mia.id, "2026-12-21")
    told = [it.text for it in week.in_threads() if "does this" in it.text]
    assert told == ["mia does this; I come back on 21 Dec with before and after."]
    assert words_of(digest) == before, "nothing is edited for others"
    await week.omar.press(digest, "digest_step:take")
    await week.quiet()
    assert alone(week, "omar").text == "mia has it already, since 23 Nov."
    await week.wake()
    assert len([it for it in week.in_threads() if "does this" in it.text]) == 1


async def test_a_step_is_declined_and_given_back(week: Week) -> None:
    """Not now is noted for the presser alone; Undo offers it as before."""
    digest = await monday(week)
    await week.omar.press(digest, "digest_step:not")
    await week.quiet()
    assert (await taken(week))[0].state == "declined"
    await week.omar.press(alone(week, "omar"), "digest_step:back")
    await week.quiet()
    assert (await taken(week))[0].state == "offered"
    await week.mia.press(digest, "digest_step:take")
    await week.quiet()
    assert (await taken(week))[0].owner == week.mia.id


# --- the same as pages, and once more


async def test_the_pdf_goes_to_the_presser_with_the_same_numbers(week: Week) -> None:
    """Title, headline, every row and the picture stand in the document."""
    digest = await monday(week)
    await week.omar.press(digest, "digest_pdf")
    await week.quiet()
    assert alone(week, "omar").text == "The document is in your direct messages with Kepi."
    files = [it for it in week.slack.space.files.values() if it.name.endswith(".pdf")]
    assert [it.name for it in files] == ["acme-2026-W47.pdf"]
    reader = PdfReader(io.BytesIO(files[0].data or b""))
    text = " ".join("\n".join(page.extract_text() for page in reader.pages).split())
    rows = next(it["rows"] for it in digest.blocks if it["type"] == "table")
    for row in rows[1:]:
        assert row[0]["text"] in text
        assert row[1]["text"] in text
    assert "week 47" in text
    assert any(page.images for page in reader.pages)


async def test_send_it_to_me_brings_the_same_to_the_reader(week: Week) -> None:
    digest = await monday(week)
    await week.omar.press(digest, "digest_more", "again|1|2026-W47")
    await week.quiet()
    mine = week.to(week.omar)[-1]
    assert mine.text == digest.text
    assert has_picture(mine)


async def test_under_an_old_digest_the_buttons_go_on_working(week: Week) -> None:
    """It comes every day by now: the week that was told can still be had, and is in the history."""
    digest = await monday(week)
    await week.mia.command("/kpi digest change", "#marketing")
    await week.quiet()
    view = await week.mia.await_view("Set up a digest")
    await week.mia.submit(view, {"cadence": "daily"})
    await week.quiet()
    await week.omar.press(digest, "digest_more", "again|1|2026-W47")
    await week.quiet()
    assert week.to(week.omar)[-1].text == digest.text
    history = words_of(await week.ask(week.mia, "/kpi digest history"))
    assert "week 47, sent Mon 23 Nov" in history


# --- lists, history, removal


async def test_history_tells_what_was_sent_and_what_was_not(week: Week) -> None:
    await monday(week)
    await week.jump(NINE + timedelta(days=11))  # down over the next Monday
    await week.wake()
    said = words_of(await week.ask(week.mia, "/kpi digest history"))
    assert "week 47, sent Mon 23 Nov 09:0" in said
    assert "week 48, not sent: I was not running" in said
    assert said.index("week 48") < said.index("week 47")


async def test_removing_asks_first_and_can_be_taken_back(week: Week) -> None:
    """Remove, No; Remove, Yes, Undo: it comes as if nothing had been."""
    await week.digest()
    asked = await week.ask(week.mia, "/kpi digest remove")
    assert asked.text.startswith("Remove the weekly digest of #marketing?")
    await week.mia.press(asked, "digest_remove:no")
    await week.quiet()
    assert "1 digest" in (await week.ask(week.mia, "/kpi digest")).text
    asked = await week.ask(week.mia, "/kpi digest remove")
    await week.mia.press(asked, "digest_remove:yes")
    await week.quiet()
    removed = alone(week, "mia")
    assert removed.text.startswith("Removed. Nothing more goes to #marketing")
    assert "No digest is set up yet" in (await week.ask(week.mia, "/kpi digest")).text
    await week.mia.press(removed, "digest_remove:undo")
    await week.quiet()
    await week.jump(NINE)
    await week.wake()
    assert len(week.said()) == 1


async def test_with_several_it_is_asked_which(week: Week) -> None:
    """Each is offered as a command that works."""
    await week.digest()
    await week.digest(cadence="monthly")
    said = await week.ask(week.mia, "/kpi digest pause")
    assert said.text == "Which digest?"
    labels = [it["text"]["text"] for it in said.blocks[-1]["elements"]]
    assert labels == ["digest pause #marketing weekly", "digest pause #marketing monthly"]
    said = await week.ask(week.mia, "/kpi digest pause #marketing monthly")
    assert said.text.startswith("Paused.")
    listed = words_of(await week.ask(week.mia, "/kpi digest"))
    assert listed.count("*Paused*") == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("digest explode", "I don't know “explode”. Try: /kpi digest preview, send, pause"),
        ("digest pause", "No digest is set up yet."),
        ("digest pause #nowhere", "No digest is set up for that channel."),
        ("digest preview 2026-W99", "“2026-W99” is no period of this digest. Write it as 2026-W47"),
    ],
)
async def test_what_cannot_be_done_is_answered_in_one_line(
    week: Week, words: str, says: str
) -> None:
    said = await week.ask(week.mia, f"/kpi {words}")
    assert said.text.startswith(says)


async def test_help_is_the_list_with_its_buttons(week: Week) -> None:
    said = await week.ask(week.mia, "/kpi digest help")
    assert said.text.startswith("No digest is set up yet.")
    assert any(it["action_id"] == "digest_setup" for it in said.blocks[-1]["elements"])


async def test_customers_are_shown_to_the_presser_alone(week: Week) -> None:
    """*Show* under the digest answers with the list of ``/support``, and nobody else sees it."""
    from tests.support_surfaces.conftest import SUPPORT

    customer = week.slack.person("gus")
    channel = week.mia.channel(SUPPORT)
    if customer.id not in channel.members:
        channel.members.append(customer.id)
    await track(week)
    await customer.say(SUPPORT, "order 8841 never came")
    await week.quiet()
    digest = await monday(week)
    assert "*Customers*" in words_of(digest)
    await week.omar.press(digest, "digest_customers")
    await week.quiet()
    assert alone(week, "omar").text.startswith("1 customer waiting")
    assert len(week.said()) == 1


async def test_a_private_channel_s_customers_are_not_told_elsewhere(week: Week) -> None:
    """Issues of the private #board show in no digest of #marketing, not in its preview either."""
    await week.mia.invite_bot("#board")
    await week.quiet()
    await track(week, "#board")
    board = week.mia.channel("#board")
    board.members.append(week.slack.person("gus").id)
    await week.slack.person("gus").say("#board", "order 8841 never came")
    await week.quiet()
    digest = await monday(week)
    assert "*Customers*" not in words_of(digest)
    await week.digest(channel=board.id)
    there = await week.ask(week.mia, "/kpi digest preview #board", "#board")
    assert "*Customers*" in words_of(there), "its own members read them"


async def test_before_and_after_are_told_when_the_day_has_come(week: Week) -> None:
    """Taken on 23 November, told by the digest of 21 December, once, with who did it."""
    digest = await monday(week)
    await week.mia.press(digest, "digest_step:take")
    await week.quiet()
    words = str((await taken(week))[0].words)
    for weeks, tells in ((3, False), (4, True), (5, False)):
        await week.jump(NINE + timedelta(weeks=weeks))
        await week.wake()
        said = words_of(week.said()[-1])
        assert ("*Tried*" in said) is tells, (weeks, words)
        if tells:
            assert "(mia, since 23 Nov): " in said
    assert (await taken(week))[0].state == "told"


async def track(week: Week, name: str = "#support") -> None:
    """Track customer issues in a channel."""
    from commands.support.draft import Draft
    from commands.support.saving import Place, save_setup
    from support.rules import Mode, Rules

    channel = week.mia.channel(name)
    rules = Rules(mode=Mode.AUTO, responders=(week.mia.id, week.omar.id), others_are="customer")
    await week.context.write(
        save_setup,
        week.workspace,
        Draft(channel.id, rules),
        Place(channel.id, channel.name, False),
        week.mia.id,
        week.context.clock(),
    )
