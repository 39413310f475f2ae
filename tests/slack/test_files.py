"""A dropped export is looked at, shown with its bad rows, and stored when its sender says so."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Message
from bot.playground.files import file_json
from commands.files_download import LIMIT, Dropped, download, read_file_info
from storage.errors import KepiError
from storage.sources import LARGEST_FILE
from tests.slack.conftest import Enter, Town

HEADER = "Post ID,Account username,Publish time,Post type,Permalink,Views,Reach,Likes,Comments"
GOOD = """\
1,nova,11/02/2026 10:00,IG image,https://instagram.com/p/1,120,100,10,2
2,nova,11/03/2026 11:00,IG reel,https://instagram.com/p/2,240,200,20,4
3,nova,11/04/2026 12:00,IG image,https://instagram.com/p/3,360,300,30,6
"""
BAD = """\
4,nova,32/11/2026 10:00,IG image,https://instagram.com/p/4,120,100,10,2
5,nova,11/05/2026 10:00,IG image,https://instagram.com/p/5,120,-7,10,2
"""


def file_of(*parts: str) -> bytes:
    return f"{HEADER}\n{''.join(parts)}".encode()


async def dropped(town: Town, data: bytes, channel: str = "dm", name: str = "posts.csv") -> Message:
    """Drop a file as Omar, and return what Kepi says to it."""
    await town.omar.drop(channel, name, data)
    await town.quiet()
    return town.omar.bot_said(channel)[-1]


async def test_bad_rows_are_named_and_the_good_ones_wait_for_a_yes(town: Town) -> None:
    """Preview, import of the good rows, the number, and everything taken back."""
    message = await dropped(town, file_of(GOOD, BAD))
    assert re.match(
        r"Instagram posts, 5 rows, 2–4 Nov 2026, nova\. 3 new; new account: nova\.", message.words
    )
    assert "Line 5" in message.words
    assert "32/11/2026" in message.words
    assert "Line 6" in message.words
    assert "-7" in message.words
    await town.omar.say("dm", "likes nova 2026-11")
    await town.omar.await_message("dm", "I don't know “nova”")

    await town.omar.press(message, "file_import_good")
    report = await town.omar.await_message("dm", "Added 3 posts; left out 2 bad rows.")
    assert report.ts == message.ts
    await town.omar.say("dm", "likes nova 2026-11")
    await town.omar.await_message("dm", "*60*")

    await town.omar.press(report, "file_undo")
    await town.omar.await_message("dm", "Took back posts.csv")
    await town.omar.say("dm", "likes nova 2026-11")
    await town.quiet()
    assert "*60*" not in town.omar.bot_said("dm")[-1].words


async def test_a_clean_file_is_imported_whole_and_a_second_time_adds_nothing(town: Town) -> None:
    """The same file again tells nothing new, and nothing is counted twice."""
    message = await dropped(town, file_of(GOOD))
    await town.omar.press(message, "file_import")
    await town.omar.await_message("dm", "Added 3 posts.")
    again = await dropped(town, file_of(GOOD))
    assert "0 new, 3 known already" in again.words
    await town.omar.press(again, "file_import")
    await town.omar.await_message("dm", "nothing new")


async def test_cancel_forgets_the_file(town: Town) -> None:
    """A press that comes afterwards finds nothing to import."""
    message = await dropped(town, file_of(GOOD))
    await town.omar.press(message, "file_cancel")
    await town.omar.await_message("dm", "Cancelled. Nothing was stored.")


async def test_two_presses_import_once(socket_town: Town) -> None:
    """Impatience adds nothing."""
    town = socket_town
    message = await dropped(town, file_of(GOOD))
    before = message.element("file_import")
    await town.omar.press(message, "file_import")
    await town.quiet()
    message.blocks[-1]["elements"].insert(0, before)
    await town.omar.press(message, "file_import")
    await town.quiet()
    assert "already decided" in " ".join(said.words for said in town.omar.bot_said("dm"))


async def test_a_file_in_a_channel_is_shown_to_its_sender_alone(town: Town) -> None:
    """Nobody else there sees the preview or the report."""
    message = await dropped(town, file_of(GOOD, BAD), "#marketing")
    assert message.is_private
    assert not town.mia.bot_said("#marketing")
    await town.omar.press(message, "file_import_good")
    report = await town.omar.await_message("#marketing", "Added 3 posts")
    assert report.is_private
    assert [said.is_private for said in town.omar.bot_said("#marketing")] == [True]


async def test_a_file_is_looked_at_once_although_slack_tells_of_it_twice(town: Town) -> None:
    """As a message and as an event, each delivered twice."""
    town.slack.faults.duplicate_events = 2
    await dropped(town, file_of(GOOD))
    assert len(town.omar.bot_said("dm")) == 1
    assert len(town.slack.calls_of("download")) == 1


async def test_guests_add_nothing(town: Town) -> None:
    """They are told so; the file is not even fetched."""
    gus = town.person("gus")
    await gus.drop("dm", "posts.csv", file_of(GOOD))
    await gus.await_message("dm", "Guests cannot add data")
    await town.quiet()
    assert not town.slack.calls_of("download")


async def test_other_files_in_a_channel_are_none_of_its_business(town: Town) -> None:
    """A picture in the channel is passed over; in the direct message Kepi says what it reads."""
    await town.omar.drop("#marketing", "cat.png", b"\x89PNG\r\n\x1a\n")
    await town.omar.drop("dm", "cat.png", b"\x89PNG\r\n\x1a\n")
    await town.omar.await_message("dm", "CSV or XLSX")
    await town.quiet()
    assert not town.omar.bot_said("#marketing")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"colour,smell\nred,sweet\n", "the layout is not known"),
        (b"<!DOCTYPE html><html><title>Sign in</title></html>", "web page"),
        (f'{HEADER}\n1,nova,"11/02/2026'.encode(), "quote"),
    ],
)
async def test_a_file_that_cannot_be_read_gets_one_line_that_says_why(
    socket_town: Town, data: bytes, words: str
) -> None:
    """It names the file; nothing is kept of it."""
    message = await dropped(socket_town, data)
    assert "posts.csv" in message.text
    assert words in message.text
    assert "\n" not in message.text


async def test_more_bad_rows_than_a_message_holds_come_as_a_file(socket_town: Town) -> None:
    """All of them, with line, column and reason."""
    town = socket_town
    rows = "".join(
        f"{n},nova,11/05/2026 10:00,IG image,https://instagram.com/p/{n},120,-7,10,2\n"
        for n in range(100, 160)
    )
    await dropped(town, file_of(GOOD, rows))
    sent = await town.omar.await_message("dm", lambda said: bool(said.files))
    preview = await town.omar.await_message("dm", "And 50 more bad rows")
    assert "Line 5" in preview.words
    (file,) = town.omar.files(sent)
    listed = list(csv.reader(io.StringIO((file.data or b"").decode("utf-8-sig"))))
    assert len(listed) == 61


async def test_names_in_a_file_neither_ping_nor_link(socket_town: Town) -> None:
    """An account called <!channel> stays a word, in the preview, in the report and in answers."""
    town = socket_town
    evil = "<!channel> & <https://evil.example|nova>"
    line = f'7,"{evil}",11/02/2026 10:00,IG image,https://instagram.com/p/7,120,100,10,2\n'
    message = await dropped(town, file_of(line), name="<!here>.csv")
    await town.omar.press(message, "file_import")
    await town.quiet()
    await town.omar.say("dm", "likes instagram 2026-11")
    await town.quiet()
    for call in town.slack.calls:
        assert "<!" not in str(call.args.get("text", ""))
        assert "<!" not in str(call.args.get("blocks", ""))


async def test_a_login_page_instead_of_the_file_is_never_read_as_data(enter: Enter) -> None:
    """Slack shows one, with status 200, where the scope is missing."""
    async with enter() as town:
        context = town.running.context
        sent = await town.omar.drop("dm", "posts.csv", file_of(GOOD))
        await town.quiet()
        stranger = AsyncWebClient(
            token="xoxb-without-the-scope", base_url=context.client.base_url, session=context.http
        )
        file = read_file_info(file_json(town.slack.space, town.omar.files(sent)[0]))
        with pytest.raises(KepiError, match=r"can't open posts\.csv"):
            await download(replace(context, client=stranger), file)
        assert len(await download(context, file)) == file.size


@pytest.mark.parametrize(
    "url",
    [
        "http://files.slack.com/files-pri/T1-F1/a.csv",
        "https://files.slack.com.evil.example/a.csv",
        "https://files.slack.com@evil.example/a.csv",
        "https://user:word@files.slack.com/a.csv",
        "https://evil.example/files.slack.com/a.csv",
        "https://files.slack.com:8443/a.csv",
        "https://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:1/a.csv",
        "http://2130706433/a.csv",
        "http://[::1]/a.csv",
        "file:///etc/passwd",
        "//files.slack.com/a.csv",
        "https://files.slack.com:port/a.csv",
        "",
    ],
)
async def test_the_token_goes_to_slacks_file_host_alone(socket_town: Town, url: str) -> None:
    """Any other address is refused before anything is sent."""
    context = socket_town.running.context
    with pytest.raises(KepiError, match="can't open"):
        await download(context, Dropped("F1", "a.csv", 10, "U1", url))


async def test_a_redirect_is_not_followed(socket_town: Town) -> None:
    """Not even from Slack's own origin: the token would go along."""
    context = socket_town.running.context
    asked: list[str] = []

    async def elsewhere(request: web.Request) -> web.Response:
        asked.append(request.path)
        raise web.HTTPFound("/stolen")

    async with serving(elsewhere) as url:
        moved = AsyncWebClient(token="xoxb-1", base_url=f"{url}/api/", session=context.http)
        file = Dropped("F1", "a.csv", 10, "U1", f"{url}/a.csv")
        with pytest.raises(KepiError, match="can't open"):
            await download(replace(context, client=moved), file)
    assert asked == ["/a.csv"]


