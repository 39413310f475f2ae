"""Socket Mode: websockets the bot opens, each payload to any one of them (slack-platform §2)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import secrets
import time
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from bot.playground.deliveries import Answer, Delivery
from bot.playground.faults import Faults
from bot.playground.world import Json

MAX_SOCKETS = 10
TICKET_SECONDS = 30.0


@dataclass(eq=False)
class Line:
    """One open websocket and the acks awaited on it."""

    socket: web.WebSocketResponse
    wire: asyncio.Transport | None
    waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    leaving: bool = False


class SocketDelivery:
    """Hands out tickets, keeps up to ten lines and sends each payload down one of them."""

    def __init__(self, app_id: str, faults: Faults) -> None:
        self.app_id = app_id
        self.faults = faults
        self.lines: list[Line] = []
        self.connections = 0
        self._tickets: dict[str, float] = {}
        self._connected = asyncio.Event()
        self._dice = random.Random(11)

    @property
    def retries(self) -> tuple[float, ...]:
        """Return the waits before retries; the first comes about 4 s after the event."""
        return self.faults.socket_retries

    def new_ticket(self, base_url: str) -> str:
        """Return the address apps.connections.open answers with; good once, for a short time."""
        ticket = secrets.token_urlsafe(24)
        self._tickets[ticket] = time.monotonic()
        address = base_url.replace("http", "ws", 1)
        return f"{address}/link/?ticket={ticket}&app_id={self.app_id}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Carry one websocket from hello to its end."""
        born = self._tickets.pop(request.query.get("ticket", ""), None)
        if born is None or time.monotonic() - born > TICKET_SECONDS:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=401)
        socket = web.WebSocketResponse(heartbeat=30.0)
        await socket.prepare(request)
        if len(self.lines) >= MAX_SOCKETS:
            await self._send(socket, _disconnect("too_many_websockets"))
            await socket.close()
            return socket
        line = Line(socket, request.transport)
        self.lines.append(line)
        try:
            await self._send(socket, self._hello())
            self.connections += 1
            self._connected.set()
            await self._read(line)
        finally:
            self._forget(line)
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.lines),
            "debug_info": {
                "host": "applink-local",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": self.app_id},
        }

    async def _read(self, line: Line) -> None:
        async for frame in line.socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            with contextlib.suppress(ValueError, AttributeError):
                said = json.loads(frame.data)
                waiting = line.waiting.get(str(said.get("envelope_id")))
                if waiting is not None and not waiting.done():
                    waiting.set_result(said)

    def _forget(self, line: Line) -> None:
        with contextlib.suppress(ValueError):
            self.lines.remove(line)
        for waiting in line.waiting.values():
            waiting.cancel()
        if not self.lines:
            self._connected.clear()

    async def _send(self, socket: web.WebSocketResponse, frame: Json) -> None:
        with contextlib.suppress(ConnectionError, RuntimeError):
            await socket.send_str(json.dumps(frame))

    async def attempt(self, delivery: Delivery, retry: int, reason: str) -> Answer:
        """Send an envelope and wait for its ack on the same line."""
        started = time.monotonic()
        lines = [line for line in self.lines if not line.leaving] or self.lines
        if not lines:
            return Answer(False, 0.0, reason="no_connection")
        line = self._dice.choice(lines)
        accepts = delivery.kind != "events_api"
        envelope: Json = {
            "envelope_id": delivery.id if not retry else f"{delivery.id}-{retry}",
            "type": delivery.kind,
            "payload": delivery.payload,
            "accepts_response_payload": accepts,
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
        said = await self._await_ack(line, envelope)
        took = time.monotonic() - started
        if said is None:
            return Answer(False, took, reason="timeout")
        body = said.get("payload") if accepts else None
        return Answer(True, took, body=body if isinstance(body, dict) else {}, status=200)

    async def _await_ack(self, line: Line, envelope: Json) -> Json | None:
        waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        line.waiting[envelope["envelope_id"]] = waiting
        try:
            async with asyncio.timeout(self.faults.ack_seconds):
                await self._send(line.socket, envelope)
                return await asyncio.shield(waiting)
        except TimeoutError:
            return None
        except asyncio.CancelledError:
            if waiting.cancelled():
                return None
            raise
        finally:
            del line.waiting[envelope["envelope_id"]]

    async def ready(self, within: float) -> bool:
        """Wait for a line on which hello was said."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._connected.wait(), within)
        return self._connected.is_set()

    async def disconnect(self, reason: str) -> None:
        """Ask every line to reconnect: `warning` leaves time, others close soon after."""
        lines = list(self.lines)
        for line in lines:
            line.leaving = True
            await self._send(line.socket, _disconnect(reason))
        await asyncio.sleep(self.faults.warning_seconds if reason == "warning" else 0.05)
        await asyncio.gather(*(line.socket.close() for line in lines))

    def cut(self) -> None:
        """Drop every line without a word, as a network does."""
        for line in self.lines:
            if line.wire is not None:
                line.wire.abort()

    async def close(self) -> None:
        """Close every line."""
        await asyncio.gather(*(line.socket.close() for line in list(self.lines)))


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-local"}}
