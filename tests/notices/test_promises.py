"""A promise at risk is told to the team, once a step, and the message stays true (§10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.playground import LocalSlack, Message
from storage import outbox, support_notes
from tests.notices.conftest import (
    CARE,
    FIRST_HOUR,
    OPEN_HOUR,
    TOLD,
    answer,
    ask,
    first_line,
    heads,
    promise,
    rules_without,
    set_hours,
    tick,
    told,
)
from tests.slack.conftest import NOW
from tests.support_life.conftest import MIA, OMAR, SUPPORT, Desk, run


def labels(message: Message) -> list[str]:
    rows = [it for it in message.blocks if it["type"] == "actions"]
    return [it["text"]["text"] for row in rows for it in row["elements"] if it["type"] == "button"]


async def test_a_team_is_warned_then_told_of_the_breach_then_of_each_step(desk: Desk) -> None:
    """Each once, however often a minute is done: 45 min, 60, 90 to the manager, 120."""
    await promise(desk)
    await ask(desk)
    await tick(desk, 44)
    assert heads(desk) == []
    await tick(desk, 1)
    assert [it.partition(" <")[0] for it in heads(desk)] == ["Waiting 45 min, target 60."]
    (warning,) = told(desk)
    assert "Order 8841 never came" in first_line(warning)
    assert "nobody has it · 15 min left" in str(warning.blocks)
    assert warning.text == "gus, issue 1: waiting 45 min, target 60."
    assert labels(warning)[0] == "I’m on it"
    assert labels(warning)[-1] == "Open"
    await tick(desk, 16)
    assert [it.partition(",")[0] for it in heads(desk)][1:] == ["Late: waiting 1 h 1 min"]
    await tick(desk, 30)
    (manager,) = told(desk, "mia", "dm")
    assert first_line(manager).startswith("Still late: waiting 1 h 31 min, target 1 h.")
    assert len(told(desk)) == 2
    await tick(desk, 30)
    assert len(told(desk)) == 3
    await tick(desk, 600)
    assert (len(told(desk)), len(told(desk, "mia", "dm"))) == (3, 1)


async def test_each_is_told_once_across_restarts(slack: LocalSlack, tmp_path: Path) -> None:
    """A stop between two minutes, and one right after the notice was written down."""
    for minutes in (0, 46, 0, 15, 0):
        async with run(slack, tmp_path / "kepi.db") as desk:
            if not minutes and not told(desk) and not await desk.rows():
                await desk.track(rules=TOLD)
                await promise(desk)
                await ask(desk)
            await tick(desk, minutes)
            await desk.beat()
    assert len(told(desk)) == 2


async def test_what_was_answered_before_it_could_be_told_is_not_told(desk: Desk) -> None:
    """The notice was due, and its message planned; the writer looks again."""
    await promise(desk)
    asked = await ask(desk)
    desk.slack.clock.advance(50 * 60)
    await desk.wake()
    await answer(desk, asked)
    await tick(desk)
    assert told(desk) == []


async def test_the_message_says_who_answered_and_is_edited_once(desk: Desk) -> None:
    await promise(desk)
    asked = await ask(desk)
    await tick(desk, 45)
    desk.slack.clock.advance(7 * 60)
    await answer(desk, asked)
    before = len(desk.slack.calls_of("chat.update"))
    await tick(desk)
    (notice,) = told(desk)
    assert first_line(notice).startswith("Answered by omar after 52 min, target 60.")
    assert labels(notice) == ["Open"]
    assert len(desk.slack.calls_of("chat.update")) == before + 1
    await tick(desk, 30)
    assert len(desk.slack.calls_of("chat.update")) == before + 1


async def test_an_answer_that_is_taken_back_alerts_again_exactly_once(desk: Desk) -> None:
    """The breach was dropped because Omar answered; he deleted it, and the customer waits."""
    await promise(desk, replace(FIRST_HOUR, warn_at=0, escalate=FIRST_HOUR.escalate[:1]))
    asked = await ask(desk)
    desk.slack.clock.advance(61 * 60)
    await desk.wake()
    reply = await answer(desk, asked)
    # His answer came after the hour: the promise stays broken, but nobody waits any more.
    await tick(desk)
    assert told(desk) == []
    await desk.person("omar").delete(reply)
    await desk.quiet()
    await tick(desk)
    await tick(desk, 5)
    assert [it.partition(",")[0] for it in heads(desk)] == ["Late: waiting 1 h 1 min"]


async def test_quiet_hours_hold_a_notice_until_the_team_opens(desk: Desk) -> None:
    """Asked on a Sunday evening, an hour is over on Monday at ten; at 09:45 comes the warning."""
    await set_hours(desk)
    await promise(desk, OPEN_HOUR)
    await ask(desk)
    await tick(desk, 300)
    assert heads(desk) == []
    monday = NOW.replace(day=23, hour=9, minute=46)
    await tick(desk, (monday - desk.slack.clock.instant()).total_seconds() / 60)
    notices = [it for it in heads(desk) if "target" in it]
    assert [it.partition(" <")[0] for it in notices] == [
        "Waiting 46 min, target 60 min in open hours."
    ]


async def test_a_snooze_holds_the_warning_and_not_the_breach(desk: Desk) -> None:
    await promise(desk)
    await ask(desk)
    await desk.person("mia").command("/support snooze 1 2h", SUPPORT)
    await tick(desk, 50)
    assert heads(desk) == []
    await tick(desk, 11)
    assert [it.partition(",")[0] for it in heads(desk)] == ["Late: waiting 1 h 1 min"]
    assert "quiet until" in str(told(desk)[0].blocks)


async def test_a_press_takes_the_issue_and_the_message_says_so(desk: Desk) -> None:
    await promise(desk)
    await ask(desk)
    await tick(desk, 45)
    await desk.person("omar").press(told(desk, "omar")[0], "notice_claim")
    await desk.quiet()
    (notice,) = told(desk)
    assert "omar has it" in str(notice.blocks)
    assert labels(notice) == ["Open"]
    assert (await desk.row()).assignee == OMAR


async def test_the_breach_calls_whoever_has_it(desk: Desk) -> None:
    await promise(desk)
    await ask(desk)
    await desk.person("mia").command("/support assign 1 @omar", SUPPORT)
    await tick(desk, 61)
    assert f"<@{OMAR}>" in str(told(desk)[-1].blocks)


async def test_without_a_channel_of_its_own_the_team_is_told_in_private(desk: Desk) -> None:
    """Gus is a guest: in his thread nothing of promises is said; those who answer are told."""
    await desk.track(rules=rules_without())
    await promise(desk)
    asked = await ask(desk)
    await tick(desk, 45)
    assert desk.lines(asked) == []
    assert len(told(desk, "mia", "dm")) == len(told(desk, "omar", "dm")) == 1


async def test_a_colleague_who_asked_sees_it_in_the_thread(desk: Desk) -> None:
    """An internal help channel: the thread is the team's place too."""
    rules = replace(rules_without(), responders=(MIA,))
    await desk.track(rules=rules)
    await promise(desk)
    asked = await desk.person("omar").say(SUPPORT, "My key does not work")
    await desk.quiet()
    await tick(desk, 45)
    (notice,) = desk.lines(asked)
    assert first_line(notice) == "Waiting 45 min, target 60. omar"
    assert "Open" not in labels(notice)


