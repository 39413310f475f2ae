"""*See an example*: says “Sample”, is for the asker alone, and touches nothing that is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from sqlalchemy import Connection, inspect, text

from commands.home.sample import draw_batch, open_sample
from kpis.asking import Answers, ask
from kpis.wording import sentence
from tests.home.conftest import Newcomer, labels
from tests.slack.conftest import NOW, Enter, has_chart


def every_row(connection: Connection) -> dict[str, list[Any]]:
    """Return every row of every table, as it is kept."""
    return {
        name: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{name}"'))))
        for name in inspect(connection).get_table_names()
    }


async def test_the_example_is_a_sample_with_its_chart_and_nothing_is_kept(enter: Enter) -> None:
    """Every table is as before; the digest, the status and the next answer know nothing of it."""
    async with enter() as town:
        mia, context = Newcomer(town, town.mia), town.running.context
        asked = await town.mia.ask("/kpi reach instagram", "dm", "Reach · ")
        await town.quiet()
        home = await mia.open_home()
        with context.database.read() as connection:
            before = every_row(connection)
        assert sum(map(len, before.values())) > 1000
        await mia.press(home, "See an example")
        said = await mia.read("Sample · Reach")
        assert said.text.startswith("Sample: ")
        assert has_chart(said)
        assert labels(said) == ["Add your own", "How to export", "Back"]
        assert "made up" in said.words
        assert not said.is_private, "private messages carry no charts: it is in the direct message"
        assert mia.home.words.strip().startswith("The answer is in Messages.")
        await mia.press(said, "Back")
        back = town.mia.bot_said("dm")[-1]
        assert back.ts == said.ts, "in its place"
        assert "Digests" in back.words
        assert not has_chart(back)
        with context.database.read() as connection:
            after = every_row(connection)
        changed = [name for name in before if before[name] != after[name]]
        assert changed == []
        again = await town.mia.ask("/kpi reach instagram", "dm", "Reach · ")
        assert again.words.split("\n")[:2] == asked.words.split("\n")[:2]
        for words in ("status", "digest preview", "data", "list"):
            await town.mia.command(f"/kpi {words}", "#marketing")
        await town.quiet()
        assert not [it for it in town.mia.bot_said("#marketing") if "coffee.bar" in it.words]
        guest = Newcomer(town, town.person("gus"))
        assert "See an example" not in labels(await guest.open_home())


async def test_pressed_in_a_channel_its_place_is_told_there(enter: Enter) -> None:
    """The presser alone reads where it is."""
    async with enter(empty=True) as town:
        steps = await town.omar.ask("/kpi start", "#marketing", "Three steps")
        await Newcomer(town, town.omar).press(steps, "See an example")
        said = town.omar.bot_said("#marketing")[-1]
        assert said.words == "The example is in your direct messages with Kepi."
        assert said.is_private
        assert "Sample" in town.omar.bot_said("dm")[-1].words


def test_many_who_look_at_once_each_see_it() -> None:
    """Each makes a database of its own, in a thread: none may touch another's."""

    def look(_number: int) -> str:
        with open_sample(NOW) as (database, workspace):
            reply = ask("reach instagram last-30d", database=database, workspace=workspace, now=NOW)
        assert isinstance(reply, Answers)
        return sentence(reply.answers[0])

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(look, range(16)))
    assert len(seen) == 16
    assert len(set(seen)) == 1


def test_the_sample_agrees_with_itself() -> None:
    """30 days reach no more people than their days together, and no fewer than the best of them."""
    today = date(2026, 11, 22)
    batch = draw_batch(today)
    days = {it.start: it.value for it in batch.windows if (it.end - it.start).days == 1}
    long = [it for it in batch.windows if (it.end - it.start).days == 30]
    assert len(days) == 62
    assert max(days) == date(2026, 11, 21)
    assert [it.end for it in long] == [today, date(2026, 10, 23)]
    for it in long:
        within = [many for day, many in days.items() if it.start <= day < it.end]
        assert len(within) == 30
        assert max(within) < it.value < sum(within)
    assert draw_batch(today) == batch, "the same day gives the same sample"
