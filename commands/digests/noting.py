"""A digest in words, and its changes as lines of the history of settings.

A file of settings tells and notes the same things in the same words (``commands.settings``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from commands.context import Context
from commands.noting import noted_as
from commands.saying import say

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.digests import DigestRow
    from storage.setting_changes import Thing

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKLY, DAILY = "weekly", "daily"
CHANNELS_OWN = "channel"
"""The language of a digest that speaks its channel's; a row says it by saying none."""


def day_of(row: DigestRow) -> str | int:
    """Return the day of a week, or of a month; nothing of one that comes every day."""
    if row.cadence == WEEKLY:
        return DAYS[row.weekday]
    return "" if row.cadence == DAILY else row.day


def say_digest(row: DigestRow) -> str:
    """Return a digest in one line, as a difference tells it."""
    return ", ".join([say_time(row), *say_rest(row)])


def say_time(row: DigestRow) -> str:
    """Return “monday 09:00 Europe/Stockholm”, and which company reads along."""
    when = f"{day_of(row)} {row.hour:02d}:{row.minute:02d} {row.zone}".strip()
    if not row.company:
        return when
    return f"{when}, {say('{company} reads along', company=row.company)}"


def say_rest(row: DigestRow) -> Iterator[str]:
    """Yield its language, KPIs, what is left out, and who looks after it."""
    yield row.language or say("the channel’s language")
    yield ", ".join(row.kpis) or say("usual KPIs")
    if row.parts:
        yield say("without {parts}", parts=", ".join(row.parts))
    yield row.owner


# --- the history


def noted(
    connection: Connection, context: Context, digest: int, by: str
) -> AbstractContextManager[None]:
    """Note what becomes of a digest meanwhile."""
    return noted_as(connection, context, partial(find_thing, connection, context, digest), by)


def find_thing(connection: Connection, context: Context, digest: int) -> Thing | None:
    """Return a digest as the history tells it; nothing of one that is not, or was removed.

    Channels that it counts are not named, for not everybody may know of them.
    """
    from kpis.alerts.saying import say_scope
    from kpis.scopes import unpack_scope
    from kpis.surroundings import look_around
    from kpis.tongue import ENGLISH, speaking
    from storage import digests

    row = digests.by_id(connection, context.home.workspace, digest)
    if row is None or row.removed is not None:
        return None
    around = look_around(context.database, connection, context.home.workspace)
    with speaking(ENGLISH):  # the history is one for people of all languages
        return thing_of(row, say_scope(unpack_scope(row.scope), replace(around, channels=())))


def thing_of(row: DigestRow, scope: str = "") -> Thing:
    """Return a digest as the history tells it, in the language that is spoken.

    A file does not know the words of a scope; it only ever makes digests of all accounts.
    """
    from storage.digests import key_of
    from storage.setting_changes import Thing

    paused = [say("paused")] if row.paused is not None else []
    where = [scope] if scope else [] if row.scope else [say("all accounts")]
    details = [*paused, *say_rest(row), *where]
    return Thing(key_of(row.cadence), row.channel, say_time(row), details)
