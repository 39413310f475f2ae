"""A request is taken in once, whatever is sent again, at the same time, or dies in between."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection

from bot.ingest.taking import Request, take_in
from storage import ingest
from storage.database import Database
from storage.imports import last_imports
from storage.undo import undo
from tests.ingest.conftest import NOW, Sender, everything, prepare
from tests.ingest.samples import BODIES

ORDERS = BODIES["orders"]
RAW = b"""{"rows": [
    {"id": "o1", "at": "2026-11-20T09:30:00Z", "customer": "c1", "value": 1, "currency": "EUR"},
    {"id": "o2", "at": "2026-11-20T09:30:00Z", "customer": "c1", "value": 2, "currency": "EUR"}
]}"""


async def test_the_same_request_gets_the_same_answer_again(shop: Sender) -> None:
    """Word for word, also after its import was taken back: it was taken in, once."""
    first = await shop.send("orders", ORDERS, key="one")
    assert "Idempotency-Replayed" not in first.headers
    before = everything(shop.database)
    again = await shop.send("orders", ORDERS, key="one")
    assert (again.status, again.words) == (first.status, first.words)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert everything(shop.database) == before
    undo(shop.database, shop.workspace, first.words["import"], NOW)
    assert (await shop.send("orders", ORDERS, key="one")).words == first.words
    assert shop.select("SELECT 1 FROM customer_order") == []


async def test_a_key_belongs_to_one_request_of_one_token(shop: Sender) -> None:
    """Another body, another kind, another wish: 409; another token's key is its own."""
    await shop.send("orders", ORDERS, key="one")
    others = [
        await shop.send("orders", ORDERS[:1], key="one"),
        await shop.send("touches", ORDERS, key="one"),
        await shop.send("orders", ORDERS, key="one", query="?good_rows=1"),
    ]
    assert [it.status for it in others] == [409] * 3
    token = {"Authorization": f"Bearer {shop.add_token('crm')}"}
    theirs = await shop.send("orders", ORDERS, key="one", headers=token)
    assert (theirs.status, theirs.words["same"]) == (200, 2)


async def test_a_refused_request_keeps_its_key(shop: Sender) -> None:
    """Nothing was taken in: mended, it may be sent under the same key."""
    assert (await shop.send("orders", [{"id": "o1"}], key="one")).status == 422
    assert (await shop.send("orders", ORDERS, key="one")).words["added"] == 2


async def test_twenty_equal_requests_at_once_are_one_import(shop: Sender) -> None:
    """All of them are answered alike."""
    answers = await asyncio.gather(*(shop.send("orders", ORDERS, key="one") for _ in range(20)))
    assert {it.status for it in answers} == {200}
    assert len({repr(it.words) for it in answers}) == 1
    assert sum("Idempotency-Replayed" not in it.headers for it in answers) == 1
    with shop.database.read() as connection:
        assert len(last_imports(connection, shop.workspace)) == 1
    assert shop.select("SELECT count(*) FROM ingest_seen") == [(1,)]


class Dying(Database):
    """A database whose process is killed at the end of its first writing."""

    def __init__(self, url: str, *, is_stored: bool) -> None:
        super().__init__(url)
        self.is_stored = is_stored

    @contextmanager
    def write(self) -> Iterator[Connection]:
        with super().write() as connection:
            yield connection
            if not self.is_stored:
                os.kill(os.getpid(), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)


def take(url: str, workspace: int, token: str, is_stored: bool | None) -> None:
    """Take a request in, in a process of its own; with ``None`` it lives."""
    database = Database(url) if is_stored is None else Dying(url, is_stored=is_stored)
    with database.read() as connection:
        row = ingest.find_token(connection, workspace, token)
    assert row is not None
    take_in(database, workspace, Request(row, "orders", "one", False, RAW), NOW)


@pytest.mark.parametrize("is_stored", [False, True])
def test_a_crash_before_the_answer_changes_nothing(database: Database, is_stored: bool) -> None:
    """Killed just before the rows are stored, or after and before the answer: sent again, there is
    one import, and the answer is the one that would have come."""
    workspace = prepare(database)
    with database.write() as connection:
        token = ingest.add_token(connection, workspace, "shop", (), NOW)
    url = database.url.render_as_string(hide_password=False)
    process = multiprocessing.get_context("spawn").Process(
        target=take, args=(url, workspace, token, is_stored)
    )
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    with database.read() as connection:
        row = ingest.find_token(connection, workspace, token)
        assert len(last_imports(connection, workspace)) == is_stored
    assert row is not None
    reply = take_in(database, workspace, Request(row, "orders", "one", False, RAW), NOW)
    assert reply.is_repeated == is_stored
    with database.read() as connection:
        (made,) = last_imports(connection, workspace)
    assert reply.words == {"import": made.id, "rows": 2, "added": 2, "changed": 0, "same": 0}


def test_equal_requests_to_two_processes_are_one_import(database: Database) -> None:
    """Two bots on one database, each unaware of the other."""
    workspace = prepare(database)
    with database.write() as connection:
        token = ingest.add_token(connection, workspace, "shop", (), NOW)
    url = database.url.render_as_string(hide_password=False)
    spawn = multiprocessing.get_context("spawn")
    running = [spawn.Process(target=take, args=(url, workspace, token, None)) for _ in range(3)]
    for process in running:
        process.start()
    for process in running:
        process.join(60)
    assert [it.exitcode for it in running] == [0, 0, 0]
    with database.read() as connection:
        (made,) = last_imports(connection, workspace)
    assert (made.added, made.by) == (2, "token:shop")
