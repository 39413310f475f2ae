"""Records stored: names found, money settled, days that would count twice refused, words kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from storage.accounts import accounts, add_account
from storage.batch import AccountName, Batch, MentionRow, RecordRow, RecordRows
from storage.database import Database
from storage.errors import KepiError
from storage.imports import Imported, preview, store, undo
from storage.records import compare_records
from storage.workspaces import change_setting, only_workspace
from tests.records.files import NOW, read_text
from tests.records.histories import AT, batch_of, fill_in, standing

DAY = date(2026, 11, 9)


def prepare(database: Database, currency: str = "SEK") -> int:
    """Return a workspace with an own brand Acme, a rival Nordkaffe, and a currency."""
    with database.write() as connection:
        workspace = only_workspace(connection).id
        change_setting(connection, workspace, "currency", currency)
        add_account(connection, workspace, "instagram", "acme", "Acme")
        add_account(connection, workspace, "instagram", "nord", "Nordkaffe", own=False)
    return workspace


def select(database: Database, statement: str) -> list[tuple[object, ...]]:
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def counts(stored: Imported) -> tuple[int, int, int]:
    return stored.added, stored.changed, stored.same


def web(start: date, days: int, **told: object) -> tuple[object, ...]:
    end = start + timedelta(days=days)
    return fill_in("web", {"start": start, "end": end, "sessions": 5, **told})


def visits(*rows: tuple[object, ...], name: str = "web.csv") -> Batch:
    return batch_of({"web": rows}, name)


def test_money_without_a_currency_is_the_workspaces(database: Database) -> None:
    """12.5 is 1,250 öre where the workspace counts in SEK, and 13 yen; the person is told."""
    for currency, minor in (("SEK", 1250), ("JPY", 13)):
        workspace = prepare(database, currency)
        told = {"external_id": currency, "at": NOW, "customer": "c", "value": Decimal("12.5")}
        named = fill_in("orders", {**told, "external_id": f"{currency}2", "currency": "EUR"})
        batch = batch_of({"orders": [fill_in("orders", told), named]})
        seen = preview(database, workspace, batch)
        assert seen.notes == (f"No currency is named; amounts are taken as {currency}.",)
        store(database, workspace, batch, "U1", AT)
        held = standing(database, workspace, "orders")
        columns = [(it[1][-2], it[1][-1]) for key, it in sorted(held.items()) if currency in key[0]]
        assert columns == [(minor, currency), (1250, "EUR")]


def test_brands_and_accounts_are_found_by_name(database: Database) -> None:
    """An unnamed brand is the only own one; an unknown one ends it with the line and the names."""
    workspace = prepare(database)
    told = {"source": "google", "at": NOW, "stars": 4.0, "most": 5}
    reviews = [
        fill_in("reviews", {**told, "external_id": str(n), "brand": name})
        for n, name in enumerate(("", "ACME", "nordkaffe"))
    ]
    new = AccountName("tiktok", "acme")
    segment = {"platform": "tiktok", "measure": "reach", "dimension": "age", "segment": "18-24"}
    days = {"start": DAY, "end": DAY + timedelta(days=1), "people": 4}
    segments = [fill_in("segments", {"account": new, **segment, **days})]
    batch = batch_of({"reviews": reviews, "segments": segments})
    assert preview(database, workspace, batch).new_accounts == (new,)
    store(database, workspace, batch, "U1", AT)
    assert select(
        database, "SELECT r.external_id, b.name FROM review r JOIN brand b ON b.id = r.brand"
    ) == [("0", "Acme"), ("1", "Acme"), ("2", "Nordkaffe")]
    with database.read() as connection:
        (made,) = [it for it in accounts(connection, workspace) if it.platform == "tiktok"]
    assert select(database, "SELECT account, people FROM audience_segment") == [(made.id, 4)]
    assert store(database, workspace, batch, "U1", AT).id is None
    unknown = fill_in("reviews", {**told, "external_id": "9", "brand": "Beanery"})
    with pytest.raises(KepiError, match="Line 2: “Beanery” is no brand here; brands: Acme, Nordk"):
        preview(database, workspace, batch_of({"reviews": [unknown]}))


CLASHES = [
    ({"channel_group": "Direct"}, (DAY, 1), "Already held by 7 days for 9–15 Nov 2026; take imp"),
    ({"channel_group": "Direct"}, (DAY + timedelta(days=6), 7), "Already held by 7 days for 9–15"),
    ({"source": "x"}, (DAY, 7), "Already held by channel group for 9–15 Nov 2026; take import 1 b"),
    ({"channel_group": "Direct", "source": "x"}, (DAY, 7), "Already held by channel group for 9–"),
]


@pytest.mark.parametrize(("told", "span", "words"), CLASHES)
def test_days_are_not_counted_twice(
    sqlite_database: Database, told: dict[str, object], span: tuple[date, int], words: str
) -> None:
    """A week of a site is held: neither its days nor another split of it come beside it."""
    workspace = prepare(sqlite_database)
    week = visits(web(DAY, 7, channel_group="Direct"), web(DAY, 7, channel_group="Email"))
    store(sqlite_database, workspace, week, "U1", AT)
    clashing = visits(web(*span, **told), name="other.csv")
    with pytest.raises(KepiError, match=words):
        store(sqlite_database, workspace, clashing, "U1", AT)
    with pytest.raises(KepiError, match=words):
        preview(sqlite_database, workspace, clashing)
    shop = visits(web(*span, **told, property="shop"), name="shop.csv")
    assert store(sqlite_database, workspace, shop, "U1", AT).added == 1
    undo(sqlite_database, workspace, 1, AT)
    assert store(sqlite_database, workspace, clashing, "U1", AT).added == 1


def test_what_goes_together_is_stored(database: Database) -> None:
    """The same week again with other numbers, the week after, another ad account, paths anew."""
    workspace = prepare(database)
    week = visits(web(DAY, 7, channel_group="Direct"))
    store(database, workspace, week, "U1", AT)
    newer = visits(web(DAY, 7, channel_group="Direct", sessions=9), web(DAY, 7))
    assert counts(store(database, workspace, newer, "U1", AT)) == (1, 1, 0)
    after = visits(web(DAY + timedelta(days=7), 1, channel_group="Direct"), name="c")
    assert store(database, workspace, after, "U1", AT).added == 1
    ad = {"platform": "x", "currency": "EUR", "spend": 5}
    for account, days in (("a", 1), ("b", 7)):
        end = DAY + timedelta(days=days)
        row = fill_in("ads", {**ad, "account": account, "start": DAY, "end": end})
        assert store(database, workspace, batch_of({"ads": [row]}), "U1", AT).added == 1
    both = visits(web(DAY, 30, property="s"), web(DAY, 1, property="s"))
    with pytest.raises(KepiError, match="The file holds 9 Nov 2026 and, in the same days, 9 Nov"):
        preview(database, workspace, both)


def test_paths_without_days_are_one_collection(database: Database) -> None:
    """A file without days, sent again later, keeps the days of its first import."""
    workspace = prepare(database)
    text_of = "path,total_conversions,total_conversion_value\na > b,{},2.5\nb,1,0.1\n"
    first = read_text(text_of.format(3), name="spring.csv")
    stored = store(database, workspace, first, "U1", AT)
    assert (stored.added, stored.first_day) == (2, date(2026, 11, 22))
    assert stored.notes[-1] == "No currency is named; amounts are taken as SEK."
    again = read_text(text_of.format(4), name="spring.csv")
    later = date(2026, 12, 24)
    (rows,) = again.records
    moved = replace(again, records=(rows._replace(start=later, end=later + timedelta(days=1)),))
    assert counts(store(database, workspace, moved, "U1", AT)) == (0, 1, 1)
    assert select(
        database, "SELECT path, conversions, value, currency, start FROM touch_path ORDER BY path"
    ) == [("a > b", 4, 2_500_000, "SEK", 20779), ("b", 1, 100_000, "SEK", 20779)]


def test_days_that_were_read_are_watched(database: Database) -> None:
    """By kind, of no account: from the first to the last local day, or as the file states."""
    workspace = prepare(database)
    with database.write() as connection:
        change_setting(connection, workspace, "zone", "Asia/Tokyo")
    late = datetime.fromisoformat("2026-11-02T20:00:00+00:00")
    touch = fill_in("touches", {"external_id": "t", "customer": "c", "at": late})
    orders = RecordRows("orders", (), DAY, DAY + timedelta(days=3))
    batch = batch_of({"touches": [touch]})
    mention = MentionRow(2, "Acme", "x", "m", late)
    batch = replace(batch, mentions=(mention,), records=(*batch.records, orders))
    stored = store(database, workspace, batch, "U1", AT)
    third = (date(2026, 11, 3) - date(1970, 1, 1)).days
    ninth = (DAY - date(1970, 1, 1)).days
    statement = 'SELECT source, platform, account, start, "end" FROM watched ORDER BY source'
    assert select(database, statement) == [
        ("mentions", "", 0, third, third + 1),
        ("orders", "", 0, ninth, ninth + 3),
        ("touches", "", 0, third, third + 1),
    ]
    assert (stored.first_day, stored.last_day) == (date(2026, 11, 3), date(2026, 11, 11))
    assert stored.id is not None
    undo(database, workspace, stored.id, AT)
    assert select(database, "SELECT count(*) FROM watched") == [(0,)]


def test_mentions_keep_their_words_until_taken_back(database: Database) -> None:
    """Words and the file's label come with a mention and go with it; blanks make no rows."""
    workspace = prepare(database)
    mentions = tuple(
        MentionRow(n, "Acme", "x", str(n), AT, sentiment=mood, words=words, language="en")
        for n, (mood, words) in enumerate(
            (("negative", "so bad"), ("", "w" * 3000), ("positive", ""))
        )
    )
    batch = Batch("mentions", "Mentions", "m.csv", "m", mentions=mentions)
    first = store(database, workspace, batch, "U1", AT)
    second = store(database, workspace, replace(batch, mentions=mentions[:1]), "U1", AT)
    words = (
        "SELECT m.external_id, length(t.words), t.language FROM mention_text t"
        " JOIN mention m ON m.id = t.mention ORDER BY 1"
    )
    labels = (
        "SELECT m.external_id, l.label, l.backend FROM mention_label l"
        " JOIN mention m ON m.id = l.mention ORDER BY 1"
    )
    assert select(database, words) == [("0", 6, "en"), ("1", 2000, "en")]
    assert select(database, labels) == [("0", "negative", "file"), ("2", "positive", "file")]
    assert (first.added, second.id) == (3, None)
    assert first.id is not None
    undo(database, workspace, first.id, AT)
    assert [select(database, it) for it in (words, labels)] == [[], []]
    assert select(database, "SELECT count(*) FROM mention_text") == [(0,)]


