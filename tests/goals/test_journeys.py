"""From words to the announcement, over sockets: set, judged, told once, changed and dropped."""

from __future__ import annotations

import re
from asyncio import gather
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, update

from bot.playground import Message
from bot.playground.person import Person
from bot.playground.world import View
from commands.goals import planning
from commands.goals.listing import headline
from kpis.goals.state import Standing
from storage import goals
from storage.database import Database
from storage.goals import GoalRow
from storage.imports import store
from tests.databases import fresh
from tests.digests.weeks import Week, has_picture, open_week, words_of
from tests.drawn import draw, fill
from tests.goals.drawn_goals import draw_days, make_goal
from tests.service.issues_drawn import draw_issues, track
from tests.slack.conftest import NOW

MARKETING = "#marketing"


async def type_goal(week: Week, words: str, channel: str = MARKETING) -> View:
    """Type a goal and return the form that asks whether to set it."""
    await week.mia.command(words, channel)
    await week.quiet()
    return await week.mia.await_view("Specific")


async def rows(week: Week) -> list[GoalRow]:
    states = ("open", "reached", "missed", "dropped")
    return await week.context.read(goals.in_state, week.workspace, states)


async def set_goal(week: Week, words: str, channel: str = MARKETING) -> GoalRow:
    view = await type_goal(week, words, channel)
    await week.mia.submit(view)
    await week.quiet()
    return max(await rows(week), key=lambda it: it.id)


async def bring(
    week: Week, measure: str, value: int, start: date, end: date, platform: str = "instagram"
) -> None:
    """Import days of an account acme, as a file would."""
    drawn = draw_days(measure, lambda _: value, start=start, end=end, platform=platform)
    now = week.context.clock()
    batch = draw(days=drawn, file_name=f"{platform}-{measure}-{start}-{value}.csv")
    store(week.context.database, week.workspace, batch, "U1", now)


def told(week: Week, wanted: str) -> list[Message]:
    return [it for it in week.said() if wanted in words_of(it)]


async def test_words_become_a_goal_with_five_parts_and_a_chart(week: Week) -> None:
    """Shown before anything is stored: what, how much, what history says, why, until when."""
    view = await type_goal(week, "/kpi goal instagram acme likes up 20 % next quarter")
    for part in ("Specific", "Measurable", "Achievable", "Relevant", "Time-bound"):
        assert part in view.words
    assert "22,313 likes, from 18,594 in the last 90 days" in view.words
    assert "1 Jan – 31 Mar 2027, 90 days" in view.words
    assert any(it["type"] == "image" for it in view.blocks)
    assert await rows(week) == []
    await week.mia.submit(view)
    await week.quiet()
    (row,) = await rows(week)
    assert (row.kpi, row.target, row.baseline) == ("likes", 22313.0, 18594.0)
    assert (row.start, row.end) == (date(2027, 1, 1), date(2027, 4, 1))
    assert (row.owner, row.channel) == (week.mia.id, week.mia.channel(MARKETING).id)
    answer = week.mia.bot_said(MARKETING)[-1]
    assert answer.is_private
    assert answer.words.startswith("Set: 22,313 likes, Instagram acme, in Q1 2027.")


async def test_a_goal_is_announced_as_reached_once(tmp_path: Path) -> None:
    """Imported, judged, announced with its chart; the bot restarts, and nothing comes again."""
    async with open_week(tmp_path) as week:
        row = await set_goal(week, "/kpi goal instagram acme likes 100k by 31 dec")
        await week.wake()
        assert week.said() == []
        await week.jump(NOW + timedelta(days=9))
        await bring(week, "likes", 20000, date(2026, 11, 23), date(2026, 11, 30))
        await week.stop()
        await week.jump(NOW + timedelta(days=9, minutes=5))
        await week.wake()
        await week.wake()
        (message,) = week.said()
        assert "Reached: 100,000 likes, Instagram acme, by 31 Dec, 34 days early." in message.words
        assert "Well done, mia." in words_of(message)
        assert has_picture(message)
        assert (await rows(week))[0].state == "reached"
        await week.jump(NOW + timedelta(days=10))
        await week.wake()
        assert len(week.said()) == 1
        assert row.id == (await rows(week))[0].id


