"""The web page: served to this machine's own page only, and doing what a person does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.manifest import build_manifest
from bot.playground import LocalSlack, Shortcut
from bot.playground.page import FILES, STATIC
from bot.playground.page_acts import seconds_to_monday
from bot.playground.sample_town import town_of


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """A client without cookies."""
    async with aiohttp.ClientSession() as client:
        yield client


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "text/html"), ("/page.css", "text/css")]
    + [(f"/{name}", "text/javascript") for name in FILES if name.endswith(".js")],
)
async def test_the_page_is_served_without_any_other_host(
    slack: LocalSlack, session: aiohttp.ClientSession, path: str, kind: str
) -> None:
    """Its policy lets nothing come from elsewhere, and no file names another host."""
    async with session.get(slack.url + path) as reply:
        text = await reply.text()
        assert (reply.status, reply.content_type) == (200, kind)
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert "http://" not in text
    assert "https://" not in text
    assert "innerHTML" not in text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:{port}"}, 421),
        ({"Host": "127.0.0.1:1"}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost:{port}"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
async def test_a_foreign_page_can_do_nothing(
    slack: LocalSlack, session: aiohttp.ClientSession, headers: dict[str, str], status: int
) -> None:
    """A rebound name fails by Host, another page by Origin, and no Origin changes nothing."""
    sent = {name: value.format(port=slack.port) for name, value in headers.items()}
    act = {"do": "send", "channel": "C0MARKETING", "text": "from elsewhere"}
    address = f"{slack.url}/page/act?as=mia"
    async with session.post(address, json=act, headers=sent) as reply:
        assert reply.status == status
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await session.ws_connect(f"{slack.url}/page/live?as=mia", headers=sent)
    assert slack.person("mia").sees("#marketing") == []


async def do(slack: LocalSlack, session: aiohttp.ClientSession, **act: Any) -> dict[str, Any]:
    address = f"{slack.url}/page/act?as=mia"
    async with session.post(address, json=act, headers={"Origin": slack.url}) as reply:
        said: dict[str, Any] = await reply.json()
        return said


async def test_the_page_is_told_what_its_person_can_see(
    slack: LocalSlack, session: aiohttp.ClientSession
) -> None:
    """State first, then changes; another person's private message is not among them."""
    address = f"{slack.url}/page/live?as=omar"
    async with session.ws_connect(address, origin=slack.url) as live:
        state = await live.receive_json()
        assert {room["name"] for room in state["channels"]} == {
            *("marketing", "random", "support", "partner-acme", "board", "Kepi")
        }
        slack.space.say_privately("U0MIA000000", "C0MARKETING", "for Mia")
        await do(slack, session, do="send", channel="C0MARKETING", text="for all")
        told = await live.receive_json()
        assert (told["kind"], told["message"]["text"]) == ("message", "for all")


async def test_what_slack_would_not_allow_is_said(
    slack: LocalSlack, session: aiohttp.ClientSession
) -> None:
    """A command in a thread, an unknown act, a form that is closed."""
    said = await do(
        slack, session, do="send", channel="C0MARKETING", text="/kpi x", thread_ts="1.0"
    )
    assert "does not work in threads" in said["error"]
    assert not (await do(slack, session, do="fly"))["ok"]
    assert not (await do(slack, session, do="submit", view="V0"))["ok"]
    async with session.post(
        f"{slack.url}/page/drop?as=mia&channel=C0MARKETING&name=a.csv",
        data=b"a,b\n",
        headers={"Origin": slack.url},
    ) as reply:
        assert (await reply.json())["ok"]
    file = slack.person("mia").sees("#marketing")[0].files[0]
    async with session.get(f"{slack.url}/page/file/{file}?as=mia") as reply:
        assert reply.headers["Content-Disposition"] == 'attachment; filename="a.csv"'
        assert await reply.read() == b"a,b\n"
    async with session.get(f"{slack.url}/page/file/{file}?as=lena") as reply:
        assert reply.status == 404


def test_the_page_is_what_is_served() -> None:
    """No build step, nothing fetched: every file of the folder has its own address."""
    assert {each.name for each in Path(STATIC).iterdir()} == set(FILES)