def test_two_workspaces_know_nothing_of_each_other(sqlite_database: Database) -> None:
    """The same rows in another workspace are new there, and stay when this one's go."""
    first = prepare(sqlite_database)
    with sqlite_database.write() as connection:
        connection.execute(
            text(
                "INSERT INTO workspace (id, name, zone, week_start, currency, version, team_id)"
                " VALUES (7, '', 'UTC', 0, 'EUR', 0, 'T7')"
            )
        )
    rows = [
        fill_in("touches", {"external_id": f"t{n}", "customer": "c", "at": AT}) for n in range(5)
    ]
    batch = batch_of({"touches": rows})
    for workspace in (first, 7):
        assert store(sqlite_database, workspace, batch, "U1", AT).added == 5
    with sqlite_database.read() as connection:
        changes = compare_records(connection, 7, batch.records)
    assert changes.counts == (0, 0, 5)
    undo(sqlite_database, first, 1, AT)
    assert [len(standing(sqlite_database, it, "touches")) for it in (first, 7)] == [0, 5]


def test_a_row_of_the_wrong_width_is_our_own_fault(sqlite_database: Database) -> None:
    workspace = prepare(sqlite_database)
    batch = replace(batch_of({}), records=(RecordRows("touches", (RecordRow(2, ("a",)),)),))
    with pytest.raises(ValueError, match="touches: 1 values for 8 columns"):
        preview(
            sqlite_database,
            workspace,
            replace(batch, records=(batch.records[0]._replace(start=DAY, end=DAY),)),
        )


def test_a_kind_told_twice_in_a_file_is_one(database: Database) -> None:
    """Two sheets with the same order: it is one, as the later sheet tells it."""
    workspace = prepare(database)
    told = {"external_id": "1", "at": NOW, "customer": "c", "currency": "EUR"}
    sheets = [batch_of({"orders": [fill_in("orders", {**told, "value": n})]}) for n in (5, 7)]
    both = replace(sheets[0], records=(*sheets[0].records, *sheets[1].records))
    assert counts(store(database, workspace, both, "U1", AT)) == (1, 0, 0)
    assert select(database, "SELECT value FROM customer_order") == [(7,)]
