"""A/B tests and the action log over real sockets: begun, listed, looked at, ended, taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from storage import experiments, steps
from storage.experiments import ExperimentRow
from tests.digests.offered import of_period
from tests.digests.weeks import Week, open_week

NEW = '/kpi test new "Reels vs photos" engagement rate instagram: content type reel / photo'


@pytest.fixture
async def week(tmp_path: Path) -> AsyncIterator[Week]:
    """The bot with sample data, on Sunday 22 November 2026, 18:00 UTC."""
    async with open_week(tmp_path) as ready:
        yield ready


async def rows(week: Week) -> list[ExperimentRow]:
    return await week.context.read(experiments.of_workspace, week.workspace)


async def test_a_test_is_begun_by_words_listed_and_shown_with_its_chart(week: Week) -> None:
    """The form shows verdict, variants and chart; nothing names a winner too early."""
    assert "No tests yet" in (await week.ask(week.mia, "/kpi test")).words
    said = await week.ask(week.mia, f"{NEW} since 1 aug")
    assert said.is_private
    assert said.words.startswith("Begun: Reels vs photos.")
    (row,) = await rows(week)
    assert (row.measure, row.start, row.owner) == ("engagement-rate", date(2026, 8, 1), week.mia.id)
    listed = await week.ask(week.omar, "/kpi tests")
    assert "1 test running, 0 ended." in listed.words
    await week.mia.command("/kpi test 1", "#marketing")
    await week.quiet()
    view = await week.mia.await_view("Reels vs photos")
    assert "No winner yet: needs about" in view.words
    assert any(it["type"] == "image" for it in view.blocks)
    assert "Mann–Whitney" in view.words


async def test_only_its_owner_ends_a_test_and_an_end_can_be_undone(week: Week) -> None:
    await week.ask(week.mia, NEW)
    said = await week.ask(week.mia, NEW)
    assert "of that name is there already" in said.words
    await week.mia.command("/kpi test 1", "#marketing")
    await week.quiet()
    view = await week.mia.await_view("End")
    await week.omar.command("/kpi test 1", "#marketing")
    await week.quiet()
    theirs = await week.omar.await_view("No winner yet")
    with pytest.raises(LookupError):
        await week.omar.press(theirs, "test_end:1")
    await week.mia.press(view, "test_end:1")
    await week.quiet()
    (row,) = await rows(week)
    assert row.ended is not None
    assert row.end == date(2026, 11, 22)
    view = await week.mia.await_view("Ended: Reels vs photos.")
    await week.mia.press(view, "test_undo:1")
    await week.quiet()
    (row,) = await rows(week)
    assert (row.end, row.ended) == (None, None)


async def test_counts_are_typed_and_typed_again(week: Week) -> None:
    said = await week.ask(week.mia, '/kpi test "Button" ctr: red 240/4000 / blue 400/4000')
    assert "Begun: Button." in said.words
    assert "blue wins: 10.0 % against 6.00 %." in (await week.ask(week.mia, "/kpi test")).words
    said = await week.ask(week.mia, "/kpi test 1 counts red 240/4000")
    assert "two variants" in said.words
    said = await week.ask(week.mia, "/kpi test 1 counts red 240/4000 / green 250/4000")
    assert "Give every variant its counts" in said.words
    said = await week.ask(week.mia, "/kpi test 1 counts red 240/4000 / blue 250/4000")
    assert "Counted anew: Button." in said.words
    assert "No winner yet" in (await week.ask(week.mia, "/kpi test")).words


async def test_bad_words_hear_what_would_work_and_store_nothing(week: Week) -> None:
    said = await week.ask(week.mia, "/kpi test new reels against photos")
    assert "Say a measure, a colon and the variants" in said.words
    await week.mia.command("/kpi test 77", "#marketing")
    await week.quiet()
    await week.mia.await_view("There is no test 77. Your tests: /kpi test.")
    assert await rows(week) == []


async def test_what_was_taken_on_is_told_with_before_and_after(week: Week) -> None:
    """A step of 1 October: reels since then beside all posts of the eight weeks before."""
    assert "Nothing taken on yet" in (await week.ask(week.mia, "/kpi actions")).words
    digest = await week.digest()

    def take(connection: Connection) -> None:
        from storage.accounts import add_account

        account = add_account(connection, week.workspace, "instagram", "acme", "Acme", own=True)
        number = account if isinstance(account, int) else account.id
        offer = type("Offered", (), {
            "rule": "more-reels", "subject": "reel", "words": "Post more Reels.",
            "figures": {"what": "More Reels <!channel>", "account": number, "kind": "reel"},
            "asks": "reach",
        })()  # fmt: skip
        at = datetime.fromisoformat("2026-10-01T09:00:00+00:00")
        steps.offer(connection, week.workspace, digest, "2026-W40", [offer], at)
        (row,) = of_period(connection, week.workspace, digest, "2026-W40")
        assert steps.take(connection, week.workspace, row.id, week.mia.id, at, date(2026, 11, 20))

    await week.context.write(take)
    said = await week.ask(week.mia, "/kpi actions")
    assert "1 step taken." in said.words
    assert "Median reach" in said.words
    assert "<!channel>" not in said.words
