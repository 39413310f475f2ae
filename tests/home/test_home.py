"""Home: the first steps, then how everything stands, for whoever opens it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.manifest import build_manifest
from bot.playground.installed import seed_of
from commands.home.publishing import publish
from storage import digests, goals, incidents, outbox
from storage.accounts import add_account
from tests.home.conftest import Newcomer, button, labels, rows_are_short
from tests.slack.conftest import NOW, Enter, Town
from tests.support_surfaces.conftest import Desk

STEPS = """\
*No data yet. Three steps:*
1 Accounts: none
Add
2 Numbers: drop an export in Messages
How
3 Monday digest: not set
Choose channel
Care team:
Set up a channel
See an example
Help
Accounts
Admins
Settings"""


async def test_an_empty_workspace_shows_the_three_steps_and_nothing_else(enter: Enter) -> None:
    """What is done shows what is there, and can be done again (what-people-see, First run)."""
    async with enter(empty=True) as town:
        mia = Newcomer(town, town.mia)
        assert await publish(town.running.context, mia.person.id)
        assert mia.home.words.strip() == STEPS
        workspace = town.running.context.home.workspace
        for handle in ("acme", "acme.se", "acme.no"):
            with town.running.context.database.write() as connection:
                add_account(connection, workspace, "instagram", handle, "Acme")
        await mia.open_home()
        assert mia.home.words.strip() == STEPS.replace("Accounts: none", "Accounts: 3 ✓")
        await mia.press(mia.home, "Choose channel")
        form = await mia.form("Who looks after it")
        assert await mia.fill_in(form, Channel=town.mia.channel("#marketing").id) is None
        assert "3 Digest: <#C0MARKETING> ✓\nChoose channel" in mia.home.words, "without opening it"
        await mia.press(mia.home, "How")
        shown = await mia.form("Instagram")
        assert "Meta Business Suite" in shown.words
        assert "TikTok" not in shown.words, "of the platforms that there are"


async def test_before_there_are_data_everything_that_is_set_up_is_reached(enter: Enter) -> None:
    """⋯ opens the accounts, the admins and, for admins, the settings; also in the message."""
    async with enter(empty=True) as town:
        mia, omar = Newcomer(town, town.mia), Newcomer(town, town.omar)
        home = await mia.open_home()
        for value, shown in (("admin_form", "Named admins"), ("settings_form", "Time zone")):
            await mia.person.press(home, "home_menu", value)
            view = await mia.form(shown)
            await mia.person.close(view, everything=True)
        await mia.person.press(home, "home_menu", "account_list")
        assert await mia.read("No accounts yet")
        await town.quiet()
        assert mia.home.words.strip().startswith("The answer is in Messages.")
        assert "Settings" not in (await omar.open_home()).words, "Omar is no admin"
        said = await town.omar.ask("/kpi start", "#marketing", "Three steps")
        await town.omar.press(said, "home_menu", "admin_form")
        assert await omar.form("Admins")


async def test_home_with_data_tells_what_is_there_and_what_is_next(enter: Enter) -> None:
    """Own accounts first, each brand with its last day; digests with their zone; other doors."""
    async with enter() as town:
        mia = Newcomer(town, town.mia)
        home = await mia.open_home()
        assert labels(home)[:3] == ["Ask", "Overview", "All KPIs"]
        said = home.words
        everything = "Facebook, Instagram, LinkedIn, TikTok, X, YouTube"
        assert f"*Acme*\n{everything} acme · data to 21 Nov" in said
        assert said.index("*Acme*") < said.index("*Bluebird* · competitor")
        assert "Monday digest: not set" in said
        assert rows_are_short(home)
        assert len(home.blocks) <= 100
        await plan_digest(town)
        with town.running.context.database.write() as connection:
            add_account(connection, 1, "x", "acme.jobs", "Acme")
        said = (await mia.open_home()).words
        assert "X acme.jobs · no data yet" in said
        assert (
            "Every week, <#C0MARKETING> · next Mon 23 Nov 09:00, Stockholm time · none sent yet"
        ) in said
        assert {"Settings", "Admins"} <= set(labels(mia.home)), "Mia is a Slack admin"
        omar = Newcomer(town, town.omar)
        assert not {"Settings", "Admins"} & set(labels(await omar.open_home()))


async def plan_digest(town: Town) -> None:
    context = town.running.context
    row = digests.usual("C0MARKETING", "Europe/Stockholm", town.mia.id, NOW)
    await context.write(digests.add, context.home.workspace, row, NOW)


async def test_what_is_pressed_on_home_is_answered_in_messages_and_home_says_so(
    enter: Enter,
) -> None:
    """A press on Home has a view and no channel (slack-platform §8)."""
    async with enter() as town:
        mia = Newcomer(town, town.mia)
        home = await mia.open_home()
        for words, answered in (
            ("Overview", "All 6 accounts · last 28 days"),
            ("All KPIs", "engagement-rate"),
            ("Status", "Kepi works"),
            ("Help", "Ask for a number"),
            ("Alerts", "alerts"),
            ("Goals", "goals"),
            ("What is kept", "What I keep of people"),
        ):
            await mia.press(home, words)
            assert answered in (await mia.read(answered)).words
            assert mia.home.words.strip().startswith("The answer is in Messages.")
        await mia.open_home()
        assert "The answer is in Messages." not in mia.home.words
        await mia.press(mia.home, "Ask")
        form = await mia.form("Period")
        assert await mia.fill_in(form, KPI="Followers") is None
        assert "Followers" in (await mia.read("Followers · ")).words
        assert mia.home.words.strip().startswith("The answer is in Messages.")


async def test_guests_see_what_they_may_do_and_no_figure(enter: Enter) -> None:
    """They ask where everyone is answered; nothing of the workspace is told them."""
    async with enter() as town:
        gus = Newcomer(town, town.person("gus"))
        home = await gus.open_home()
        assert "You are a guest here" in home.words
        assert "acme" not in home.words.lower()
        assert labels(home) == ["Help", "What is kept"]
        for words, answered in (("Help", "Ask for a number"), ("What is kept", "What I keep")):
            await gus.press(home, words)
            assert await gus.read(answered)
        gus.person.channel("#marketing")
        await gus.person.command("/kpi start", "#marketing")
        await town.quiet()
        assert "Guests can ask in a channel" in gus.person.bot_said("#marketing")[-1].words


async def test_the_messages_tab_and_slacks_without_home_are_left_alone(enter: Enter) -> None:
    """Only the Home tab is answered, and a refusal of Slack's is no fault of anybody's."""
    without = replace(seed_of(build_manifest("socket")), home_tab=False)
    async with enter(empty=True) as town:
        await town.mia.open_home("messages")
        await town.quiet()
        assert town.mia.home() is None
    async with enter(empty=True, seed=without) as town:
        assert not await publish(town.running.context, town.mia.id)
        await town.mia.open_home()
        await town.quiet()
        assert town.mia.home() is None
        assert not town.mia.bot_said("dm")


async def test_of_two_publishings_at_once_the_newest_stays(enter: Enter) -> None:
    """Whoever began last has read last, however many come at once."""
    async with enter(empty=True) as town:
        context = town.running.context

        async def add_and_publish(number: int) -> None:
            with context.database.write() as connection:
                add_account(connection, context.home.workspace, "x", f"acme{number}", "Acme")
            await publish(context, town.mia.id)

        await asyncio.gather(*(add_and_publish(it) for it in range(8)))
        home = town.mia.home()
        assert home is not None
        assert "1 Accounts: 8 ✓" in home.words


async def test_customers_of_private_channels_are_their_members_business(desk: Desk) -> None:
    """Both see who waits in #support; only who is in a private channel sees that it has any."""
    town = desk.town
    mia, omar = Newcomer(town, town.mia), Newcomer(town, town.omar)
    await desk.issue("order 8841 never came")
    steps = (await mia.open_home()).words
    assert "Care team: <#C0SUPPORT00> ✓" in steps
    room = town.mia.channel("#support")
    room.is_private = True
    room.members.remove(town.omar.id)
    context = town.running.context
    context.channels.forget(room.id)
    await mia.open_home()
    assert "Care team: <#C0SUPPORT00> ✓" in mia.home.words
    left = {"type": "member_left_channel", "user": town.omar.id, "channel": room.id}
    town.slack.inject(left | {"channel_type": "G", "event_ts": "1795370400.0009"})
    await town.quiet()
    assert "C0SUPPORT00" not in (await omar.open_home()).words
    assert button(omar.home, "Set up a channel")


