"""Accounts by forms, over sockets: added, changed, moved, removed; whatever is typed or crafted."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection

from bot.playground import Message, Person
from bot.playground.world import View
from commands.accounts.removing import erase_removed
from commands.writers import planners
from storage import alerts, digests, goals
from storage.account_changes import Wanted, add_accounts
from storage.account_list import Listed, listed, removed
from storage.account_removal import GRACE
from storage.accounts import brands
from storage.setting_changes import history
from storage.workspaces import connect_team
from tests.accounts.crafted import open_up, send
from tests.drawn import table
from tests.goals.drawn_goals import make_goal
from tests.slack.conftest import NOW, Town, enter_town

MARKETING = "#marketing"
ZALGO = "Z" + "\u0337" * 40
PINGS = ("<!channel>", "<@U0OMAR00000>", "<http://evil.example|x>")

BAD = f"""
    field      | typed                                    | said
    -----------+------------------------------------------+---------------------------------
    handles    |                                          | Write a handle
    handles    | {"," * 9}                                | Write a handle
    handles    | <!channel>                               | is no handle
    handles    | *x*                                      | is no handle
    handles    | =1+1                                     | is no handle
    handles    | {ZALGO}                                  | is no handle
    handles    | {"a" * 101}                              | at most 100 characters
    handles    | {", ".join(f"a{it}" for it in range(21))}| At most 20 at once
    handles    | https://x.com/acme                       | is an address of X, and you chose
    handles    | instagram.com/p/C1a2b3/                  | not the address of a profile
    handles    | https://evil.example/acme                | not an address of Instagram
    handles    | http://[acme                             | not the address of a profile
    handles    | one, taken                               | taken is here already, of Taken
    name       | {"n" * 61}                               | At most 60 characters
    name       | ...                                      | no letter or figure
    brand_name |                                          | Say what the new brand is called
    brand_name | taken                                    | There is a brand Taken already
    brand_name | {"b" * 61}                               | At most 60 characters
    brand_name | <<>>                                     | no letter or figure
    zone       | Stockholm                                | such as Europe/Stockholm
    zone       | <!here>                                  | is not a time zone
    zone       | {"z" * 90}                               | is not a time zone
