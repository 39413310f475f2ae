"""The tables of a file that are neither settings nor a set-up: working hours, dates, relays."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from commands.saying import say
from commands.settings.hours import KEYS, WantedHours, read_dates
from commands.settings.relays import MOST_RULES, read_rule, unknown_keys
from storage.errors import KepiError
from support.relays import is_replaced

if TYPE_CHECKING:
    from commands.settings.wanted import Document
    from commands.support.hours import Date
    from support.relays import RelayRule

Path = tuple[str, ...]
FIELDS = {"open-hours": "open", "zone": "zone", "dates": "dates"}


def read_hours(document: Document, held: Mapping[str, Any]) -> None:
    """Read ``[hours]``: the workspace's."""
    found = WantedHours()
    for key, value in held.items():
        path = ("hours", key)
        if key not in KEYS:
            document.complain_unknown(path, key, KEYS)
            continue

        def read(key: str = key, value: Any = value) -> None:
            setattr(found, FIELDS[key], KEYS[key](value))

        document.take(path, read)
    document.hours = found


def read_own_dates(document: Document, path: Path, value: Any) -> tuple[Date, ...] | None:
    """Read the dates that differ from a channel's own hours."""
    found: list[tuple[Date, ...]] = []
    document.take(path, lambda: found.append(read_dates(value)))
    return found[0] if found else None


def read_relays(
    document: Document, path: Path, value: Any, channel: str = ""
) -> list[RelayRule] | None:
    """Read ``[[relays]]``: rules about the posts of apps, of every channel or of one."""
    if not isinstance(value, list) or not all(isinstance(it, dict) for it in value):
        document.complain_no_table(path, is_list=True)
        return None
    if len(value) > MOST_RULES:
        document.complain(path, say("There are up to {most} rules.", most=MOST_RULES))
        return None
    found: list[RelayRule] = []
    for number, held in enumerate(value):
        here = (*path, str(number))
        document.take(here, partial(read_relay, document, here, held, found, channel))
    return found


def read_relay(
    document: Document, here: Path, held: Mapping[str, Any], found: list[RelayRule], channel: str
) -> None:
    strange = list(unknown_keys(held))
    for it in strange:
        document.complain_unknown((*here, *it.path), it.path[-1], it.known)
    if strange:
        return
    rule = read_rule(held, channel)
    if any(is_replaced(it, rule) for it in found):
        raise KepiError("Another rule before it is about the very same posts.")
    found.append(rule)
