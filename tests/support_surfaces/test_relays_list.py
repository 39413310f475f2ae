"""``/support relays``: every rule about apps' posts can be seen, and taken back (§2.1)."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from bot.playground import Message, other_apps
from bot.playground.person import Person
from commands.asker import Asker
from commands.support.relay import save_rule
from commands.support.relay_form import Sample
from commands.support.relays_list import MOST, REMOVE
from storage import desks
from storage.errors import KepiError
from storage.setting_changes import history
from tests.support_surfaces.conftest import SUPPORT, Desk
from tests.support_surfaces.test_relay import as_relay_channel, post, teach

BOARD = "C0BOARD0000"
"""A private channel that Mia and Omar are in."""
EVERY = '{"app": "A0SOCIAL000", "also": ["B0SOCIAL000"], "direction": "ignore", "parts": {}}'


async def keep(desk: Desk, channel: str, rule: str = EVERY, *, by: str = "", days: int = 0) -> int:
    """Store a rule as teaching does; return its id."""
    context = desk.town.running.context
    return await context.write(
        desks.add_relay_rule,
        context.home.workspace,
        app="A0SOCIAL000",
        rule=rule,
        by=by or desk.mia.id,
        at=context.clock() - timedelta(days=days),
        channel=channel,
    )


async def held(desk: Desk) -> list[int]:
    context = desk.town.running.context
    return [it.id for it in await context.read(desks.relay_rules, context.home.workspace)]


def buttons(message: Message) -> list[str]:
    """Return what the *Remove* buttons remember, from the top down."""
    found = [block.get("accessory") for block in message.blocks]
    return [it["value"] for it in found if it and it["action_id"] == REMOVE]


def private(who: Person) -> list[str]:
    return [it.words for it in who.bot_said(SUPPORT) if it.is_private]


async def press(desk: Desk, who: Person, message: Message, number: int) -> str:
    """Press *Remove* of a rule and return what its presser sees that was not there before."""
    (value,) = (it for it in buttons(message) if it.startswith(f"{number}|"))
    before = private(who)
    await who.press(message, REMOVE, value)
    await desk.quiet()
    return "\n".join(it for it in private(who) if it not in before)


async def test_a_rule_is_shown_in_words_and_removed(both_desks: Desk) -> None:
    """App, channel, direction, parts and teacher; once removed the next post opens nothing."""
    desk = both_desks
    await as_relay_channel(desk)
    sample = post(desk, "lena_k", "order 8841 never came")
    await desk.quiet()
    await teach(desk, sample, platform="fixed:instagram")
    listed = await desk.ask(desk.omar, "/support relays")
    assert "1 rule says how posts of apps are read." in listed.words
    assert "Social tool · in #support" in listed.words
    assert "Its posts are customers’ messages" in listed.words
    assert "network (always Instagram), who wrote it, what they wrote" in listed.words
    assert "Taught by omar, 18:00" in listed.words
    (number,) = await held(desk)
    said = await press(desk, desk.omar, listed, number)
    assert "The rule is removed. No rule says how posts of apps are read." in said
    assert await held(desk) == []
    context = desk.town.running.context
    rows = await context.read(history, context.home.workspace, most=100)
    ended, taught = (it for it in rows if it.key.startswith("relays."))
    assert (taught.by, taught.before, ended.after) == (desk.omar.id, "", "")
    assert taught.after == ended.before
    assert "“instagram”" in taught.after
    post(desk, "tom", "where is my refund?")
    await desk.quiet()
    with pytest.raises(LookupError):
        desk.town.running.context.tracker.timeline(1)


async def test_nothing_taught_says_how_to_teach(desk: Desk) -> None:
    """One line, and no button."""
    listed = await desk.ask(desk.omar, "/support relay")
    assert "Choose Track posts like this in the menu" in listed.words
    assert buttons(listed) == []


async def test_rules_of_hidden_channels_stay_hidden(desk: Desk) -> None:
    """Who is not in a private channel does not read its rules; one channel can be named."""
    board, everywhere = await keep(desk, BOARD), await keep(desk, "")
    here = await keep(desk, desk.mia.channel(SUPPORT).id)
    members = desk.mia.channel("#board").members
    members.remove(desk.omar.id)
    members.append(desk.town.slack.space.seed.bot_user)
    seen = await desk.ask(desk.mia, "/support relays")
    assert buttons(seen) == [f"{here}|", f"{everywhere}|", f"{board}|"]
    assert "in #board" in seen.words
    seen = await desk.ask(desk.omar, "/support relays")
    assert "2 rules say" in seen.words
    assert "board" not in seen.words
    assert "in every channel that is set up" in seen.words
    assert buttons(seen) == [f"{here}|"], "the rule for every channel is an admin’s to remove"
    named = await desk.ask(desk.mia, "/support relays #board")
    assert [it.partition("|")[0] for it in buttons(named)] == [str(everywhere), str(board)]
    assert "are not counted" in named.words


async def test_a_button_asks_for_rights_again(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """A rule for every channel is an admin’s to remove, whichever button says its number."""
    everywhere, here = await keep(desk, ""), await keep(desk, desk.mia.channel(SUPPORT).id)
    listed = await desk.ask(desk.omar, "/support relays")
    (shown,) = (it["accessory"] for it in listed.blocks if "accessory" in it)
    shown["value"] = f"{everywhere}|"  # what a button remembers is no permission
    with caplog.at_level(logging.WARNING):
        assert "Only an admin can do this" in await press(desk, desk.omar, listed, everywhere)
    assert any(it.message == "refused" for it in caplog.records)
    assert await held(desk) == [everywhere, here]


async def test_only_people_in_the_channel_remove_its_rule(desk: Desk) -> None:
    """A public channel’s rules are everybody’s to read; a kept button does not help who left."""
    number = await keep(desk, desk.mia.channel(SUPPORT).id)
    desk.mia.channel(SUPPORT).members.remove(desk.omar.id)
    listed = await desk.ask(desk.omar, "/support relays", "dm")
    assert "in #support" in listed.words
    assert buttons(listed) == []
    shown = next(block for block in listed.blocks if "in #support" in str(block))
    shown["accessory"] = {
        "type": "button",
        "text": {"type": "plain_text", "text": "Remove"},
        "action_id": REMOVE,
        "value": f"{number}|",
    }
    await desk.omar.press(listed, REMOVE, f"{number}|")
    await desk.quiet()
    said = [it for it in desk.omar.bot_said("dm") if it.is_private or it.by_bot][-1].words
    assert "Only people in #support can set it up." in said
    assert await held(desk) == [number]


async def test_a_rule_that_is_gone_is_said_to_be(desk: Desk) -> None:
    """Two people look; the second to press is told."""
    number = await keep(desk, "")
    first = await desk.ask(desk.mia, "/support relays")
    second = await desk.ask(desk.mia, "/support relays")
    assert "The rule is removed." in await press(desk, desk.mia, first, number)
    assert "removed already" in await press(desk, desk.mia, second, number)


async def test_a_rule_that_cannot_be_read_can_be_removed(desk: Desk) -> None:
    """Whatever is in it; the app has no known name then."""
    number = await keep(desk, "", rule="not a rule")
    listed = await desk.ask(desk.mia, "/support relays")
    assert "A0SOCIAL000" in listed.words
    assert "does nothing" in listed.words
    assert "The rule is removed." in await press(desk, desk.mia, listed, number)


async def test_many_rules_fit_a_message(desk: Desk) -> None:
    """The newest are shown, the others counted."""
    numbers = [await keep(desk, "", days=30 - it) for it in range(MOST + 3)]
    listed = await desk.ask(desk.mia, "/support relays")
    assert buttons(listed) == [f"{it}|" for it in numbers[: -MOST - 1 : -1]]
    assert "3 older ones are not shown" in listed.words


async def test_only_admins_teach_for_every_channel(desk: Desk) -> None:
    """The form offers it to them alone, and saving asks again."""
    await as_relay_channel(desk)
    sample = post(desk, "lena_k", "order 8841 never came")
    await desk.quiet()
    await desk.omar.message_shortcut(sample, "support_relay")
    view = await desk.omar.await_view("I read")
    assert "In this channel" in view.words
    assert "In every channel" not in view.words
    kept = Sample(sample.channel, sample.ts)
    asker = Asker(desk.omar.id, sample.channel)
    with pytest.raises(KepiError, match="Only an admin"):
        await save_rule(desk.town.running.context, asker, kept, {"place": "everywhere"})
    assert await held(desk) == []
    await desk.mia.message_shortcut(sample, "support_relay")
    view = await desk.mia.await_view("In every channel")
    await desk.mia.submit(view, {"place": "everywhere"})
    await desk.quiet()
    assert "in every channel" in (await desk.ask(desk.omar, "/support relays")).words


async def test_help_names_it(desk: Desk) -> None:
    assert "/support relays" in (await desk.ask(desk.omar, "/support help")).words


async def test_names_never_ping(desk: Desk) -> None:
    """An app may be called anything."""
    space = desk.town.slack.space
    other_apps.known_app(space, "A0SOCIAL000", "B0SOCIAL000", "<!channel> & co")
    await keep(desk, "")
    listed = await desk.ask(desk.mia, "/support relays")
    assert "&lt;!channel&gt; &amp; co" in listed.words
