"""A thread that watches that the event loop still wakes: it cannot tell so itself (row 45).

It has its own stopwatch and its own short-lived client, and needs neither the scheduler, nor the
loop, nor the database. While the loop stands still ``/healthz`` does not answer at all; while only
the alarm clock stands still, it answers 503.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from commands.status.ops import say_frozen

if TYPE_CHECKING:
    from bot.watch import Watch

log = logging.getLogger(__name__)


class Stopwatch(threading.Thread):
    """Looks again and again at when the outbox was last woken; tells once that it is not."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(name="stopwatch", daemon=True)
        self.watch = watch
        self._end = threading.Event()
        self._is_alarmed = False

    def run(self) -> None:
        while not self._end.wait(self.watch.pace.stopwatch):
            try:
                self.look()
            except Exception:
                log.exception("the stopwatch broke")

    def look(self) -> None:
        """Tell once for each time that nothing was woken for too long."""
        from bot.alarm import tell_past_outbox

        age = self.watch.wake_age
        if age < self.watch.pace.waking:
            if self._is_alarmed:
                log.warning("the alarm clock goes again")
            self._is_alarmed = False
            return
        if self._is_alarmed:
            return
        self._is_alarmed = self.watch.has_alarmed = True
        log.error("nothing was woken for long", extra={"seconds": round(age)})
        tell_past_outbox(self.watch, say_frozen(age), f"frozen:{id(self)}:{age:.0f}")

    def stop(self) -> None:
        """End soon; nothing waits for it."""
        self._end.set()
