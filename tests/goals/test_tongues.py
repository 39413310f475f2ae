"""Every surface of goals in a made-up language: nothing that a person reads is left English."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.playground import Message, View
from commands.goals.wording import EXAMPLE
from storage.support_notes import choose
from tests.digests.test_tongues import texts_of
from tests.digests.weeks import Week
from tests.goals.test_journeys import MARKETING, bring, rows
from tests.languages.made_up import LANGUAGE, LOCALE, english_in, speak_made_up
from tests.slack.conftest import NOW

DATA = "Acme acme mia omar gus marketing care support Instagram Facebook LinkedIn YouTube TikTok"
DATA += " Stockholm mia' omar'"
SAID = (
    "instagram acme likes up 20 % next quarter because we launch",
    "instagram acme followers 50k by 31 dec",
    "engagement rate at least 2 % a month",
)
REFUSED = (
    "likes down 20 % next month",
    "likes 5k by christmas",
    "likes 5k by yesterday",
    "likes 5k 6k next month",
    "ave 5k next month",
    "hashtags 5 next month",
    "likes 5k daily",
    "ctr 30 min next month",
    "saves instagram 0 next month",
)
TYPED = ("like", "likes 5k", "likes", "new")


@pytest.fixture
async def spoken(week: Week, monkeypatch: pytest.MonkeyPatch) -> Week:
    """A week whose people and channels speak the made-up language."""
    speak_made_up(monkeypatch)
    for name in ("mia", "omar", "gus"):
        week.slack.person(name).member.locale = LOCALE
    await week.context.write(choose, week.workspace, "language", LANGUAGE, "", week.context.clock())
    return week


def left_in(shown: Message | View) -> list[str]:
    why = f"{DATA} we launch {EXAMPLE}"
    if isinstance(shown, View):
        return english_in([*texts_of(shown.body), *shown.errors.values()], why)
    return english_in([shown.text, *texts_of(shown.blocks)], why)


async def form_of(week: Week) -> View:
    await week.quiet()
    view = week.mia.open_view()
    assert view is not None
    return view


async def test_a_goal_is_proposed_set_listed_looked_at_and_dropped(spoken: Week) -> None:
    """The five parts with what history says, the page, the list, the form, and undo."""
    week, mia = spoken, spoken.mia
    for words in SAID:
        await mia.command(f"/kpi goal {words}", MARKETING)
        view = await form_of(week)
        assert left_in(view) == [], words
        await mia.submit(view)
        await week.quiet()
        assert left_in(mia.bot_said(MARKETING)[-1]) == [], words
    page = await week.ask(mia, "/kpi goal")
    assert left_in(page) == []
    await mia.press(page, "goal_new")
    empty = await form_of(week)
    assert left_in(empty) == []
    await mia.submit(empty, {"kpi": "likes", "amount": "much", "end": "soon"})
    assert len(empty.errors) == 2
    assert left_in(empty) == []
    await mia.close(empty, everything=True)
    for row in await rows(week):
        await mia.press(page, f"goal_open:{row.id}", str(row.id))
        view = await form_of(week)
        assert left_in(view) == [], row.text
        await mia.press(view, f"goal_edit:{row.id}")
        assert left_in(await form_of(week)) == [], row.text
        await mia.close(await form_of(week), everything=True)
    await mia.press(page, f"goal_open:{row.id}", str(row.id))
    await mia.press(await form_of(week), f"goal_drop:{row.id}")
    assert left_in(await form_of(week)) == []
    assert [left_in(it) for it in mia.bot_said("dm") if left_in(it)] == []


async def test_what_is_no_goal(spoken: Week) -> None:
    """What is missing is asked for, and what does not hold is refused."""
    for words in (*REFUSED, *TYPED):
        await spoken.mia.command(f"/kpi goal {words}", MARKETING)
        await spoken.quiet()
        view = spoken.mia.open_view()
        if view is not None:
            assert left_in(view) == [], words
            await spoken.mia.close(view, everything=True)
        else:
            assert left_in(spoken.mia.bot_said(MARKETING)[-1]) == [], words


async def test_what_is_announced(spoken: Week) -> None:
    """Reached and missed, in the channel, with the chart's words."""
    week = spoken
    for words in ("instagram acme likes 100k by 31 dec", "facebook acme likes 90k by 29 nov"):
        await week.mia.command(f"/kpi goal {words}", MARKETING)
        await week.mia.submit(await form_of(week))
        await week.quiet()
    await week.jump(NOW + timedelta(days=12))
    for platform, likes in (("instagram", 20000), ("facebook", 300)):
        await bring(week, "likes", likes, date(2026, 11, 22), date(2026, 12, 3), platform)
    await week.wake()
    assert len(week.said()) == 2
    assert [left_in(it) for it in week.said() if left_in(it)] == []
