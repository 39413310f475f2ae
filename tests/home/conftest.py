"""Somebody who knows no documentation: they press what they read and fill in what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.playground import Message, Person
from bot.playground.world import View
from tests.slack.conftest import Town, enter, enter_town
from tests.support_surfaces.conftest import bare, desk

__all__ = ["bare", "desk", "enter", "enter_town"]
"""Fixtures of the towns that are used here too."""

Shown = Message | View


@dataclass
class Newcomer:
    """A person who finds buttons and fields by their words alone."""

    town: Town
    person: Person

    async def open_home(self) -> View:
        """Open Home and return what it shows."""
        await self.person.open_home()
        await self.town.quiet()
        return self.home

    @property
    def home(self) -> View:
        view = self.person.home()
        assert view is not None, "no Home was published"
        return view

    async def press(self, shown: Shown, words: str) -> None:
        """Press the button that says ``words``."""
        element = button(shown, words)
        await self.person.press(shown, element["action_id"], element.get("value"))
        await self.town.quiet()

    async def form(self, wanted: str = "") -> View:
        """Return the form that stands open, once it holds ``wanted``."""
        return await self.person.await_view(wanted)

    async def fill_in(self, view: View, **by_label: Any) -> View | None:
        """Send a form, fields and choices by their words; return what stands open afterwards."""
        fields = {label_of(it): it for it in view.blocks if it["type"] == "input"}
        values = {}
        for label, value in by_label.items():
            words = label.replace("_", " ").lower()
            found = [it for it in fields if it.lower().startswith(words)]
            assert len(found) == 1, f"no field {words!r} among {list(fields)}"
            block = fields[found[0]]
            values[block["block_id"]] = option(block["element"], value)
        await self.person.submit(view, values)
        await self.town.quiet()
        return self.person.open_view()

    async def read(self, wanted: str = "") -> Message:
        """Return the newest message of the direct messages that holds ``wanted``."""
        return await self.person.await_message("dm", wanted)


def label_of(block: dict[str, Any]) -> str:
    return str(block["label"]["text"])


def option(element: dict[str, Any], words: Any) -> Any:
    """Return the value of the choice that says ``words``; what is no choice is typed as it is."""
    groups = element.get("option_groups") or [{"options": element.get("options") or []}]
    offered = {it["text"]["text"]: it["value"] for group in groups for it in group["options"]}
    if not offered:
        return words
    assert words in offered, f"no choice {words!r} among {list(offered)}"
    return offered[words]


def buttons(shown: Shown) -> list[dict[str, Any]]:
    """Return every button and menu of a message or page, in order."""
    return list(elements_of(shown.blocks))


def elements_of(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        if "accessory" in block:
            yield block["accessory"]
        yield from block.get("elements", []) if block["type"] == "actions" else []


def labels(shown: Shown) -> list[str]:
    """Return what the buttons say."""
    return [it["text"]["text"] for it in buttons(shown) if it["type"] == "button"]


def button(shown: Shown, words: str) -> dict[str, Any]:
    """Return the first button that says ``words``."""
    found = [it for it in buttons(shown) if it.get("text", {}).get("text") == words]
    assert found, f"no button {words!r} among {labels(shown)}"
    return found[0]


def rows_are_short(shown: Shown) -> bool:
    """Say whether no row has more than three buttons, and no section more than five lines."""
    rows = [it["elements"] for it in shown.blocks if it["type"] == "actions"]
    lines = [it["text"]["text"].count("\n") + 1 for it in shown.blocks if it["type"] == "section"]
    return all(len(row) <= 3 for row in rows) and all(many <= 5 for many in lines)
