"""The file of settings as it is written: the workspace, what new channels get, the exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from commands.settings.digest_words import write_digest
from commands.settings.hours import DATES, OPEN, ZONE, day_at, write_dates
from commands.settings.relays import write_rule
from commands.settings.state import ChannelNow, State
from commands.settings.toml import Path, write_toml
from commands.settings.wanted import (
    CHANNELS,
    DEFAULTS,
    DIGESTS,
    HOURS,
    NAME,
    RELAYS,
    SUPPORT,
    WORKSPACE,
)
from commands.support.draft import Draft
from commands.support.setup_words import FIELDS

FILE_NAME = "kepi-settings.toml"
HEAD = "Kepi settings of {name}, {day}. What is left out stays as it is; docs/settings.md."


def export(state: State, name: str, at: datetime, names: Mapping[str, str] | None = None) -> str:
    """Return the file; ``names`` are those of channels of which the tables know none."""
    from storage.settings import SETTINGS

    known = names or {}
    channels = sorted(
        state.channels.values(), key=lambda it: (it.name or known.get(it.id, ""), it.id)
    )
    document: dict[str, Any] = {
        WORKSPACE: {key: typed(key, words) for key, words in state.workspace.items()},
        DEFAULTS: {SUPPORT: dict(state.defaults)},
    }
    if hours := hours_table(state, at):
        document[HOURS] = hours
    if rules := relay_tables(state, ""):
        document[RELAYS] = rules
    if channels:
        document[CHANNELS] = {it.id: channel_table(it, state, known, at) for it in channels}
    notes: dict[Path, str] = {
        (WORKSPACE, key): f"{SETTINGS[key].title}: {SETTINGS[key].does}" for key in SETTINGS
    }
    notes[(DEFAULTS, SUPPORT)] = "What a channel gets when customer issues are set up in it."
    notes[(HOURS,)] = "When somebody answers: channels without open hours of their own have these."
    head = HEAD.format(name=name or "a workspace", day=f"{at:%Y-%m-%d}")
    return f"# {' '.join(head.split())}\n\n{write_toml(document, notes)}"


def typed(key: str, words: str) -> str | bool:
    """Return words as TOML holds them: what is on or off is true or false."""
    from storage.settings import SETTINGS

    return words == "on" if SETTINGS[key].is_switch else words


def hours_table(state: State, at: datetime) -> dict[str, Any]:
    """Return the workspace's open hours, if anybody set them, and the dates that come."""
    held = state.hours
    table: dict[str, Any] = {} if held.is_assumed else {OPEN: held.open, ZONE: held.zone}
    dates = write_dates(held.dates.get(0, ()), day_at(at, held.zone))
    return table | ({DATES: dates} if dates else {})


def relay_tables(state: State, channel: str) -> list[dict[str, Any]]:
    return [write_rule(it.rule) for it in state.relays if it.rule.channel == channel]


def channel_table(
    channel: ChannelNow, state: State, names: Mapping[str, str], at: datetime
) -> dict[str, Any]:
    name = channel.name or names.get(channel.id, "")
    table: dict[str, Any] = {NAME: name} if name else {}
    table |= {key: typed(key, words) for key, words in channel.settings.items()}
    if channel.draft is not None:
        table[SUPPORT] = support_table(channel.draft, state.usual)
        table |= own_dates(channel.draft, state, at)
    if channel.digests:
        table[DIGESTS] = [write_digest(it) for it in channel.digests]
    if rules := relay_tables(state, channel.id):
        table[RELAYS] = rules
    return table


def own_dates(draft: Draft, state: State, at: datetime) -> dict[str, Any]:
    """Return the dates that differ from a channel's own open hours."""
    held = state.hours.dates.get(draft.rules.calendar, ()) if draft.rules.calendar else ()
    zone = draft.zone or state.workspace["zone"]
    dates = write_dates(held, day_at(at, zone))
    return {DATES: dates} if dates else {}


def support_table(draft: Draft, usual: Draft) -> dict[str, Any]:
    """Return the fields that are not as a new channel gets them; which mode it is, always."""
    return {
        it.key: it.word(draft)
        for it in FIELDS
        if it.key == "mode" or it.find(draft) != it.find(usual)
    }
