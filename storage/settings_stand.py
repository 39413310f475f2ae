"""All that a file of settings may change, as its rows are now: read in ten statements.

Two readings are equal where nothing of it changed between them, so that what was worked out on the
first may be written after the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from storage.desks import RelayRow, all_desks, relay_rules
from storage.digests import DIGEST, DigestRow, read, reading
from storage.hours import DATES, DateRow
from storage.policies import PolicyRow, current
from storage.settings import CHOICE, SETTINGS, columns_of
from storage.settings_channels import HoursNow, RulesNow, newest_hours, newest_rules


@dataclass(frozen=True)
class Stand:
    """The rows of a workspace that say how it and its channels are set up."""

    columns: Mapping[str, Any]
    """Of the workspace's own row."""
    choices: Mapping[str, str]
    """JSON by key."""
    rules: Mapping[str, RulesNow]
    """By channel."""
    hours: Mapping[int, HoursNow]
    """By calendar; 0 is the workspace's, if anybody set it."""
    dates: tuple[DateRow, ...]
    policies: tuple[PolicyRow, ...]
    """Those that hold."""
    digests: tuple[DigestRow, ...]
    """Removed ones too."""
    desks: Mapping[str, str]
    """Names by channel."""
    relays: tuple[RelayRow, ...]


def read_stand(connection: Connection, workspace: int, keys: Iterable[str] = ()) -> Stand:
    """Return how everything stands; ``keys`` are of choices that are no settings."""
    return Stand(
        columns_of(connection, workspace),
        read_choices(connection, workspace, keys),
        newest_rules(connection, workspace),
        newest_hours(connection, workspace),
        read_all_dates(connection, workspace),
        tuple(current(connection, workspace)),
        tuple(map(read, connection.execute(reading(workspace).order_by(DIGEST.c.id)))),
        {it.channel: it.name for it in all_desks(connection, workspace)},
        tuple(relay_rules(connection, workspace)),
    )


def prefixes() -> dict[str, str]:
    """Return how the keys of channels' choices begin, with the settings that they are of."""
    return {
        it.key_of("\0").partition("\0")[0]: it.key for it in SETTINGS.values() if it.is_of_channel
    }


def read_choices(connection: Connection, workspace: int, keys: Iterable[str]) -> dict[str, str]:
    """Return the choices (JSON) that are settings, of the workspace and of channels."""
    own = [*keys, *(it.key_of() for it in SETTINGS.values() if it.is_of_workspace)]
    wanted = [CHOICE.c.key.startswith(it, autoescape=True) for it in prefixes()]
    statement = select(CHOICE.c.key, CHOICE.c.value).where(
        CHOICE.c.workspace == workspace, or_(CHOICE.c.key.in_(own), *wanted)
    )
    rows = connection.execute(statement.order_by(CHOICE.c.key))
    return {row.key: row.value for row in rows}


def read_all_dates(connection: Connection, workspace: int) -> tuple[DateRow, ...]:
    """Return every date that differs, of every calendar."""
    statement = (
        select(*(DATES.c[name] for name in DateRow._fields))
        .where(DATES.c.workspace == workspace)
        .order_by(DATES.c.calendar, DATES.c.day)
    )
    return tuple(DateRow._make(row) for row in connection.execute(statement))
