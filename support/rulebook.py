"""A channel's rules between tables and calculation."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from enum import Enum
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from storage import desks
from support.rules import Marks, Mode, RuleBook, Rules

UNTRACKED = RuleBook()
"""Of a channel that nobody set up: only what somebody tracks is an issue."""


def read_book(connection: Connection, workspace: int, channel: str) -> RuleBook:
    """Return every version of a channel's rules; before it was set up it was not tracked."""
    versions = desks.rules_of(connection, workspace, channel)
    if not versions:
        return UNTRACKED
    known = tuple((since, unpack_rules(words)) for since, words in versions)
    return RuleBook((*UNTRACKED.versions, *known))


def pack_rules(rules: Rules) -> str:
    """Return all rules as JSON: a later default does not change what was chosen."""
    return json.dumps(asdict(rules), default=plain, ensure_ascii=False, sort_keys=True)


def plain(value: Any) -> Any:
    """Return what JSON cannot hold as something that it can."""
    if isinstance(value, frozenset):
        return sorted(value)
    return value.value if isinstance(value, Enum) else str(value)


@lru_cache(256)
def unpack_rules(words: str) -> Rules:
    """Return what ``pack_rules`` wrote; what it does not name is as usual."""
    held = json.loads(words)
    known = {field.name for field in fields(Rules)}
    chosen = {name: value for name, value in held.items() if name in known}
    if "mode" in chosen:
        chosen["mode"] = Mode(chosen["mode"])
    if "marks" in chosen:
        names = {field.name for field in fields(Marks)}
        marks = {name: frozenset(held) for name, held in chosen["marks"].items() if name in names}
        chosen["marks"] = Marks(**marks)
    if "aliases" in chosen:
        chosen["aliases"] = tuple((one, other) for one, other in chosen["aliases"])
    for name in ("responders", "responder_groups", "customers", "ignored"):
        if name in chosen:
            chosen[name] = tuple(chosen[name])
    for name in ("note_prefixes", "languages"):
        if name in chosen:
            chosen[name] = tuple(chosen[name])
    return Rules(**chosen)
