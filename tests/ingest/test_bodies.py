"""Bad rows and bad bodies: each is named, nothing is stored, nothing breaks."""

from __future__ import annotations

import io
import json
import random
from typing import Any

import pytest

from bot.ingest.bodies import BadBody, parse
from bot.ingest.taking import Request, take_in
from storage import ingest
from storage.database import Database
from tests.ingest.conftest import NOW, Sender, everything, prepare
from tests.ingest.distorted import distort
from tests.ingest.samples import BODIES

ORDER = BODIES["orders"][0]
DISTORTED = 1_000


async def test_every_bad_row_is_named_by_row_and_field(shop: Sender) -> None:
    """What is wrong with each, in words that say what would work; good rows wait with them."""
    before = everything(shop.database)
    wrong: list[tuple[object, str | None, str]] = [
        ({**ORDER, "at": "2026-11-20T09:30:00"}, "at", "needs an offset"),
        ({**ORDER, "at": "20 Nov"}, "at", "offset"),
        ({**ORDER, "at": "2026-02-30T09:30:00Z"}, "at", "no moment"),
        ({**ORDER, "at": "2027-11-20T09:30:00Z"}, "at", "future"),
        ({**ORDER, "at": "1970-01-01T00:00:00Z"}, "at", "before 2004"),
        ({**ORDER, "value": "12.345"}, "value", "at most 2 decimals"),
        ({**ORDER, "value": 12.5, "currency": "JPY"}, "value", "no decimals"),
        ({**ORDER, "value": "12,50"}, "value", "such as 12.50"),
        ({**ORDER, "value": "1e3"}, "value", "such as 12.50"),
        ({**ORDER, "value": True}, "value", "such as 12.50"),
        ({**ORDER, "value": "１２"}, "value", "such as 12.50"),
        ({**ORDER, "value": 10**17}, "value", "such as 12.50"),
        ({**ORDER, "currency": "eur"}, "currency", "such as EUR"),
        ({**ORDER, "currency": "XXX"}, "currency", "such as EUR"),
        ({**ORDER, "currency": None}, "currency", "is missing"),
        ({**ORDER, "customer": "  "}, "customer", "is empty"),
        ({**ORDER, "customer": 7}, "customer", "text"),
        ({**ORDER, "customer": "a\0b"}, "customer", "no text"),
        ({**ORDER, "customer": "\ud800"}, "customer", "no text"),
        ({**ORDER, "customer": "x" * 201}, "customer", "200"),
        ({**ORDER, "id": None}, "id", "is missing"),
        ({**ORDER, "colour": "red"}, "colour", "is not a field"),
        ("a row", None, "named fields"),
        ([], None, "named fields"),
        (None, None, "named fields"),
    ]
    rows = [ORDER, *(row for row, _, _ in wrong)]
    answer = await shop.send("orders", rows)
    assert answer.status == 422
    assert answer.words["error"].startswith(f"{len(wrong)} rows cannot be stored")
    named = [(it["row"], it["field"]) for it in answer.words["problems"]]
    assert named == [(place, field) for place, (_, field, _) in enumerate(wrong, 2)]
    for it, (_, _, words) in zip(answer.words["problems"], wrong, strict=True):
        assert words in it["reason"], it
    assert everything(shop.database) == before


async def test_the_good_rows_are_stored_where_that_is_asked(shop: Sender) -> None:
    """The bad ones are counted and named in the answer; with none that is good it is refused."""
    rows = [ORDER, {**ORDER, "id": "o9", "at": "never"}, {**ORDER, "id": "o8"}]
    answer = await shop.send("orders", rows, query="?good_rows=1")
    assert (answer.status, answer.words["added"], answer.words["left_out"]) == (200, 2, 1)
    assert [it["row"] for it in answer.words["problems"]] == [2]
    assert shop.select("SELECT external_id FROM customer_order ORDER BY 1") == [("o1",), ("o8",)]
    none = await shop.send("orders", rows[1:2], query="?good_rows=1")
    assert none.status == 422


