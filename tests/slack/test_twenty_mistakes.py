"""Mistakes that a toy Slack bot makes, each by its number in slack-platform, none made here.

Left out are those of reactions and issues (8 to 11), of time zones (20), and the schedule.
"""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from bot.playground import Fault, Faults, LocalSlack, Seed, Trouble
from bot.playground.deliveries import Acked, Delivery
from bot.playground.interactions import command_payload
from bot.playground.seed import Command
from commands import wording
from commands.tasks import Tasks
from storage.database import Database
from tests.slack.conftest import REACH, Enter, Town, has_chart, numbers_alone
from tests.slack.test_files import GOOD, dropped, file_of

ASK = "/kpi reach instagram last-30d"


def bot_calls(slack: LocalSlack, method: str) -> list[dict[str, Any]]:
    return [call.args for call in slack.calls_of(method)]


@pytest.fixture(params=["socket", "http"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_1_it_acknowledges_before_it_works(town: Town) -> None:
    """A database that is held for a second holds up the answer, never the acknowledgement."""
    held, free = threading.Event(), threading.Event()

    def hold(database: Database) -> None:
        with database.write():
            held.set()
            free.wait(30)

    holder = threading.Thread(target=hold, args=(town.running.context.database,))
    holder.start()
    await asyncio.to_thread(held.wait)
    answers = await asyncio.gather(*(town.mia.command(ASK, "#marketing") for _ in range(10)))
    assert holder.is_alive()
    free.set()
    await asyncio.to_thread(holder.join)
    assert all(answer.ok for answer in answers)
    await town.quiet()
    assert len(town.mia.bot_said("#marketing")) == 10


async def test_2_what_fails_right_after_the_acknowledgement_does_not_take_it_back(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ack stands, and the person gets a short reference instead of silence."""

    def burst(self: Tasks, *_: Any, **__: Any) -> None:
        for given in _:
            close = getattr(given, "close", None)
            if close:
                close()
        raise RuntimeError("right after ack()")

    with monkeypatch.context() as patch:
        patch.setattr(Tasks, "start", burst)
        answer = await town.mia.command(ASK, "#marketing")
    assert answer.ok
    line = await town.mia.await_message("#marketing", "Something broke on my side (")
    assert "Traceback" not in line.words
    assert line.is_private


async def test_3_an_event_that_comes_again_is_answered_once(town: Town) -> None:
    """Four copies, one answer; the same holds after a restart."""
    town.slack.faults.duplicate_events = 3
    await town.mia.mention("#marketing", "likes instagram last week")
    await town.quiet()
    assert len(town.mia.bot_said("#marketing")) == 1


async def test_3_also_when_the_copy_comes_after_a_restart(enter: Enter) -> None:
    """What was seen is in the database, not in the process."""
    async with enter() as town:
        await town.mia.say("dm", "likes instagram last week")
        await town.quiet()
        delivery = next(ack.delivery for ack in town.slack.acks if ack.kind == "events_api")
    async with enter() as town:
        await town.slack.deliveries.attempt(delivery, 1, "timeout")
        await town.quiet()
        assert not town.mia.bot_said("dm")


async def test_4_a_retry_header_of_zero_is_a_first_delivery(town: Town) -> None:
    """Bolt says "0" on the first one in Socket Mode: it is answered."""
    await town.mia.mention("#marketing", "likes instagram last week")
    await town.mia.await_message("#marketing", "Likes")
    await town.quiet()
    assert len(town.mia.bot_said("#marketing")) == 1


async def test_4_a_first_delivery_that_was_lost_is_answered_at_its_retry(enter: Enter) -> None:
    """The database refuses the first copy, so it is not acknowledged, and Slack sends another."""
    async with enter("http") as town:
        with town.running.context.database.write() as connection:
            connection.exec_driver_sql("ALTER TABLE seen_event RENAME TO mislaid")
        await town.mia.mention("#marketing", "likes instagram last week")

        def find_tried() -> list[Acked] | None:
            return [ack for ack in town.slack.acks if ack.name == "app_mention"] or None

        tried = await town.slack.space.changes.until(find_tried, 10)
        assert tried
        assert not any(ack.ok for ack in tried)
        with town.running.context.database.write() as connection:
            connection.exec_driver_sql("ALTER TABLE mislaid RENAME TO seen_event")
        await town.mia.await_message("#marketing", "Likes", within=8)
        await town.quiet()


async def test_5_every_event_that_slack_may_send_is_acknowledged(enter: Enter, mode: str) -> None:
    """Subscribed to more than it listens to: reactions, joins, talk. Nothing is sent again."""
    async with enter(mode, seed=Seed()) as town:
        said = await town.mia.say("#marketing", "Lunch?")
        await town.mia.react(said, "thumbsup")
        await town.mia.react(said, "thumbsup", remove=True)
        await town.mia.edit(said, "Lunch at noon?")
        await town.mia.delete(said)
        await town.mia.open_home()
        await town.quiet()
        assert len(town.slack.acks) >= 6
        assert all(ack.ok and ack.attempt == 0 for ack in town.slack.acks)
        assert not town.mia.bot_said("#marketing")


async def test_6_an_edit_in_the_direct_message_asks_nothing(town: Town) -> None:
    """`message_changed` has no user of its own; it is passed over, as is a deletion."""
    said = await town.mia.say("dm", "likes instagram last week")
    await town.quiet()
    before = len(town.mia.bot_said("dm"))
    await town.mia.edit(said, "reach instagram last week")
    await town.mia.delete(said)
    await town.quiet()
    assert len(town.mia.bot_said("dm")) == before
    assert all(ack.ok for ack in town.slack.acks)


async def test_7_a_message_with_a_file_is_not_skipped(town: Town) -> None:
    """Its subtype is `file_share` and its text is empty."""
    message = await dropped(town, file_of(GOOD))
    assert "Instagram posts, 3 rows" in message.words


async def test_12_answers_in_two_channels_at_one_moment_are_two(town: Town) -> None:
    """A `ts` is unique in its channel only, and text; charts find their own messages."""
    await asyncio.gather(town.mia.command(ASK, "#marketing"), town.mia.command(ASK, "#support"))
    await town.quiet()
    for channel in ("#marketing", "#support"):
        (message,) = town.mia.bot_said(channel)
        assert has_chart(message)
    sent = bot_calls(town.slack, "chat.update")
    assert all(isinstance(args["ts"], str) for args in sent)


async def test_13_a_thread_is_answered_by_mention_since_commands_do_not_work_there(
    town: Town,
) -> None:
    """The help says so, and the answer stands in the thread."""
    await town.mia.command("/kpi help", "#marketing")
    await town.mia.await_message("#marketing", "In a thread: @Kepi")
    start = await town.mia.say("#marketing", "Numbers?")
    await town.mia.mention("#marketing", "likes instagram last week", thread_ts=start.ts)
    answer = await town.mia.await_message("#marketing", "Likes")
    assert answer.thread_ts == start.ts
    await town.quiet()


@pytest.mark.parametrize(
    "words",
    [
        "“reach” instagram last—30d",
        "reach instagram last\u00a030\u00a0days",
        "<@U0MIA000000|reach> instagram 30d",
        "REACH, Instagram; last 30 days",
        "ｒｅａｃｈ instagram 30d",
    ],
)
async def test_14_quotes_dashes_spaces_and_markup_are_read_as_people_mean_them(
    socket_town: Town, words: str
) -> None:
    """Curly quotes, long dashes, no-break spaces, Slack's own markup."""
    await socket_town.mia.command(f"/kpi {words}", "#random")
    await socket_town.mia.await_message("#random", "Reach · Instagram acme")


async def test_15_a_chart_is_shown_only_when_slack_has_it_ready(enter: Enter) -> None:
    """It waits, and no message with a file that is not ready is ever sent."""
    async with enter(faults=Faults(file_processing=1.2, retry_scale=0.01)) as town:
        await town.mia.command(ASK, "#marketing")
        message = await town.mia.await_message("#marketing", REACH)
        assert not has_chart(message)
        await town.mia.await_message("#marketing", has_chart, within=20)
        outcomes = {call.outcome for call in town.slack.calls_of("chat.update")}
        assert outcomes == {"ok"}


async def test_16_a_web_page_is_not_a_table(town: Town) -> None:
    """HTML is refused, whatever the file is called."""
    message = await dropped(town, b"<!DOCTYPE html><html><body>Sign in</body></html>")
    assert "Import" not in message.words


async def test_17_every_message_has_text_and_nothing_pings(town: Town) -> None:
    """Words that a person typed come back as words."""
    for words in ("<!channel> reach", "<!here|here>", "&lt;!channel&gt;", "x" * 3500, "*" * 300):
        await town.mia.command(f"/kpi {words}", "#random")
        await town.quiet()
    for call in town.slack.calls:
        if call.method in ("chat.postMessage", "chat.postEphemeral", "chat.update", "response_url"):
            assert call.args.get("text")
            assert "<!" not in str(call.args)
            assert call.outcome == "ok"


async def test_18_an_answer_survives_a_response_url_that_is_used_up_or_too_old(
    enter: Enter, mode: str
) -> None:
    """It comes as an ephemeral message, or in the direct message where Kepi may not post."""
    gone = Faults(file_processing=0.05, response_url_seconds=-1, retry_scale=0.01)
    async with enter(mode, faults=gone) as town:
        await town.mia.command("/kpi private reach instagram last-30d", "#marketing")
        assert (await town.mia.await_message("#marketing", REACH)).is_private
        await town.mia.command("/kpi reach instagram last-30d", "#random")
        await town.mia.await_message("dm", REACH)
        await town.quiet()


async def test_18_a_sixth_use_of_a_response_url_is_not_lost(socket_town: Town) -> None:
    """Five presses of one private button, and a sixth."""
    town = socket_town
    town.slack.faults.response_url_uses = 1
    await town.mia.command("/kpi reach instagram last-30d", "#random")
    message = await town.mia.await_message("#random", REACH)
    await town.mia.press(message, "send_chart")
    await town.mia.await_message("dm", has_chart, within=20)
    await town.mia.await_message("#random", wording.CHART_SENT, within=20)
    await town.quiet()


async def test_19_a_lost_reply_does_not_make_a_second_post(town: Town) -> None:
    """The post arrived and only its answer was lost: one message, with its chart."""
    town.slack.faults.drop_reply("chat.postMessage")
    await town.mia.say("dm", "reach instagram last-30d")
    await town.mia.await_message("dm", has_chart, within=20)
    await town.quiet()
    assert len(town.mia.bot_said("dm")) == 1


async def test_19_where_kepi_may_not_look_it_does_not_post_again_either(enter: Enter) -> None:
    """Without the history scope the asker alone gets the answer a second time."""
    async with enter(seed=numbers_alone()) as town:
        town.slack.faults.drop_reply("chat.postMessage")
        await town.mia.command(ASK, "#marketing")
        await town.quiet()
        said = town.mia.bot_said("#marketing")
        assert [message.is_private for message in said].count(False) == 1
        assert any("didn't confirm" in message.words for message in said if message.is_private)


async def test_19_a_post_that_never_arrived_is_sent_again(town: Town) -> None:
    """The connection was cut before Slack stored it."""
    town.slack.faults.add(Fault(Trouble.DROP_REQUEST, "chat.postMessage"))
    await town.mia.say("dm", "reach instagram last-30d")
    await town.mia.await_message("dm", REACH, within=10)
    await town.quiet()
    assert len(town.mia.bot_said("dm")) == 1


@pytest.mark.parametrize(
    "trouble", [Trouble.ERROR_STATUS, Trouble.BAD_JSON, Trouble.OK_FALSE, Trouble.DROP_REQUEST]
)
async def test_every_call_of_an_answer_outlives_a_fault(
    socket_town: Town, trouble: Trouble
) -> None:
    """Upload, look, update: each breaks once, and there is one message with one chart."""
    town = socket_town
    for method in ("files.getUploadURLExternal", "upload", "files.info", "chat.update"):
        town.slack.faults.add(Fault(trouble, method))
    await town.mia.command(ASK, "#marketing")
    await town.mia.await_message("#marketing", has_chart, within=20)
    await town.quiet()
    assert len(town.mia.bot_said("#marketing")) == 1


async def test_a_chart_that_cannot_be_uploaded_leaves_the_text(socket_town: Town) -> None:
    """The numbers are there; nothing is said twice."""
    town = socket_town
    town.slack.faults.add(
        Fault(Trouble.OK_FALSE, "files.getUploadURLExternal", times=9, error="not_allowed")
    )
    await town.mia.command(ASK, "#marketing")
    await town.quiet()
    (message,) = town.mia.bot_said("#marketing")
    assert REACH in message.words
    assert not has_chart(message)


async def test_a_rate_limit_is_waited_out(socket_town: Town) -> None:
    """Slack says how long; nothing is lost and nothing doubled."""
    town = socket_town
    town.slack.faults.storm(3, retry_after=1, method="chat.postMessage")
    await town.mia.command(ASK, "#marketing")
    await town.mia.await_message("#marketing", REACH, within=15)
    await town.quiet()
    outcomes = [call.outcome for call in town.slack.calls_of("chat.postMessage")]
    assert len(outcomes) == 4
    assert outcomes[-1] == "ok"
    assert "ok" not in outcomes[:3]
    assert len(town.mia.bot_said("#marketing")) == 1


async def test_a_socket_that_drops_loses_no_command(socket_town: Town) -> None:
    """Kepi connects again by itself."""
    town = socket_town
    for _ in range(3):
        await town.slack.disconnect("refresh_requested")
        await town.slack.bot_ready()
        assert (await town.mia.command("/kpi help", "#marketing")).ok
    await town.quiet()


async def test_another_command_of_the_app_gets_a_line(enter: Enter, mode: str) -> None:
    """Never silence."""
    seed = Seed(commands=(*Seed().commands, Command("/digest", "Not there yet")))
    async with enter(mode, seed=seed) as town:
        await town.mia.command("/digest now", "#marketing")
        assert (await town.mia.await_message("#marketing", "/kpi help")).is_private


async def test_an_unknown_press_is_acknowledged(town: Town) -> None:
    """Buttons of another version, address buttons: no warning sign for the person."""
    payload = command_payload(town.slack.space, town.mia.id, "/kpi", "", town.mia.channel("dm"))
    body = {
        "type": "block_actions",
        "user": {"id": town.mia.id, "team_id": payload["team_id"]},
        "team": {"id": payload["team_id"]},
        "trigger_id": payload["trigger_id"],
        "container": {"type": "view"},
        "actions": [{"action_id": "from-last-year", "type": "button", "block_id": "b"}],
    }
    answer = await town.slack.deliveries.attempt(Delivery("interactive", body))
    assert answer.ok
