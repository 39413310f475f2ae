"""The thread under an incident's message: what happened, in the order in which it did.

A line is a delivery like any other, so it comes once; it waits until the first message is out.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from commands.alerts.message import ended
from commands.alerts.outsiders import is_unwanted_of
from commands.blocks import Block, escape, section
from commands.context import Context
from commands.letters import Letter, Pointless, Written

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.incidents import IncidentRow
    from storage.outbox import DeliveryRow

ALERT, STORY = "alert", "alert-story"
HOURLY = timedelta(hours=1)
"""How it stands is told at most so often; what people do and the end are told at once."""
NEVER_LATE = timedelta(days=2)


def period_of(incident: int) -> str:
    """Return the period under which an incident's first message is in the outbox."""
    return f"incident:{incident}"


def add_alert(connection: Connection, workspace: int, row: IncidentRow, owner: str) -> None:
    """Let the first message of an incident be sent; ``owner`` is told if it cannot be."""
    from storage import outbox

    outbox.add(
        connection,
        workspace,
        channel=row.channel,
        kind=ALERT,
        period=period_of(row.id),
        due=row.found,
        now=row.found,
        body={"incident": row.id, "owner": owner},
    )


def add_line(
    connection: Connection, workspace: int, row: IncidentRow, what: str, words: str, now: datetime
) -> bool:
    """Let a line follow in the thread; ``what`` names it, so that it comes once."""
    from storage import outbox

    first = outbox.find(connection, workspace, row.channel, ALERT, period_of(row.id))
    if first is None:
        return False
    return outbox.add(
        connection,
        workspace,
        channel=row.channel,
        kind=STORY,
        period=f"{period_of(row.id)}:{what}",
        due=now,
        now=now,
        body={"incident": row.id, "words": ended(words)},
        expires=now + NEVER_LATE,
        parent=first.id,
    )


def may_tell(row: IncidentRow, words: str, now: datetime) -> bool:
    """Say whether how it stands is worth a line: something new, an hour after the last one."""
    facts = row.details
    told = datetime.fromisoformat(str(facts.get("told") or row.found.isoformat()))
    return words != facts.get("told_words") and now - told >= HOURLY


async def write_line(context: Context, row: DeliveryRow) -> Written:
    """Write one line of a thread."""
    words = escape(str(row.details.get("words") or ""))
    if not words:
        return Pointless("there is nothing to say")
    if await is_unwanted_of(context, row.channel, int(row.details.get("incident") or 0)):
        return Pointless("shared with another company")
    blocks: list[Block] = [section(words)]
    return Letter(words, lambda _files: blocks)
