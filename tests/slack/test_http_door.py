"""HTTP mode's door: what is not Slack's is turned away before anything reads or logs it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import json
import random
import string
import time
from collections.abc import AsyncIterator, Mapping
from urllib.parse import urlencode

import aiohttp
import pytest

from bot import logs
from tests.slack.conftest import Enter, Town

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
async def door(enter: Enter) -> AsyncIterator[Town]:
    async with enter("http") as town:
        yield town


@pytest.fixture
def log() -> io.StringIO:
    """Everything that is logged, by any library, as it would be written."""
    stream = io.StringIO()
    logs.configure(stream=stream, as_json=True)
    return stream


def sign(town: Town, body: bytes, stamp: str | None = None) -> dict[str, str]:
    stamp = stamp or str(int(time.time()))
    signed = f"v0:{stamp}:".encode() + body
    digest = hmac.new(town.slack.signing_secret.encode(), signed, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


async def send(
    town: Town, body: bytes, headers: Mapping[str, str], kind: str = FORM
) -> tuple[int, str]:
    """Post a body to the door and return status and text."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            town.slack.events_url, data=body, headers={**headers, "Content-Type": kind}
        ) as answer,
    ):
        return answer.status, await answer.text()


def command(town: Town, text: str) -> bytes:
    return urlencode(
        {
            "command": "/kpi",
            "text": text,
            "user_id": town.mia.id,
            "channel_id": "C0MARKETING",
            "team_id": "T0ACME00000",
            "trigger_id": "1.2.3",
            "response_url": f"{town.slack.url}/hooks/T0ACME00000/planted-address/key",
            "token": "planted-verification-token",
        }
    ).encode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"X-Slack-Request-Timestamp": "abc"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "1e9"},
        {"X-Slack-Request-Timestamp": str(int(time.time()) - 301)},
        {"X-Slack-Signature": "v0=åäö"},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
    ],
)
async def test_a_bad_signature_is_a_401_and_its_body_is_not_logged(
    door: Town, log: io.StringIO, wrong: dict[str, str]
) -> None:
    """Whatever is wrong with the headers; never a 500."""
    body = command(door, "help planted-words")
    status, _ = await send(door, body, sign(door, body) | wrong)
    assert status == 401
    assert "planted" not in log.getvalue()


async def test_a_body_that_is_no_text_is_refused(door: Town) -> None:
    """Signed or not, bytes that are not UTF-8 are a 4xx."""
    body = b"\xff\xfe\x00payload"
    assert (await send(door, body, {}))[0] == 401
    assert (await send(door, body, sign(door, body)))[0] == 400


async def test_the_same_request_a_hundred_times_has_one_effect(door: Town) -> None:
    """A replay within five minutes is genuine in every respect but one: it came before."""
    body = command(door, "reach instagram last-30d")
    headers = sign(door, body)
    answers = await asyncio.gather(*(send(door, body, headers) for _ in range(100)))
    assert {status for status, _ in answers} == {200}
    await door.quiet()
    assert len(door.mia.bot_said("#marketing")) == 1


async def test_the_challenge_is_echoed_only_when_it_is_signed(door: Town) -> None:
    """Slack verifies the address once."""
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a", "token": "x"}).encode()
    status, text = await send(door, body, sign(door, body), "application/json")
    assert status == 200
    assert "3eZbrw1a" in text
    assert (await send(door, body, {}, "application/json"))[0] == 401


@pytest.mark.parametrize("size", [1, 3_000, 900_000, 4_000_000, 10_000_000])
async def test_a_text_of_any_length_gets_one_clear_line(door: Town, size: int) -> None:
    """Refused by its length, before anything reads it."""
    body = command(door, "x" * size)
    status, text = await send(door, body, sign(door, body))
    await door.quiet()
    said = [message.words for message in door.mia.bot_said("#marketing")]
    assert status == 200
    assert "too long" in text if size >= 4_000_000 else True
    assert len(said) <= 1
    assert all(len(words) < 1_000 for words in said)


async def test_healthz_needs_no_signature(door: Town) -> None:
    """It says that the process serves."""
    url = door.slack.events_url.replace("/slack/events", "/healthz")
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert answer.status == 200


def random_thing(dice: random.Random, depth: int = 0) -> object:
    kinds = 7 if depth < 3 else 5
    pick = dice.randrange(kinds)
    if pick == 5:
        return [random_thing(dice, depth + 1) for _ in range(dice.randrange(4))]
    if pick == 6:
        names = ("event", "type", "user", "channel", "actions", "view", "team", "payload", "text")
        return {dice.choice(names): random_thing(dice, depth + 1) for _ in range(dice.randrange(5))}
    plain = ("", "message", "block_actions", "app_mention", dice.choice(string.printable))
    return (None, True, dice.randrange(-5, 10**12), dice.choice(plain), "\ud800\u202e<!channel>")[
        pick
    ]


async def test_malformed_payloads_never_break_it(door: Town, log: io.StringIO) -> None:
    """500 signed payloads of nonsense: 2xx or 4xx, or a 500 that asks Slack to send it again."""
    dice = random.Random(11)
    kinds = ("block_actions", "view_submission", "event_callback", "shortcut", "slash", "x")
    async with aiohttp.ClientSession() as session:
        for _ in range(500):
            thing = {"type": dice.choice(kinds), "event": random_thing(dice)}
            thing |= {"user": random_thing(dice), "actions": random_thing(dice)}
            body = json.dumps(thing).encode()
            kind = "application/json"
            if dice.random() < 0.5:
                body, kind = urlencode({"payload": body}).encode(), FORM
            async with session.post(
                door.slack.events_url,
                data=body,
                headers={**sign(door, body), "Content-Type": kind},
            ) as answer:
                assert answer.status < 500
                assert "Traceback" not in await answer.text()
    assert (await door.mia.command("/kpi help", "#marketing")).ok
    await door.quiet()
