"""A town with everything in it that somebody may act on, and somebody of every role."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.manifest import build_manifest
from bot.playground import seed_of
from bot.playground.world import Member, Message
from commands.recall import Recall
from commands.rights_table import RIGHTS, Role
from tests.alerts.square import Square
from tests.rights.crafting import press, sample_of
from tests.rights.crawl import Crawler, Refusals, Tables, right_of
from tests.slack.conftest import Town, enter_town
from tests.slack.test_files import BAD, GOOD, file_of
from tests.support_surfaces.conftest import invite_gus, set_up

POSTS = file_of(GOOD, BAD)
IDA, ROBOT = "U0IDA000000", "U0ROBOT0000"
ROLES = {
    Role.ADMIN: "U0MIA000000",
    Role.OWNER: "U0OMAR00000",
    Role.MEMBER: IDA,
    Role.GUEST: "U0GUS000000",
    Role.OUTSIDER: "U0LENA00000",
    Role.PROGRAM: ROBOT,
}
VALUES: dict[str, dict[str, Any]] = {
    "goal_form": {"kpi": "likes", "amount": "5,000", "end": "next quarter"},
    "alert_rule": {"kpi": "likes", "limit": "500"},
    "post_to_channel": {"channel": "C0MARKETING"},
    "test_form": {"name": "Reels", "of": "content type", "arms": "reels / photos"},
    "note_form": {"words": "Black Week"},
    "alert_assign": {"user": "U0MIA000000"},
    "support_which": {"channel": "C0SUPPORT00"},
    "settings_which": {"channel": "C0SUPPORT00"},
    "support_new_form": {"title": "Parcel", "customer": "Lena"},
}


OF_AN_ISSUE = {"notice_claim": "1", "notice_wait": "1", "^support_count:": "1|1795370000.000100"}
CRAFTED = {
    "remove": Recall(ROLES[Role.OWNER], ("reach",)).pack(),
    "settings_undo": '["", {"currency": ["EUR", "0"]}]',
    "settings_take_back": "1795370000000000-U0MIA000000",
}


@asynccontextmanager
async def open_scene(folder: Path) -> AsyncIterator[Crawler]:
    """Give a crawler in a town with sample figures, a support channel and one issue."""
    seed = seed_of(build_manifest("socket"))
    seed.members += [
        Member(IDA, "ida", "Ida Dahl", seed.team.id),
        Member(ROBOT, "robot", "Robot", seed.team.id, is_bot=True),
    ]
    for channel in seed.channels:
        if channel.name in ("marketing", "support"):
            channel.members += [IDA]
    refusals = Refusals()
    logging.getLogger().addHandler(refusals)
    try:
        async with enter_town(folder, seed=seed) as town:
            town.running.scheduler.pause()
            invite_gus(town)
            await set_up(town)
            tables = Tables(folder / "kepi.db")
            try:
                yield Crawler(town, tables, refusals, ROLES, VALUES, CRAFTED)
            finally:
                tables.close()
    finally:
        logging.getLogger().removeHandler(refusals)


async def make_digest(town: Town) -> None:
    """Set a digest of Omar's up, as the form would."""
    from storage import digests

    now = town.running.context.clock()
    row = digests.DigestRow(
        id=0, channel="C0SUPPORT00", cadence="weekly", zone="UTC", weekday=0, day=1, hour=9,
        minute=0, language="en", kpis=(), scope={}, parts=(), owner=ROLES[Role.OWNER],
        by=ROLES[Role.OWNER], made=now, since=now, paused=None, removed=None, company="", version=0,
    )  # fmt: skip
    await town.running.context.write(digests.add, town.running.context.home.workspace, row, now)


async def support(crawler: Crawler, asked: Message) -> None:
    """Let Omar, who answers, do all that there is about an issue, and Mia what admins do."""
    omar, mia = crawler.town.omar, crawler.town.mia
    for words in ("", "1", "explain 1", "new", "setup", "relays", "help", "status"):
        await crawler.type(omar, f"/support {words}", "#support")
    for callback_id in ("support_show", "support_replied", "support_attach", "support_separate"):
        await crawler.choose(omar, asked, callback_id)
    said = await omar.say("#support", "Lena rang: nothing came")
    for callback_id in ("support_track", "support_attach"):
        await crawler.choose(omar, said, callback_id)
    await crawler.type(omar, "/support resolve 1", "#support")
    for words in ("hours", "targets", "holidays sweden", "ratings on"):
        await crawler.type(mia, f"/support {words}", "#support")


async def play(crawler: Crawler) -> None:
    """Let those who may ask for everything that has buttons or a form."""
    town: Town = crawler.town
    mia, omar = town.mia, town.omar
    asked = await town.person("gus").say("#support", "order 8841 never came")
    await crawler.quiet()
    await make_digest(town)
    firsts = dict.fromkeys(it.name.split()[0] for it in RIGHTS if it.kind == "words")
    for first in firsts:
        await crawler.refuse_words(first)
    for name, value in OF_AN_ISSUE.items():
        right = right_of("press", sample_of(name))
        crawler.done.add(("press", name, ""))
        for role, user in ROLES.items():
            if not right.allows(role):
                sent = press(town, user, sample_of(name), value)
                await crawler.refuse_one(right, role, user, sent)
    await support(crawler, asked)
    for words in (
        *("reach instagram", "help", "ask", "data", "language"),
        *("digest", "digest setup", "goal new", "goal instagram likes up 20 % next quarter"),
        *("goal", "alert new", "alert likes above 500", "alert"),
        *("own new “Backlinks” level", "own add backlinks 5 on 12 nov", "own"),
        *("value", "rate cpm instagram 6.50 EUR from “rate card 2026”", "rate"),
        *("test new", "test", "label", "note", "note 12 nov Black Week", "action"),
    ):
        await crawler.type(omar, f"/kpi {words}")
    for name, data in (("posts.csv", POSTS), ("unknown.csv", b"a,b,c\n1,2,3\n4,5,6\n")):
        await omar.drop("dm", name, data)
        await crawler.follow(omar)
    for words, channel in (("reach", "dm"), ("reach", "#random"), ("private reach", "#marketing")):
        await crawler.type(omar, f"/kpi {words}", channel)
    for said in ("goal instagram likes up 20 % next quarter", "alert likes above 900"):
        await omar.say("dm", said)
        await crawler.follow(omar)
    await omar.mention("#marketing", "alert likes above 800")
    await crawler.follow(omar)
    await crawler.type(omar, "/kpi digest setup", "#partner-acme")
    await Square(town).crisis(by=omar.id)
    await crawler.follow(omar)
    for person in (omar, mia):
        await person.open_home()
        await crawler.follow(person)
    for words in ("status", "setting", "setting here", "setting history", "admins", "accounts"):
        await crawler.type(mia, f"/kpi {words}")
    for words in ("accounts", "columns", "setting here", "start"):
        await crawler.type(omar, f"/kpi {words}")
