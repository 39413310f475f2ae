"""The HTTP side: Slack's requests in HTTP mode; ``/healthz``, ``/metrics`` and ingest in both."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot import guard
from bot.garbled import stay_calm
from bot.ingest.door import Desk, open_ingest
from bot.watch import Watch

log = logging.getLogger(__name__)

Receive = Callable[[web.Request], Awaitable[web.StreamResponse]]


def build_site(app: AsyncApp, secret: str | None, watch: Watch) -> web.Application:
    """Return the site; Slack's requests are taken where a ``secret`` is given."""
    stay_calm()
    site = web.Application(client_max_size=guard.LARGEST)

    async def healthz(_request: web.Request) -> web.Response:
        health = await watch.look()
        return web.json_response(health.as_json(), status=200 if health.is_well else 503)

    async def metrics(_request: web.Request) -> web.Response:
        from bot.metrics import CONTENT_TYPE, write_metrics

        return web.Response(body=await write_metrics(watch), headers={"Content-Type": CONTENT_TYPE})

    site.router.add_get("/healthz", healthz)
    site.router.add_get("/metrics", metrics)
    context = watch.context
    open_ingest(site, Desk(context.database, context.home.workspace, context.clock))
    if secret is not None:
        site.router.add_post("/slack/events", receive_from(app, secret, watch))
    return site


def receive_from(app: AsyncApp, secret: str, watch: Watch) -> Receive:
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
        watch.pulse.hear()
        began = time.perf_counter()
        answer = await dispatch(app, request)
        kind = "events_api" if request.content_type == "application/json" else "form"
        watch.tally.ack(kind, answer.status == 200, time.perf_counter() - began)
        if answer.status != 200:
            replays.forget(mark)
        return answer

    return receive


async def dispatch(app: AsyncApp, request: web.Request) -> web.StreamResponse:
    """Hand a request to bolt; a payload that bolt trips over is the sender's mistake."""
    try:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))
    except Exception as fault:
        # Handlers have their own last handler: only bolt, reading the payload, raises up to here.
        log.warning("payload refused", extra={"why": type(fault).__name__})
        return web.Response(status=400)
