"""What the ops channel is told of Kepi itself: too late, standing still, going again, no copy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.blocks import escape, section
from commands.context import Context
from commands.letters import Letter, Writer, Written
from commands.saying import say, say_count

KIND = "ops"
OVERDUE = "watch.overdue"
"""Key of what was told: an alarm is out whose cause is not over."""
LATE, RECOVERED, COPY, DAMAGED = "late", "recovered", "copy", "damaged"
UNERASED = "unerased"


async def write(context: Context, row: object) -> Written:
    """Write an alarm as it stands when it goes out."""
    from storage import outbox
    from storage.outbox import DeliveryRow
    from storage.workspaces import zone_of

    assert isinstance(row, DeliveryRow)
    said = row.details
    if said.get("what") == RECOVERED:
        words = say(RECOVERY)
    elif said.get("what") == COPY:
        words = say_no_copy(str(said.get("why")))
    elif said.get("what") == DAMAGED:
        words = say_damaged(str(said.get("why")))
    elif said.get("what") == UNERASED:
        words = say_unerased(str(said.get("why")))
    else:
        zone = ZoneInfo(await context.read(zone_of, context.home.workspace))
        waiting = [
            it
            for it in await context.read(outbox.overdue, context.home.workspace, row.due)
            if it.id != row.id
        ]
        oldest = datetime.fromisoformat(str(said["oldest"]))
        words = say_overdue(len(waiting), oldest, zone, was=int(said["count"]))
    return Letter(words, lambda _files: [section(escape(words))])


RECOVERY = "I am working again. What was due meanwhile goes out now, marked as late."


def say_no_copy(why: str) -> str:
    """Return a line for a night without a verified copy of the database."""
    return say(
        "The nightly copy of the database was not made. {why} I try again every hour.", why=why
    )


def say_damaged(why: str) -> str:
    """Return a line for a database in which SQLite found damage."""
    return say(
        "The database is damaged, so answers may be wrong. Stop me and restore a copy: {why}",
        why=why,
    )


def say_unerased(why: str) -> str:
    """Return a line for workspaces that are due to be erased and cannot be."""
    return say("A workspace that removed me is due to be erased and was not. {why}", why=why)


def say_overdue(count: int, oldest: datetime, zone: ZoneInfo | None, was: int = 0) -> str:
    """Return a line that says how many messages are overdue, and since when."""
    when = f"{oldest.astimezone(zone):%H:%M}" if zone else f"{oldest:%H:%M} UTC"
    if not count:
        return say_count(
            "{number} message was more than 5 minutes late, due since {when}. They are out now.",
            "{number} messages were more than 5 minutes late, due since {when}. They are out now.",
            was,
            when=when,
        )
    return say_count(
        "{number} message is more than 5 minutes late, due since {when}. See /kpi status.",
        "{number} messages are more than 5 minutes late, due since {when}. See /kpi status.",
        count,
        when=when,
    )


def say_frozen(seconds: float) -> str:
    """Return a line for the time when nothing is sent any more."""
    minutes = max(1, round(seconds / 60))
    return say_count(
        "I have sent nothing for {number} minute: something blocks me. Please restart Kepi.",
        "I have sent nothing for {number} minutes: something blocks me. Please restart Kepi.",
        minutes,
    )


WRITERS: Mapping[str, Writer] = {KIND: write}
