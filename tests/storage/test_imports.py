"""Imports: nothing by halves, nothing twice, the newest wins and the rest is kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from storage.batch import BadRow, WatchedSpan
from storage.errors import KepiError
from storage.imports import last_imports, preview, store, undo
from storage.workspaces import connect_team, only_workspace
from tests.drawn import AT, draw, fill

POSTS = """
    published        | account | post | likes | comments | shares | title | hashtags
    -----------------+---------+------+-------+----------+--------+-------+---------
    2026-11-02 10:00 | acme    | a    |    10 |        1 |        | Hello | #sale #new
    2026-11-03 10:00 | acme    | b    |    20 |          |      2 |       |
"""
DAYS = """
    day        | account | likes | followers
    -----------+---------+-------+----------
    2026-11-02 | acme    |     5 |       100
    2026-11-03 | acme    |       |       101
"""


def ask(database, query: str) -> list[tuple[object, ...]]:
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def workspace_of(database) -> int:
    with database.write() as connection:
        return only_workspace(connection).id


def tables(database) -> dict[str, int]:
    with database.read() as connection:
        return {
            table: connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one()
            for table in (
                "fact",
                "post",
                "post_snapshot",
                "revision",
                "rollup",
                "import",
                "window_fact",
                "post_tag",
                "watched",
                "observed",
                "account",
                "brand",
            )
        }


def test_the_same_file_again_adds_nothing_and_says_so(database):
    """Sending a file twice is harmless: no row, no snapshot, no import."""
    workspace = fill(database, posts=POSTS, days=DAYS)
    before = tables(database)
    again = store(database, workspace, draw(posts=POSTS, days=DAYS), "U2", AT)
    assert (again.id, again.added, again.changed, again.same) == (None, 0, 0, 5)
    assert tables(database) == before


def test_a_file_that_only_renames_its_account_is_told_of(database):
    """No value is new, but answers show the account's name: what was kept of them is read again."""
    workspace = fill(database, posts=POSTS)

    def version_after(name: str) -> int:
        batch = draw(posts=POSTS)
        named = replace(batch.posts[0].account, name=name)
        posts = tuple(row._replace(account=named) for row in batch.posts)
        watched = tuple(span._replace(account=named) for span in batch.watched)
        batch = replace(batch, posts=posts, watched=watched)
        assert store(database, workspace, batch, "U1", AT).id is None
        ((version,),) = ask(database, "SELECT version FROM workspace")
        return int(str(version))

    before = version_after("")
    assert version_after("Acme Foods") == before + 1
    assert ask(database, "SELECT name FROM account") == [("Acme Foods",)]
    assert version_after("Acme Foods") == before + 1
    assert version_after("") == before + 1


def test_an_overlapping_file_adds_only_what_differs(database):
    """Of two posts and a day, one post gained a like: one snapshot more, and nothing else."""
    workspace = fill(database, posts=POSTS, days=DAYS)
    newer = draw(posts=POSTS.replace("|    10 |", "|    11 |"), days=DAYS)
    done = store(database, workspace, newer, "U1", AT + timedelta(days=1))
    assert (done.added, done.changed, done.same) == (0, 1, 4)
    assert ask(
        database,
        "SELECT p.external_id, s.likes FROM post_snapshot s JOIN post p"
        " ON p.id = s.post ORDER BY s.import_id, p.id",
    ) == [("a", 10), ("b", 20), ("a", 11)]
    assert ask(database, "SELECT likes FROM post ORDER BY id") == [(11,), (20,)]


def test_a_blank_cell_never_covers_a_number(database):
    """A later file without a value, or without the column, leaves what is known."""
    fill(database, posts=POSTS)
    fill(
        database,
        posts="""
        published        | account | post | likes | title
        -----------------+---------+------+-------+------
        2026-11-02 10:00 | acme    | a    |       | Hej
    """,
    )
    held = ask(database, "SELECT likes, comments, title, supplied FROM post WHERE external_id='a'")
    assert held == [(10, 1, "Hej", 0b11100)]


