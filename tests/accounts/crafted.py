"""Forms as somebody might send them who does not keep to what was offered."""

from __future__ import annotations

import copy
from typing import Any

from bot.playground.elements import options_of
from bot.playground.world import View
from tests.slack.conftest import Town


def open_up(view: View, **values: str) -> View:
    """Let a form's fields take any length, and choices that it does not offer."""
    view.body["blocks"] = copy.deepcopy(view.blocks)
    for block in view.blocks:
        element: dict[str, Any] = block.get("element") or {}
        element.pop("max_length", None)
        block["optional"] = True
        value = values.get(str(block.get("block_id")))
        if value is not None and "option" in str(element):
            options_of(element)[-1]["value"] = value
    return view


async def send(town: Town, view: View, values: dict[str, Any]) -> dict[str, str]:
    """Send a form off and return what is wrong at its fields; without any it was taken."""
    view.errors = {}
    await town.mia.submit(view, values)
    return dict(view.errors)
