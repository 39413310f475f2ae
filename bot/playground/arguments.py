"""The arguments of a Web API call, whether they came as JSON, as a form or in the query."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.refusals import Refusal


def missing(name: str) -> Refusal:
    """Return the refusal of a call without a required argument."""
    reason = f"[ERROR] missing required field: {name}"
    return Refusal("invalid_arguments", messages=[reason])


@dataclass(frozen=True)
class Args:
    """Typed access; a form has only strings, so structures arrive in it as JSON text."""

    values: Mapping[str, Any]

    def text(self, name: str) -> str | None:
        """Return an optional string; empty counts as absent."""
        value = self.values.get(name)
        return None if value in (None, "") else str(value)

    def need(self, name: str) -> str:
        """Return a required string."""
        value = self.text(name)
        if value is None:
            raise missing(name)
        return value

    def flag(self, name: str) -> bool:
        """Return a boolean; forms say 1 or true."""
        return str(self.values.get(name, "")).lower() in {"1", "true"}

    def whole(self, name: str, default: int) -> int:
        """Return an integer or its default."""
        try:
            return int(self.values.get(name) or default)
        except (TypeError, ValueError):
            raise Refusal("invalid_arguments", [f"[ERROR] {name} must be an integer"]) from None

    def has(self, name: str) -> bool:
        """Say whether the argument was given at all, even as an empty list."""
        return self.values.get(name) is not None

    def data(self, name: str, error: str = "invalid_arguments") -> Any:
        """Return a structure, parsed from JSON text if need be, or None."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise Refusal(error) from None


def instant(ts: str, error: str = "invalid_ts") -> int:
    """Return a `ts` in microseconds, exact (a float would not be: slack-platform §3)."""
    seconds, _, fraction = ts.partition(".")
    try:
        return int(seconds) * 1_000_000 + int((fraction + "000000")[:6])
    except ValueError:
        raise Refusal(error) from None
