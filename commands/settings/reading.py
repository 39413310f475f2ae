"""A filled-in form of settings, read back; what cannot be is said at its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from commands.context import Context
from commands.destinations import require_own_channel
from commands.saying import say
from commands.settings.form import AS_USUAL
from commands.settings.memory import Memory, mark, settings_on
from commands.settings.wording import FROM_TO, say_words
from storage.errors import KepiError

if TYPE_CHECKING:
    from storage.setting import Setting

Wanted = dict[str, str | None]
"""Words by key; nothing: as usual."""


def read_filled(filled: Mapping[str, Any], memory: Memory) -> tuple[Wanted, dict[str, str]]:
    """Return what differs from what the form was opened on, and complaints by field."""
    wanted: Wanted = {}
    errors: dict[str, str] = {}
    for key, setting in settings_on(memory.page, of_channel=bool(memory.channel)).items():
        if key not in filled:
            continue
        try:
            words = read_field(setting, str(filled[key] or ""), of_channel=bool(memory.channel))
        except KepiError as trouble:
            errors[key] = str(trouble)
            continue
        if mark(words) != memory.opened.get(key, ""):
            wanted[key] = words
    return wanted, errors


def read_field(setting: Setting, said: str, *, of_channel: bool) -> str | None:
    """Return a field's words as ``Setting.write`` gives them; an empty one is as usual."""
    if of_channel and said in ("", AS_USUAL):
        return None
    if not said.strip():
        return setting.write(setting.default)
    return setting.write(setting.read(said))


async def check_ids(context: Context, wanted: Wanted, user: str) -> dict[str, str]:
    """Return what Slack says against the channels that were chosen, by field."""
    errors: dict[str, str] = {}
    for key, words in wanted.items():
        if key == "ops-channel" and words not in (None, "off"):
            try:
                await require_own_channel(context, str(words), user)
            except KepiError as trouble:
                errors[key] = str(trouble)
    return errors


def say_changes(changes: Mapping[str, tuple[str | None, str | None]]) -> str:
    """Return “Time zone: UTC → Europe/Stockholm; …” of words before and after, by key."""
    from kpis.tongue import say_declared
    from storage.settings import SETTINGS

    told = []
    for key, (before, after) in changes.items():
        was, now = (say_words(SETTINGS[key], it) for it in (before, after))
        title = say_declared(SETTINGS[key].title)
        told.append(say(FROM_TO, title=title, before=was, after=now))
    return "; ".join(told)
