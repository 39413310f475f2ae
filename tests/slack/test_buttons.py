"""Every button does its work on the right message, for the right people, also after a restart."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from bot.playground import Fault, Message, Trouble
from bot.playground.blocks import accept_blocks
from commands.answering import ask
from commands.asker import Asker
from commands.change import Target, fill_in, unpack_target
from commands.messages import compose
from commands.places import Place, Shown
from commands.recall import Recall
from kpis.asking import Answers
from tests.slack.conftest import REACH, Enter, Town, enter_town, has_chart, numbers_alone
from tests.slack.test_files import dropped, file_of

ASKED = "/kpi reach instagram last-30d"


async def asked(town: Town, channel: str = "#marketing", words: str = ASKED) -> Message:
    """Ask as Mia, and wait for all of the answer."""
    await town.mia.command(words, channel)
    await town.quiet()
    return town.mia.bot_said(channel)[-1]


async def test_how_shows_what_the_number_was_built_from(town: Town) -> None:
    """The form names the parts, the data and a command that repeats the answer."""
    message = await asked(town)
    await town.omar.press(message, "how")
    view = await town.omar.await_view("Built from")
    assert view.title == "How this was worked out"
    assert "/kpi reach instagram 2026-10-23 to 2026-11-21" in view.words
    assert "30 of 30 days" in view.words


async def test_the_command_in_how_gives_the_answer_again(town: Town) -> None:
    """Its headline is the same, word for word."""
    message = await asked(town)
    await town.mia.press(message, "how")
    view = await town.mia.await_view("Repeat")
    repeat = view.words.rpartition("/kpi ")[2].split("\n")[0]
    again = await asked(town, words=f"/kpi {repeat}")
    assert again.ts != message.ts
    assert headline(again) == headline(message)


def headline(message: Message) -> str:
    return str(message.blocks[0]["text"]["text"]).split("\n")[1]


async def test_all_details_stand_on_top_of_how_and_only_there(town: Town) -> None:
    """Formula, rows and statistics: the first form is short, and is there again under them."""
    message = await asked(town, words="/kpi likes instagram last week")
    await town.omar.press(message, "how")
    view = await town.omar.await_view("Built from")
    assert "rows)" not in view.words
    await town.omar.press(view, "how_details")
    details = await town.omar.await_view("Formula")
    assert details.title == "All details"
    for words in ("Likes = Σ likes", "(7 rows)", "Asked: ", "Median "):
        assert words in details.words
    sections = [it["text"]["text"] for it in details.blocks if it["type"] == "section"]
    assert all(it.count("\n") < 5 for it in sections)
    await town.omar.close(details)
    assert (town.omar.open_view() or details).title == "How this was worked out"


async def test_how_gives_the_data_file_of_the_menu_to_its_reader_alone(town: Town) -> None:
    """Byte for byte; it comes to Omar's direct message, though Mia asked."""
    message = await asked(town)
    await town.omar.press(message, "more", "data")
    await town.quiet()
    await town.omar.press(message, "how")
    view = await town.omar.await_view("Built from")
    await town.omar.press(view, "how_data")
    await town.quiet()
    first, second = (town.omar.files(it)[0] for it in town.omar.bot_said("dm")[-2:])
    assert first.data == second.data
    assert not any(town.mia.files(it) for it in town.mia.bot_said("dm"))
    told = town.omar.bot_said("#marketing")[-1]
    assert told.is_private
    assert "data file is in your direct messages" in told.words


async def test_how_of_several_kpis_explains_each(town: Town) -> None:
    """Each of them with its own title."""
    message = await asked(town, words="/kpi likes and comments instagram last week")
    await town.mia.press(message, "how")
    view = await town.mia.await_view("Built from")
    assert "Likes · Instagram acme" in view.words
    assert "Comments · Instagram acme" in view.words


