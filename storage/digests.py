"""Digests as rows: what each channel gets by itself. Their periods: ``storage.digest_periods``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.outgoing_tables import Digest
from storage.overtaken import Overtaken, overtaken_by
from storage.setting_changes import last_change
from storage.tables import table_of

DIGEST = table_of(Digest)
KIND = "digest"
"""Kind of the deliveries that are digests; their period is ``ID:KEY``."""


class DigestRow(NamedTuple):
    """A digest as it is kept; ``id`` is 0 before it is."""

    id: int
    channel: str
    cadence: str
    zone: str
    weekday: int
    day: int
    hour: int
    minute: int
    language: str
    """Empty: its channel's, whichever that is when it goes out."""
    kpis: tuple[str, ...]
    scope: Mapping[str, Sequence[Any]]
    parts: tuple[str, ...]
    """What is left out."""
    owner: str
    by: str
    made: datetime
    since: datetime
    paused: datetime | None
    removed: datetime | None
    company: str
    version: int


COLUMNS = tuple(DIGEST.c[name] for name in DigestRow._fields)
CHOSEN = (
    *("channel", "cadence", "zone", "weekday", "day", "hour", "minute"),
    *("language", "kpis", "scope", "parts", "owner", "company"),
)
"""What a form decides."""
WRITTEN = frozenset({"kpis", "scope", "parts"})
"""Columns of JSON."""


def usual(channel: str, zone: str, owner: str, at: datetime) -> DigestRow:
    """Return what a digest is unless somebody chooses otherwise: every Monday at 09:00."""
    return DigestRow(
        id=0,
        channel=channel,
        cadence="weekly",
        zone=zone,
        weekday=0,
        day=1,
        hour=9,
        minute=0,
        language="",
        kpis=(),
        scope={},
        parts=(),
        owner=owner,
        by=owner,
        made=at,
        since=at,
        paused=None,
        removed=None,
        company="",
        version=0,
    )


def read(row: Row[Any]) -> DigestRow:
    values = dict(zip(DigestRow._fields, row, strict=True))
    for name in WRITTEN:
        values[name] = json.loads(values[name])
    return DigestRow(**(values | {"kpis": tuple(values["kpis"]), "parts": tuple(values["parts"])}))


def write_down(row: DigestRow) -> dict[str, Any]:
    """Return the columns that a form decides."""
    values = row._asdict()
    return {
        name: json.dumps(values[name], ensure_ascii=False) if name in WRITTEN else values[name]
        for name in CHOSEN
    }


def of(workspace: int, digest: int) -> tuple[ColumnElement[bool], ...]:
    return DIGEST.c.workspace == workspace, DIGEST.c.id == digest


def reading(workspace: int) -> Select[Any]:
    return select(*COLUMNS).where(DIGEST.c.workspace == workspace)


def all_digests(connection: Connection, workspace: int) -> list[DigestRow]:
    """Return every digest that was not removed, the oldest first."""
    statement = reading(workspace).where(DIGEST.c.removed.is_(None)).order_by(DIGEST.c.id)
    return [read(row) for row in connection.execute(statement)]


def by_id(connection: Connection, workspace: int, digest: int) -> DigestRow | None:
    """Return a digest, a removed one too."""
    row = connection.execute(select(*COLUMNS).where(*of(workspace, digest))).one_or_none()
    return None if row is None else read(row)


def add(connection: Connection, workspace: int, wanted: DigestRow, now: datetime) -> int | None:
    """Keep a new digest and return its id; nothing where the channel has one of that cadence.

    One that was removed comes back as it is wanted now, its history with it.
    """
    place = (
        DIGEST.c.workspace == workspace,
        DIGEST.c.channel == wanted.channel,
        DIGEST.c.cadence == wanted.cadence,
    )
    fresh = {
        **write_down(wanted),
        "by": wanted.by,
        "made": now,
        "since": now,
        "paused": None,
        "removed": None,
    }
    again = (
        update(DIGEST)
        .where(*place, DIGEST.c.removed.is_not(None))
        .values(**fresh, version=DIGEST.c.version + 1)
    )
    held = connection.execute(again.returning(DIGEST.c.id)).scalar_one_or_none()
    if held is not None:
        return int(held)
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = (
        make(DIGEST).values(workspace=workspace, version=1, **fresh).on_conflict_do_nothing()
    )
    made = connection.execute(statement.returning(DIGEST.c.id)).scalar_one_or_none()
    return None if made is None else int(made)


