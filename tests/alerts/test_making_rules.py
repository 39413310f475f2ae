"""A rule by words and form: tried on history, tuned, saved, listed, changed, taken away."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.playground.person import Person
from bot.playground.world import Channel, View
from tests.alerts.square import Square, open_square

LIKES = "/kpi alert likes instagram below 40"


@pytest.fixture
async def square(tmp_path: Path) -> AsyncIterator[Square]:
    """A town with sample data in which nobody made a rule."""
    async with open_square(tmp_path) as here:
        yield here


async def form_of(square: Square, who: Person, words: str, channel: str = "#marketing") -> View:
    await who.command(words, channel)
    return await who.await_view("Tell when")


async def tried(square: Square, who: Person, view: View, values: dict[str, Any]) -> View:
    await who.submit(view, values)
    assert not view.errors, view.errors
    return await who.await_view("ould ", within=20)


async def test_words_fill_the_form_in_and_it_is_tried_before_it_is_saved(square: Square) -> None:
    """What it would have told in 90 days, with its chart; *fewer* counts anew; then it is saved."""
    view = await form_of(square, square.mia, LIKES)
    assert view.element("kind")["initial_option"]["value"] == "threshold"
    assert view.element("kpi")["initial_option"]["value"] == "likes"
    assert view.element("scope")["initial_option"]["value"] == "platform:instagram"
    assert view.element("limit")["initial_value"] == "40"
    assert [it["type"] for it in view.blocks][1] == "context", "what needs what is said first"
    view = await tried(square, square.mia, view, {})
    assert "Likes · Instagram · below 40 a day, told in #marketing" in view.words
    assert [it["type"] for it in view.blocks].count("image") == 1
    radio = next(it for it in view.blocks if it["type"] == "actions")["elements"][0]
    assert [it["value"] for it in radio["options"]] == ["fewer", "as now", "more"]
    assert radio["initial_option"]["value"] == "as now"
    await square.mia.press(view, "alert_tune", "more")
    await square.quiet()
    again = square.mia.open_view()
    assert again is not None
    radio = next(it for it in again.blocks if it["type"] == "actions")["elements"][0]
    assert radio["initial_option"]["value"] == "more"
    assert square.rules() == [], "nothing is saved before Save is pressed"
    await square.mia.submit(again, {})
    await square.quiet()
    said = square.private(square.mia).words
    assert said.startswith("Saved: Likes · Instagram · below ")
    assert "told in #marketing. What happened before now is not told." in said
    (rule,) = square.rules()
    assert (rule.kind, rule.kpi, rule.by) == ("threshold", "likes", square.mia.id)
    assert square.posts() == [], "the past is not told"
    (kept,) = square.mia.bot_said()
    assert kept.text.startswith("Likes · Instagram · below ")
    assert [it.id for it in square.mia.files(kept)], "its chart can be opened, so the form shows it"


async def test_what_would_fire_daily_is_refused_with_what_would_work(square: Square) -> None:
    """The try-out has no Save; the way back to the form is open."""
    view = await form_of(square, square.mia, "/kpi alert likes instagram above 1")
    view = await tried(square, square.mia, view, {})
    assert "which nobody reads" in view.words
    assert view.body.get("submit") is None
    await square.mia.press(view, "alert_again")
    view = await square.mia.await_view("Tell when")
    assert view.element("limit")["initial_value"] == "1"


REFUSED = """
    typed                        | filled                | says
    -----------------------------+-----------------------+-----------------------------------
    likes instagram below 40     | channel=#random       | #random. Write /invite @Kepi there
    likes instagram below 40     | channel=#partner-acme | Write the company's name below
    likes instagram below 40     | channel=#old          | #old is archived
    likes instagram below 40     | side=both             | Choose above or below
    likes instagram below 40     | limit=many            | Write a number, such as 100
    likes instagram below 40     | limit=4 %             | 100 or 5k
    likes drop 30 %              | limit=much            | such as 30 %
    reach below 100              |                       | Name one account
    followers unusual            |                       | net followers
    saves youtube below 5        |                       | There are no numbers of Saves