async def test_change_is_the_question_as_a_form_and_updates_the_message(town: Town) -> None:
    """The fields hold what was asked; sent off, the same message says the new answer."""
    message = await asked(town)
    await town.mia.press(message, "change")
    view = await town.mia.await_view("Change the question")
    assert view.element("kpi")["initial_option"]["value"] == "reach"
    assert view.element("scope")["initial_option"]["value"] == "platform:instagram"
    await town.mia.submit(view, {"kpi": "likes", "period": "last week", "scope": "all"})
    await town.quiet()
    changed = town.mia.bot_said("#marketing")[-1]
    assert changed.ts == message.ts
    assert changed.words.startswith("Likes · all 6 accounts · week 46")
    assert has_chart(changed)


async def test_change_reads_other_days_and_tells_what_it_cannot_read(town: Town) -> None:
    """Free words for days are as good as the list; nonsense is refused at the field."""
    message = await asked(town)
    await town.mia.press(message, "change")
    view = await town.mia.await_view("Or other days")
    await town.mia.submit(view, {"days": "1 oct to 15 oct", "by": "platform"})
    await town.quiet()
    assert "1–15 Oct" in town.mia.bot_said("#marketing")[-1].words
    await town.mia.press(message, "change")
    view = await town.mia.await_view("Or other days")
    await town.mia.submit(view, {"days": "smorgasbord"})
    assert "smorgasbord" in view.errors["days"]
    assert town.mia.open_view() is view


async def test_change_of_a_private_answer_changes_it_in_place(town: Town) -> None:
    """It stays private and does not come twice."""
    message = await asked(town, "#random")
    await town.mia.press(message, "change")
    view = await town.mia.await_view("Change the question")
    await town.mia.submit(view, {"kpi": "comments"})
    await town.mia.await_message("#random", "Comments · Instagram acme")
    await town.quiet()
    said = town.mia.bot_said("#random")
    assert [each.is_private for each in said] == [True]


async def test_a_form_sent_off_after_its_answer_was_removed_still_gives_the_answer(
    town: Town,
) -> None:
    """It comes as a message of its own; nothing broke."""
    message = await asked(town)
    await town.mia.press(message, "change")
    view = await town.mia.await_view("Change the question")
    await town.mia.press(message, "more", "remove")
    await town.quiet()
    await town.mia.submit(view, {"kpi": "likes"})
    await town.quiet()
    said = [each.words for each in town.mia.bot_said("#marketing")]
    assert any(words.startswith("Likes · Instagram acme") for words in said)
    assert not any("broke" in words for words in said)


async def test_only_the_asker_or_an_admin_changes_or_removes_an_answer(town: Town) -> None:
    """Omar is told so alone; Mia asked, and is an admin besides."""
    await town.omar.command(ASKED, "#marketing")
    await town.quiet()
    message = town.omar.bot_said("#marketing")[-1]
    gus = town.person("gus")
    await gus.press(message, "more", "remove")
    assert (await gus.await_message("#marketing", "Only the person who asked")).is_private
    await gus.press(message, "change")
    await town.quiet()
    assert gus.open_view() is None
    await town.mia.press(message, "more", "remove")
    await town.quiet()
    assert message.ts not in {each.ts for each in town.omar.sees("#marketing")}


async def test_the_asker_removes_an_answer(town: Town) -> None:
    """The chart that comes too late does not bring it back."""
    await town.omar.command(ASKED, "#marketing")
    message = await town.omar.await_message("#marketing", REACH)
    await town.omar.press(message, "more", "remove")
    await town.quiet()
    assert not town.mia.bot_said("#marketing")


