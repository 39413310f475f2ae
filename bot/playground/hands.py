"""Pressing, choosing and filling in: a person's acts on blocks, as deliveries to the bot."""

from __future__ import annotations

from typing import Any

from bot.playground.api_views import close_views
from bot.playground.changes import Change
from bot.playground.deliveries import Answer, Deliveries, Delivery
from bot.playground.elements import find_element, options_of
from bot.playground.forms import VALUE_KEY, chosen_value, fill, unfinished
from bot.playground.interactions import (
    TROUBLE,
    closed_payload,
    message_action_payload,
    show_submission_ack,
    submission_payload,
    view_action_payload,
)
from bot.playground.workspace import Workspace
from bot.playground.world import Json, Message, View


class FormRefused(Exception):
    """Slack's own complaint about a form, before the bot hears of it; `errors` by block_id."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(str(errors))
        self.errors = errors


async def press(
    space: Workspace,
    deliveries: Deliveries,
    user: str,
    target: Message | View,
    action_id: str,
    value: Any = None,
) -> Answer:
    """Use an element of a message or view as `user`; a confirm dialog is answered yes."""
    _check_still_there(space, target)
    wanted = value if isinstance(value, str) else None
    block, element = find_element(target.blocks, action_id, wanted)
    if block["type"] == "input" and not block.get("dispatch_action"):
        raise LookupError(f"{action_id!r} is a form field: it is sent with submit")
    action = _action(space, block, element, value)
    if isinstance(target, Message):
        target.troubles.pop(user, None)
        touched = target.touched.setdefault(user, {})
        _remember(touched, block, element, value)
        payload = message_action_payload(space, user, target, action)
    else:
        target.trouble = None
        _remember(target.state, block, element, value)
        payload = view_action_payload(space, target, action)
    answer = await deliveries.attempt(Delivery("interactive", payload))
    if not answer.ok:
        _warn(space, user, target)
    return answer


def _check_still_there(space: Workspace, target: Message | View) -> None:
    """Nobody can press what was removed."""
    if isinstance(target, View):
        there = space.views.get(target.id) is target
    elif target.only_to is not None:
        there = target in space.private.get(target.only_to, [])
    else:
        there = space.find_message(target.channel, target.ts) is target
    if not there:
        raise LookupError("this message or form is gone")


def _action(space: Workspace, block: Json, element: Json, value: Any) -> Json:
    """Return the entry of `actions`."""
    kind = element["type"]
    action: Json = {
        "type": kind,
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": space.clock.mint_ts(),
    }
    if kind == "button":
        action["text"] = element["text"]
        action |= {key: element[key] for key in ("value", "style", "url") if key in element}
    elif kind == "overflow":
        chosen = [option for option in options_of(element) if option["value"] == value]
        if not chosen:
            raise LookupError(f"choose one of {[o['value'] for o in options_of(element)]}")
        action["selected_option"] = chosen[0]
    elif kind in VALUE_KEY:
        action |= chosen_value(element, value)
    if "placeholder" in element:
        action["placeholder"] = element["placeholder"]
    return action


def _remember(touched: dict[str, dict[str, Json]], block: Json, element: Json, value: Any) -> None:
    if element["type"] in VALUE_KEY:
        chosen = chosen_value(element, value)
        touched.setdefault(block["block_id"], {})[element["action_id"]] = chosen


def _warn(space: Workspace, user: str, target: Message | View) -> None:
    """Show the warning Slack puts beside what was not acked."""
    if isinstance(target, Message):
        target.troubles[user] = TROUBLE
        space.changes.tell(Change("message", target.channel, target.ts, user))
    else:
        target.trouble = TROUBLE
        space.changes.tell(Change("home" if target.kind == "home" else "view", only=user))


async def submit(
    space: Workspace, deliveries: Deliveries, view: View, values: dict[str, Any]
) -> Answer:
    """Fill a modal in and send it; raise FormRefused for what Slack checks itself."""
    view.state = fill(view.blocks, view.state, values)
    if errors := unfinished(view.blocks, view.state):
        view.errors = errors
        space.changes.tell(Change("view", only=view.user))
        raise FormRefused(errors)
    answer = await deliveries.attempt(Delivery("interactive", submission_payload(space, view)))
    show_submission_ack(space, view, answer)
    return answer


async def close(space: Workspace, deliveries: Deliveries, view: View, *, everything: bool) -> None:
    """Close one modal or the whole stack; the bot hears of those with notify_on_close."""
    stack = list(space.stacks.get(view.user, []))
    clear = everything or bool(view.body.get("clear_on_close"))
    closing = stack[::-1] if clear else [view]
    told = [each for each in closing if each.body.get("notify_on_close")]
    payloads = [closed_payload(space, each, cleared=clear) for each in told]
    close_views(space, closing)
    for payload in payloads:
        await deliveries.attempt(Delivery("interactive", payload))
