"""Whatever a file of records holds, it is read and stored, or refused in one line."""

from __future__ import annotations

from random import Random

import pytest

from storage.accounts import add_account
from storage.batch import Batch
from storage.database import Database
from storage.errors import KepiError, SourceError
from storage.imports import store
from storage.records import EVERY_KIND
from storage.sources.records import SOURCES
from storage.workspaces import only_workspace
from tests.records.files import read_text
from tests.records.histories import AT

HEADERS = {
    "ga4": "Date,Session source / medium,Sessions,Engaged sessions,Session key event rate,"
    "Total revenue",
    "meta-ads": "Reporting starts,Reporting ends,Campaign name,Amount spent (SEK),Link clicks",
    "web": "day,channel,source,sessions,bounced,converting,revenue,currency",
    "ads": "start,end,platform,spend,currency,clicks,conversions,value",
    "touches": "time,customer,platform,campaign,paid,session",
    "conversions": "time,type,id,customer,direct,value,currency",
    "paths": "path,total_conversions,total_conversion_value,total_null,start,end",
    "orders": "id,time,customer,value,currency,source",
    "reviews": "time,source,id,stars,most,author,url",
    "surveys": "time,kind,score,scale,highest,lowest,id,agent",
    "segments": "platform,account,dimension,segment,people,start,end,measure",
    "comments": "time,platform,comment id,post,own,text",
    "benchmarks": "kpi,denominator,statistic,platform,year,value,unit,source",
    "rates": "kind,what,price,currency,since,source",
    "values": "kind,name,value,currency,start,end,owner",
}
CELLS = (
    *("", "-", "0", "1", "12", "-3", "1,5", "1.500", "1.234,56", "1e9", "9" * 40, "1_000", "NaN"),
    *("inf", "0.1", "3.2 %", "%", "2026-11-02", "2026-11-02 10:00", "02/11/2026", "31/02/2026"),
    *("2026-11-02T10:00:00+02:00", "9999-12-31", "0001-01-01", "20261102", "yes", "no", "=cmd()"),
    *("+46 70", "@mia", "EUR", "sek", "XXX", "JPY", "instagram", "x", "google", "nps", "csat"),
    *(
        "1-5",
        "a > b",
        "> >",
        "country",
        "cpm",
        "margin",
        "median",
        "reach",
        "é\u0301",
        "👍🏽",
        "ไทย",
    ),
    *(
        "\u202e",
        "\ufeff",
        "a" * 3000,
        "１２",
        "٣",
        "null",
        "None",
        "''",
        "2026",
        "TRUE",
        "(not set)",
    ),
)


def draw(chance: Random, header: str) -> str:
    """Return a file of a header, some of it spoiled."""
    columns = header.split(",")
    if chance.random() < 0.3:
        chance.shuffle(columns)
    if chance.random() < 0.2:
        columns.pop(chance.randrange(len(columns)))
    sign = chance.choice((",", ",", ";", "\t"))
    rows = [
        [chance.choice(CELLS) for _ in range(len(columns) + (chance.random() < 0.05))]
        for _ in range(chance.randrange(8))
    ]
    lines = [columns, *rows]
    text = "\n".join(sign.join(f'"{it}"' if sign in it else it for it in row) for row in lines)
    return text[: chance.randrange(len(text))] if chance.random() < 0.1 else text


def demand_whole(batch: Batch) -> None:
    """Demand that rows fit their kind and that bad ones have a line and words."""
    for told in batch.records:
        width = len(EVERY_KIND[told.kind].columns)
        assert all(len(row.values) == width for row in told.rows)
    for bad in batch.bad:
        assert bad.line > 0
        assert bad.reason
        assert "\n" not in str(bad)
        assert len(str(bad)) < 600


def read_or_refuse(text: str, key: str | None) -> Batch | None:
    try:
        return read_text(text, format=key)
    except SourceError as refused:
        lines = str(refused).splitlines()
    assert len(lines) == 1
    return None


def store_or_refuse(database: Database, workspace: int, batch: Batch) -> bool:
    """Store the good rows; only what the sender can mend may stand in the way."""
    try:
        store(database, workspace, batch, "U1", AT, good_rows=True)
    except KepiError:
        return False
    return True


@pytest.mark.parametrize("key", sorted(SOURCES))
def test_any_table_is_stored_or_refused(key: str, sqlite_database: Database) -> None:
    chance = Random(key)
    with sqlite_database.write() as connection:
        workspace = only_workspace(connection).id
        add_account(connection, workspace, "instagram", "acme", "Acme")
    found, stored = 0, 0
    for _ in range(50):
        text = draw(chance, HEADERS[key])
        for asked in (None, key):
            batch = read_or_refuse(text, asked)
            if batch is not None:
                demand_whole(batch)
                found += batch.format == key
        if batch is not None:
            stored += store_or_refuse(sqlite_database, workspace, batch)
    assert found > 25, "most of these are files of the kind"
    assert stored > 6


def test_a_file_that_fits_mentions_as_well_is_one_of_them() -> None:
    """A column “type” makes no conversions of mentions, nor an author mentions of reviews."""
    mention = "time,platform,id,type,sentiment\n2026-11-02,x,1,comment,negative\n"
    review = "time,source,id,stars,brand,author\n2026-11-02,google,1,4,Acme,Lena\n"
    assert [read_text(it).format for it in (mention, review)] == ["mentions", "reviews"]
