"""Many who write at once share a folding, and none is forgotten (``commands.support.take``)."""

from __future__ import annotations

import asyncio

from commands.support.take import refresh, take
from support.entries import Entry, Kind, Role, Said, ts_of
from tests.intake.conftest import DESK, Care

BEGAN = 1_795_370_400_000_000


def ask(care: Care, number: int) -> Entry:
    """Return a customer's message, each of another customer."""
    channel, ts = care.id_of(DESK), ts_of(BEGAN + number)
    said = Said(customer=f"x:c{number}")
    key = f"m|T|{channel}|{ts}"
    return Entry(
        key, Kind.MESSAGE, channel, BEGAN + number, ts, ts, f"U{number}", Role.CUSTOMER, said=said
    )


async def test_each_of_many_takes_sees_its_issue(care: Care) -> None:
    """Whoever's take has returned finds the issue in the tables, however the work was shared."""

    async def one(number: int) -> bool:
        entry = ask(care, number)
        await take(care.context, [entry])
        with care.context.database.read() as connection:
            found = connection.exec_driver_sql(f"SELECT 1 FROM issue WHERE root = '{entry.ts}'")
            return found.first() is not None

    assert all(await asyncio.gather(*(one(number) for number in range(60))))
    assert len(care.issues()) == 60


async def test_who_waits_for_the_same_folding_shares_it(care: Care) -> None:
    """Sixty at once: the first folds, all others share the next."""
    outcomes = await asyncio.gather(*(refresh(care.context, care.id_of(DESK)) for _ in range(60)))
    assert len({id(it) for it in outcomes}) <= 2


async def test_a_surface_that_fails_takes_nothing_back(care: Care) -> None:
    """Slack refuses every post: the issue is there all the same."""
    from bot.playground.faults import Fault, Trouble

    care.slack.faults.add(Fault(Trouble.OK_FALSE, "chat.postMessage", times=50))
    care.slack.faults.add(Fault(Trouble.OK_FALSE, "chat.postEphemeral", times=50))
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    await care.town.omar.say(DESK, "It comes tomorrow", asked.ts)
    await care.town.omar.react(asked, "white_check_mark")
    await care.quiet()
    (issue,) = care.issues()
    assert issue.resolution is not None
    care.slack.faults.pending.clear()
