"""Monday, over real sockets: the digest comes once, with the numbers that ``/kpi`` gives."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from storage import published
from tests import databases
from tests.digests.offered import of_period
from tests.digests.weeks import Week, has_picture, open_week, words_of
from tests.drawn import fill

EIGHT = datetime(2026, 11, 23, 7, 1, tzinfo=UTC)
"""One minute past eight in Stockholm, on the Monday after week 47."""
NINE = EIGHT + timedelta(hours=1)


async def set_up(week: Week, **chosen: str) -> str:
    """Set a digest up by form and return what was answered."""
    await week.mia.command("/kpi digest setup", "#marketing")
    await week.quiet()
    view = await week.mia.await_view("Set up a digest")
    await week.mia.submit(view, {"zone": "Europe/Stockholm"} | chosen)
    await week.quiet()
    return week.mia.bot_said("#marketing")[-1].text


@pytest.mark.parametrize(
    ("chosen", "told"), [({}, "vecka 46"), ({"language": "en"}, "week 46")], ids=["channel", "own"]
)
async def test_it_speaks_the_language_that_its_channel_has_when_it_goes_out(
    week: Week, chosen: dict[str, str], told: str
) -> None:
    """Chosen after it was set up; one that was given a language of its own keeps that."""
    await set_up(week, **chosen)
    await week.ask(week.mia, "/kpi language svenska")
    await week.ask(week.mia, "/kpi digest send")
    await week.wake()
    (digest,) = week.said()
    assert told in digest.text


def cell_of(message: object, name: str) -> list[str]:
    """Return the cells beside a name in a message's table."""
    rows = next(it["rows"] for it in message.blocks if it["type"] == "table")  # type: ignore[attr-defined]
    return next([cell["text"] for cell in row][1:] for row in rows if row[0]["text"] == name)


async def test_set_up_by_form_it_comes_once_on_monday_at_nine(week: Week) -> None:
    """The form says when, the owner hears at eight, the channel reads it at nine, once."""
    said = await set_up(week)
    assert said == (
        "The first one comes on Monday 23 Nov at 09:00, Stockholm time. It goes to #marketing."
    )
    await week.jump(EIGHT)
    await week.wake()
    assert [it.text for it in week.to(week.mia)] == ["Goes to #marketing at 09:00."]
    assert week.said() == []
    await week.jump(NINE)
    await week.wake()
    (digest,) = week.said()
    assert digest.text.startswith("Acme · week 47 · 16–22 Nov: ")
    assert has_picture(digest)
    assert len(digest.blocks) <= 15
    assert "Late" not in words_of(digest)
    for it in range(3):  # started again, and again: nothing more comes
        await week.jump(NINE + timedelta(minutes=10 * (it + 1)))
        await week.wake()
    assert len(week.said()) == 1
    assert (await week.states()) == {"1:2026-W47": "sent"}
    (below,) = week.in_threads()
    assert below.text.startswith("Best posts: first ")
    said = words_of(below)
    assert said.index("*Best posts*") < said.index("*Other steps*")


async def test_its_numbers_are_those_that_kpi_gives(week: Week) -> None:
    """Value and change of a row are what anybody gets who asks for the same week."""
    await week.digest()
    await week.jump(NINE)
    await week.wake()
    (digest,) = week.said()
    for name, asks in (("Impressions", "impressions"), ("Engagement rate", "engagement rate")):
        value, change = cell_of(digest, name)
        answer = await week.ask(week.mia, f"/kpi {asks} last week private")
        said = words_of(answer)
        assert value in said, (name, said)
        assert change in said, (name, said)


async def test_what_was_told_is_kept_once_it_is_out(week: Week) -> None:
    """The numbers and the steps of the digest can be found again, for corrections and reviews."""
    digest = await week.digest()
    await week.jump(NINE)
    await week.wake()
    told = await week.context.read(
        published.told, week.workspace, digest, date(2026, 11, 1), date(2026, 11, 23)
    )
    offered = await week.context.read(of_period, week.workspace, digest, "2026-W47")
    assert {it.period for it in told} == {"2026-W47"}
    shown = {it.name: it.shown for it in told}
    (message,) = week.said()
    assert all(cell_of(message, name)[0] == value for name, value in shown.items())
    assert offered
    assert {it.state for it in offered} == {"offered"}


async def test_a_corrected_number_is_owned_up_to_in_the_old_thread_too(week: Week) -> None:
    """Later data move week 47: week 48's digest says so, and one line below week 47's does."""
    await week.digest(kpis=("followers",))
    await week.jump(NINE)
    await week.wake()
    (old,) = week.said()
    (told,) = await week.context.read(
        published.told, week.workspace, 1, date(2026, 11, 1), date(2026, 11, 23)
    )
    await week.jump(NINE + timedelta(days=2))
    days = "day | platform | account | followers\n---+---+---+---\n"
    days += "2026-11-22 | instagram | acme | 99_000\n".replace("_", "")
    fill(week.context.database, days=days, at=NINE + timedelta(days=2))
    await week.jump(NINE + timedelta(days=7))
    for _ in range(2):
        await week.wake()
    new = week.said()[-1]
    line = f"Corrected: week 47 {told.name.lower()} {told.shown} → "
    assert line in words_of(new)
    (below,) = [it for it in week.in_threads() if "Corrected" in it.text]
    assert below.thread_ts == old.ts
    assert below.text in words_of(new)


