"""A digest in a file of settings: ``cadence = "weekly"``, ``day = "monday"``, ``time = "09:00"``.

Its scope, and a company that reads along, are chosen in Slack; a file leaves them as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from commands.digests.form import CADENCES, MOST_KPIS, PARTS
from commands.digests.noting import CHANNELS_OWN, DAILY, DAYS, WEEKLY, day_of
from commands.digests.words import say_every
from commands.saying import say
from commands.support.setup_words import one_of, read_list, read_text, read_zone, several_of
from storage.errors import KepiError

if TYPE_CHECKING:
    from storage.digests import DigestRow

ENDS_MONTH = 28
"""The last day of a month that each has."""


class Wanted(NamedTuple):
    """A digest as a file has it; nothing: the file does not say."""

    cadence: str = WEEKLY
    weekday: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    zone: str | None = None
    language: str | None = None
    kpis: tuple[str, ...] | None = None
    parts: tuple[str, ...] | None = None
    owner: str | None = None

    def on(self, row: DigestRow) -> DigestRow:
        """Return a digest as it is wanted."""
        said = {name: value for name, value in self._asdict().items() if value is not None}
        return row._replace(**said)


def read_digest(held: Mapping[str, Any]) -> tuple[Wanted, dict[str, str]]:
    """Return a digest, and what is wrong with it by key."""
    readers: Mapping[str, Callable[[Any], dict[str, Any]]] = {
        "cadence": lambda value: {"cadence": one_of(CADENCES)(value)},
        "day": lambda value: read_day(value, held.get("cadence", WEEKLY)),
        "time": read_clock,
        "zone": lambda value: {"zone": read_zone(value) or "UTC"},
        "language": lambda value: {"language": read_language(value)},
        "kpis": lambda value: {"kpis": read_kpis(value)},
        "leave-out": lambda value: {"parts": several_of(PARTS)(value)},
        "owner": lambda value: {"owner": read_text(value)},
    }
    found: dict[str, Any] = {}
    complaints: dict[str, str] = {}
    for key, value in held.items():
        if key not in readers:
            listed = ", ".join(readers)
            complaints[key] = say(
                "There is no “{name}”. There is: {listed}.", name=key[:60], listed=listed
            )
            continue
        try:
            found |= readers[key](value)
        except KepiError as trouble:
            complaints[key] = str(trouble)
    return Wanted(**found), complaints


def read_day(value: Any, cadence: Any) -> dict[str, Any]:
    """Return the day of a week or of a month, as the cadence has it."""
    if cadence == DAILY:
        raise KepiError("A daily digest has no day.")
    if cadence == WEEKLY:
        return {"weekday": DAYS.index(one_of(DAYS)(value))}
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= ENDS_MONTH:
        raise KepiError("It is a day of the month, 1 to {last}.", last=ENDS_MONTH)
    return {"day": value}


def read_clock(value: Any) -> dict[str, Any]:
    from storage.setting import read_time

    hour, _, minute = read_time(read_text(value)).partition(":")
    return {"hour": int(hour), "minute": int(minute)}


def read_language(value: Any) -> str:
    """Return a language; nothing: its channel's."""
    from kpis.tongue import LANGUAGES

    found = one_of((*LANGUAGES, CHANNELS_OWN))(value)
    return "" if found == CHANNELS_OWN else found


def read_kpis(value: Any) -> tuple[str, ...]:
    from kpis.catalogue import CATALOGUE, Table

    said = read_list(value)
    known = [key for key, it in CATALOGUE.items() if not isinstance(it, Table)]
    for key in said:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = say("Did you mean {near}?", near=near[0]) if near else "/kpi list"
            raise KepiError("“{key}” is no KPI. {hint}", key=key[:40], hint=hint)
    if len(said) > MOST_KPIS:
        raise KepiError("A digest has up to {most} KPIs.", most=MOST_KPIS)
    return said


def write_digest(row: DigestRow) -> dict[str, Any]:
    """Return a digest as a file has it."""
    said: dict[str, Any] = {"cadence": row.cadence}
    if day := day_of(row):
        said["day"] = day
    said |= {"time": f"{row.hour:02d}:{row.minute:02d}", "zone": row.zone}
    said |= {"language": row.language or CHANNELS_OWN}
    return said | {"kpis": list(row.kpis), "leave-out": list(row.parts), "owner": row.owner}


def say_title(cadence: str) -> str:
    """Return “Digest, every week”."""
    return say("Digest, {cadence}", cadence=say_every(cadence).lower())


def usual(channel: str, zone: str, owner: str, at: datetime) -> DigestRow:
    from storage import digests

    return digests.usual(channel, zone, owner, at)
