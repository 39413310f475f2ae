"""The web page: served to this machine's own page only, and doing what a person does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.playground import LocalSlack
from bot.playground.page import STATIC


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """A client without cookies."""
    async with aiohttp.ClientSession() as client:
        yield client


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "text/html"), ("/page.js", "text/javascript"), ("/page.css", "text/css")],
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


def test_the_page_is_three_files() -> None:
    """No build step, nothing fetched."""
    assert {each.name for each in Path(STATIC).iterdir()} == {"index.html", "page.css", "page.js"}