def change(connection: Connection, workspace: int, wanted: DigestRow, now: datetime) -> None:
    """Keep a digest as it is wanted; raises ``Overtaken`` if it is not ``wanted.version`` any more.

    Where it comes, or when, only counts from now on: nothing that would have been due is sent.
    """
    held = by_id(connection, workspace, wanted.id)
    if held is None:
        raise Overtaken(is_gone=True)
    if held.removed is None and write_down(held) == write_down(wanted):
        return  # nobody who has it open is overtaken by what changes nothing
    moved = any(
        getattr(held, name) != getattr(wanted, name)
        for name in ("channel", "cadence", "zone", "weekday", "day", "hour", "minute")
    )
    values = write_down(wanted) | {"version": DIGEST.c.version + 1, "removed": None}
    statement = (
        update(DIGEST)
        .where(*of(workspace, wanted.id), DIGEST.c.version == wanted.version)
        .values(**values, since=now if moved else DIGEST.c.since)
    )
    if not connection.execute(statement).rowcount:
        raise overtaken(connection, workspace, held)


def overtaken(connection: Connection, workspace: int, row: DigestRow) -> Overtaken:
    """Return what to raise for a digest that is not as somebody saw it: it is ``row`` now."""
    key = key_of(row.cadence)
    if row.removed is None:
        return overtaken_by(last_change(connection, workspace, key, row.channel))
    last = last_change(connection, workspace, key, row.channel, after="")
    return overtaken_by(last, is_gone=True) if last else Overtaken(at=row.removed, is_gone=True)


def key_of(cadence: str) -> str:
    """Return what the history of settings calls a channel's digest."""
    return f"digest.{cadence}"


def is_taken(connection: Connection, workspace: int, wanted: DigestRow) -> bool:
    """Say whether another digest of that cadence, kept or removed, has the channel."""
    statement = select(DIGEST.c.id).where(
        DIGEST.c.workspace == workspace,
        DIGEST.c.channel == wanted.channel,
        DIGEST.c.cadence == wanted.cadence,
        DIGEST.c.id != wanted.id,
    )
    return connection.execute(statement).first() is not None


def pause(connection: Connection, workspace: int, digest: int, now: datetime) -> bool:
    """Let nothing come until it is resumed; say whether that changed anything."""
    statement = (
        update(DIGEST)
        .where(*of(workspace, digest), DIGEST.c.paused.is_(None))
        .values(paused=now, version=DIGEST.c.version + 1)
    )
    return connection.execute(statement).rowcount > 0


def resume(connection: Connection, workspace: int, digest: int, now: datetime) -> bool:
    """Let it come again from the next one on: what was due meanwhile is not sent."""
    statement = (
        update(DIGEST)
        .where(*of(workspace, digest), DIGEST.c.paused.is_not(None))
        .values(paused=None, since=now, version=DIGEST.c.version + 1)
    )
    return connection.execute(statement).rowcount > 0


def remove(connection: Connection, workspace: int, digest: int, now: datetime) -> bool:
    """Let it end; its history stays."""
    statement = (
        update(DIGEST)
        .where(*of(workspace, digest), DIGEST.c.removed.is_(None))
        .values(removed=now, version=DIGEST.c.version + 1)
    )
    return connection.execute(statement).rowcount > 0


def restore(connection: Connection, workspace: int, digest: int) -> bool:
    """Take its removal back: it goes on as it was."""
    statement = (
        update(DIGEST)
        .where(*of(workspace, digest), DIGEST.c.removed.is_not(None))
        .values(removed=None, version=DIGEST.c.version + 1)
    )
    return connection.execute(statement).rowcount > 0
