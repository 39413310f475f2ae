"""What Slack says its payloads look like, as far as handlers rely on it.

One that looks otherwise is nobody's press and nobody's words: it is refused before any handler
sees it, so that handlers may take what Slack describes for granted. Parts that nobody reads are
not looked at, and any part may be null where Slack does not promise it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Fields:
    """A JSON object; the ``needed`` fields are always there."""

    known: Mapping[str, Shape]
    needed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Each:
    """A list whose every item looks alike."""

    shape: Shape
    least: int = 0


@dataclass(frozen=True)
class Every:
    """A JSON object whose every value looks alike."""

    shape: Shape


Shape: TypeAlias = "type | re.Pattern[str] | Fields | Each | Every | tuple[Shape, ...]"
"""A tuple holds several, one of which is enough; a pattern is of a whole text."""


def fields(needed: str = "", /, **known: Shape) -> Fields:
    """Return an object's shape; ``needed`` are names with spaces between them."""
    return Fields(known, frozenset(needed.split()))


def texts(names: str, shape: Shape = str) -> dict[str, Shape]:
    return dict.fromkeys(names.split(), shape)


ID, ID_OR_NONE = re.compile("[A-Za-z0-9]+"), re.compile("[A-Za-z0-9]*")
TRIGGER = re.compile(r"[!-~]{0,300}")
MOMENT = re.compile(r"[0-9]+(\.[0-9]+)?|")
"""Slack's own examples of ``event_ts`` have no dot (app_mention, app_home_opened)."""
NOTHING = Each(())
"""An empty list, which Slack writes for an empty object at times (slack-go/slack#943)."""
THING = fields("id", id=ID)
OPTION = fields(value=str)
FILLED = {
    **texts("type value selected_date selected_time"),
    **texts("selected_conversation selected_channel selected_user", ID),
    "selected_option": OPTION,
    "selected_options": Each(OPTION),
    **texts("selected_conversations selected_channels selected_users", Each(ID)),
}
ACTION = fields("action_id", **texts("action_id block_id action_ts"), **FILLED)
VIEW = {
    **texts("id callback_id private_metadata type hash"),
    "state": (fields(values=(Every(Every(fields(**FILLED))), NOTHING)), NOTHING),
    "blocks": Each(dict),
    "title": fields("text", text=str),
}
MESSAGE = fields(
    **texts("text subtype"),
    **texts("user bot_id app_id", ID_OR_NONE),
    **texts("ts thread_ts", MOMENT),
    blocks=Each(dict),
    files=Each(dict),
    attachments=Each(dict),
    metadata=dict,
)
PRESSED_IN = fields(
    **texts("view_id type"),
    **texts("channel_id", ID_OR_NONE),
    **texts("message_ts thread_ts", MOMENT),
    is_ephemeral=bool,
)
PLACE: dict[str, Shape] = {
    "user": THING,
    "team": fields(id=ID),
    "channel": THING,
    "container": PRESSED_IN,
    "message": MESSAGE,
    **texts("response_url callback_id"),
    **texts("message_ts", MOMENT),
    "trigger_id": TRIGGER,
}
SENT_OFF = Fields(VIEW, frozenset({"id", "callback_id", "private_metadata", "state", "title"}))
KINDS: Mapping[str, Fields] = {
    "block_actions": fields(
        "user actions", actions=Each(ACTION, least=1), view=fields("id", **VIEW), **PLACE
    ),
    "block_suggestion": fields(
        "user action_id", **texts("action_id block_id value"), view=fields("id", **VIEW), **PLACE
    ),
    "view_submission": fields("user view", view=SENT_OFF, **PLACE),
    "view_closed": fields("user view", view=fields("id", **VIEW), **PLACE),
    "shortcut": fields("user callback_id", **PLACE),
    "message_action": fields("user callback_id channel message", **PLACE),
}
COMMAND = fields(
    "command user_id",
    **texts("command text response_url"),
    **texts("channel_id team_id", ID_OR_NONE),
    user_id=ID,
    trigger_id=TRIGGER,
)
EVENT = fields(
    "event",
    event=fields(
        "type",
        **texts("type text reaction channel_type subtype tab"),
        **texts("ts event_ts thread_ts", MOMENT),
        **texts("item_user user_id channel_id bot_id file_id", ID_OR_NONE),
        # Of a person or channel that is new or has changed, the whole thing is told.
        user=(ID_OR_NONE, dict),
        channel=(ID_OR_NONE, dict),
        item=fields(type=str, channel=ID_OR_NONE, ts=MOMENT),
        message=MESSAGE,
        previous_message=MESSAGE,
        files=Each(dict),
        blocks=Each(dict),
    ),
    **texts("event_id"),
    authorizations=Each(dict),
)


def is_as_described(body: Mapping[str, Any]) -> bool:
    """Say whether a payload looks as Slack describes its kind; other kinds are not known."""
    if "command" in body:
        return fits(body, COMMAND)
    if "event" in body:
        return fits(body, EVENT)
    kind = KINDS.get(str(body.get("type")))
    return kind is None or fits(body, kind)


def fits(thing: object, shape: Shape) -> bool:
    """Say whether ``thing`` has a shape."""
    if isinstance(shape, Fields):
        return isinstance(thing, Mapping) and has_fields(thing, shape)
    if isinstance(shape, Each):
        if not isinstance(thing, list) or len(thing) < shape.least:
            return False
        return all(fits(it, shape.shape) for it in thing)
    if isinstance(shape, Every):
        return isinstance(thing, Mapping) and all(fits(it, shape.shape) for it in thing.values())
    if isinstance(shape, re.Pattern):
        return isinstance(thing, str) and shape.fullmatch(thing) is not None
    if isinstance(shape, tuple):
        return any(fits(thing, it) for it in shape)
    return isinstance(thing, shape)


def has_fields(thing: Mapping[str, Any], shape: Fields) -> bool:
    if any(thing.get(name) is None for name in shape.needed):
        return False
    return all(
        thing.get(name) is None or fits(thing[name], inner) for name, inner in shape.known.items()
    )