async def test_a_data_file_comes_to_the_direct_message(town: Town) -> None:
    """Its numbers are numbers, and the channel sees nothing of it."""
    message = await asked(town)
    before = len(town.mia.sees("#marketing"))
    await town.omar.press(message, "more", "data")
    told = await town.omar.await_message("#marketing", "data file is in your direct messages")
    assert told.is_private
    sent = await town.omar.await_message("dm", lambda said: bool(said.files))
    (file,) = town.omar.files(sent)
    assert file.name == "reach-2026-10-23-2026-11-21.csv"
    rows = list(csv.reader(io.StringIO((file.data or b"").decode("utf-8-sig"))))
    days = [row for row in rows if row and row[0].startswith("2026-")]
    assert len(days) == 30
    assert all(float(row[2]) > 0 for row in days)
    assert len(town.mia.sees("#marketing")) == before


async def test_an_answer_goes_from_the_direct_message_to_a_channel(town: Town) -> None:
    """Everyone there sees it with its chart, and the poster may remove it."""
    await town.omar.say("dm", "reach instagram last 30 days")
    message = await town.omar.await_message("dm", has_chart, within=20)
    await town.omar.press(message, "more", "post")
    view = await town.omar.await_view("Post to a channel")
    await town.omar.submit(view, {"channel": "C0MARKETING"})
    await town.omar.await_message("dm", "Posted in #marketing")
    posted = await town.mia.await_message("#marketing", has_chart, within=20)
    assert not posted.is_private
    await town.omar.press(posted, "more", "remove")
    await town.quiet()
    assert not town.mia.bot_said("#marketing")


async def test_a_channel_without_kepi_or_with_outsiders_is_not_posted_to(town: Town) -> None:
    """The person is told what to do instead."""
    await town.omar.say("dm", "reach instagram last 30 days")
    message = await town.omar.await_message("dm", has_chart, within=20)
    for channel, line in (("C0RANDOM000", "/invite @Kepi"), ("C0PARTNER00", "another company")):
        await town.omar.press(message, "more", "post")
        view = await town.omar.await_view("Post to a channel")
        await town.omar.submit(view, {"channel": channel})
        await town.omar.await_message("dm", line)
    assert not town.mia.bot_said("#random")
    assert not town.mia.bot_said("#partner-acme")


async def test_buttons_offer_what_a_near_miss_may_mean_and_ask_it(town: Town) -> None:
    """A press answers as if the words had been typed there."""
    await town.mia.command("/kpi likess rate instagram", "#marketing")
    await town.quiet()
    message = await asked(town, words="/kpi engagements instagram last week")
    await town.mia.press(message, "ask:0")
    await town.mia.press(message, "ask:0")  # a hasty second one asks nothing more
    hinted = await town.mia.await_message("#marketing", "Engagement rate by reach · Instagram acme")
    assert not hinted.is_private
    await town.quiet()
    said = [
        it for it in town.mia.bot_said("#marketing") if it.words.startswith("Engagement rate by")
    ]
    assert len(said) == 1


async def test_the_help_opens_a_form_that_asks(town: Town) -> None:
    """Its answer is a message of its own."""
    await town.mia.command("/kpi help", "#marketing")
    message = await town.mia.await_message("#marketing", "Ask for a number")
    await town.mia.press(message, "ask_form")
    view = await town.mia.await_view("Ask for a number")
    await town.mia.submit(view, {"kpi": "likes", "scope": "platform:instagram"})
    answer = await town.mia.await_message("#marketing", "Likes · Instagram acme")
    assert not answer.is_private
    await town.quiet()


async def test_buttons_work_after_a_restart(tmp_path: Path) -> None:
    """They carry their question with them; the process that posted them is gone."""
    async with enter_town(tmp_path) as town:
        message = await asked(town)
        kept = town.slack.space
    async with enter_town(tmp_path) as town:
        town.slack.space.messages.update(kept.messages)
        await town.mia.press(message, "how")
        view = await town.mia.await_view("Built from")
        assert "2026-10-23 to 2026-11-21" in view.words


