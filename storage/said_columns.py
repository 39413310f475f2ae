"""Texts that can be said in other languages (``storage.said``), as a column of a table holds them.

A text of ours is kept as what it is made of; any other, and those of earlier versions, as it is.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from storage.said import Capital, Counted, Days, Grouped, Said, Words

KINDS: dict[str, type[Said]] = {it.__name__: it for it in (Words, Counted, Grouped, Days, Capital)}
BEGIN = '{"said": '


def pack(text: str) -> str:
    """Return a text as a column holds it."""
    return json.dumps(take_apart(text), ensure_ascii=False) if isinstance(text, Said) else text


def unpack(held: str) -> str:
    """Return the text that a column holds."""
    return str_of(json.loads(held)) if held.startswith(BEGIN) else held


def take_apart(value: object) -> object:
    """Return a value as JSON can hold it."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if not isinstance(value, Said):
        return value
    args: tuple[Any, ...]
    args, named = (
        value.__getnewargs_ex__()
        if isinstance(value, Words | Counted)
        else (value.__getnewargs__(), {})
    )
    return {
        "said": type(value).__name__,
        "of": [take_apart(it) for it in args],
        "named": {key: take_apart(it) for key, it in named.items()},
    }


def put_together(held: Any) -> Any:
    """Return a value that ``take_apart`` took apart."""
    if not isinstance(held, dict):
        return held
    if "date" in held:
        return date.fromisoformat(held["date"])
    return str_of(held)


def str_of(held: dict[str, Any]) -> Said:
    named = {key: put_together(it) for key, it in held["named"].items()}
    return KINDS[held["said"]](*map(put_together, held["of"]), **named)
