"""Desks: the channels that Kepi was asked to track, what holds in them, and how far it heard.

A desk is known by its channel's id. Rules are kept in versions, each from its moment on.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, insert, select, update

from storage.bulk import run
from storage.issue_tables import Desk, DeskRules, RelayRule
from storage.moved import change_channel_id
from storage.tables import instant_number, table_of

__all__ = [
    "DeskRow",
    "RelayRow",
    "add_relay_rule",
    "add_rules",
    "all_desks",
    "change_channel_id",
    "find",
    "folded",
    "make",
    "mark_alive",
    "mark_catching_up",
    "mark_gone",
    "raise_high_water",
    "relay_rules",
    "remove_relay_rule",
    "rename",
    "rules_of",
    "set_folded",
]

DESK, RULES, RELAY = table_of(Desk), table_of(DeskRules), table_of(RelayRule)


class DeskRow(NamedTuple):
    """A tracked channel."""

    id: int
    channel: str
    name: str
    folded: int
    """Id of the last entry that the projections hold."""
    high_water: str
    """``ts`` of the newest message heard; empty before the first."""
    alive: datetime | None
    """Until when nothing can have been missed."""
    gone: datetime | None
    catching_up: bool


class RelayRow(NamedTuple):
    """A rule about a program's posts."""

    id: int
    channel: str
    """Empty: in every tracked channel."""
    app: str
    rule: str
    """JSON of ``support.relays.RelayRule``."""
    by: str
    at: datetime


COLUMNS = tuple(DESK.c[name] for name in DeskRow._fields)
RELAY_COLUMNS = tuple(RELAY.c[name] for name in RelayRow._fields)


def make(connection: Connection, workspace: int, channel: str, name: str = "") -> DeskRow:
    """Return a channel's desk, made where there is none; a name that is given is kept."""
    run(
        connection,
        "INSERT INTO desk (workspace, channel, name, folded, high_water, catching_up)"
        " VALUES (?, ?, ?, 0, '', ?) ON CONFLICT (workspace, channel) DO NOTHING",
        (workspace, channel, name, False),
    )
    if name:
        rename(connection, workspace, channel, name)
    made = find(connection, workspace, channel)
    assert made is not None, "it was there or it was made"
    return made


def find(connection: Connection, workspace: int, channel: str) -> DeskRow | None:
    """Return a channel's desk, or nothing where it is not tracked."""
    row = connection.execute(select(*COLUMNS).where(here(workspace, channel))).one_or_none()
    return None if row is None else DeskRow._make(row)


def all_desks(connection: Connection, workspace: int) -> list[DeskRow]:
    """Return a workspace's desks, in the order in which they were made."""
    statement = select(*COLUMNS).where(DESK.c.workspace == workspace).order_by(DESK.c.id)
    return [DeskRow._make(row) for row in connection.execute(statement)]


def here(workspace: int, channel: str) -> ColumnElement[bool]:
    return (DESK.c.workspace == workspace) & (DESK.c.channel == channel)


def change(connection: Connection, workspace: int, channel: str, **values: Any) -> None:
    connection.execute(update(DESK).where(here(workspace, channel)).values(values))


def rename(connection: Connection, workspace: int, channel: str, name: str) -> None:
    """Keep a channel's new name, for people to read."""
    change(connection, workspace, channel, name=name)


def folded(connection: Connection, workspace: int, channel: str) -> int:
    """Return the id of the last entry that the projections of a channel hold; 0 at first."""
    desk = find(connection, workspace, channel)
    return 0 if desk is None else desk.folded


def set_folded(connection: Connection, workspace: int, channel: str, entry: int) -> None:
    """Say that the projections hold a channel's entries up to an id.

    A channel that nobody set up gets a desk by this: somebody tracked a message there.
    """
    run(
        connection,
        "INSERT INTO desk (workspace, channel, name, folded, high_water, catching_up)"
        " VALUES (?, ?, '', ?, '', ?)"
        " ON CONFLICT (workspace, channel) DO UPDATE SET folded = excluded.folded",
        (workspace, channel, entry, False),
    )


