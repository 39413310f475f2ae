"""Payloads of commands and interactions, and what their acks show (slack-platform §1, §8)."""

from __future__ import annotations

from bot.playground.api_access import file_check
from bot.playground.api_views import (
    change_view,
    close_views,
    push_on,
    view_json,
)
from bot.playground.arguments import Args
from bot.playground.blocks import accept_view
from bot.playground.changes import Change
from bot.playground.deliveries import Answer
from bot.playground.forms import state_of
from bot.playground.message_shapes import message_json
from bot.playground.refusals import Refusal
from bot.playground.response_url import show_answer
from bot.playground.workspace import Workspace
from bot.playground.world import Channel, Json, Message, View

TROUBLE = "We had some trouble connecting. Try again?"
NOT_DELIVERED = {"no_connection": "dispatch_failed", "connection_failed": "dispatch_failed"}


def command_payload(space: Workspace, user: str, name: str, text: str, channel: Channel) -> Json:
    """Return the fields of a slash command; there is no thread_ts (§1)."""
    team = space.seed.team
    labels = {"im": "directmessage", "group": "privategroup"}
    return {
        "token": "deprecated",
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": labels.get(channel.kind, channel.name),
        "user_id": user,
        "user_name": space.members[user].name,
        "command": name,
        "text": text,
        "api_app_id": space.seed.app_id,
        "is_enterprise_install": "false",
        "response_url": space.new_hook(user, channel.id),
        "trigger_id": space.new_trigger(user),
    }


def show_command_ack(space: Workspace, payload: Json, answer: Answer) -> None:
    """Show what the ack of a command says, or why there was none."""
    name, user, channel = payload["command"], payload["user_id"], payload["channel_id"]
    if not answer.ok:
        failure = _failure(answer)
        space.say_privately(user, channel, f'{name} failed with the error "{failure}"')
        return
    said = answer.body
    if said.get("response_type") == "in_channel":
        _echo(space, user, channel, f"{name} {payload['text']}".strip())
    if not (said.get("text") or said.get("blocks")):
        return
    try:
        show_answer(space, user, channel, Args(said))
    except Refusal as refusal:
        space.say_privately(user, channel, f'{name} failed with the error "{refusal.error}"')


def _failure(answer: Answer) -> str:
    if answer.status is not None:
        return "http_client_error" if answer.status < 500 else "http_service_error"
    return NOT_DELIVERED.get(answer.reason, "operation_timeout")


def _echo(space: Workspace, user: str, channel: str, text: str) -> None:
    """Show everyone the command that was typed; it is no message event."""
    message = Message(channel, space.clock.mint_ts(), user, text)
    space.messages[channel][message.ts] = message
    space.changes.tell(Change("message", channel, message.ts))


def _common(space: Workspace, kind: str, user: str) -> Json:
    member, team = space.members[user], space.seed.team
    return {
        "type": kind,
        "user": {
            "id": user,
            "username": member.name,
            "name": member.name,
            "team_id": member.team,
        },
        "api_app_id": space.seed.app_id,
        "token": "deprecated",
        "trigger_id": space.new_trigger(user),
        "team": {"id": team.id, "domain": team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_action_payload(space: Workspace, user: str, message: Message, action: Json) -> Json:
    """Return block_actions from a message; an ephemeral one's content is not sent."""
    channel = space.channels[message.channel]
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.is_private,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = _common(space, "block_actions", user) | {
        "container": container,
        "channel": channel_reference(channel),
        "state": {"values": state_of(message.blocks, message.touched.get(user, {}))},
        "response_url": space.new_hook(user, channel.id, message),
        "actions": [action],
    }
    if not message.is_private:
        payload["message"] = message_json(space, message)
    return payload


def channel_reference(channel: Channel) -> Json:
    """Return id and name as interaction payloads have them."""
    labels = {"im": "directmessage", "group": "privategroup"}
    return {"id": channel.id, "name": labels.get(channel.kind, channel.name)}


def view_action_payload(space: Workspace, view: View, action: Json) -> Json:
    """Return block_actions from a modal or Home: neither channel nor message (§8)."""
    view.state = state_of(view.blocks, view.state)
    return _common(space, "block_actions", view.user) | {
        "container": {"type": "view", "view_id": view.id},
        "view": view_json(space, view),
        "actions": [action],
    }


def submission_payload(space: Workspace, view: View) -> Json:
    """Return view_submission."""
    more = {"view": view_json(space, view), "response_urls": []}
    return _common(space, "view_submission", view.user) | more


def closed_payload(space: Workspace, view: View, *, cleared: bool) -> Json:
    """Return view_closed, which has no trigger."""
    payload = _common(space, "view_closed", view.user)
    del payload["trigger_id"]
    return payload | {"view": view_json(space, view), "is_cleared": cleared}


def shortcut_payload(
    space: Workspace, user: str, callback_id: str, message: Message | None
) -> Json:
    """Return message_action for a message, shortcut without one (§8)."""
    kind = "message_action" if message else "shortcut"
    payload = _common(space, kind, user) | {
        "callback_id": callback_id,
        "action_ts": space.clock.mint_ts(),
    }
    if message is None:
        return payload
    channel = space.channels[message.channel]
    return payload | {
        "message_ts": message.ts,
        "response_url": space.new_hook(user, channel.id),
        "channel": channel_reference(channel),
        "message": message_json(space, message),
    }


def show_submission_ack(space: Workspace, view: View, answer: Answer) -> None:
    """Do with the modal what the ack says: errors, update, push, clear, or close."""
    view.errors, view.trouble = {}, None
    if not answer.ok:
        view.trouble = TROUBLE
    elif not answer.body:
        close_views(space, [view])
    else:
        try:
            _follow(space, view, answer.body)
        except Refusal as refusal:
            view.trouble = f"{TROUBLE} ({refusal.error}: {'; '.join(refusal.messages)})"
    space.changes.tell(Change("view", only=view.user))


def _follow(space: Workspace, view: View, said: Json) -> None:
    action = said.get("response_action")
    if action == "errors":
        _show_errors(view, said.get("errors"))
    elif action == "update":
        change_view(space, view, accept_view(said.get("view"), ("modal",), file_check(space)))
    elif action == "push":
        if len(space.stacks[view.user]) >= 3:
            raise Refusal("push_limit_reached")
        push_on(space, view.user, accept_view(said.get("view"), ("modal",), file_check(space)))
    elif action == "clear":
        close_views(space, list(space.stacks.get(view.user, [])))
    else:
        raise Refusal("invalid_response_action")


def _show_errors(view: View, errors: object) -> None:
    """Keep field errors; each must name an input block of the view."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not inputs.issuperset(errors):
        raise Refusal("invalid_errors")
    view.errors = {str(block): str(text) for block, text in errors.items()}