async def test_what_is_open_and_what_needs_care_is_said(enter: Enter) -> None:
    """An alert of a channel that one sees into, goals by their pace, messages not sent."""
    async with enter() as town:
        hidden = town.mia.channel("#support")
        hidden.is_private = True
        hidden.members.remove(town.omar.id)
        with town.running.context.database.write() as connection:
            open_things(connection, town.running.context.home.workspace, hidden.id)
        mine = (await Newcomer(town, town.mia).open_home()).words
        assert "*Open now*" in mine
        assert "Alert: 23 negative mentions &lt;!channel&gt; · since Sun 22 Nov" in mine
        assert "Alert: a surge in private" in mine
        assert "Goals: 1 · 1 behind" in mine
        assert "Needs care: 1 not sent in 7 days. See Status." in mine
        others = (await Newcomer(town, town.omar).open_home()).words
        assert "Alert: 23 negative mentions" in others
        assert "in private" not in others, "Omar is not in that channel"
        assert hidden.id not in others


def open_things(connection: Connection, workspace: int, hidden: str) -> None:
    """Open an alert in #marketing and one in ``hidden``, set a goal, lose a message."""
    for channel, title in (
        ("C0MARKETING", "23 negative mentions <!channel>"),
        (hidden, "a surge in private"),
    ):
        incidents.open_or_update(
            connection,
            workspace,
            thing=title,
            channel=channel,
            rule=None,
            kind="crisis",
            began=NOW,
            now=NOW,
            facts={"title": title},
        )
    outbox.add(
        connection,
        workspace,
        channel="C0MARKETING",
        kind="digest",
        period="1:2026-W46",
        due=NOW,
        now=NOW,
        expires=NOW - timedelta(hours=1),
    )
    assert outbox.expire(connection, workspace, NOW)
    goal = {
        "text": "a billion impressions by 31 dec",
        "kpi": "impressions",
        "scope": "{}",
        "shape": "total",
        "better": "higher",
        "target": 1_000_000_000,
        "start": date(2026, 11, 1),
        "end": date(2026, 12, 31),
    }
    number = goals.add(connection, workspace, goal, by="U0MIA000000", made=NOW)
    assert goals.tell_pace(connection, workspace, number, "behind", was="")
    goals.add(connection, workspace, goal | {"scope": '{"private": true}'}, by="U9", made=NOW)