def mark_gone(connection: Connection, workspace: int, channel: str, since: datetime | None) -> None:
    """Say since when Kepi is out of a channel; nothing: it is in."""
    change(connection, workspace, channel, gone=since)


def mark_catching_up(connection: Connection, workspace: int, channel: str, is_so: bool) -> None:
    """Say whether a channel's gap is being read back; its digests and alarms wait meanwhile."""
    change(connection, workspace, channel, catching_up=is_so)


def raise_high_water(connection: Connection, workspace: int, channel: str, ts: str) -> None:
    """Say that a message was heard; one older than the newest changes nothing."""
    held = select(DESK.c.high_water).where(here(workspace, channel)).with_for_update()
    newest = connection.execute(held).scalar_one_or_none()
    if newest is not None and moment_of(ts) > moment_of(newest):
        change(connection, workspace, channel, high_water=ts)


def moment_of(ts: str) -> tuple[int, str]:
    """Return what orders Slack's ``ts``; an empty one comes first."""
    seconds, _, fraction = ts.partition(".")
    return int(seconds or 0), fraction.ljust(6, "0")


def mark_alive(
    connection: Connection, workspace: int, until: datetime, channels: Iterable[str] | None = None
) -> None:
    """Say that until a moment nothing can have been missed; never back.

    Without ``channels``: in all where Kepi is and whose gap is not still being read.
    """
    wanted: ColumnElement[bool] = DESK.c.gone.is_(None) & DESK.c.catching_up.is_(False)
    if channels is not None:
        wanted = DESK.c.channel.in_(list(channels))
    earlier = DESK.c.alive.is_(None) | (DESK.c.alive < until)
    connection.execute(
        update(DESK).where(DESK.c.workspace == workspace, wanted, earlier).values(alive=until)
    )


def add_rules(
    connection: Connection, workspace: int, channel: str, rules: str, since: datetime, by: str
) -> None:
    """Let rules (JSON) hold in a channel from a moment on; of one moment, the last words count."""
    run(
        connection,
        "INSERT INTO desk_rules (workspace, channel, since, rules, by) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (workspace, channel, since) DO UPDATE SET rules = excluded.rules,"
        " by = excluded.by",
        (workspace, channel, instant_number(since), rules, by),
    )


def rules_of(connection: Connection, workspace: int, channel: str) -> list[tuple[int, str]]:
    """Return every version of a channel's rules: since when (µs) and the JSON, oldest first."""
    statement = (
        select(RULES.c.since, RULES.c.rules)
        .where(RULES.c.workspace == workspace, RULES.c.channel == channel)
        .order_by(RULES.c.since)
    )
    return [(instant_number(since), rules) for since, rules in connection.execute(statement)]


def add_relay_rule(
    connection: Connection,
    workspace: int,
    *,
    app: str,
    rule: str,
    by: str,
    at: datetime,
    channel: str = "",
) -> int:
    """Keep a rule about a program's posts (JSON) and return its id."""
    statement = insert(RELAY).values(
        workspace=workspace, channel=channel, app=app, rule=rule, by=by, at=at
    )
    return int(connection.execute(statement.returning(RELAY.c.id)).scalar_one())


def remove_relay_rule(connection: Connection, workspace: int, rule: int, at: datetime) -> bool:
    """End a rule; say whether it still held."""
    statement = update(RELAY).where(
        RELAY.c.workspace == workspace, RELAY.c.id == rule, RELAY.c.removed.is_(None)
    )
    return connection.execute(statement.values(removed=at)).rowcount > 0


def relay_rules(
    connection: Connection, workspace: int, channel: str | None = None
) -> list[RelayRow]:
    """Return the rules that hold, oldest first: all, or those of a channel with those of every."""
    statement = select(*RELAY_COLUMNS).where(
        RELAY.c.workspace == workspace, RELAY.c.removed.is_(None)
    )
    if channel is not None:
        statement = statement.where(RELAY.c.channel.in_(["", channel]))
    return [RelayRow._make(row) for row in connection.execute(statement.order_by(RELAY.c.id))]
