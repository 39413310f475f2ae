"""Who may do what: those who answer and admins act, customers speak, guests are refused."""

from __future__ import annotations

import logging

import pytest

from bot.playground.world import Member
from commands.support.draft import Draft
from commands.support.saving import Place, save_setup
from support.rules import Mode, Rules
from support.timeline import State
from tests.support_surfaces.conftest import SUPPORT, Desk, set_up

ACTING = ("claim 1", "resolve 1", "dismiss 1 spam", "snooze 1 2h", "priority 1 high", "wait 1")


def hire(desk: Desk, name: str) -> None:
    """Let a colleague who does not answer be in the support channel."""
    user = f"U0{name.upper():0<9}"
    space = desk.town.slack.space
    team = space.seed.team.id
    space.members[user] = Member(user, name, name.capitalize(), team, "Europe/Stockholm")
    desk.mia.channel(SUPPORT).members.append(user)


@pytest.mark.parametrize("words", ["", "1", "help", "explain 1", "resolve 1", "setup", "new x"])
async def test_guests_are_refused_everything(desk: Desk, words: str) -> None:
    """Even the list: it names customers. One private line."""
    await desk.issue()
    said = await desk.ask(desk.gus, f"/support {words}")
    assert "Guests and people of other companies can’t do this" in said.words
    assert "8841" not in said.words
    assert desk.town.running.context.tracker.timeline(1).state is State.OPEN


async def test_a_bystander_looks_and_does_not_touch(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """A colleague who does not answer here sees the issue without buttons; acts are refused."""
    rules = Rules(mode=Mode.AUTO, others_are="bystander", responders=(desk.omar.id,))
    await set_up(desk.town, rules)
    hire(desk, "nia")
    nia = desk.town.person("nia")
    await desk.issue()
    shown = await desk.ask(nia, "/support 1")
    assert "order 8841" in shown.words
    assert "Solved" not in shown.words
    with caplog.at_level(logging.WARNING):
        for words in (*ACTING, "replied 1", "csat 1 4", "assign 1 me"):
            said = await desk.ask(nia, f"/support {words}")
            assert "Only people who answer in #support" in said.words, words
    assert desk.town.running.context.tracker.timeline(1).state is State.OPEN
    assert any(it.message == "refused" for it in caplog.records)


async def test_a_button_asks_for_rights_again(desk: Desk) -> None:
    """What was shown while somebody answered does not work for them afterwards."""
    rules = Rules(mode=Mode.AUTO, others_are="bystander", responders=(desk.mia.id, desk.omar.id))
    await set_up(desk.town, rules)
    await desk.issue()
    shown = await desk.ask(desk.omar, "/support 1")
    await set_up(
        desk.town, Rules(mode=Mode.AUTO, others_are="bystander", responders=(desk.mia.id,))
    )
    await desk.omar.press(shown, "support_act:resolve")
    await desk.quiet()
    told = [it for it in desk.omar.bot_said(SUPPORT) if it.is_private][-1]
    assert "Only people who answer" in told.words
    assert desk.town.running.context.tracker.timeline(1).state is State.OPEN


async def test_an_admin_acts_without_answering(desk: Desk) -> None:
    """Mia is a Slack admin."""
    rules = Rules(mode=Mode.AUTO, others_are="bystander", responders=(desk.omar.id,))
    await set_up(desk.town, rules)
    await desk.issue()
    assert "is solved" in (await desk.ask(desk.mia, "/support resolve 1")).words
    assert (
        "A solved issue can be dismissed by an admin"
        in (await desk.ask(desk.omar, "/support dismiss 1 spam")).words
    )
    assert "is dismissed" in (await desk.ask(desk.mia, "/support dismiss 1 spam")).words


async def test_a_colleague_who_is_the_customer_may_say_that_it_is_solved(desk: Desk) -> None:
    """Their own issue alone, and no other verb; where the channel allows it."""
    hire(desk, "nia")
    hire(desk, "tom")
    nia, tom = desk.town.person("nia"), desk.town.person("tom")
    await nia.say(SUPPORT, "my badge does not open the door")
    await desk.quiet()
    assert "Only people who answer" in (await desk.ask(tom, "/support resolve 1")).words
    assert "Only people who answer" in (await desk.ask(nia, "/support dismiss 1 spam")).words
    assert "is solved" in (await desk.ask(nia, "/support resolve 1")).words
    assert "is open again" in (await desk.ask(nia, "/support reopen 1")).words
    rules = Rules(mode=Mode.AUTO, responders=(desk.omar.id,), customer_may_resolve=False)
    await set_up(desk.town, rules)
    assert "Only people who answer" in (await desk.ask(nia, "/support resolve 1")).words


ADMINS = ("people on", "holidays SE 2027")


@pytest.mark.parametrize("words", ADMINS)
async def test_what_concerns_everybody_is_for_admins(desk: Desk, words: str) -> None:
    """Figures by person, closed dates."""
    said = await desk.ask(desk.omar, f"/support {words}")
    assert "Only an admin can do this" in said.words


async def test_figures_by_person_are_off_until_an_admin_turns_them_on(desk: Desk) -> None:
    """And everybody is told how it is."""
    from storage import support_notes

    context = desk.town.running.context

    async def chosen() -> object:
        return await context.read(
            support_notes.chosen, context.home.workspace, "figures-by-person", False
        )

    assert await chosen() is False
    assert "are off" in (await desk.ask(desk.omar, "/support people")).words
    assert "Write on or off" in (await desk.ask(desk.mia, "/support people maybe")).words
    assert "are on now" in (await desk.ask(desk.mia, "/support people on")).words
    assert await chosen() is True
    assert "are off now" in (await desk.ask(desk.mia, "/support people off")).words
    assert await chosen() is False


async def test_ratings_are_off_until_an_admin_turns_them_on(desk: Desk) -> None:
    """And everybody is told how it is."""
    assert "are off" in (await desk.ask(desk.omar, "/support ratings")).words
    refused = await desk.ask(desk.omar, "/support ratings on")
    assert "Only an admin" in refused.words
    assert "are on now" in (await desk.ask(desk.mia, "/support ratings on")).words
    assert "Customer ratings: on" in (await desk.ask(desk.omar, "/support status")).words
    assert "are off now" in (await desk.ask(desk.mia, "/support ratings off")).words


async def test_a_private_channels_name_stays_with_its_members(desk: Desk) -> None:
    """Neither *Copy from another channel* nor the list of promises tells it to others."""
    board, context = desk.mia.channel("#board"), desk.town.running.context
    board.members.append(desk.town.slack.space.seed.bot_user)
    board.members.remove(desk.omar.id)
    draft = Draft(board.id, Rules(mode=Mode.AUTO, responders=(desk.mia.id,)))
    place, workspace = Place(board.id, board.name, False), context.home.workspace
    await context.write(save_setup, workspace, draft, place, desk.mia.id, context.clock())
    assert "board" in (await desk.ask(desk.mia, "/support targets")).words
    assert "board" not in (await desk.ask(desk.omar, "/support targets")).words
    await desk.omar.command("/support setup", SUPPORT)
    view = await desk.omar.await_view("Who are the customers?")
    assert "board" not in view.words
