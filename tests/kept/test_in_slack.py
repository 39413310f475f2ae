"""``/kpi privacy`` for anybody, ``/kpi forget`` for admins: by pressing, over sockets."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from bot.manifest import build_manifest
from bot.playground.installed import seed_of
from bot.playground.seed import GUS, MIA, OMAR, Seed
from bot.playground.world import Member
from commands.asker import Asker
from commands.kept.reading import read_whom
from commands.kept.working import forget
from commands.pressed import Pressed
from storage.errors import KepiError
from storage.kept.people import Person, is_pseudonym
from storage.kept.register import table_named
from storage.setting_changes import history
from tests.slack.conftest import NOW, Town, enter_town

MARKETING = "#marketing"
SAM = "U0SAM000000"
GOAL, MENTION = table_named("goal"), table_named("mention")
NOBODY = (
    *("", "@", "everybody please", "x/", "/lena", "customer", "🙂", "<!channel>", "a b c"),
    "<https://x.com>",
)

SOMEBODY = {
    "<@U0SAM000000|sam>": Person(user=SAM),
    "<@U0SAM000000>": Person(user=SAM),
    "U0SAM000000": Person(user=SAM),
    "x/lena_k": Person(platform="x", handle="lena_k"),
    "twitter @lena_k.": Person(platform="x", handle="lena_k"),
    "IG: Lena": Person(platform="instagram", handle="Lena"),
    "app store/Lena": Person(platform="app store", handle="Lena"),
    "customer c-8841": Person(customer="c-8841"),
    "Customer: R&amp;D-7": Person(customer="R&D-7"),
    "respondent #9": Person(customer="9"),
}


def seeded() -> Seed:
    """Return the usual people with Sam, who is going to leave."""
    seed = seed_of(build_manifest("socket"))
    sam = Member(SAM, "sam", "Sam Okafor", seed.team.id)
    people = [replace(it, is_admin=True) if it.id == MIA else it for it in seed.members]
    return replace(seed, members=[*people, sam])


async def plant(town: Town) -> int:
    """Let Sam look after a goal, and lena_k write about the brand."""
    context = town.running.context
    workspace = context.home.workspace
    goal = {"workspace": workspace, "kpi": "likes", "shape": "total", "target": 9.0,
            "start": NOW.date(), "end": NOW.date(), "owner": SAM, "by": SAM, "made": NOW,
            "why": "Sam Okafor wants it", "text": "",
            "scope": "{}"}  # fmt: skip
    mention = {"workspace": workspace, "brand": 1, "platform": "x", "external_id": "zz1",
               "at": NOW, "author": "Lena_K9", "permalink": "", "import_id": 1}  # fmt: skip
    with context.database.write() as connection:
        connection.execute(insert(GOAL).values(**goal))
        connection.execute(insert(MENTION).values(**mention))
    return workspace


async def test_an_admin_forgets_a_colleague_and_a_customer(tmp_path: Path) -> None:
    """What would go is said first; the press erases; saying it again finds nobody."""
    async with enter_town(tmp_path, seed=seeded()) as town:
        mia, context = town.mia, town.running.context
        workspace = await plant(town)
        shown = await mia.ask("/kpi forget @sam", MARKETING)
        assert "Forget Sam Okafor?" in shown.words or "Forget sam?" in shown.words
        assert "1 digest, goal or alert" in shown.words
        assert "Counts, times and every KPI stay" in shown.words
        assert "Forget for good?" in json.dumps(shown.blocks)
        await mia.press(shown, "forget_person")
        done = await mia.await_message(MARKETING, "Every count is as it was", within=60)
        assert "Forgotten: " in done.words
        with context.database.read() as connection:
            goal = connection.execute(select(GOAL.c.owner, GOAL.c.by, GOAL.c.why)).all()[-1]
            line = history(connection, workspace)[0]
        assert goal.owner == MIA
        assert is_pseudonym(goal.by)
        assert "Sam" not in goal.why
        assert (line.by, line.after.rpartition(", ")[2]) == (MIA, MIA), "the history tells it"
        assert is_pseudonym(line.before.rpartition(", ")[2])
        again = await mia.ask("/kpi forget @sam", MARKETING, "nothing of")
        assert "There is nothing to forget" in again.words
        shown = await mia.ask("/kpi forget x/lena_k9", MARKETING, "Forget x/lena_k9?")
        assert "1 mention" in shown.words
        with context.database.write() as connection:  # it came once more before the press
            more = update(MENTION).where(MENTION.c.workspace == workspace)
            connection.execute(more.where(MENTION.c.external_id == "zz1").values(topic="lena_k9"))
        await mia.press(shown, "forget_person")
        await town.quiet()
        await mia.await_message(MARKETING, "Forgotten: 1 row changed")
        with context.database.read() as connection:
            row = connection.execute(select(MENTION).where(MENTION.c.external_id == "zz1")).one()
        assert is_pseudonym(row.author)


async def test_who_is_no_admin_forgets_nobody_and_words_that_mean_nobody_are_answered(
    tmp_path: Path,
) -> None:
    """A member's words and presses, a guest's, and a packed value that is nobody."""
    async with enter_town(tmp_path, seed=seeded(), empty=True) as town:
        context = town.running.context
        workspace = await plant(town)
        shown = await town.omar.ask("/kpi forget @sam", MARKETING)
        assert "Only an admin can" in shown.words
        shown = await town.mia.ask("/kpi forget everybody", MARKETING, "Say whom")
        shown = await town.mia.ask("/kpi forget U0KEPI00000", MARKETING, "can't forget myself")
        shown = await town.mia.ask("/kpi forget @sam", MARKETING, "Forget ")
        forged = json.loads(json.dumps(shown.blocks))
        assert SAM in json.dumps(forged)
        for user, value in ((OMAR, f'{{"user":"{SAM}"}}'), (GUS, f'{{"user":"{SAM}"}}'),
                            (MIA, "{}"), (MIA, "[1]"), (MIA, "}")):  # fmt: skip
            with pytest.raises(KepiError, match=r"admin|earlier"):
                await forget(context, Pressed(Asker(user, ""), value, "", "", is_private=True))
        with context.database.read() as connection:
            owners = select(GOAL.c.owner).where(GOAL.c.workspace == workspace)
            assert connection.execute(owners).scalars().all() == [SAM]


def test_words_mean_somebody_or_are_refused_with_what_would_work() -> None:
    """A person of Slack, a handle with its platform, a shop's id; nothing else."""
    for words, person in SOMEBODY.items():
        assert read_whom(words) == person, words
    for words in NOBODY:
        with pytest.raises(KepiError, match="Say whom"):
            read_whom(words)


async def test_anybody_sees_what_is_kept_and_what_of_them(tmp_path: Path) -> None:
    """A guest too; in their own words, and never of others."""
    async with enter_town(tmp_path, seed=seeded(), empty=True) as town:
        await plant(town)
        guest = town.person("gus")
        shown = await guest.ask("/kpi privacy", "#marketing" if GUS in
                                guest.channel("#marketing").members else "dm")  # fmt: skip
        assert "What I keep of people" in shown.words
        assert "Nothing." in shown.words
        assert "730 days" in shown.words
        sam = town.person("sam")
        shown = await sam.ask("/kpi privacy", "dm")
        assert "1 digest, goal or alert" in shown.words
        assert len(shown.blocks) <= 15
        assert "sam" not in shown.words.lower().replace("same", "")
