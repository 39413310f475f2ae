"""How a file of records is laid out: a declaration, one per source."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from storage.said import Words
from storage.sources.headers import Column, list_names
from storage.sources.records.fields import Cells, Field
from storage.sources.rows import Table

if TYPE_CHECKING:
    from storage.sources.mapping import Mapping as MappingFile

Told = dict[str, Any]
"""What a row says, by the names of the layout's fields."""
Make = Callable[[Told, Cells], Mapping[str, Any] | None]
"""Makes columns of the kind of what a row says; ``None`` leaves the row out. Raises ``BadCell``."""


@dataclass(frozen=True)
class RecordLayout:
    """Which columns a file of records has, and what becomes of its rows."""

    key: str
    title: str
    kind: str
    fields: Mapping[str, Field]
    make: Make
    telling: tuple[tuple[str, ...], ...] = ()
    """Groups of fields beside the needed ones; of each, one must be there."""
    key_name: str = "id"
    """What tells two rows apart, in words."""
    key_field: str = "id"
    """The field that holds it, or most of it."""
    wanted: str = Words("choose a period with data")
    """What to do where the file has no rows."""
    notes: Callable[[Cells], Iterable[str]] = lambda cells: ()
    span: Callable[[Table, MappingFile | None], Any] = lambda table, mapping: (
        mapping.file.span if mapping else None
    )
    adds: tuple[str, ...] = ()
    """Columns of the kind that are added up where several rows have one key."""
    splits: tuple[str, ...] | None = ()
    """Rows are added up where the file has one of these columns; ``None``: always."""

    @property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        return {name: it.names for name, it in self.fields.items()}

    def missing(self, columns: Mapping[str, Column]) -> str:
        """Return what is lacking in words, by our own names; empty where nothing is."""
        lacking = [
            it.names[0] for name, it in self.fields.items() if it.needed and name not in columns
        ]
        groups = [
            f"one of {list_names([self.fields[name].names[0] for name in group])}"
            for group in self.telling
            if not any(name in columns for name in group)
        ]
        return " and ".join(filter(None, (list_names(lacking), *groups)))


def make_id(*said: Hashable) -> str:
    """Return an id made of what a row says, so that the same row again adds nothing."""
    return sha256("\x1f".join(map(str, said)).encode()).hexdigest()[:32]
