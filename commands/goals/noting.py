"""Changes of goals as lines of the history of settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.context import Context
from commands.noting import noted_as

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from kpis.question import Directory
    from storage.goals import GoalRow
    from storage.setting_changes import Thing


def noted(
    connection: Connection, context: Context, number: int, by: str
) -> AbstractContextManager[None]:
    """Note what becomes of a goal meanwhile."""
    return noted_as(connection, context, partial(find_thing, connection, context, number), by)


def find_thing(connection: Connection, context: Context, number: int) -> Thing | None:
    """Return a goal as the history tells it; nothing of one that is not, or was dropped."""
    from kpis.surroundings import look_around
    from kpis.tongue import ENGLISH, speaking
    from storage import goals

    workspace = context.home.workspace
    row = goals.find(connection, workspace, number)
    if row is None or row.state == "dropped":
        return None
    around = look_around(context.database, connection, workspace)
    today = context.clock().astimezone(ZoneInfo(around.zone)).date()
    with speaking(ENGLISH):  # the history is one for people of all languages
        return thing_of(row, around.directory, today)


def thing_of(row: GoalRow, directory: Directory, today: date) -> Thing:
    """Return a goal; channels that it counts are not named, for not everybody may know of them."""
    from kpis.goals.say import name_of
    from storage.goals import key_of, place_of
    from storage.setting_changes import Thing

    name = name_of(row, replace(directory, channels=()), today)
    return Thing(key_of(row.id), place_of(row), name, list(details_of(row)))


def details_of(row: GoalRow) -> Iterator[str]:
    """Yield all else that a form decides."""
    if counted := row.scoped.get("channels"):
        yield f"channels: {len(counted)}"
    yield f"from {row.start}"
    yield row.aim
    yield row.owner
    if row.why:
        yield f"why: {row.why}"
