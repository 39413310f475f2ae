"""A channel's set-up in words, field by field: for the file of settings and for their history.

What is written is read again as the same. Values are what TOML holds: text, true and false, lists
of text; lengths are “45 min”, hours “Mon–Fri 09:00–17:00”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from commands.saying import declare, say
from commands.support.draft import SAME, Draft
from commands.support.setup_form import WHERE
from commands.support.setup_more import (
    ALWAYS_CUSTOMERS,
    LANGUAGES,
    MARKS,
    NEVER_COUNT,
    NOTE_BEGINS,
    PICKS,
    SWITCHES,
    THANKS_IN,
    WARNINGS_TO,
)
from storage.errors import KepiError
from support.policies import LONGEST
from support.reading import normalise
from support.rules import DAY, HOUR, MINUTE, Mode
from support.week import read_hours, say_hours

Word = str | bool | list[str]
"""What TOML holds of a field."""
UNITS = {"s": 1, "m": MINUTE, "h": HOUR, "d": DAY}
LENGTH = re.compile(
    r"(\d{1,5})\s*(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)\b\s*", re.IGNORECASE
)
EMOJI = re.compile(r":?([a-z0-9_+'\-]{1,100}):?")
NEVER, NONE = "never", "none"
MOST = 100
"""People in one list."""


@dataclass(frozen=True)
class Field:
    """One field of a channel's set-up."""

    key: str
    title: str
    """Declared: ``say_declared`` says it."""
    find: Callable[[Draft], Any]
    put: Callable[[Draft, Any], Draft]
    read: Callable[[Any], Any]
    """A TOML value to the draft's; raises ``KepiError`` with what would work."""
    write: Callable[[Any], Word]
    names: str = ""
    """Whose ids it holds, to be checked: ``user``, ``group`` or ``channel``."""

    def word(self, draft: Draft) -> Word:
        """Return what the file says of it."""
        return self.write(self.find(draft))

    def words(self, draft: Draft) -> str:
        """Return what people read of it."""
        return plainly(self.word(draft))


def plainly(word: Word) -> str:
    """Return a TOML value as people read it."""
    if isinstance(word, bool):
        return "on" if word else "off"
    return word if isinstance(word, str) else ", ".join(word) or NONE


# --- reading and writing values


def read_text(value: Any) -> str:
    if not isinstance(value, str):
        raise KepiError("It is text, in quotes.")
    return " ".join(value.split())


def read_bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise KepiError("It is true or false, without quotes.")
    return value


def read_list(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(it, str) for it in value):
        raise KepiError('It is a list of texts: ["one", "another"].')
    if len(value) > MOST:
        raise KepiError("A list has up to {most} entries.", most=MOST)
    return tuple(dict.fromkeys(it.strip() for it in value if it.strip()))


def one_of(values: Iterable[str]) -> Callable[[Any], str]:
    known = tuple(values)

    def read(value: Any) -> str:
        said = read_text(value).lower()
        if said not in known:
            raise KepiError("It is one of: {values}.", values=", ".join(known))
        return said

    return read


def several_of(values: Iterable[str]) -> Callable[[Any], tuple[str, ...]]:
    known = tuple(values)

    def read(value: Any) -> tuple[str, ...]:
        said = read_list(value)
        if not set(said) <= set(known):
            raise KepiError("They are some of: {values}.", values=", ".join(known))
        return tuple(it for it in known if it in said)

    return read


def length(never: str) -> Callable[[Any], int]:
    """Return what reads “2 h 30 min”; ``never`` is the word for 0."""

    def read(value: Any) -> int:
        said = read_text(value).lower()
        if said in (never, NEVER, NONE, "0"):
            return 0
        found = LENGTH.findall(said)
        seconds = sum(int(many) * UNITS[unit[0].lower()] for many, unit in found)
        if LENGTH.sub("", said).strip() or not 0 < seconds <= LONGEST:
            words = say("It is a length such as 45 min, 4 h or 7 days, or {never}.", never=never)
            raise KepiError(words)
        return seconds

    return read


def write_length(never: str, *, in_days: bool) -> Callable[[int], str]:
    """Return what writes seconds exactly, in the largest units that fit."""

    def write(seconds: int) -> str:
        if not seconds:
            return never
        if in_days and seconds % DAY == 0:
            return "1 day" if seconds == DAY else f"{seconds // DAY} days"
        hours, rest = divmod(seconds, HOUR)
        minutes, odd = divmod(rest, MINUTE)
        parts = ((hours, "h"), (minutes, "min"), (odd, "s"))
        return " ".join(f"{many} {unit}" for many, unit in parts if many)

    return write


def read_open_hours(value: Any) -> str:
    said = read_text(value)
    return SAME if said.lower() == SAME else say_hours(read_hours(said))


