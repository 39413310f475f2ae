"""A scope as columns, buttons and forms hold it: lists by name, what chooses nothing left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from kpis.question import Scope


def pack_scope(scope: Scope) -> dict[str, list[Any]]:
    """Return a scope as plain lists, ready for JSON."""
    return {name: list(chosen) for name, chosen in asdict(scope).items() if chosen}


def unpack_scope(held: Mapping[str, Sequence[Any]]) -> Scope:
    """Return the scope that ``held`` names; what else stands there is not the scope's."""
    return Scope(
        platforms=tuple(held.get("platforms", ())),
        accounts=tuple(held.get("accounts", ())),
        brands=tuple(held.get("brands", ())),
        channels=tuple(held.get("channels", ())),
    )
