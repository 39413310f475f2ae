"""Days that would count twice: held by day already, and now sent by month, or by other columns.

Rows of days are added up. So rows of one site, or of one advertising account, may not overlap
with rows of other lengths; nor may the same days come once by channel and once by campaign.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Connection

from storage.bulk import fetch
from storage.errors import KepiError
from storage.record_kinds import RecordKind
from storage.record_rows import Resolved
from storage.said import Days, Listed, Words
from storage.tables import EPOCH_DAY


class Together(NamedTuple):
    """Which rows of a kind are added up."""

    whose: tuple[str, ...]
    """Rows that agree in these belong together."""
    by: tuple[str, ...]
    """Columns that split them."""


ADDED = MappingProxyType(
    {
        "web": Together(
            ("property",), ("channel_group", "source", "medium", "campaign", "keyword")
        ),
        "ads": Together(("platform", "account"), ("campaign", "ad")),
        "paths": Together(("name", "type"), ()),
    }
)
SPLITS = MappingProxyType(
    {"channel_group": "channel group", "ad": "ad", "campaign": "campaign", "keyword": "keyword"}
)


class Stretch(NamedTuple):
    """Some days of one group of rows, and by which columns they are split."""

    whose: tuple[object, ...]
    start: int
    end: int
    filled: tuple[int, ...]
    """Of each splitting column: 0 always blank, 2 always filled, 1 both."""
    import_id: int = 0


def refuse_clashes(connection: Connection, workspace: int, resolved: Resolved) -> None:
    """Raise ``KepiError`` where the rows and what is held, or each other, would count twice."""
    together = ADDED.get(resolved.kind.name)
    if together is None or not resolved.rows:
        return
    told = _stretches(resolved, together)
    _refuse_overlaps(told)
    for held in _held(connection, workspace, resolved.kind, together, told):
        for it in told:
            if it.whose == held.whose and it.start < held.end and held.start < it.end:
                if (it.start, it.end) != (held.start, held.end):
                    raise KepiError(_say(held, _name_length(held)))
                if _is_split_otherwise(it, held):
                    raise KepiError(_say(held, _name_split(held, together)))


def _stretches(resolved: Resolved, together: Together) -> list[Stretch]:
    """Return each span of days of each group once."""
    columns = resolved.kind.columns
    whose = [columns.index(it) for it in together.whose]
    by = [columns.index(it) for it in together.by]
    start, end = columns.index("start"), columns.index("end")
    found: dict[tuple[tuple[object, ...], int, int], list[list[bool]]] = {}
    for row in resolved.rows.values():
        key = (tuple([row[it] for it in whose]), int(row[start]), int(row[end]))
        seen = found.setdefault(key, [[False, False] for _ in by])
        for place, it in enumerate(by):
            seen[place][bool(row[it])] = True
    return [
        Stretch(group, first, until, tuple(_fill(*it) for it in seen))
        for (group, first, until), seen in found.items()
    ]


def _fill(has_blank: bool, has_filled: bool) -> int:
    return 1 if has_blank and has_filled else 2 if has_filled else 0


def _refuse_overlaps(told: Iterable[Stretch]) -> None:
    last: Stretch | None = None
    for it in sorted(told, key=lambda one: (tuple(map(str, one.whose)), one.start, one.end)):
        if last is not None and last.whose == it.whose and it.start < last.end:
            raise KepiError(
                "The file holds {one} and, in the same days, {other}: added up they "
                "would count twice. Export the days once.",
                one=say_span(last.start, last.end),
                other=say_span(it.start, it.end),
            )
        last = it


def _held(
    connection: Connection,
    workspace: int,
    kind: RecordKind,
    together: Together,
    told: list[Stretch],
) -> list[Stretch]:
    """Return the stretches that are held in the days of those that are told."""
    whose = ", ".join(f'"{it}"' for it in together.whose)
    fills = "".join(
        f", min(CASE WHEN \"{it}\" = '' THEN 0 ELSE 1 END), max(CASE WHEN \"{it}\" = '' THEN 0"
        " ELSE 1 END)"
        for it in together.by
    )
    statement = (
        f'SELECT {whose}, start, "end", min(import_id){fills} FROM "{kind.table.name}"'
        f' WHERE workspace = ? AND start < ? AND "end" > ? GROUP BY {whose}, start, "end"'
        " ORDER BY start"
    )
    values = (workspace, max(it.end for it in told), min(it.start for it in told))
    width = len(together.whose)
    found = []
    for row in fetch(connection, statement, values):
        start, end, source, *rest = row[width:]
        filled = tuple(
            int(low) + int(high) for low, high in zip(rest[::2], rest[1::2], strict=True)
        )
        found.append(Stretch(tuple(row[:width]), int(start), int(end), filled, int(source)))
    return found


def _is_split_otherwise(it: Stretch, held: Stretch) -> bool:
    """Whether a column is filled throughout in one and blank throughout in the other."""
    return any({a, b} == {0, 2} for a, b in zip(it.filled, held.filled, strict=True))


def _say(held: Stretch, how: str) -> str:
    days = say_span(held.start, held.end)
    return Words(
        "Already held {how} for {days}; take import {import_id} back first.",
        how=how,
        days=days,
        import_id=held.import_id,
    )


def _name_length(held: Stretch) -> str:
    length = held.end - held.start
    return Words("by day") if length == 1 else Words("by {number} days", number=length)


def _name_split(held: Stretch, together: Together) -> str:
    named = [SPLITS.get(it, it) for it, n in zip(together.by, held.filled, strict=True) if n]
    return Words("by {columns}", columns=Listed(named)) if named else Words("as totals")


def say_span(start: int, end: int) -> str:
    """Return “3–9 Nov 2026” for half-open day numbers."""
    first, last = EPOCH_DAY + timedelta(days=start), EPOCH_DAY + timedelta(days=end - 1)
    return Days(_write_span(first, last), first, last + timedelta(days=1))


def _write_span(first: date, last: date) -> str:
    tail = f"{last.day} {last:%b %Y}"
    if first == last:
        return tail
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{tail}"
    head = f"{first.day} {first:%b}" + (f" {first.year}" if first.year != last.year else "")
    return f"{head} – {tail}"
