"""``/support new``: an issue with a message of Kepi's as its root (support-spec O5)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from commands.support.moments import micros_of
from tests.support_surfaces.conftest import SUPPORT, Desk


async def test_an_issue_is_opened_at_a_message_of_its_own(both_desks: Desk) -> None:
    """Kepi posts the title; the thread below it is the issue, the answer there counts."""
    desk = both_desks
    said = await desk.ask(
        desk.omar, '/support new Lost parcel customer="Lena K" source=phone priority=high'
    )
    assert said.text.startswith("Issue 1 is open in #support: Lost parcel")
    root = next(it for it in desk.mia.bot_said(SUPPORT) if not it.is_private)
    assert "Lost parcel" in root.words
    assert "Lena K, Telephone · reported by omar" in root.words
    await desk.mia.say(SUPPORT, "I called her back", thread_ts=root.ts)
    await desk.quiet()
    timeline = desk.town.running.context.tracker.timeline(1)
    assert timeline.customer == "phone:lena k"
    assert timeline.priority == "high"
    assert timeline.responded_by == desk.mia.id
    assert timeline.key.root == root.ts


async def test_it_may_have_begun_earlier(desk: Desk) -> None:
    """``at=`` with its offset is when the clock started."""
    await desk.ask(desk.omar, "/support new Called twice at=2026-11-20T14:00+01:00")
    opened = desk.town.running.context.tracker.timeline(1).opened
    assert opened == micros_of(datetime(2026, 11, 20, 13, tzinfo=UTC))


REFUSED = {
    "new x at=2026-11-20T14:00": "Say in which zone",
    "new x at=2026-12-20T14:00Z": "has not come yet",
    "new x source=pigeon": "I don’t know the source “pigeon”",
    "new x priority=soon": "I don’t know the priority “soon”",
    "new x sorce=phone": "Did you mean source=?",
    "new " + "x" * 301: "at most 300 characters",
}


@pytest.mark.parametrize(("words", "line"), REFUSED.items(), ids=[it[:20] for it in REFUSED])
async def test_what_is_wrong_is_said_before_anything_is_posted(
    desk: Desk, words: str, line: str
) -> None:
    """Nothing stands in the channel afterwards."""
    assert line in (await desk.ask(desk.omar, f"/support {words}")).words
    assert not [it for it in desk.mia.bot_said(SUPPORT) if not it.is_private]


async def test_without_a_title_the_form_opens(desk: Desk) -> None:
    """Filled in, it does the same; a time that cannot be read is said at its field."""
    await desk.omar.command("/support new", SUPPORT)
    view = await desk.omar.await_view("What is it about?")
    await desk.omar.submit(view, {"title": "Broken cup", "at": "yesterday"})
    assert "I can’t read “yesterday”" in view.errors["at"]
    await desk.omar.submit(
        view, {"title": "Broken cup", "customer": "tom", "source": "shop", "at": ""}
    )
    await desk.quiet()
    assert desk.town.running.context.tracker.timeline(1).customer == "shop:tom"
    said = [it for it in desk.omar.bot_said(SUPPORT) if it.is_private][-1]
    assert "Issue 1 is open in #support: Broken cup" in said.words


async def test_a_plain_time_in_the_form_is_the_persons_own(desk: Desk) -> None:
    """08:30 in Stockholm is 07:30 UTC, as the form says; an offset that is typed holds."""
    omar = desk.town.slack.space.members[desk.omar.id]
    omar.tz = "Europe/Stockholm"
    desk.town.running.context.people._kept.forget(omar.id)
    for number, (typed, hour) in enumerate(
        (("2026-11-20 08:30", 7), ("2026-11-20T08:30+02:00", 6)), 1
    ):
        await desk.omar.command("/support new", SUPPORT)
        view = await desk.omar.await_view("What is it about?")
        assert "Times are yours: Europe/Stockholm." in view.words
        await desk.omar.submit(view, {"title": f"Broken cup {number}", "at": typed})
        await desk.quiet()
        opened = desk.town.running.context.tracker.timeline(number).opened
        assert opened == micros_of(datetime(2026, 11, 20, hour, 30, tzinfo=UTC))


async def test_nothing_is_posted_where_another_company_reads(desk: Desk) -> None:
    """In a shared channel the line says what to do instead."""
    said = await desk.ask(desk.mia, "/support new Secret plan", "#partner-acme")
    if "shared with another company" not in said.words:
        # The only channel that is set up was taken, which is our own.
        assert "in #support" in said.words
    assert not [it for it in desk.mia.bot_said("#partner-acme") if not it.is_private]


async def test_names_never_ping(desk: Desk) -> None:
    """What a person types is shown, not obeyed."""
    await desk.ask(desk.omar, "/support new Ask <!channel> & <@U0MIA000000|mia> *now*")
    root = next(it for it in desk.mia.bot_said(SUPPORT) if not it.is_private)
    assert "<!channel>" not in str(root.blocks)
    assert "<@U0MIA" not in str(root.blocks)
