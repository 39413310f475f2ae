"""What is written, and not pressed or typed as a command: heard of people, as they may."""

from __future__ import annotations

import logging
from pathlib import Path

from bot.manifest import build_manifest
from bot.playground import seed_of
from tests.rights.crawl import Refusals, Tables
from tests.slack.conftest import enter_town
from tests.slack.test_files import GOOD, file_of

WORDS = ("reach", "goal", "setting", "forget <@U0MIA000000>", "support", "digest setup")


async def test_words_of_guests_outsiders_and_programs(tmp_path: Path) -> None:
    """In the direct message, a channel, and one shared with another company; files too."""
    refusals = Refusals()
    logging.getLogger().addHandler(refusals)
    try:
        async with enter_town(tmp_path, seed=seed_of(build_manifest("socket"))) as town:
            town.running.scheduler.pause()
            gus, lena, kepi = (
                town.person("gus"),
                town.person("lena"),
                town.slack.space.seed.bot_user,
            )
            await town.omar.mention("#marketing", "reach")
            await town.quiet()
            tables = Tables(tmp_path / "kepi.db")
            before = tables.read()
            for words in WORDS:
                await gus.say("dm", words)
                await town.quiet()
                assert refusals.told.pop()[0] == gus.id, words
                await lena.mention("#partner-acme", words)
                await town.quiet()
                assert refusals.told.pop()[0] == lena.id, words
            await gus.drop("dm", "posts.csv", file_of(GOOD))
            await gus.await_message("dm", "Guests cannot add data")
            refusals.told.clear()
            said = len(town.mia.bot_said("#marketing"))
            for words in WORDS:
                town.slack.app_post("#marketing", f"<@{kepi}> {words}")
                await town.quiet()
            assert len(town.mia.bot_said("#marketing")) == said, "no program is answered"
            await gus.mention("#marketing", "reach")
            await town.quiet()
            assert len(town.mia.bot_said("#marketing")) > said, "guests read what everyone reads"
            assert refusals.told == []
            after = tables.read()
            tables.close()
            changed = {it for it in after if after[it] != before.get(it)}
            assert not changed - {"delivery", "told", "choice"}, changed
    finally:
        logging.getLogger().removeHandler(refusals)
