"""What Kepi says by itself is said once: whatever Slack, the network or its own process does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.playground import Fault, Trouble
from commands import outbox as sending
from commands.leases import PATIENCE
from storage import outbox
from tests import databases
from tests.outbox.conftest import Open
from tests.outbox.words import MIA
from tests.slack.conftest import NOW


async def until(come: Callable[[], bool]) -> None:
    """Wait until something has come, for ten seconds at most."""
    async with asyncio.timeout(10):
        while not come():  # noqa: ASYNC110 (it happens in a server, which tells nobody)
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("kind", databases.KINDS)
async def test_what_is_due_is_said_once(street: Open, kind: str) -> None:
    """Written down twice, asked for three times: one message, with its key in the metadata."""
    async with street(kind) as here:
        (it,) = here.processes
        assert await it.add("7")
        assert not await it.add("7")
        assert await it.add("8", due=NOW + timedelta(minutes=1))
        assert [await it.send() for _ in range(3)] == [1, 0, 0]
        assert here.words() == ["Word 7"]
        (message,) = here.said()
        assert message.metadata["event_payload"] == {"key": "out:word:7"}
        row = (await it.rows())["7"]
        assert (row.state, row.ts, row.posted_in) == ("sent", message.ts, it.home)
        it.clock.move(minutes=1)
        await it.send()
        assert here.words() == ["Word 7", "Word 8"]


async def test_a_person_gets_a_direct_message(street: Open) -> None:
    async with street() as here:
        (it,) = here.processes
        await it.add("7", MIA)
        await it.send()
        assert [it.text for it in here.slack.person("mia").bot_said()] == ["Word 7"]
        assert (await it.rows())["7"].posted_in.startswith("D")


async def test_a_lost_reply_makes_no_second_message(street: Open) -> None:
    """Reliability row 3: Slack stores each first post and the answer is lost: one of each."""
    async with street() as here:
        (it,) = here.processes
        here.slack.faults.drop_reply(times=12)
        for number in range(12):
            await it.add(str(number))
        while await it.send():
            pass
        assert sorted(here.words()) == sorted(f"Word {it}" for it in range(12))
        assert set((await it.states()).values()) == {"sent"}


FAULTS = {
    "an error page": Fault(Trouble.ERROR_STATUS, "chat.postMessage", status=503),
    "a gateway": Fault(Trouble.ERROR_STATUS, "chat.postMessage", status=502),
    "not JSON": Fault(Trouble.BAD_JSON, "chat.postMessage"),
    "half done": Fault(Trouble.OK_FALSE, "chat.postMessage", error="internal_error"),
    "nothing arrived": Fault(Trouble.DROP_REQUEST, "chat.postMessage"),
    "the answer is lost": Fault(Trouble.DROP_REPLY, "chat.postMessage"),
    "too many": Fault(Trouble.RATE_LIMITED, "chat.postMessage", seconds=1),
    "no look": Fault(Trouble.ERROR_STATUS, "conversations.history", times=5),
    "no direct message": Fault(Trouble.OK_FALSE, "conversations.open"),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_every_fault_ends_with_one_message(street: Open, name: str) -> None:
    """Reliability row 13: each fault at each call; nothing is lost and nothing comes twice."""
    async with street() as here:
        (it,) = here.processes
        fault = FAULTS[name]
        if fault.method == "conversations.history":
            here.slack.faults.drop_reply()
        here.slack.faults.add(
            Fault(fault.trouble, fault.method, None, fault.times, fault.seconds, fault.status,
                  fault.error)
        )  # fmt: skip
        await it.add("7", MIA if fault.method == "conversations.open" else "")
        for _ in range(4):
            await it.send()
            it.clock.move(seconds=40)
        said = here.words() + [it.text for it in here.slack.person("mia").bot_said()]
        assert said == ["Word 7"]


async def test_nothing_is_posted_anew_while_it_may_still_arrive(street: Open) -> None:
    """A post that broke off is waited for as long as a request may last, then looked for again."""
    async with street() as here:
        (it,) = here.processes
        here.slack.faults.add(Fault(Trouble.DROP_REQUEST, "chat.postMessage"))
        await it.add("7")
        await it.send()
        it.clock.move(seconds=30)
        await it.send()
        assert here.words() == []
        it.clock.move(seconds=2)
        await it.send()
        assert here.words() == ["Word 7"]


async def test_after_five_tries_it_is_given_up_and_its_owner_is_told_once(street: Open) -> None:
    async with street() as here:
        (it,) = here.processes
        await it.add("7", body={"owner": MIA, "breaks": True})
        for _ in range(8):
            await it.send()
            it.clock.move(minutes=2)
        assert (await it.states())["7"] == "dead"
        told = [it.text for it in here.slack.person("mia").bot_said()]
        assert told == ["1 message was not sent: Slack said RuntimeError. /kpi status lists it."]


REFUSALS = ("not_in_channel", "channel_not_found", "is_archived", "restricted_action")


@pytest.mark.parametrize("error", REFUSALS)
async def test_a_refusal_is_final_and_told_once_for_all(street: Open, error: str) -> None:
    """Reliability row 16: ten channels refuse; one call each, one notice to the owner."""
    async with street() as here:
        (it,) = here.processes
        for number in range(10):
            await it.add(str(number), f"C9{number:09}")
            here.slack.faults.add(
                Fault(Trouble.OK_FALSE, "chat.postMessage", f"C9{number:09}", error=error)
            )
        for _ in range(6):
            await it.send()
            it.clock.move(minutes=1)
        assert here.calls("chat.postMessage") == 10 + 1
        (told,) = here.slack.person("mia").bot_said()
        assert told.text.startswith("10 messages were not sent: ")
        states = await it.states()
        assert {states[str(number)] for number in range(10)} == {"dead"}


async def test_a_token_that_is_refused_loses_nothing(street: Open) -> None:
    """Nobody can be told then: all wait, hardly a call is made, and all goes out afterwards."""
    async with street() as here:
        (it,) = here.processes
        here.slack.faults.add(
            Fault(Trouble.OK_FALSE, "chat.postMessage", times=8, error="token_revoked")
        )
        for number in range(20):
            await it.add(str(number))
        for _ in range(10):
            await it.send()
        assert here.calls("chat.postMessage") == 8
        it.watch.seconds += 601
        it.clock.move(minutes=11)
        await it.send()
        assert len(here.words()) == 20
        assert len(set(here.words())) == 20


async def test_what_a_dead_process_left_is_taken_over_after_its_patience(street: Open) -> None:
    """It died after posting or before: one message each way, and not before a request is over."""
    async with street(processes=2) as here:
        first, second = here.processes
        await first.add("posted")
        await first.add("unposted")
        rows = await first.context.write(sending.take_some, first.context)
        posted = next(it for it in rows if it.period == "posted")
        letter = await sending.write(first.context, posted)
        assert isinstance(letter, sending.Letter)
        await sending.post_once(first.context, posted, first.home, letter, [])
        assert await second.send() == 0
        second.watch.seconds += PATIENCE - 1
        assert await second.send() == 0
        second.watch.seconds += 1
        assert await second.send() == 2
        assert sorted(here.words()) == ["Word posted", "Word unposted"]


async def test_a_clock_that_jumps_ends_no_lease(street: Open) -> None:
    """A year ahead and back: what a living process is sending stays its own."""
    async with street(processes=2) as here:
        first, second = here.processes
        await first.add("7")
        await first.context.write(sending.take_some, first.context)
        for days in (365, -365, 1, -1):
            second.clock.move(days=days)
            first.context.leases.under_way.add(1)
            await first.context.write(sending.show_life, first.context)
            second.watch.seconds += PATIENCE
            assert await second.send() == 0
        assert here.words() == []


async def test_who_lost_its_lease_does_not_post(street: Open) -> None:
    """A process that slept through its patience finds that somebody else has sent it."""
    async with street(processes=2) as here:
        first, second = here.processes
        await first.add("7")
        (row,) = await first.context.write(sending.take_some, first.context)
        await second.send()
        second.watch.seconds += PATIENCE
        assert await second.send() == 1
        assert not await sending.deliver(first.context, row)
        assert here.words() == ["Word 7"]


@pytest.mark.parametrize("kind", databases.KINDS)
async def test_several_processes_share_the_work(street: Open, kind: str) -> None:
    """Reliability row 2, in small (the drill has 1,000): each of 60 is sent by one of three."""
    async with street(kind, processes=3) as here:
        for number in range(60):
            await here.processes[0].add(str(number))
        counts = await asyncio.gather(*(it.send() for it in here.processes))
        assert sum(counts) == 60
        assert sorted(here.words()) == sorted(f"Word {it}" for it in range(60))


async def test_a_stop_hands_back_what_is_under_way(street: Open) -> None:
    """It is looked for before it is sent again: the answer of the first try never came."""
    async with street() as here:
        (it,) = here.processes
        here.slack.faults.add(Fault(Trouble.HANG, "chat.postMessage", seconds=5))
        await it.add("7")
        work = asyncio.create_task(it.send())
        await until(lambda: not here.slack.faults.pending)  # Slack has the request
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        row = (await it.rows())["7"]
        assert (row.state, row.why, row.tries) == ("due", "stopped", 0)
        assert row.is_doubtful
        await asyncio.sleep(0)
        await it.send()
        assert here.words() == ["Word 7"]


async def test_the_thread_waits_for_its_message(street: Open) -> None:
    """What follows stands in the thread; where the message never comes, neither does it."""
    async with street() as here:
        (it,) = here.processes
        await it.add("7", body={"owner": MIA, "then": ["a", "b"]})
        await it.send()
        top = here.said()[0]
        assert [(it.text, it.thread_ts) for it in here.said()] == [
            ("Word 7", None), ("Word 7.a", top.ts), ("Word 7.b", top.ts)
        ]  # fmt: skip
        await it.add("8", body={"never": True})
        above = (await it.rows())["8"]
        await it.add("8.a", parent=above.id)
        await it.send()
        await it.send()
        states = await it.states()
        assert (states["8"], states["8.a"]) == ("dropped", "dropped")


async def test_not_now_is_asked_again_then(street: Open) -> None:
    async with street() as here:
        (it,) = here.processes
        later = NOW + timedelta(hours=2)
        await it.add("7", body={"not_before": later.isoformat()})
        await it.send()
        assert (await it.rows())["7"].wake == later
        it.clock.now = later
        await it.send()
        assert here.words() == ["Word 7, late"]
        assert here.calls("conversations.history") == 0


async def test_too_late_is_not_sent_and_told(street: Open) -> None:
    """Reliability row 4: two hours late goes out, marked; two days late does not, and is told."""
    async with street() as here:
        (it,) = here.processes
        for period, hours in (("late", 2), ("later", 48)):
            due = NOW - timedelta(hours=hours)
            await it.add(period, due=due, expires=due + timedelta(hours=24))
        await it.send()
        assert here.words() == ["Word late, late"]
        assert (await it.states())["later"] == "missed"
        it.clock.move(minutes=1)
        await it.send()
        await it.send()
        (told,) = here.slack.person("mia").bot_said()
        assert told.text.startswith("1 message was not sent: I was not running at the time")


async def test_what_was_missed_by_a_clock_alone_is_sent_after_all(street: Open) -> None:
    """A jump ahead misses it; when the clock is right again, its time truly comes."""
    async with street() as here:
        (it,) = here.processes
        due = NOW + timedelta(hours=1)
        keys = {"due": due, "expires": due + timedelta(hours=24), "revive": True}
        it.clock.move(days=365)
        await it.add("7", **keys)
        await it.send()
        assert (await it.states())["7"] == "missed"
        it.clock.now = due
        await it.add("7", **keys)
        await it.send()
        await it.add("7", **keys)
        await it.send()
        assert here.words() == ["Word 7"]


UPLOAD = ("files.getUploadURLExternal", "upload", "files.completeUploadExternal", "files.info")


@pytest.mark.parametrize("method", UPLOAD)
@pytest.mark.parametrize("trouble", [Trouble.DROP_REQUEST, Trouble.DROP_REPLY])
async def test_a_broken_upload_holds_back_no_text(
    street: Open, method: str, trouble: Trouble
) -> None:
    """Reliability row 14: the text goes out; the picture joins the same message later, once."""
    async with street() as here:
        (it,) = here.processes
        await it.add("7", body={"owner": MIA, "picture": True})
        here.slack.faults.add(Fault(trouble, method, times=20))
        await it.send()
        (message,) = here.said()
        assert message.text == "Word 7"
        here.slack.faults.pending.clear()
        for _ in range(3):
            it.clock.move(minutes=2)
            await it.send()
        (message,) = here.said()
        assert [block["type"] for block in message.blocks] == ["section", "image"]
        assert (await it.rows())["7"].bare is False
        shown = here.calls("chat.update")
        it.clock.move(minutes=2)
        await it.send()
        assert here.calls("chat.update") == shown


async def test_a_picture_comes_in_the_first_message(street: Open) -> None:
    async with street() as here:
        (it,) = here.processes
        await it.add("7", body={"picture": True})
        await it.send()
        (message,) = here.said()
        assert [block["type"] for block in message.blocks] == ["section", "image"]
        assert here.calls("chat.update") == 0


async def test_where_kepi_may_not_look_one_too_many_is_better_than_none(street: Open) -> None:
    """Without the history scope a lost message is sent again (reliability §2)."""
    async with street() as here:
        (it,) = here.processes
        here.slack.faults.add(Fault(Trouble.DROP_REQUEST, "chat.postMessage"))
        here.slack.faults.add(
            Fault(Trouble.OK_FALSE, "conversations.history", times=9, error="missing_scope")
        )
        await it.add("7")
        await it.send()
        it.clock.move(seconds=40)
        await it.send()
        assert here.words() == ["Word 7"]


async def test_a_storm_of_limits_delays_and_loses_nothing(street: Open) -> None:
    """Reliability row 12: 50 answers of 429; another workspace's processes are not held up."""
    async with street() as here, street() as other:
        (it,), (calm,) = here.processes, other.processes
        here.slack.faults.storm(50, retry_after=1, method="chat.postMessage")
        for number in range(20):
            await it.add(str(number))
        await calm.add("calm")
        storm = asyncio.create_task(it.send())
        await calm.send()
        assert other.words() == ["Word calm"]
        assert not storm.done()
        assert await storm == 20
        assert sorted(here.words()) == sorted(f"Word {it}" for it in range(20))
        limited = [call for call in here.slack.calls if call.outcome == "rate_limited"]
        assert len(limited) >= 8


@pytest.mark.parametrize("kind", databases.KINDS)
async def test_an_interrupted_claim_leaves_nothing_half_done(street: Open, kind: str) -> None:
    """Claims of two processes at the same moment never hold the same row."""
    async with street(kind, processes=2) as here:
        for number in range(16):
            await here.processes[0].add(str(number))
        taken = await asyncio.gather(
            *(it.context.write(sending.take_some, it.context) for it in here.processes)
        )
        ids = [row.id for rows in taken for row in rows]
        assert len(ids) == len(set(ids)) == 16


async def test_forgetting_keeps_what_is_not_final(street: Open) -> None:
    async with street() as here:
        (it,) = here.processes
        await it.add("old", due=NOW - timedelta(days=500))
        await it.add("waiting", due=NOW - timedelta(days=500), body={
            "not_before": (NOW + timedelta(days=1)).isoformat()})  # fmt: skip
        await it.send()
        gone = await it.context.write(
            outbox.forget_older, it.context.home.workspace, NOW - timedelta(days=400)
        )
        assert gone == 1
        assert await it.states() == {"waiting": "due"}
