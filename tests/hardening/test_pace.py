"""A flood by one person holds up nobody else (row 40)."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import TYPE_CHECKING

from commands.pace import PERSON, REMEMBERED, UNDER_WAY, WORKSPACE, Pace, Rate, Verdict

if TYPE_CHECKING:
    from tests.slack.conftest import Enter

LINE = "That was more than I can answer at once"


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_thousand_a_minute_are_told_once_and_mostly_left_alone() -> None:
    """By the figures alone: what is at once, and what comes in a minute; one line in all."""
    clock = Clock()
    pace, found = Pace(clock=clock), Counter[Verdict]()
    for _ in range(1_000):
        found[pace.ask("U1")] += 1
        clock.now += 0.06
    assert found[Verdict.TELL] == 1
    most = PERSON.at_once + 60 * PERSON.a_second
    assert most - 2 <= found[Verdict.GO] <= most + 1
    assert pace.ask("U2") is Verdict.GO, "another is not held up"
    clock.now += 3_600
    assert pace.ask("U1") is Verdict.GO, "and the one who waited neither"
    again = Counter(pace.ask("U1") for _ in range(1_000))
    assert again[Verdict.TELL] == 1, "a new flood is told anew"


def test_everybody_together_has_a_pace_too() -> None:
    """A hundred people at once: what all may ask is bounded, and each is told once."""
    clock = Clock()
    pace = Pace(person=Rate(50, 1.0), workspace=Rate(1_000, 10.0), clock=clock)
    found: dict[str, Counter[Verdict]] = {f"U{n}": Counter() for n in range(100)}
    for _ in range(50):
        for user, seen in found.items():
            seen[pace.ask(user)] += 1
    assert sum(it[Verdict.GO] for it in found.values()) == 1_000
    assert all(it[Verdict.TELL] == 1 for it in found.values())
    assert 1 <= pace.wait_of("U1") <= 2


def test_whoever_waits_as_long_as_was_said_is_answered() -> None:
    """For random floods: the seconds that are told are enough, and not one too many."""
    dice = random.Random(40)
    for _ in range(200):
        clock = Clock()
        rate = Rate(dice.randrange(1, 20), dice.uniform(0.05, 5))
        pace = Pace(person=rate, workspace=WORKSPACE, clock=clock)
        while pace.ask("U1") is Verdict.GO:
            clock.now += dice.random() / rate.a_second / 2
        seconds = pace.wait_of("U1")
        assert seconds <= 1 / rate.a_second + 1
        clock.now += seconds
        assert pace.ask("U1") is Verdict.GO


def test_a_clock_that_jumps_back_takes_nothing_away() -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    assert pace.ask("U1") is Verdict.GO
    clock.now -= 100_000
    assert pace.ask("U1") is Verdict.GO


def test_strangers_without_end_take_no_memory_without_end() -> None:
    pace = Pace(clock=Clock())
    for number in range(3 * REMEMBERED):
        pace.ask(f"U{number}")
    assert len(pace._people) == REMEMBERED


async def test_what_takes_long_waits_behind_ones_own() -> None:
    """A hundred charts of one, then one of another: the other's is begun at once."""
    pace, under_way, most = Pace(), Counter[str](), Counter[str]()
    free = asyncio.Event()

    async def draw(user: str) -> None:
        async with pace.turn(user):
            under_way[user] += 1
            most[user] = max(most[user], under_way[user])
            await free.wait()
            under_way[user] -= 1

    drawing = [asyncio.create_task(draw("U1")) for _ in range(100)]
    other = asyncio.create_task(draw("U2"))
    await asyncio.sleep(0.01)
    assert under_way == {"U1": UNDER_WAY, "U2": 1}
    drawing[-1].cancel()
    free.set()
    await asyncio.gather(*drawing, other, return_exceptions=True)
    assert most["U1"] == UNDER_WAY
    assert not any(map(pace._turns.is_held, most)), "nothing is kept of it"


async def test_a_flood_in_slack_is_one_private_line(enter: Enter) -> None:
    """Commands, mentions, direct messages, presses: all acknowledged, one line, others answered."""
    async with enter("socket") as town:
        slow = Rate(3, 0.001)
        town.running.context.pace.person = slow
        answers = await asyncio.gather(
            *(town.mia.command("/kpi help", "#marketing") for _ in range(30))
        )
        assert all(it.ok for it in answers), "each is acknowledged"
        await town.quiet()
        said = [it.words for it in town.mia.bot_said("#marketing")]
        assert sum(LINE in it for it in said) == 1
        assert len(said) == 4
        assert not any(LINE in it.words for it in town.omar.bot_said("#marketing")), "private"

        await town.mia.say("dm", "reach last week")
        await town.mia.mention("#marketing", "reach last week")
        help_page = next(it for it in town.mia.bot_said("#marketing") if LINE not in it.words)
        assert town.mia.open_view() is None
        assert (await town.mia.press(help_page, "ask_form")).ok
        await town.quiet()
        assert [it.words for it in town.mia.bot_said("#marketing")] == said
        assert town.mia.bot_said("dm") == []
        assert town.mia.open_view() is None, "no form was opened"

        assert (await town.omar.command("/kpi help", "#marketing")).ok
        await town.quiet()
        assert any("Ask for a number" in it.words for it in town.omar.bot_said("#marketing"))
        town.running.context.pace.person = PERSON
        await town.mia.say("#support", "a customer's message is no request")


async def test_what_customers_write_is_never_held_up(enter: Enter) -> None:
    """Messages in channels are written down whatever the pace is: they are no requests."""
    async with enter("socket") as town:
        town.running.context.pace.person = Rate(0, 0.001)
        town.running.context.pace.workspace = Rate(0, 0.001)
        town.running.context.pace._all.left = 0
        before = town.slack.faults
        for number in range(20):
            await town.mia.say("#random", f"order {number} never came")
        await town.quiet()
        assert before is town.slack.faults
        assert not [it for it in town.mia.bot_said("#random") if LINE in it.words]
