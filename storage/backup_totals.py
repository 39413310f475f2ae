"""What a database holds, counted: rows by table and totals of KPIs, to tell copies apart."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

SPLIT = 1_000_000
"""Sums are taken in two parts: SQLite's own stop at 2^63."""

ADDED = {
    "facts": ("fact", "workspace || '|' || measure", "value"),
    "facts of windows": ("window_fact", "workspace || '|' || measure", "value"),
    "facts of all days": ("rollup", "workspace || '|' || measure || '|' || own", "total"),
    "likes of posts": ("post", "workspace || '|' || platform", "likes"),
    "seconds to solve": ("issue", "workspace || '|' || state", "resolution_seconds"),
    "mentions": ("mention", "workspace || '|' || platform || '|' || sentiment", "1"),
}
"""What is added → the table, what it is told apart by, and the column."""


def count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the rows of each table."""
    return {
        name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])
        for name in sorted(tables_of(connection))
    }


def add_totals(connection: sqlite3.Connection) -> dict[str, list[int]]:
    """Return “facts 1|reach” → [rows, sum], for every total whose table is there."""
    held, totals = tables_of(connection), {}
    for name, (table, key, column) in ADDED.items():
        if table not in held:
            continue
        statement = (
            f"SELECT {key}, count(*), coalesce(sum({column} / {SPLIT}), 0),"
            f" coalesce(sum({column} % {SPLIT}), 0) FROM {table} GROUP BY 1 ORDER BY 1"
        )
        for what, rows, whole, rest in connection.execute(statement):
            totals[f"{name} {what}"] = [rows, whole * SPLIT + rest]
    return totals


def tables_of(connection: sqlite3.Connection) -> set[str]:
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return {str(name) for (name,) in connection.execute(named)}


def schema_of(connection: sqlite3.Connection) -> str:
    """Return the schema's revision, such as “0005”; empty for a file that has none."""
    if "alembic_version" not in tables_of(connection):
        return ""
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found[0]) if found else ""


def differences(noted: Mapping[str, object], found: Mapping[str, object]) -> list[str]:
    """Return the names under which two counts differ."""
    return sorted(
        name for name in noted.keys() | found.keys() if noted.get(name) != found.get(name)
    )
