"""What an import had values for, kept as runs of days or of row ids."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection

from storage.bulk import fetch, insert
from storage.facts import DayTuple
from storage.windows import WindowTuple

POSTS, MENTIONS = "posts", "mentions"
NOBODY = 0
"""Mentions are of brands, and records of the workspace; they have no account."""
COLUMNS = ("workspace", "import_id", "measure", "account", "length", "first", "until")

_LAST = 2**63
"""Above any id and any day."""

Key = tuple[str, int, int]
"""Measure, account, length of the spans in days."""


def observe(
    connection: Connection,
    workspace: int,
    import_id: int,
    days: Iterable[DayTuple],
    windows: Iterable[WindowTuple],
    posts: Iterable[tuple[int, int]],
    mentions: Iterable[int] = (),
    records: Mapping[str, Iterable[int]] | None = None,
) -> None:
    """Write down what an import saw.

    ``posts`` are pairs of account and post id; ``records`` are ids by their kind.
    """
    seen: defaultdict[Key, list[int]] = defaultdict(list)
    for measure, _, day, account, _ in days:
        seen[measure, account, 1].append(day)
    for measure, account, start, end, _ in windows:
        seen[measure, account, end - start].append(start)
    for account, post in posts:
        seen[POSTS, account, 0].append(post)
    for mention in mentions:
        seen[MENTIONS, NOBODY, 0].append(mention)
    for kind, numbers in (records or {}).items():
        seen[kind, NOBODY, 0].extend(numbers)
    rows = [
        (workspace, import_id, *key, first, until)
        for key, numbers in sorted(seen.items())
        for first, until in runs(numbers)
    ]
    insert(connection, "observed", COLUMNS, rows)


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the half-open runs of consecutive numbers."""
    first = until = None
    for number in sorted(set(numbers)):
        if until is not None and number == until:
            until += 1
            continue
        if first is not None and until is not None:
            yield first, until
        first, until = number, number + 1
    if first is not None and until is not None:
        yield first, until


class Sightings:
    """What the imports of a workspace saw of the accounts that one of them speaks of."""

    def __init__(self, connection: Connection, workspace: int, import_id: int) -> None:
        self.runs: defaultdict[Key, dict[int, list[tuple[int, int]]]] = defaultdict(dict)
        """Import, oldest first → its runs of first and until, in order."""
        rows = fetch(
            connection,
            "SELECT import_id, measure, account, length, first, until FROM observed"
            " WHERE workspace = ? AND account IN (SELECT account FROM observed"
            " WHERE workspace = ? AND import_id = ?)"
            " AND measure IN (SELECT measure FROM observed WHERE workspace = ? AND import_id = ?)"
            " ORDER BY import_id, first",
            (workspace, workspace, import_id, workspace, import_id),
        )
        for source, measure, account, length, first, until in rows:
            self.runs[measure, account, length].setdefault(source, []).append((first, until))

    def imports(self) -> list[int]:
        """Return the imports that saw some of it."""
        return sorted({source for found in self.runs.values() for source in found})

    def seen_by(self, key: Key) -> list[int]:
        """Return the imports that saw some of one kind."""
        return sorted(self.runs.get(key, ()))

    def of(self, import_id: int) -> Iterator[tuple[Key, int, int]]:
        """Yield the runs of an import."""
        for key, found in self.runs.items():
            for first, until in found.get(import_id, ()):
                yield key, first, until

    def others(self, key: Key, import_id: int) -> list[tuple[int, int]]:
        """Return the runs of all other imports."""
        found = self.runs.get(key, {})
        return [run for source, runs in found.items() if source != import_id for run in runs]

    def accounts(self, import_id: int, measure: str) -> set[int]:
        """Return the accounts whose ``measure`` an import saw."""
        return {key[1] for key, _, _ in self.of(import_id) if key[0] == measure}

    def next_after(
        self, key: Key, number: int, import_id: int, before: int | None = None
    ) -> int | None:
        """Return the first import after ``import_id``, but before ``before``, that saw it too."""
        for source, found in self.runs.get(key, {}).items():
            if source <= import_id:
                continue
            if before is not None and source >= before:
                return None
            place = bisect_right(found, (number, _LAST)) - 1
            if place >= 0 and found[place][1] > number:
                return source
        return None
