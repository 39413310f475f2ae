"""Every verb on records and on what people declare, called once or more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection

from storage import benchmarks, declared, declaring, rate_cards
from storage.accounts import add_account
from storage.batch import AccountName, Batch, MentionRow, RecordRow, RecordRows
from storage.database import Database
from storage.imports import preview, store, undo
from storage.record_kinds import EVERY_KIND

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY, TOMORROW = date(2026, 11, 21), date(2026, 11, 22)
ACCOUNT = AccountName("instagram", "acme")

ROWS = {
    "web": (
        *("", TODAY, TOMORROW, "Organic Social", "", "ig", "", "", "", True, True),
        *(9, 3, "ga4", 1, 1, 12, 100, ""),
    ),
    "ads": ("facebook", "", TODAY, TOMORROW, "autumn", "", "", "EUR", 900, 10, 2, 1, 0),
    "touches": ("t1", "c1", AT, "instagram", "", "autumn", True, "s1"),
    "conversions": ("v1", AT, "purchase", "c1", "s1", "", "", "", None, False, 500, "EUR"),
    "paths": ("paths", TODAY, TOMORROW, "conversion", "x > tiktok", 3, 5_000_000, "EUR", 4),
    "orders": ("o1", AT, "c1", "instagram", "", "", 500, "EUR"),
    "reviews": ("google", "r1", AT, "Acme", 4.5, 5, "lena", ""),
    "surveys": ("autumn", "nps", "a1", AT, 9.0, 0, 10, "mia", "", ""),
    "segments": (ACCOUNT, "instagram", "reach", "country", "SE", TODAY, TOMORROW, 40),
    "comments": ("instagram", "k1", "p1", AT, "lena", False, 12, 3),
    "benchmarks": ("reach", "", "mean", "instagram", "", 2026, "Rival", 4.0),
    "rates": ("cpm", "instagram", "EUR", 650, TODAY, "card"),
    "values": ("labour", "", 40.0, "EUR", TODAY, TOMORROW, "Mia", ""),
}
"""One row of each kind, in the order of its columns."""


def batch_of(name: str, *, later: bool = False) -> Batch:
    """Return a file with a row of each kind, and a mention; ``later`` tells half of it anew."""
    records = []
    for place, (kind, values) in enumerate(ROWS.items()):
        told = values
        if later and place % 2:
            fact = EVERY_KIND[kind].columns.index(EVERY_KIND[kind].facts[-1])
            told = (*values[:fact], change(values[fact]), *values[fact + 1 :])
        records.append(RecordRows(kind, (RecordRow(2, told),)))
    mention = MentionRow(
        2, "Acme", "x", "m1", AT, sentiment="positive", words="So good", language="en"
    )
    return Batch("drawn", "Records", name, name, mentions=(mention,), records=tuple(records))


def change(value: object) -> object:
    """Return another value of the same sort."""
    return value + 1 if isinstance(value, int | float) else "EUR" if value == "SEK" else "SEK"


def live(database: Database, workspace: int) -> None:
    """Import a row of each kind, again, otherwise; take all of it back; declare by hand."""
    with database.write() as connection:
        add_account(connection, workspace, "instagram", "acme", "Acme")
    preview(database, workspace, batch_of("first.csv"))
    numbers = []
    for place, later in enumerate((False, False, True)):
        batch = batch_of(f"{place}.csv", later=later)
        stored = store(database, workspace, batch, "U1", AT + timedelta(minutes=place))
        numbers += [stored.id] if stored.id is not None else []
    assert len(numbers) == 2
    for number in reversed(numbers):
        undo(database, workspace, number, AT + timedelta(hours=1))
    with database.write() as connection:
        declare(connection, workspace)


def declare(connection: Connection, workspace: int) -> None:
    """Declare a row of each kind by hand, another in its place, and take one away."""
    for name, kind in EVERY_KIND.items():
        if not kind.stamped:
            continue
        told = dict(zip(kind.columns, ROWS[name], strict=True))
        declaring.put(connection, workspace, kind, told, by="U1", at=AT)
        put = declaring.put(connection, workspace, kind, told, by="U2", at=AT)
        assert put.before is not None
    assert benchmarks.benchmarks(connection, workspace, "reach")
    assert rate_cards.rates(connection, workspace, "cpm")
    for row in declared.values(connection, workspace):
        declaring.take(connection, workspace, declared.KIND, row.id)
