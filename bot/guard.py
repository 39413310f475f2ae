"""What stands before bolt in HTTP mode: size, signature, age and replay (reliability 25–28).

A request that fails here gets its status and nothing else: its body is never parsed or logged.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections import OrderedDict
from urllib.parse import parse_qs

from aiohttp import web
from multidict import CIMultiDictProxy

from commands import wording

LARGEST = 16_000_000
LARGEST_PARSED = 4_000_000
"""Bytes of a body that is read at all, and of one that is worth parsing."""
OLDEST_SECONDS = 300
KEPT_SECONDS = 600
FORM = "application/x-www-form-urlencoded"


def is_genuine(secret: str, headers: CIMultiDictProxy[str], body: bytes, now: float) -> bool:
    """Say whether Slack signed ``body`` within the last five minutes; never raises (§9)."""
    stamp = headers.get("X-Slack-Request-Timestamp", "")
    signature = headers.get("X-Slack-Signature", "")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12 and signature.isascii()):
        return False
    if abs(now - int(stamp)) > OLDEST_SECONDS:
        return False
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256)
    return hmac.compare_digest(f"v0={digest.hexdigest()}", signature)


class Replays:
    """Requests of the last ten minutes by what was signed; the same again has no effect."""

    def __init__(self) -> None:
        self._seen: OrderedDict[bytes, float] = OrderedDict()

    def begin(self, stamp: str, body: bytes) -> bytes | None:
        """Return the mark of a new request, or nothing when it came before."""
        now = time.monotonic()
        while self._seen and now - next(iter(self._seen.values())) > KEPT_SECONDS:
            self._seen.popitem(last=False)
        mark = hashlib.sha256(stamp.encode() + b":" + body).digest()
        if mark in self._seen:
            return None
        self._seen[mark] = now
        return mark

    def forget(self, mark: bytes) -> None:
        """Let a request that failed be sent again."""
        self._seen.pop(mark, None)


def is_readable(content_type: str, body: bytes) -> bool:
    """Say whether bolt can read the body: JSON, or a form, whose ``payload`` is JSON."""
    try:
        text = body.decode("utf-8")
        if content_type == FORM:
            if "payload" not in text:
                return True  # A command: bolt splits the form, and any text is a form.
            form = parse_qs(text)
            return "payload" not in form or isinstance(json.loads(form["payload"][0]), dict)
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def refuse_length(content_type: str) -> web.Response:
    """Answer what is too long to be parsed: a command's sender is told, events are refused."""
    if content_type == FORM:
        return web.json_response({"response_type": "ephemeral", "text": wording.TOO_LONG})
    return web.Response(status=413)
