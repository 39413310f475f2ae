"""What a form of settings remembers: who asked, which channel, and how everything was then."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from commands.asker import Asker, unpack_asker
from commands.unpacking import unpacking
from storage.errors import KepiError
from storage.overtaken import mark as mark_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.setting import Setting

MOST = 3000
"""Letters that a form may remember."""
PAGES: Mapping[str, frozenset[str]] = {
    "": frozenset({"Numbers", "In Slack", "Customers"}),
    "kept": frozenset({"What is kept"}),
}
"""Groups of settings by the page of the form that shows them."""


@dataclass(frozen=True)
class Memory:
    """What comes back with a submission."""

    asker: Sequence[Any] = ()
    channel: str = ""
    """Empty: the form of the workspace."""
    page: str = ""
    """Key of ``PAGES``."""
    opened: Mapping[str, str] = field(default_factory=dict)
    """Marks of the words that held when it was opened, by key."""
    edition: int = 0
    """How often the form was filled anew."""
    wanted: Mapping[str, str | None] = field(default_factory=dict)
    """What is to be saved once it is agreed to."""

    def pack(self) -> str:
        """Return it as JSON; raises ``KepiError`` where a form cannot remember that much."""
        from commands.settings import wording

        held = [list(self.asker), self.channel, self.page, self.opened, self.edition, self.wanted]
        text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
        if len(text) > MOST:
            raise KepiError(wording.TOO_LONG)
        return text

    def asker_of(self, user: str) -> Asker:
        """Return who asked: the one who submits, at the place where the form was opened."""
        known = unpack_asker(self.asker) if self.asker else Asker(user, self.channel)
        return known if known.user == user else Asker(user, self.channel)


@unpacking("/kpi settings")
def unpack_memory(text: str) -> Memory:
    asker, channel, page, opened, edition, wanted = json.loads(text)
    held = (str(channel), str(page), dict(opened), int(edition), dict(wanted))
    return Memory(unpack_asker(asker).pack() if asker else (), *held)


def mark(words: str | None) -> str:
    """Return what is remembered of a setting's words; nothing where nobody chose."""
    return "" if words is None else mark_of(words)


def settings_on(page: str, *, of_channel: bool) -> dict[str, Setting]:
    """Return the settings of a form's page, or of a channel's form."""
    from storage.settings import SETTINGS

    if of_channel:
        return {key: it for key, it in SETTINGS.items() if it.is_of_channel}
    return {
        key: it
        for key, it in SETTINGS.items()
        if it.is_of_workspace and it.group.value in PAGES.get(page, PAGES[""])
    }


def words_now(connection: Connection, workspace: int, channel: str) -> dict[str, str | None]:
    """Return what was chosen, words by key; nothing where a channel is as its workspace."""
    from storage.settings import SETTINGS, chosen_here

    found = chosen_here(connection, workspace, channel)
    if channel:
        return {
            key: None if it.own is None else SETTINGS[key].write(it.own)
            for key, it in found.items()
        }
    return {key: SETTINGS[key].write(it.everywhere) for key, it in found.items()}
