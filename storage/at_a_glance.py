"""What stands open in a workspace, few columns of each thing and no more statements than things:
Home is read whenever somebody looks at it."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from storage.bulk import fetch
from storage.issue_rows import LIVE
from storage.tables import EPOCH, instant_number


class Sent(NamedTuple):
    """The delivery of one period of a digest."""

    state: str
    due: datetime
    sent: datetime | None


class Desk(NamedTuple):
    """A channel of customer issues: who waits in it, and since when the first of them does."""

    channel: str
    is_tracked: bool
    """Kepi clocks it now; one that it does not keeps its old issues."""
    waiting: int
    since: datetime | None


class OpenAlert(NamedTuple):
    """An incident that is open."""

    channel: str
    thing: str
    facts: str
    """JSON of how it stands."""
    began: datetime

    @property
    def title(self) -> str:
        """What it is, in words."""
        return str(json.loads(self.facts).get("title") or self.thing)


class OpenGoal(NamedTuple):
    """A goal that is open, and its pace as it was told last."""

    scope: str
    """JSON; ``private`` in it: its owner's alone."""
    owner: str
    by: str
    pace: str

    @property
    def is_private(self) -> bool:
        return bool(json.loads(self.scope).get("private"))


def desks(connection: Connection, workspace: int) -> list[Desk]:
    """Return every channel that has issues or is tracked."""
    live = ", ".join("?" * len(LIVE))
    statement = f"""
        SELECT channel, max(tracked), sum(waits), min(since) FROM (
            SELECT channel, CASE WHEN gone IS NULL THEN 1 ELSE 0 END AS tracked,
                0 AS waits, CAST(NULL AS BIGINT) AS since
            FROM desk WHERE workspace = ?
            UNION ALL
            SELECT channel, 0, count(*), min(waiting_since) FROM issue
            WHERE workspace = ? AND state IN ({live})
                AND waiting_since IS NOT NULL AND orphaned IS NULL
            GROUP BY channel
        ) AS found GROUP BY channel ORDER BY channel
    """
    rows = fetch(connection, statement, (workspace, workspace, *LIVE))
    return [Desk(it[0], bool(it[1]), int(it[2]), moment(it[3])) for it in rows]


def last_digests(connection: Connection, workspace: int, many: int = 400) -> dict[str, Sent]:
    """Return the last deliveries of digests, by period as they name it: ``4:2026-W47``.

    The latest due comes first.
    """
    statement = """
        SELECT period, state, due, sent FROM delivery
        WHERE workspace = ? AND kind = 'digest' ORDER BY due DESC, id DESC LIMIT ?
    """
    found: dict[str, Sent] = {}
    for period, state, due, sent in fetch(connection, statement, (workspace, many)):
        at = EPOCH + timedelta(microseconds=due)
        found.setdefault(":".join(period.split(":")[:2]), Sent(state, at, moment(sent)))
    return found


def held_digests(connection: Connection, workspace: int) -> set[str]:
    """Return the periods of digests that somebody holds back, named as deliveries are."""
    statement = "SELECT digest, period FROM digest_run WHERE workspace = ? AND held IS NOT NULL"
    return {f"{digest}:{period}" for digest, period in fetch(connection, statement, (workspace,))}


def open_alerts(connection: Connection, workspace: int) -> list[OpenAlert]:
    """Return the open incidents, the one found last first."""
    statement = """
        SELECT channel, thing, facts, began FROM incident
        WHERE workspace = ? AND closed IS NULL ORDER BY found DESC, id DESC
    """
    return [
        OpenAlert(channel, thing, facts, EPOCH + timedelta(microseconds=began))
        for channel, thing, facts, began in fetch(connection, statement, (workspace,))
    ]


def open_goals(connection: Connection, workspace: int) -> list[OpenGoal]:
    """Return the open goals, those that end first before the others."""
    statement = """
        SELECT scope, owner, by, pace FROM goal
        WHERE workspace = ? AND state = 'open' ORDER BY "end", id
    """
    return [OpenGoal(*it) for it in fetch(connection, statement, (workspace,))]


def count_unsent(
    connection: Connection,
    workspace: int,
    states: Sequence[str],
    since: datetime,
    but: Sequence[str],
) -> int:
    """Return how many messages due or written down since a moment are in ``states``.

    Kinds in ``but`` are left out.
    """
    from_then = instant_number(since)
    statement = f"""
        SELECT count(*) FROM delivery WHERE workspace = ?
            AND state IN ({", ".join("?" * len(states))}) AND (due >= ? OR made >= ?)
            AND kind NOT IN ({", ".join("?" * len(but))})
    """
    found = fetch(connection, statement, (workspace, *states, from_then, from_then, *but))
    return int(found[0][0])


def moment(number: int | None) -> datetime | None:
    return None if number is None else EPOCH + timedelta(microseconds=number)
