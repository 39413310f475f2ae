"""The register of what is kept: every table once; docs/kept.md and forgetting are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import String, Table
from sqlmodel import AutoString, SQLModel

from storage import house_tables, issue_tables, outgoing_tables, record_tables, tables
from storage.kept.issues import ISSUES
from storage.kept.numbers import NUMBERS
from storage.kept.outgoing import HEARD, HOUSE, OUTGOING
from storage.kept.records import RECORDS
from storage.kept.shapes import Kept

ROOMS: Mapping[str, tuple[Kept, ...]] = MappingProxyType(
    {
        "Numbers and posts": NUMBERS,
        "Mentions, customers, surveys": (*HEARD, *RECORDS),
        "Customer issues": ISSUES,
        "What Kepi says by itself": OUTGOING,
        "The house": HOUSE,
    }
)  # fmt: skip
REGISTER: Mapping[str, Kept] = MappingProxyType(
    {it.table: it for room in ROOMS.values() for it in room}
)
DEFINED = (house_tables, issue_tables, outgoing_tables, record_tables, tables)
"""Importing them is what fills the metadata."""


def table_named(name: str) -> Table:
    """Return a table of the register."""
    return SQLModel.metadata.tables[name]


def columns_of_text(table: Table) -> tuple[str, ...]:
    """Return the columns that can hold words."""
    return tuple(it.name for it in table.columns if isinstance(it.type, (String, AutoString)))


def is_of_team(table: Table) -> bool:
    """Say whether a table's rows are found by Slack's team instead of our workspace."""
    return "workspace" not in table.c and "team" in table.c