def write_open_hours(hours: str) -> str:
    return SAME if hours == SAME else say_hours(read_hours(hours))


def read_zone(value: Any) -> str:
    from storage.settings_declared import read_place

    said = read_text(value)
    return read_place(said) if said else ""


def read_emoji(value: Any) -> frozenset[str]:
    found = []
    for it in read_list(value):
        name = EMOJI.fullmatch(it.casefold())
        if name is None:
            words = say("“{word}” is no emoji's name, such as white_check_mark.", word=it[:40])
            raise KepiError(words)
        found.append(normalise(name[1]))
    return frozenset(found)


# --- the fields


def of_rules(
    name: str, title: str, read: Any, write: Any, *, key: str = "", names: str = ""
) -> Field:
    """Return a field that is one of ``support.rules.Rules``."""
    return Field(
        key or name.replace("_", "-"),
        title,
        find=lambda draft: getattr(draft.rules, name),
        put=lambda draft, value: replace(draft, rules=replace(draft.rules, **{name: value})),
        read=read,
        write=write,
        names=names,
    )


def of_draft(name: str, title: str, read: Any, write: Any, *, key: str) -> Field:
    """Return a field that stands beside the rules."""
    return Field(
        key,
        title,
        find=lambda draft: getattr(draft, name),
        put=lambda draft, value: replace(draft, **{name: value}),
        read=read,
        write=write,
    )


def of_mark(name: str, title: str) -> Field:
    def put(draft: Draft, value: frozenset[str]) -> Draft:
        marks = replace(draft.rules.marks, **{name: value})
        return replace(draft, rules=replace(draft.rules, marks=marks))

    return Field(
        f"emoji-{name}",
        title,
        find=lambda draft: getattr(draft.rules.marks, name),
        put=put,
        read=read_emoji,
        write=sorted,
    )


def promise(name: str, title: str, key: str) -> Field:
    return of_draft(name, title, length(NONE), write_length(NONE, in_days=False), key=key)


def lengths() -> list[Field]:
    """Return the lengths that set-up offers under *More*."""
    return [
        of_rules(it.name, it.label, length(NEVER), write_length(NEVER, in_days=True))
        for it in PICKS
        if all(value.isdecimal() for value, _ in it.options)
    ]


def picks() -> list[Field]:
    """Return the choices of one that set-up offers under *More*, but for the first two."""
    return [
        of_rules(it.name, it.label, one_of(value for value, _ in it.options), str)
        for it in PICKS[2:]
        if not it.options[0][0].isdecimal()
    ]


FIELDS: tuple[Field, ...] = (
    of_rules(
        "mode",
        PICKS[0].label,
        lambda value: Mode(one_of(it.value for it in Mode)(value)),
        lambda mode: str(mode.value),
    ),
    of_rules("others_are", PICKS[1].label, one_of(it for it, _ in PICKS[1].options), str),
    of_rules("responders", declare("Who answers: people"), read_list, list, names="user"),
    of_rules(
        "responder_groups",
        declare("Who answers: user groups"),
        read_list,
        list,
        key="groups",
        names="group",
    ),
    of_rules(
        "responders_channel", declare("Who answers: everyone in"), read_text, str, names="channel"
    ),
    of_rules("customers", declare(ALWAYS_CUSTOMERS), read_list, list, names="user"),
    of_rules("ignored", declare(NEVER_COUNT), read_list, list, names="user"),
    of_rules(
        "response_signal", declare("Where the answer is given"), one_of(it for it, _ in WHERE), str
    ),
    of_draft("hours", declare("Open hours"), read_open_hours, write_open_hours, key="open-hours"),
    of_draft("zone", declare("Zone of the open hours"), read_zone, str, key="zone"),
    promise("first_response", declare("First answer within"), "first-answer"),
    promise("next_response", declare("Next answers within"), "next-answer"),
    promise("resolution", declare("Solved within"), "solved"),
    *picks(),
    *lengths(),
    *(of_rules(name, title, read_bool, bool) for name, title in SWITCHES),
    of_rules("languages", declare(THANKS_IN), several_of(it for it, _ in LANGUAGES), list),
    *(of_mark(name, title) for name, title in MARKS),
    of_rules("note_prefixes", declare(NOTE_BEGINS), read_list, list),
    of_rules("alerts_channel", declare(WARNINGS_TO), read_text, str, names="channel"),
)
BY_KEY = {it.key: it for it in FIELDS}


def changed_fields(before: Draft, after: Draft) -> list[tuple[Field, str, str]]:
    """Return the fields in which two drafts differ, with what people read of each."""
    pairs = [(it, it.words(before), it.words(after)) for it in FIELDS]
    return [(it, was, now) for it, was, now in pairs if was != now]
