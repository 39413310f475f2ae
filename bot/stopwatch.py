"""A thread that watches that the event loop still wakes: it cannot tell so itself (row 45).

It has its own stopwatch and its own short-lived client, and needs neither the scheduler, nor the
loop, nor the database. While the loop stands still ``/healthz`` does not answer at all; while only
the alarm clock stands still, it answers 503.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.rounds import Rounds

log = logging.getLogger(__name__)


class Stopwatch(threading.Thread):
    """Looks again and again at when the outbox was last woken; tells once that it is not."""

    def __init__(self, rounds: Rounds) -> None:
        super().__init__(name="stopwatch", daemon=True)
        self.rounds = rounds
        self._end = threading.Event()
        self._is_alarmed = False

    def run(self) -> None:
        while not self._end.wait(self.rounds.pace.stopwatch):
            try:
                self.look()
            except Exception:
                log.exception("the stopwatch broke")

    def look(self) -> None:
        """Tell once for each time that nothing was woken for too long."""
        from bot.alarm import tell_frozen

        age = self.rounds.wake_age
        if age < self.rounds.pace.waking:
            if self._is_alarmed:
                log.warning("the alarm clock goes again")
            self._is_alarmed = False
            return
        if self._is_alarmed:
            return
        self._is_alarmed = True
        log.error("nothing was woken for long", extra={"seconds": round(age)})
        for watch in list(self.rounds.watches):
            if watch.wake_age >= self.rounds.pace.waking:
                watch.has_alarmed = True
                tell_frozen(watch, age, f"frozen:{id(self)}:{age:.0f}")

    def stop(self) -> None:
        """End soon; nothing waits for it."""
        self._end.set()
