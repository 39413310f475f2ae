"""Changes of open hours, dates and rules for posts, written into the history by their forms.

A file of settings notes the same things under the same keys (``commands.settings``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from support.week import say_hours

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from support.relays import RelayRule

Said = Mapping[tuple[str, str], str]
"""Words by what they say: the hours, their zone, or a date."""
OPEN, ZONE, DATES = "open-hours", "zone", "dates"


def hours_said(connection: Connection, workspace: int, calendar: int) -> Said:
    """Return what a calendar says now, before or after a form changes it."""
    import json

    from commands.support.hours import Date, say_date
    from storage.hours import read_dates
    from support.calendars import load_calendar
    from support.week import from_json

    held = load_calendar(connection, workspace, calendar)
    said = {(OPEN, ""): say_hours(held.week), (ZONE, ""): held.zone}
    for row in read_dates(connection, workspace, calendar):
        if row.calendar == calendar:
            windows = from_json(json.loads(row.windows)) if row.windows else ()
            said[DATES, row.day.isoformat()] = say_date(Date(row.day, row.name, windows))
    return said


def note_hours(
    connection: Connection,
    workspace: int,
    calendar: int,
    before: Said,
    by: str,
    at: datetime,
    channel: str = "",
) -> None:
    """Note what a calendar says otherwise than ``before``."""
    from storage.setting_changes import note_change

    after = hours_said(connection, workspace, calendar)
    for what in sorted({*before, *after}):
        room = "support" if channel and what[0] != DATES else "hours"
        was, now = before.get(what, ""), after.get(what, "")
        key = f"{room}.{what[0]}"
        note_change(connection, workspace, key, was, now, by, at, channel=channel)


def note_relay(
    connection: Connection,
    workspace: int,
    rule: RelayRule,
    by: str,
    at: datetime,
    *,
    is_held: bool = True,
) -> None:
    """Note a rule about an app's posts that was taught, or removed."""
    from storage.setting_changes import note_change

    words = say_rule(rule)
    was, now = ("", words) if is_held else (words, "")
    note_change(connection, workspace, f"relays.{rule.app}", was, now, by, at, channel=rule.channel)


def say_rule(rule: RelayRule) -> str:
    """Return “inbound: handle, text, url”: a rule in the words of the file of settings."""
    parts = ", ".join(
        f"{part} “{it.value}”" if it.value else f"{part} /{it.pattern}/" if it.pattern else part
        for part, it in rule.parts.items()
    )
    return f"{rule.direction.value}: {parts}" if parts else rule.direction.value
