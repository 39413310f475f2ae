"""``POST /ingest/v1/<kind>`` and ``GET /ingest/v1/schema``: who may come in, and how big they are.

The token is looked at before anything else: who has none leaves a line in the log and nothing
more, and not a byte of the body is asked for. Bodies are read and stored in a thread, one at a
time; neither bodies nor tokens are ever logged.
"""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import hdrs, web

from bot.garbled import GARBLED
from bot.ingest.pace import Pace
from commands.tasks import BROKEN, new_reference

if TYPE_CHECKING:
    from bot.ingest.taking import Reply
    from storage.database import Database
    from storage.ingest import TokenRow

log = logging.getLogger(__name__)

LARGEST = 5_000_000
"""Bytes of a body."""
BODY_SECONDS = 60.0
"""In which a body has to arrive."""
LONGEST_KEY = 200
KEY = "Idempotency-Key"
BUSY_SECONDS = 10
SCHEME = "bearer"
YES = frozenset({"1", "true", "yes"})


@dataclass(frozen=True)
class Desk:
    """Where requests are taken in."""

    database: Database
    workspace: int | None
    """Nothing: the token tells which of several it sends into."""
    clock: Callable[[], datetime]
    pace: Pace = field(default_factory=Pace)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One body at a time: parsing is heavy, and writers would wait for each other anyway."""


class Turned(Exception):
    """A request that is turned away; the words say what would work."""

    def __init__(self, status: int, words: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(words)
        self.status, self.words, self.headers = status, words, headers or {}


def open_ingest(site: web.Application, desk: Desk) -> None:
    """Add the addresses to a site."""

    async def receive(request: web.Request) -> web.StreamResponse:
        return await answer(request, desk)

    site.router.add_get("/ingest/v1/schema", show_schema)
    site.router.add_post("/ingest/v1/{kind}", receive, expect_handler=expect_later)


async def expect_later(_request: web.Request) -> None:
    """Ask for no body yet: whoever waits to be asked is asked once it is known who it is."""


async def show_schema(request: web.Request) -> web.StreamResponse:
    """Answer with the JSON Schema of all kinds, or of the ``?kind=`` that is asked for."""
    from bot.ingest.schema import schema_of, whole_schema

    kind = request.query.get("kind", "")
    found = await asyncio.to_thread(schema_of, kind) if kind else None
    if kind and found is None:
        return web.json_response({"error": await asyncio.to_thread(name_kinds)}, status=404)
    words = found or await asyncio.to_thread(whole_schema)
    return web.json_response(words, content_type="application/schema+json")


async def answer(request: web.Request, desk: Desk) -> web.StreamResponse:
    """Take a request in, or turn it away; one line of the log says which."""
    began = time.perf_counter()
    seen: dict[str, Any] = {}
    try:
        reply = await receive(request, desk, seen)
    except Turned as no:
        note("ingest refused", seen, began, no.status)
        return web.json_response({"error": no.words}, status=no.status, headers=no.headers)
    except Exception as fault:
        reference = new_reference()
        # Not the fault's own words: they may quote a row.
        frames = [f"{it.filename}:{it.lineno}" for it in traceback.extract_tb(fault.__traceback__)]
        seen |= {"reference": reference, "fault": type(fault).__name__, "frames": frames[-12:]}
        note("ingest failed", seen, began, 500, logging.ERROR)
        return web.json_response({"error": BROKEN.format(reference=reference)}, status=500)
    stored = {name: reply.words[name] for name in ("import", "rows") if name in reply.words}
    kept = {"again": True} if reply.is_repeated else {}
    note("ingest", seen | stored | kept, began, reply.status)
    headers = {"Idempotency-Replayed": "true"} if reply.is_repeated else {}
    if reply.status == 503:
        headers["Retry-After"] = str(BUSY_SECONDS)
    return web.json_response(reply.words, status=reply.status, headers=headers)


def note(
    words: str, seen: Mapping[str, Any], began: float, status: int, level: int = logging.INFO
) -> None:
    """Write the line of a request: who, what kind, how many rows, how long; never what."""
    took = round((time.perf_counter() - began) * 1000)
    log.log(level, words, extra={**seen, "status": status, "ms": took})


async def receive(request: web.Request, desk: Desk, seen: dict[str, Any]) -> Reply:
    """Return the reply to a request; raises ``Turned`` for the first thing that is wrong."""
    workspace, token = await find_sender(request, desk)
    seen["token"] = token.name
    kind = await find_kind(request, token)
    seen["kind"] = kind
    wait = desk.pace.wait(token.id, time.monotonic())
    if wait:
        words = f"Too many requests with this token. Wait {wait} s, and send more rows at once."
        raise Turned(429, words, {hdrs.RETRY_AFTER: str(wait)})
    key = read_key(request)
    demand_json(request)
    raw = await read_raw(request)
    good_rows = request.query.get("good_rows", "").lower() in YES
    async with desk.turn:
        asked = token, kind, key, good_rows, raw
        return await asyncio.to_thread(take, desk, workspace, *asked)


def take(
    desk: Desk, workspace: int, token: TokenRow, kind: str, key: str, good_rows: bool, raw: bytes
) -> Reply:
    from bot.ingest.taking import Request, take_in

    asked = Request(token, kind, key, good_rows, raw)
    return take_in(desk.database, workspace, asked, desk.clock())


async def find_sender(request: web.Request, desk: Desk) -> tuple[int, TokenRow]:
    """Return the workspace and the token that the request carries."""
    scheme, _, given = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    token = given.strip()
    if scheme.lower() == SCHEME and token.isascii():
        found = await asyncio.to_thread(look_up, desk, token)
        if found is not None:
            return found
    words = "Send a token that is in use: “Authorization: Bearer kepi_…”."
    raise Turned(401, words, {hdrs.WWW_AUTHENTICATE: 'Bearer realm="kepi"'})


def look_up(desk: Desk, token: str) -> tuple[int, TokenRow] | None:
    from storage.ingest import SHAPE, find_token, workspace_of

    if not SHAPE.fullmatch(token):
        return None
    with desk.database.read() as connection:
        workspace = desk.workspace
        if workspace is None:
            workspace = workspace_of(connection, token)
        found = None if workspace is None else find_token(connection, workspace, token)
    return None if workspace is None or found is None else (workspace, found)


async def find_kind(request: web.Request, token: TokenRow) -> str:
    """Return the kind of rows that the address names, if the token may send it."""
    kind = request.match_info["kind"]
    if not await asyncio.to_thread(is_kind, kind):
        raise Turned(404, await asyncio.to_thread(name_kinds))
    if not token.may_send(kind):
        raise Turned(403, f"This token may send {', '.join(sorted(token.kinds))}, not {kind}.")
    return kind


def is_kind(word: str) -> bool:
    from bot.ingest.kinds import INGESTS

    return word in INGESTS


def name_kinds() -> str:
    from bot.ingest.kinds import INGESTS

    return f"There is no such kind of rows. Kinds: {', '.join(INGESTS)}."


def read_key(request: web.Request) -> str:
    key = request.headers.get(KEY, "").strip()
    if not key or len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
        words = f"Send an {KEY} header: up to {LONGEST_KEY} characters, another for each request."
        raise Turned(400, words)
    return key


def demand_json(request: web.Request) -> None:
    kind = request.content_type
    is_json = kind == "application/json" or kind.endswith("+json")
    if not is_json or request.charset not in (None, "utf-8", "UTF-8", "utf8"):
        raise Turned(415, "Send “Content-Type: application/json”, in UTF-8.")
    if request.headers.get(hdrs.CONTENT_ENCODING, "identity").lower() != "identity":
        raise Turned(415, "Send the body as it is, not compressed.")


async def read_raw(request: web.Request) -> bytes:
    """Return the body, of which no more is read than may be sent."""
    too_large = Turned(413, f"A body has at most {LARGEST:,} bytes. Send the rows in parts.")
    if (request.content_length or 0) > LARGEST:
        raise too_large
    if request.headers.get(hdrs.EXPECT, "").lower() == "100-continue":
        await ask_for_body(request)
    raw = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for some in request.content.iter_any():
                raw += some
                if len(raw) > LARGEST:
                    raise too_large
    except TimeoutError:
        raise Turned(408, "The body did not arrive in a minute. Send it again.") from None
    except (ConnectionError, *GARBLED):
        raise Turned(400, "The body ended before its end. Send it again.") from None
    return bytes(raw)


async def ask_for_body(request: web.Request) -> None:
    """Tell a sender that waits for it to go on."""
    writer: Any = request.writer
    await writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    writer.output_size = 0