async def test_at_most_a_hundred_problems_are_listed(sqlite_shop: Sender) -> None:
    """And how many more there are."""
    answer = await sqlite_shop.send("orders", [{**ORDER, "value": None}] * 250)
    assert len(answer.words["problems"]) == 100
    assert answer.words["more_problems"] == 150
    assert answer.words["error"].startswith("250 rows")


async def test_a_body_has_at_most_fifty_thousand_rows(sqlite_shop: Sender) -> None:
    """Nor has a row fields without end: what is wrong with it would not fit an answer."""
    answer = await sqlite_shop.send("orders", [1] * 50_001)
    assert (answer.status, "problems" in answer.words) == (422, False)
    assert "50,000 rows" in answer.words["error"]
    wide = await sqlite_shop.send("orders", [{f"f{n}": n for n in range(100_000)}])
    assert [it["field"] for it in wide.words["problems"]] == [None]


async def test_rows_that_contradict_each_other_are_all_bad(sqlite_shop: Sender) -> None:
    """The same id twice with two values: neither is believed. An exact repeat counts once."""
    rows = [ORDER, {**ORDER, "value": 5}, {**ORDER, "id": "o2"}, {**ORDER, "id": "o2"}]
    answer = await sqlite_shop.send("orders", rows)
    assert [it["row"] for it in answer.words["problems"]] == [1, 2]
    assert "same id stands in row 2" in answer.words["problems"][0]["reason"]
    kept = await sqlite_shop.send("orders", rows[2:])
    assert (kept.words["added"], kept.words["rows"]) == (1, 1)
    assert kept.words["notes"] == ["1 exact repeat was counted once."]


async def test_brands_are_known_by_name(sqlite_shop: Sender) -> None:
    """An unknown one is a bad row, told with those that there are; an absent one is our only."""
    mention, _ = BODIES["mentions"]
    rows = [{**mention, "brand": "ACME"}, {**mention, "id": "n3", "brand": "Acne"}]
    answer = await sqlite_shop.send("mentions", rows)
    assert answer.words["problems"] == [
        {"row": 2, "field": "brand", "reason": "is no brand here; brands: Acme, Rival"}
    ]
    stored = await sqlite_shop.send("mentions", rows, query="?good_rows=1")
    assert (stored.words["added"], stored.words["left_out"]) == (1, 1)
    review = {**BODIES["reviews"][0], "brand": None}
    assert (await sqlite_shop.send("reviews", [review])).status == 200


async def test_what_two_fields_have_to_do_with_each_other(sqlite_shop: Sender) -> None:
    """Named at the one that has to change."""
    web, ad = BODIES["web"][0], BODIES["ads"][0]
    survey, csat = BODIES["surveys"]
    comment, day = BODIES["comments"][0], BODIES["days"][0]
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("web", {**web, "engaged_sessions": 121}, "engaged_sessions"),
        ("web", {**web, "one_page_sessions": 1}, "one_page_sessions"),
        ("web", {**web, "currency": None}, "currency"),
        ("web", {**web, "start": "2026-11-20", "end": "2026-11-21"}, "day"),
        ("web", {**web, "day": None}, "day"),
        ("web", {**web, "day": None, "start": "2026-11-20", "end": "2026-11-20"}, "end"),
        ("ads", {**ad, "value": "1.234"}, "value"),
        ("surveys", {**survey, "score": 11}, "score"),
        ("surveys", {**survey, "score": 8.5}, "score"),
        ("surveys", {**survey, "lowest": 1, "highest": 5}, "kind"),
        ("surveys", {**csat, "highest": None}, "lowest"),
        ("surveys", {**csat, "highest": 1}, "lowest"),
        ("reviews", {**BODIES["reviews"][0], "stars": 6}, "stars"),
        ("comments", {**comment, "words": 2}, "text"),
        ("comments", {**comment, "text": None, "words": 2}, "text"),
        ("days", {**day, "impressions": -1}, "impressions"),
        ("days", {**day, "likes": -1}, "likes"),
        ("mentions", {**BODIES["mentions"][0], "url": "javascript:alert(1)"}, "url"),
        ("paths", {**BODIES["paths"][0], "path": ["a > b"]}, "path.0"),
        ("segments", {**BODIES["segments"][0], "platform": "myspace"}, "platform"),
    ]
    for kind, row, field in wrong:
        answer = await sqlite_shop.send(kind, [row])
        assert answer.status == 422, (kind, row)
        assert [it["field"] for it in answer.words["problems"]] == [field], (kind, answer.words)
    linkedin = {**day, "platform": "linkedin", "likes": -3, "reach": None, "reach_7d": None}
    assert (await sqlite_shop.send("days", [linkedin])).status == 200


