"""What holds of every export: told by its header, mended or named, read twice without harm."""

from datetime import timedelta

import pytest
from exports_drawn import EVERY, LINKEDIN_CONTENT, X_OVERVIEW, semicolons
from files_drawn import NOW, open_file, write_csv
from sqlalchemy import text

from storage.batch import AccountName, Batch
from storage.database import Database
from storage.errors import SourceError
from storage.imports import preview, store
from storage.undo import undo
from storage.workspaces import only_workspace


def opened(key: str, data: bytes | None = None) -> Batch:
    drawn, account = EVERY[key]
    return open_file(data or drawn, account=account)


def test_every_export_is_told_by_its_header() -> None:
    """Without a word from the person, and by its own key as well."""
    for key, (data, account) in EVERY.items():
        assert opened(key).format == key
        assert open_file(data, account=account, format=key.replace("-", "_")).format == key


def test_every_export_says_what_it_lacks() -> None:
    """Asked for by name, a file of another kind is not taken: the missing column is named."""
    for key, (_, account) in EVERY.items():
        with pytest.raises(SourceError, match=r"is not a file of .* missing; the columns seen are"):
            open_file(b"a,b\n1,2\n", format=key, account=account)


def test_german_spreadsheets_change_nothing() -> None:
    """“;” between cells, 1.500 for fifteen hundred, and a byte order mark."""
    for key in ("x-overview", "youtube-videos", "tiktok-followers", "sprout-profile"):
        data = EVERY[key][0].decode()
        usual, german = opened(key), opened(key, semicolons(data))
        assert german.bad == ()
        assert [row._replace(line=0) for row in german.days] == [
            row._replace(line=0) for row in usual.days
        ]
        assert [row.counters for row in german.posts] == [row.counters for row in usual.posts]
    assert b"2.004" in semicolons(EVERY["sprout-profile"][0].decode())


@pytest.mark.parametrize(
    "title",
    [
        "Aggregated metrics",
        "Aggregated metrics, by day, of your page; times in UTC",
        "sep=,",
        "",
    ],
)
def test_title_lines_above_a_header_are_passed_over(title: str) -> None:
    """Up to fifteen of them; the line that is named stays the file's own."""
    rows = LINKEDIN_CONTENT[1:]
    body = write_csv(rows).decode()
    for delimiter in (",", ";"):
        text_ = body if delimiter == "," else write_csv(rows, ";").decode()
        if title.startswith("sep") and delimiter == ";":
            continue
        bad = text_.replace("150", "many")
        batch = opened("linkedin-content", f"{title}\n\n{bad}".encode())
        assert [(it.line, it.column) for it in batch.bad] == [(4, "Impressions (total)")]
        assert len(batch.days) == 5


def test_a_header_too_far_down_is_not_looked_for() -> None:
    """A row of data may not become a header by chance."""
    notes = "".join(f"note {n},x\n" for n in range(40))
    with pytest.raises(SourceError, match="the layout is not known"):
        opened("x-overview", (notes + X_OVERVIEW).encode())


def test_bad_rows_are_named_in_every_export() -> None:
    """A negative or impossible number, a day in the future, a row too short: by line and column."""
    cases = [
        ("x-overview", "Tue, Jul 14, 2026", "Tue, Jul 14, 2027", (2, "Date")),
        ("linkedin-followers", "11/02/2026", "13/32/2026", (3, "Date")),
        ("linkedin-posts", "1000", "1e309", (3, "Impressions")),
        ("linkedin-competitors", "8,150", "-1", (4, "Total Followers")),
        ("youtube-videos", "8542", "=1+1", (3, "Views")),
        ("tiktok-videos", "5400", "5.4", (2, "Total views")),
        ("tiktok-followers", "1,204", "many", (2, "Followers")),
        ("hootsuite-posts", "190,Hello", "1.9E+17,Hello", (4, "Post ID")),
        ("sprout-posts", "@acme", "", (2, "Profile")),
        ("sprout-profile", "2,004", "٢", (4, "Audience")),
    ]
    for key, old, new, place in cases:
        data = EVERY[key][0].decode()
        assert old in data
        bad = opened(key, data.replace(old, new, 1).encode()).bad
        assert [(it.line, it.column) for it in bad] == [place], key


def count_rows(database: Database) -> dict[str, int]:
    names = ("account", "fact", "window_fact", "post", "post_mark", "post_tag", "revision")
    with database.read() as connection:
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in names
        }


def test_every_export_twice_adds_nothing_and_can_be_taken_back(sqlite_database: Database) -> None:
    """The second import tells nothing; taken back, only accounts stay; the hash is kept."""
    database = sqlite_database
    with database.write() as connection:
        workspace = only_workspace(connection).id
    before = count_rows(database)
    numbers = []
    for place, key in enumerate(EVERY):
        batch = opened(key)
        at = NOW + timedelta(minutes=place)
        seen = preview(database, workspace, batch)
        first = store(database, workspace, batch, "U1", at)
        assert (first.added, first.changed) == (seen.added, seen.changed)
        assert first.added == len(batch.days) + len(batch.windows) + len(batch.posts), key
        again = store(database, workspace, opened(key), "U1", at)
        assert (again.id, again.added, again.changed) == (None, 0, 0), key
        assert first.id is not None
        numbers.append(first.id)
        with database.read() as connection:
            kept = connection.execute(
                text("SELECT file_hash, format FROM import WHERE id = :id"), {"id": first.id}
            ).one()
        assert tuple(kept) == (batch.file_hash, key)
    held = count_rows(database)
    assert held["post_mark"] == 1
    for number in reversed(numbers):
        undo(database, workspace, number, NOW + timedelta(hours=1))
    after = count_rows(database)
    assert {**after, "account": 0} == {**before, "account": 0}
    assert after["account"] == len(
        {(it.platform, it.handle) for key in EVERY for it in named(opened(key))}
    )


def named(batch: Batch) -> set[AccountName]:
    return {row.account for row in (*batch.posts, *batch.days)}
