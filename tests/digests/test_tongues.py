"""Every surface of digests in a made-up language: nothing that a person reads is left English."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.playground import Message, Person, View
from commands.digests.composing import compose
from commands.digests.document import document_of
from commands.digests.reading import read_plans
from tests.digests.conftest import Open
from tests.digests.weeks import Week
from tests.languages.made_up import LANGUAGE, LOCALE, english_in, speak_made_up

EIGHT = datetime(2026, 11, 23, 7, 1, tzinfo=UTC)
NINE = EIGHT + timedelta(hours=1)
DATA = "Acme acme mia omar marketing random care Instagram TikTok LinkedIn YouTube Facebook"
PLACES = "Stockholm Europe English Ti ng Vi Bahasa Indonesia Svenska PDF"
SHOWN = ("text", "alt_text", "placeholder", "title", "submit", "close", "hint", "label")


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_made_up(monkeypatch)


def read_by_all(week: Week) -> None:
    """Let everybody read Slack in the made-up language."""
    for name in ("mia", "omar", "gus"):
        week.slack.person(name).member.locale = LOCALE


def texts_of(part: Any) -> Iterable[str]:
    """Yield every text in blocks or a form: sections, buttons, labels, hints, options, cells."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key in SHOWN and isinstance(value, str):
                yield value
            else:
                yield from texts_of(value)
    elif isinstance(part, list):
        for it in part:
            yield from texts_of(it)


def left_in(shown: Message | View) -> list[str]:
    if isinstance(shown, View):
        return english_in([*texts_of(shown.body), *shown.errors.values()], f"{DATA} {PLACES}")
    return english_in([shown.text, *texts_of(shown.blocks)], f"{DATA} {PLACES}")


async def press(week: Week, who: Person, on: Message, button: str, value: str = "") -> Message:
    """Press, and return what was said to the presser last."""
    await (who.press(on, button, value) if value else who.press(on, button))
    await week.quiet()
    room = "#marketing" if who.bot_said("#marketing") else "dm"
    return who.bot_said(room)[-1]


async def monday(week: Week) -> Message:
    read_by_all(week)
    await week.digest(language=LANGUAGE)
    await week.jump(NINE)
    await week.wake()
    return week.said()[0]


async def test_what_the_channel_reads_on_monday(week: Week) -> None:
    """The digest, its thread, and its pages; for a reader of English too."""
    digest = await monday(week)
    assert left_in(digest) == []
    threads = week.in_threads()
    assert threads
    assert [left_in(it) for it in threads if left_in(it)] == []
    (plan,) = await week.context.read(read_plans, week.workspace)
    composed = await compose(week.context, plan, "2026-W47", late=EIGHT, reader=week.mia.id)
    pages = document_of(composed)
    said = [pages.title, pages.subtitle, pages.footnote]
    for it in pages.sections:
        said += [it.heading, *it.paragraphs, *(cell for row in it.rows for cell in row)]
    assert english_in(said, f"{DATA} {PLACES}") == []
    assert "ж" in pages.sections[0].paragraphs[0], "it is late, and says so"


async def test_what_is_pressed_under_it(week: Week) -> None:
    """Answers to the presser, refusals too, and what the thread says of who does it."""
    digest = await monday(week)
    before = len(week.in_threads())
    for who, button, value in (
        (week.mia, "digest_step:take", ""),
        (week.omar, "digest_step:take", ""),
        (week.omar, "digest_step:not", ""),
        (week.omar, "digest_pdf", ""),
        (week.omar, "digest_more", "again|1|2026-W47"),
        (week.omar, "digest_more", "pause|1|2026-W47"),
        (week.mia, "digest_more", "pause|1|2026-W47"),
        (week.mia, "digest_more", "change|1|2026-W47"),
        (week.mia, "digest_more", "history|1|2026-W47"),
    ):
        assert left_in(await press(week, who, digest, button, value)) == [], (button, value)
    await week.wake()
    assert len(week.in_threads()) == before + 1
    assert left_in(week.in_threads()[-1]) == []
    asked = await week.ask(week.mia, "/kpi digest remove")
    assert left_in(asked) == []
    assert left_in(await press(week, week.mia, asked, "digest_remove:no")) == []
    asked = await week.ask(week.mia, "/kpi digest remove")
    removed = await press(week, week.mia, asked, "digest_remove:yes")
    assert left_in(removed) == []
    assert left_in(await press(week, week.mia, removed, "digest_remove:undo")) == []


async def test_what_is_typed(week: Week) -> None:
    """The list, a preview of a channel that has none, and what cannot be done."""
    read_by_all(week)
    await week.ask(week.mia, "/kpi language kinesiska")  # in which the usual one is written
    for words in ("", "preview", "explode", "pause", "pause #nowhere", "preview 2026-W99"):
        assert left_in(await week.ask(week.mia, f"/kpi digest {words}")) == [], words
    assert left_in(await week.ask(week.slack.person("gus"), "/kpi digest setup")) == []
    await week.digest()
    for words in ("", "send", "pause", "", "history", "resume", "pause #marketing weekly"):
        assert left_in(await week.ask(week.mia, f"/kpi digest {words}")) == [], words
    await week.wake()
    assert left_in(await week.ask(week.mia, "/kpi digest send")) == [], "it is out already"
    assert left_in(await week.ask(week.omar, "/kpi digest resume")) == []


async def test_the_form_and_its_faults(week: Week) -> None:
    read_by_all(week)
    await week.mia.command("/kpi digest setup", "#marketing")
    await week.quiet()
    view = await week.mia.await_view("ж")
    assert left_in(view) == []
    empty = next(it["element"] for it in view.blocks if it.get("block_id") == "kpis")
    faults: dict[str, Any] = {
        "zone": "Stokholm",
        "channel": week.slack.space.find_channel("#random").id,
        "owner": week.slack.person("gus").id,
        "kpis": [empty["option_groups"][1]["options"][0]["value"]],
    }
    await week.mia.submit(view, faults)
    assert set(view.errors) == set(faults)
    assert english_in(view.errors.values(), f"{DATA} {PLACES} Stokholm gus") == []
    mended = {"zone": "Stockholm", "owner": week.mia.id, "kpis": ["reach"]}
    mended["channel"] = week.mia.channel("#marketing").id
    await week.mia.submit(view, mended)
    await week.quiet()
    assert left_in(week.mia.bot_said("#marketing")[-1]) == []


async def test_what_its_owner_is_told_before_it_goes_out(open_a_week: Open) -> None:
    """In their own language, whatever the digest's is."""
    async with open_a_week(datetime(2026, 12, 10, 12, tzinfo=UTC)) as week:
        read_by_all(week)
        await week.digest()
        await week.jump(datetime(2026, 12, 13, 15, 0, 30, tzinfo=UTC))
        await week.wake()
        asked = week.to(week.mia)[-1]
        assert left_in(asked) == []
        assert left_in(await press(week, week.mia, asked, "digest_without")) == []
        await week.jump(datetime(2026, 12, 14, 7, 1, tzinfo=UTC))
        await week.wake()
        told = week.to(week.mia)[-1]
        assert left_in(told) == []
        await week.mia.press(told, "digest_comment")
        form = await week.mia.await_view("ж")
        assert left_in(form) == []
        await week.mia.submit(form, {"comment": "Acme"})
        await week.quiet()
        assert left_in(week.mia.bot_said("dm")[-1]) == []
        for button in ("digest_hold", "digest_release", "digest_hold", "digest_send_held"):
            await week.mia.press(told, button)
            await week.quiet()
            assert left_in(told) == [], button
