"""The same words give the same answer wherever they are said, and to the right people."""

from __future__ import annotations

import pytest

from bot.playground import Message
from bot.verbs.ask import as_text
from kpis.asking import ask
from storage.database import Database
from tests.slack.conftest import NOW, REACH, Enter, Town, has_chart

QUESTIONS = (
    "reach instagram last-30d",
    "engagement rate last week",
    "followers vs last year",
    "likes by platform last month",
    "reach linkedin",
    "reech instagram",
)


def terminal(town: Town, words: str) -> list[str]:
    """Return the lines that the terminal prints for the same database."""
    database: Database = town.running.context.database
    workspace = town.running.context.home.workspace
    return as_text(ask(words, database=database, workspace=workspace, now=NOW)).split("\n")


def shown(message: Message) -> set[str]:
    """Return the lines of a message, without marks of boldness, entities read."""
    words = message.words.replace("*", "").replace("&amp;", "&")
    return {line.replace("&lt;", "<").replace("&gt;", ">") for line in words.split("\n")}


async def test_a_command_in_an_invited_channel_is_answered_for_everyone_with_a_chart(
    town: Town,
) -> None:
    """Text first, then the chart in the very same message, with words for those who hear it."""
    await town.mia.command("/kpi reach instagram last-30d", "#marketing")
    first = await town.mia.await_message("#marketing", REACH)
    whole = await town.omar.await_message("#marketing", has_chart, within=20)
    assert whole.ts == first.ts
    assert not whole.is_private
    chart = next(block for block in whole.blocks if block["type"] == "image")
    assert "people" in chart["alt_text"]
    assert whole.text.startswith("Reach, Instagram acme, 23 Oct – 21 Nov: between ")
    assert len(whole.blocks) <= 15


@pytest.mark.parametrize("words", QUESTIONS)
async def test_the_terminal_and_slack_say_the_same(town: Town, words: str) -> None:
    """Every line of the terminal stands in the message, by Socket Mode and by HTTP."""
    await town.mia.command(f"/kpi {words}", "#marketing")
    await town.quiet()
    message = town.mia.bot_said("#marketing")[-1]
    missing = [line for line in terminal(town, words) if line not in shown(message)]
    assert not missing


async def test_words_in_the_direct_message_need_no_command(town: Town) -> None:
    """Plain words are answered there with the chart, and anyone may take it to a channel."""
    await town.omar.say("dm", "reach instagram last 30 days")
    message = await town.omar.await_message("dm", has_chart, within=20)
    assert REACH in message.words
    assert "Post to a channel" in message.words


async def test_a_mention_is_answered_where_it_stands(town: Town) -> None:
    """In a thread the answer is a reply there; outside it is a message of the channel."""
    question = await town.omar.say("#marketing", "How did we do?")
    await town.omar.mention("#marketing", "reach instagram last week", thread_ts=question.ts)
    reply = await town.mia.await_message("#marketing", "Reach · Instagram acme")
    assert reply.thread_ts == question.ts
    await town.quiet()
    await town.omar.mention("#marketing", "likes instagram last week")
    loose = await town.mia.await_message("#marketing", "Likes · Instagram acme")
    assert loose.thread_ts is None
    await town.quiet()


async def test_a_channel_without_kepi_gives_private_text_and_the_chart_on_request(
    town: Town,
) -> None:
    """Nobody else sees it; the chart comes to the direct message."""
    await town.mia.command("/kpi reach instagram last-30d", "#random")
    message = await town.mia.await_message("#random", REACH)
    assert message.is_private
    assert not has_chart(message)
    assert "I'm not in this channel: text only. /invite @Kepi for charts." in message.words
    assert not town.omar.bot_said("#random")
    await town.mia.press(message, "send_chart")
    sent = await town.mia.await_message("dm", has_chart, within=20)
    assert "Reach · Instagram acme" in sent.words
    await town.mia.await_message("#random", "direct messages")


async def test_a_private_channel_that_kepi_cannot_see_counts_as_not_joined(town: Town) -> None:
    """Slack does not even say that it exists."""
    await town.mia.command("/kpi reach instagram last-30d", "#board")
    message = await town.mia.await_message("#board", REACH)
    assert message.is_private


async def test_the_word_private_keeps_an_answer_to_the_asker(town: Town) -> None:
    """Also in a channel where everyone would see it."""
    await town.mia.command("/kpi private reach instagram last-30d", "#marketing")
    message = await town.mia.await_message("#marketing", REACH)
    assert message.is_private
    assert not town.omar.bot_said("#marketing")