async def test_a_shared_channel_shows_nothing_to_the_other_company(desk: Desk) -> None:
    """Warnings go to the team's channel; without one, to people; Lena sees neither."""
    partner = "#partner-acme"
    for rules in (replace(TOLD, is_shared=True), replace(rules_without(), is_shared=True)):
        await desk.track(partner, rules=rules)
        await promise(desk)
        await desk.person("lena").say(partner, "Where is our order?")
        await desk.quiet()
        await tick(desk, 61)
    assert desk.person("lena").bot_said(partner) == []
    assert len(told(desk)) == 1
    assert told(desk, "omar", "dm")


async def test_many_that_broke_while_kepi_was_away_are_one_message(
    slack: LocalSlack, tmp_path: Path
) -> None:
    slack.faults.socket_retries = ()
    async with run(slack, tmp_path / "kepi.db") as desk:
        await desk.track(rules=TOLD)
        await promise(desk, replace(FIRST_HOUR, escalate=FIRST_HOUR.escalate[:1]))
        for _ in range(3):
            await ask(desk)
            slack.clock.advance(400)
        await desk.beat()
    slack.clock.advance(5 * 3600)
    async with run(slack, tmp_path / "kepi.db") as desk:
        await desk.quiet()
        await tick(desk)
        assert "#support: 3 promises fell due while I was offline" in heads(desk)[0]
        await tick(desk, 10)
        assert len(told(desk)) == 1


async def test_words_that_were_erased_leave_the_message(desk: Desk) -> None:
    """The customer deleted the message: its excerpt goes from the notice too (§4.10)."""
    await promise(desk)
    asked = await ask(desk)
    await tick(desk, 45)
    assert "8841" in str(told(desk)[0].blocks)
    await desk.person("gus").delete(asked)
    await desk.quiet()
    await tick(desk)
    assert "8841" not in str(told(desk)[0].blocks)


async def test_a_notice_is_one_row_of_the_outbox(desk: Desk) -> None:
    await promise(desk)
    await ask(desk)
    await tick(desk, 45)
    since = NOW - timedelta(days=1)
    rows = await desk.context.read(
        outbox.in_state, desk.context.home.workspace, ["sent"], kinds=["notice"], since=since
    )
    assert [(it.channel, it.period.split("|")[2:]) for it in rows] == [
        (CARE, ["first_response", "0", "warn"])
    ]


async def test_words_of_a_private_channel_stay_there(desk: Desk) -> None:
    """The team's channel is public: it learns of the wait, not of who wrote what."""
    desk.slack.space.find_channel(SUPPORT).is_private = True
    desk.context.channels.forget(desk.slack.space.find_channel(SUPPORT).id)
    await promise(desk)
    await ask(desk)
    await tick(desk, 45)
    (notice,) = told(desk)
    assert "A customer" in first_line(notice)
    assert "8841" not in str(notice.blocks) + notice.text
    assert "gus" not in str(notice.blocks) + notice.text


async def test_an_issue_that_settles_is_looked_after_no_more(desk: Desk) -> None:
    """Its message loses the words, and no minute looks at it again."""
    await promise(desk)
    asked = await ask(desk)
    await tick(desk, 45)
    await answer(desk, asked)
    await desk.person("omar").react(asked, "white_check_mark")
    await desk.quiet()
    await tick(desk)
    assert "8841" in str(told(desk)[0].blocks)
    await tick(desk, 9 * 24 * 60)
    assert "8841" not in str(told(desk)[0].blocks)
    left = await desk.context.read(support_notes.told_notices, desk.context.home.workspace)
    assert left == []


async def test_of_steps_that_come_at_once_the_same_readers_get_the_last(desk: Desk) -> None:
    """After a night the breach and the second step are one message; the manager's is another."""
    await promise(desk)
    await ask(desk)
    await tick(desk, 300)
    assert [it.partition(",")[0] for it in heads(desk)] == ["Still late: waiting 5 h"]
    assert len(told(desk, "mia", "dm")) == 1
    await tick(desk, 60)
    assert len(told(desk)) == 1
