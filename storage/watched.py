"""The days that a source was read for: without them “none” and “never read” look alike."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from storage.bulk import fetch, insert

COLUMNS = ("workspace", "source", "platform", "account", "start", "end", "import_id")

Span = tuple[str, str, int, int, int]
"""Source, platform, account, start and end as day numbers."""


def new_spans(connection: Connection, workspace: int, spans: Iterable[Span]) -> list[Span]:
    """Return the spans that hold a day which was not watched before."""
    return [
        span
        for span in spans
        if not covers(
            fetch(
                connection,
                'SELECT start, "end" FROM watched WHERE workspace = ? AND source = ?'
                ' AND account = ? AND start < ? AND "end" > ? ORDER BY start',
                (workspace, span[0], span[2], span[4], span[3]),
            ),
            span[3],
            span[4],
        )
    ]


def covers(held: Sequence[tuple[int, ...]], start: int, end: int) -> bool:
    """Return whether spans, ordered by start, leave no day between ``start`` and ``end``."""
    reached = start
    for first, until in held:
        if first > reached:
            break
        reached = max(reached, until)
    return reached >= end


def write_spans(
    connection: Connection, workspace: int, spans: Iterable[Span], import_id: int
) -> None:
    insert(connection, "watched", COLUMNS, [(workspace, *span, import_id) for span in spans])
