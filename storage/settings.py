"""What a workspace and its channels choose by key: read, changed, and each change written down."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select

from storage.database import take_turns
from storage.errors import KepiError
from storage.issue_tables import Choice
from storage.setting import Setting, Where
from storage.setting_changes import note_change
from storage.settings_audience import AUDIENCE, DIMENSIONS, read_audience
from storage.settings_backup import BACKUP
from storage.settings_declared import ASKER, DECLARED, EVERYONE
from storage.settings_kept import KEPT
from storage.support_notes import choose
from storage.tables import Workspace, table_of
from storage.workspaces import change_setting, mark_changed

__all__ = [
    "ASKER",
    "AUDIENCE",
    "DIMENSIONS",
    "EVERYONE",
    "SETTINGS",
    "Chosen",
    "Setting",
    "change",
    "choose_audience",
    "chosen_here",
    "effective",
    "find_setting",
    "note_value",
    "read_audience",
    "reset",
    "say_value",
    "value",
]

SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {it.key: it for it in (*DECLARED, *KEPT, *BACKUP)}
)
"""Every setting by its key, in the order in which forms and files show them."""
NAMES = {name: it.key for it in SETTINGS.values() for name in it.names}
CHOICE, WORKSPACE = table_of(Choice), table_of(Workspace)
COLUMNS = tuple(it.column for it in SETTINGS.values() if it.column)


class Chosen(NamedTuple):
    """What was chosen for a setting: nothing in ``own`` is no exception of the channel's."""

    everywhere: Any
    """What holds in the workspace: chosen, or the default."""
    own: Any = None

    @property
    def value(self) -> Any:
        return self.everywhere if self.own is None else self.own


def find_setting(key: str) -> Setting:
    """Return the setting that a key names; raises ``KepiError`` with the keys that there are."""
    said = "-".join(key.strip().lower().replace("_", "-").split())
    found = SETTINGS.get(NAMES.get(said, said))
    if found is None:
        listed = ", ".join(it.key for it in SETTINGS.values() if it.is_of_workspace)
        raise KepiError(
            "There is no setting “{key}”. Settings: {listed}.", key=key.strip()[:40], listed=listed
        )
    return found


def value(connection: Connection, workspace: int, key: str, channel: str = "") -> Any:
    """Return what holds: the channel's exception, else the workspace's choice, else the default."""
    return chosen_here(connection, workspace, channel, [SETTINGS[key]])[key].value


def chosen_here(
    connection: Connection,
    workspace: int,
    channel: str = "",
    settings: Iterable[Setting] = (),
) -> dict[str, Chosen]:
    """Return what was chosen for the workspace and for a channel, by key; all, or some settings.

    One statement, and one more where a column of the workspace is asked for.
    """
    wanted = [it for it in settings or SETTINGS.values() if not channel or it.is_of_channel]
    keys = [it.key_of() for it in wanted] + [it.key_of(channel) for it in wanted if channel]
    found = choices_of(connection, workspace, keys)
    columns = columns_of(connection, workspace) if any(it.column for it in wanted) else {}
    return {it.key: chosen_of(it, found, columns, channel) for it in wanted}


def choices_of(connection: Connection, workspace: int, keys: Iterable[str]) -> dict[str, Any]:
    """Return some choices by their keys; those that nobody made are not in it."""
    statement = select(CHOICE.c.key, CHOICE.c.value).where(
        CHOICE.c.workspace == workspace, CHOICE.c.key.in_(list(keys))
    )
    return {key: json.loads(words) for key, words in connection.execute(statement)}


def columns_of(connection: Connection, workspace: int) -> dict[str, Any]:
    """Return the settings that the workspace's row holds, by the names of its columns."""
    statement = select(*(WORKSPACE.c[it] for it in COLUMNS)).where(WORKSPACE.c.id == workspace)
    return dict(connection.execute(statement).mappings().one())


def chosen_of(
    setting: Setting, found: Mapping[str, Any], columns: Mapping[str, Any], channel: str
) -> Chosen:
    if setting.column:
        return Chosen(columns[setting.column])
    everywhere = found.get(setting.key_of())
    own = found.get(setting.key_of(channel)) if channel else None
    return Chosen(setting.default if everywhere is None else everywhere, own)


def effective(connection: Connection, workspace: int, channel: str = "") -> dict[str, str]:
    """Return every setting's words by its key, as they hold for the workspace or a channel."""
    found = chosen_here(connection, workspace, channel)
    return {key: SETTINGS[key].write(it.value) for key, it in found.items()}


def change(
    connection: Connection,
    workspace: int,
    key: str,
    words: str,
    by: str,
    at: datetime,
    *,
    channel: str = "",
    source: str = "command",
) -> None:
    """Change one setting, and write down who changed it from what to what.

    Raises ``KepiError`` with what would work.
    """
    setting = find_setting(key)
    require_place(setting, channel)
    wanted = setting.read(words)
    take_turns(connection, workspace)
    before = say_value(connection, workspace, setting, channel)
    if setting.column:
        change_setting(connection, workspace, setting.key, setting.write(wanted))
    elif setting.keep is not None:
        setting.keep(connection, workspace, wanted, by, at)
    else:
        choose(connection, workspace, setting.key_of(channel), wanted, by, at)
        mark_changed(connection, workspace)
    note_value(connection, workspace, setting.key, before, by, at, channel=channel, source=source)


def reset(
    connection: Connection,
    workspace: int,
    key: str,
    by: str,
    at: datetime,
    *,
    channel: str = "",
    source: str = "command",
) -> None:
    """Let a setting be as usual again: a channel's as the workspace's, that as the default."""
    setting = find_setting(key)
    require_place(setting, channel)
    if not channel and (setting.column or setting.keep is not None):
        usual = setting.write(setting.default)
        change(connection, workspace, key, usual, by, at, source=source)
        return
    take_turns(connection, workspace)
    before = say_value(connection, workspace, setting, channel)
    here = (CHOICE.c.workspace == workspace) & (CHOICE.c.key == setting.key_of(channel))
    connection.execute(delete(CHOICE).where(here))
    mark_changed(connection, workspace)
    note_value(connection, workspace, setting.key, before, by, at, channel=channel, source=source)


def require_place(setting: Setting, channel: str) -> None:
    """Refuse a channel's exception of what is the workspace's, and the other way round."""
    if channel and not setting.is_of_channel:
        raise KepiError("“{key}” is of the whole workspace, not of a channel.", key=setting.key)
    if not channel and setting.where is Where.CHANNEL:
        raise KepiError("“{key}” is chosen for a channel: /kpi settings here", key=setting.key)


def say_value(connection: Connection, workspace: int, setting: Setting, channel: str = "") -> str:
    """Return what was chosen, as people read it; empty where a channel is as its workspace."""
    found = chosen_here(connection, workspace, channel, [setting])[setting.key]
    if channel:
        return "" if found.own is None else setting.say(found.own)
    return setting.say(found.everywhere)


def note_value(
    connection: Connection,
    workspace: int,
    key: str,
    before: str,
    by: str,
    at: datetime,
    *,
    channel: str = "",
    source: str = "command",
) -> None:
    """Write down that a setting, which was ``before``, is what it is now."""
    after = say_value(connection, workspace, SETTINGS[key], channel)
    note_change(connection, workspace, key, before, after, by, at, channel=channel, source=source)


def choose_audience(
    connection: Connection, workspace: int, words: str, by: str, at: datetime
) -> tuple[str, list[str]]:
    """Keep whom the workspace wants to reach, and return dimension and segments."""
    found = read_audience(words)
    change(connection, workspace, "audience", words, by, at)
    return found
