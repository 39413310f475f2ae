"""“Only the asker”: a channel whose answers are for whoever asked, and nobody else."""

from __future__ import annotations

from bot.playground import Message, Person
from storage.settings import change, reset
from tests.slack.conftest import REACH, Enter, Town, enter, has_chart

__all__ = ["enter"]
MARKETING = "#marketing"
WHY = "answers are for the asker alone"


async def choose(town: Town, words: str, channel: str = "") -> None:
    context = town.running.context
    home, now = context.home.workspace, context.clock()
    if words:
        await context.write(change, home, "answers", words, town.mia.id, now, channel=channel)
    else:
        await context.write(reset, home, "answers", town.mia.id, now, channel=channel)


async def asked(town: Town, who: Person, words: str = "/kpi reach instagram last-30d") -> Message:
    seen = {it.ts for it in who.bot_said(MARKETING)}
    await who.command(words, MARKETING)
    for _ in range(3):
        await town.quiet()
    (said,) = [it for it in who.bot_said(MARKETING) if it.ts not in seen and REACH in it.words]
    return said


async def test_the_asker_alone_sees_it_from_the_next_question_on(enter: Enter) -> None:
    """By command and by mention, as text with *Send me the chart*; why is told each person once.

    The channel's choice wins over the workspace's; other channels and direct messages are as ever.
    """
    async with enter() as town:
        mia, omar = town.mia, town.omar
        channel = mia.channel(MARKETING).id
        everyones = await asked(town, mia)
        assert has_chart(everyones)
        assert not everyones.is_private
        await choose(town, "asker", channel)
        for who in (mia, omar):
            first, second = await asked(town, who), await asked(town, who)
            for it in (first, second):
                assert it.is_private
                assert not has_chart(it)
            assert WHY in first.words
            assert WHY not in second.words
        await mia.press(second_of(mia), "send_chart")
        await town.quiet()
        await town.quiet()
        await town.quiet()
        assert has_chart(
            [it for it in mia.bot_said("dm") if "Reach · Instagram acme" in it.words][-1]
        )
        seen = {it.ts for it in omar.bot_said(MARKETING)}
        await mia.mention(MARKETING, "reach instagram last-30d")
        for _ in range(3):
            await town.quiet()
        assert {it.ts for it in omar.bot_said(MARKETING)} == seen
        assert [it for it in mia.bot_said(MARKETING) if it.ts not in seen][-1].is_private
        await choose(town, "everyone", channel)
        assert not (await asked(town, mia)).is_private
        await choose(town, "asker")
        assert not (await asked(town, mia)).is_private
        await choose(town, "", channel)
        assert (await asked(town, mia)).is_private
        direct = await mia.ask("/kpi reach instagram last-30d", "dm")
        assert direct is not None


def second_of(who: Person) -> Message:
    return [it for it in who.bot_said(MARKETING) if it.is_private and REACH in it.words][-1]
