"""Who is an admin, and how soon somebody is one no longer (design §10)."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from bot.manifest import ISSUE_SCOPES, OPTIONAL, build_manifest
from bot.playground import seed_of
from bot.playground.world import Member
from commands.rights import is_admin, require_admin
from storage.admins import add_admin, remove_admin
from storage.errors import KepiError
from tests.slack.conftest import Town, enter_town

REFUSED = "Only an admin can do this"


async def are_admins(town: Town, *names: str) -> list[bool]:
    context = town.running.context
    return [await is_admin(context, town.person(it).id) for it in names]


async def name(town: Town, person: str, *, add: bool = True) -> None:
    """Make somebody an admin as the form does, or take it back."""
    context, user = town.running.context, town.person(person).id
    home, by = context.home.workspace, town.mia.id
    if add:
        await context.write(add_admin, home, user, by, context.clock())
    else:
        await context.write(remove_admin, home, user)


async def test_who_is_an_admin(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Slack's, who installed Kepi, who was named; guests, strangers and programs never are."""
    seed = seed_of(build_manifest("socket"))
    seed.members.append(Member("U0ROBOT0000", "robot", "Robot", seed.team.id, is_bot=True))
    async with enter_town(tmp_path, empty=True, seed=seed) as town:
        context = town.running.context
        everyone = ("mia", "omar", "gus", "lena", "robot")
        assert await are_admins(town, *everyone) == [True, False, False, False, False]
        for person in everyone:
            await name(town, person)
        assert await are_admins(town, *everyone) == [True, True, False, False, False]
        await name(town, "omar", add=False)
        assert await are_admins(town, "omar") == [False], "the table is asked, not memory"
        installed = replace(context, home=replace(context.home, installer=town.omar.id))
        assert await is_admin(installed, town.omar.id)
        guest = replace(context, home=replace(context.home, installer=town.person("gus").id))
        assert not await is_admin(guest, town.person("gus").id)
        for nobody in ("", "U0NOBODY000"):
            assert not await is_admin(context, nobody)
        other = replace(context, home=replace(context.home, workspace=99))
        await name(town, "omar")
        assert not await is_admin(other, town.omar.id), "an admin of another workspace"
        caplog.set_level(logging.WARNING)
        with pytest.raises(KepiError, match=REFUSED):
            await require_admin(other, town.omar.id)
        told = [it for it in caplog.records if it.getMessage() == "refused"]
        assert [(it.__dict__["user"], it.__dict__["rule"]) for it in told] == [
            (town.omar.id, "admin")
        ]


async def test_who_leaves_or_becomes_a_guest_may_nothing_at_once(tmp_path: Path) -> None:
    """Slack tells of it with ``user_change``; what was remembered of them is dropped."""
    async with enter_town(tmp_path, empty=True) as town:
        await name(town, "omar")
        assert await are_admins(town, "omar", "mia") == [True, True]
        town.slack.deactivate("omar")
        town.slack.space.members[town.mia.id].is_admin = False
        await town.quiet()
        assert await are_admins(town, "omar") == [False]


async def test_numbers_work_without_each_optional_permission(tmp_path: Path) -> None:
    """Nothing breaks: what is asked is answered, if to the asker alone; admins are told why."""
    manifest = build_manifest("socket")
    for scope in (*sorted(OPTIONAL), "all"):
        folder = tmp_path / scope.replace(":", "-")
        folder.mkdir()
        declined = {*OPTIONAL, *ISSUE_SCOPES} if scope == "all" else {scope}
        seed = seed_of(manifest, declined=declined)
        async with enter_town(folder, seed=seed) as town:
            for words, channel in (("reach instagram", "#marketing"), ("reach instagram", "dm")):
                said = await town.omar.ask(f"/kpi {words}", channel, "people")
                assert "Something broke" not in said.words
            await town.omar.drop("dm", "posts.csv", b"nothing\n1\n")
            status = await town.mia.ask("/kpi status", "dm", "Not granted")
            assert all(it in status.words for it in declined)
            await town.quiet()
            broken = [it.words for it in town.omar.bot_said() if "broke" in it.words]
            assert broken == [], scope
