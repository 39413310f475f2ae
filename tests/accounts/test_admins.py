"""Who is an admin of Kepi: seen by all members, named by admins alone, never nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.manifest import build_manifest
from bot.playground.installed import seed_of
from bot.playground.seed import GUS, LENA, MIA, OMAR, Seed
from bot.playground.world import Member, View
from commands.accounts.admin_form import put_admins
from commands.accounts.memory import unpack_memory
from commands.rights import is_admin
from storage.admins import add_admin, admins
from storage.overtaken import Overtaken
from storage.setting_changes import history
from tests.slack.conftest import NOW, Town, enter_town

MARKETING = "#marketing"
NINA, ADA = "U0NINA00000", "U0ADA000000"
UNFIT = {
    GUS: "gus can't be an admin",
    LENA: "can't be an admin",
    "U0KEPI00000": "can't be an admin",
    "USLACKBOT": "can't be an admin",
    "U0NOBODY000": "can't be an admin",
}


def seeded(*, mia_is_admin: bool = True) -> Seed:
    """Return the usual people with two more members."""
    seed = seed_of(build_manifest("socket"))
    people = [replace(it, is_admin=mia_is_admin) if it.id == MIA else it for it in seed.members]
    more = [Member(NINA, "nina", "Nina", seed.team.id), Member(ADA, "ada", "Ada", seed.team.id)]
    return replace(seed, members=[*people, *more])


async def open_form(town: Town) -> View:
    shown = await town.mia.ask("/kpi admins", MARKETING)
    await town.mia.press(shown, "admin_form")
    return await town.mia.await_view("Named admins")


async def named(town: Town) -> list[str]:
    context = town.running.context
    return sorted(it.person for it in await context.read(admins, context.home.workspace))


async def test_admins_are_named_by_admins_and_seen_by_members(tmp_path: Path) -> None:
    """Omar sees whom to ask, is named, names another; each change is in the history."""
    async with enter_town(tmp_path, seed=seeded(), empty=True) as town:
        mia, omar, context = town.mia, town.omar, town.running.context
        shown = await omar.ask("/kpi admins", MARKETING)
        assert "1 admin or owner of Slack: mia." in shown.words
        assert "Any of them can name another" in shown.words
        assert "admin_form" not in json.dumps(shown.blocks)
        view = await open_form(town)
        await mia.submit(view, {"people": [OMAR]})
        assert "omar, named by mia, 19:0" in town.mia.open_view().words  # type: ignore[union-attr]
        await mia.close(mia.open_view())  # type: ignore[arg-type]
        assert await is_admin(context, OMAR)
        shown = await omar.ask("/kpi admins", MARKETING, "named by")
        await omar.press(shown, "admin_form")
        view = await omar.await_view("Named admins")
        await omar.submit(view, {"people": [NINA]})
        assert await named(town) == [NINA]
        assert not await is_admin(context, OMAR)
        told = await context.read(history, context.home.workspace)
        assert [(it.key, it.before, it.after, it.by) for it in told] == [
            ("admins", OMAR, NINA, OMAR),
            ("admins", "", OMAR, MIA),
        ]


async def test_who_can_be_none_is_refused_at_the_field(tmp_path: Path) -> None:
    """Guests, bots, people of other companies, nobody at all; nothing is stored of the others."""
    async with enter_town(tmp_path, seed=seeded(), empty=True) as town:
        view = await open_form(town)
        for person, said in UNFIT.items():
            view.errors = {}
            await town.mia.submit(view, {"people": [OMAR, person]})
            assert said in view.errors.get("people", ""), person
        view.errors = {}
        await town.mia.submit(view, {"people": [GUS, LENA]})
        assert "can't be admins" in view.errors["people"]
        crowd = [f"U0CROWD{it:04}" for it in range(51)]
        await town.mia.submit(view, {"people": crowd})
        assert view.errors["people"] == "At most 50 people."
        assert await named(town) == []


async def test_a_form_that_a_member_should_not_have_changes_nothing(tmp_path: Path) -> None:
    """An admin no longer, or never: asked again when it is sent."""
    async with enter_town(tmp_path, seed=seeded(), empty=True) as town:
        context, omar = town.running.context, town.omar
        await context.write(add_admin, context.home.workspace, OMAR, MIA, NOW)
        shown = await omar.ask("/kpi admins", MARKETING)
        await omar.press(shown, "admin_form")
        view = await omar.await_view("Named admins")
        mine = await open_form(town)
        await town.mia.submit(mine, {"people": [NINA]})
        await omar.submit(view, {"people": [OMAR, ADA]})
        assert "Only an admin" in view.errors["people"]
        assert await named(town) == [NINA]
        await omar.press(shown, "admin_form")
        assert "Any of them can name another" in (await omar.await_view("Any of")).words


async def test_two_who_save_at_once(tmp_path: Path) -> None:
    """The second is told who came before, and what they named stays."""
    async with enter_town(tmp_path, seed=seeded(), empty=True) as town:
        context, mia, omar = town.running.context, town.mia, town.omar
        await context.write(add_admin, context.home.workspace, OMAR, MIA, NOW)
        view = await open_form(town)
        shown = await omar.ask("/kpi admins", MARKETING)
        await omar.press(shown, "admin_form")
        await omar.submit(await omar.await_view("Named admins"), {"people": [OMAR, NINA]})
        await mia.submit(view, {"people": [ADA]})
        assert "omar changed the list of admins at 19:0" in view.errors["people"]
        assert await named(town) == sorted([NINA, OMAR])
        memory = unpack_memory(view.body["private_metadata"], MIA)
        with pytest.raises(Overtaken):
            await context.write(put_admins, context, memory, [ADA])
        assert await named(town) == sorted([NINA, OMAR])


async def test_somebody_always_stays(tmp_path: Path) -> None:
    """Where Slack has no admin and nobody installed Kepi, the last one named cannot go."""
    async with enter_town(tmp_path, seed=seeded(mia_is_admin=False), empty=True) as town:
        context = town.running.context
        object.__setattr__(context, "home", replace(context.home, installer=""))
        await context.write(add_admin, context.home.workspace, MIA, MIA, NOW)
        view = await open_form(town)
        await town.mia.submit(view, {"people": []})
        assert view.errors["people"] == "Somebody has to stay admin. Name one, or keep yourself."
        assert await named(town) == [MIA]
        await town.mia.submit(view, {"people": [OMAR]})
        assert await named(town) == [OMAR]
