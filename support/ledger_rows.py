"""Entries between the fold and the table: what is empty is not written."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from storage.ledger import LedgerRow
from support.entries import Entry, Kind, Role, Said

LONGEST = {"url": 2_000, "customer": 200, "conversation": 200, "handle": 100}
"""Characters kept of what a stranger's post may make long."""

SAID_FIELDS = tuple((it.name, it.default) for it in fields(Said))


def pack(entry: Entry) -> LedgerRow:
    """Return an entry as the ledger stores it; its id is given there."""
    return LedgerRow(
        id=0,
        key=entry.key,
        kind=entry.kind.value,
        channel=entry.channel,
        at=entry.at,
        ts=entry.ts,
        root=entry.root,
        actor=entry.actor,
        role=entry.role.value,
        name=entry.name,
        low=entry.low,
        late=entry.late,
        details=pack_details(entry),
    )


def pack_details(entry: Entry) -> str:
    """Return JSON of ``said`` and ``more``; an empty text where there is neither."""
    held: dict[str, Any] = {}
    if entry.said is not None:
        held["said"] = {
            name: cut(name, value)
            for name, default in SAID_FIELDS
            if (value := getattr(entry.said, name)) != default
        }
    if entry.more:
        held["more"] = dict(entry.more)
    return json.dumps(held, ensure_ascii=False, separators=(",", ":")) if held else ""


def cut(name: str, value: Any) -> Any:
    return value[: LONGEST.get(name, 200)] if isinstance(value, str) else value


def unpack(row: LedgerRow) -> Entry:
    """Return a stored row as the fold reads it."""
    said, more = None, {}
    if row.details:
        held = json.loads(row.details)
        more = held.get("more", {})
        if "said" in held:
            said = unpack_said(held["said"])
    return Entry(
        key=row.key,
        kind=Kind(row.kind),
        channel=row.channel,
        at=row.at,
        ts=row.ts,
        root=row.root,
        actor=row.actor,
        role=Role(row.role),
        name=row.name,
        said=said,
        more=more,
        low=row.low,
        late=row.late,
        id=row.id,
    )


def unpack_said(held: dict[str, Any]) -> Said:
    for name in ("mentions", "links"):
        if name in held:
            held[name] = tuple(held[name])
    return Said(**held)