async def test_falling_behind_and_coming_back_are_each_told_once(week: Week) -> None:
    """On pace, then a silent fortnight, then a flood: two messages, however often it looks."""
    await set_goal(week, "/kpi goal instagram acme likes 6k 2026-11-23 to 2026-12-22")
    await week.jump(NOW + timedelta(days=7))
    await bring(week, "likes", 210, date(2026, 11, 22), date(2026, 11, 28))
    await week.wake()
    assert week.said() == []
    await week.jump(NOW + timedelta(days=14))
    await bring(week, "likes", 20, date(2026, 11, 28), date(2026, 12, 5))
    await week.wake()
    await week.wake()
    (behind,) = week.said()
    assert "Behind: 6,000 likes, Instagram acme, by 22 Dec." in behind.words
    assert "Needs" in words_of(behind)
    await week.jump(NOW + timedelta(days=18))
    await bring(week, "likes", 900, date(2026, 12, 5), date(2026, 12, 9))
    await week.wake()
    await week.wake()
    assert len(week.said()) == 2
    assert "Back on pace: 6,000 likes, Instagram acme" in week.said()[-1].words


async def test_a_missed_goal_says_where_it_fell_short(week: Week) -> None:
    """Each account with what it came to: the investigation of a miss begins there (row 91)."""
    await set_goal(week, "/kpi goal likes 90k 2026-11-23 to 2026-11-29")
    await week.jump(NOW + timedelta(days=12))
    for platform, likes in (("instagram", 1000), ("facebook", 300), ("x", 20)):
        await bring(week, "likes", likes, date(2026, 11, 22), date(2026, 12, 2), platform)
    for _ in range(2):
        await week.wake()
    (missed,) = told(week, "Missed:")
    said = words_of(missed)
    assert f"Came to {7 * 1320:,}." in said
    assert f"{90_000 - 7 * 1320:,} short, 90 %." in said
    (split,) = [it for it in said.splitlines() if "Facebook acme: 2,100" in it]
    assert "Instagram acme: 7,000" in split
    assert "X acme: 140" in split


async def test_news_of_a_goal_do_not_go_to_another_company(week: Week) -> None:
    """Its channel came to be shared: the owner alone is told, and how to tell it elsewhere."""
    await set_goal(week, "/kpi goal instagram acme likes 9k 2026-11-23 to 2026-11-29")
    week.slack.share(MARKETING, "Nordic Agency")
    await week.jump(NOW + timedelta(days=12))
    await bring(week, "likes", 1000, date(2026, 11, 22), date(2026, 12, 2))
    for _ in range(2):
        await week.wake()
    assert told(week, "Missed:") == []
    (missed,) = [it for it in week.to(week.mia) if "Missed:" in it.text]
    assert "another company reads along" in words_of(missed)
    assert "Came to 7,000." in words_of(missed)


async def test_a_missed_goal_says_what_it_came_to(week: Week) -> None:
    await set_goal(week, "/kpi goal instagram acme likes 9k 2026-11-23 to 2026-11-29")
    await week.jump(NOW + timedelta(days=12))
    await bring(week, "likes", 1000, date(2026, 11, 22), date(2026, 12, 2))
    await week.wake()
    missed = told(week, "Missed:")
    assert len(missed) == 1
    assert "Came to 7,000." in words_of(missed[0])
    assert "2,000 short, 22 %." in words_of(missed[0])


async def test_a_goal_a_month_begins_anew_and_keeps_its_past(week: Week) -> None:
    """November is missed or reached on its own row; December is a new one, made once."""
    await set_goal(week, "/kpi goal instagram acme likes 100k a month")
    await week.jump(datetime(2026, 12, 1, 8, tzinfo=NOW.tzinfo))
    await week.wake()
    await week.wake()
    held = sorted(await rows(week), key=lambda it: it.start)
    assert [(it.start, it.every) for it in held] == [
        (date(2026, 11, 1), ""),
        (date(2026, 12, 1), "month"),
    ]
    assert held[0].made == held[1].made


async def test_without_a_channel_its_owner_is_told(week: Week) -> None:
    """Set in the direct message, it is told there."""
    row = await set_goal(week, "/kpi goal instagram acme likes 9k 2026-11-23 to 2026-11-29", "dm")
    assert row.channel == ""
    await week.jump(NOW + timedelta(days=12))
    await bring(week, "likes", 2000, date(2026, 11, 22), date(2026, 12, 2))
    await week.wake()
    assert week.said() == []
    assert any("Reached: 9,000 likes" in it.words for it in week.to(week.mia))


