"""Rules of the interactive elements (slack-platform §5)."""

from __future__ import annotations

import re
from typing import Any

from bot.playground.block_grammar import (
    Check,
    at_least_one,
    boolean,
    both,
    complain,
    exactly_one,
    listing,
    number,
    one_of,
    plain,
    rich,
    shape,
    string,
    typed,
)

IDENT = string(255)
FILE_ID = re.compile(r"^[F][A-Z0-9]{8,}$")


def slack_file(value: Any, at: str, found: list[str]) -> None:
    """An id or a url, not both; an id has a shape of its own (§4)."""
    both(shape({}, {"id": string(255), "url": string(3000)}), exactly_one("id", "url"))(
        value, at, found
    )
    if isinstance(value, dict) and not FILE_ID.match(str(value.get("id", "F00000000"))):
        complain(found, f"failed to match pattern {FILE_ID.pattern}", f"{at}/id")


CONFIRM = shape(
    {"title": plain(100), "text": rich(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
BUTTON = shape(
    {"text": plain(75)},
    {
        "action_id": IDENT,
        "value": string(2000),
        "url": string(3000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)
IMAGE = both(
    shape({"alt_text": string(2000)}, {"image_url": string(3000), "slack_file": slack_file}),
    exactly_one("image_url", "slack_file"),
)


def option(text: Check, *, url: bool = False) -> Check:
    """An option object; values are held to the lower documented limit of 75 characters."""
    optional: dict[str, Check] = {"description": text}
    if url:
        optional["url"] = string(3000)
    return shape({"text": text, "value": string(75)}, optional)


SELECT_OPTION = option(plain(75))
CHOICE_OPTION = option(rich(75))
GROUP = shape({"label": plain(75), "options": listing(SELECT_OPTION, 100)}, {})
OPTIONS: dict[str, Check] = {
    "options": listing(SELECT_OPTION, 100),
    "option_groups": listing(GROUP, 100),
}
COMMON: dict[str, Check] = {
    "action_id": IDENT,
    "confirm": CONFIRM,
    "focus_on_load": boolean,
    "placeholder": plain(150),
}
MANY: dict[str, Check] = {"max_selected_items": number(1, 10_000)}
FILTER = shape(
    {},
    {
        "include": listing(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)


def _values_known(value: Any, at: str, found: list[str]) -> None:
    """An initial option must be one of the options."""
    if not isinstance(value, dict):
        return
    groups = value.get("option_groups") or []
    known = [*(value.get("options") or []), *(o for g in groups for o in g.get("options", []))]
    chosen = value.get("initial_options") or []
    if "initial_option" in value:
        chosen = [value["initial_option"]]
    for each in chosen:
        if each not in known:
            complain(found, "initial option is not among the options", at)


def _select(**initial: Check) -> Check:
    return both(
        shape({}, COMMON | OPTIONS | MANY | initial),
        exactly_one("options", "option_groups"),
        _values_known,
    )


def _pick(**more: Check) -> Check:
    return shape({}, COMMON | more)


def _choices(**initial: Check) -> Check:
    shared = {key: COMMON[key] for key in ("action_id", "confirm", "focus_on_load")}
    fields = shape({"options": listing(CHOICE_OPTION, 10)}, shared | initial)
    return both(fields, _values_known)


def _date(value: Any, at: str, found: list[str]) -> None:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        complain(found, "must match YYYY-MM-DD", at)


def _time(value: Any, at: str, found: list[str]) -> None:
    if not isinstance(value, str) or not re.fullmatch(r"\d{2}:\d{2}", value):
        complain(found, "must match HH:mm", at)


DISPATCH = shape(
    {},
    {
        "trigger_actions_on": listing(one_of("on_enter_pressed", "on_character_entered"), 2),
    },
)
CHANNEL_DEFAULTS: dict[str, Check] = {
    "response_url_enabled": boolean,
    "default_to_current_conversation": boolean,
    "filter": FILTER,
}
SELECTS: dict[str, Check] = {
    "static_select": _select(initial_option=SELECT_OPTION),
    "multi_static_select": _select(initial_options=listing(SELECT_OPTION, 100)),
    "external_select": _pick(min_query_length=number(0, 1000), initial_option=SELECT_OPTION),
    "users_select": _pick(initial_user=IDENT),
    "multi_users_select": _pick(initial_users=listing(IDENT, 100, 0), **MANY),
    "conversations_select": _pick(initial_conversation=IDENT, **CHANNEL_DEFAULTS),
    "multi_conversations_select": _pick(
        initial_conversations=listing(IDENT, 100, 0), **CHANNEL_DEFAULTS, **MANY
    ),
    "channels_select": _pick(initial_channel=IDENT, response_url_enabled=boolean),
    "multi_channels_select": _pick(initial_channels=listing(IDENT, 100, 0), **MANY),
    "datepicker": _pick(initial_date=_date),
    "timepicker": _pick(initial_time=_time, timezone=string(255)),
    "radio_buttons": _choices(initial_option=CHOICE_OPTION),
    "checkboxes": _choices(initial_options=listing(CHOICE_OPTION, 10)),
}
TEXT_INPUTS: dict[str, Check] = {
    "plain_text_input": _pick(
        initial_value=string(3000, 0),
        multiline=boolean,
        min_length=number(0, 3000),
        max_length=number(1, 3000),
        dispatch_action_config=DISPATCH,
    ),
    "email_text_input": _pick(initial_value=string(3000, 0), dispatch_action_config=DISPATCH),
    "url_text_input": _pick(initial_value=string(3000, 0), dispatch_action_config=DISPATCH),
    "number_input": both(
        shape(
            {"is_decimal_allowed": boolean},
            COMMON
            | {
                "initial_value": string(30),
                "min_value": string(30),
                "max_value": string(30),
                "dispatch_action_config": DISPATCH,
            },
        )
    ),
}
OVERFLOW = shape(
    {"options": listing(option(plain(75), url=True), 5, 2)},
    {"action_id": IDENT, "confirm": CONFIRM},
)
PRESSABLE: dict[str, Check] = {"button": BUTTON, "overflow": OVERFLOW, **SELECTS}

ACTION_ELEMENT = typed(PRESSABLE)
ACCESSORY = typed({**PRESSABLE, "image": IMAGE})
INPUT_ELEMENT = typed({**SELECTS, **TEXT_INPUTS})
_CONTEXT_TEXT = rich(3000)
CONTEXT_ELEMENT = typed({"image": IMAGE, "plain_text": _CONTEXT_TEXT, "mrkdwn": _CONTEXT_TEXT})
FEEDBACK_BUTTON = shape(
    {"text": plain(75)}, {"value": string(2000), "accessibility_label": string(75)}
)
CONTEXT_ACTION = typed(
    {
        "feedback_buttons": shape(
            {"positive_button": FEEDBACK_BUTTON, "negative_button": FEEDBACK_BUTTON},
            {"action_id": IDENT},
        ),
        "icon_button": both(
            shape(
                {"icon": one_of("trash"), "text": plain(75)},
                {
                    "action_id": IDENT,
                    "value": string(2000),
                    "confirm": CONFIRM,
                    "accessibility_label": string(75),
                    "visible_to_user_ids": listing(IDENT, 100),
                },
            ),
            at_least_one("text"),
        ),
    }
)
