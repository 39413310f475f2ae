"""The door of ingest, served over real sockets on a database of its own."""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy import text

from bot import logs
from bot.garbled import stay_calm
from bot.ingest.door import Desk, open_ingest
from storage.accounts import add_account
from storage.database import Database
from storage.ingest import add_token
from storage.workspaces import only_workspace

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
KEYS = itertools.count(1)


class Answer(NamedTuple):
    status: int
    words: dict[str, Any]
    headers: Mapping[str, str]


@dataclass
class Sender:
    """A program that sends rows, with the token of a source called “shop”."""

    url: str
    database: Database
    workspace: int
    token: str
    http: aiohttp.ClientSession
    desk: Desk
    usual: dict[str, str] = field(default_factory=dict)

    async def send(
        self,
        kind: str,
        rows: object = None,
        *,
        key: str | None = None,
        raw: bytes | None = None,
        query: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send rows, or a body as it is; ``headers`` replace the usual ones, “” removes one."""
        said = {
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": f"key-{next(KEYS)}" if key is None else key,
            "Content-Type": "application/json",
        }
        said |= headers or {}
        body = json.dumps({"rows": rows}).encode() if raw is None else raw
        said = {name: it for name, it in said.items() if it}
        async with self.http.post(
            f"{self.url}/ingest/v1/{kind}{query}",
            data=body,
            headers=said,
            skip_auto_headers=["Content-Type"],
        ) as answer:
            words = await answer.json() if answer.content_type == "application/json" else {}
            return Answer(answer.status, words, answer.headers)

    def add_token(self, name: str, *kinds: str) -> str:
        with self.database.write() as connection:
            return add_token(connection, self.workspace, name, kinds, NOW)

    def select(self, statement: str) -> list[tuple[Any, ...]]:
        with self.database.read() as connection:
            return [tuple(row) for row in connection.execute(text(statement))]


def everything(database: Database) -> dict[str, list[str]]:
    """Return all rows of all tables."""
    from sqlmodel import SQLModel

    with database.read() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select())))
            for table in SQLModel.metadata.sorted_tables
        }


def prepare(database: Database) -> int:
    """Make a workspace with an own brand and a rival's."""
    with database.write() as connection:
        home = only_workspace(connection)
        add_account(connection, home.id, "instagram", "acme", "Acme")
        add_account(connection, home.id, "x", "rival", "Rival", own=False)
    return home.id


@asynccontextmanager
async def serve(database: Database, workspace: int) -> AsyncIterator[tuple[str, Desk]]:
    """Serve the door on a free port of the loopback."""
    stay_calm()
    site, desk = web.Application(), Desk(database, workspace, lambda: NOW)
    open_ingest(site, desk)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", desk
    finally:
        await runner.cleanup()


@asynccontextmanager
async def open_door(database: Database) -> AsyncIterator[Sender]:
    workspace = prepare(database)
    with database.write() as connection:
        token = add_token(connection, workspace, "shop", (), NOW)
    async with serve(database, workspace) as (url, desk), aiohttp.ClientSession() as http:
        yield Sender(url, database, workspace, token, http, desk)


@pytest.fixture
async def shop(database: Database) -> AsyncIterator[Sender]:
    """A sender before an open door, on both kinds of databases."""
    async with open_door(database) as sender:
        yield sender


@pytest.fixture
async def sqlite_shop(sqlite_database: Database) -> AsyncIterator[Sender]:
    """The same where databases make no difference."""
    async with open_door(sqlite_database) as sender:
        yield sender


@pytest.fixture
def log() -> io.StringIO:
    """Everything that is logged, by any library, as it would be written."""
    stream = io.StringIO()
    logs.configure(stream=stream, as_json=True)
    return stream
