"""Targets as rows of ``target``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from support.projection import instant
from support.targets import TargetInstance


def target_rows(instances: Iterable[TargetInstance]) -> list[dict[str, Any]]:
    """Return the columns of ``target`` but the workspace and the issue."""
    return [
        {
            "kind": it.kind.value,
            "position": it.position,
            "clock": it.clock.value,
            "length": it.length,
            "started": instant(it.started),
            "due": instant(it.due),
            "warn": instant(it.warn),
            "state": it.state.value,
            "decided": instant(it.decided),
            "fulfilled": instant(it.fulfilled),
            "overrun": it.overrun,
            "on_change": it.on_change,
        }
        for it in instances
    ]
