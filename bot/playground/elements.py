"""Finding texts and interactive elements inside blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def words_of(blocks: object) -> Iterator[str]:
    """Yield the visible texts of blocks in reading order; alt texts count, ids do not."""
    if isinstance(blocks, list):
        for each in blocks:
            yield from words_of(each)
    elif isinstance(blocks, dict):
        for key in ("text", "alt_text", "title", "label", "hint", "placeholder", "description"):
            if isinstance(blocks.get(key), str):
                yield blocks[key]
            else:
                yield from words_of(blocks.get(key))
        for key in ("fields", "accessory", "element", "elements", "options", "rows"):
            yield from words_of(blocks.get(key))


def words_of_attachments(attachments: object) -> Iterator[str]:
    """Yield the visible texts of old-style attachments, and of blocks inside them."""
    for each in attachments if isinstance(attachments, list) else []:
        for key in ("pretext", "author_name", "title", "text", "footer"):
            if isinstance(each.get(key), str):
                yield each[key]
        for pair in each.get("fields", []):
            yield from (str(pair[key]) for key in ("title", "value") if pair.get(key))
        yield from words_of(each.get("blocks"))


def elements_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield (block, element) for everything that has an action_id."""
    for block in blocks:
        inside = [block.get("accessory"), block.get("element"), *block.get("elements", [])]
        for element in inside:
            if isinstance(element, dict) and "action_id" in element:
                yield block, element


def find_element(blocks: list[Json], action_id: str, value: str | None) -> tuple[Json, Json]:
    """Return (block, element) with `action_id`; `value` is a button's value or an option's."""
    seen = []
    for block, element in elements_of(blocks):
        seen.append(f"{element['action_id']}={element.get('value', '')}")
        if element["action_id"] == action_id and (value is None or offers(element, value)):
            return block, element
    raise LookupError(f"no element {action_id!r} with value {value!r} among {seen}")


def options_of(element: Json) -> list[Json]:
    """Return all options of a select, overflow, radio or checkbox element, groups opened."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def offers(element: Json, value: str) -> bool:
    """Say whether pressing `element` can send `value`."""
    if element["type"] == "button":
        return element.get("value") == value
    options = options_of(element)
    return not options or any(option["value"] == value for option in options)
