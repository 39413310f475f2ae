"""What the workspace sends to the bot, and what it does when no ack comes back.

Events are sent again (slack-platform §2); commands and interactions are sent once, and the person
is told that nothing came back (§1).
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import deque
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from bot.playground.clock import SlackClock
from bot.playground.faults import Faults
from bot.playground.world import Json

Kind = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True)
class Delivery:
    """One payload on its way; an event keeps its identity through every retry."""

    kind: Kind
    payload: Json
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def name(self) -> str:
        """Return what it is about: the event type, the command or the interaction type."""
        if self.kind == "events_api":
            inner = self.payload.get("event")
            return str(inner.get("type") if isinstance(inner, dict) else inner)
        return str(self.payload.get("command") or self.payload.get("type"))


@dataclass(frozen=True)
class Answer:
    """What one attempt got: `ok` is an ack in time; `body` what the bot said in it."""

    ok: bool
    latency: float
    body: Json = field(default_factory=dict)
    reason: str = ""
    status: int | None = None
    no_retry: bool = False


@dataclass(frozen=True)
class Acked:
    """The record of one attempt, for tests: latency in seconds, `reason` why it failed."""

    name: str
    kind: Kind
    attempt: int
    delivery: Delivery
    answer: Answer
    when: float

    @property
    def ok(self) -> bool:
        """Say whether the bot acked in time."""
        return self.answer.ok

    @property
    def latency(self) -> float:
        """Return the seconds the ack took."""
        return self.answer.latency


class Transport(Protocol):
    """A way to the bot: Socket Mode or signed HTTP."""

    @property
    def retries(self) -> tuple[float, ...]:
        """Return the waits before each retry of an event."""

    async def attempt(self, delivery: Delivery, retry: int, reason: str) -> Answer:
        """Send once; `retry` counts from 0."""

    async def ready(self, within: float) -> bool:
        """Wait until the bot can be reached."""

    async def close(self) -> None:
        """Stop."""


class Deliveries:
    """Sends in the background, retries events (§2), and keeps a record of every attempt."""

    def __init__(self, transport: Transport, faults: Faults, clock: SlackClock) -> None:
        self.transport = transport
        self.faults = faults
        self.clock = clock
        self.acks: deque[Acked] = deque(maxlen=100_000)
        self.held: list[Delivery] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def send_event(self, delivery: Delivery) -> None:
        """Start delivering an event, or keep it back while events are held."""
        began = self.clock.now()
        if self.held is not None:
            self.held.append(delivery)
        elif self.faults.shuffle:
            for copy in range(self.faults.copies):
                self.start(self._deliver_sometime(delivery, copy, began))
        else:
            self.start(self._deliver(delivery, began))

    def send_in_order(self, deliveries: Sequence[Delivery]) -> None:
        """Send events one after the other; a retry of one does not hold up the next."""
        self.start(self._deliver_each(deliveries))

    async def _deliver_each(self, deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            began = self.clock.now()
            answer = await self._attempt_event(delivery)
            self.start(self._follow_up(delivery, answer, began))

    async def _deliver_sometime(self, delivery: Delivery, copy: int, began: float) -> None:
        await asyncio.sleep(self.faults.dice.random() * self.faults.shuffle_seconds)
        if copy == 0:
            answer = await self._attempt_event(delivery)
            await self._retry(delivery, answer, began)
        else:
            await self._attempt_event(delivery, copy, "timeout")

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` in the background until the workspace closes."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def attempt(self, delivery: Delivery, retry: int = 0, reason: str = "") -> Answer:
        """Send once and record it."""
        return self._record(delivery, retry, await self.transport.attempt(delivery, retry, reason))

    def _record(self, delivery: Delivery, retry: int, answer: Answer) -> Answer:
        self.acks.append(
            Acked(delivery.name, delivery.kind, retry, delivery, answer, time.monotonic())
        )
        return answer

    async def _attempt_event(self, delivery: Delivery, retry: int = 0, reason: str = "") -> Answer:
        """Send an event once, unless nothing is there to take it."""
        if self.faults.drop_events:
            return self._record(delivery, retry, Answer(False, 0.0, reason="no_connection"))
        return await self.attempt(delivery, retry, reason)

    async def _deliver(self, delivery: Delivery, began: float) -> None:
        await self._follow_up(delivery, await self._attempt_event(delivery), began)

    async def _follow_up(self, delivery: Delivery, answer: Answer, began: float) -> None:
        answer, retry = await self._retry(delivery, answer, began)
        if not answer.ok:
            return
        extra = self.faults.copies - 1
        if self.faults.duplicate_events > 0:
            self.faults.duplicate_events -= 1
            extra += 1
        for copy in range(extra):
            await self._attempt_event(delivery, retry + 1 + copy, "timeout")

    async def _retry(self, delivery: Delivery, answer: Answer, began: float) -> tuple[Answer, int]:
        """Send again on Slack's schedule, counted from the first attempt, until it is acked.

        The schedule runs on the workspace's clock: a jump over it brings the retries at once.
        After the last one the event is lost (§2).
        """
        due, retry = began, 0
        for wait in self.transport.retries:
            if answer.ok or answer.no_retry:
                break
            due += wait
            await self.clock.sleep_until(due, wait * self.faults.retry_scale)
            retry += 1
            answer = await self._attempt_event(delivery, retry, answer.reason)
        return answer, retry

    async def settle(self, within: float) -> None:
        """Wait until nothing is on its way; raise TimeoutError if something still is."""
        async with asyncio.timeout(within):
            while self._tasks:
                await asyncio.wait(set(self._tasks))

    async def close(self) -> None:
        """Give up what is on its way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.transport.close()
