"""What an applied file changed, kept for its *Undo*: each thing as it was, and as it was after.

Everything is named by where it stands, so that other changes meanwhile are no matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from commands.settings.digest_words import write_digest
from commands.settings.hours import DATES, OPEN, ZONE, words_of
from commands.settings.state import State, read_state
from commands.support.saving import DEFAULTS
from commands.support.setup_words import BY_KEY, FIELDS, changed_fields
from support.relays import rule_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from commands.settings.applying import Ready
    from commands.settings.plan import Maker, Plan
    from commands.support.draft import Draft

UNDO = "settings.undo|"
KEPT = timedelta(days=30)
WORKSPACE, NEW, HOURS, DATE, RELAY, SETTING, SUPPORT, DIGEST, NAME = (
    *("workspace", "new", "hours", "date"),
    *("relay", "setting", "support", "digest", "name"),
)


class Place(NamedTuple):
    """Where a thing stands that a file changed."""

    kind: str
    channel: str
    key: str

    @property
    def history_key(self) -> str:
        """The key of its changes in the history."""
        from storage.digests import key_of

        names = {
            NEW: DEFAULTS,
            HOURS: f"hours.{self.key}",
            DATE: f"hours.{DATES}",
            SUPPORT: f"support.{self.key}",
            DIGEST: key_of(self.key),
        }
        if self.kind == RELAY:
            return f"relays.{rule_of(self.key).app}"
        return names.get(self.kind, self.key)


class Entry(NamedTuple):
    """A thing that a file changed: nothing stands for none."""

    place: Place
    before: Any
    after: Any


def keep_undo(connection: Connection, workspace: int, ready: Ready, maker: Maker) -> str:
    """Keep what an applied file changed, in its transaction, and return the key."""
    from sqlalchemy import delete

    from storage.settings import CHOICE
    from storage.support_notes import choose
    from storage.tables import instant_number

    after = read_state(connection, workspace)
    entries = [
        Entry(it, value_at(ready.state, it), value_at(after, it))
        for it in places_of(ready.plan, ready.state, after)
    ]
    old = (CHOICE.c.workspace == workspace) & CHOICE.c.key.startswith(UNDO, autoescape=True)
    connection.execute(delete(CHOICE).where(old, CHOICE.c.at < maker.at - KEPT))
    key = f"{UNDO}{instant_number(maker.at)}-{maker.by}"
    choose(connection, workspace, key, entries, maker.by, maker.at)
    return key.removeprefix(UNDO)


def places_of(plan: Plan, before: State, after: State) -> Iterator[Place]:
    """Yield everything that a plan changes."""
    yield from (Place(WORKSPACE, "", key) for key in plan.workspace)
    if plan.defaults is not None:
        yield from (Place(NEW, "", it) for it in fields_changed(before.usual, after.usual))
    if plan.hours is not None or plan.no_hours:
        yield from (Place(HOURS, "", OPEN), Place(HOURS, "", ZONE))
    for channel, dates in [("", plan.dates), *((it.id, it.dates) for it in plan.channels)]:
        days = sorted([*dates.gone, *(it.day for it in dates.fresh)])
        yield from (Place(DATE, channel, it.isoformat()) for it in days)
    rules = {it.id: it.rule for it in before.relays}
    for rule in (*plan.relays.added, *(rules[it] for it in plan.relays.ended)):
        yield Place(RELAY, rule.channel, rule.to_json())
    for it in plan.channels:
        yield from (Place(SETTING, it.id, key) for key in it.settings)
        for row in (*it.digests, *it.removed):
            yield Place(DIGEST, it.id, row.cadence)
        if before.stand.desks.get(it.id) != after.stand.desks.get(it.id):
            yield Place(NAME, it.id, NAME)
        now = after.channel(it.id).draft
        if it.draft is not None and now is not None:
            changed = fields_changed(before.channel(it.id).draft, now)
            yield from (Place(SUPPORT, it.id, key) for key in changed)


def fields_changed(before: Draft | None, after: Draft) -> list[str]:
    """Return the fields in which set-ups differ; of a first one, all: it was none."""
    if before is None:
        return [it.key for it in FIELDS]
    return [it.key for it, _, _ in changed_fields(before, after)]


def value_at(state: State, place: Place) -> Any:
    """Return what holds at a place, as JSON can hold it."""
    kind, channel, key = place
    if kind == WORKSPACE:
        return state.workspace[key]
    if kind == NEW:
        return BY_KEY[key].word(state.usual)
    if kind == HOURS:
        if state.hours.is_assumed:
            return None
        return state.hours.open if key == OPEN else state.hours.zone
    if kind == NAME:
        return state.stand.desks.get(channel)
    held = state.channel(channel)
    if kind == DATE:
        number = held.draft.rules.calendar if held.draft is not None else 0
        dates = state.hours.dates.get(number, ()) if number or not channel else ()
        found = next((it for it in dates if it.day.isoformat() == key), None)
        return words_of(found) or None
    if kind == RELAY:
        return any(it.rule == rule_of(key) for it in state.relays)
    if kind == SETTING:
        return held.settings.get(key)
    if kind == SUPPORT:
        return None if held.draft is None else BY_KEY[key].word(held.draft)
    return next((write_digest(it) for it in held.digests if it.cadence == key), None)
