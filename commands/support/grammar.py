"""What was typed after ``/support``, read: a verb, an issue's number, and what belongs to it.

Verbs and numbers may come in either order: ``resolve 12`` and ``12 resolve`` are the same. Nothing
that changes an issue is guessed at: a near miss is offered as a button (support-spec O5).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import reduce

from commands.saying import say
from commands.support import wording
from kpis.words import SIGNS, unescape, visible
from storage.errors import KepiError, Unclear

LONGEST = 3000
MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")
CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|[^<>]*)?>")
NUMBER = re.compile(r"#?(\d{1,9})[.,:;]?")
TOO_HIGH = re.compile(r"#?(\d{10,})[.,:;]?")
"""No workspace has so many issues."""
OPTION = re.compile(r"""(?<!\S)([A-Za-z_]{2,20})=("[^"]*"|'[^']*'|\S*)""")


class Verb(StrEnum):
    """What can be asked of ``/support``."""

    LIST = "list"
    SHOW = "show"
    EXPLAIN = "explain"
    NEW = "new"
    RESOLVE = "resolve"
    UNDO = "undo"
    REOPEN = "reopen"
    ASSIGN = "assign"
    CLAIM = "claim"
    DISMISS = "dismiss"
    RESTORE = "restore"
    WAIT = "wait"
    UNWAIT = "unwait"
    REPLIED = "replied"
    SNOOZE = "snooze"
    MERGE = "merge"
    UNMERGE = "unmerge"
    PRIORITY = "priority"
    CSAT = "csat"
    TARGETS = "targets"
    HOURS = "hours"
    HOLIDAYS = "holidays"
    SETUP = "setup"
    STATUS = "status"
    RELAYS = "relays"
    PEOPLE = "people"
    RATINGS = "ratings"
    HELP = "help"


ALIASES: Mapping[str, Verb] = {
    **{str(verb): verb for verb in Verb},
    **dict.fromkeys(("issue", "view"), Verb.SHOW),
    **dict.fromkeys(("why", "how"), Verb.EXPLAIN),
    **dict.fromkeys(("add", "create", "log"), Verb.NEW),
    **dict.fromkeys(("close", "solve", "solved", "resolved", "closed", "done"), Verb.RESOLVE),
    **dict.fromkeys(("open",), Verb.REOPEN),
    **dict.fromkeys(("take",), Verb.CLAIM),
    **dict.fromkeys(("ignore",), Verb.DISMISS),
    **dict.fromkeys(("undismiss",), Verb.RESTORE),
    **dict.fromkeys(("waiting",), Verb.WAIT),
    **dict.fromkeys(("answered", "reply"), Verb.REPLIED),
    **dict.fromkeys(("mute",), Verb.SNOOZE),
    **dict.fromkeys(("prio",), Verb.PRIORITY),
    **dict.fromkeys(("rating", "rate"), Verb.CSAT),
    **dict.fromkeys(("target", "sla", "policies", "policy"), Verb.TARGETS),
    **dict.fromkeys(("hour", "opening"), Verb.HOURS),
    **dict.fromkeys(("holiday",), Verb.HOLIDAYS),
    **dict.fromkeys(("set", "settings", "configure"), Verb.SETUP),
    **dict.fromkeys(("relay",), Verb.RELAYS),
    **dict.fromkeys(("?", "commands"), Verb.HELP),
}
NUMBERED = frozenset(
    {Verb.SHOW, Verb.EXPLAIN, Verb.RESOLVE, Verb.UNDO, Verb.REOPEN, Verb.ASSIGN, Verb.CLAIM}
    | {Verb.DISMISS, Verb.RESTORE, Verb.WAIT, Verb.UNWAIT, Verb.REPLIED, Verb.SNOOZE}
    | {Verb.MERGE, Verb.UNMERGE, Verb.PRIORITY, Verb.CSAT}
)
"""Verbs that say nothing without the number of an issue."""
OPTIONS: Mapping[Verb, tuple[str, ...]] = {
    Verb.NEW: ("customer", "source", "priority", "at"),
    Verb.REPLIED: ("at",),
    Verb.CSAT: ("source",),
}


@dataclass(frozen=True)
class Said:
    """One ``/support`` command, read."""

    verb: Verb
    number: int = 0
    """The issue's; 0 where none was named."""
    other: int = 0
    """A second number: what an issue is merged into."""
    rest: str = ""
    """The words that are left, as they were written."""
    options: Mapping[str, str] = field(default_factory=dict)
    user: str = ""
    """Slack id of the person who was mentioned."""
    channel: str = ""


def read(text: str) -> Said:
    """Return what ``text`` asks for; raises ``KepiError`` with a line that says what would work."""
    if len(text) > LONGEST:
        raise KepiError(wording.TOO_LONG)
    words = tidy(text).split()
    if not words:
        return Said(Verb.LIST)
    verb, number, rest = read_first(words)
    if verb in NUMBERED and not number:
        rest, number = take_number(rest)
        if not number:
            if found := next(filter(None, map(TOO_HIGH.fullmatch, rest)), None):
                raise KepiError(wording.NO_ISSUE, number=found[1][:40])
            raise KepiError(wording.WHICH_ISSUE, verb=verb)
    return read_rest(Said(verb, number), " ".join(rest))