async def test_a_channel_shared_with_another_company_sees_nothing(town: Town) -> None:
    """Neither a command nor a mention shows a number to the other company."""
    await town.mia.command("/kpi reach instagram last-30d", "#partner-acme")
    message = await town.mia.await_message("#partner-acme", REACH)
    assert message.is_private
    await town.mia.mention("#partner-acme", "likes instagram last week")
    message = await town.mia.await_message("#partner-acme", "Likes · Instagram acme")
    assert message.is_private
    await town.quiet()
    assert not town.person("lena").bot_said("#partner-acme")
    assert not town.omar.bot_said("#partner-acme")


async def test_people_of_another_company_get_no_numbers(town: Town) -> None:
    """They are told so, alone."""
    lena = town.person("lena")
    await lena.mention("#partner-acme", "reach instagram last-30d")
    line = await lena.await_message("#partner-acme", "Guests")
    assert line.is_private
    assert not any("Reach ·" in message.words for message in lena.bot_said("#partner-acme"))


async def test_a_guest_reads_what_everyone_reads_and_asks_nothing_private(town: Town) -> None:
    """In a channel the answer is for all; alone there is none."""
    gus = town.person("gus")
    await gus.command("/kpi reach instagram last-30d", "#marketing")
    message = await gus.await_message("#marketing", REACH)
    assert not message.is_private
    await gus.command("/kpi private likes instagram", "#marketing")
    assert (await gus.await_message("#marketing", "Guests")).is_private
    await gus.say("dm", "likes instagram")
    await gus.await_message("dm", "Guests can ask in a channel")
    await town.quiet()
    assert not any("Likes" in said.words for said in gus.bot_said("dm"))


async def test_several_kpis_are_a_small_table(town: Town) -> None:
    """One table block of three columns, and no chart."""
    await town.mia.command("/kpi reach, likes and followers instagram last week", "#marketing")
    await town.quiet()
    message = town.mia.bot_said("#marketing")[-1]
    tables = [block for block in message.blocks if block["type"] == "table"]
    assert [len(table["rows"][0]) for table in tables] == [3]
    assert len(tables[0]["rows"]) == 4
    assert tables[0]["rows"][0][1]["text"] == "week 46, 2026"
    assert not has_chart(message)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("help", "Ask for a number, in any order:"),
        ("list", "engagement-rate: Engagement rate by reach"),
        ("guide reach", "Different people who saw something of yours."),
    ],
)
async def test_help_list_and_guide_are_private(town: Town, words: str, line: str) -> None:
    """In a channel only the asker reads them; a mention gets the same."""
    await town.mia.command(f"/kpi {words}", "#marketing")
    message = await town.mia.await_message("#marketing", line)
    assert message.is_private
    assert len(message.blocks) <= 15
    await town.omar.mention("#marketing", words)
    assert (await town.omar.await_message("#marketing", line)).is_private


async def test_a_refusal_is_one_private_line_that_says_what_would_work(town: Town) -> None:
    """Nothing of it is shown to others."""
    await town.mia.command("/kpi quarterly vibes", "#marketing")
    message = await town.mia.await_message("#marketing", "I don't know")
    assert message.is_private
    assert "\n" not in message.text
    assert "Try" in message.text


async def test_days_without_data_offer_days_that_have_some_and_how_to_add_them(town: Town) -> None:
    """A month that has some, and how to export (what-people-see, *Lines when it can't*)."""
    said = await town.mia.ask("/kpi followers tiktok 2020-01-01 to 2020-01-07", "dm", "I have")
    offered = next(it["elements"] for it in said.blocks if it["type"] == "actions")
    assert [it["text"]["text"] for it in offered] == ["November 2026", "Add data"]
    await town.mia.press(said, offered[1]["action_id"])
    assert "*TikTok*" in (await town.mia.await_view("drop the file in Messages")).words
    for words, why in (("reach x", "report"), ("reach instagram", "people")):
        answered = await town.mia.ask(f"/kpi {words}", "dm", why)
        assert "Add data" not in answered.words


async def test_a_workspace_without_data_says_what_to_do(enter: Enter) -> None:
    """Neither silence nor a zero."""
    async with enter(empty=True) as town:
        await town.mia.command("/kpi reach instagram", "#marketing")
        message = await town.mia.await_message("#marketing", "No data yet. Three steps")
        assert message.is_private
