"""Ad spend, touches, conversions, paths and orders as files: money, times and ids."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from storage.batch import AccountName
from storage.errors import SourceError
from storage.sources import read
from tests.records.files import NOW, bad_of, pick, read_text, rows_of

PATHS = Path("../shared/data/attribution_paths/paths.csv")

META = """Reporting starts,Reporting ends,Campaign name,Ad set name,Ad name,Amount spent (SEK),\
Impressions,Link clicks,Clicks (all),Purchases,Purchases conversion value
2026-11-09,2026-11-15,,,,"1,400.505",34000,330,450,3,900
2026-11-09,2026-11-15,Autumn,Women,Reel,"1,200.50",24000,230,300,2,600
2026-11-09,2026-11-15,Autumn,Women,Still,200.005,10000,100,150,1,300
2026-11-09,2026-11-15,Autumn,Men,Still,0,0,,,,
"""


def test_meta_ads_are_read_without_their_total() -> None:
    """The currency stands in a column's name; “Clicks (all)” is no amount of Albanian lek."""
    batch = read_text(META)
    names = ("platform", "campaign", "ad", "currency", "spend", "impressions", "clicks", "value")
    assert (batch.format, batch.bad) == ("meta-ads", ())
    assert pick(rows_of(batch), *names) == [
        ("facebook", "Autumn", "Women / Reel", "SEK", 120050, 24000, 230, 60000),
        ("facebook", "Autumn", "Women / Still", "SEK", 20001, 10000, 100, 30000),
        ("facebook", "Autumn", "Men / Still", "SEK", 0, 0, None, None),
    ]
    assert pick(rows_of(batch), "start", "end")[0] == (date(2026, 11, 9), date(2026, 11, 16))
    assert batch.notes == (
        "1 row of totals left out.",
        (
            "The file does not tell the networks apart, so all counts as Facebook. "
            "Break it down by platform to see Instagram."
        ),
    )
    told = read_text(META, account=AccountName("instagram", "acme"))
    assert {row["platform"] for row in rows_of(told)} == {"instagram"}


def test_meta_ads_by_platform_and_age_are_added_up_by_platform() -> None:
    batch = read_text(
        "Day,Platform,Age,Campaign name,Amount spent (EUR),Impressions,Link clicks\n"
        "2026-11-09,instagram,18-24,Autumn,1.5,100,3\n2026-11-09,instagram,25-34,Autumn,1.5,100,\n"
        "2026-11-09,facebook,18-24,Autumn,1.5,100,\n"
    )
    assert pick(rows_of(batch), "platform", "spend", "impressions", "clicks") == [
        ("instagram", 300, 200, 3),
        ("facebook", 150, 100, None),
    ]


def test_own_columns_of_ad_spend_and_its_bad_rows() -> None:
    batch = read_text(
        "day,platform,spend,currency,campaign,conversions\n"
        "2026-11-09,Google,12.50,EUR,a,1\n2026-11-09,ig,1250,JPY,a,\n2026-11-09,ig,12.5,JPY,b,\n"
        "2026-11-09,ig,12.5,EURO,b,\n2026-11-09,ig,-1,EUR,b,\n2026-11-09,ig,€5,EUR,b,\n"
        ",ig,5,EUR,b,\n2027-11-09,ig,5,EUR,b,\n2026-11-09,Google,13,EUR,a,\n"
    )
    assert pick(rows_of(batch), "platform", "currency", "spend") == [("instagram", "JPY", 1250)]
    assert bad_of(batch) == [
        "line 2, spend: the same row stands on line 10, with another spend and conversions",
        "line 4: 12.5 is no amount: JPY has no decimals",
        "line 5, currency: “EURO” is not a currency; write its three letters, such as EUR",
        "line 6: a spend of -1 cannot be",
        "line 7, spend: “€5” is not a plain number; write the currency into a column of its own",
        "line 8: no day stands here; add a column “day”, or “start” and “end”",
        "line 9, day: “2027-11-09” is in the future",
        "line 10, spend: the same row stands on line 2, with another spend and conversions",
    ]


def test_touches_without_ids_are_the_same_ones_again() -> None:
    """An id is made of what a row says: equal rows are one touch, in this file and the next."""
    text = (
        "time,customer,source,paid,session\n"
        "2026-11-02 10:00,c1,instagram.com,no,s1\n2026-11-02 10:00,c1,instagram.com,no,s1\n"
        "2026-11-02T10:05:00Z,+46 70 123 45 67,newsletter,,s2\n,c3,x,,s3\n"
    )
    batch = read_text(text)
    rows = rows_of(batch)
    assert pick(rows, "customer", "at", "platform", "paid") == [
        ("c1", datetime(2026, 11, 2, 9, 0, tzinfo=UTC), "instagram", False),
        ("+46 70 123 45 67", datetime(2026, 11, 2, 10, 5, tzinfo=UTC), "", None),
    ]
    assert len({row["external_id"] for row in rows}) == 2
    assert rows_of(read_text(text, name="again.csv")) == rows
    assert batch.notes == ("1 exact repeat was counted once.",)
    assert bad_of(batch) == ["line 5, time: nothing stands here"]


