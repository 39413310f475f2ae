"""A table that nobody knows: its columns matched once, and known from then on."""

from __future__ import annotations

import tomllib
from typing import Any

from bot.playground import Message
from bot.playground.world import View
from tests.slack.conftest import Enter, Town

FIRST = """\
Export for acme
Made,2026-11-22

Ref,Went out,Impresions,Hearts,Answers
p1,03/11/2026 10:00,100,10,2
p2,04/11/2026 11:00,200,20,4
p3,05/11/2026 12:00,300,30,6
"""
"""A tool of nobody's: two title lines, a misspelt name, dates of either order."""
SECOND = """\
Ref,Went out,Impresions,Hearts,Answers
p3,05/11/2026 12:00,300,30,6
p4,06/11/2026 12:00,400,40,8
"""


async def dropped(
    town: Town, text: str | bytes, name: str = "tool.csv", *, who: str = "omar", channel: str = "dm"
) -> Message:
    """Drop a file, and return what Kepi says to it."""
    data = text if isinstance(text, bytes) else text.encode()
    await town.person(who).drop(channel, name, data)
    await town.quiet()
    return town.person(who).bot_said(channel)[-1]


async def opened(
    town: Town, message: Message, press: str = "columns_match", *, who: str = "omar"
) -> View:
    """Press a button, and return the form it opens."""
    await town.person(who).press(message, press)
    await town.quiet()
    view = town.person(who).open_view()
    assert view is not None
    return view


async def sent(town: Town, view: View, values: dict[str, Any], who: str = "omar") -> dict[str, str]:
    """Fill a form in and send it; return what is complained about, by field."""
    view.errors = {}
    await town.person(who).submit(view, values)
    await town.quiet()
    return dict(view.errors or {})


def field_of(view: View, block: str) -> Any:
    return next(it["element"] for it in view.blocks if it.get("block_id") == block)


def chosen(view: View, block: str) -> str:
    """Return what is filled in: an option's words."""
    first = field_of(view, block).get("initial_option")
    return first["text"]["text"] if first else ""


async def asked(town: Town, words: str) -> str:
    await town.omar.say("dm", words)
    await town.quiet()
    return town.omar.bot_said("dm")[-1].words


async def test_matched_once_known_from_then_on(enter: Enter) -> None:
    """Unknown, matched, imported, asked; the second file knows itself; taken back; removed."""
    async with enter() as town:
        message = await dropped(town, FIRST)
        assert "“Ref”, “Went out”, “Impresions”" in message.words
        assert "Match 4 columns once" in message.words
        view = await opened(town, message)
        assert chosen(view, "grain") == "A post"
        assert chosen(view, "pick_published") == "Went out · 03/11/2026 10:00"
        assert chosen(view, "pick_impressions") == "Impresions · 100"
        assert chosen(view, "pick_id") == "Ref · p1"
        assert chosen(view, "pick_likes") == "Not in this file"
        assert chosen(view, "dates") == ""
        offered = [it["text"]["text"] for it in field_of(view, "dates")["options"]]
        assert "Day first: 03/11/2026 10:00 is 3 Nov 2026" in offered
        assert "Month first: 03/11/2026 10:00 is 11 Mar 2026" in offered

        await town.omar.press(view, "columns_whose", "new")
        await town.quiet()
        hearts = {"pick_likes": "3", "network": "instagram", "whose": "new", "handle": "nova"}
        wrong = await sent(town, view, hearts | {"dates": "auto"})
        assert wrong == {
            "dates": "“03/11/2026 10:00” may be 3 Nov 2026 or 11 Mar 2026. Choose one."
        }
        assert await sent(town, view, hearts | {"dates": "day"}) == {}
        assert town.omar.open_view() is None
        preview = town.omar.bot_said("dm")[-1]
        assert preview.ts == message.ts
        assert "Instagram posts, 3 rows, 3–5 Nov 2026, nova. 3 new; new account: nova." in (
            preview.words
        )
        assert "I don't know" in await asked(town, "likes nova 2026-11")

        await town.omar.press(preview, "file_import")
        report = await town.omar.await_message("dm", "Added 3 posts.")
        assert "*60*" in await asked(town, "likes nova 2026-11")  # 10 + 20 + 30
        assert "*600*" in await asked(town, "impressions nova 2026-11")  # 100 + 200 + 300

        again = await dropped(town, FIRST, "next.csv")
        assert "0 new, 3 known already" in again.words
        assert "Read as you matched it on 22 Nov 2026." in again.words
        await town.omar.press(again, "file_import")
        await town.omar.await_message("dm", "nothing new")
        assert "*60*" in await asked(town, "likes nova 2026-11")

        more = await dropped(town, SECOND, "later.csv", who="mia")
        assert "1 new, 1 known already" in more.words
        assert "Read as omar matched it on 22 Nov 2026." in more.words
        await town.mia.press(more, "file_import")
        await town.mia.await_message("dm", "Added 1 post.")
        assert "*100*" in await asked(town, "likes nova 2026-11")  # and 40

        await town.omar.press(report, "file_undo")
        await town.omar.await_message("dm", "Took back tool.csv")
        # p3 stood in the later file too, so 30 and 40 stay.
        assert "*70*" in await asked(town, "likes nova 2026-11")


