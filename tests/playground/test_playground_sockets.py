"""Socket Mode and signed HTTP as connections: hello, tickets, refresh, signatures."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import LocalSlack
from bot.playground.deliveries import Delivery
from bot.playground.delivery_http import encode


async def dial(slack: LocalSlack, session: aiohttp.ClientSession) -> Any:
    client = AsyncWebClient(token=slack.api.app_token, base_url=f"{slack.url}/api/")
    opened = await client.apps_connections_open(app_token=slack.api.app_token)
    return await session.ws_connect(opened["url"])


async def test_ten_sockets_at_most_and_each_payload_to_one_of_them(slack: LocalSlack) -> None:
    """hello counts them; the eleventh is told too_many_websockets (§2)."""
    async with aiohttp.ClientSession() as session:
        lines = [await dial(slack, session) for _ in range(10)]
        hellos = [await line.receive_json() for line in lines]
        assert [hello["num_connections"] for hello in hellos] == list(range(1, 11))
        extra = await dial(slack, session)
        assert (await extra.receive_json())["reason"] == "too_many_websockets"
        got: list[str] = []

        async def answer(line: Any) -> None:
            async for frame in line:
                envelope = json.loads(frame.data)
                got.append(envelope["payload"]["event"]["text"])
                await line.send_json({"envelope_id": envelope["envelope_id"]})

        readers = [asyncio.create_task(answer(line)) for line in lines]
        for number in range(20):
            await slack.person("mia").say("#marketing", str(number))
        await slack.settle()
        assert sorted(got, key=int) == [str(number) for number in range(20)]
        for reader in readers:
            reader.cancel()


async def test_a_ticket_works_once(slack: LocalSlack) -> None:
    """A second connection with the same address is refused."""
    client = AsyncWebClient(token=slack.api.app_token, base_url=f"{slack.url}/api/")
    opened = await client.apps_connections_open(app_token=slack.api.app_token)
    async with aiohttp.ClientSession() as session:
        await session.ws_connect(opened["url"])
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(opened["url"])


@pytest.mark.parametrize("how", ["warning", "refresh_requested", "cut"])
async def test_the_sdk_comes_back_after_every_disconnect(
    echo: tuple[LocalSlack, AsyncApp], how: str
) -> None:
    """Announced or not, a lost socket is replaced and commands go on."""
    slack, app = echo
    if slack.mode == "http":
        return

    @app.command("/kpi")
    async def kpi(ack: Any) -> None:
        await ack("back")

    before = slack.socket.connections
    if how == "cut":
        slack.cut()
    else:
        await slack.disconnect(how)
    for _ in range(500):
        if slack.socket.connections > before and slack.socket.lines:
            break
        await asyncio.sleep(0.02)
    await slack.bot_ready()
    assert (await slack.person("mia").command("/kpi reach")).ok


async def test_without_a_socket_a_command_fails_at_once(slack: LocalSlack) -> None:
    """Nobody is there to take it."""
    mia = slack.person("mia")
    assert not (await mia.command("/kpi reach")).ok
    assert "dispatch_failed" in mia.sees()[-1].text


async def test_requests_are_signed_over_the_raw_body(slack: LocalSlack) -> None:
    """The SDK's own verifier accepts them, and nothing else (§9)."""
    body, kind = encode(Delivery("slash_commands", {"command": "/kpi", "text": "å & ä"}))
    assert kind == "application/x-www-form-urlencoded"
    headers = slack.http.sign(body)
    assert SignatureVerifier(slack.signing_secret).is_valid_request(body, headers)
    assert not SignatureVerifier("other").is_valid_request(body, headers)
