"""The HTTP side: Slack's requests in HTTP mode; ``/healthz``, ``/metrics`` and ingest in both."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Awaitable, Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot import guard
from bot.garbled import stay_calm
from bot.ingest.door import Desk, open_ingest
from bot.rounds import Rounds
from bot.served import Served
from bot.tally import Tally

log = logging.getLogger(__name__)

Receive = Callable[[web.Request], Awaitable[web.StreamResponse]]
Find = Callable[[AsyncBoltRequest], Awaitable[Served | None]]
"""Returns whose request it is; nothing where Kepi is not installed."""

NOT_HERE = "Kepi isn’t installed in this workspace. Whoever runs it has the link to install it."


def build_site(rounds: Rounds, tally: Tally, desk: Desk) -> web.Application:
    """Return the site without Slack's door."""
    stay_calm()
    site = web.Application(client_max_size=guard.LARGEST)

    async def healthz(_request: web.Request) -> web.Response:
        health = await rounds.look()
        return web.json_response(health.as_json(), status=200 if health.is_well else 503)

    async def metrics(_request: web.Request) -> web.Response:
        from bot.metrics import CONTENT_TYPE, write_metrics

        page = await write_metrics(rounds, tally)
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE})

    site.router.add_get("/healthz", healthz)
    site.router.add_get("/metrics", metrics)
    open_ingest(site, desk)
    return site


def receive_from(find: Find, secret: str, tally: Tally) -> Receive:
    """Return the handler of ``POST /slack/events``."""
    replays = guard.Replays()

    async def receive(request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if not guard.is_genuine(secret, request.headers, body, time.time()):
            log.warning("request refused", extra={"why": "signature", "bytes": len(body)})
            return web.Response(status=401)
        if len(body) > guard.LARGEST_PARSED:
            return guard.refuse_length(request.content_type)
        if not guard.is_readable(request.content_type, body):
            return web.Response(status=400)
        mark = replays.begin(request.headers["X-Slack-Request-Timestamp"], body)
        if mark is None:
            log.warning("request refused", extra={"why": "replay", "bytes": len(body)})
            return web.Response(status=200)
        began = time.perf_counter()
        answer = await dispatch(find, request)
        kind = "events_api" if request.content_type == "application/json" else "form"
        tally.ack(kind, answer.status == 200, time.perf_counter() - began)
        if answer.status != 200:
            replays.forget(mark)
        return answer

    return receive


async def dispatch(find: Find, request: web.Request) -> web.StreamResponse:
    """Hand a request to its workspace; a payload that bolt trips over is the sender's mistake."""
    try:
        asked = await to_bolt_request(request)
        served = await find(asked)
        if served is None:
            return await to_aiohttp_response(answer_strangers(asked))
        served.pulse.hear()
        return await to_aiohttp_response(await served.app.async_dispatch(asked))
    except Exception as fault:
        # Handlers have their own last handler: only bolt, reading the payload, raises up to here.
        log.warning("payload refused", extra={"why": type(fault).__name__})
        return web.Response(status=400)


def answer_strangers(asked: AsyncBoltRequest) -> BoltResponse:
    """Answer what is of no workspace: Slack's challenge, and teams that have no Kepi."""
    body = asked.body
    if body.get("type") == "url_verification":
        challenge = {"challenge": str(body.get("challenge") or "")[:1000]}
        return BoltResponse(status=200, body=json.dumps(challenge))
    log.warning("a team without an installation", extra={"team": str(asked.context.team_id)[:20]})
    if "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", "text": NOT_HERE})
    return BoltResponse(status=200, body="")
