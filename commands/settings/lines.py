"""On which line of a TOML file something stands: ``tomllib`` does not say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

HEADER = re.compile(r"\s*\[(\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
KEY = re.compile(r"\s*([^=#\[]+?)\s*=")
PART = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^.\s]+")
AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


class Lines:
    """The lines of a document, by the paths of its tables and keys."""

    def __init__(self, text: str) -> None:
        self._found: dict[tuple[str, ...], int] = {}
        here: tuple[str, ...] = ()
        counted: dict[tuple[str, ...], int] = {}
        for number, line in enumerate(text.splitlines(), 1):
            if header := HEADER.fullmatch(line):
                here = parts_of(header[2])
                if header[1]:
                    counted[here] = counted.get(here, -1) + 1
                    here = (*here, str(counted[here]))
                self._found.setdefault(here, number)
            elif key := KEY.match(line):
                self._found.setdefault((*here, *parts_of(key[1])), number)

    def find(self, path: Sequence[str]) -> int:
        """Return the line of a path, or of the nearest table around it; 0 for none."""
        for end in range(len(path), 0, -1):
            if found := self._found.get(tuple(path[:end])):
                return found
        return 0


def parts_of(name: str) -> tuple[str, ...]:
    """Return the parts of a dotted name, without their quotes."""
    return tuple(it[1:-1] if it[0] in "\"'" else it for it in PART.findall(name))


def explain(fault: tomllib.TOMLDecodeError, text: str) -> tuple[int, str]:
    """Return the line of what is no TOML, and what is wrong with it."""
    words = str(fault)
    found = AT_LINE.search(words)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    return line, AT_LINE.sub("", words).strip()
