"""Every kind of rows, from the wire to its table; and what the tables have, ingest can say."""

from __future__ import annotations

import json
from datetime import timedelta

from bot.ingest.bodies import read_body
from bot.ingest.kinds import INGESTS
from storage.imports import last_imports
from storage.records import KINDS
from storage.undo import undo
from tests.ingest.conftest import NOW, Sender
from tests.ingest.samples import BODIES, HELD


async def test_every_kind_is_stored_as_it_was_sent(shop: Sender) -> None:
    """Names and moments tidied, money in minor units of its own currency, blanks kept blank."""
    assert BODIES.keys() == HELD.keys() == INGESTS.keys()
    for kind, rows in BODIES.items():
        answer = await shop.send(kind, rows)
        assert answer.status == 200, (kind, answer.words)
        assert answer.words["import"], kind
        assert (answer.words["changed"], answer.words["same"]) == (0, 0), kind
        statement, held = HELD[kind]
        assert shop.select(statement) == held, kind
    with shop.database.read() as connection:
        listed = last_imports(connection, shop.workspace, 20)
    assert {it.by for it in listed} == {"token:shop"}
    assert {it.format for it in listed} == {"ingest"}
    assert [it.file_name for it in listed] == [f"{kind}.json" for kind in reversed(BODIES)]


async def test_rows_sent_again_add_nothing_and_can_be_taken_back(shop: Sender) -> None:
    """An ingest is an import like any other: known rows are the same, undo empties the table."""
    made = []
    for kind, rows in BODIES.items():
        first = (await shop.send(kind, rows)).words
        made.append(first["import"])
        again = (await shop.send(kind, rows)).words
        assert (again["import"], again["added"], again["changed"]) == (None, 0, 0), kind
        assert again["same"] == first["added"], kind
    for number in reversed(made):
        undo(shop.database, shop.workspace, number, NOW + timedelta(days=1))
    for kind, (statement, _) in HELD.items():
        assert shop.select(statement) == [], kind


async def test_a_row_told_otherwise_replaces_what_stood(shop: Sender) -> None:
    """By its id, whatever the request."""
    (order, _) = BODIES["orders"]
    await shop.send("orders", [order])
    answer = await shop.send("orders", [{**order, "value": "25.00"}])
    assert answer.words["changed"] == 1
    assert shop.select("SELECT value FROM customer_order") == [(2500,)]


async def test_a_body_of_no_rows_says_that_there_were_none(shop: Sender) -> None:
    """“No order in these days” is told from “never asked”."""
    empty = {"rows": [], "start": "2026-11-01", "end": "2026-11-08"}
    answer = await shop.send("orders", raw=json.dumps(empty).encode())
    assert (answer.status, answer.words["rows"]) == (200, 0)
    watched = "SELECT source, \"end\" - start FROM watched WHERE source = 'orders'"
    assert shop.select(watched) == [("orders", 7)]


async def test_accounts_that_are_new_are_named(shop: Sender) -> None:
    """A misspelt one is seen in the answer."""
    (row, _) = BODIES["days"]
    answer = await shop.send("days", [{**row, "account": "acmee"}])
    assert answer.words["new_accounts"] == ["instagram/acmee"]


async def test_amounts_of_two_currencies_stay_apart(shop: Sender) -> None:
    """The same number in euros, yen and dong: 2, 0 and 0 decimals, a row each, nothing added."""
    order = {"at": "2026-11-20T09:30:00Z", "customer": "c", "value": 100}
    codes = {"EUR": 10000, "JPY": 100, "VND": 100, "KWD": 100000}
    rows = [{**order, "id": code, "currency": code} for code in codes]
    assert (await shop.send("orders", rows)).status == 200
    held = shop.select("SELECT currency, value FROM customer_order ORDER BY currency")
    assert held == sorted(codes.items())


def test_every_column_of_a_record_can_be_said() -> None:
    """Nothing that a table keeps is out of reach of those who send."""
    for kind in KINDS.values():
        body = json.dumps({"rows": BODIES[kind.name][:1]}).encode()
        ((_, row),) = read_body(body, INGESTS[kind.name], NOW).rows
        assert row.told().keys() == set(kind.columns), kind.name
