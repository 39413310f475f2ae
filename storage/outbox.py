"""The outbox: what is due, what is owed, and what became of it (reliability §2).

``due`` → ``sending`` → ``sent``; or ``missed`` (too late), ``dropped`` (pointless), ``dead``. Who
is sending what is ``storage.sending``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.outgoing_tables import Delivery
from storage.tables import table_of

DELIVERY = table_of(Delivery)


class DeliveryRow(NamedTuple):
    """A message that is due, under way, or out."""

    id: int
    channel: str
    kind: str
    period: str
    due: datetime
    expires: datetime | None
    state: str
    wake: datetime
    tries: int
    holder: str
    beat: int
    parent: int | None
    body: str
    why: str
    late: bool
    bare: bool
    posted_in: str
    ts: str
    sent: datetime | None

    @property
    def is_doubtful(self) -> bool:
        """Whether it was tried before, and may be out."""
        return bool(self.why)

    @property
    def details(self) -> dict[str, Any]:
        """Return what the writer was given."""
        return dict(json.loads(self.body))


COLUMNS = tuple(DELIVERY.c[name] for name in DeliveryRow._fields)


def add(
    connection: Connection,
    workspace: int,
    *,
    channel: str,
    kind: str,
    period: str,
    due: datetime,
    now: datetime,
    body: Mapping[str, Any] | None = None,
    expires: datetime | None = None,
    parent: int | None = None,
    revive: bool = False,
) -> bool:
    """Write down that a message is due; say whether that changed anything.

    The same (channel, kind, period) a second time adds nothing. With ``revive`` it is due again
    where it was dropped or missed; what is out, or under way, or given up, stays as it is.
    """
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = insert(DELIVERY).values(
        workspace=workspace,
        channel=channel,
        kind=kind,
        period=period,
        due=due,
        expires=expires,
        state="due",
        wake=due,
        tries=0,
        holder="",
        beat=0,
        parent=parent,
        body=json.dumps(dict(body or {}), ensure_ascii=False),
        why="",
        late=False,
        bare=False,
        posted_in="",
        ts="",
        made=now,
    )
    keys = ["workspace", "channel", "kind", "period"]
    if revive:
        new = statement.excluded
        statement = statement.on_conflict_do_update(
            index_elements=keys,
            set_={
                "state": "due",
                "due": new.due,
                "wake": new.due,
                "expires": new.expires,
                "body": new.body,
                "tries": 0,
                "why": "",
            },
            where=(DELIVERY.c.workspace == workspace) & DELIVERY.c.state.in_(("dropped", "missed")),
        )
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    return connection.execute(statement.returning(DELIVERY.c.id)).first() is not None


def expire(connection: Connection, workspace: int, now: datetime) -> list[DeliveryRow]:
    """Give up what is too late to be sent, and return it: somebody has to be told."""
    statement = (
        update(DELIVERY)
        .where(*of(workspace), DELIVERY.c.state == "due", DELIVERY.c.expires < now)
        .values(state="missed", why="too late")
        .returning(*COLUMNS)
    )
    return [DeliveryRow._make(row) for row in connection.execute(statement)]


def drop_orphans(connection: Connection, workspace: int) -> int:
    """Drop what belongs into the thread of a message that will never be out; return how many."""
    above = DELIVERY.alias()
    lost = select(above.c.id).where(
        above.c.workspace == workspace, above.c.state.in_(("dropped", "dead", "missed"))
    )
    statement = update(DELIVERY).where(
        *of(workspace), DELIVERY.c.state == "due", DELIVERY.c.parent.in_(lost)
    )
    return connection.execute(statement.values(state="dropped", why="no thread")).rowcount


def drop(
    connection: Connection, workspace: int, channel: str, kind: str, period: str, why: str
) -> bool:
    """Let a message that is due, and not under way, never be sent."""
    statement = update(DELIVERY).where(
        *of_key(workspace, channel, kind, period), DELIVERY.c.state == "due"
    )
    return connection.execute(statement.values(state="dropped", why=why[:200])).rowcount > 0


# --- pictures that are still owed


def owed(connection: Connection, workspace: int, now: datetime, tries: int) -> list[DeliveryRow]:
    """Return messages that are out without their picture, to be tried again by now."""
    statement = reading(workspace).where(
        DELIVERY.c.state == "sent",
        DELIVERY.c.bare.is_(True),
        DELIVERY.c.wake <= now,
        DELIVERY.c.tries < tries,
    )
    return rows_of(connection, statement.order_by(DELIVERY.c.wake).limit(8))


def settle_picture(
    connection: Connection, workspace: int, row: DeliveryRow, wake: datetime | None
) -> None:
    """Note that a picture has joined its message, or when (``wake``) it is tried again."""
    statement = update(DELIVERY).where(*of(workspace), DELIVERY.c.id == row.id)
    if wake is None:
        connection.execute(statement.values(bare=False))
    else:
        connection.execute(statement.values(wake=wake, tries=DELIVERY.c.tries + 1))


# --- looking


def find(
    connection: Connection, workspace: int, channel: str, kind: str, period: str
) -> DeliveryRow | None:
    """Return a message by its key."""
    statement = select(*COLUMNS).where(*of_key(workspace, channel, kind, period))
    row = connection.execute(statement).one_or_none()
    return None if row is None else DeliveryRow._make(row)


def by_id(connection: Connection, workspace: int, delivery: int) -> DeliveryRow | None:
    row = connection.execute(reading(workspace).where(DELIVERY.c.id == delivery)).one_or_none()
    return None if row is None else DeliveryRow._make(row)


def busy(connection: Connection, workspaces: Sequence[int], now: datetime) -> set[int]:
    """Return which of some workspaces have anything that is due, or under way."""
    statement = (
        select(DELIVERY.c.workspace)
        .where(
            DELIVERY.c.workspace.in_(workspaces),
            DELIVERY.c.state.in_(("due", "sending")),
            DELIVERY.c.wake <= now,
        )
        .distinct()
    )
    return {int(it) for it in connection.execute(statement).scalars()}


def overdue(connection: Connection, workspace: int, before: datetime) -> list[DeliveryRow]:
    """Return what was to be out before a moment and is not, nor waits for a parent."""
    statement = reading(workspace).where(
        DELIVERY.c.state.in_(("due", "sending")),
        DELIVERY.c.wake < before,
        DELIVERY.c.parent.is_(None),
    )
    return rows_of(connection, statement.order_by(DELIVERY.c.wake))


def in_state(
    connection: Connection,
    workspace: int,
    states: Sequence[str],
    *,
    kinds: Sequence[str] = (),
    since: datetime | None = None,
    limit: int = 1_000,
) -> list[DeliveryRow]:
    """Return messages in some states, the latest due first; of some kinds.

    ``since``: due since then, or written down since: what was missed long ago is found late.
    """
    statement = reading(workspace).where(DELIVERY.c.state.in_(states))
    if kinds:
        statement = statement.where(DELIVERY.c.kind.in_(kinds))
    if since is not None:
        statement = statement.where((DELIVERY.c.due >= since) | (DELIVERY.c.made >= since))
    ordered = statement.order_by(DELIVERY.c.due.desc(), DELIVERY.c.id.desc())
    return rows_of(connection, ordered.limit(limit))


def count_states(connection: Connection, workspace: int) -> dict[tuple[str, str], int]:
    """Return how many messages of each kind are in each state, by (kind, state)."""
    statement = (
        select(DELIVERY.c.kind, DELIVERY.c.state, func.count())
        .where(*of(workspace))
        .group_by(DELIVERY.c.kind, DELIVERY.c.state)
    )
    return {(kind, state): int(count) for kind, state, count in connection.execute(statement)}


def forget_older(connection: Connection, workspace: int, before: datetime) -> int:
    """Forget what became final before a moment; periods never come back that far."""
    statement = delete(DELIVERY).where(
        *of(workspace),
        DELIVERY.c.state.in_(("sent", "dropped", "missed", "dead")),
        DELIVERY.c.due < before,
    )
    return connection.execute(statement).rowcount


def of(workspace: int) -> tuple[ColumnElement[bool], ...]:
    return (DELIVERY.c.workspace == workspace,)


def of_key(workspace: int, channel: str, kind: str, period: str) -> tuple[ColumnElement[bool], ...]:
    return (
        *of(workspace),
        DELIVERY.c.channel == channel,
        DELIVERY.c.kind == kind,
        DELIVERY.c.period == period,
    )


def reading(workspace: int) -> Select[Any]:
    return select(*COLUMNS).where(*of(workspace))


def rows_of(connection: Connection, statement: Select[Any]) -> list[DeliveryRow]:
    return [DeliveryRow._make(row) for row in connection.execute(statement)]