async def test_a_file_that_is_larger_than_it_says_is_let_go(socket_town: Town) -> None:
    """The announced size is a claim; what comes is counted."""
    context = socket_town.running.context

    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/csv"})
        await answer.prepare(request)
        for _ in range(40):
            await answer.write(b"x" * (1 << 20))
        return answer

    async with serving(endless) as url:
        mine = AsyncWebClient(token="xoxb-1", base_url=f"{url}/api/", session=context.http)
        with pytest.raises(KepiError, match="I read files of up to 10 MB"):
            await download(
                replace(context, client=mine), Dropped("F1", "a.csv", 10, "U1", f"{url}/a.csv")
            )


@asynccontextmanager
async def serving(
    handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> AsyncIterator[str]:
    """Serve every path with ``handler`` on a free port."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def test_the_largest_file_is_the_same_for_slack_and_for_the_reader() -> None:
    """A file that the reader would refuse is not fetched at all."""
    assert LIMIT == LARGEST_FILE


async def test_mentions_are_counted_as_mentions(town: Town) -> None:
    """One, then two more: what came in is called what it is."""
    rows = [f"2026-11-2{it} 10:00,x,m{it},Acme,negative" for it in range(3)]
    for some, words in ((rows[:1], "Added 1 mention."), (rows, "Added 2 mentions.")):
        data = "\n".join(["time,platform,id,brand,sentiment", *some]).encode()
        message = await dropped(town, data, name="mentions.csv")
        await town.omar.press(message, "file_import")
        await town.omar.await_message("dm", words)