async def test_a_permalink_opens_its_message_and_thread(
    slack: LocalSlack, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    """What chat.getPermalink gives leads to the page's own place for it."""
    head = await slack.person("mia").say("#support", "help")
    reply = await slack.person("omar").say("#support", "yes?", head.ts)
    told = await client.chat_getPermalink(channel=head.channel, message_ts=reply.ts)
    async with session.get(told["permalink"], allow_redirects=False) as answer:
        assert answer.headers["Location"] == f"/#{head.channel}/{reply.ts}/{head.ts}"


async def test_time_passes_when_the_page_asks(
    slack: LocalSlack, session: aiohttp.ClientSession
) -> None:
    """So many seconds, or until Monday at nine where the person lives; never back."""
    before = slack.clock.now()
    assert (await do(slack, session, do="jump", seconds=3600))["ok"]
    assert 3600 <= slack.clock.now() - before < 3660
    assert (await do(slack, session, do="jump", seconds=None))["ok"]
    there = slack.clock.instant().astimezone(ZoneInfo("Europe/Stockholm"))
    assert (there.weekday(), there.hour, there.minute) == (0, 9, 0)
    for wrong in (0, -5, "soon", 10**9):
        assert not (await do(slack, session, do="jump", seconds=wrong))["ok"]


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        ("2026-11-22T12:00+00:00", "2026-11-23T08:00+00:00"),
        ("2026-11-23T07:59+00:00", "2026-11-23T08:00+00:00"),
        ("2026-11-23T08:00+00:00", "2026-11-30T08:00+00:00"),
        ("2026-03-27T12:00+00:00", "2026-03-30T07:00+00:00"),
    ],
)
def test_next_monday_is_counted_in_wall_time(now: str, monday: str) -> None:
    """Also over the night in which Stockholm's clocks go forward."""
    start = datetime.fromisoformat(now)
    until = start + timedelta(seconds=seconds_to_monday(start, "Europe/Stockholm"))
    assert until == datetime.fromisoformat(monday)


async def test_only_an_admin_archives_in_the_page(
    slack: LocalSlack, session: aiohttp.ClientSession
) -> None:
    """And opens again."""
    address = f"{slack.url}/page/act?as=omar"
    act = {"do": "archive", "channel": "C0SUPPORT00"}
    async with session.post(address, json=act, headers={"Origin": slack.url}) as reply:
        assert "admin" in (await reply.json())["error"]
    for archived in (True, False):
        assert (await do(slack, session, **act))["ok"]
        assert slack.space.find_channel("#support").is_archived is archived


async def test_a_customer_writes_through_a_social_tool(session: aiohttp.ClientSession) -> None:
    """The tool's app posts it, at the top or on in a thread; it is nobody of the workspace."""
    async with LocalSlack(seed=town_of(build_manifest("socket"))) as slack:
        first = {"do": "relay", "bot_id": "B0XMENTIONS", "handle": "@lena_k", "text": "late & cold"}
        assert (await do(slack, session, **first))["ok"]
        (post,) = slack.person("mia").sees("#acme-care")
        assert "*@lena_k*" in post.text
        assert "&gt; late &amp; cold" in post.text
        on = first | {"bot_id": "B0INSTAGRAM", "text": "hello?", "thread_ts": post.ts}
        assert (await do(slack, session, **on))["ok"]
        reply = slack.person("mia").sees("#acme-care")[-1]
        assert (reply.thread_ts, reply.user, reply.is_reply) == (post.ts, "", True)
        assert "hello?" in reply.words
        assert not (await do(slack, session, do="relay", bot_id="B0NOBODY", text="x"))["ok"]
        assert not (await do(slack, session, **first | {"text": " "}))["ok"]


async def test_another_companys_person_is_offered_none_of_our_app(
    slack: LocalSlack, session: aiohttp.ClientSession
) -> None:
    """No commands and no shortcuts: the app is not installed where they work."""
    slack.space.seed.shortcuts = (Shortcut("Track", "track"),)
    for name, offered in (("mia", 1), ("lena", 0)):
        address = f"{slack.url}/page/live?as={name}"
        async with session.ws_connect(address, origin=slack.url) as live:
            state = await live.receive_json()
            assert len(state["shortcuts"]) == offered
            assert bool(state["commands"]) == bool(offered)
    said = await slack.person("lena").say("#partner-acme", "hi")
    with pytest.raises(PermissionError):
        await slack.person("lena").message_shortcut(said, "track")