"""


async def open_list(town: Town, person: Person) -> Message:
    return await person.ask("/kpi accounts", MARKETING)


async def open_add(town: Town) -> View:
    """Open the form of new accounts from the list."""
    await town.mia.press(await open_list(town, town.mia), "account_add")
    return await town.mia.await_view("Name of a new brand")


async def rows(town: Town) -> list[Listed]:
    context = town.running.context
    return await context.read(listed, context.home.workspace)


def front(person: Person) -> View:
    view = person.open_view()
    assert view is not None, "no form is open"
    return view


async def choose(person: Person, shown: Message | View, what: str, account: int) -> View:
    """Choose something in the ⋯ menu of an account."""
    await person.press(shown, f"account_menu:{account}", f"{what}:{account}")
    wanted = {"change": "It was renamed", "remove": "goes out of every answer"}[what]
    return await person.await_view(wanted)


async def close(person: Person) -> None:
    await person.close(front(person), everything=True)


async def test_from_nothing_to_a_competitor_and_back(tmp_path: Path) -> None:
    """Several at once, a competitor, its question asked, a change, a removal taken back."""
    async with enter_town(tmp_path, empty=True) as town:
        mia = town.mia
        view = await open_add(town)
        assert view.element("brand")["initial_option"]["value"] == "own"
        typed = "@Acme\n https://www.instagram.com/Acme.se/?hl=sv , acme"
        own = {"platform": "instagram", "brand": "own", "brand_name": "Acme <!channel>"}
        assert await send(town, view, {**own, "handles": typed}) == {}
        said = front(mia)
        assert "Added Instagram acme, Instagram acme.se, all of" in said.words
        assert "<!channel>" not in json.dumps(said.blocks)
        assert "Reach, impressions" not in said.words
        await mia.press(said, "account_add")
        view = await mia.await_view("Name of a new brand")
        rival = {"platform": "x", "handles": "Nordkaffe", "brand": "competitor"}
        assert await send(town, view, {**rival, "brand_name": "Nordkaffe"}) == {}
        said = front(mia)
        assert "known to its owner alone" in said.words
        assert "/kpi followers vs nordkaffe" in said.words
        held = {(it.platform, it.handle): (it.brand_name, it.own) for it in await rows(town)}
        assert held == {
            ("instagram", "acme"): ("Acme <!channel>", True),
            ("instagram", "acme.se"): ("Acme <!channel>", True),
            ("x", "nordkaffe"): ("Nordkaffe", False),
        }
        await mia.press(said, "home_how")  # nothing to ask yet: first its numbers
        assert "drop the file in Messages" in (await mia.await_view("Instagram")).words
        await mia.close(front(mia), everything=True)
        await town.quiet()
        page = await open_list(town, mia)
        number = next(it.id for it in await rows(town) if it.handle == "acme.se")
        view = await choose(mia, page, "change", number)
        assert view.element("handles")["initial_value"] == "acme.se"
        assert await send(town, view, {"handles": "acme_se", "name": "Acme SE"}) == {}
        assert "It keeps its days" in front(mia).words
        before = len(mia.bot_said(MARKETING))
        await mia.press(front(mia), "account_ask")
        await town.quiet()
        assert len(mia.bot_said(MARKETING)) == before + 1
        await mia.press(front(mia), "account_list")
        view = await choose(mia, await mia.await_view("3 accounts"), "remove", number)
        assert "It has no data" in view.words
        assert await send(town, view, {}) == {}
        await mia.press(front(mia), "account_list")
        page = await mia.await_view("2 accounts")
        await mia.press(page, f"account_back:{number}")
        await mia.await_view("Instagram acme_se is back")
        assert {it.handle for it in await rows(town)} == {"acme", "acme_se", "nordkaffe"}
        context = town.running.context
        told = await context.read(history, context.home.workspace)
        assert [it.key for it in told] == ["account"] * 6
        assert {it.by for it in told} == {mia.id}


async def test_what_is_wrong_is_said_at_its_field(tmp_path: Path) -> None:
    """Each bad field alone, then all of them at once; what was typed stays, nothing is stored."""
    async with enter_town(tmp_path, empty=True) as town:
        context = town.running.context
        taken = [Wanted("instagram", "taken", brand_name="Taken")]
        await context.write(add_accounts, context.home.workspace, taken, "U0OMAR00000", NOW)
        view = open_up(await open_add(town))
        good = {"platform": "instagram", "handles": "acme", "brand": "own", "brand_name": "Acme",
                "zone": "", "name": ""}  # fmt: skip
        wrong = {}
        for row in table(BAD):
            errors = await send(town, view, {**good, row["field"]: row["typed"]})
            if row["said"] not in errors.get(row["field"], "") or len(errors) != 1:
                wrong[row["field"], row["typed"][:30]] = errors
        assert wrong == {}
        every = {"handles": PINGS[0], "name": "b" * 61, "brand_name": "...", "zone": "nowhere"}
        assert set(await send(town, view, {**good, **every})) == set(every)
        assert view.state["handles"]["handles"]["value"] == PINGS[0]
        two = {**good, "handles": "a\nb", "name": "One"}
        assert "One name for several" in (await send(town, view, two))["name"]
        assert [it.handle for it in await rows(town)] == ["taken"]


async def test_names_are_shown_as_typed_and_do_nothing(tmp_path: Path) -> None:
    """What pings, is marked up, runs backwards or piles up is stored clean and shown escaped."""
    async with enter_town(tmp_path, empty=True) as town:
        names = {
            "<!channel> & *bold*": "<!channel> & *bold*",
            "\u202egnihton\u202c Café": "gnihton Café",
            f"{ZALGO}al": "Z\u0337\u0337al",
            "  Acme   \n  Foods ": "Acme Foods",
            "हिन्दी कॉफ़ी": "हिन्दी कॉफ़ी",
        }
        for place, (typed, kept) in enumerate(names.items()):
            view = open_up(await open_add(town))
            one = {"platform": "x", "handles": f"a{place}", "brand": "own", "brand_name": typed}
            assert await send(town, view, {**one, "name": typed}) == {}, typed
            await close(town.mia)
            row = next(it for it in await rows(town) if it.handle == f"a{place}")
            assert (row.name, row.brand_name) == (kept, kept)
        shown = json.dumps((await open_list(town, town.mia)).blocks)
        assert not any(it in shown for it in PINGS)


async def test_crafted_forms_find_nothing_of_others(tmp_path: Path) -> None:
    """Ids of another workspace, strange values, memories of others and of nobody."""
    async with enter_town(tmp_path, empty=True) as town:
        context, mia = town.running.context, town.mia
        other = (await context.write(connect_team, "T0OTHER0000", "Other")).id
        theirs = [Wanted("x", "secret", brand_name="Secret")]
        (foreign,) = await context.write(add_accounts, other, theirs, "U1", NOW)
        brand = (await context.read(brands, other))[0].id
        ours = [Wanted("x", "acme", brand_name="Acme")]
        (account,) = await context.write(add_accounts, context.home.workspace, ours, mia.id, NOW)
        one = {"platform": "x", "handles": "acme2", "brand_name": ""}
        for crafted in (str(brand), "999999", "-1", "1e9", "null", "9" * 40, "own:1"):
            view = open_up(await open_add(town), brand=crafted)
            errors = await send(town, view, {**one, "brand": crafted})
            assert set(errors) == {"brand"}, crafted
            await close(mia)
        view = open_up(await open_add(town), platform="myspace")
        errors = await send(town, view, {"platform": "myspace", "handles": "a", "brand": "own"})
        assert errors == {"platform": "Choose a platform."}
        await close(mia)
        for what in ("change", "remove", "brand"):
            for number in (str(foreign), str(brand + 70), "", "x", "-3", "9" * 12):
                shown = await open_list(town, mia)
                menu = next(it for it in shown.blocks if "accessory" in it)["accessory"]
                menu["options"][0]["value"] = f"{what}:{number}"
                await mia.press(shown, f"account_menu:{account}", f"{what}:{number}")
                await town.quiet()
                assert mia.open_view() is None
                assert "is not here any more" in mia.bot_said(MARKETING)[-1].words
        for memory in ("", "{}", "null", "[1]", '{"asker": 3}'):
            view = await open_add(town)
            view.body["private_metadata"] = memory
            errors = await send(town, view, {"platform": "x", "handles": "a", "brand": "own"})
            assert "earlier version" in errors["handles"], memory
            await close(mia)
        for callback in ("change", "remove"):
            view = await choose(mia, await open_list(town, mia), callback, account)
            memory = json.loads(view.body["private_metadata"]) | {"number": foreign}
            view.body["private_metadata"] = json.dumps(memory)
            await mia.submit(view)
            assert "is not here any more" in front(mia).words + str(view.errors)
            await close(mia)
        assert [it.handle for it in await rows(town)] == ["acme"]
        assert [it.handle for it in await context.read(listed, other)] == ["secret"]


async def test_the_second_of_two_is_told_who_and_when(tmp_path: Path) -> None:
    """Two changes, two new ones alike, a form of an account that was removed meanwhile."""
    async with enter_town(tmp_path, empty=True) as town:
        context, mia, omar = town.running.context, town.mia, town.omar
        ours = [Wanted("x", "acme", brand_name="Acme")]
        (account,) = await context.write(add_accounts, context.home.workspace, ours, mia.id, NOW)
        first = await choose(mia, await open_list(town, mia), "change", account)
        second = await choose(omar, await open_list(town, omar), "change", account)
        last = await choose(mia, await open_list(town, mia), "remove", account)
        await omar.submit(second, {"name": "Acme Foods"})
        assert "Saved" in front(omar).words
        others = [Wanted("x", "other", brand_name="Other")]
        now = context.clock() + timedelta(minutes=1)  # of another account, so it is none of these
        await context.write(add_accounts, context.home.workspace, others, mia.id, now)
        town.slack.space.stacks[mia.id] = [first]
        town.slack.space.views[first.id] = first
        errors = await send(town, first, {"name": "Acme Drinks"})
        assert "omar changed this account at 19:0" in errors["handles"]
        assert "nothing was saved" in errors["handles"]
        assert [it.name for it in await rows(town)] == ["Acme Foods", ""]
        town.slack.space.stacks[mia.id] = [last]
        town.slack.space.views[last.id] = last
        await mia.submit(last)
        assert "omar changed this account at 19:0" in front(mia).words
        assert len(await rows(town)) == 2
        view = await choose(omar, await open_list(town, omar), "remove", account)
        stale = await choose(mia, await open_list(town, mia), "change", account)
        await omar.submit(view)
        errors = await send(town, stale, {"name": "Late"})
        assert errors["handles"].startswith("That account is not here any more.")
        await close(mia)
        view = await open_add(town)
        again = {"platform": "x", "handles": "new", "brand": "own", "brand_name": "New"}
        other = [Wanted("x", "new", brand_name="Newer")]
        await context.write(add_accounts, context.home.workspace, other, omar.id, NOW)
        assert "X new is here already, of Newer" in (await send(town, view, again))["handles"]


async def test_guests_see_and_change_nothing_and_only_admins_erase(tmp_path: Path) -> None:
    """Also by buttons and forms that somebody else was given."""
    async with enter_town(tmp_path) as town:
        context, gus, omar = town.running.context, town.person("gus"), town.omar
        await gus.command("/kpi accounts", MARKETING)
        await town.quiet()
        assert "Guests don't see accounts" in gus.bot_said(MARKETING)[-1].words
        before = await rows(town)
        account = before[0].id
        view = await choose(omar, await open_list(town, omar), "remove", account)
        assert "Only an admin can erase" in view.words
        assert "Erase its data" not in view.words
        whole = await choose(town.mia, await open_list(town, town.mia), "remove", account)
        view.body["blocks"] = whole.blocks
        await town.mia.close(whole, everything=True)
        await omar.submit(view, {"fate": "erase"})
        assert "Only an admin can erase" in str(view.errors)
        assert await rows(town) == before
        await omar.submit(view, {"fate": "keep"})
        assert "Its data are kept" in front(omar).words
        await omar.press(front(omar), f"account_back:{account}")
        await omar.await_view("is back")
        assert await rows(town) == before
        view = await choose(town.mia, await open_list(town, town.mia), "remove", account)
        await town.mia.submit(view, {"fate": "erase"})
        assert "erased for good at 19:1" in front(town.mia).words
        await erase_removed(context)
        assert len(await context.read(removed, context.home.workspace)) == 1
        assert (await context.read(removed, context.home.workspace))[0].erase is not None
        later = context.clock() + GRACE + timedelta(minutes=1)
        object.__setattr__(context, "clock", lambda: later)
        await erase_removed(context)
        assert await context.read(removed, context.home.workspace) == []
        assert account not in {it.id for it in await rows(town)}


async def test_the_list_turns_pages_in_fifteen_blocks(tmp_path: Path) -> None:
    """Whatever there is, a page is within Kepi's own limit, and every account is on one."""
    async with enter_town(tmp_path, empty=True) as town:
        context = town.running.context
        many = [Wanted("x", f"acme{it:02}", brand_name="Acme") for it in range(20)]
        await context.write(add_accounts, context.home.workspace, many, town.mia.id, NOW)
        shown = await open_list(town, town.mia)
        found: list[str] = []
        for page in range(3):
            assert len(shown.blocks) <= 15
            found += [it for it in shown.words.split() if it.startswith("acme")]
            if page < 2:
                await town.mia.press(shown, f"account_list:{page + 1}")
                wanted = f"{page * 8 + 9}–"
                shown = await town.mia.await_message(MARKETING, wanted)
        assert [it.strip("*") for it in found] == [f"acme{it:02}" for it in range(20)]