@pytest.mark.parametrize(
    ("drawn", "engagements", "interactions"),
    [
        ("likes | comments | shares | clicks | saves\n-+-+-+-+-\n1|2|3|4|5", 10, 11),
        ("likes | comments\n-+-\n1|2", 3, 3),
        ("likes | comments\n-+-\n1|", None, None),
        ("likes | clicks\n-+-\n1|", None, 1),
        ("saves\n-\n5", None, 5),
        ("reach\n-\n5", None, None),
        ("likes | comments\n-+-\n0|0", 0, 0),
    ],
)
def test_engagements_are_the_sum_of_what_is_supplied(database, drawn, engagements, interactions):
    """A column that the file lacks is left out; a blank cell makes the sum unknown, never 0."""
    head, rule, row = drawn.splitlines()
    fill(database, posts=f"day | post | {head}\n-+-+{rule}\n2026-11-02 | a | {row}")
    assert ask(database, "SELECT engagements, interactions FROM post") == [
        (engagements, interactions)
    ]


def test_hour_weekday_and_gap_are_local_and_mended(database):
    """A post between two others shortens the later one's gap; hours are the workspace's."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        connection.execute(text("UPDATE workspace SET zone = 'Asia/Tokyo'"))
    late = "published | post | likes\n-+-+-\n"
    batch = draw(posts=late + "2026-11-01 20:30 | a | 1\n2026-11-03 20:30 | c | 1")
    store(database, workspace, batch, "U1", AT)
    query = "SELECT external_id, weekday, hour, gap FROM post ORDER BY published"
    assert ask(database, query) == [("a", 0, 5, None), ("c", 2, 5, 172_800)]
    between = draw(posts=late + "2026-11-02 20:30 | b | 1")
    done = store(database, workspace, between, "U1", AT)
    assert ask(database, query) == [("a", 0, 5, None), ("b", 1, 5, 86_400), ("c", 2, 5, 86_400)]
    undo(database, workspace, done.id, AT)
    assert ask(database, query) == [("a", 0, 5, None), ("c", 2, 5, 172_800)]


def test_bad_rows_are_all_named_and_nothing_is_stored(database):
    """One list is enough for one repair; the good rows are stored only when chosen."""
    workspace = workspace_of(database)
    bad = tuple(BadRow(line, "Likes", f"“x{line}” is not a number") for line in range(3, 40))
    batch = replace(draw(posts=POSTS), bad=bad)
    before = tables(database)
    with pytest.raises(KepiError) as refused:
        store(database, workspace, batch, "U1", AT)
    assert all(f"line {line}, Likes: “x{line}”" in str(refused.value) for line in range(3, 40))
    assert tables(database) == before
    done = store(database, workspace, batch, "U1", AT, good_rows=True)
    assert (done.added, done.left_out) == (2, bad)


def test_a_preview_promises_what_storing_then_does(database):
    """New, changed and equal rows, accounts to come; and it writes nothing."""
    workspace = fill(database, posts=POSTS, days=DAYS)
    newer = draw(
        posts=POSTS.replace("|    10 |", "|    11 |")
        + "    2026-11-04 10:00 | beta | c | 1 | | | | ",
        days=DAYS,
    )
    before = tables(database)
    seen = preview(database, workspace, newer)
    assert tables(database) == before
    done = store(database, workspace, newer, "U1", AT)
    assert (seen.rows, seen.added, seen.changed, seen.same) == (6, 1, 1, 4)
    assert (done.rows, done.added, done.changed, done.same) == (6, 1, 1, 4)
    assert [it.handle for it in seen.new_accounts] == ["beta"]
    assert (seen.first_day, seen.last_day) == (date(2026, 11, 2), date(2026, 11, 4))


def test_a_store_that_fails_leaves_nothing(database):
    """Whatever raises inside, there is no half of an import, and no account of it."""
    workspace = workspace_of(database)
    before = tables(database)
    batch = draw(posts=POSTS)
    broken = replace(batch, days=(draw(days=DAYS).days[0]._replace(value=2**70),))
    with pytest.raises((OverflowError, Exception)):
        store(database, workspace, broken, "U1", AT)
    assert tables(database) == before


def test_an_import_of_nothing_new_but_days_watched_is_kept(database):
    """“No posts” and “never read” differ, so an empty file's days are written down."""
    workspace = workspace_of(database)
    name = draw(posts=POSTS).posts[0].account
    span = WatchedSpan("posts", name, date(2026, 11, 1), date(2026, 11, 8))
    empty = replace(draw(), watched=(span,))
    assert store(database, workspace, empty, "U1", AT).id is not None
    assert store(database, workspace, empty, "U1", AT).id is None
    inside = replace(empty, watched=(span._replace(start=date(2026, 11, 3)),))
    assert store(database, workspace, inside, "U1", AT).id is None
    beyond = replace(empty, watched=(span._replace(end=date(2026, 11, 9)),))
    assert store(database, workspace, beyond, "U1", AT).id is not None


