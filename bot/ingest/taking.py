"""Taking a request in: its rows, its import and the answer to it are stored together, or none.

A request is known by its token and its idempotency key. Whatever dies whenever, the same request
sent again is stored once and answered with the same words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.ingest.batches import Origin, make_batch
from bot.ingest.bodies import BadBody, count_rows, read_body
from bot.ingest.brands import name_strangers
from bot.ingest.kinds import INGESTS
from storage import ingest
from storage.batch import BadRow, Batch
from storage.database import Database, take_turns
from storage.errors import KepiError
from storage.imports import Imported, store
from storage.ingest import SeenRow, TokenRow
from storage.workspaces import zone_of

MOST_NAMED = 100
"""Problems named in one answer."""
OK, CONFLICT, UNREADABLE, BUSY = 200, 409, 422, 503


@dataclass(frozen=True)
class Request:
    """What was asked for, once it is known by whom."""

    token: TokenRow
    kind: str
    key: str
    good_rows: bool
    raw: bytes

    @property
    def digest(self) -> str:
        """The same for the same request: what is sent where, and how it is meant."""
        head = f"{self.kind} {self.good_rows}\n".encode()
        return hashlib.sha256(head + self.raw).hexdigest()


@dataclass(frozen=True)
class Reply:
    """What is answered."""

    status: int
    words: Mapping[str, Any]
    is_repeated: bool = False
    """The request was taken in before; this is what was said then."""


class Within(Database):
    """A database whose writing joins a transaction that is under way."""

    def __init__(self, database: Database, connection: Connection) -> None:
        self.url, self.sqlite = database.url, database.sqlite
        self._database, self._connection = database, connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self._database.read() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        yield self._connection


def take_in(database: Database, workspace: int, request: Request, now: datetime) -> Reply:
    """Store a request's rows, once; every trouble that the sender can mend is a reply."""
    digest = request.digest
    with database.read() as connection:
        before = find_reply(connection, workspace, request, digest)
        zone = ZoneInfo(zone_of(connection, workspace))
    if before is not None:
        return before
    try:
        body = read_body(request.raw, INGESTS[request.kind], now)
        batch = make_batch(body, Origin(request.kind, digest, zone))
    except BadBody as trouble:
        return Reply(UNREADABLE, {"error": str(trouble)})
    try:
        return keep(database, workspace, request, batch, now)
    except KepiError as trouble:
        if isinstance(trouble.__cause__, SQLAlchemyError):
            return Reply(BUSY, {"error": str(trouble)})
        return Reply(UNREADABLE, {"error": str(trouble)})


def find_reply(
    connection: Connection, workspace: int, request: Request, digest: str
) -> Reply | None:
    """Return what was answered to this request, or that its key belongs to another one."""
    seen = ingest.find_seen(connection, workspace, request.token.id, request.key)
    if seen is None:
        return None
    if seen.body_hash == digest:
        return Reply(seen.status, seen.answer, is_repeated=True)
    words = "This Idempotency-Key came with another request. Give each request a key of its own."
    return Reply(CONFLICT, {"error": words})


def keep(
    database: Database, workspace: int, request: Request, batch: Batch, now: datetime
) -> Reply:
    """Store a batch and the answer to its request in one transaction."""
    with database.write() as connection:
        take_turns(connection, workspace)
        digest = request.digest
        before = find_reply(connection, workspace, request, digest)
        if before is not None:
            return before
        strangers = name_strangers(connection, workspace, batch)
        batch = without(batch, strangers)
        if batch.bad and not (request.good_rows and has_rows(batch)):
            return Reply(UNREADABLE, refuse_rows(batch.bad, request.good_rows))
        by = f"token:{request.token.name}"
        done = store(Within(database, connection), workspace, batch, by, now, good_rows=True)
        words = report(done)
        seen = SeenRow(digest, OK, words)
        ingest.keep_seen(connection, workspace, request.token.id, request.key, seen, now)
        ingest.mark_used(connection, workspace, request.token.id, now)
    return Reply(OK, words)


def without(batch: Batch, strangers: Sequence[BadRow]) -> Batch:
    """Return a batch whose bad rows are more by these."""
    if not strangers:
        return batch
    lines = {it.line for it in strangers}
    return replace(
        batch,
        mentions=tuple(it for it in batch.mentions if it.line not in lines),
        records=tuple(
            some._replace(rows=tuple(it for it in some.rows if it.line not in lines))
            for some in batch.records
        ),
        bad=tuple(sorted((*batch.bad, *strangers), key=lambda it: it.line)),
    )


def has_rows(batch: Batch) -> bool:
    parts = (batch.posts, batch.days, batch.windows, batch.mentions)
    return any(parts) or any(it.rows for it in batch.records)


def report(done: Imported) -> dict[str, Any]:
    """Return what storing did, as the sender reads it."""
    words: dict[str, Any] = {
        "import": done.id,
        "rows": done.rows,
        "added": done.added,
        "changed": done.changed,
        "same": done.same,
    }
    if done.new_accounts:
        words["new_accounts"] = [f"{it.platform}/{it.handle}" for it in done.new_accounts]
    if done.notes:
        words["notes"] = list(done.notes)
    if done.left_out:
        words |= {"left_out": count_rows(done.left_out)} | name_rows(done.left_out)
    return words


def refuse_rows(bad: Sequence[BadRow], good_rows: bool) -> dict[str, Any]:
    """Return why nothing was stored."""
    many = count_rows(bad)
    rows = "1 row" if many == 1 else f"{many:,} rows"
    mend = "" if good_rows else " Mend them, or add ?good_rows=1 to store the others."
    return {"error": f"{rows} cannot be stored, so nothing was.{mend}"} | name_rows(bad)


def name_rows(bad: Sequence[BadRow]) -> dict[str, Any]:
    """Return every problem by row and field, up to a hundred, and how many more there are."""
    named = [{"row": it.line, "field": it.column, "reason": it.reason} for it in bad[:MOST_NAMED]]
    more = len(bad) - len(named)
    return {"problems": named} | ({"more_problems": more} if more else {})
