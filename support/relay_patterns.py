"""Patterns that people write may not be able to stop the bot (support-spec §2.1).

The text that they read is a stranger's, so a pattern may not repeat what repeats already, refer
back, or hold more than two repeats of nearly anything; and it sees one line at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from storage.errors import KepiError
from storage.said import Words

LONGEST_PATTERN = 300
LONGEST_LINE = 500
MOST_LINES = 60
MOST_REPEATS = 24
MOST_OF_ANYTHING = 2


@lru_cache(maxsize=512)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Return a checked pattern; raises ``KepiError`` in one line for one that is refused."""
    why = fault_of(pattern)
    if why:
        raise KepiError("The pattern “{pattern}” {why}.", pattern=pattern[:60], why=why)
    try:
        return re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise KepiError(
            "The pattern “{pattern}” cannot be read: {error}. Write it as @(\\w+), say.",
            pattern=pattern[:60],
            error=error,
        ) from error


def fault_of(pattern: str) -> str:
    """Return why a pattern is refused, or nothing."""
    if len(pattern) > LONGEST_PATTERN:
        return Words("is longer than {most} characters", most=LONGEST_PATTERN)
    if "(?P=" in pattern or re.search(r"(?<!\\)(?:\\\\)*\\[1-9]", pattern):
        return Words("refers back to what it read")
    repeats = anything = 0
    open_groups: list[int] = []
    closed = 0
    """Repeats inside the group that was closed just before, if one was."""
    tokens = list(tokens_of(pattern))
    before = repeated = ""
    for token, after in zip(tokens, [*tokens, ""][1:], strict=True):
        if token == "(":
            open_groups.append(repeats)
            closed = 0
        elif token == ")":
            closed = repeats - (open_groups.pop() if open_groups else 0)
        elif is_repeat(token) and before:
            if before == ")" and closed:
                return Words("repeats what repeats already")
            repeats += 1
            anything += not is_stopped(before, after) and overlaps(before, repeated)
            repeated = before
        elif not is_repeat(after):
            repeated = ""
        before = token
    if repeats > MOST_REPEATS:
        return Words("has more than {most} repeats", most=MOST_REPEATS)
    if anything > MOST_OF_ANYTHING:
        return Words("says “anything” more than {most} times", most=MOST_OF_ANYTHING)
    return ""


def is_repeat(token: str) -> bool:
    return token[:1] in ("*", "+", "{") and not token.startswith("{}")


def is_stopped(repeated: str, after: str) -> bool:
    """Say whether a repeat ends for certain where the next sign stands: ``[^/]*/``."""
    literal = after.removeprefix("\\")
    return repeated.startswith("[^") and len(literal) == 1 and literal in repeated[2:]


def overlaps(atom: str, before: str) -> bool:
    """Say whether a repeat may take what another, just before it, could have taken.

    What matches nearly anything overlaps with whatever stands before it.
    """
    if atom == "." or atom.startswith("[^"):
        return True
    return bool(before) and {atom.lower(), before.lower()} not in APART


APART: tuple[set[str], ...] = ({r"\s"}, {r"\w", r"\s"}, {r"\d", r"\s"})
"""Repeats beside each other that have no sign in common, ``\\S`` and ``\\s`` among them."""


TOKENS = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:P<\w+>|[:=!]|<[=!])|[*+](?=[?+]?)|\{\d*,?\d*\}|.",
    re.DOTALL,
)


def tokens_of(pattern: str) -> Iterator[str]:
    """Give the pieces of a pattern; an opening of any kind of group is ``(``."""
    for piece in TOKENS.findall(pattern):
        if piece.startswith("(?"):
            yield "("
        elif piece != "?":
            yield piece


def search(pattern: str, text: str, part: str) -> tuple[int, int] | None:
    """Return where in ``text`` the value of ``part`` stands: its group, or the first one."""
    compiled = compile_pattern(pattern)
    start = 0
    for line in text.split("\n")[:MOST_LINES]:
        found = compiled.search(line[:LONGEST_LINE])
        if found is not None:
            group: str | int = part if part in compiled.groupindex else min(compiled.groups, 1)
            first, last = found.span(group)
            if last > first >= 0:
                return start + first, start + last
        start += len(line) + 1
    return None
