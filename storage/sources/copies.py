"""Rows that say the same thing twice, or two things of the same.

An exact repeat counts once. Copies that differ are all bad rows: which of them is true cannot
be told from the file.
"""

from collections.abc import Callable, Hashable, Iterable
from typing import Protocol, TypeVar

from storage.batch import BadRow
from storage.said import Counted, Listed, Words

MOST_LINES = 10
"""Other lines named in one reason."""


class Lined(Protocol):
    @property
    def line(self) -> int: ...


R = TypeVar("R", bound=Lined)


def settle_copies(
    rows: Iterable[R],
    key: Callable[[R], Hashable],
    facts: Callable[[R], dict[str, object]],
    unreadable: dict[Hashable, list[int]],
    words: tuple[str, str | None],
) -> tuple[list[R], list[BadRow], int]:
    """Return the rows to keep, the conflicting ones, and how many exact repeats were dropped.

    ``facts`` names what a row says; ``unreadable`` holds the lines of bad rows whose key could
    be read, for they differ from any copy; ``words`` are what a key is called ("id") and the
    column it stands in.
    """
    groups: dict[Hashable, R | list[R]] = {}
    for row in rows:
        it = key(row)
        known = groups.get(it)
        if known is None:
            groups[it] = row
        elif isinstance(known, list):
            known.append(row)
        else:
            groups[it] = [known, row]
    kept: list[R] = []
    bad: list[BadRow] = []
    repeats = 0
    for it, group in groups.items():
        copies = group if isinstance(group, list) else [group]
        said = [facts(copy) for copy in copies] if len(copies) > 1 else []
        differing = [
            name
            for name in (said[0] if said else ())
            if any(s[name] != said[0][name] for s in said)
        ]
        ruined = unreadable.get(it, [])
        if differing or ruined:
            bad += _name_conflict(copies, ruined, differing, words)
        else:
            kept.append(copies[0])
            repeats += len(copies) - 1
    return kept, bad, repeats


def _name_conflict(
    copies: list[R], ruined: list[int], differing: list[str], words: tuple[str, str | None]
) -> list[BadRow]:
    lines = sorted([*(copy.line for copy in copies), *ruined])
    what = Words("which cannot be read")
    if differing:
        what = Words("with another {columns}", columns=Listed(differing))
    named = lines[: MOST_LINES + 1]
    return [
        BadRow(
            copy.line,
            words[1],
            Words(
                "the same {thing} stands on {lines}, {what}",
                thing=words[0],
                lines=_name_lines(named, len(lines), copy.line),
                what=what,
            ),
        )
        for copy in copies
    ]


def _name_lines(lines: list[int], total: int, own: int) -> str:
    others = [str(line) for line in lines if line != own][:MOST_LINES]
    more = total - 1 - len(others)
    if more:
        return Words("lines {lines} and {number} more", lines=", ".join(others), number=more)
    if len(others) == 1:
        return Words("line {line}", line=others[0])
    return Words("lines {lines}", lines=Listed(others))


def describe_repeats(count: int) -> tuple[str, ...]:
    """Return the note on exact repeats, if there were any."""
    if not count:
        return ()
    return (
        Counted(
            "{number} exact repeat was counted once.",
            "{number} exact repeats were counted once.",
            count,
        ),
    )
