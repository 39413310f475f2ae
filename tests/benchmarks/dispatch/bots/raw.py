"""The floor: an aiohttp handler that checks the signature, or a bare websocket loop."""

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import parse_qs

import aiohttp
from aiohttp import web

from tests.benchmarks.dispatch.bots.place import (
    MODE,
    NAME,
    SECRET,
    SLACK,
    TEXT,
    say_ready,
    wait_for_end,
)


async def answer(http: aiohttp.ClientSession, address: str, text: str) -> None:
    body = json.dumps({"text": TEXT.format(text=text), "response_type": "ephemeral"})
    headers = {"Content-Type": "application/json"}
    async with http.post(address, data=body, headers=headers) as reply:
        await reply.read()


async def serve_http(http: aiohttp.ClientSession, tasks: set[asyncio.Task[None]]) -> None:
    async def receive(request: web.Request) -> web.Response:
        body = await request.read()
        stamp = request.headers["X-Slack-Request-Timestamp"]
        digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256)
        signature = request.headers["X-Slack-Signature"]
        if not hmac.compare_digest(f"v0={digest.hexdigest()}", signature):
            return web.Response(status=401)
        if abs(time.time() - int(stamp)) > 300:
            return web.Response(status=401)
        form = parse_qs(body.decode())
        task = asyncio.create_task(answer(http, form["response_url"][0], form["text"][0]))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        return web.Response()

    site = web.Application()
    site.router.add_post("/slack/events", receive)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await say_ready(runner.addresses[0][1])
    await asyncio.Event().wait()


async def serve_socket(http: aiohttp.ClientSession, tasks: set[asyncio.Task[None]]) -> None:
    async with http.ws_connect(f"{SLACK.replace('http', 'ws', 1)}/link/{NAME}") as socket:
        await say_ready(0)
        async for message in socket:
            envelope = json.loads(message.data)
            if "envelope_id" not in envelope:
                continue
            await socket.send_str(json.dumps({"envelope_id": envelope["envelope_id"]}))
            payload = envelope["payload"]
            task = asyncio.create_task(answer(http, payload["response_url"], payload["text"]))
            tasks.add(task)
            task.add_done_callback(tasks.discard)


async def main() -> None:
    tasks: set[asyncio.Task[None]] = set()
    async with aiohttp.ClientSession() as http:
        serve = serve_http if MODE == "http" else serve_socket
        work = asyncio.create_task(serve(http, tasks))
        ending = asyncio.create_task(wait_for_end())
        await asyncio.wait({work, ending}, return_when=asyncio.FIRST_COMPLETED)
        work.cancel()


if __name__ == "__main__":
    asyncio.run(main())
