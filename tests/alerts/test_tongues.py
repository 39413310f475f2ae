"""Every surface of alerts in a made-up language: nothing that a person reads is left English."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground import Message, View
from bot.playground.person import Person
from storage.support_notes import choose
from tests.alerts.square import ROOM, Square, open_square
from tests.digests.test_tongues import texts_of
from tests.languages.made_up import LANGUAGE, LOCALE, english_in, speak_made_up

DATA = "Acme acme mia omar gus marketing random partner-acme partner Instagram TikTok LinkedIn X"
DATA += " YouTube Facebook Stockholm delivery UTC Nordkaffe nordkaffe Bluebird bluebird mia' omar'"
WORDS = (
    "likes instagram below 40",
    "reach tiktok moves 30 %",
    "saves unusual",
    "no data",
    "crisis",
)
REFUSED = ("xyzzy", "likes", "reach below 100", "followers unusual", "saves youtube below 5")


@pytest.fixture
async def square(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Square]:
    """A town whose people and channels speak the made-up language."""
    speak_made_up(monkeypatch)
    async with open_square(tmp_path) as here:
        context = here.context
        for name in ("mia", "omar", "gus"):
            here.town.person(name).member.locale = LOCALE
        await context.write(
            choose, context.home.workspace, "language", LANGUAGE, "", context.clock()
        )
        yield here


def left_in(shown: Message | View | None) -> list[str]:
    """Return what a message or a form still says in English; as it was filled in counts not."""
    assert shown is not None
    if isinstance(shown, View):
        return english_in([*texts_of(shown.body), *shown.errors.values()], DATA)
    return english_in([shown.text, *texts_of(shown.blocks)], DATA)


def first(square: Square) -> Message:
    """Return the alert as it stands in the channel."""
    return square.posts()[0]


async def shown_to(square: Square, who: Person) -> View:
    await square.quiet()
    view = who.open_view()
    assert view is not None
    return view


async def test_an_alert_with_its_thread_and_all_that_is_pressed(square: Square) -> None:
    """What the channel reads, what is told to the presser alone, refusals, and how it stands."""
    await square.crisis()
    assert left_in(first(square)) == []
    mia, omar = square.mia, square.omar
    for who, button in ((omar, "alert_take"), (mia, "alert_take"), (mia, "alert_take")):
        await square.press(who, first(square), button)
        assert left_in(square.private(who)) == [], button
    await square.press(mia, square.private(mia), "alert_leave")
    for act in ("why", "fewer", "mute", "unmute"):
        await choose_act(square, mia, act)
        assert left_in(square.private(mia)) == [], act
        assert left_in(first(square)) == [], act
    await choose_act(square, omar, "mute")
    assert left_in(square.private(omar)) == [], "a refusal"
    await square.press(mia, first(square), "alert_snooze")
    form = await shown_to(square, mia)
    assert left_in(form) == []
    await mia.submit(form, {"until": "date", "date": "2026-11-22"})
    assert form.errors
    assert left_in(form) == []
    await mia.submit(form, {"until": "morning"})
    await square.quiet()
    await choose_act(square, mia, "assign")
    form = await shown_to(square, mia)
    assert left_in(form) == []
    await mia.submit(form, {"user": omar.id})
    await square.quiet()
    assert [left_in(it) for it in omar.bot_said("dm") if left_in(it)] == []
    assert left_in(square.private(mia)) == []
    assert square.story()
    assert english_in(square.story(), DATA) == []


async def test_rules_typed_filled_in_tried_listed_and_removed(square: Square) -> None:
    """The form, its try-out or refusal, the list, and each choice of its menu."""
    mia = square.mia
    assert left_in(await square.say(mia, "/kpi alerts")) == []
    for words in WORDS:
        await mia.command(f"/kpi alert {words}", ROOM)
        form = await shown_to(square, mia)
        assert left_in(form) == [], words
        await mia.submit(form, {})
        tried = await shown_to(square, mia)
        assert left_in(tried) == [], words
        if tried.body.get("submit"):
            await mia.submit(tried, {})
            await square.quiet()
            assert left_in(square.private(mia)) == [], words
        else:
            await mia.close(tried, everything=True)
    page = await square.say(mia, "/kpi alerts")
    assert left_in(page) == []
    number = square.rules()[0].id
    assert left_in(await pressed(square, page, f"pause:{number}", square.omar)) == []
    for act in ("pause", "resume", "remove"):
        page = await square.say(mia, "/kpi alerts")
        assert left_in(await pressed(square, page, f"{act}:{number}", mia)) == [], act
    assert [left_in(it) for it in mia.bot_said("dm") if left_in(it)] == []


async def choose_act(square: Square, who: Person, act: str) -> None:
    """Choose something in the ⋯ menu of the alert."""
    options = first(square).blocks[-1]["elements"][-1]["options"]
    value = next(it["value"] for it in options if it["value"].startswith(act))
    await square.press(who, first(square), "alert_menu", value)


async def pressed(square: Square, page: Message, choice: str, who: Person) -> Message:
    await square.press(who, page, "alert_rule_menu", choice)
    return square.private(who)


async def test_what_cannot_be_watched(square: Square) -> None:
    """Words that are no rule, and rules that make no sense: each refusal is said."""
    mia = square.mia
    for words in REFUSED:
        await mia.command(f"/kpi alert {words}", ROOM)
        await square.quiet()
        form = mia.open_view()
        if form is None:
            assert left_in(square.private(mia)) == [], words
            continue
        await mia.submit(form, {})
        await square.quiet()
        shown = mia.open_view()
        assert left_in(shown) == [], words
        assert shown is not None
        await mia.close(shown, everything=True)