async def test_two_hours_late_it_says_so(week: Week) -> None:
    """Kepi was down over Monday morning: it comes at eleven, once, and is marked."""
    await week.digest()
    await week.jump(NINE + timedelta(hours=2))
    await week.wake()
    await week.wake()
    (digest,) = week.said()
    assert "Late: was due Monday 09:00." in digest.text
    assert "Late: was due Monday 09:00." in words_of(digest)
    assert week.to(week.mia) == [], "it is too late to be asked"


async def test_three_days_late_it_is_not_sent_and_that_is_said(week: Week) -> None:
    """Down until Thursday: the channel gets nothing, the owner one line, and the list says why."""
    await week.digest()
    await week.jump(NINE + timedelta(days=3))
    await week.wake()
    await week.jump(NINE + timedelta(days=3, minutes=5))
    await week.wake()
    assert week.said() == []
    assert (await week.states()) == {"1:2026-W47": "missed"}
    told = [it for it in week.to(week.mia) if "not sent" in it.text]
    assert len(told) == 1
    listed = await week.ask(week.mia, "/kpi digest")
    assert "week 47, not sent: I was not running" in words_of(listed)
    assert "Next: Monday 30 Nov at 09:00, Stockholm time" in words_of(listed)


async def test_after_weeks_the_owner_hears_once_how_many_were_missed(week: Week) -> None:
    """Down for four Mondays: one line counts them, and another failure does not repeat it."""
    await week.digest()
    for day in (17, 18):  # started again the next day: nothing is said twice
        await week.jump(datetime(2026, 12, day, 10, tzinfo=UTC))
        await week.wake()
        await week.jump(datetime(2026, 12, day, 10, 5, tzinfo=UTC))
        await week.wake()
    (told,) = [it for it in week.to(week.mia) if "not sent" in it.text]
    assert told.text.startswith("4 messages were not sent: I was not running")
    assert "due Mon 14 Dec 09:00, and 3 before it" in words_of(told)
    await week.digest(cadence="daily", since=datetime(2026, 12, 17, tzinfo=UTC))
    await week.jump(datetime(2026, 12, 21, 12, tzinfo=UTC))
    await week.wake()
    await week.jump(datetime(2026, 12, 21, 12, 5, tzinfo=UTC))
    await week.wake()
    (_, again) = [it for it in week.to(week.mia) if "not sent" in it.text]
    assert "Mon 14 Dec" not in words_of(again), "it was told already"
    listed = words_of(await week.ask(week.mia, "/kpi digest history #marketing weekly"))
    assert "week 50, not sent" in listed
    assert "and 3 before it" in listed


async def test_a_monthly_one_that_was_missed_weeks_ago_is_said_all_the_same(week: Week) -> None:
    """Down from November to 20 December: the owner and ``/kpi status`` name 1 December."""
    await week.digest(cadence="monthly")
    await week.jump(datetime(2026, 12, 20, 10, tzinfo=UTC))
    await week.wake()
    status = words_of(await week.ask(week.mia, "/kpi status"))
    assert "1 message not sent" in status
    await week.jump(datetime(2026, 12, 20, 10, 5, tzinfo=UTC))
    await week.wake()
    (told,) = [it for it in week.to(week.mia) if "not sent" in it.text]
    assert "due Tue 1 Dec 09:00" in words_of(told)


async def test_a_channel_that_was_archived_is_told_to_its_owner_once(week: Week) -> None:
    """Nothing can be posted there: the owner gets one line that says what would help."""
    await week.digest()
    week.slack.archive("#marketing")
    await week.jump(NINE)
    await week.wake()
    await week.jump(NINE + timedelta(minutes=2))
    await week.wake()
    await week.wake()
    assert (await week.states()) == {"1:2026-W47": "dead"}
    told = [it for it in week.to(week.mia) if "archived" in it.text]
    assert len(told) == 1


async def test_paused_nothing_comes_and_resumed_the_next_one_does(week: Week) -> None:
    """Pause and Resume by word; what was due meanwhile is not made up for."""
    await week.digest()
    paused = await week.ask(week.mia, "/kpi digest pause")
    assert paused.text == "Paused. Nothing goes to #marketing until somebody presses Resume."
    await week.jump(NINE)
    await week.wake()
    assert week.said() == []
    resumed = await week.ask(week.mia, "/kpi digest resume")
    assert resumed.text == (
        "It goes on. The next one comes on Monday 30 Nov at 09:00, Stockholm time."
    )
    await week.wake()
    assert week.said() == []
    await week.jump(NINE + timedelta(days=7))
    await week.wake()
    assert [it.text[:14] for it in week.said()] == ["Acme · week 48"]


async def test_without_any_data_it_says_what_is_missing(week: Week) -> None:
    """Three months later with no new export: no made-up number, and the missing days named."""
    await week.digest()
    later = NINE + timedelta(weeks=13)
    await week.jump(later)
    await week.wake()
    (digest,) = week.said()
    assert "Missing: " in words_of(digest)
    assert len(digest.blocks) <= 15


@pytest.mark.parametrize("kind", databases.KINDS)
async def test_a_workspace_without_accounts_gets_no_made_up_number(
    kind: str, tmp_path: Path
) -> None:
    """Set up before any data came: on either database it comes once and says what to do."""
    with databases.fresh(kind, tmp_path) as database:
        url = database.url.render_as_string(hide_password=False)
        async with open_week(tmp_path, empty=True, url=url) as week:
            await week.digest()
            await week.jump(NINE)
            await week.wake()
            await week.wake()
            (digest,) = week.said()
            assert not any(it["type"] == "table" for it in digest.blocks)
            assert "No " in digest.text
            assert await week.states() == {"1:2026-W47": "sent"}
