"""Columns told apart: every column of a table has a name of its own, and a header a fingerprint.

A mapping finds columns by their names. Where two are called alike, or one has no name, it calls
them as ``name_apart`` does: “Likes (1)” and “Likes (2)”, “Column 3”.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from storage.errors import SourceError
from storage.sources.headers import normalise
from storage.sources.mapping import Mapping
from storage.sources.rows import Table

LONGEST_NAME = 100
"""A longer name is no name but a sentence; such a column goes by its place."""


def name_apart(header: Sequence[str]) -> tuple[str, ...]:
    """Return a name for each column that no other one has."""
    plain = [" ".join(name.replace("\ufeff", "").split()) for name in header]
    usable = [name if 0 < len(name) <= LONGEST_NAME else "" for name in plain]
    times = Counter(map(normalise, filter(None, usable)))
    taken = {name for name, count in times.items() if count == 1}
    seen: Counter[str] = Counter()
    found = []
    for place, name in enumerate(usable, 1):
        folded = normalise(name)
        if name and times[folded] == 1:
            found.append(name)
            continue
        seen[folded] += 1
        made = f"{name} ({seen[folded]})" if name else f"Column {place}"
        while normalise(made) in taken:
            made += " *"
        taken.add(normalise(made))
        found.append(made)
    return tuple(found)


def fingerprint(header: Sequence[str]) -> str:
    """Return SHA-256 of a header's names in their order, folded as columns are compared."""
    return hashlib.sha256("\x1f".join(map(normalise, header)).encode()).hexdigest()


def find_heading(tables: Sequence[Table], mapping: Mapping) -> Table:
    """Return the table, from its header on, that has the columns a mapping names.

    It may stand under title lines, or on a later sheet. Where none has them all, the first table
    is returned as it is: what it lacks is said when it is read.
    """
    wanted = {normalise(it) for it in (*mapping.columns.values(), *mapping.measures.values())}
    for table in tables:
        for heading in list_headings(table):
            if wanted <= set(map(normalise, heading.header)):
                return heading
            names = name_apart(heading.header)
            if wanted <= set(map(normalise, names)):
                return replace(heading, header=names)
    return tables[0]


def list_headings(table: Table) -> Iterator[Table]:
    """Yield what may be the header; reading down to it may meet broken rows, which end it."""
    try:
        yield from table.headings()
    except SourceError:
        return
