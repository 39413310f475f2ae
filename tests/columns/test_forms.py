"""The form that matches columns: what it refuses, what it keeps, and who may."""

from __future__ import annotations

import json
from typing import Any

from bot.playground import Message
from storage import uploads
from storage.sources import LARGEST_FILE
from tests.columns.test_journey import (
    FIRST,
    asked,
    chosen,
    dropped,
    field_of,
    opened,
    sent,
)
from tests.slack.conftest import NOW, Enter, Town

BAD = """\
Ref,Went out,Hearts,Mood,Ref link,Same
p1,2026-11-03,10,good,https://e.com/1,x
p2,2026-11-04,20,bad,https://e.com/2,x
p3,2026-11-05,thirty,bad,https://e.com/3,x
"""
NOVA = {
    "pick_id": "0",
    "pick_published": "1",
    "pick_impressions": "none",
    "pick_likes": "2",
    "network": "instagram",
    "whose": "new",
    "handle": "nova",
}


async def new_account(town: Town, view: Any, who: str = "omar") -> None:
    """Say that the rows are a new account's, which shows its field."""
    await town.person(who).press(view, "columns_whose", "new")
    await town.quiet()


def swapped(message: Message, action: str, value: str) -> Message:
    """Return the message as a forger sends it: another value behind a button."""
    for block in message.blocks:
        for element in block.get("elements", []):
            if element.get("action_id") == action:
                element["value"] = value
    return message


async def test_every_field_says_what_is_wrong(enter: Enter) -> None:
    """At the field, with line and value; what was typed stays; then it goes through."""
    async with enter() as town:
        message = await dropped(town, BAD)
        view = await opened(town, message)
        await new_account(town, view)
        drawn: list[tuple[dict[str, str], dict[str, str]]] = [
            ({"pick_published": "2"}, {"pick_published": "Line 2: “10” is not a date."}),
            ({"pick_impressions": "3"}, {"pick_impressions": "Line 2: “good” is no whole number."}),
            ({"pick_id": "5"}, {"pick_id": "“x” stands on lines 2 and 3"}),
            ({"pick_impressions": "2"}, {"pick_likes": "chosen for “Views or impressions”"}),
            ({"pick_likes": "none"}, {"pick_impressions": "at least one number"}),
            ({"handle": "a b"}, {"handle": "Write the name alone"}),
            ({"handle": "@"}, {"handle": "needs a handle"}),
            ({"handle": ""}, {"handle": "Write the account's name"}),
        ]
        for change, wanted in drawn:
            found = await sent(town, view, NOVA | change)
            assert wanted.keys() <= found.keys(), change
            for block, words in wanted.items():
                assert words in found[block]
        acme = field_of(view, "whose")["options"]
        account = next(it["value"] for it in acme if it["text"]["text"] == "Instagram acme")
        found = await sent(town, view, NOVA | {"whose": account, "handle": "", "network": "x"})
        assert found == {"whose": "acme is an account of Instagram: choose that network."}
        assert await sent(town, view, NOVA) == {}
        preview = town.omar.bot_said("dm")[-1]
        assert "2 new" in preview.words
        assert "Line 4, Hearts: “thirty” is not a whole number" in preview.words

        again = await opened(town, preview)
        assert chosen(again, "pick_likes") == "Hearts · 10"
        assert field_of(again, "handle")["initial_value"] == "nova"


async def test_other_rows_show_other_fields(enter: Enter) -> None:
    """What is chosen stays where the field stays; more columns come with *More columns*."""
    async with enter() as town:
        view = await opened(town, await dropped(town, BAD))
        await town.omar.press(view, "columns_grain", "mention")
        await town.quiet()
        assert "Sentiment" in view.words
        assert "Whose are the rows?" not in view.words
        assert chosen(view, "any_network") == "Each row says its own"
        found = await sent(town, view, {"pick_time": "1", "pick_id": "0"})
        assert found == {"any_network": "Choose the network, or its column under More columns."}
        await town.omar.press(view, "columns_more")
        await town.quiet()
        assert "Author" in view.words
        assert await sent(town, view, {"any_network": "x"}) == {}
        assert "Mentions, 3 rows" in town.omar.bot_said("dm")[-1].words


async def test_who_may_and_what_is_gone(enter: Enter) -> None:
    """Other people's files, guests, foreign numbers, a file that was decided on meanwhile."""
    async with enter() as town:
        context = town.running.context
        here = context.home.workspace
        shown = await dropped(town, FIRST, channel="#marketing")
        assert shown.is_private
        there = await opened(town, shown)
        await new_account(town, there)
        told = {"dates": "day", "network": "instagram", "handle": "nova"}
        assert await sent(town, there, told) == {}
        inside = town.omar.bot_said("#marketing")[-1]
        assert inside.is_private
        assert "3 new" in inside.words
        assert not town.mia.bot_said("#marketing")
        with context.database.write() as connection:
            foreign = uploads.keep(
                connection,
                here + 1,
                file_id="F1",
                channel="C1",
                by=town.omar.id,
                file_name="secret.csv",
                data=b"Secret,Day\na,2026-11-01\n",
                at=NOW,
            )
        message = await dropped(town, FIRST)
        own = message.element("columns_match")["value"]
        mias = await dropped(town, FIRST, who="mia")
        others = mias.element("columns_match")["value"]
        drawn = [
            (str(foreign), "already decided"),
            ("999", "already decided"),
            ("x", "already decided"),
            ("", "already decided"),
            (others, "Only the person who sent the file"),
            (f"{own}:nonsense", "earlier version"),
        ]
        for value, words in drawn:
            await town.omar.press(swapped(message, "columns_match", value), "columns_match")
            await town.quiet()
            view = town.omar.open_view()
            said = (view.words if view else "") + town.omar.bot_said("dm")[-1].words
            assert words in said, value
            assert "Secret" not in said
            if view:
                await town.omar.close(view)
        gus = town.person("gus")
        await gus.drop("dm", "posts.csv", FIRST.encode())
        assert "Guests cannot add data" in (await gus.await_message("dm", "Guests")).words

        view = await opened(town, swapped(message, "columns_match", own))
        await new_account(town, view)
        await town.omar.press(message, "file_cancel")
        await town.quiet()
        await sent(town, view, {"dates": "day", "network": "instagram", "handle": "nova"})
        assert "already decided on" in view.words


