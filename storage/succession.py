"""The values that one key had, oldest first, each under the import that brought it. Pure."""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Entry(NamedTuple, Generic[T]):
    """A value and the import it counts for."""

    value: T
    import_id: int


def place_of(entries: Sequence[Entry[T]], import_id: int) -> int | None:
    """Return where an import's entry stands."""
    return next((at for at, it in enumerate(entries) if it.import_id == import_id), None)


def following(entries: Sequence[Entry[T]], at: int) -> int | None:
    """Return the import whose entry comes after the one at ``at``."""
    return entries[at + 1].import_id if at + 1 < len(entries) else None


def without(entries: Sequence[Entry[T]], at: int, heir: int | None) -> list[Entry[T]]:
    """Return the entries as if the one at ``at`` had never come.

    ``heir`` is a later import that saw the same value before the next one came: the value is
    then its own. Where the neighbours turn out equal, the later of them brought nothing.
    """
    before, after = list(entries[:at]), list(entries[at + 1 :])
    if heir is not None:
        return [*before, Entry(entries[at].value, heir), *after]
    if before and after and before[-1].value == after[0].value:
        return [*before, *after[1:]]
    return [*before, *after]
