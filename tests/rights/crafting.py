"""What Slack would deliver of an act, made by hand: anybody's, whatever they could really reach."""

from __future__ import annotations

from typing import Any

from bot.playground.deliveries import Answer, Delivery
from bot.playground.interactions import command_payload
from tests.slack.conftest import Town

Json = dict[str, Any]
CHANNEL, THEN = "C0MARKETING", "1795370000.000100"
MEMORY = "made by hand"


def sample_of(name: str) -> str:
    """Return an id that a constraint of the app takes; “^goal_open:” takes “goal_open:1”."""
    plain = name.removeprefix("^").removeprefix("(?:").split("|")[-1].removesuffix(")$")
    return f"{plain}1" if plain.endswith(":") else plain


def from_whom(town: Town, kind: str, user: str) -> Json:
    """Return what every interaction tells; an empty ``user`` is told of nowhere."""
    space = town.slack.space
    team = space.seed.team
    member = space.members.get(user)
    who = {"id": user, "username": "x", "name": "x", "team_id": member.team if member else team.id}
    return {
        "type": kind,
        "api_app_id": space.seed.app_id,
        "token": "deprecated",
        "trigger_id": space.new_trigger(user),
        "team": {"id": team.id, "domain": team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        **({"user": who} if user else {}),
    }


def press(
    town: Town, user: str, action_id: str, value: str, *, view: Json | None = None
) -> Delivery:
    """Return a press in #marketing, or in a form."""
    action: Json = {"type": "button", "action_id": action_id, "block_id": "row", "value": value}
    if "menu" in action_id or action_id in ("more", "digest_more"):
        option = {"text": {"type": "plain_text", "text": "x"}, "value": value}
        action = {**action, "type": "overflow", "selected_option": option, "block_id": value}
    action["action_ts"] = THEN
    where: Json
    if view is not None:
        where = {"container": {"type": "view", "view_id": view["id"]}, "view": view}
    else:
        container = {"type": "message", "message_ts": THEN, "channel_id": CHANNEL}
        where = {
            "container": {**container, "is_ephemeral": False},
            "channel": {"id": CHANNEL, "name": "marketing"},
            "message": {"ts": THEN, "user": town.slack.space.seed.bot_user, "text": "x"},
        }
    return Delivery(
        "interactive",
        from_whom(town, "block_actions", user) | where | {"actions": [action]},
    )


def submission(town: Town, user: str, callback_id: str, view: Json | None = None) -> Delivery:
    """Return a form that was sent off: somebody's real one, or one with foreign memory."""
    blank = {
        "id": "V0MADE",
        "type": "modal",
        "hash": "1",
        "blocks": [],
        "private_metadata": MEMORY,
        "state": {"values": {}},
    }
    held = {**(view or blank), "callback_id": callback_id}
    return Delivery("interactive", from_whom(town, "view_submission", user) | {"view": held})


def shortcut(town: Town, user: str, callback_id: str) -> Delivery:
    """Return an entry of a message's menu, in #marketing."""
    more = {
        "callback_id": callback_id,
        "action_ts": THEN,
        "message_ts": THEN,
        "channel": {"id": CHANNEL, "name": "marketing"},
        "message": {"type": "message", "user": "U0MIA000000", "ts": THEN, "text": "where is it"},
    }
    return Delivery("interactive", from_whom(town, "message_action", user) | more)


def command(town: Town, user: str, name: str, words: str, channel: str) -> Delivery:
    """Return a slash command."""
    space = town.slack.space
    known = user if user in space.members else space.seed.members[0].id
    payload = command_payload(space, known, name, words, space.channels[channel])
    return Delivery("slash_commands", {**payload, "user_id": user})


async def deliver(town: Town, sent: Delivery) -> Answer:
    """Deliver it, and wait until nothing more comes of it."""
    answer = await town.slack.deliveries.attempt(sent)
    await town.running.context.tasks.settle()
    return answer
