"""A file of settings read: everything that is wrong with it is found at once.

What needs no database is checked here; ``knowing`` looks at ids, ``planning``
at what contradicts itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import Any

from commands.saying import say
from commands.settings.digest_words import Wanted, read_digest
from commands.settings.hours import DATES
from commands.settings.lines import Lines, explain
from commands.settings.tables import read_hours, read_own_dates, read_relays
from commands.settings.wanted import (
    AS_USUAL,
    CHANNELS,
    DEFAULTS,
    DIGESTS,
    HOURS,
    NAME,
    RELAYS,
    SUPPORT,
    WORKSPACE,
    Document,
    Problem,
    WantedChannel,
)
from commands.support.setup_words import BY_KEY
from storage.errors import KepiError

LARGEST = 2_000_000
"""Letters of a file: 500 channels with every field written out are half of it."""
NESTED = re.compile(r'(?<![\w"-])(?:[\w"-]++\.){40}')
"""A key of so many parts: reading one of a million would take an hour."""


def read_document(text: str) -> Document:
    """Return what a file says, with every problem that can be told from the file alone."""
    document = Document(lines=Lines(text))
    if len(text) > LARGEST:
        document.complain((), say("The file is larger than {most} letters.", most=f"{LARGEST:,}"))
        return document
    if found := NESTED.search(text):
        line = text.count("\n", 0, found.start()) + 1
        said = say("This is no TOML: {words}.", words=found[0][:40])
        document.problems.append(Problem(line, "", said))
        return document
    try:
        held = tomllib.loads(text)
    except (ValueError, RecursionError) as fault:  # also a number of thousands of digits
        line, words = explain(tomllib.TOMLDecodeError(str(fault)), text)
        said = say("This is no TOML: {words}.", words=words)
        document.problems.append(Problem(line, "", said))
        return document
    readers: Mapping[str, Callable[[Document, Mapping[str, Any]], None]] = {
        WORKSPACE: read_workspace,
        DEFAULTS: read_defaults,
        CHANNELS: read_channels,
        HOURS: read_hours,
    }
    for name, value in held.items():
        if name == RELAYS:
            document.relays = read_relays(document, (name,), value)
        elif name not in readers:
            document.complain_unknown((name,), name, {**readers, RELAYS: None})
        elif not isinstance(value, dict):
            document.complain_no_table((name,))
        else:
            readers[name](document, value)
    return document


def read_workspace(document: Document, held: Mapping[str, Any]) -> None:
    from storage.settings import SETTINGS

    known = {key: it for key, it in SETTINGS.items() if it.is_of_workspace}
    for key, value in held.items():
        read_setting(document, (WORKSPACE, key), known, value, document.workspace)


def read_setting(
    document: Document,
    path: tuple[str, ...],
    known: Mapping[str, Any],
    value: Any,
    into: MutableMapping[str, Any],
) -> None:
    """Read one setting: its words, as ``Setting.write`` gives them."""
    key = path[-1]
    if key not in known:
        document.complain_unknown(path, key, known)
        return

    def read() -> None:
        setting = known[key]
        into[key] = setting.write(setting.read(words_of(value)))

    document.take(path, read)


def words_of(value: Any) -> str:
    """Return a TOML value as somebody would have typed it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return value
    raise KepiError("It is text, a whole number, or true or false.")


def read_defaults(document: Document, held: Mapping[str, Any]) -> None:
    for key, value in held.items():
        path = (DEFAULTS, key)
        if key != SUPPORT:
            document.complain_unknown(path, key, {SUPPORT: None})
        elif not isinstance(value, dict):
            document.complain_no_table(path)
        else:
            document.defaults = read_support(document, path, value)


def read_support(
    document: Document, path: tuple[str, ...], held: Mapping[str, Any]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in held.items():
        if key not in BY_KEY:
            document.complain_unknown((*path, key), key, BY_KEY)
            continue

        def read(key: str = key, value: Any = value) -> None:
            found[key] = BY_KEY[key].read(value)

        document.take((*path, key), read)
    return found


def read_channels(document: Document, held: Mapping[str, Any]) -> None:
    for channel, value in held.items():
        path = (CHANNELS, channel)
        if not isinstance(value, dict):
            document.complain_no_table(path)
        elif not is_channel(channel):
            said = say("A channel stands under its id, such as C0123456789.")
            document.complain(path, said)
        else:
            document.channels[channel] = read_channel(document, path, value)


def is_channel(name: str) -> bool:
    from storage.settings_declared import CHANNEL

    found = CHANNEL.fullmatch(name)
    return found is not None and bool(found[2])


def read_channel(
    document: Document, path: tuple[str, ...], held: Mapping[str, Any]
) -> WantedChannel:
    from storage.settings import SETTINGS

    known: dict[str, Any] = {key: it for key, it in SETTINGS.items() if it.is_of_channel}
    others = {SUPPORT: None, DIGESTS: None, DATES: None, RELAYS: None, NAME: None}
    wanted = WantedChannel(path[-1])
    for key, value in held.items():
        here = (*path, key)
        if key == NAME:
            wanted.name = str(value)[:80] if isinstance(value, str) else ""
        elif key == SUPPORT and isinstance(value, dict):
            wanted.support = read_support(document, here, value)
        elif key == DIGESTS and isinstance(value, list):
            wanted.digests = read_digests(document, here, value)
        elif key == DATES:
            wanted.dates = read_own_dates(document, here, value)
        elif key == RELAYS:
            wanted.relays = read_relays(document, here, value, wanted.id)
        elif key in others:
            document.complain_no_table(here, is_list=key == DIGESTS)
        elif key not in known:
            document.complain_unknown(here, key, known | others)
        elif value == AS_USUAL:
            wanted.settings[key] = None
        else:
            read_setting(document, here, known, value, wanted.settings)
    return wanted


def read_digests(document: Document, path: tuple[str, ...], held: Sequence[Any]) -> list[Wanted]:
    found: list[Wanted] = []
    for number, value in enumerate(held):
        here = (*path, str(number))
        if not isinstance(value, dict):
            document.complain_no_table(path, is_list=True)
            continue
        wanted, complaints = read_digest(value)
        for key, words in complaints.items():
            document.complain((*here, key), words)
        if any(it.cadence == wanted.cadence for it in found):
            words = say("A channel has one {cadence} digest.", cadence=wanted.cadence)
            document.complain((*here, "cadence"), words)
        found.append(wanted)
    return found
