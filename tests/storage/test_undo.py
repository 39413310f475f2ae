"""Taking an import back: as if it had never come, whatever came after it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from storage.batch import AccountName, Batch, DayRow, PostRow, WatchedSpan, WindowRow
from storage.database import Database
from storage.imports import store, undo
from storage.measures import COUNTERS
from storage.workspaces import only_workspace
from tests import databases
from tests.drawn import AT

MONDAY = date(2026, 11, 2)
ACCOUNTS = (AccountName("instagram", "acme"), AccountName("instagram", "beta"))

STATE = {
    "facts": "SELECT f.measure, a.handle, f.day, f.value, f.import_id FROM fact f"
    " JOIN account a ON a.id = f.account ORDER BY 1, 2, 3",
    "windows": 'SELECT w.measure, a.handle, w.start, w."end", w.value, w.import_id'
    " FROM window_fact w JOIN account a ON a.id = w.account ORDER BY 1, 2, 3, 4",
    "revisions": 'SELECT r.measure, a.handle, r.start, r."end", r.value, r.import_id,'
    " r.replaced_by FROM revision r JOIN account a ON a.id = r.account"
    " ORDER BY 1, 2, 3, 4, r.replaced_by",
    "rollup": "SELECT measure, platform, own, day, total, n FROM rollup ORDER BY 1, 2, 3, 4",
    "posts": "SELECT a.handle, p.external_id, p.published, p.hour, p.weekday, p.gap,"
    " p.content_type, p.paid, p.title, p.likes, p.comments, p.shares, p.clicks, p.saves,"
    " p.engagements, p.interactions, p.supplied FROM post p JOIN account a ON a.id = p.account"
    " ORDER BY 1, 2",
    "tags": "SELECT p.external_id, a.handle, t.tag FROM post_tag t JOIN post p ON p.id = t.post"
    " JOIN account a ON a.id = p.account ORDER BY 1, 2, 3",
    "snapshots": "SELECT a.handle, p.external_id, s.import_id, s.observed, s.supplied, s.said,"
    " s.likes, s.comments FROM post_snapshot s JOIN post p ON p.id = s.post"
    " JOIN account a ON a.id = p.account ORDER BY 1, 2, 3",
    "watched": 'SELECT w.source, a.handle, w.start, w."end" FROM watched w'
    " JOIN account a ON a.id = w.account ORDER BY 1, 2, 3, 4",
}
LABELLED = {"facts": (4,), "windows": (5,), "revisions": (5, 6), "snapshots": (2,)}
"""Where the ids of imports stand, which differ between two histories."""

RECOUNTED = (
    "SELECT f.measure, f.platform, b.own, f.day, sum(f.value), count(*), sum(a.mark) FROM fact f"
    " JOIN account a ON a.id = f.account JOIN brand b ON b.id = a.brand"
    " GROUP BY f.measure, f.platform, b.own, f.day ORDER BY 1, 2, 3, 4"
)
ROLLUP = "SELECT measure, platform, own, day, total, n, who FROM rollup ORDER BY 1, 2, 3, 4"


def state(database: Database, names: dict[int, int]) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that an import can change, with ``names`` for the ids of imports."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with database.read() as connection:
        for part, query in STATE.items():
            places = LABELLED.get(part, ())
            found[part] = [
                tuple(names[it] if at in places else it for at, it in enumerate(row))
                for row in connection.execute(text(query))
            ]
        assert connection.execute(text(ROLLUP)).all() == connection.execute(text(RECOUNTED)).all()
    return found


numbers = st.integers(0, 2)
day_rows = st.builds(
    lambda account, measure, day, value: DayRow(
        1, ACCOUNTS[account], measure, MONDAY + timedelta(days=day), value
    ),
    st.integers(0, 1),
    st.sampled_from(("likes", "followers")),
    st.integers(0, 3),
    numbers,
)
window_rows = st.builds(
    lambda account, start, length, value: WindowRow(
        1,
        ACCOUNTS[account],
        "reach",
        MONDAY + timedelta(days=start),
        MONDAY + timedelta(days=start + length),
        value,
    ),
    st.integers(0, 1),
    st.integers(0, 2),
    st.integers(1, 2),
    numbers,
)
post_rows = st.builds(
    lambda account, name, hour, likes, comments, title, tags: PostRow(
        1,
        ACCOUNTS[account],
        name,
        datetime(2026, 11, 2, hour, tzinfo=UTC),
        tuple({"likes": likes, "comments": comments}.get(counter) for counter in COUNTERS),
        title=title,
        hashtags=tags,
    ),
    st.integers(0, 1),
    st.sampled_from("abc"),
    st.integers(8, 9),
    st.none() | numbers,
    st.none() | numbers,
    st.sampled_from((None, "x", "y")),
    st.sampled_from(((), ("k",), ("k", "l"))),
)
contents = st.tuples(
    st.lists(day_rows, max_size=6),
    st.lists(window_rows, max_size=4),
    st.lists(post_rows, max_size=3, unique_by=lambda row: (row.account, row.external_id)),
    st.sampled_from((frozenset({"likes"}), frozenset({"likes", "comments"}))),
)


def batch(number: int, content: Any) -> Batch:
    """Return a batch that is always worth an import: it watched days that no other watched."""
    days, windows, posts, supplied = content
    start = date(2025, 1, 1) + timedelta(days=number)
    held = [COUNTERS.index(counter) for counter in supplied]
    rows = tuple(
        row._replace(
            counters=tuple(it if at in held else None for at, it in enumerate(row.counters))
        )
        for row in posts
    )
    watched = WatchedSpan("posts", ACCOUNTS[0], start, start + timedelta(days=1))
    return Batch(
        "drawn",
        "Drawn",
        f"{number}.csv",
        str(number),
        rows,
        tuple(days),
        tuple(windows),
        (watched,),
        supplied,
    )


def store_all(database: Database, some: Sequence[tuple[int, Any]]) -> dict[int, int]:
    """Store numbered contents; return the number of each import id."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
    names: dict[int, int] = {}
    for number, content in some:
        done = store(database, workspace, batch(number, content), "U1", AT + timedelta(number))
        assert done.id is not None
        names[done.id] = number
    return names


def check_as_if_never(kind: str, folder: Path, files: Sequence[Any], order: Sequence[int]) -> None:
    numbered = list(enumerate(files))
    with databases.fresh(kind, folder) as real:
        names = store_all(real, numbered)
        ids = {number: import_id for import_id, number in names.items()}
        gone: set[int] = set()
        for number in order:
            undo(real, 1, ids[number], AT)
            gone.add(number)
            with databases.fresh(kind, folder) as other:
                left = store_all(other, [it for it in numbered if it[0] not in gone])
                assert state(real, names) == state(other, left)
        assert not any(state(real, names).values()) or len(gone) < len(files)


@settings(max_examples=40, deadline=None)
@given(st.lists(contents, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_an_import_taken_back_leaves_the_others_as_if_it_had_never_come(files, random):
    """Any imports, taken back in any order, leave what the rest alone would have made."""
    order = random.sample(range(len(files)), len(files))
    with TemporaryDirectory() as folder:
        check_as_if_never("sqlite", Path(folder), files, order)


@settings(max_examples=6, deadline=None)
@given(st.lists(contents, min_size=3, max_size=3), st.randoms(use_true_random=False))
def test_the_same_holds_on_postgresql(files, random):
    """The promise does not depend on the database."""
    check_as_if_never("postgresql", Path(), files, random.sample(range(len(files)), len(files)))
