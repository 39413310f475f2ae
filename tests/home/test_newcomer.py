"""The first hour of somebody who has read nothing: they press what Home and messages offer.

Buttons, fields and choices are found by their words in what is shown, never by an id.
"""

from __future__ import annotations

from tests.home.conftest import Newcomer, button, labels
from tests.slack.conftest import Enter, has_chart

EXPORT = (
    "Post ID,Account username,Publish time,Post type,Permalink,Views,Reach,Likes,Comments\n"
    + (
        "".join(
            f"{day},acme,11/{day:02d}/2026 10:00,IG image,https://instagram.com/p/{day},"
            f"{100 + 10 * day},{90 + 8 * day},{day},1\n"
            for day in range(1, 22)
        )
    )
)
LIKES = sum(range(1, 22))


async def test_from_an_empty_workspace_to_a_restricted_channel(enter: Enter) -> None:
    """Accounts, a dropped file, a chart, a competitor, a note on the chart, a channel's answers."""
    async with enter(empty=True) as town:
        mia = Newcomer(town, town.mia)
        await add_an_account(mia)
        await drop_a_file(mia)
        await ask_for_a_chart(mia)
        await add_a_competitor(mia)
        await note_a_day(mia)
        await restrict_a_channel(mia)


async def add_an_account(mia: Newcomer) -> None:
    home = await mia.open_home()
    assert "1 Accounts: none" in home.words
    await mia.press(home, "Add")
    await add(mia, "@acme", "A new brand of ours", "Acme")
    assert "1 Accounts: 1 ✓" in mia.home.words, "Home shows it by itself"


async def add(mia: Newcomer, handle: str, brand: str, name: str) -> None:
    """Fill in the form of accounts, read that it is done, and close it."""
    form = await mia.form("Handles")
    done = await mia.fill_in(
        form, Platform="Instagram", Handles=handle, Brand=brand, Name_of_a_new_brand=name
    )
    assert not form.errors
    assert done is not None
    assert "*Added Instagram" in done.words
    await mia.person.close(done, everything=True)


async def drop_a_file(mia: Newcomer) -> None:
    await mia.press(mia.home, "How")
    how = await mia.form("Instagram")
    assert "drop the file in Messages" in how.words
    await mia.person.close(how)
    await mia.person.drop("dm", "posts.csv", EXPORT.encode())
    await mia.town.quiet()
    shown = await mia.read("Instagram posts, 21 rows")
    (says,) = [it for it in labels(shown) if it.startswith("Import")]
    await mia.press(shown, says)
    report = await mia.read("Added 21 posts")
    assert "Ask" in labels(report)


async def ask_for_a_chart(mia: Newcomer) -> None:
    await mia.press(await mia.read("Added 21 posts"), "Ask")
    form = await mia.form("Period")
    await mia.fill_in(form, KPI="Likes", Period="This month")
    answer = await mia.read("Likes · ")
    assert f"*{LIKES}*" in answer.words
    assert has_chart(answer)


async def add_a_competitor(mia: Newcomer) -> None:
    home = await mia.open_home()
    assert "Instagram acme · data to" in home.words
    await mia.press(home, "Add")
    await add(mia, "nordkaffe", "A new competitor", "Nordkaffe")
    assert "*Nordkaffe* · competitor\nInstagram nordkaffe · no data yet" in mia.home.words


async def note_a_day(mia: Newcomer) -> None:
    await mia.press(mia.home, "Add a note")
    form = await mia.form("What happened")
    assert await mia.fill_in(form, What_happened="Black Week", First_day="2026-11-12") is None
    await mia.press(mia.home, "Ask")
    await mia.fill_in(await mia.form("Period"), KPI="Likes", Period="This month")
    answer = await mia.read("Likes · ")
    assert "Black Week" in answer.words
    assert has_chart(answer)


async def restrict_a_channel(mia: Newcomer) -> None:
    await mia.press(mia.home, "Channel settings")
    which = mia.person.open_view()
    assert which is not None
    await mia.fill_in(which, Channel=mia.person.channel("#marketing").id)
    form = mia.person.open_view()
    assert form is not None
    assert await mia.fill_in(form, Answers_are_seen_by="Only the asker") is None
    before = mia.town.slack.space.clock.mint_ts()
    await mia.person.command("/kpi likes this month", "#marketing")
    await mia.town.quiet()
    said = [it for it in mia.person.bot_said("#marketing") if it.ts > before]
    assert [it.is_private for it in said] == [True]
    assert f"*{LIKES}*" in said[0].words
    assert button(said[0], "Send me the chart")
