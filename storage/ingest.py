"""Who may send rows over HTTP, and which requests were taken in already.

Of a token only its SHA-256 is kept. A request is known by its token and its idempotency key; the
row that remembers it is written in the transaction that stores its rows, so that no crash can
fall between the two.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from storage.database import take_turns
from storage.errors import KepiError
from storage.record_tables import IngestSeen, IngestToken
from storage.tables import table_of

TOKEN, SEEN = table_of(IngestToken), table_of(IngestSeen)
PREFIX, RANDOM_BYTES = "kepi_", 32
SHAPE = re.compile(r"kepi_[A-Za-z0-9_-]{43}")
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


class TokenRow(NamedTuple):
    """A source that may send, without what it proves itself with."""

    id: int
    name: str
    kinds: frozenset[str]
    """What it may send; empty: everything."""
    made: datetime
    used: datetime | None
    revoked: datetime | None

    def may_send(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


class SeenRow(NamedTuple):
    """A request that was taken in, and what was answered."""

    body_hash: str
    status: int
    answer: Mapping[str, Any]


COLUMNS = tuple(TOKEN.c[name] for name in TokenRow._fields)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def add_token(
    connection: Connection, workspace: int, name: str, kinds: Iterable[str], made: datetime
) -> str:
    """Let a source send, and return its token, which nobody can read again.

    A name whose token was revoked gets a new one; what it sent before stays known.
    """
    called = read_name(name)
    take_turns(connection, workspace)
    known = next((it for it in tokens(connection, workspace) if it.name == called), None)
    if known is not None and known.revoked is None:
        raise KepiError(
            "{called} has a token. To replace it, first: token revoke {called}", called=called
        )
    token = PREFIX + secrets.token_urlsafe(RANDOM_BYTES)
    values = {
        "digest": digest_of(token),
        "kinds": " ".join(sorted(kinds)),
        "made": made,
        "used": None,
        "revoked": None,
    }
    if known is None:
        connection.execute(insert(TOKEN).values(workspace=workspace, name=called, **values))
    else:
        here = (TOKEN.c.workspace == workspace) & (TOKEN.c.id == known.id)
        connection.execute(update(TOKEN).where(here).values(values))
    return token


def read_name(word: str) -> str:
    """Return a token's name; it stands in lists and in the log."""
    name = word.strip().lower()
    if not NAME.fullmatch(name):
        raise KepiError(
            "“{word}” cannot name a token. Use up to 40 of a–z, 0–9, “.”, “_” and “-”: shop",
            word=word[:60],
        )
    return name


def tokens(connection: Connection, workspace: int) -> list[TokenRow]:
    """Return all tokens by name, revoked ones included."""
    statement = select(*COLUMNS).where(TOKEN.c.workspace == workspace).order_by(TOKEN.c.name)
    return [read_token(*row) for row in connection.execute(statement)]


def read_token(number: int, name: str, kinds: str, *moments: datetime | None) -> TokenRow:
    made, used, revoked = moments
    assert made is not None
    return TokenRow(number, name, frozenset(kinds.split()), made, used, revoked)


def find_token(connection: Connection, workspace: int, token: str) -> TokenRow | None:
    """Return whose token this is; every one is compared, in a time that tells nothing."""
    given = digest_of(token)
    statement = select(TOKEN.c.digest, *COLUMNS).where(
        TOKEN.c.workspace == workspace, TOKEN.c.revoked.is_(None)
    )
    found = None
    for digest, *row in connection.execute(statement):
        if hmac.compare_digest(digest, given):
            found = read_token(*row)
    return found


def workspace_of(connection: Connection, token: str) -> int | None:
    """Return whose workspace a token sends into, where there are several; it is asked by digest."""
    statement = select(TOKEN.c.workspace).where(
        TOKEN.c.digest == digest_of(token), TOKEN.c.revoked.is_(None)
    )
    found = connection.execute(statement).scalar_one_or_none()
    return None if found is None else int(found)


def revoke_token(connection: Connection, workspace: int, name: str, at: datetime) -> None:
    """Let a source send no more, from this moment on."""
    here = (TOKEN.c.workspace == workspace) & (TOKEN.c.name == name.strip().lower())
    statement = update(TOKEN).where(here, TOKEN.c.revoked.is_(None)).values(revoked=at)
    if connection.execute(statement).rowcount:
        return
    live = [it.name for it in tokens(connection, workspace) if it.revoked is None]
    known = f"Tokens: {', '.join(live)}." if live else "There are none."
    raise KepiError("No token in use is called “{name}”. {known}", name=name[:60], known=known)


def mark_used(connection: Connection, workspace: int, token: int, at: datetime) -> None:
    here = (TOKEN.c.workspace == workspace) & (TOKEN.c.id == token)
    connection.execute(update(TOKEN).where(here).values(used=at))


# --- requests


def find_seen(connection: Connection, workspace: int, token: int, key: str) -> SeenRow | None:
    """Return the request of a token that was taken in under a key."""
    statement = select(SEEN.c.body_hash, SEEN.c.status, SEEN.c.answer).where(
        SEEN.c.workspace == workspace, SEEN.c.token == token, SEEN.c.idempotency_key == key
    )
    row = connection.execute(statement).one_or_none()
    return None if row is None else SeenRow(row[0], row[1], json.loads(row[2]))


def keep_seen(
    connection: Connection, workspace: int, token: int, key: str, seen: SeenRow, at: datetime
) -> None:
    """Remember a request, in the transaction that stores its rows."""
    statement = insert(SEEN).values(
        workspace=workspace,
        token=token,
        idempotency_key=key,
        body_hash=seen.body_hash,
        status=seen.status,
        answer=json.dumps(seen.answer, ensure_ascii=False),
        at=at,
    )
    connection.execute(statement)


def forget_older(connection: Connection, workspace: int, before: datetime) -> int:
    """Forget requests that nobody will send again; return how many."""
    here = (SEEN.c.workspace == workspace) & (SEEN.c.at < before)
    return connection.execute(delete(SEEN).where(here)).rowcount