async def test_the_days_of_a_body_hold_its_rows(sqlite_shop: Sender) -> None:
    """A row outside them would lie in days that were never read."""
    body = {"rows": [ORDER, {**ORDER, "id": "o3", "at": "2026-11-10T09:30:00Z"}]}
    said = body | {"start": "2026-11-15", "end": "2026-11-22"}
    answer = await sqlite_shop.send("orders", raw=json.dumps(said).encode())
    assert [it["row"] for it in answer.words["problems"]] == [2]
    for start, end in (("2026-11-15", None), ("2026-11-15", "2026-11-15"), (1, 2)):
        raw = json.dumps(body | {"start": start, "end": end}).encode()
        assert (await sqlite_shop.send("orders", raw=raw)).status == 422


def test_a_name_twice_a_constant_or_half_a_text_is_no_json() -> None:
    """Which of two values is meant cannot be told; NaN is no number; depth has an end."""
    wrong = (b'{"rows": [{"id": 1, "id": 2}]}', b'{"rows": [NaN]}', b"\xff", b"[" * 100_000)
    for raw in (*wrong, b'{"rows": [' + b"9" * 5000 + b"]}", b"", b"{"):
        with pytest.raises(BadBody, match="JSON"):
            parse(raw)


async def test_malformed_bodies_are_answered_over_the_wire(
    sqlite_shop: Sender, log: io.StringIO
) -> None:
    """Never a 500 or a traceback; of what is refused there is no trace but a line."""
    generator, refused = random.Random(7), 0
    before = everything(sqlite_shop.database)
    for _ in range(55):
        kind, raw = distort(generator)
        answer = await sqlite_shop.send(kind, raw=raw)
        if answer.status == 200:
            before = everything(sqlite_shop.database)
            continue
        assert answer.status == 422, (kind, raw[:300], answer.words)
        assert answer.words["error"]
        assert everything(sqlite_shop.database) == before
        refused += 1
    assert refused > 30
    lines = [json.loads(it) for it in log.getvalue().splitlines()]
    assert {it["event"] for it in lines} == {"ingest"}
    assert "exception" not in log.getvalue()


def test_whatever_is_sent_is_stored_or_refused(database: Database) -> None:
    """Bodies of every kind with parts cut, swapped, added: 200 or 422, never a fault."""
    workspace = prepare(database)
    with database.write() as connection:
        token = ingest.add_token(connection, workspace, "shop", (), NOW)
        row = ingest.find_token(connection, workspace, token)
    assert row is not None
    generator, seen = random.Random(1 + database.sqlite), set()
    for turn in range(DISTORTED):
        kind, raw = distort(generator)
        request = Request(row, kind, f"{turn}", generator.random() < 0.3, raw)
        reply = take_in(database, workspace, request, NOW)
        assert reply.status in (200, 422), raw[:300]
        json.dumps(reply.words)
        seen.add(reply.status)
    assert seen == {200, 422}