"""


async def test_what_cannot_be_told_is_refused_with_what_would_work(square: Square) -> None:
    """A channel that Kepi is not in, a number that no day has, a shared channel without a yes."""
    space = square.town.slack.space
    kepi = space.bot.id
    space.channels["C0OLD000000"] = Channel(
        "C0OLD000000", "old", [square.mia.id, kepi], is_archived=True
    )
    for line in REFUSED.strip().splitlines()[2:]:
        typed, filled, says = (it.strip() for it in line.split("|"))
        view = await form_of(square, square.mia, f"/kpi alert {typed}")
        name, _, value = filled.partition("=")
        if name == "channel":
            value = space.find_channel(value).id
        await square.mia.submit(view, {name: value} if name else {})
        await square.quiet()
        shown = square.mia.open_view()
        assert shown is not None
        assert says in f"{shown.words} {shown.errors}", line
        await square.mia.close(shown, everything=True)
    assert square.rules() == []


async def test_a_shared_channel_needs_the_name_of_the_company(square: Square) -> None:
    """The yes names it, and the list says who reads along."""
    room = square.town.slack.space.find_channel("#partner-acme").id
    view = await form_of(square, square.mia, LIKES)
    view = await tried(square, square.mia, view, {"channel": room, "company": "Lena & Co"})
    await square.mia.submit(view, {})
    await square.quiet()
    page = await square.say(square.mia, "/kpi alerts")
    assert "#partner-acme (read by Lena & Co too)" in page.words.replace("&amp;", "&")


async def test_the_list_says_what_where_and_when_last(square: Square) -> None:
    """Each rule with a menu: pause, resume, change, remove, and undo of that."""
    page = await square.say(square.mia, "/kpi alerts")
    assert page.words.startswith("No alerts yet.")
    await save(square, square.mia, LIKES)
    page = await square.say(square.omar, "/kpi alerts")
    assert "1 alert in place." in page.words
    assert "#marketing · never told" in page.words
    number = square.rules()[0].id
    await square.press(square.omar, page, "alert_rule_menu", f"pause:{number}")
    assert "Only who made this rule" in square.private(square.omar).words
    page = await square.say(square.mia, "/kpi alerts")
    await square.press(square.mia, page, "alert_rule_menu", f"pause:{number}")
    assert square.private(square.mia).words.startswith("Paused: Likes")
    assert square.rules()[0].paused is not None
    page = await square.say(square.mia, "/kpi alert list")
    await square.press(square.mia, page, "alert_rule_menu", f"resume:{number}")
    assert square.rules()[0].paused is None
    page = await square.say(square.mia, "/kpi alerts")
    await square.press(square.mia, page, "alert_rule_menu", f"remove:{number}")
    assert square.rules() == []
    await square.press(square.mia, square.private(square.mia), "alert_restore")
    assert [it.kpi for it in square.rules()] == ["likes"]


async def save(square: Square, who: Person, words: str) -> None:
    """Make a rule by its form."""
    view = await tried(square, who, await form_of(square, who, words), {})
    await who.submit(view, {})
    await square.quiet()


async def test_the_same_rule_is_not_made_twice(square: Square) -> None:
    """In one channel one rule on one thing; changing that one is offered instead."""
    await save(square, square.mia, LIKES)
    view = await form_of(square, square.omar, LIKES)
    await square.omar.submit(view, {})
    shown = await square.omar.await_view("already")
    assert "Change that one: /kpi alerts" in shown.words
    assert len(square.rules()) == 1


async def test_a_rule_is_changed_by_its_form(square: Square) -> None:
    """Filled in with what it is; saved, it is the same rule with other numbers."""
    await save(square, square.mia, LIKES)
    (before,) = square.rules()
    page = await square.say(square.mia, "/kpi alerts")
    await square.mia.press(page, "alert_rule_menu", f"change:{before.id}")
    view = await square.mia.await_view("Tell when")
    assert view.element("limit")["initial_value"] == "40"
    view = await tried(square, square.mia, view, {"limit": "45", "times": "first"})
    await square.mia.submit(view, {})
    await square.quiet()
    (after,) = square.rules()
    assert after.id == before.id
    assert '"limit": 45.0' in after.settings
    assert '"every_time": false' in after.settings


@pytest.mark.parametrize("did", ["changed", "removed"])
async def test_of_two_who_change_a_rule_the_second_is_told(square: Square, did: str) -> None:
    """Who was first, and when; what they saved stays, and the history tells it in a line."""
    square.town.slack.space.members[square.omar.id].is_admin = True
    await save(square, square.mia, LIKES)
    (before,) = square.rules()
    page = await square.say(square.mia, "/kpi alerts")
    await square.mia.press(page, "alert_rule_menu", f"change:{before.id}")
    view = await square.mia.await_view("Tell when")
    view = await tried(square, square.mia, view, {"limit": "45"})
    act = "remove" if did == "removed" else "change"
    page = await square.say(square.omar, "/kpi alerts")
    await square.press(square.omar, page, "alert_rule_menu", f"{act}:{before.id}")
    if did == "changed":
        his = await square.omar.await_view("Tell when")
        await square.omar.submit(await tried(square, square.omar, his, {"limit": "42"}), {})
        await square.quiet()
    rules = square.rules()
    await square.mia.submit(view, {})
    await square.quiet()
    said = square.private(square.mia).words
    assert re.match(rf"omar {did} this alert at \d\d:\d\d, after you looked at it", said)
    assert square.rules() == rules
    told = (await square.say(square.mia, "/kpi settings history")).words
    after = "–" if did == "removed" else "Likes · Instagram · below 42 a day"
    line = f"Alert {before.id}: Likes · Instagram · below 40 a day → {after}"
    assert f"omar · #marketing · {line}" in told
    assert f"mia · #marketing · Alert {before.id}: – → Likes" in told


async def test_crises_and_silence_with_one_press(square: Square) -> None:
    """Offered where nothing is watched; a second press finds them there."""
    page = await square.say(square.mia, "/kpi alerts")
    await square.press(square.mia, page, "alert_defaults:list")
    said = square.private(square.mia).words
    assert said.startswith("On: Negative mentions · Acme")
    assert said.endswith("told in #marketing.")
    assert sorted(it.kind for it in square.rules()) == ["crisis", "silence"]
    page = await square.say(square.mia, "/kpi alerts")
    assert "Watch crises" not in page.words


async def test_words_by_mention_are_set_by_a_button(square: Square) -> None:
    """A mention brings no trigger: what was read is shown, and one press tries and saves it."""
    await square.mia.mention("#marketing", "alert negative mentions")
    await square.quiet()
    said = square.private(square.mia)
    assert said.words.startswith("An alert: Negative mentions · Acme")
    await square.press(square.mia, said, "alert_open")
    view = await square.mia.await_view("Tell when")
    assert view.element("kind")["initial_option"]["value"] == "crisis"
    await square.mia.close(view)
    await square.press(square.mia, said, "alert_set")
    assert square.private(square.mia).words.startswith("Saved: Negative mentions")
    assert [it.kind for it in square.rules()] == ["crisis"]


NONSENSE = (
    "smorgasbord",
    "below",
    "likes below",
    "likes below 9" + "9" * 40,
    "likes and reach below 5",
    "<!channel> below 5",
    "likes below 5 in <#C0NOWHERE00|nowhere>",
    "' OR 1=1 --",
    "{}",
    "x" * 2000,
)


async def test_nonsense_is_answered_and_changes_nothing(square: Square) -> None:
    """One private line or a form; nothing is posted, nobody is pinged."""
    for words in NONSENSE:
        await square.mia.command(f"/kpi alert {words}", "#marketing")
        await square.quiet()
        view = square.mia.open_view()
        if view is not None:
            await square.mia.close(view, everything=True)
            continue
        said = square.private(square.mia)
        assert "Something broke" not in said.words, words
        assert "<!" not in str(said.blocks)
    assert (square.rules(), square.posts()) == ([], [])


async def test_guests_make_no_rules(square: Square) -> None:
    gus = square.town.person("gus")
    room = square.mia.channel("#marketing")
    if gus.id not in room.members:
        room.members.append(gus.id)
    said = await square.say(gus, LIKES)
    assert said.words == "Guests can read alerts. A member of the workspace can do this."
