"""What a setting is: one declaration, from which its form, its file and its page are made.

Words are what people type, what stands in the file of settings and what ``write`` gives back;
a value is what the tables hold: anything that JSON can.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from storage.errors import KepiError
from storage.said import Grouped, Words

if TYPE_CHECKING:
    from sqlalchemy import Connection

Keep = Callable[["Connection", int, Any, str, datetime], None]
"""Keeps a value: connection, workspace, value, by whom, when."""
Choices = tuple[tuple[str, str], ...]
"""Words as ``Setting.write`` gives them, and what a form calls them."""

ON = frozenset({"on", "yes", "true", "1"})
OFF = frozenset({"off", "no", "false", "0"})
SWITCH: Choices = (("on", "On"), ("off", "Off"))
NEVER = frozenset({"never", "none", "forever", "no", "off", "0"})
DAYS = re.compile(r"(\d{1,5})\s*(?:d|days?)?", re.IGNORECASE)
TIME = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)")


class Where(StrEnum):
    """Where a setting may be chosen."""

    WORKSPACE = "workspace"
    CHANNEL = "channel"
    BOTH = "both"
    """For the workspace, and otherwise for some channels."""


class Group(StrEnum):
    """Under which heading a form shows a setting."""

    NUMBERS = "Numbers"
    SLACK = "In Slack"
    CUSTOMERS = "Customers"
    KEPT = "What is kept"


@dataclass(frozen=True)
class Setting:
    """One thing that a workspace or a channel chooses."""

    key: str
    """“week-start”: as people type it."""
    title: str
    does: str
    """One line: what follows from it."""
    default: Any
    """What holds where nobody chose."""
    read: Callable[[str], Any]
    """Words to a value; raises ``KepiError`` with what would work."""
    write: Callable[[Any], str]
    """A value to words, as ``read`` reads them again."""
    where: Where = Where.WORKSPACE
    group: Group = Group.NUMBERS
    choices: Choices = ()
    """Empty: it is a line to type."""
    example: str = ""
    names: tuple[str, ...] = ()
    """What else people call it."""
    kept: str = ""
    """Key of the choice that holds it; empty: as ``key``. See ``storage.support_notes.choose``."""
    of_channel: str = "{kept}|{channel}"
    """Key of a channel's choice."""
    column: str = ""
    """The column of ``workspace`` that holds it instead of a choice."""
    keep: Keep | None = None
    """What keeps it, where more follows from a change than that answers are read again."""
    recomputes: str = ""
    """What is worked out anew by a change, for people to agree to; empty: nothing."""
    erases: bool = False
    """What is older than its days, or beyond its number, goes for good; 0 is for ever."""

    def key_of(self, channel: str = "") -> str:
        """Return the key of the choice that holds it for a channel, or for the workspace."""
        kept = self.kept or self.key
        return self.of_channel.format(kept=kept, channel=channel) if channel else kept

    @property
    def is_switch(self) -> bool:
        return self.choices == SWITCH

    @property
    def is_of_workspace(self) -> bool:
        return self.where is not Where.CHANNEL

    @property
    def is_of_channel(self) -> bool:
        return self.where is not Where.WORKSPACE

    def say(self, value: Any) -> str:
        """Return a value as people read it: a choice by what it is called."""
        words = self.write(value)
        return dict(self.choices).get(words, words)


def switch(key: str, title: str, does: str, **more: Any) -> Setting:
    """Return a setting that is on or off; off unless ``default`` says otherwise."""
    values: Mapping[str, Any] = {"default": False, "choices": SWITCH} | more
    return Setting(key, title, does, read=read_switch, write=write_switch, **values)


def read_switch(words: str) -> bool:
    said = words.strip().lower()
    if said not in ON | OFF:
        raise KepiError("“{words}” is neither on nor off.", words=words.strip()[:40])
    return said in ON


def write_switch(value: Any) -> str:
    return "on" if value else "off"


def one_of(choices: Choices) -> Callable[[str], str]:
    """Return what reads one of some words, or what a form calls it."""
    known = {name.lower(): words for words, name in choices} | {it: it for it, _ in choices}

    def read(words: str) -> str:
        said = " ".join(words.lower().split())
        if said not in known:
            listed = ", ".join(it for it, _ in choices)
            raise KepiError(
                "“{words}” is not one of: {listed}.", words=words.strip()[:40], listed=listed
            )
        return known[said]

    return read


def days(least: int, most: int, *, never: str = "") -> Callable[[str], int]:
    """Return what reads “90 days”; with ``never`` also that word, which is 0."""

    def read(words: str) -> int:
        said = " ".join(words.lower().split())
        if never and (said in NEVER or said == never):
            return 0
        found = DAYS.fullmatch(said)
        if found is None or not least <= int(found[1]) <= most:
            other = Words(", or {never}", never=never) if never else ""
            raise KepiError(
                "“{words}” is not {least} to {most} days{other}.",
                words=words.strip()[:40],
                least=least,
                most=Grouped(most),
                other=other,
            )
        return int(found[1])

    return read


def write_days(never: str = "") -> Callable[[Any], str]:
    """Return what writes a number of days; 0 is ``never``, where there is such a word."""

    def write(value: Any) -> str:
        if never and not value:
            return never
        return "1 day" if value == 1 else f"{value} days"

    return write


def read_time(words: str) -> str:
    """Return “03:30” of a time of the day."""
    found = TIME.fullmatch(words.strip())
    if found is None:
        raise KepiError("“{words}” is not a time such as 03:30.", words=words.strip()[:40])
    return f"{int(found[1]):02d}:{found[2]}"
