"""An applied file taken back, for as long as nobody changed what it changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from commands.settings import wording
from commands.settings.applying import Ready, apply_file
from commands.settings.digest_words import read_digest
from commands.settings.hours import OPEN
from commands.settings.plan import Maker
from commands.settings.state import State, read_state
from commands.settings.undo_record import (
    DATE,
    DIGEST,
    HOURS,
    KEPT,
    NAME,
    NEW,
    RELAY,
    SETTING,
    SUPPORT,
    UNDO,
    WORKSPACE,
    Entry,
    Place,
    value_at,
)
from commands.settings.wanted import Document, WantedChannel
from commands.support.hours import read_lines
from commands.support.setup_words import BY_KEY, FIELDS
from storage.errors import KepiError
from support.relays import RelayRule, rule_of
from support.rules import Mode

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from commands.support.draft import Draft

PROMISES = "first-answer", "next-answer", "solved"
SOURCE = "undo"


def undo_file(connection: Connection, workspace: int, key: str, maker: Maker) -> Ready:
    """Let everything that a file changed be as before, as a change of its own.

    Raises ``Overtaken`` where somebody changed something of it since, and ``KepiError`` where
    nothing is to be taken back any more.
    """
    from storage.database import take_turns
    from storage.settings_written import put_choices
    from storage.support_notes import choice

    take_turns(connection, workspace)
    kept = choice(connection, workspace, f"{UNDO}{key}")
    if kept is None or kept.at < maker.at - KEPT:
        raise KepiError(wording.NOTHING_TO_UNDO)
    entries = [Entry(Place(*place), before, after) for place, before, after in kept.value]
    state = read_state(connection, workspace)
    require_untouched(connection, workspace, entries, state, maker)
    document = document_of(entries, state)
    ready = apply_file(connection, workspace, document, maker._replace(source=SOURCE))
    if document.problems:
        raise KepiError(str(document.problems[0]))
    put_choices(connection, workspace, [(f"{UNDO}{key}", None)], maker.by, maker.at)
    return ready


def require_untouched(
    connection: Connection,
    workspace: int,
    entries: Iterable[Entry],
    state: State,
    maker: Maker,
) -> None:
    from storage.overtaken import overtaken_by
    from storage.setting_changes import last_change

    for it in entries:
        if it.place.kind != NAME and value_at(state, it.place) != it.after:
            key = it.place.history_key
            found = last_change(connection, workspace, key, it.place.channel)
            raise overtaken_by(found, key=key)


def document_of(entries: Sequence[Entry], state: State) -> Document:
    """Return what has to be said for everything to be as before."""
    document = Document()
    usual = state.usual
    for it in entries:
        if it.place.kind == NEW:
            usual = BY_KEY[it.place.key].put(usual, BY_KEY[it.place.key].read(it.before))
    never = never_set_up(usual)
    for it in entries:
        if it.place.kind != NAME or value_at(state, it.place) == it.after:
            put_back(document, it, never)
    for channel in ("", *document.channels):
        days = {it.place.key: it.before for it in entries if it.place[:2] == (DATE, channel)}
        if days:
            put_dates_back(document, state, channel, days)
    return document


def never_set_up(usual: Draft) -> dict[str, Any]:
    """Return what a channel is whose set-up is taken back: not tracked, and nothing promised."""
    fields = {it.key: it.find(usual) for it in FIELDS}
    return fields | {"mode": Mode.OFF} | dict.fromkeys(PROMISES, 0)


def put_back(document: Document, entry: Entry, never: dict[str, Any]) -> None:
    (kind, channel, key), before = entry.place, entry.before
    if kind == WORKSPACE:
        document.workspace[key] = before
    elif kind == NEW:
        document.defaults = (document.defaults or {}) | {key: BY_KEY[key].read(before)}
    elif kind == HOURS and before is None:
        document.hours.is_unset = True
    elif kind == HOURS:
        setattr(document.hours, "open" if key == OPEN else "zone", before)
    elif kind == RELAY:
        put_relay_back(document, rule_of(key), is_held=bool(before))
    elif channel:
        wanted = document.channels.setdefault(channel, WantedChannel(channel))
        put_back_here(wanted, kind, key, before, never)


def put_back_here(
    wanted: WantedChannel, kind: str, key: str, before: Any, never: dict[str, Any]
) -> None:
    if kind == SETTING:
        wanted.settings[key] = before
    elif kind == NAME:
        wanted.former_name = before or None
    elif kind == SUPPORT and before is None:
        wanted.support = never
    elif kind == SUPPORT:
        wanted.support = (wanted.support or {}) | {key: BY_KEY[key].read(before)}
    elif kind == DIGEST and before is None:
        wanted.no_digests |= {key}
    elif kind == DIGEST:
        wanted.digests = [*(wanted.digests or ()), read_digest(before)[0]]


def put_relay_back(document: Document, rule: RelayRule, *, is_held: bool) -> None:
    place: Document | WantedChannel = document
    if rule.channel:
        place = document.channels.setdefault(rule.channel, WantedChannel(rule.channel))
    if is_held:
        place.relays = [*(place.relays or ()), rule]
    else:
        place.no_relays.append(rule)


def put_dates_back(
    document: Document, state: State, channel: str, days: dict[str, str | None]
) -> None:
    """Say all the dates of a calendar: those that the file changed as they were."""
    draft = state.channel(channel).draft if channel else None
    number = draft.rules.calendar if draft is not None else 0
    held = [it for it in state.hours.dates.get(number, ()) if it.day.isoformat() not in days]
    lines = "\n".join(words for words in days.values() if words)
    dates = (*held, *read_lines(lines))
    if channel:
        document.channels[channel].dates = dates
    else:
        document.hours.dates = dates
