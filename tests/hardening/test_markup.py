"""Data never pings and never links, wherever it comes out (row 31)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from storage.accounts import add_account
from storage.imports import store
from tests.drawn import AT, draw
from tests.hardening.storm import heard_log
from tests.hardening.strange import MARKUP, mixed

if TYPE_CHECKING:
    from storage.database import Database
    from tests.slack.conftest import Enter, Town

POST = """
    published        | account | post | likes | comments | reach | title | hashtags
    -----------------+---------+------+-------+----------+-------+-------+---------
    2026-11-20 10:00 | acme    | a    |    99 |        1 |   100 | x     | #x
"""
HEADER = "Post ID,Account username,Publish time,Post type,Permalink,Views,Reach,Likes,Comments"
OURS = re.compile(
    r"<(?:#[CG][A-Z0-9]+(?:\|[^<>]*)?|@[UW][A-Z0-9]+|https://slack\.com/[^<>]*|"
    r"!date\^\d+\^[^<>|]*\|[^<>]*|https?://127\.0\.0\.1[^<>]*)>"
)
"""What Kepi itself writes: a channel, a person, a place in Slack, a time."""
FOREIGN = re.compile(r"<[^\s=0-9]")
BARE = re.compile(r"<https?://[^<>|\s]+>")
"""Slack's own way of writing an address that stands bare in the text of a notification."""
QUESTIONS = (
    *("", "best posts", "hashtags", "content mix", "best times", "likes by hashtag", "followers"),
    *("posts last week", "list", "help", "guide", "data", "status", "goals", "alerts", "digest"),
    *("likes by account", "reach vs last year", "digest preview", "setting", "notes", "accounts"),
)
MENTION, ROOM = "#marketing", "dm"


def texts(thing: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a message or a form with the name of its field."""
    if isinstance(thing, dict):
        kind = str(thing.get("type") or key)
        for name, inner in thing.items():
            yield from texts(inner, kind if name == "text" else name)
    elif isinstance(thing, list):
        for inner in thing:
            yield from texts(inner, key)
    elif isinstance(thing, str) and key not in ("private_metadata", "value", "block_id"):
        yield key, thing


def poison(database: Database) -> None:
    """Store posts whose titles, tags and brands are markup."""
    drawn = draw(posts=POST)
    (first,) = drawn.posts
    posts = [
        first._replace(
            external_id=f"{n}", title=title, hashtags=(title.strip("#")[:60] or "x",), line=n
        )
        for n, title in enumerate(mixed(31, 200, MARKUP))
    ]
    with database.write() as connection:
        for number, brand in enumerate(MARKUP[:12]):
            add_account(connection, 1, "instagram", f"brand{number}", f"{brand} {number}", own=True)
            add_account(connection, 1, "instagram", "acme", "<!channel> & <@U0MIA000000>", own=True)
    store(database, 1, replace(drawn, posts=tuple(posts)), by="U1", at=AT)


async def ask_everywhere(town: Town) -> None:
    """Ask everything in every place, with markup in the words too; press what explains."""
    for number, words in enumerate(QUESTIONS):
        await town.mia.command(f"/kpi {words}", MENTION)
        await town.mia.say(ROOM, f"{words} {MARKUP[number % len(MARKUP)]}".strip())
    for words in mixed(31, 60, MARKUP):
        await town.mia.command(f"/kpi reach {words}", MENTION)
        await town.mia.command(f"/kpi note 12 nov {words}", MENTION)
    await town.mia.mention(MENTION, "reach <!channel>")
    rows = "".join(f"{it!r},nova,{it!r},x,x,{it!r},1,1,1\n" for it in MARKUP)
    await town.mia.drop(ROOM, "<!channel> <@U0MIA000000> & co.csv", f"{HEADER}\n{rows}".encode())
    await town.mia.drop(ROOM, "<!here>.csv", f"a,b,<!channel>\n1,2,{MARKUP[0]}\n".encode())
    await town.quiet()


async def explain(town: Town) -> list[Any]:
    """Press How?, Change and the data file of some answers; return the forms that opened."""
    forms = []
    for message in town.mia.bot_said(ROOM)[:8]:
        for action in ("how", "change", "data"):
            try:
                await town.mia.press(message, action)
            except LookupError:
                continue
            await town.quiet()
            if (view := town.mia.open_view()) is not None:
                forms.append(view.body)
    return forms


async def test_no_surface_pings_or_links_what_came_out_of_data(enter: Enter) -> None:
    """Messages, blocks, tables, forms, alt texts, file names: no `<` but those that Kepi writes.

    And the log repeats none of it.
    """
    async with enter("socket") as town:
        poison(town.running.context.database)
        with heard_log() as log:
            await ask_everywhere(town)
            forms = await explain(town)
        shown: list[Any] = [*forms]
        for channel in (MENTION, ROOM):
            shown += [{"text": it.text, "blocks": it.blocks} for it in town.mia.bot_said(channel)]
        bot = town.running.context.home.bot_user
        files = [it for it in town.slack.space.files.values() if it.owner == bot]
        wrong = [
            (key, text)
            for key, text in texts(shown)
            if FOREIGN.search(OURS.sub("", text if key else BARE.sub("", text)))
        ]
        assert wrong == [], wrong[:5]
        escaped = [text for _, text in texts(shown) if "&lt;!channel&gt;" in text]
        # Which messages are explained depends on which answer came first; some always show it.
        assert len(escaped) >= 10, "the markup was shown, as text"
        assert len(shown) > 100
        assert files
        for file in files:
            assert not set("<>\n") & set(f"{file.name}{file.title}{file.alt_txt}"), file.name
        assert not [it for it in MARKUP if len(it) > 9 and it in log.getvalue()]
        assert all(json.loads(line) for line in log.getvalue().splitlines())
