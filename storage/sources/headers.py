"""Columns found by their names, in any order and in several languages."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from storage.errors import SourceError
from storage.said import Words

_IGNORED = re.compile(r"[\s_\ufeff\u200b-\u200f\u2060]+")


class Column(NamedTuple):
    """A column as the file names it."""

    place: int
    name: str


@lru_cache(4096)
def normalise(name: str) -> str:
    """Return a name as it is compared: without case, spaces, underscores and marks of order."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name)).casefold()


def find_columns(
    header: Sequence[str], wanted: Mapping[str, tuple[str, ...]], *, strict: bool = True
) -> dict[str, Column]:
    """Return the columns that the file has; of several aliases present, the first one listed.

    A name that stands twice in the header is refused, for either column could be meant; not
    where it is only asked what kind of file this is.
    """
    places: dict[str, list[int]] = {}
    for index, name in enumerate(header):
        places.setdefault(normalise(name), []).append(index)
    found: dict[str, Column] = {}
    for field, aliases in wanted.items():
        for alias in aliases:
            indexes = places.get(normalise(alias))
            if indexes:
                found[field] = Column(indexes[0], clean(header[indexes[0]]))
                if strict and len(indexes) > 1:
                    raise SourceError(
                        "{number} columns are called “{name}”; rename one",
                        column=found[field].name,
                        number=len(indexes),
                        name=found[field].name,
                    )
                break
    return found


def clean(name: str) -> str:
    """Return a column's name fit to be shown."""
    return " ".join(name.replace("\ufeff", "").split())[:60]


def list_names(names: Sequence[str], most: int = 15) -> str:
    """Return names in quotes, at most ``most`` of them."""
    names = [name for name in dict.fromkeys(map(clean, names)) if name]
    shown = ", ".join(f"“{name}”" for name in names[:most])
    if len(names) <= most:
        return shown
    return Words("{names} and {number} more", names=shown, number=len(names) - most)