async def test_two_people_match_the_same_header(enter: Enter) -> None:
    """The second is told who was first and when; nothing of theirs is stored or overwritten."""
    async with enter() as town:
        told = {"pick_likes": "3", "network": "instagram", "whose": "new", "handle": "nova"}
        omars, mias = await dropped(town, FIRST), await dropped(town, FIRST, who="mia")
        first, second = await opened(town, omars), await opened(town, mias, who="mia")
        await new_account(town, first)
        await new_account(town, second, "mia")
        late = await dropped(town, FIRST, "third.csv", who="mia")
        assert await sent(town, first, told | {"dates": "day"}) == {}
        third = town.omar.bot_said("dm")[-1]
        await town.omar.press(third, "file_import")
        await town.omar.await_message("dm", "Added 3 posts.")

        found = await sent(town, second, told | {"dates": "day", "pick_likes": "4"}, "mia")
        assert list(found) == ["grain"]
        assert found["grain"].startswith("omar changed the match of these columns at 19:0")
        await town.mia.close(second)
        view = await opened(town, late, who="mia")
        assert chosen(view, "pick_likes") == "Hearts · 10"
        assert await sent(town, view, {"pick_likes": "4"}, "mia") == {}
        changed = town.mia.bot_said("dm")[-1]
        # Between Mia's preview and her import, Omar changes it again.
        await asked(town, "columns")
        listed = town.omar.bot_said("dm")[-1]
        change = await opened(town, listed, "columns_change")
        assert await sent(town, change, {"pick_saves": "4"}) == {}
        await town.mia.press(changed, "file_import")
        await town.quiet()
        said = town.mia.bot_said("dm")[-1]
        assert "omar changed the match of these columns at" in said.words
        assert "nothing was saved" in said.words
        assert "Read as omar matched it" in said.words
        stale = await opened(town, said, who="mia")
        assert chosen(stale, "pick_saves") == "Answers · 2"


async def test_wide_files_markup_and_large_ones(enter: Enter) -> None:
    """300 columns fit into a form, the rest is written; data never pings; 10 MB is looked at."""
    async with enter() as town:
        names = [f"Column about something long number {n}" for n in range(297)]
        header = ["Ref", "Went out", *names, "Hearts"]
        rows = [[f"p{n}", f"2026-11-0{n}", *("9" * 297), str(n)] for n in (1, 2)]
        wide = "\n".join(",".join(row) for row in [header, *rows])
        view = await opened(town, await dropped(town, wide, "wide.csv"))
        await town.omar.press(view, "columns_more")
        await town.quiet()
        assert len(json.dumps(view.body)) < 250_000
        assert len(view.blocks) <= 100
        await new_account(town, view)
        values = {"network": "instagram", "handle": "nova"}
        wrong = await sent(town, view, values | {"others": "Lykes = Hearts\n"})
        assert wrong["others"].startswith("I don't read “Lykes = Hearts”. Write it like: Views or")
        assert await sent(town, view, values | {"others": "likes or reactions=hearts"}) == {}
        await town.omar.press(town.omar.bot_said("dm")[-1], "file_import")
        await town.omar.await_message("dm", "Added 2 posts.")
        assert "*3*" in await asked(town, "likes nova 2026-11")  # 1 + 2

        evil = 'Ref,"<!channel> *Day*",=cmd|x\np1,2026-11-03,1\n"<@U1>\n_p2_",2026-11-04,2\n'
        view = await opened(town, await dropped(town, evil, "<!here>.csv"))
        assert "<!" not in json.dumps(view.body)
        assert "<@" not in json.dumps(view.body)
        sections = [it["text"]["text"] for it in view.blocks if it["type"] == "section"]
        assert "∗Day∗" in sections[0]
        assert "*Day*" not in sections[0].replace("∗", "")
        assert "ˍp2ˍ" in sections[0]
        await town.omar.close(view)
        for call in town.slack.calls:
            assert "<!" not in str(call.args.get("text", "")) + str(call.args.get("blocks", ""))

        line = "p{n},{day:02}/10/2026,{n},some words that make the row longer than it need be\n"
        many = "".join(line.format(n=n, day=1 + n % 28) for n in range(125_000))
        large = f"Ref,Went out,Hearts,Note\n{many}".encode()[:LARGEST_FILE]
        large = large[: large.rindex(b"\n") + 1]
        assert len(large) > LARGEST_FILE * 0.9
        view = await opened(town, await dropped(town, large, "large.csv"))
        assert chosen(view, "pick_id") == "Ref · p0"
        assert chosen(view, "dates").startswith("Day first")
