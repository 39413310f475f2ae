"""Notes in Slack, over real sockets: written, seen on charts, listed, changed, removed, undone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.manifest import build_manifest
from bot.playground import Message
from bot.playground.installed import seed_of
from bot.playground.world import View
from commands.charts import picture_of
from commands.date_notes import wording
from commands.saying import say
from kpis.asking import Answers
from kpis.asking import ask as ask_kpis
from kpis.tongue import speaking
from storage import date_notes
from storage.date_notes import DateNoteRow
from tests.slack.conftest import Town, enter_town, has_chart

REACH = "/kpi reach instagram last-30d"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """Sunday 22 November 2026; Omar reads Slack in Swedish."""
    seed = seed_of(build_manifest("socket"))
    for member in seed.members:
        member.locale = "sv-SE" if member.name == "omar" else member.locale
    async with enter_town(tmp_path, seed=seed) as ready:
        yield ready


async def ask(town: Town, who: str, words: str, where: str = "#marketing") -> Message:
    await town.person(who).command(words, where)
    await town.quiet()
    return town.person(who).bot_said(where)[-1]


async def rows(town: Town) -> list[DateNoteRow]:
    context = town.running.context
    return await context.read(date_notes.standing_notes, context.home.workspace)


def element(shown: Message | View, action: str) -> dict[str, Any]:
    """Return the first button or menu of an action."""
    for block in shown.blocks:
        for it in (*block.get("elements", []), block.get("accessory") or {}):
            if it.get("action_id") == action:
                return dict(it)
    raise LookupError(action)


def errors_of(view: View | None) -> dict[str, str]:
    assert view is not None, "the form was closed"
    return dict(view.errors)


async def test_a_note_stands_on_the_chart_and_under_the_answer_until_it_is_undone(
    town: Town,
) -> None:
    """The answer that was worked out before is worked out anew; the alternative text tells it."""
    before = await ask(town, "mia", REACH)
    assert "Noted" not in before.words
    said = await ask(town, "mia", "/kpi note 12 nov Black Week")
    assert said.is_private
    assert said.text == "Noted: 12 Nov, Black Week. It stands on every chart that covers it."
    (row,) = await rows(town)
    assert (row.first, row.until, row.words) == (
        date(2026, 11, 12),
        date(2026, 11, 13),
        "Black Week",
    )
    await town.mia.command(REACH, "#marketing")
    answer = await town.mia.await_message("#marketing", lambda it: has_chart(it) and "Noted" in it.words, within=20)  # noqa: E501  # fmt: skip
    assert "Noted: 12 Nov: Black Week." in answer.words
    image = next(it for it in answer.blocks if it["type"] == "image")
    assert "Noted: 12 Nov: Black Week." in image["alt_text"]
    older = await ask(town, "mia", "/kpi reach instagram oct")
    assert "Noted" not in older.words
    await town.mia.press(said, "note_undo", element(said, "note_undo")["value"])
    await town.quiet()
    assert await rows(town) == []
    assert "Noted" not in (await ask(town, "mia", REACH)).words


def asked(connection: Connection, town: Town, words: str) -> Any:
    context = town.running.context
    reply = ask_kpis(
        words, database=context.database, workspace=context.home.workspace, now=context.clock()
    )
    assert isinstance(reply, Answers)
    return reply.answers[0]


COVERED = {
    "reach instagram last 30 days": "line",
    "posts last 30 days": "line",
    "followers last 12 weeks": "line",
    "trend followers": "line",
    "why followers last week": "",
    "engagements instagram last 30 days": "stacked",
    "issues last 30 days": "",
    "reach by platform last 30 days": "bars",
    "best times last 30 days": "heat",
    "likes instagram by day last 7 days": "bars",
}


async def test_every_kind_of_answer_tells_the_note_drawn_or_underneath(town: Town) -> None:
    """A chart over days has it on its days; one without days has it in the line underneath."""
    await ask(town, "mia", "/kpi note 14–20 nov Black Week")
    wrong = {}
    for words, kind in COVERED.items():
        answer = await town.running.context.read(asked, town, words)
        picture = picture_of(answer)
        noted = [it for it in answer.marks if it.is_note]
        if [it.words for it in noted] != ["Black Week"]:
            wrong[words] = "not in the answer"
        elif picture is None:
            wrong[words] = "no chart" if kind else ""
        elif len(picture.slots) > 1 and [it.words for it in picture.notes] != ["Black Week"]:
            wrong[words] = "not on the chart"
        elif len(picture.slots) < 2 and "Noted: 14–20 Nov: Black Week." not in picture.footnote:
            wrong[words] = f"not under it: {picture.footnote}"
        elif kind and picture.kind != kind:
            wrong[words] = f"{picture.kind}, not {kind}"
    assert {key: why for key, why in wrong.items() if why} == {}


async def test_at_most_three_are_told_and_a_note_breaks_no_comparison(town: Town) -> None:
    """Five notes: three newest and how many more; the change is still told."""
    plain = await ask(town, "mia", "/kpi likes instagram last week")
    for number in range(9, 14):
        await ask(town, "mia", f"/kpi note {number} nov Note {number}")
    noted = await ask(town, "mia", "/kpi likes instagram last week")
    for line in plain.words.splitlines()[:2]:
        assert line in noted.words
    said = next(it for it in noted.words.splitlines() if it.startswith("Noted:"))
    assert said == (
        "Noted: 11 Nov: Note 11; 12 Nov: Note 12; 13 Nov: Note 13; and 2 more: /kpi notes."
    )


async def test_the_form_says_at_the_field_what_is_wrong_and_keeps_what_was_typed(
    town: Town,
) -> None:
    await town.mia.command("/kpi note", "#marketing")
    view = await town.mia.await_view("What happened")
    for values, field, why in (
        ({"words": "x" * 81, "first": "2026-11-12"}, "words", "this one has 81"),
        ({"words": ":tada: \u202e", "first": "2026-11-12"}, "words", "Say what happened"),
        (
            {"words": "Fair", "first": "2026-11-12", "last": "2026-11-11"},
            "last",
            "before the first",
        ),
        ({"words": "Fair", "first": "2026-11-12", "last": "2028-11-11"}, "last", "up to a year"),
    ):
        await town.mia.submit(view, values)
        await town.quiet()
        found = errors_of(town.mia.open_view())
        assert list(found) == [field]
        assert why in found[field]
    assert await rows(town) == []
    words = f"Fair & <b>*R&D*</b> with <@{town.omar.id}>"
    await town.mia.submit(view, {"words": words, "first": "2026-11-12", "last": "2026-11-14"})
    await town.quiet()
    (row,) = await rows(town)
    assert (row.words, row.until) == ("Fair & <b>*R&D*</b> with @omar", date(2026, 11, 15))
    said = town.mia.bot_said("#marketing")[-1]
    assert "Noted: 12–14 Nov, Fair &amp; &lt;b&gt;" in said.text
    assert f"<@{town.omar.id}>" not in str(said.blocks)


async def test_of_two_who_change_a_note_the_second_is_told_who_was_first(town: Town) -> None:
    """Omar wrote it; Mia, an admin, saves while his form stands open; nothing is overwritten."""
    await ask(town, "omar", "/kpi note 12 nov Fair")
    his = await open_edit(town, "omar")
    hers = await open_edit(town, "mia")
    await town.mia.submit(hers, {"words": "Book fair", "first": "2026-11-13"})
    await town.quiet()
    await town.omar.submit(his, {"words": "Wine fair", "first": "2026-11-12"})
    await town.quiet()
    told = errors_of(town.omar.open_view())["words"]
    assert "mia" in told
    assert "18:0" in told
    assert "Book fair" in told
    (row,) = await rows(town)
    assert (row.words, row.first, row.by) == ("Book fair", date(2026, 11, 13), town.omar.id)
    changed = said_last(town, "mia", "Changed: 13 Nov, Book fair.")
    await town.mia.press(changed, "note_undo", element(changed, "note_undo")["value"])
    await town.quiet()
    assert [(it.words, it.first) for it in await rows(town)] == [("Fair", date(2026, 11, 12))]


async def test_a_form_of_a_removed_note_says_who_removed_it_and_it_can_come_back(
    town: Town,
) -> None:
    await ask(town, "omar", "/kpi note 12 nov Fair")
    hers = await open_edit(town, "mia")
    listed = await ask(town, "omar", "/kpi notes")
    await town.omar.press(listed, "note_menu", element(listed, "note_menu")["options"][1]["value"])
    await town.quiet()
    assert await rows(town) == []
    await town.mia.submit(hers, {"words": "Ghost", "first": "2026-11-12"})
    await town.quiet()
    told = errors_of(town.mia.open_view())["words"]
    assert told.startswith("omar removed this note at 19:0")
    gone = town.omar.bot_said("#marketing")[-1]
    await town.omar.press(gone, "note_restore", element(gone, "note_restore")["value"])
    await town.quiet()
    assert [it.words for it in await rows(town)] == ["Fair"]


async def open_edit(town: Town, who: str) -> View:
    """Open the form of the newest note."""
    person = town.person(who)
    listed = await ask(town, who, "/kpi notes")
    await person.press(listed, "note_menu", element(listed, "note_menu")["options"][0]["value"])
    await town.quiet()
    view = person.open_view()
    assert view is not None
    return view


def said_last(town: Town, who: str, wanted: str) -> Message:
    said = town.person(who).bot_said("#marketing")
    return next(it for it in reversed(said) if wanted in it.text)


async def test_members_write_their_author_or_an_admin_changes_and_guests_do_neither(
    town: Town,
) -> None:
    said = await ask(town, "gus", "/kpi note 12 nov Fair")
    assert "Guests don't write notes" in said.words
    await ask(town, "mia", "/kpi note 12 nov Fair")
    listed = await ask(town, "omar", "/kpi notes")
    with speaking("sv"):
        refusal = say(wording.OTHERS, name="mia")
    for choice in element(listed, "note_menu")["options"]:
        await town.omar.press(listed, "note_menu", choice["value"])
        await town.quiet()
        assert refusal in town.omar.bot_said("#marketing")[-1].words
    assert [it.words for it in await rows(town)] == ["Fair"]


BAD = {
    "/kpi note Fair": "I can't read a day there. Write it like: /kpi note 12 nov Black Week",
    "/kpi note 32 nov Fair": "November has 30 days",
    "/kpi note 12 nov " + "x" * 81: "up to 80 characters; this one has 81",
    "/kpi notes blah": "I can't read “blah” as days. Try: /kpi notes last month",
    "/kpi notes last month": "No notes on 1–31 Oct.",
    "/kpi notes": "No notes yet.",
}


async def test_every_word_gets_an_answer_and_lists_turn_their_pages(town: Town) -> None:
    """Newest days first, ten on a page; in Swedish for who reads Slack in Swedish."""
    for words, wanted in BAD.items():
        assert wanted in (await ask(town, "mia", words)).words, words
    await ask(town, "omar", "/kpi note igår Servern nere")
    for number in range(1, 13):
        await ask(town, "mia", f"/kpi note {number} nov Note {number}")
    listed = await ask(town, "mia", "/kpi notes")
    assert listed.words.index("Servern nere") < listed.words.index("Note 12")
    assert "Note 12" in listed.words
    assert "Note 2\n" not in listed.words
    assert len(listed.blocks) <= 15
    await town.mia.press(listed, "note_page:older", element(listed, "note_page:older")["value"])
    await town.quiet()
    assert "Note 2" in town.mia.bot_said("#marketing")[-1].words
    november = await ask(town, "mia", "/kpi notes 3 nov to 4 nov")
    assert "2 notes." in november.text


async def test_how_offers_to_note_a_day(town: Town) -> None:
    answer = await ask(town, "mia", REACH)
    await town.mia.press(answer, "how")
    form = await town.mia.await_view("Note a day")
    await town.mia.press(form, "note_new")
    note = await town.mia.await_view("What happened")
    await town.mia.submit(note, {"words": "Fair", "first": "2026-11-12"})
    await town.quiet()
    assert [it.words for it in await rows(town)] == ["Fair"]
    assert any("Noted: 12 Nov, Fair" in it.text for it in town.mia.bot_said("dm"))


async def test_from_home_the_form_opens_and_what_is_said_comes_to_the_direct_message(
    town: Town,
) -> None:
    """A press on Home has a view and no channel; Home itself is left as it is."""
    await town.mia.open_home()
    await town.quiet()
    home = town.mia.home()
    assert home is not None
    await town.mia.press(home, "note_new", element(home, "note_new").get("value"))
    form = await town.mia.await_view("What happened")
    await town.mia.submit(form, {"words": "Fair", "first": "2026-11-12"})
    await town.quiet()
    assert town.mia.home() is not None
    assert "Noted: 12 Nov, Fair." in town.mia.bot_said("dm")[-1].text
    await town.mia.press(home, "note_list", element(home, "note_list").get("value"))
    await town.quiet()
    assert town.mia.bot_said("dm")[-1].text == "1 note."
