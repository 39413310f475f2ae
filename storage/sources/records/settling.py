"""Rows of one key: copies of it, or parts that are added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from storage.batch import BadRow
from storage.record_kinds import RecordKind
from storage.said import Grouped, Words
from storage.sources.copies import describe_repeats, settle_copies


class Made(NamedTuple):
    """A row that was read: its line, and the values of its kind."""

    line: int
    values: tuple[Any, ...]


def settle(
    made: list[Made],
    kind: RecordKind,
    words: tuple[str, str | None],
    adds: Sequence[str] | None,
) -> tuple[list[Made], list[BadRow], tuple[str, ...]]:
    """Return each key once, the rows in conflict, and notes.

    ``adds`` are the columns that are added up where rows are parts of their key; ``None``: they
    are copies. ``words`` are what a key is called and the column that it stands in.
    """
    places = [kind.columns.index(name) for name in kind.key]

    def key(it: Made) -> tuple[Any, ...]:
        return tuple([it.values[place] for place in places])

    if adds is not None:
        kept = _add_up(made, key, [kind.columns.index(name) for name in adds])
        several = Words(
            "{rows} rows were added up to {kept}.", rows=Grouped(len(made)), kept=Grouped(len(kept))
        )
        return kept, [], () if len(kept) == len(made) else (several,)
    kept, conflicting, repeats = settle_copies(made, key, partial(_facts, kind), {}, words)
    return kept, conflicting, describe_repeats(repeats)


def _add_up(
    made: Iterable[Made], key: Callable[[Made], tuple[Any, ...]], places: Sequence[int]
) -> list[Made]:
    """Return one row for each key; a number that no part tells stays unknown."""
    sums: dict[tuple[Any, ...], Made] = {}
    for it in made:
        held = sums.get(key(it))
        if held is None:
            sums[key(it)] = it
            continue
        values = list(held.values)
        for place in places:
            parts = [part for part in (values[place], it.values[place]) if part is not None]
            values[place] = sum(parts) if parts else None
        sums[key(it)] = Made(held.line, tuple(values))
    return list(sums.values())


def fill_in(kind: RecordKind, made: Mapping[str, Any]) -> tuple[Any, ...]:
    columns = kind.table.c
    return tuple(
        [
            made[name] if name in made else None if columns[name].nullable else ""
            for name in kind.columns
        ]
    )


def _facts(kind: RecordKind, made: Made) -> dict[str, object]:
    told = dict(zip(kind.columns, made.values, strict=True))
    return {name.replace("_", " "): told[name] for name in kind.facts}
