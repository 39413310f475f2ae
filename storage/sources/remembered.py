"""Files read by what somebody once said of their columns, where no source knows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from storage.batch import AccountName, Batch
from storage.errors import UnknownLayout
from storage.sources import Mapping, read
from storage.sources.apart import list_headings
from storage.sources.containers import open_tables


class Matched(Protocol):
    """A match that somebody made."""

    @property
    def mapping(self) -> Mapping: ...


Match = TypeVar("Match", bound=Matched)


def read_by_match(
    data: bytes,
    file_name: str,
    find: Callable[[Sequence[str]], Match | None],
    *,
    now: datetime,
    zone: str,
    account: AccountName | None = None,
) -> tuple[Batch, Match | None]:
    """Return what a file holds, and the match it was read by where no source knows its header.

    ``find`` tells a header's match. Raises ``SourceError`` as ``read`` does.
    """
    try:
        return read(data, file_name, now=now, zone=zone, account=account), None
    except UnknownLayout:
        match = find_in(data, find)
        if match is None:
            raise
    batch = read(data, file_name, now=now, zone=zone, account=account, mapping=match.mapping)
    return batch, match


def find_in(data: bytes, find: Callable[[Sequence[str]], Match | None]) -> Match | None:
    """Return the match of the first row of a file that is a header somebody matched."""
    for table in open_tables(data):
        for heading in list_headings(table):
            match = find(heading.header)
            if match is not None:
                return match
    return None
