"""Writing TOML: the part of it that settings need. ``tomllib`` reads it again as the same.

Tables of text, true and false, whole numbers, lists of these, tables, and lists of tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

BARE = re.compile(r"[A-Za-z0-9_-]+")
ESCAPES = {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}
ODD = re.compile(r'["\\\x00-\x1f\x7f]')
Path = tuple[str, ...]


def write_toml(table: Mapping[str, Any], notes: Mapping[Path, str] | None = None) -> str:
    """Return a document; ``notes`` are remarks to stand before a key or a table, by path."""
    lines = list(write_table(table, (), notes or {}))
    return "\n".join(lines).strip("\n") + "\n"


def write_table(table: Mapping[str, Any], path: Path, notes: Mapping[Path, str]) -> Iterator[str]:
    """Yield a table's own keys first, then the tables in it: TOML knows no way back."""
    for key, value in table.items():
        if not is_table(value) and not is_tables(value):
            yield from remark((*path, key), notes)
            yield f"{write_key(key)} = {write_value(value)}"
    for key, value in table.items():
        here = (*path, key)
        name = ".".join(map(write_key, here))
        if is_table(value):
            if not value or any(not is_table(it) for it in value.values()) or here in notes:
                yield ""
                yield from remark(here, notes)
                yield f"[{name}]"
            yield from write_table(value, here, notes)
        elif is_tables(value):
            for each in value:
                yield ""
                yield f"[[{name}]]"
                yield from write_table(each, here, notes)


def remark(path: Path, notes: Mapping[Path, str]) -> Iterator[str]:
    if path in notes:
        yield f"# {' '.join(ODD.sub(' ', notes[path]).split())}"


def is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(is_table(it) for it in value)


def write_key(key: str) -> str:
    return key if BARE.fullmatch(key) else write_text(key)


def write_value(value: Any) -> str:
    """Return a value on one line; raises ``TypeError`` for what settings never hold."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return write_text(value)
    if isinstance(value, list):
        return f"[{', '.join(map(write_value, value))}]"
    raise TypeError(f"{type(value).__name__} is not written")


def write_text(words: str) -> str:
    return '"' + ODD.sub(lambda it: escape(it[0]), words) + '"'


def escape(letter: str) -> str:
    return ESCAPES.get(letter) or f"\\u{ord(letter):04x}"