def tidy(text: str) -> str:
    """Return the text with one kind of dash and quote, and without what cannot be seen.

    Entities are undone once: Slack escapes a command as it escapes a message.
    """
    seen = "".join(map(visible, text.translate(SIGNS)))
    marks = re.split(r"(<[^<>]*>)", seen)
    return "".join(it if it.startswith("<") else unescape(it) for it in marks)


def read_first(words: list[str]) -> tuple[Verb, int, list[str]]:
    """Return the verb, the number that stands beside it, and the other words."""
    first, others = words[0], words[1:]
    if found := TOO_HIGH.fullmatch(first):
        raise KepiError(wording.NO_ISSUE, number=found[1][:40])
    if found := NUMBER.fullmatch(first):
        if not others:
            return Verb.SHOW, int(found[1]), []
        return read_verb(others, int(found[1])), int(found[1]), others[1:]
    if CHANNEL.fullmatch(first):
        return Verb.LIST, 0, words
    verb = read_verb(words)
    if verb is Verb.SETUP and others and others[0].casefold() == "up":
        others = others[1:]
    if verb in NUMBERED and others and (found := NUMBER.fullmatch(others[0])):
        return verb, int(found[1]), others[1:]
    return verb, 0, others


def read_verb(words: list[str], number: int = 0) -> Verb:
    """Return what the first word means; raises ``Unclear`` with what is near to it."""
    typed = unicodedata.normalize("NFKC", words[0]).casefold().strip(".,:;!") or words[0]
    if typed in ALIASES:
        return ALIASES[typed]
    shown = typed if len(typed) <= 40 else f"{typed[:39]}…"
    if near := near_verbs(typed):
        offered = [correct(words, verb, number) for verb in near]
        said = either([f"/support {it}" for it in offered])
        choices = tuple(f"/support {it}" for it in offered)
        raise Unclear(say(wording.NEAR_VERB, word=shown, near=said), choices)
    raise KepiError(wording.UNKNOWN_VERB, word=shown)


def either(words: Sequence[str]) -> str:
    """Return “one or two or three”."""
    return reduce(lambda one, other: say("{one} or {other}", one=one, other=other), words)


def near_verbs(typed: str) -> list[Verb]:
    """Return the verbs that are a slip away, the nearest alone; nothing short is guessed at."""
    if len(typed) < 4:
        return []
    from rapidfuzz.distance import OSA

    allowed = 1 if len(typed) <= 5 else 2
    found: dict[Verb, int] = {}
    for alias, verb in ALIASES.items():
        distance = OSA.distance(typed, alias, score_cutoff=allowed)
        if len(alias) >= 3 and distance <= allowed:
            found[verb] = min(distance, found.get(verb, distance))
    best = min(found.values(), default=0)
    return [verb for verb, distance in found.items() if distance == best][:3]


def correct(words: list[str], verb: Verb, number: int) -> str:
    """Return what was probably meant, as it would be typed: at most 200 characters of it."""
    others = words[1:]
    parts = [str(verb), *([str(number)] if number else []), *others]
    return " ".join(parts)[:200].rstrip()


def take_number(words: list[str]) -> tuple[list[str], int]:
    """Return the words without the first number among them, and that number, or 0."""
    for at, word in enumerate(words):
        if found := NUMBER.fullmatch(word):
            return [*words[:at], *words[at + 1 :]], int(found[1])
    return words, 0


def read_rest(said: Said, rest: str) -> Said:
    """Return the command with options, the person, the channel and the second number read."""
    known = OPTIONS.get(said.verb, ())
    options, rest = read_options(rest, known) if known else ({}, rest)
    person, place = MENTION.search(rest), CHANNEL.search(rest)
    if said.verb is not Verb.NEW:
        rest = CHANNEL.sub(" ", MENTION.sub(" ", rest))
    other = 0
    if said.verb is Verb.MERGE:
        _, other = take_number(rest.split())
    return replace(
        said,
        other=other,
        rest=" ".join(rest.split()),
        options=options,
        user=person[1] if person else "",
        channel=place[1] if place else "",
    )


def read_options(rest: str, known: tuple[str, ...]) -> tuple[dict[str, str], str]:
    """Return ``key=value`` pairs and the text without them; another key is part of the text.

    Raises ``KepiError`` for a key that is nearly a known one: it would be lost in a title.
    """
    options: dict[str, str] = {}
    left: list[str] = []
    end = 0
    for found in OPTION.finditer(rest):
        key = found[1].casefold()
        if key in known:
            options[key] = found[2].strip("\"'")
            left.append(rest[end : found.start()])
            end = found.end()
        elif near := near_option(key, known):
            raise KepiError(wording.NEAR_OPTION, word=found[1], near=near)
    left.append(rest[end:])
    return options, " ".join(" ".join(left).split())


def near_option(key: str, known: tuple[str, ...]) -> str:
    """Return the known key that ``key`` is a slip away from, or nothing."""
    from rapidfuzz.distance import OSA

    near = (it for it in known if len(it) > 2 and OSA.distance(key, it) <= 1 + (len(it) > 5))
    return next(near, "")
