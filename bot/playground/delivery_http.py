"""Signed HTTP requests to the bot's events URL (slack-platform §1, §2, §9)."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from bot.playground.deliveries import Answer, Delivery
from bot.playground.faults import Faults
from bot.playground.world import Json

REASONS = {"timeout": "http_timeout"}


class HttpDelivery:
    """Posts to `url`, signed with `secret` and the real time."""

    def __init__(self, secret: str, faults: Faults, url: str = "") -> None:
        self.secret = secret
        self.url = url
        self.faults = faults
        self._session: aiohttp.ClientSession | None = None

    @property
    def retries(self) -> tuple[float, ...]:
        """Return the waits before retries: at once, a minute, five minutes."""
        return self.faults.http_retries

    async def attempt(self, delivery: Delivery, retry: int, reason: str) -> Answer:
        """Post once; only a 2xx within the ack time counts."""
        body, kind = encode(delivery)
        headers = {"Content-Type": kind}
        if retry:
            headers["X-Slack-Retry-Num"] = str(retry)
            headers["X-Slack-Retry-Reason"] = REASONS.get(reason, reason)
        return await self.post(body, headers)

    async def post(self, body: bytes, headers: dict[str, str]) -> Answer:
        """Post signed bytes; the reasons are those of x-slack-retry-reason."""
        started = time.monotonic()
        try:
            async with (
                asyncio.timeout(self.faults.ack_seconds),
                self._client().post(
                    self.url, data=body, headers=headers | self.sign(body), allow_redirects=False
                ) as response,
            ):
                text = await response.text()
        except TimeoutError:
            return Answer(False, time.monotonic() - started, reason="http_timeout")
        except aiohttp.ClientError:
            return Answer(False, time.monotonic() - started, reason="connection_failed")
        took = time.monotonic() - started
        return Answer(
            ok=200 <= response.status < 300,
            latency=took,
            body=read_body(text, response.content_type),
            reason="" if 200 <= response.status < 300 else "http_error",
            status=response.status,
            no_retry=response.headers.get("x-slack-no-retry") == "1",
        )

    def sign(self, body: bytes) -> dict[str, str]:
        """Return the signature headers of `body` (§9)."""
        stamp = str(int(time.time()))
        digest = hmac.new(self.secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256)
        return {
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest.hexdigest()}",
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        }

    async def ready(self, within: float) -> bool:
        """Verify the events URL by a signed challenge, for up to `within` seconds."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if self.url and await self.verify_url():
                return True
            await asyncio.sleep(0.05)
        return False

    async def verify_url(self) -> bool:
        """Send url_verification and say whether the challenge came back."""
        challenge = hashlib.sha256(str(time.time_ns()).encode()).hexdigest()
        body = {"token": "deprecated", "challenge": challenge, "type": "url_verification"}
        headers = {"Content-Type": "application/json"}
        answer = await self.post(json.dumps(body).encode(), headers)
        said = answer.body.get("challenge", answer.body.get("text"))
        return answer.ok and said == challenge

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession()
        return self._session

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


def encode(delivery: Delivery) -> tuple[bytes, str]:
    """Return body and content type: JSON events, form commands, form interactions."""
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload).encode(), "application/json"
    form = "application/x-www-form-urlencoded"
    if delivery.kind == "slash_commands":
        return urlencode(delivery.payload).encode(), form
    return urlencode({"payload": json.dumps(delivery.payload)}).encode(), form


def read_body(text: str, content_type: str) -> Json:
    """Return what an ack said: JSON as it is, other text as `{"text": …}`."""
    if not text.strip():
        return {}
    if content_type == "application/json":
        try:
            body = json.loads(text)
        except ValueError:
            return {}
        return body if isinstance(body, dict) else {}
    return {"text": text}