async def test_the_list_sends_removes_and_brings_back(enter: Enter) -> None:
    """A match is listed with who and when, sent as a mapping file, changed, removed, restored."""
    async with enter() as town:
        assert "No columns are matched yet" in await asked(town, "columns")
        message = await dropped(town, FIRST)
        view = await opened(town, message)
        await town.omar.press(view, "columns_whose", "new")
        await town.quiet()
        told = {"pick_likes": "3", "network": "instagram", "whose": "new", "handle": "nova"}
        assert await sent(town, view, told | {"dates": "day"}) == {}
        await town.omar.press(town.omar.bot_said("dm")[-1], "file_import")
        await town.omar.await_message("dm", "Added 3 posts.")
        assert "tool.csv* · posts" in await asked(town, "columns")
        listed = town.omar.bot_said("dm")[-1]
        assert "omar, 22 Nov 2026 · last used: 22 Nov 2026" in listed.words

        await town.omar.press(listed, "columns_export")
        said = await town.omar.await_message("dm", lambda it: bool(it.files))
        (file,) = town.omar.files(said)
        mapping = tomllib.loads((file.data or b"").decode())
        assert mapping == {
            "file": {
                "grain": "post",
                "platform": "instagram",
                "account": "nova",
                "date_formats": ["%d/%m/%Y %H:%M"],
            },
            "columns": {"id": "Ref", "published": "Went out"},
            "measures": {"impressions": "Impresions", "likes": "Hearts"},
        }

        change = await opened(town, listed, "columns_change")
        assert chosen(change, "pick_likes") == "Hearts"
        assert await sent(town, change, {"pick_comments": "4"}) == {}
        assert "Saved. Files like tool.csv" in change.words
        again = await dropped(town, FIRST)
        await town.omar.press(again, "file_import")
        await town.omar.await_message("dm", "changed 3")
        assert "*12*" in await asked(town, "comments nova 2026-11")  # 2 + 4 + 6

        await asked(town, "columns")
        listed = town.omar.bot_said("dm")[-1]
        await town.omar.press(listed, "columns_remove")
        gone = await town.omar.await_message("dm", "tool.csv is matched no more")
        assert "Match 4 columns once" in (await dropped(town, FIRST, "third.csv")).words
        await town.omar.press(gone, "columns_restore")
        await town.quiet()
        await town.omar.await_message("dm", "tool.csv* · posts")
        assert "Read as you matched it" in (await dropped(town, FIRST, "fourth.csv")).words
        assert "Columns are matched in a form" in await asked(town, "columns of tool.csv please")
