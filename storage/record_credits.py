"""Credits follow the touches, conversions and paths that they are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from storage.record_kinds import RecordKind
from storage.tables import EPOCH

EVENTS = frozenset({"touches", "conversions"})


class Span(NamedTuple):
    """The first and the last moment of what moved, in UTC microseconds; empty: unknown."""

    first: int | None = None
    last: int | None = None


def span_of(kind: RecordKind, moments: Iterable[int]) -> Span:
    """Return when the first and the last of some rows were, of kinds that credits stand on."""
    held = list(moments) if kind.name in EVENTS else []
    return Span(min(held), max(held)) if held else Span()


def renew_credits(connection: Connection, workspace: int, spans: Mapping[str, Span]) -> None:
    """Make the credits again that stand on kinds of records which moved."""
    events = [it for kind, it in spans.items() if kind in EVENTS]
    if not events and "paths" not in spans:
        return
    from storage.credits import renew

    if events:
        first = min(it.first for it in events if it.first is not None)
        last = max(it.last for it in events if it.last is not None)
        kinds = {it for it in spans if it in EVENTS}
        moments = [EPOCH + timedelta(microseconds=it) for it in (first, last)]
        renew(connection, workspace, kinds, *moments)
    if "paths" in spans:
        renew(connection, workspace, {"paths"}, None, None)