def test_only_an_own_standing_import_can_be_taken_back(database):
    """Unknown, foreign or already taken back: one line that says what could be."""
    workspace = fill(database, posts=POSTS)
    with database.write() as connection:
        connect_team(connection, "T1", "One", "U1")
        other = connect_team(connection, "T2", "Two", "U2").id
        number = last_imports(connection, workspace)[0].id
    with pytest.raises(KepiError, match=r"no import 99\. The newest: 1 \(drawn.csv\)"):
        undo(database, workspace, 99, AT)
    with pytest.raises(KepiError, match=r"no import 1\. Nothing was imported"):
        undo(database, other, number, AT)
    done = undo(database, workspace, number, AT)
    assert (done.removed, done.restored) == (2, 0)
    with pytest.raises(KepiError, match="already taken back"):
        undo(database, workspace, number, AT)
    with database.read() as connection:
        assert last_imports(connection, workspace)[0].undone == AT
        assert last_imports(connection, other) == []


HOSTILE = [
    "'; DROP TABLE post; --",
    '" OR 1=1',
    "%s ? :x {y}",
    "\u202eevil",
    "ｱ\u0301",
    "a\\b",
    "👩‍👩‍👧",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_data(database, words):
    """Bound parameters everywhere: the words come back as they went in, and no table is gone."""
    batch = draw(posts=POSTS)
    name = replace(batch.posts[0].account, handle=words, name=words, external_id=words)
    row = batch.posts[0]._replace(
        account=name, title=words, external_id=words, hashtags=(words,), content_type=words
    )
    fill(database, days=DAYS)
    hostile = replace(batch, posts=(row,), watched=(), file_name=words, file_hash=words)
    done = store(database, 1, hostile, words, AT)
    held = ask(database, "SELECT title, external_id, content_type FROM post")
    assert held == [(words, words, words)]
    assert ask(database, "SELECT tag FROM post_tag") == [(words,)]
    undo(database, 1, done.id, AT)
    assert ask(database, "SELECT count(*) FROM post") == [(0,)]
    assert ask(database, "SELECT count(*) FROM fact") == [(3,)]


def test_workspaces_do_not_see_each_other(database):
    """The same file in two workspaces is stored twice, and taken back once."""
    first = fill(database, posts=POSTS, days=DAYS)
    with database.write() as connection:
        connect_team(connection, "T1", "One", "U1")
        second = connect_team(connection, "T2", "Two", "U2").id
    done = store(database, second, draw(posts=POSTS, days=DAYS), "U2", AT)
    assert done.added == 5
    undo(database, first, 1, AT)
    for table in ("fact", "post", "rollup", "post_tag", "post_snapshot", "watched", "observed"):
        assert ask(database, f"SELECT DISTINCT workspace FROM {table}") == [(second,)]
