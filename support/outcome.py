"""What folding new entries changed: what surfaces react to."""

from __future__ import annotations

from dataclasses import dataclass

from support.timeline import Remark, Timeline


@dataclass(frozen=True)
class Change:
    """One issue before and after; ``before`` is empty for a new one, ``after`` is never."""

    issue: int
    """Row of ``issue``."""
    number: int
    """What people call it."""
    before: Timeline | None
    after: Timeline


@dataclass(frozen=True)
class Outcome:
    """Changed issues, and what people should be told about the entries that are new."""

    channel: str
    changes: tuple[Change, ...] = ()
    remarks: tuple[Remark, ...] = ()
