"""Exports that the next digest still lacks: accounts whose data end too early."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from commands.context import Context
from commands.digests.words import say_date
from commands.saying import say
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.digests.plan import Plan


@dataclass(frozen=True)
class Lacking:
    """An account whose data end before the days that a digest tells of do."""

    platform: str
    name: str
    """“TikTok”, with the handle where a platform has several accounts."""
    last: date | None
    """The last day that is there; empty: none at all."""


def find_lacking(
    connection: Connection, context: Context, plan: Plan, until: date
) -> list[Lacking]:
    """Return the accounts of a digest that were not read for the day ``until``."""
    from kpis.surroundings import look_around
    from storage.platforms import PLATFORMS
    from storage.tables import EPOCH_DAY

    around = look_around(context.database, connection, context.home.workspace)
    try:
        chosen = [it for it in around.choose(plan.scope) if it.own]
    except KepiError:
        return []
    platforms = [it.platform for it in chosen]
    found = []
    for it in sorted(chosen, key=lambda one: (one.platform, one.handle)):
        held = around.held((it.id,))
        last = EPOCH_DAY + timedelta(days=held[1]) if held else None
        if last is None or last < until:
            title = PLATFORMS[it.platform].title
            name = title if platforms.count(it.platform) == 1 else f"{title} {it.handle}"
            found.append(Lacking(it.platform, name, last))
    return found


def say_lacking(lacking: Sequence[Lacking]) -> str:
    """Return “TikTok (have to 15 Nov) and X (have nothing)”."""
    from kpis.tongue import listed

    said = [say_have(it) for it in lacking[:4]]
    if len(lacking) > 4:
        said = [*said[:3], say("{number} more", number=len(lacking) - 3)]
    return listed(said)


def say_have(it: Lacking) -> str:
    """Return “TikTok (have to 15 Nov)”."""
    if it.last is None:
        return say("{name} (have nothing)", name=it.name)
    return say("{name} (have to {day})", name=it.name, day=say_date(it.last))


def names_of(lacking: Sequence[Lacking]) -> str:
    """Return “TikTok and X”."""
    from kpis.tongue import listed

    return listed(list(dict.fromkeys(it.name for it in lacking)))
