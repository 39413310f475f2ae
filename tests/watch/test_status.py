"""``/kpi status``: one screen that says whether Kepi works, and what helps where it does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.playground import Message
from storage import digests, outbox, sending
from storage.digests import DigestRow
from tests.watch.conftest import MARKETING, MIA, NOW, House, OpenHouse

RANDOM = "C0RANDOM000"


async def give_up(house: House, period: str, why: str, channel: str = RANDOM) -> None:
    """Let a message have been given up, as the outbox does after Slack's refusal."""
    context = house.running.context

    def write(connection: Any) -> None:
        workspace, now = context.home.workspace, context.clock() - timedelta(hours=1)
        outbox.add(
            connection, workspace, channel=channel, kind="ops-test", period=period, due=now,
            now=now, body={"what": "recovered"},
        )  # fmt: skip
        (row,) = sending.claim(connection, workspace, now, "a test")
        sending.end(connection, workspace, row, "dead", why)

    await context.write(write)


async def set_up_digest(house: House, zone: str, hour: int) -> None:
    wanted = DigestRow(
        id=0, channel=MARKETING, cadence="weekly", zone=zone, weekday=0, day=1, hour=hour,
        minute=0, language="en", kpis=(), scope={}, parts=(), owner=MIA, by=MIA, made=NOW,
        since=NOW, paused=None, removed=None, company="", version=1,
    )  # fmt: skip
    context = house.running.context
    await context.write(digests.add, context.home.workspace, wanted, NOW)


async def ask(house: House, words: str, who: str = "mia") -> Message:
    person = house.street.slack.person(who)
    return await person.ask(f"/kpi status {words}".strip(), "#marketing", within=10)


def buttons(message: Message) -> list[str]:
    return [
        str(element["action_id"])
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]


async def test_all_is_well(open_house: OpenHouse) -> None:
    """Told to the asker alone: connected, nothing overdue, the next digest with its zone."""
    async with open_house() as house:
        await set_up_digest(house, "America/New_York", 9)
        assert (await house.health())[0] == 200  # it has looked at itself at least once
        page = await ask(house, "")
        assert page.is_private
        assert page.text == "Kepi works: nothing is overdue."
        for words in (
            "Connected since",
            "Last look at myself",
            "Weekly digest for <#C0MARKETING>: Mon 23 Nov 09:00, New York time.",
            "Sent in 7 days: none.",
            "Overdue: none.",
            "Not sent: none.",
            "No file yet",
            "Times: ",
            "Kepi 0.1.0",
        ):
            assert words in page.words, words


async def test_what_was_given_up_goes_out_after_all(open_house: OpenHouse) -> None:
    """Why, what helps, and *Try again*: it is posted once, and the page says so."""
    async with open_house() as house:
        await give_up(house, "1", "not_in_channel", MARKETING)
        page = await ask(house, "")
        assert page.text == "Needs care: 1 message not sent."
        assert "/invite @Kepi" in page.words
        context, mia = house.running.context, house.street.slack.person("mia")
        row = await context.read(outbox.find, context.home.workspace, MARKETING, "ops-test", "1")
        assert row is not None
        assert (row.state, row.why) == ("dead", "not_in_channel")
        assert (await mia.press(page, "status_again")).ok
        await context.tasks.settle()
        after = await mia.await_message("#marketing", "It is due again")
        assert "Not sent: none." in after.words
        again = await context.read(outbox.by_id, context.home.workspace, row.id)
        assert again is not None
        assert again.state != "dead"


async def test_forgotten_is_not_told_again(open_house: OpenHouse) -> None:
    """*Forget* ends it; a second press of an old page says that it was decided."""
    async with open_house() as house:
        await give_up(house, "1", "is_archived")
        page, mia = await ask(house, ""), house.street.slack.person("mia")
        await mia.press(page, "status_forget")
        await mia.await_message("#marketing", "Forgotten: it will not be sent.")
        assert (await ask(house, "")).text == "Kepi works: nothing is overdue."


async def test_members_read_and_admins_decide(open_house: OpenHouse) -> None:
    """Omar sees why, and no buttons; a press that he made up is refused. Guests see nothing."""
    async with open_house() as house:
        await give_up(house, "1", "is_archived")
        page = await ask(house, "", "omar")
        assert "The channel is archived" in page.words
        assert buttons(page) == []
        theirs = await ask(house, "")
        assert buttons(theirs) == ["status_again", "status_forget"]
        omar = house.street.slack.person("omar")
        await omar.press(theirs, "status_forget")
        assert await omar.await_message("#marketing", "Only an admin can do this")
        assert (await ask(house, "")).text == "Needs care: 1 message not sent."
        guest = await ask(house, "", "gus")
        assert guest.words.startswith("Guests and people of other companies")


async def test_a_bad_week_fits_a_telephone(open_house: OpenHouse) -> None:
    """Thirty messages that did not go out: at most 15 blocks, and how many more there are."""
    async with open_house() as house:
        for number in range(30):
            await give_up(house, str(number), "channel_not_found", f"C0LOST{number:03d}")
        page = await ask(house, "")
        assert page.text == "Needs care: 30 messages not sent."
        assert len(page.blocks) <= 15
        assert "26 more were not sent" in page.words


@pytest.mark.parametrize(
    ("who", "words", "said"),
    [
        ("mia", "ops #marketing", "Failures are told in #marketing from now on"),
        ("mia", "ops #random", "I'm not in #random. Write /invite @Kepi there, then try again."),
        ("mia", "ops #partner-acme", "is shared with another company"),
        ("mia", "ops off", "Failures are told to whoever owns the message"),
        ("mia", "ops", "Name a channel: /kpi status ops #kepi-ops"),
        ("omar", "ops #marketing", "Only an admin can do this"),
        ("mia", "weather", "I don’t know “weather”. Try: /kpi status"),
    ],
)
async def test_where_failures_are_told(
    open_house: OpenHouse, who: str, words: str, said: str
) -> None:
    """An admin names a channel that will do; everything else is one clear line."""
    async with open_house() as house:
        assert said in (await ask(house, words, who)).words
