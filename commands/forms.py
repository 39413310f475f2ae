"""Fields of forms, and what was filled in.

A field keeps what a person typed for as long as its ``block_id`` stays; so where a form is to show
other values (*Copy from another channel*) its fields get the next edition's ids: ``mode:2``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    ConversationSelectElement,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    UserMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.blocks.block_elements import ConversationFilter

from commands.blocks import Block, cut, field, option, plain

Options = Sequence[tuple[str, str]]
"""Values and what they are called."""
MOST = 100


def name_of(name: str, edition: int) -> str:
    return f"{name}:{edition}" if edition else name


def choice(
    label: str, name: str, options: Options, chosen: str, edition: int = 0, hint: str = ""
) -> Block:
    """Return a choice of one; a value that is not offered is offered as it is."""
    offered = [option(words, value) for value, words in options][:MOST]
    first = next((it for it in offered if it.value == chosen), None)
    if first is None and chosen:
        first = option(chosen, chosen)
        offered = [*offered[: MOST - 1], first]
    element = StaticSelectElement(action_id=name, options=offered, initial_option=first)
    return hinted(field(label, element, name_of(name, edition)), hint)


def radio(label: str, name: str, options: Options, chosen: str, edition: int = 0) -> Block:
    """Return a question of which all answers are seen at once."""
    offered = [option(words, value) for value, words in options]
    first = next((it for it in offered if it.value == chosen), None)
    element = RadioButtonsElement(action_id=name, options=offered, initial_option=first)
    return field(label, element, name_of(name, edition))


def ticks(
    label: str, name: str, options: Options, chosen: Iterable[str], edition: int = 0
) -> Block:
    """Return boxes to tick: ten at most."""
    wanted = set(chosen)
    offered = [option(words, value) for value, words in options][:10]
    first = [it for it in offered if it.value in wanted]
    element = CheckboxesElement(action_id=name, options=offered, initial_options=first or None)
    return field(label, element, name_of(name, edition), optional=True)


def several(
    label: str, name: str, options: Options, chosen: Iterable[str], edition: int = 0
) -> Block:
    """Return a choice of any number; what is chosen is offered, however many there are."""
    wanted = set(chosen)
    every = [option(words, value) for value, words in options]
    first = [it for it in every if it.value in wanted][:MOST]
    others = [it for it in every if it.value not in wanted][: MOST - len(first)]
    offered = [it for it in every if it in first or it in others]
    element = StaticMultiSelectElement(
        action_id=name, options=offered, initial_options=first or None
    )
    return field(label, element, name_of(name, edition), optional=True)


def line(
    label: str,
    name: str,
    value: str = "",
    edition: int = 0,
    *,
    optional: bool = True,
    example: str = "",
    most: int = 300,
    lines: bool = False,
    hint: str = "",
) -> Block:
    """Return a line to type, or several lines."""
    element = PlainTextInputElement(
        action_id=name,
        initial_value=cut(value, most) or None,
        placeholder=example or None,
        max_length=most,
        multiline=lines,
    )
    return hinted(field(label, element, name_of(name, edition), optional=optional), hint)


def people(label: str, name: str, chosen: Sequence[str], edition: int = 0, hint: str = "") -> Block:
    element = UserMultiSelectElement(action_id=name, initial_users=list(chosen) or None)
    return hinted(field(label, element, name_of(name, edition), optional=True), hint)


def person(label: str, name: str, *, optional: bool = False) -> Block:
    return field(label, UserSelectElement(action_id=name), name, optional=optional)


def conversation(label: str, name: str, chosen: str, edition: int = 0, hint: str = "") -> Block:
    """Return the choice of one of our own channels."""
    element = ConversationSelectElement(
        action_id=name,
        initial_conversation=chosen or None,
        filter=ConversationFilter(
            include=["public", "private"], exclude_external_shared_channels=True
        ),
    )
    return hinted(field(label, element, name_of(name, edition), optional=True), hint)


def channel(label: str, here: str = "", hint: str = "") -> Block:
    """Return the choice of any channel that its reader sees, shared ones too."""
    element = ConversationSelectElement(
        action_id="channel",
        initial_conversation=here or None,
        filter=ConversationFilter(include=["public", "private"]),
    )
    return hinted(field(label, element, "channel"), hint)


def hinted(block: Block, hint: str) -> Block:
    if hint:
        block["hint"] = {"type": "plain_text", "text": cut(plain(hint), 2000)}
    return block


def filled(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was filled in by name: a text, or a list where several can be chosen."""
    found: dict[str, Any] = {}
    for block_id, elements in ((view.get("state") or {}).get("values") or {}).items():
        for element in elements.values():
            found[block_id.partition(":")[0]] = value_of(element)
    return found


def value_of(element: Mapping[str, Any]) -> Any:
    if "selected_options" in element:
        return [str(it["value"]) for it in element["selected_options"] or []]
    for many in ("selected_users", "selected_conversations"):
        if many in element:
            return [str(it) for it in element[many] or []]
    one = element.get("selected_option") or {}
    plainly = ("selected_conversation", "selected_user", "selected_date", "value")
    return str(one.get("value") or next((element[it] for it in plainly if element.get(it)), ""))
