"""What a person fills in: the values of inputs as Slack sends them (slack-platform §8)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.playground.elements import elements_of, options_of
from bot.playground.world import Json

VALUE_KEY = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "multi_static_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}
State = dict[str, dict[str, Json]]


def initial_value(element: Json) -> Json:
    """Return the state of an untouched element."""
    kind = element["type"]
    key = VALUE_KEY[kind]
    initial = {"value": "initial_value"}.get(key, key.replace("selected", "initial"))
    many = key.endswith("s")
    return {"type": kind, key: element.get(initial, [] if many else None)}


def chosen_value(element: Json, value: Any) -> Json:
    """Return the state after a person put `value` in: a text, an option's value, or a list.

    Raise LookupError for an option that is not offered.
    """
    kind = element["type"]
    key = VALUE_KEY[kind]
    if key == "selected_option":
        return {"type": kind, key: None if value is None else _option(element, value)}
    if key == "selected_options":
        return {"type": kind, key: [_option(element, each) for each in _several(value)]}
    if key.endswith("s"):
        return {"type": kind, key: list(_several(value))}
    return {"type": kind, key: None if value in (None, "") else str(value)}


def _several(value: Any) -> Iterable[Any]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def _option(element: Json, value: Any) -> Json:
    for option in options_of(element):
        if option["value"] == str(value):
            return option
    offered = [option["value"] for option in options_of(element)]
    raise LookupError(f"{value!r} is not among the options {offered}")


def state_of(blocks: list[Json], touched: State) -> State:
    """Return `state.values` of everything that can hold a value, touched or not."""
    state: State = {}
    for block, element in elements_of(blocks):
        if element["type"] not in VALUE_KEY:
            continue
        known = touched.get(block["block_id"], {}).get(element["action_id"])
        if known is None or known["type"] != element["type"]:
            known = initial_value(element)
        state.setdefault(block["block_id"], {})[element["action_id"]] = known
    return state


def fill(blocks: list[Json], touched: State, values: dict[str, Any]) -> State:
    """Return the state after putting `values` (by block_id or action_id) in."""
    state = state_of(blocks, touched)
    for name, value in values.items():
        block, element = _field(blocks, name)
        state[block["block_id"]][element["action_id"]] = chosen_value(element, value)
    return state


def _field(blocks: list[Json], name: str) -> tuple[Json, Json]:
    names = []
    for block, element in elements_of(blocks):
        if element["type"] in VALUE_KEY:
            if name in (block["block_id"], element["action_id"]):
                return block, element
            names.append(element["action_id"])
    raise LookupError(f"no field {name!r} among {names}")


def unfinished(blocks: list[Json], state: State) -> dict[str, str]:
    """Return what Slack itself complains about before it sends a form, by block_id."""
    errors: dict[str, str] = {}
    for block, element in elements_of(blocks):
        if block["type"] != "input":
            continue
        held = state[block["block_id"]][element["action_id"]]
        value = held[VALUE_KEY[element["type"]]]
        if value in (None, []):
            if not block.get("optional", False):
                errors[block["block_id"]] = "Please complete this required field."
        elif isinstance(value, str) and (complaint := _length(element, value)):
            errors[block["block_id"]] = complaint
    return errors


def _length(element: Json, value: str) -> str:
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < shortest:
        return f"Must be at least {shortest} characters."
    return f"Must be at most {longest} characters." if len(value) > longest else ""
