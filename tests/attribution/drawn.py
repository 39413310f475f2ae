"""Touches, conversions and paths drawn as small tables, stored as a file's rows are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from storage.batch import Batch, RecordRow, RecordRows
from storage.database import Database
from storage.imports import store
from storage.money import to_minor
from storage.records import KINDS
from storage.workspaces import only_workspace
from tests.drawn import AT, table

USUAL: Mapping[str, Any] = {"direct": None, "paid": None, "value": None, "referral": False}
FLAGS = {"yes": True, "no": False, "": None}


def keep(
    database: Database,
    *,
    touches: str = "",
    conversions: str = "",
    paths: str = "",
    orders: str = "",
    watched: tuple[str, str] | None = None,
    file_name: str = "drawn.csv",
) -> int:
    """Store drawn rows and return the workspace's id.

    ``at`` is UTC; ``paid`` and ``direct`` are yes, no or blank; ``value`` is an amount of
    ``currency`` (EUR unless drawn; no value, no currency). ``start`` and ``end`` of paths are
    their first and last day. ``watched`` are the first and last day that the file was read for.
    """
    drawn = (
        ("touches", [touch(row) for row in table(touches)]),
        ("conversions", [conversion(row) for row in table(conversions)]),
        ("paths", [path(row) for row in table(paths)]),
        ("orders", [order(row) for row in table(orders)]),
    )
    return keep_rows(database, drawn, watched, file_name)


def keep_rows(
    database: Database,
    rows: Sequence[tuple[str, Sequence[Mapping[str, Any]]]],
    watched: tuple[str, str] | None = None,
    file_name: str = "drawn.csv",
) -> int:
    """Store rows of some kinds, each as its columns by name."""
    start, end = (date.fromisoformat(it) for it in watched) if watched else (None, None)
    until = end + timedelta(days=1) if end else None
    records = tuple(
        RecordRows(
            kind,
            tuple(RecordRow(line, fill_in(kind, it)) for line, it in enumerate(told, 2)),
            start,
            until,
        )
        for kind, told in rows
        if told
    )
    mark = sha256(repr(records).encode()).hexdigest()
    batch = Batch("drawn", "Drawn rows", file_name, mark, records=records)
    with database.write() as connection:
        workspace = only_workspace(connection).id
    store(database, workspace, batch, "U1", AT)
    return workspace


def fill_in(kind: str, told: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(told.get(name, USUAL.get(name, "")) for name in KINDS[kind].columns)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def touch(row: Mapping[str, str]) -> dict[str, Any]:
    told = without_line(row) | {"at": moment(row["at"]), "paid": FLAGS[row.get("paid", "")]}
    told["external_id"] = row.get("external_id") or f"touch {row['line']}"
    return told


def conversion(row: Mapping[str, str]) -> dict[str, Any]:
    told = without_line(row) | {"at": moment(row["at"]), "direct": FLAGS[row.get("direct", "")]}
    told["referral"] = row.get("referral", "") == "yes"
    told["external_id"] = row.get("external_id") or f"conversion {row['line']}"
    told["type"] = row.get("type") or "purchase"
    return told | money(row)


def order(row: Mapping[str, str]) -> dict[str, Any]:
    told = without_line(row) | {"at": moment(row["at"])}
    told["external_id"] = row.get("external_id") or f"order {row['line']}"
    return told | money({"value": "1"} | dict(row))


def money(row: Mapping[str, str]) -> dict[str, Any]:
    from decimal import Decimal

    if not row.get("value"):
        return {"value": None, "currency": ""}
    currency = row.get("currency") or "EUR"
    return {"value": to_minor(Decimal(row["value"]), currency), "currency": currency}


def path(row: Mapping[str, str]) -> dict[str, Any]:
    last = date.fromisoformat(row.get("end") or row["start"])
    return without_line(row) | {
        "name": row.get("name") or "paths",
        "type": row.get("type") or "conversion",
        "start": date.fromisoformat(row["start"]),
        "end": last + timedelta(days=1),
        "conversions": int(row["conversions"]),
        "value": round(float(row.get("value") or 0) * 1_000_000),
        "others": int(row.get("others") or 0),
        "currency": row.get("currency", ""),
    }


def without_line(row: Mapping[str, str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "line"}
