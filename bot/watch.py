"""Watching Kepi itself: is the line open, the database writable, the alarm clock going, all sent?

An audit every half minute, apart from the scheduler (reliability row 45). What is due and unsent
for five minutes by this process's own stopwatch is told once, to the ops channel or to whoever
installed Kepi. A watch is one workspace's; ``bot.rounds`` goes round them all. An audit cannot tell
that the event loop stands still: ``bot.stopwatch`` does, from a thread of its own.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.pulse import Pulse
from bot.tally import Tally
from commands.context import Context

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.outbox import DeliveryRow

log = logging.getLogger(__name__)

FRESH_SECONDS = 5.0
"""A look at the database is believed for so long: anybody may ask ``/healthz``."""
PROBE_SECONDS = 5.0


@dataclass(frozen=True)
class Pace:
    """How patient the watch is, in real seconds; drills shorten it."""

    audit: float = 30.0
    patience: float = 300.0
    """What is due may be so late."""
    waking: float = 300.0
    """The alarm clock, which wakes the outbox every 5 s, may be so late."""
    stopwatch: float = 15.0
    """How often the thread looks."""
    heartbeat: float = 60.0
    line: float = 30.0
    """Without a line to Slack for so long an audit fails; reconnecting takes less."""
    deliver: float = 20.0
    """The outbox gets so long to bring an alarm; then it is posted past it."""


PACE = Pace()


@dataclass(frozen=True)
class Health:
    """How it stands; each is good when true."""

    connected: bool
    database: bool
    waking: bool
    nothing_overdue: bool

    @property
    def is_well(self) -> bool:
        return self.connected and self.database and self.waking and self.nothing_overdue

    def as_json(self) -> dict[str, bool]:
        return {
            "ok": self.is_well,
            "connected": self.connected,
            "database": self.database,
            "waking": self.waking,
            "nothing_overdue": self.nothing_overdue,
        }


@dataclass
class Watch:
    """What is known of this process; used on the event loop, read by the stopwatch's thread."""

    context: Context
    pulse: Pulse
    tally: Tally
    pace: Pace = PACE
    now: Callable[[], float] = time.monotonic
    overdue: list[DeliveryRow] = field(default_factory=list)
    """What has been due for too long."""
    probe_seconds: float = 0.0
    """How long the last write to the database took."""
    receiver: str = ""
    """Who is told of failures: the ops channel, or a person."""
    language: str = ""
    """What was chosen for the receiver's channel, else for the workspace."""
    has_passed: bool = True
    """The last audit did."""
    has_alarmed: bool = False
    """The stopwatch told that the loop stands still, and nobody has told that it goes again."""
    _seen: dict[tuple[int, str], float] = field(default_factory=dict)
    _looked: float = float("-inf")
    _is_writable: bool = True
    _lost: float | None = None
    """Since when it was seen without a line."""
    connected_since: float | None = None
    _written_since: float | None = None
    """What the last look wrote down as ``connected_since``."""
    _probing: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def wake_age(self) -> float:
        """Return the seconds since the alarm clock last woke the outbox."""
        return self.context.leases.now() - self.context.leases.woken

    @property
    def is_waking(self) -> bool:
        return self.wake_age < self.pace.waking

    @property
    def is_waiting(self) -> bool:
        """Whether anything was due and unsent at the last look."""
        return bool(self._seen)

    async def look(self) -> Health:
        """Return how it stands now."""
        connected = await self.is_connected()
        async with self._probing:  # whoever asks meanwhile waits for what this one finds
            is_old = self.now() - self._looked >= min(FRESH_SECONDS, self.pace.audit)
            if is_old or self._written_since != self.connected_since:
                self._looked, self._written_since = self.now(), self.connected_since
                await self._probe()
        return Health(
            connected=connected,
            database=self._is_writable,
            waking=self.is_waking,
            nothing_overdue=not self.overdue,
        )

    async def is_connected(self) -> bool:
        connected, now = await self.pulse.is_connected(), self.now()
        if connected:
            self._lost = None
            self.connected_since = now if self.connected_since is None else self.connected_since
        else:
            self._lost = now if self._lost is None else self._lost
            self.connected_since = None
        return connected

    async def _probe(self) -> None:
        """Write down how it stands, which shows that the database takes it, and look what waits."""
        began = self.now()
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                waiting = await self.context.write(probe, self)
            self._is_writable, self.probe_seconds = True, self.now() - began
            self.overdue = self._too_long(waiting)
        except Exception as fault:
            self._is_writable = False
            log.error("the database takes nothing", extra={"why": type(fault).__name__})

    def _too_long(self, waiting: list[DeliveryRow]) -> list[DeliveryRow]:
        """Return what this process has seen due for too long, whatever the clock has done."""
        now = self.now()
        seen = {key: self._seen.get(key, now) for key in map(key_of, waiting)}
        self._seen = seen
        return [it for it in waiting if now - seen[key_of(it)] >= self.pace.patience]

    async def audit(self) -> bool:
        """Look at everything, tell what is wrong, and say whether it passed."""
        from bot.alarm import tell_overdue, tell_recovery

        self._looked = float("-inf")
        health = await self.look()
        passed = health.database and health.waking and health.nothing_overdue
        if self._lost is not None and self.now() - self._lost >= self.pace.line:
            passed = False
        self.tally.audits["passed" if passed else "failed"] += 1
        if passed != self.has_passed:
            log.log(
                logging.WARNING if passed else logging.ERROR,
                "all is well again" if passed else "the audit failed",
                extra=health.as_json(),
            )
            self.has_passed = passed
        if health.database:
            await tell_overdue(self)
            if self.has_alarmed and self.is_waking:
                await tell_recovery(self)
        return passed


def key_of(row: DeliveryRow) -> tuple[int, str]:
    return row.id, row.wake.isoformat()


def probe(connection: Connection, watch: Watch) -> list[DeliveryRow]:
    """Write down how this process stands, for ``/kpi status``; return what is due by now."""
    from commands.status.vital import Vital, keep
    from commands.tongues import chosen_language
    from commands.undelivered import OPS_CHANNEL
    from storage import outbox
    from storage.support_notes import chosen

    context, now = watch.context, watch.context.clock()
    since = watch.connected_since

    def ago(seconds: float) -> str:
        return (now - timedelta(seconds=seconds)).isoformat()

    vital = Vital(
        looked=now.isoformat(),
        heard=ago(watch.pulse.silence) if watch.pulse.has_heard else "",
        connected=ago(watch.now() - since) if since is not None else "",
        woken=ago(watch.wake_age),
    )
    keep(connection, context.home.workspace, vital, now)
    ops = str(chosen(connection, context.home.workspace, OPS_CHANNEL, "") or "")
    watch.receiver = ops or context.home.installer or find_owner(connection, watch)
    watch.language = chosen_language(connection, context.home.workspace, watch.receiver)
    return outbox.overdue(connection, context.home.workspace, now)


def find_owner(connection: Connection, watch: Watch) -> str:
    """Return who owns a digest: where nobody else is known, somebody has to be told."""
    from storage.digests import all_digests

    owners = [it.owner for it in all_digests(connection, watch.context.home.workspace)]
    return next(filter(None, owners), "")