async def test_a_press_that_came_too_late_says_press_again(enter: Enter) -> None:
    """A trigger lives three seconds; the person is told, and nothing breaks."""
    async with enter() as town:
        message = await asked(town)
        town.slack.faults.trigger_seconds = -1.0
        await town.mia.press(message, "how")
        line = await town.mia.await_message("#marketing", "Press again")
        assert line.is_private


async def test_change_opens_in_a_workspace_of_many_accounts(enter: Enter) -> None:
    """Slack takes a hundred choices; the account that was asked about is one of them."""
    async with enter() as town:
        lines = "".join(
            f"{n},branch{n},11/02/2026 10:00,IG image,https://instagram.com/p/{n},120,100,10,2\n"
            for n in range(150)
        )
        message = await dropped(town, file_of(lines))
        await town.omar.press(message, "file_import")
        await town.omar.await_message("dm", "Added 150 posts.", within=20)
        for words in ("likes branch149 2026-11", "likes instagram/acme 2026-11 vs branch149"):
            answer = await asked(town, words=f"/kpi {words}")
            await town.mia.press(answer, "change")
            view = await town.mia.await_view("Change the question")
            for name in ("scope", "compare"):
                element = view.element(name)
                assert len(element["options"]) <= 100
                assert element["initial_option"] in element["options"]
            await town.mia.close(view)


async def test_a_chart_that_does_not_come_is_not_said_to_be_there(socket_town: Town) -> None:
    """The numbers are in the direct message; the presser is told that the chart is not."""
    town = socket_town
    message = await asked(town, "#random")
    town.slack.faults.add(
        Fault(Trouble.OK_FALSE, "files.getUploadURLExternal", times=9, error="not_allowed")
    )
    await town.mia.press(message, "send_chart")
    await town.mia.await_message("#random", "The chart could not be added; the numbers stand.")
    await town.quiet()
    said = " ".join(each.words for each in town.mia.bot_said("#random"))
    assert "is in your direct messages" not in said
    (numbers,) = town.mia.bot_said("dm")
    assert "Reach · Instagram acme" in numbers.words
    assert not has_chart(numbers)


async def test_an_unconfirmed_post_to_a_channel_is_told_and_not_repeated(enter: Enter) -> None:
    """It may stand there already, and without the history scope Kepi cannot look."""
    async with enter(seed=numbers_alone()) as town:
        await town.omar.say("dm", "reach instagram last 30 days")
        message = await town.omar.await_message("dm", has_chart, within=20)
        await town.omar.press(message, "more", "post")
        view = await town.omar.await_view("Post to a channel")
        town.slack.faults.drop_reply("chat.postMessage")
        await town.omar.submit(view, {"channel": "C0MARKETING"})
        await town.omar.await_message("dm", "didn't confirm the post in #marketing")
        await town.quiet()
        assert len(town.mia.bot_said("#marketing")) == 1


async def test_the_title_of_the_form_says_whether_it_changes_an_answer(socket_town: Town) -> None:
    """Whatever letters its memory holds."""
    asker = Asker("U1", "C1", response_url="https://slack.example/ts/ts")
    recall = Recall("U1", ("posts instagram last week",))
    context = socket_town.running.context
    for ts, title in (("", "Ask for a number"), ("1.2", "Change the question")):
        target = Target(asker, recall, ts)
        assert fill_in(context, target)["title"]["text"] == title
        assert unpack_target(target.pack()) == target


async def test_a_question_too_long_for_a_button_has_none(socket_town: Town) -> None:
    """And says so, instead of buttons that fail."""
    context = socket_town.running.context
    reply = await ask(context, "likes instagram last week", "U0MIA")
    assert isinstance(reply, Answers)
    place = Place(Shown.EVERYONE, "C1")
    for length, are_there in ((1900, True), (2100, False)):
        message = compose(reply, place, Recall("U1", ("x" * length,)))
        shown = accept_blocks(message.blocks, None)
        assert ("'change'" in str(shown)) is are_there
        assert ("too long for buttons" in str(message.blocks)) is not are_there