async def test_what_was_true_when_it_was_set_is_never_announced(week: Week) -> None:
    """A file that comes later shows that it stood there before the goal was set."""
    await set_goal(week, "/kpi goal instagram acme likes 20k this month")
    await bring(week, "likes", 20000, date(2026, 11, 19), date(2026, 11, 20))
    await week.wake()
    assert week.said() == []
    assert (await rows(week))[0].state == "reached"


async def test_what_is_behind_when_it_is_set_is_no_news(week: Week) -> None:
    """Whoever sets it sees so; told is what turns."""
    await set_goal(week, "/kpi goal instagram acme likes 90k this quarter")
    await week.wake()
    assert week.said() == []
    assert (await rows(week))[0].pace == "behind"


REFUSED = {
    "instagram followers 100 by june": "It is there already",
    "likes 5k by christmas": "Write the date",
    "site visits 5k a month from facebook": "There is no web traffic of the last 30 days",
    "nordkaffe followers 100k by june": "is not yours",
    "reach up 20% next quarter": "known in bounds alone",
    "wibble": "I don't know “wibble”",
    "csat above 90 % next quarter": "/support setup",
    "double first response time by june": "less is better",
    "halve first response time by june": "/support setup",
}


@pytest.mark.parametrize("words", REFUSED)
async def test_what_makes_no_goal_is_refused_to_the_asker_alone(week: Week, words: str) -> None:
    """One line, and no form."""
    answer = await week.ask(week.mia, f"/kpi goal {words}")
    assert REFUSED[words] in answer.words
    assert await rows(week) == []


async def test_what_is_missing_stands_below_days_as_people_write_them(week: Week) -> None:
    answer = await week.ask(week.mia, "/kpi goal instagram acme likes in december 2026")
    assert "*Time-bound* 1–31 Dec" in answer.words
    assert "*Measurable* How much?" in answer.words


async def test_a_goal_without_a_date_says_what_is_missing_and_offers_the_form(week: Week) -> None:
    """What was said is filled in there."""
    answer = await week.ask(week.mia, "/kpi goal instagram acme likes 50k")
    assert "By when? A goal needs a day" in answer.words
    assert "*Specific* Likes, Instagram acme" in answer.words
    await week.mia.press(answer, "goal_fill")
    view = await week.mia.await_view("By when")
    assert view.element("kpi")["initial_option"]["value"] == "likes"
    assert view.element("amount")["initial_value"] == "at least 50,000"
    await week.mia.submit(view, {"end": "last month"})
    assert "is past" in str(view.errors)
    await week.mia.submit(view, {"end": "by 2027-01-31", "amount": "likes"})
    assert "Name a number" in str(view.errors)
    random = {"end": "by 2027-01-31", "amount": "50k", "channel": "C0RANDOM000"}
    await week.mia.submit(view, random)
    assert "I'm not in #random" in str(view.errors)
    whole = random | {"aim": "awareness", "channel": week.mia.channel(MARKETING).id}
    await week.mia.submit(view, whole)
    await week.quiet()
    shown = await week.mia.await_view("Time-bound")
    assert "Achievable" in shown.words
    await week.mia.submit(shown)
    await week.quiet()
    (row,) = await rows(week)
    assert (row.target, row.end, row.aim) == (50000.0, date(2027, 2, 1), "awareness")


async def test_the_list_shows_every_goal_and_opens_it(week: Week) -> None:
    """A bar in words, the pace, whose it is; the page has the chart."""
    empty = await week.ask(week.mia, "/kpi goal")
    assert "No goals yet" in empty.words
    row = await set_goal(week, "/kpi goal instagram acme likes 8k this month")
    await set_goal(week, "/kpi goal instagram acme followers 45k by 31 dec")
    shown = await week.ask(week.omar, "/kpi goals")
    assert "2 goals" in shown.words
    assert "▰▰▰▰▰▰▱▱▱▱ 62 %" in shown.words
    assert "mia · Told in #marketing" in shown.words
    await week.omar.press(shown, f"goal_open:{row.id}")
    await week.quiet()
    page = await week.omar.await_view("8,000 likes")
    assert any(it["type"] == "image" for it in page.blocks)
    pictures = [it["slack_file"]["id"] for it in page.blocks if it["type"] == "image"]
    (kept,) = week.omar.bot_said()
    assert [it.id for it in week.omar.files(kept)] == pictures, "a form shows what one can open"
    assert "goal_edit" not in str(page.blocks), "it is Mia's"
    assert "goal_drop" not in str(page.blocks)


