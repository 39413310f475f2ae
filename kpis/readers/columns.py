"""The tables as the readers see them: plain columns, with days and instants as integers."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, Table, bindparam, type_coerce
from sqlmodel import SQLModel

import storage.issue_tables
import storage.record_tables
import storage.tables  # noqa: F401  (both fill the metadata)

TABLES = SQLModel.metadata.tables
ACCOUNT: Table = TABLES["account"]
CALENDAR: Table = TABLES["calendar"]
FACT: Table = TABLES["fact"]
POST: Table = TABLES["post"]
POST_SNAPSHOT: Table = TABLES["post_snapshot"]
POST_TAG: Table = TABLES["post_tag"]
REVISION: Table = TABLES["revision"]
ROLLUP: Table = TABLES["rollup"]
WINDOW_FACT: Table = TABLES["window_fact"]


def number(column: Any) -> ColumnElement[int]:
    """Return a day column as its day number."""
    return type_coerce(column, Integer)


def microseconds(column: Any) -> ColumnElement[int]:
    """Return an instant column as its UTC microseconds."""
    return type_coerce(column, BigInteger)


def among(column: Any, name: str, count: int) -> ColumnElement[bool]:
    """Return ``column IN (:name0, …)``: fixed parameters, so a statement compiles once."""
    found: ColumnElement[bool] = column.in_([bindparam(f"{name}{at}") for at in range(count)])
    return found


def named(name: str, values: Iterable[object]) -> dict[str, object]:
    """Return the parameters of ``among``."""
    return {f"{name}{at}": value for at, value in enumerate(values)}