def test_conversions_by_the_names_a_crm_gives_them() -> None:
    """Types are spelled one way; a comma is the decimal sign where the file shows it."""
    batch = read_text(
        "Create date;Conversion type;Lead ID;Original source;Amount;Currency;direct;referral\n"
        "2026-11-02;Sign Up;1;LinkedIn;;;;\n2026-11-02;Purchases;2;google;1.250,50;EUR;yes;no\n"
        "2026-11-03;Free trial;3;t.co;99;VND;no;yes\n2026-11-03;Leads;4;;1.500;USD;;\n"
    )
    names = ("external_id", "type", "platform", "value", "currency", "direct", "referral")
    assert pick(rows_of(batch), *names) == [
        ("1", "sign-up", "linkedin", None, "", None, False),
        ("2", "purchase", "", 125050, "EUR", True, False),
        ("3", "trial", "x", 99, "VND", False, True),
        ("4", "lead", "", 150000, "USD", None, False),
    ]


def test_orders_and_their_refunds() -> None:
    """Ids that a spreadsheet ruined, and rows without a customer or an amount, are named."""
    batch = read_text(
        "Order number,Created at,Customer email,Total,Currency,Source\n"
        "1001,2026-11-02 10:00,a@b.se,100.00,EUR,instagram\n"
        "1002,2026-11-02 11:00,a@b.se,-20,EUR,\n1.7E+17,2026-11-02,b@b.se,1,EUR,\n"
        "1003,2026-11-02,,1,EUR,\n1004,2026-11-02,b@b.se,,EUR,\n1005,2026-11-02,=cmd(),1,EUR,\n"
        "1006,2026-11-02,b@b.se,99999999999999999999,EUR,\n"
    )
    assert pick(rows_of(batch), "external_id", "customer", "platform", "value") == [
        ("1001", "a@b.se", "instagram", 10000),
        ("1002", "a@b.se", "", -2000),
    ]
    assert bad_of(batch) == [
        (
            "line 4, Order number: “1.7E+17”: the id was ruined by a spreadsheet; "
            "export the file again"
        ),
        "line 5, Customer email: nothing stands here",
        "line 6, Total: nothing stands here",
        "line 7, Customer email: “=cmd()” looks like a formula, not a plain value",
        "line 8, Total: “99999999999999999999” is too large a number",
    ]


def test_paths_are_added_up_and_dated() -> None:
    """Equal paths are parts of one; known platforms are told by any of their names."""
    text = (
        "path,total_conversions,total_conversion_value,total_null\n"
        "eta > Insta>alpha,1,0.244,3\neta>instagram > alpha,1,2.4019999999999997,3\nbeta,0,0.0,2\n"
        "eta > > alpha,1,1.0,0\n,1,1.0,0\n"
    )
    batch = read_text(
        text, name="spring.csv", mapping='[file]\nstart="2026-03-01"\nend="2026-05-31"'
    )
    assert pick(rows_of(batch), "name", "path", "conversions", "value", "others") == [
        ("spring", "eta > instagram > alpha", 2, Decimal("2.6459999999999997"), 6),
        ("spring", "beta", 0, Decimal("0.0"), 2),
    ]
    assert {(row["start"], row["end"]) for row in rows_of(batch)} == {
        (date(2026, 3, 1), date(2026, 6, 1))
    }
    assert bad_of(batch) == [
        "line 5: a step of the path is empty; write it like instagram > email > direct",
        "line 6, path: nothing stands here",
    ]
    (told,) = read_text(text).records
    assert (told.start, told.end) == (date(2026, 11, 22), date(2026, 11, 23))


@pytest.mark.skipif(not PATHS.is_file(), reason="the shared data is not here")
def test_the_shared_paths_keep_every_conversion() -> None:
    """10,000 rows, 19,785 conversions; the last step alpha has 8,447 of them (issue 5)."""
    batch = read(PATHS.read_bytes(), "paths.csv", now=NOW, zone="UTC")
    rows = rows_of(batch)
    assert (batch.format, batch.bad) == ("paths", ())
    assert sum(row["conversions"] for row in rows) == 19_785
    last = [row["conversions"] for row in rows if row["path"].split(" > ")[-1] == "alpha"]
    assert sum(last) == 8_447
    with PATHS.open(encoding="utf-8") as file:
        next(file)
        value = sum(Decimal(line.split(",")[2]) for line in file)
    assert sum(row["value"] for row in rows) == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("time,customer,source\n", "has a header but no rows"),
        ("spend (EUR),value (SEK),day,platform\n1,1,2026-11-09,x\n", "one currency at a time"),
        ("time,time,customer,source\n2026-11-09,2026-11-09,c,x\n", "2 columns are called “time”"),
    ],
)
def test_what_cannot_be_read_at_all_says_why(text: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        read_text(text)