def give_goal(connection: Connection, number: int, user: str) -> None:
    found = update(goals.GOAL).where(goals.GOAL.c.id == number)
    connection.execute(found.values(owner=user, by=user))


async def test_only_its_people_change_a_goal(week: Week) -> None:
    """Omar, whose it was when he looked, drops nothing; Mia drops it and takes it back."""
    row = await set_goal(week, "/kpi goal instagram acme likes 9k this month")
    number = str(row.id)
    await week.context.write(give_goal, row.id, week.omar.id)
    await week.omar.command(f"/kpi goal {number}", MARKETING)
    await week.quiet()
    page = await week.omar.await_view("9,000 likes")
    await week.context.write(give_goal, row.id, week.mia.id)
    await week.omar.press(page, f"goal_drop:{number}")
    await week.quiet()
    assert (await rows(week))[0].state == "open"
    await week.mia.command(f"/kpi goal {number}", MARKETING)
    await week.quiet()
    page = await week.mia.await_view("9,000 likes")
    await week.mia.press(page, f"goal_drop:{number}")
    await week.quiet()
    assert (await rows(week))[0].state == "dropped"
    gone = await week.mia.await_view("Dropped:")
    await week.mia.press(gone, f"goal_undo:{number}")
    await week.quiet()
    assert (await rows(week))[0].state == "open"


async def fill_in_again(week: Week, row: GoalRow, who: Person, **values: str) -> View:
    """Open a goal's form as it was set, send other values, and return what asks to save it."""
    await who.command(f"/kpi goal {row.id}", MARKETING)
    await week.quiet()
    page = await who.await_view("9,000 likes")
    await who.press(page, f"goal_edit:{row.id}")
    await week.quiet()
    form = await who.await_view("How much")
    assert form.element("amount")["initial_value"] == "at least 9,000"
    await who.submit(form, values)
    await week.quiet()
    return await who.await_view("Change this goal?")


async def test_a_goal_can_be_changed(week: Week) -> None:
    """Its form is filled in; saved, the same goal has another number."""
    row = await set_goal(week, "/kpi goal instagram acme likes 9k this month")
    shown = await fill_in_again(week, row, week.mia, amount="9,500")
    await week.mia.submit(shown)
    await week.quiet()
    (changed,) = await rows(week)
    assert (changed.id, changed.target, changed.start) == (row.id, 9500.0, row.start)


async def test_of_two_who_change_a_goal_the_second_is_told(week: Week) -> None:
    """Who was first, and when; what they saved stays, and the history tells it in a line."""
    week.slack.space.members[week.omar.id].is_admin = True
    row = await set_goal(week, "/kpi goal instagram acme likes 9k this month")
    shown = await fill_in_again(week, row, week.mia, amount="9,500")
    await week.omar.submit(await fill_in_again(week, row, week.omar, why="Black Week"))
    await week.quiet()
    await week.mia.submit(shown)
    await week.quiet()
    said = week.mia.bot_said("dm")[-1].words
    assert re.match(r"omar changed this goal at \d\d:\d\d, after you looked at it", said)
    assert [(it.target, it.why) for it in await rows(week)] == [(9000.0, "Black Week")]
    told = (await week.ask(week.mia, "/kpi settings history")).words
    name = "9,000 likes, Instagram acme, in November 2026"
    assert f"omar · #marketing · Goal {row.id}, {name}: – → why: Black Week" in told


async def test_nobody_is_blamed_for_what_they_did_before_it_was_looked_at(week: Week) -> None:
    """What changed meanwhile stands in no history: the newest line there is of another change."""
    row = await set_goal(week, "/kpi goal instagram acme likes 9k this month")
    await week.jump(NOW + timedelta(hours=3))
    shown = await fill_in_again(week, row, week.mia, amount="9,500")
    workspace = week.context.home.workspace
    await week.context.write(goals.change, workspace, row.id, {"why": "Black Week"})
    await week.mia.submit(shown)
    await week.quiet()
    said = week.mia.bot_said("dm")[-1].words
    assert said.startswith("Somebody changed this goal after you looked at it, so nothing")
    assert [it.why for it in await rows(week)] == ["Black Week"]


