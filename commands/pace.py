"""How often one may ask: a person, and a workspace, so that a flood holds nobody else up (row 40).

Each has a bucket, in memory: so much at once, then so much a second. Who empties theirs is told
once, privately; what comes then is acknowledged and left alone until there is room again. And of
what takes long (charts) a person has a few under way: the rest of theirs waits, not the others'.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from commands.locks import Locks


class Rate(NamedTuple):
    """So many at once, then so many a second."""

    at_once: int
    a_second: float


PERSON, WORKSPACE = Rate(120, 2.0), Rate(1_200, 20.0)
UNDER_WAY = 4
"""Charts of one person that are drawn or wait for a worker."""
QUIET = 60.0
"""Seconds without a flood after which the next one is told of anew."""
REMEMBERED = 5_000
"""People of whom a bucket is kept; the longest unseen are forgotten."""


class Verdict(Enum):
    """What becomes of something that was asked."""

    GO = "it is done"
    TELL = "it is not, and its asker is told"
    SILENT = "it is not, and its asker was told already"


@dataclass
class Bucket:
    """What is left of a rate; it fills by itself."""

    left: float
    seen: float
    refused: float = float("-inf")
    """When something was left alone last."""

    def fill(self, rate: Rate, now: float) -> None:
        """Add what came since."""
        self.left = min(rate.at_once, self.left + max(0.0, now - self.seen) * rate.a_second)
        self.seen = now


class Pace:
    """The buckets of one workspace and its people."""

    def __init__(
        self,
        person: Rate = PERSON,
        workspace: Rate = WORKSPACE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.person, self.workspace, self._clock = person, workspace, clock
        self._people: OrderedDict[str, Bucket] = OrderedDict()
        self._all = Bucket(workspace.at_once, clock())
        self._turns = Locks(lambda: asyncio.Semaphore(UNDER_WAY))

    def ask(self, user: str) -> Verdict:
        """Count something that ``user`` asks, and say what becomes of it."""
        now = self._clock()
        bucket = self._people.pop(user, None) or Bucket(self.person.at_once, now)
        self._people[user] = bucket
        if len(self._people) > REMEMBERED:
            self._people.popitem(last=False)
        bucket.fill(self.person, now)
        self._all.fill(self.workspace, now)
        if bucket.left >= 1 and self._all.left >= 1:
            bucket.left -= 1
            self._all.left -= 1
            return Verdict.GO
        is_told = now - bucket.refused < QUIET
        bucket.refused = now
        return Verdict.SILENT if is_told else Verdict.TELL

    def wait_of(self, user: str) -> int:
        """Return after how many whole seconds ``user`` may ask again."""
        bucket = self._people.get(user)
        own = 0.0 if bucket is None else (1 - bucket.left) / self.person.a_second
        everyones = (1 - self._all.left) / self.workspace.a_second
        return max(1, math.ceil(max(own, everyones)))

    def turn(self, user: str) -> AbstractAsyncContextManager[None]:
        """Wait while ``user`` has enough under way; others wait for nobody here."""
        return self._turns.turn(user)
