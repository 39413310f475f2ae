"""Private hints: what did not count and what would, each given once (support-spec §2.1–§5.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.playground import Fault, Trouble
from commands.asker import Asker, tell
from commands.support.hint_words import emoji_of, told_key
from storage.errors import Unclear
from support.rules import Mode
from support.timeline import IssueKey, Remark
from tests.support_life.conftest import OMAR, SUPPORT, TEAM, Desk

CHECK = "white_check_mark"


async def test_s27_a_bystander_who_solves_is_told_once(desk: Desk) -> None:
    """In private, in the thread; a second mark and a third on the same issue are not answered."""
    await desk.track(rules=replace(TEAM, others_are="bystander"))
    desk.slack.newcomer("zoe", channels=[SUPPORT])
    asked = await desk.person("gus").say(SUPPORT, "Order 8841 never came")
    told = await desk.person("omar").say(SUPPORT, "It arrives tomorrow", asked.ts)
    await desk.quiet()
    zoe = desk.person("zoe")
    await zoe.react(told, CHECK)
    await desk.quiet()
    await zoe.react(told, CHECK, remove=True)
    await zoe.react(asked, "heavy_check_mark")
    await desk.quiet()
    assert (await desk.row()).state == "responded"
    (said,) = desk.whispers("zoe")
    assert said.thread_ts == asked.ts
    assert ":white_check_mark: changes nothing here" in said.words


async def test_waiting_on_a_customer_who_waits_is_refused(desk: Desk) -> None:
    """S19: ⏳ before any answer."""
    asked = await desk.person("gus").say(SUPPORT, "Order 8841 never came")
    await desk.quiet()
    await desk.person("omar").react(asked, "hourglass_flowing_sand")
    await desk.quiet()
    (said,) = desk.whispers("omar")
    assert "The customer of issue 1 waits for us" in said.words
    assert (await desk.row()).state == "open"


async def test_a_mark_where_only_the_first_message_counts_says_where(desk: Desk) -> None:
    await desk.track(rules=replace(TEAM, resolve_on="root"))
    asked = await desk.person("gus").say(SUPPORT, "Order 8841 never came")
    told = await desk.person("omar").say(SUPPORT, "It arrives tomorrow", asked.ts)
    await desk.quiet()
    await desk.person("omar").react(told, CHECK)
    await desk.quiet()
    assert "on the first message of its thread" in desk.whispers("omar")[0].words
    await desk.person("omar").react(asked, CHECK)
    await desk.quiet()
    assert (await desk.row()).state == "resolved"


async def test_an_answer_outside_the_thread_is_offered_to_be_attached(desk: Desk) -> None:
    """And pressing attaches it, as if it had been written in the thread (§4.6)."""
    asked = await desk.person("gus").say(SUPPORT, "Order 8841 never came")
    await desk.quiet()
    stray = await desk.person("omar").say(SUPPORT, "It arrives tomorrow, we asked the depot")
    await desk.quiet()
    assert (await desk.row()).state == "open"
    (said,) = desk.whispers("omar")
    assert "outside a customer’s thread" in said.words
    assert "Was “It arrives tomorrow, we asked the depot” for one of these?" in said.words
    await desk.person("omar").press(said, "line:attach")
    await desk.quiet()
    assert (await desk.timeline()).response_ts == stray.ts
    assert (await desk.row()).root == asked.ts
    assert "Attached" in desk.whispers("omar")[-1].words


@pytest.mark.parametrize("issues", [2, 3, 4])
async def test_the_newest_that_wait_are_offered_each_by_a_button(desk: Desk, issues: int) -> None:
    """Three at most; the last button attaches to its own issue, and what was offered shows."""
    for number in range(issues):
        desk.slack.newcomer(f"ann{number}", channels=[SUPPORT])
        await desk.person(f"ann{number}").say(SUPPORT, f"Order 884{number} never came")
        await desk.quiet()
    await desk.person("omar").say(SUPPORT, "It arrives tomorrow, we asked the depot")
    await desk.quiet()
    (said,) = desk.whispers("omar")
    offered = min(issues, 3)
    names = ["line:attach", "line:attach:1", "line:attach:2"][:offered]
    labels = [said.element(it)["text"]["text"] for it in names]
    assert labels == [f"Attach to #{issues - it}" for it in range(offered)]
    await desk.person("omar").press(said, names[-1])
    await desk.quiet()
    states = [(it.number, it.state) for it in await desk.rows()]
    attached = issues - offered + 1
    assert [number for number, state in states if state == "responded"] == [attached]


async def test_answers_outside_threads_are_told_of_once_a_day(desk: Desk) -> None:
    """Not after each message; the next day it is told again."""
    await desk.person("omar").say(SUPPORT, "Nobody waits, so this is no answer to anybody")
    await desk.quiet()
    assert not desk.whispers("omar")
    await desk.person("gus").say(SUPPORT, "Order 8841 never came")
    await desk.quiet()
    for words in ("It arrives tomorrow, we asked", "They told us it is on its way"):
        await desk.person("omar").say(SUPPORT, words)
        await desk.quiet()
    assert len(desk.whispers("omar")) == 1
    await desk.person("mia").say(SUPPORT, "Hello, where did you order it, please?")
    await desk.quiet()
    assert len(desk.whispers("mia")) == 1
    desk.slack.clock.advance(86_400)
    await desk.person("gus").say(SUPPORT, "Order 8842 never came")
    await desk.quiet()
    await desk.person("omar").say(SUPPORT, "The depot wrote, it is on its way")
    await desk.quiet()
    assert len(desk.whispers("omar")) == 2


@pytest.mark.parametrize("choices", [2, 3, 5])
async def test_choices_beside_a_line_are_buttons(desk: Desk, choices: int) -> None:
    """Slack takes no two of one name: every choice is there to press."""
    room = desk.slack.space.find_channel(SUPPORT).id
    words = Unclear("Which one?", tuple(f"engagement {it}" for it in range(choices)))
    await tell(desk.context, Asker(OMAR, room), words)
    await desk.quiet()
    (said,) = desk.whispers("omar")
    labels = [said.element(f"ask:{it}")["text"]["text"] for it in range(choices)]
    assert labels == list(words.choices)


async def test_s22_an_unknown_app_is_told_of_once(desk: Desk) -> None:
    """To whoever set the channel up; no issue is opened."""
    for text in ("@lena_k: order 8841 never came", "@tom: hello?"):
        desk.slack.app_post(SUPPORT, text)
        await desk.quiet()
    assert not await desk.rows()
    (said,) = desk.whispers("mia")
    assert "An app posts in" in said.words
    assert not desk.whispers("omar")
    await desk.person("mia").press(said, "line:relay")
    form = await desk.person("mia").await_view()
    assert "lena_k" in form.words


async def test_the_customer_of_a_dismissed_issue_brings_it_back_by_a_button(desk: Desk) -> None:
    """Once, in the thread, with Restore (§5.1)."""
    asked = await desk.person("gus").say(SUPPORT, "Order 8841 never came")
    await desk.quiet()
    await desk.person("omar").react(asked, "no_entry_sign")
    await desk.quiet()
    for text in ("Hello, is anybody there?", "It never came"):
        await desk.person("gus").say(SUPPORT, text, asked.ts)
        await desk.quiet()
    (said,) = desk.lines(asked)
    assert "gus wrote again in issue 1, which was dismissed." in said.words
    await desk.person("mia").press(said, "line:restore")
    await desk.quiet()
    assert (await desk.row()).state == "open"


async def test_in_a_shared_channel_strangers_are_told_nothing(desk: Desk) -> None:
    """Not when they mark, not when they write again; the team is told alone."""
    await desk.track("#partner-acme", replace(TEAM, is_shared=True))
    lena = desk.person("lena")
    asked = await lena.say("#partner-acme", "Where is our order?")
    await desk.quiet()
    await lena.react(asked, "hourglass_flowing_sand")
    await desk.person("omar").react(asked, "no_entry_sign")
    await desk.quiet()
    await lena.say("#partner-acme", "Is anybody there?", asked.ts)
    await desk.quiet()
    assert not lena.bot_said("#partner-acme")
    (said,) = desk.whispers("omar", "#partner-acme")
    assert "wrote again in issue 1" in said.words


async def test_a_mark_in_a_thread_without_an_issue_says_how_to_track(desk: Desk) -> None:
    await desk.track(rules=replace(TEAM, mode=Mode.MANUAL))
    asked = await desk.person("gus").say(SUPPORT, "Order 8841 never came")
    await desk.quiet()
    await desk.person("omar").react(asked, CHECK)
    await desk.quiet()
    assert "There is no issue in this thread" in desk.whispers("omar")[0].words


async def test_a_hint_that_failed_is_given_another_time(desk: Desk) -> None:
    """Slack took no private line: the next mark that does not count is answered."""
    asked = await desk.person("gus").say(SUPPORT, "Order 8841 never came")
    await desk.quiet()
    for method in ("chat.postEphemeral", "conversations.open"):
        desk.slack.faults.add(Fault(Trouble.OK_FALSE, method, times=5))
    omar = desk.person("omar")
    await omar.react(asked, "hourglass_flowing_sand")
    await desk.quiet()
    assert not desk.whispers("omar")
    await omar.react(asked, "hourglass_flowing_sand", remove=True)
    await omar.react(asked, "hourglass_flowing_sand")
    await desk.quiet()
    assert len(desk.whispers("omar")) == 1


ISSUE = IssueKey("C1", "1.0")


@pytest.mark.parametrize(
    ("entry", "emoji"),
    [
        ("r|C1|1.0|U1|white_check_mark|added|2.0", ":white_check_mark:"),
        ("r|C1|1.0|U1|+1|added|2.0", ":+1:"),
        ("m|T|C1|1.0", "mark"),
        ("r|C1|1.0|U1|<!channel>|added|2.0", "mark"),
    ],
)
def test_the_emoji_is_named_and_nothing_else(entry: str, emoji: str) -> None:
    assert emoji_of(Remark(entry, "not-allowed", "U1", "1.0")) == emoji


def test_a_hint_is_given_once_a_person_and_issue_or_once_an_app() -> None:
    """Different emoji on one issue are one lesson; another issue is another."""
    first = Remark("r|C1|1.0|U1|a|added|2.0", "not-allowed", "U1", "1.0", ISSUE)
    again = Remark("r|C1|1.5|U1|b|added|3.0", "not-allowed", "U1", "1.5", ISSUE)
    other = Remark("r|C1|9.0|U1|a|added|9.1", "not-allowed", "U1", "9.0", IssueKey("C1", "9.0"))
    assert told_key(first, "C1") == told_key(again, "C1")
    assert told_key(first, "C1") != told_key(other, "C1")
    bots = [Remark(f"m|T|C1|{ts}", "unknown-bot", "B1", ts) for ts in ("1.0", "2.0")]
    assert len({told_key(it, "C1") for it in bots}) == 1
