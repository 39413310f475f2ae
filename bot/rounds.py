"""Going round the watches of all workspaces: one thread, one audit after the other, one heartbeat.

``/healthz`` is well where every workspace is: one that is not sends the heartbeat's silence too.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import aiohttp
from pydantic import SecretStr

from bot.watch import PACE, Health, Pace, Watch
from storage.database import Database

log = logging.getLogger(__name__)

HEARTBEAT_TIMEOUT = aiohttp.ClientTimeout(total=10)


class Rounds:
    """The watches of one process, in the order in which their workspaces came."""

    def __init__(
        self,
        database: Database,
        http: aiohttp.ClientSession,
        pace: Pace = PACE,
        heartbeat: SecretStr | None = None,
    ) -> None:
        self.database, self.http, self.pace = database, http, pace
        self.heartbeat = heartbeat
        """Asked for every minute, when all is well."""
        self.watches: list[Watch] = []

    def add(self, watch: Watch) -> None:
        self.watches.append(watch)

    def remove(self, watch: Watch) -> None:
        with suppress(ValueError):
            self.watches.remove(watch)

    @property
    def wake_age(self) -> float:
        """Return the seconds since the alarm clock last woke the outbox: the longest of all."""
        return max((it.wake_age for it in self.watches), default=0.0)

    async def look(self) -> Health:
        """Return how it stands now: the first workspace is looked at, of others what is known."""
        if not self.watches:
            writable = await asyncio.to_thread(is_readable, self.database)
            return Health(connected=True, database=writable, waking=True, nothing_overdue=True)
        found = await self.watches[0].look()
        others = self.watches[1:]
        return Health(
            connected=found.connected,
            database=found.database,
            waking=all(it.is_waking for it in self.watches),
            nothing_overdue=found.nothing_overdue and not any(it.overdue for it in others),
        )

    async def audit(self) -> bool:
        """Audit each workspace, one after the other; say whether all passed."""
        passed = True
        for watch in list(self.watches):
            try:
                passed &= await watch.audit()
            except Exception:
                log.exception("the audit broke")
                passed = False
        return passed


def is_readable(database: Database) -> bool:
    """Say whether the database answers."""
    try:
        with database.read() as connection:
            connection.exec_driver_sql("SELECT 1").scalar_one()
    except Exception as fault:
        log.error("the database answers nothing", extra={"why": type(fault).__name__})
        return False
    return True


@asynccontextmanager
async def keep_watch(rounds: Rounds) -> AsyncIterator[None]:
    """Audit for as long as the block lasts, and let a thread watch that the loop goes on."""
    from bot.stopwatch import Stopwatch

    stopwatch = Stopwatch(rounds)
    auditing = asyncio.create_task(go_round(rounds))
    stopwatch.start()
    try:
        yield
    finally:
        stopwatch.stop()
        auditing.cancel()
        with suppress(asyncio.CancelledError):
            await auditing


async def go_round(rounds: Rounds) -> None:
    """Audit again and again, and let a heartbeat out after each minute that passed."""
    loop, beaten = asyncio.get_running_loop(), float("-inf")
    while True:
        passed = await rounds.audit()
        if passed and loop.time() - beaten >= rounds.pace.heartbeat - rounds.pace.audit / 2:
            beaten = loop.time()
            await send_heartbeat(rounds)
        await asyncio.sleep(rounds.pace.audit)


async def send_heartbeat(rounds: Rounds) -> None:
    """Ask for the heartbeat's address; whoever watches there misses it when Kepi is not well."""
    if rounds.heartbeat is None:
        return
    try:
        address = rounds.heartbeat.get_secret_value()
        async with rounds.http.get(
            address, timeout=HEARTBEAT_TIMEOUT, allow_redirects=False
        ) as answer:
            if answer.status >= 300:
                log.warning("the heartbeat was refused", extra={"status": answer.status})
    except (aiohttp.ClientError, TimeoutError, OSError) as fault:
        # Not the fault's words: they name the address, whose path is a secret.
        log.warning("the heartbeat did not get out", extra={"why": type(fault).__name__})
