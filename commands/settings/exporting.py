"""The file of settings as it is written: the workspace, what new channels get, the exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from commands.settings.digest_words import write_digest
from commands.settings.document import CHANNELS, DEFAULTS, DIGESTS, NAME, SUPPORT, WORKSPACE
from commands.settings.state import ChannelNow, State
from commands.settings.toml import Path, write_toml
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
    if channels:
        document[CHANNELS] = {it.id: channel_table(it, state, known) for it in channels}
    notes: dict[Path, str] = {
        (WORKSPACE, key): f"{SETTINGS[key].title}: {SETTINGS[key].does}" for key in SETTINGS
    }
    notes[(DEFAULTS, SUPPORT)] = "What a channel gets when customer issues are set up in it."
    head = HEAD.format(name=name or "a workspace", day=f"{at:%Y-%m-%d}")
    return f"# {' '.join(head.split())}\n\n{write_toml(document, notes)}"


def typed(key: str, words: str) -> str | bool:
    """Return words as TOML holds them: what is on or off is true or false."""
    from storage.settings import SETTINGS

    return words == "on" if SETTINGS[key].is_switch else words


def channel_table(channel: ChannelNow, state: State, names: Mapping[str, str]) -> dict[str, Any]:
    name = channel.name or names.get(channel.id, "")
    table: dict[str, Any] = {NAME: name} if name else {}
    table |= {key: typed(key, words) for key, words in channel.settings.items()}
    if channel.draft is not None:
        table[SUPPORT] = support_table(channel.draft, state.usual)
    if channel.digests:
        table[DIGESTS] = [write_digest(it) for it in channel.digests]
    return table


def support_table(draft: Draft, usual: Draft) -> dict[str, Any]:
    """Return the fields that are not as a new channel gets them; which mode it is, always."""
    return {
        it.key: it.word(draft)
        for it in FIELDS
        if it.key == "mode" or it.find(draft) != it.find(usual)
    }
