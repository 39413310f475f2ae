"""The first steps in a message: ``/kpi start``, and instead of “no data” (First run)."""

from __future__ import annotations

from storage.accounts import add_account
from tests.home.conftest import Newcomer, labels, rows_are_short
from tests.slack.conftest import Enter
from tests.support_surfaces.conftest import Desk

BUTTONS = ["Add", "How", "Choose channel", "Set up a channel", "See an example", "Help"]


async def test_without_data_a_question_is_answered_by_the_first_steps(enter: Enter) -> None:
    """Whatever is asked, privately, with the buttons of Home; what is no question stays."""
    async with enter(empty=True) as town:
        for words in ("", "reach instagram last-30d", "overview", "start", "followers vs acme"):
            before = town.slack.space.clock.mint_ts()
            await town.omar.command(f"/kpi {words}".strip(), "#marketing")
            await town.quiet()
            said = [it for it in town.omar.bot_said("#marketing") if it.ts > before]
            if words == "followers vs acme":  # no such brand: what would work is said
                assert "acme" in said[-1].words
                assert labels(said[-1])[:1] != ["Add"]
                continue
            assert len(said) == 1
            assert said[0].is_private
            assert said[0].words.strip().startswith("*No data yet. Three steps:*")
            assert labels(said[0]) == BUTTONS
            assert said[0].text.startswith("No data yet. Three steps: add an account")
        for words, answered in (
            ("help", "Ask for a number"),
            ("list", "engagement-rate"),
            ("guide reach", "Why it matters"),
        ):
            said_now = await town.omar.ask(f"/kpi {words}", "#marketing", answered)
            assert said_now.is_private
        await town.mia.mention("#marketing", "reach last week")
        await town.quiet()
        assert "Three steps" in town.mia.bot_said("#marketing")[-1].words
        workspace = town.running.context.home.workspace
        with town.running.context.database.write() as connection:
            add_account(connection, workspace, "instagram", "acme", "Acme")
        said_now = await town.mia.ask("/kpi reach", "dm", "Three steps")
        assert "1 Accounts: 1 ✓" in said_now.words, "an account alone answers nothing"


async def test_with_data_start_tells_what_home_does_in_short(enter: Enter) -> None:
    """At most fifteen blocks, to the asker alone."""
    async with enter() as town:
        said = await town.omar.ask("/kpi start", "#marketing", "Digests")
        assert said.is_private
        assert said.text == "18 accounts."
        assert "acme · data to 21 Nov" in said.words
        assert len(said.blocks) <= 15
        assert rows_are_short(said)
        await Newcomer(town, town.omar).press(said, "Ask")
        assert await town.omar.await_view("Period")


async def test_issues_are_answered_without_any_export(desk: Desk) -> None:
    """Their numbers come from the channel: nobody has to drop a file for them."""
    said = await desk.ask(desk.mia, "/kpi open issues private")
    assert "Three steps" not in said.words


async def test_a_channel_is_chosen_then_set_up_in_the_same_form(enter: Enter) -> None:
    """One that Kepi is not in, or that is none, is said at the field with what helps."""
    async with enter(empty=True) as town:
        omar = Newcomer(town, town.omar)
        await omar.press(await omar.open_home(), "Set up a channel")
        form = await omar.form("Channel where customers write")
        random = town.mia.channel("#random").id
        assert await omar.fill_in(form, Channel=random) is form
        assert "/invite @Kepi" in form.errors["channel"]
        opened = await omar.fill_in(form, Channel=town.mia.channel("#support").id)
        assert opened is not None
        view = await omar.form("Who are the customers?")
        assert "#support" in view.words
        await town.omar.close(view, everything=True)
        gus = Newcomer(town, town.person("gus"))
        said = await town.omar.ask("/kpi start", "#marketing", "Three steps")
        assert "Set up a channel" in labels(said)
        assert await gus.open_home()