async def test_a_private_goal_is_its_owners_alone(week: Week) -> None:
    row = await set_goal(week, "/kpi goal private instagram acme likes 9k this month")
    assert row.channel == ""
    assert "No goals yet" in (await week.ask(week.omar, "/kpi goal")).words
    await week.omar.command(f"/kpi goal {row.id}", MARKETING)
    await week.quiet()
    assert "There is no goal" in (await week.omar.await_view("There is no goal")).words
    assert "9,000 likes" in (await week.ask(week.mia, "/kpi goal")).words
    assert "No setting" in (await week.ask(week.omar, "/kpi settings history")).words
    mine = (await week.ask(week.mia, "/kpi settings history")).words
    assert f"mia · for you alone · Goal {row.id}: – → 9,000 likes" in mine


async def test_guests_neither_see_nor_set_goals(week: Week) -> None:
    gus = week.slack.person("gus")
    answer = await week.ask(gus, "/kpi goal", "dm")
    assert "Guests can't see or set goals" in answer.words


async def test_said_in_plain_words_a_message_asks(week: Week) -> None:
    """A mention opens no form: the same parts, with buttons that set and change."""
    before = week.slack.space.clock.mint_ts()
    await week.mia.mention(MARKETING, "goal instagram acme likes 9k this month")
    await week.quiet()
    asked = [it for it in week.mia.bot_said(MARKETING) if it.is_private and it.ts > before][-1]
    assert "Time-bound" in asked.words
    await week.mia.press(asked, "goal_set")
    await week.quiet()
    assert [it.target for it in await rows(week)] == [9000.0]


async def test_the_same_goal_is_not_set_twice(week: Week) -> None:
    await set_goal(week, "/kpi goal instagram acme likes 9k this month")
    await set_goal(week, "/kpi goal instagram acme likes 9k this month")
    assert len(await rows(week)) == 1


async def test_on_postgresql_it_is_told_once_too(tmp_path: Path) -> None:
    """Two processes look at the same goal; one of them announces it."""
    with fresh("postgresql", tmp_path) as database:
        store_days(database)
        url = database.url.render_as_string(hide_password=False)
        async with open_week(tmp_path, url=url) as week:
            await set_goal(week, "/kpi goal instagram acme likes 3k by 31 dec")
            await week.jump(NOW + timedelta(days=9))
            await bring(week, "likes", 1000, date(2026, 11, 22), date(2026, 11, 30))
            planning.LOOKED.clear()
            await gather(planning.plan(week.context), planning.plan(week.context))
            await week.wake()
            assert len(told(week, "Reached: 3,000 likes")) == 1


def store_days(database: Database) -> None:
    fill(database, days=draw_days("likes", lambda _: 10))


SERVED = """
    channel     | opened           | answered | solved | platform
    ------------+------------------+----------+--------+---------
    C0SUPPORT00 | 2026-11-18 09:00 | +1 h     | +2 h   | x
    C0SUPPORT00 | 2026-11-19 09:00 | +1 h     | +2 h   | x
    C0BOARD0000 | 2026-11-18 10:00 | +5 h     | +7 h   | x
    C0BOARD0000 | 2026-11-19 10:00 | +5 h     | +7 h   | x
    C0BOARD0000 | 2026-11-20 10:00 | +5 h     | +7 h   | x
"""


async def test_a_goal_told_in_public_counts_nothing_of_private_channels(week: Week) -> None:
    """Five issues were solved; the three of #board are nobody's business in #marketing."""
    # Rows without a ledger would not outlive what a start reads back.
    await week.context.tasks.settle()
    track(week.context.database, {"C0SUPPORT00": "support", "C0BOARD0000": "board"})
    draw_issues(week.context.database, SERVED)
    row = await set_goal(week, "/kpi goal 4 issues resolved this month")
    assert row.channel == week.mia.channel(MARKETING).id
    standing = await planning.judge_one(week.context, row)
    assert standing.actual == 2
    shown = await week.ask(week.omar, "/kpi goal")
    assert "4 issues resolved" in shown.words
    assert standing.state == "open"


@pytest.mark.parametrize(
    ("paces", "said"),
    [
        (["ahead"], "1 goal: ahead."),
        (["", ""], "2 goals, all open."),
        (["behind", "ahead", "behind"], "3 goals: 1 ahead, 2 behind."),
        ([], "No open goals."),
    ],
)
def test_the_list_is_headed_by_how_many_stand_how(paces: list[str], said: str) -> None:
    assert headline([Standing(make_goal(), "n", "open", it, ()) for it in paces]) == said
