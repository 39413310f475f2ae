"""Who hears which language: a person their own, a channel the one that was chosen for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.manifest import build_manifest
from bot.playground import Message
from bot.playground.installed import seed_of
from commands.digests.composing import compose
from kpis.digests.calendar import latest_due
from kpis.digests.plan import Plan
from tests.slack.conftest import Town, enter_town, has_chart

ENGLISH, SWEDISH = "Reach · Instagram acme · last 30 days", "Räckvidd · Instagram acme · senaste 30"
CHINESE = "覆盖人数 · Instagram acme · 近 30 天"
REACH = "/kpi reach instagram last-30d"


@pytest.fixture
async def mixed(tmp_path: Path) -> AsyncIterator[Town]:
    """A workspace in which Omar reads Slack in Swedish and Gus, a guest, in Chinese."""
    seed = seed_of(build_manifest("socket"))
    locales = {"omar": "sv-SE", "gus": "zh-CN"}
    for member in seed.members:
        member.locale = locales.get(member.name, member.locale)
    async with enter_town(tmp_path, seed=seed) as town:
        yield town


async def ask(town: Town, who: str, words: str, where: str) -> Message:
    """Return the last thing that the bot said to somebody after a command."""
    person = town.person(who)
    await person.command(words, where)
    await town.quiet()
    return person.bot_said(where)[-1]


async def test_private_text_is_in_the_reader_s_language(mixed: Town) -> None:
    """Where Kepi is not invited, and in the direct message; buttons and sentence included."""
    alone = await ask(mixed, "omar", REACH, "#random")
    assert alone.is_private
    assert SWEDISH in alone.words
    assert "Skicka diagrammet" in alone.words
    assert alone.text.startswith("Räckvidd, Instagram acme, 23 okt.")
    assert "Jag är inte med i kanalen" in alone.words
    hers = await ask(mixed, "mia", REACH, "#random")
    assert ENGLISH in hers.words
    await mixed.omar.say("dm", "räckvidd instagram senaste 30 dagar")
    direct = await mixed.omar.await_message("dm", has_chart, within=20)
    assert SWEDISH in direct.words
    chart = next(it for it in direct.blocks if it["type"] == "image")
    assert "Räckvidd" in chart["alt_text"]


async def test_public_text_is_in_the_channel_s_language(mixed: Town) -> None:
    """A Swede's question in an English channel is answered in English, for everyone."""
    shown = await ask(mixed, "omar", REACH, "#marketing")
    assert not shown.is_private
    assert ENGLISH in shown.words
    assert "How?" in shown.words
    assert "senaste" not in str(shown.blocks)


async def test_a_channel_s_language_is_chosen_by_a_command(mixed: Town) -> None:
    """Named in any language, told to the chooser in theirs; the very next answer is in it."""
    said = await ask(mixed, "omar", "/kpi language kinesiska", "#marketing")
    assert said.is_private
    assert "中文" in said.words
    assert "Från och med nu" in said.words
    shown = await ask(mixed, "mia", REACH, "#marketing")
    assert not shown.is_private
    assert CHINESE in shown.words
    asked = await ask(mixed, "mia", "/kpi language", "#marketing")
    assert "English" in asked.words
    assert "中文" in asked.words
    back = await ask(mixed, "mia", "/kpi language english", "#marketing")
    assert "From now on everyone here is answered in English." in back.words
    assert ENGLISH in (await ask(mixed, "omar", REACH, "#marketing")).words


async def test_the_workspace_s_language_holds_where_no_channel_chose(mixed: Town) -> None:
    """An admin sets it; a channel's own choice goes before it."""
    refused = await ask(mixed, "omar", "/kpi language default svenska", "#marketing")
    assert refused.is_private
    assert ENGLISH in (await ask(mixed, "mia", REACH, "#marketing")).words
    await ask(mixed, "mia", "/kpi language default svenska", "#marketing")
    assert SWEDISH in (await ask(mixed, "mia", REACH, "#marketing")).words
    await ask(mixed, "omar", "/kpi language english", "#marketing")
    assert ENGLISH in (await ask(mixed, "omar", REACH, "#marketing")).words


async def test_what_is_no_language_and_who_may_not_choose_get_one_line(mixed: Town) -> None:
    unknown = await ask(mixed, "omar", "/kpi language klingon", "#marketing")
    assert "klingon" in unknown.words
    assert "Svenska" in unknown.words
    guest = await ask(mixed, "gus", "/kpi language svenska", "#marketing")
    assert "访客不能选择频道语言" in guest.words
    await mixed.omar.say("dm", "language svenska")
    await mixed.quiet()
    assert "på det språk du läser Slack på" in mixed.omar.bot_said("dm")[-1].words


async def test_forms_from_a_public_answer_speak_to_who_pressed(mixed: Town) -> None:
    """*How?* is private; what *Change* sends off is put into the message in its language."""
    shown = await ask(mixed, "mia", REACH, "#marketing")
    await mixed.omar.press(shown, "how")
    receipt = await mixed.omar.await_view("Består av")
    assert receipt.title == "Så räknades det"
    own = await ask(mixed, "omar", REACH, "#marketing")
    await mixed.omar.press(own, "change")
    form = await mixed.omar.await_view("Dela upp efter")
    assert form.title == "Ändra frågan"
    await mixed.omar.submit(form, {"period": "last week"})
    await mixed.quiet()
    changed = mixed.mia.bot_said("#marketing")[-1]
    assert changed.ts == own.ts
    assert "Reach · Instagram acme · week 46, 2026" in changed.words


async def test_errors_are_said_in_the_asker_s_language(mixed: Town) -> None:
    said = await ask(mixed, "omar", "/kpi reach by moon", "#marketing")
    assert said.is_private
    assert "I don't know" not in said.words


async def test_a_digest_is_written_in_its_own_language(mixed: Town) -> None:
    """Whoever looks at it: a Swedish digest is Swedish for Mia, an English one English for Omar."""
    context, now = mixed.running.context, mixed.running.context.clock()
    told = {}
    for language in ("sv", "en"):
        plan = Plan(id=0, channel="C0MARKETING", language=language, kpis=("impressions", "likes"))
        found = latest_due(plan, now)
        assert found is not None
        composed = await compose(context, plan, found[0])
        told[language] = composed.text + str(composed.blocks())
    assert "Visningar" in told["sv"]
    assert "Från vecka 45" in told["sv"]
    assert "Impressions" in told["en"]
    assert "From week 45" in told["en"]
    assert "Visningar" not in told["en"]


async def test_rooms_of_first_words_speak_to_the_asker(mixed: Town) -> None:
    said = await ask(mixed, "omar", "/kpi labels", "#marketing")
    assert said.is_private
    assert "omnämnanden" in said.words
    assert "mentions" in (await ask(mixed, "mia", "/kpi labels", "#marketing")).words
