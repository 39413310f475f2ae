"""Who is sending what: this process's name in the outbox, and how long others are believed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from storage.sending import Held

PATIENCE = 45.0
"""Seconds without a sign of life after which a holder is gone: longer than any request lasts
(30 s), so that nothing of it can still be on its way when somebody else takes over."""
SLOTS = 8
"""Messages that one process sends at once."""


@dataclass
class Leases:
    """What this process sends, and when it saw the counters of the others rise.

    Time is this process's stopwatch: clocks that jump end no lease (reliability row 5).
    """

    holder: str = field(default_factory=lambda: uuid4().hex)
    patience: float = field(default_factory=lambda: PATIENCE)
    now: Callable[[], float] = time.monotonic
    under_way: set[int] = field(default_factory=set)
    """Rows that this process is sending; changed on the event loop alone."""
    planned: float = float("-inf")
    """When it was last found out what is due."""
    woken: float = field(default_factory=time.monotonic)
    """When the alarm clock last woke the outbox."""
    quiet_until: float = float("-inf")
    """Slack refuses the token: nothing is tried before this."""
    _seen: dict[int, tuple[int, float]] = field(default_factory=dict)

    @property
    def free(self) -> int:
        """Return how many more messages may be sent at once."""
        return SLOTS - len(self.under_way)

    def find_left(self, held: Sequence[Held]) -> list[Held]:
        """Return which of the rows that others hold have shown no sign of life for too long."""
        now, seen = self.now(), {}
        for it in held:
            beat, since = self._seen.get(it.id, (-1, now))
            seen[it.id] = (it.beat, since if beat == it.beat else now)
        self._seen = seen
        return [it for it in held if now - seen[it.id][1] >= self.patience]
