"""Memories that come back: what a form or a button remembered, as this version wrote it or not.

Slack keeps them for as long as a message or a form stands: what comes may be of an earlier version.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import UnionType
from typing import Any, TypeVar, get_type_hints

from storage.errors import KepiError

Held = TypeVar("Held")

OLD_FORM = "This form is from an earlier version. Open it again: {command}"
UNFIT = (ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What reading stumbles over that was written otherwise; bad JSON too."""


@contextmanager
def unpacking(command: str) -> Iterator[None]:
    """Read a form's memory in this block, or in the function that it decorates.

    Raises ``KepiError`` for what this version did not write; ``command`` opens the form again.
    """
    try:
        yield
    except UNFIT as fault:
        raise KepiError(OLD_FORM, command=command) from fault


def read_memory(view: Mapping[str, Any], command: str, **kinds: type | UnionType) -> dict[str, Any]:
    """Return the object that a form remembers, with all of ``kinds``; raises ``KepiError``."""
    with unpacking(command):
        held = json.loads(view["private_metadata"])
        check_kinds({key: held[key] for key in kinds}, kinds)
        return dict(held)


def make(kind: type[Held], held: Mapping[str, Any]) -> Held:
    """Return a flat dataclass of what JSON holds; raises one of ``UNFIT`` where it does not fit."""
    check_kinds(held, get_type_hints(kind))
    return kind(**held)


def check_kinds(held: Mapping[str, Any], kinds: Mapping[str, Any]) -> None:
    for key, value in held.items():
        if not isinstance(value, kinds[key]):
            raise TypeError(f"{key} is no {kinds[key]}")
