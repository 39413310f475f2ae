"""Serves the web page to this machine only: Host and Origin are checked on every request."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import WSMsgType, web

from bot.playground.files import IMAGES, may_open
from bot.playground.page_acts import act
from bot.playground.page_state import change_state, whole_state
from bot.playground.person import Person
from bot.playground.workspace import Workspace

STATIC = Path(__file__).parent / "page"
FILES = (
    *("index.html", "page.css", "page.js", "state.js", "nodes.js", "emoji.js", "text.js"),
    *("blocks.js", "acts.js", "forms.js", "town.js"),
)
MAX_PAGES = 50
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def only_from_here(handler: Handler) -> Handler:
    """Refuse requests that a foreign page or a rebound name could send.

    The Host must be this loopback address, and a browser that names an Origin must name ours; what
    changes something needs that Origin.
    """

    async def guarded(request: web.Request) -> web.StreamResponse:
        port = request.url.port
        hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        host = request.headers.get("Host", "")
        origin = request.headers.get("Origin")
        changes = request.method != "GET" or "Upgrade" in request.headers
        if host not in hosts or not _is_here(request):
            return web.Response(status=421, text="This playground answers on loopback only.")
        if (origin is not None or changes) and origin != f"http://{host}":
            return web.Response(status=403, text="Requests from other pages are refused.")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return guarded


def _is_here(request: web.Request) -> bool:
    """Say whether the named port is the one served."""
    if request.transport is None:
        return False
    own = request.transport.get_extra_info("sockname")
    return bool(own) and request.url.port == own[1]


class Page:
    """The page's routes and its live connections."""

    def __init__(self, space: Workspace, person: Callable[[str], Person]) -> None:
        self.space = space
        self.person = person
        self._open: set[web.WebSocketResponse] = set()

    def add_routes(self, app: web.Application) -> None:
        """Add the page beside the Web API."""
        for name in FILES:
            path = "/" if name == "index.html" else f"/{name}"
            app.router.add_get(path, only_from_here(_static(name)))
        app.router.add_get("/archives/{channel}/{ts}", only_from_here(self.permalink))
        app.router.add_get("/page/live", only_from_here(self.live))
        app.router.add_get("/page/file/{file}", only_from_here(self.file))
        app.router.add_post("/page/act", only_from_here(self.act))
        app.router.add_post("/page/drop", only_from_here(self.drop))

    def _who(self, request: web.Request) -> Person:
        try:
            person = self.person(request.query.get("as", ""))
        except LookupError:
            raise web.HTTPNotFound(text="Nobody is called that.") from None
        if person.member.is_bot:
            raise web.HTTPNotFound(text="The bot has no page.")
        return person

    async def permalink(self, request: web.Request) -> web.StreamResponse:
        """Open the page at a message, in its thread if the link names one."""
        channel, ts = request.match_info["channel"], request.match_info["ts"].removeprefix("p")
        place = f"/#{channel}/{ts[:-6]}.{ts[-6:]}/{request.query.get('thread_ts', '')}"
        return web.Response(status=302, headers={"Location": place})

    async def live(self, request: web.Request) -> web.StreamResponse:
        """Send the state, then every change this person can see."""
        person = self._who(request)
        if len(self._open) >= MAX_PAGES:
            return web.Response(status=503, text="Too many pages are open.")
        socket = web.WebSocketResponse(heartbeat=20.0)
        await socket.prepare(request)
        self._open.add(socket)
        sender = asyncio.create_task(self._tell(socket, person))
        try:
            async for frame in socket:
                if frame.type is WSMsgType.ERROR:
                    break
        finally:
            sender.cancel()
            self._open.discard(socket)
        return socket

    async def _tell(self, socket: web.WebSocketResponse, person: Person) -> None:
        with self.space.changes.listen() as changes, contextlib.suppress(ConnectionError):
            await socket.send_str(json.dumps(whole_state(person)))
            while True:
                told = change_state(person, await changes.get())
                if told is not None:
                    await socket.send_str(json.dumps(told))

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Do one thing a person asks for."""
        try:
            asked = await request.json()
        except ValueError:
            return web.json_response({"ok": False, "error": "not JSON"}, status=400)
        if not isinstance(asked, dict):
            return web.json_response({"ok": False, "error": "not an object"}, status=400)
        return web.json_response(await act(self._who(request), asked))

    async def drop(self, request: web.Request) -> web.StreamResponse:
        """Take a file dropped into a conversation."""
        query = request.query
        data = await request.read()
        if not data:
            return web.json_response({"ok": False, "error": "The file is empty."})
        try:
            await self._who(request).drop(
                query["channel"],
                query.get("name") or "file",
                data,
                query.get("comment", ""),
                query.get("thread_ts") or None,
            )
        except (LookupError, PermissionError) as problem:
            return web.json_response({"ok": False, "error": str(problem)})
        return web.json_response({"ok": True})

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Show an image or download another file, to who may open it."""
        person = self._who(request)
        file = self.space.files.get(request.match_info["file"])
        if file is None or file.data is None or not may_open(self.space, file, person.id):
            raise web.HTTPNotFound(text="There is no such file for you.")
        if file.mimetype in IMAGES and "download" not in request.query:
            return web.Response(body=file.data, content_type=file.mimetype)
        name = "".join(c for c in file.name if c.isalnum() or c in "._- ") or "file"
        disposition = f'attachment; filename="{name.encode("ascii", "ignore").decode()}"'
        return web.Response(
            body=file.data,
            content_type="application/octet-stream",
            headers={"Content-Disposition": disposition},
        )

    async def close(self) -> None:
        """Close the live connections."""
        await asyncio.gather(*(socket.close() for socket in list(self._open)))


def _static(name: str) -> Handler:
    """Return the handler of one file, under a type that no machine's own table changes."""
    kinds = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
    kind = kinds[name.rpartition(".")[2]]

    async def serve(request: web.Request) -> web.StreamResponse:
        text = (STATIC / name).read_text(encoding="utf-8")
        return web.Response(text=text, content_type=kind)

    return serve