async def test_words_after_account_are_a_question_or_lead_to_the_form(tmp_path: Path) -> None:
    """“account acme” names one, as it always did; what only forms do says where they are."""
    async with enter_town(tmp_path) as town:
        said = {
            "account instagram/acme likes last week": "Likes · Instagram acme",
            "accounts": "accounts · 1–8",
            "Accounts list": "accounts · 1–8",
            "accounts remove acme": "changed in their list",
            "account add": "Add accounts",
        }
        wrong = {}
        for words, wanted in said.items():
            await town.mia.command(f"/kpi {words}", MARKETING)
            await town.quiet()
            view = town.mia.open_view()
            found = view.words if view else town.mia.bot_said(MARKETING)[-1].words
            if wanted not in found:
                wrong[words] = found[:200]
        assert wrong == {}


async def test_what_names_a_removed_account_says_so(tmp_path: Path) -> None:
    """A goal, an alert and a digest of it: each is told of, nothing breaks, nothing is held up."""
    async with enter_town(tmp_path) as town:
        context, mia = town.running.context, town.mia
        account = next(it.id for it in await rows(town) if it.platform == "instagram")
        await context.write(name_it, context.home.workspace, account, mia.id)
        view = await choose(mia, await open_list(town, mia), "remove", account)
        assert "Named in: 1 goal, 1 alert, 1 digest." in view.words
        await mia.submit(view, {"fate": "erase"})
        await close(mia)
        for planner in planners():
            await planner(context)
        await town.quiet()
        said = {
            "goals": "an account that was removed",
            "alerts": "an account that is gone",
            "digest preview": "no longer here",
            "reach instagram": "No account on Instagram",
        }
        for words, wanted in said.items():
            await mia.command(f"/kpi {words}", MARKETING)
            await town.quiet()
            assert wanted in mia.bot_said(MARKETING)[-1].words, words


def name_it(connection: Connection, workspace: int, account: int, user: str) -> None:
    """Let a goal (out of reach: it stays open), an alert and a digest be of one account alone."""
    scope = {"accounts": [account]}
    goal = make_goal(scope=goals.pack(scope), owner=user, target=1e12)._asdict()
    goals.add(connection, workspace, goal, by=user, made=NOW)
    alerts.add_rule(
        connection, workspace, channel="C0MARKETING", kind="anomaly", by=user, at=NOW,
        kpi="likes", scope=json.dumps(scope),
    )  # fmt: skip
    wanted = digests.usual("C0MARKETING", "UTC", user, NOW)._replace(scope=scope)
    digests.add(connection, workspace, wanted, NOW)
