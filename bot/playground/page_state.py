"""What the web page is told: the workspace as one person sees it."""

from __future__ import annotations

from bot.playground.changes import Change
from bot.playground.message_shapes import reactions_json
from bot.playground.person import Person
from bot.playground.relay import Relay
from bot.playground.workspace import Workspace
from bot.playground.world import Json, Message, View

MESSAGES_SHOWN = 2000


def whole_state(person: Person) -> Json:
    """Return everything the page needs when it opens."""
    space = person.space
    return {
        "kind": "state",
        "me": person.id,
        "bot": space.seed.bot_user,
        "team": space.seed.team.name,
        "people": [_person(space, each) for each in space.members],
        "commands": [
            {"name": each.name, "description": each.description, "hint": each.usage_hint}
            for each in space.seed.commands
            if not person.member.is_stranger
        ],
        "shortcuts": [
            {"name": each.name, "callback_id": each.callback_id, "kind": each.kind}
            for each in space.seed.shortcuts
            if not person.member.is_stranger
        ],
        "channels": channels(person),
        "messages": {
            each["id"]: [
                message_state(person, message)
                for message in person.sees(each["id"])[-MESSAGES_SHOWN:]
            ]
            for each in channels(person)
        },
        "views": views(person),
        "home": view_state(person.home()),
        "status": space.status,
        "home_tab": space.seed.home_tab,
        "now": space.clock.now(),
        "apps": {each.bot_id: each.name for each in space.apps.values()},
        "groups": {each.id: each.handle for each in space.groups.values()},
        "relays": [_relay(each) for each in space.seed.relays],
    }


def _relay(relay: Relay) -> Json:
    return {
        "bot_id": relay.app.bot_id,
        "name": relay.app.name,
        "network": relay.network,
        "channel": relay.channel,
        "customers": relay.customers,
        "asks": relay.asks,
        "follows": [*relay.follows, *relay.thanks],
    }


def _person(space: Workspace, user: str) -> Json:
    member = space.members[user]
    team = space.teams.get(member.team)
    return {
        "id": member.id,
        "name": member.name,
        "real_name": member.real_name,
        "team": team.name if team else "",
        "role": _role(space, user),
        "is_bot": member.is_bot,
        "ours": member.team == space.seed.team.id,
        "deleted": member.deleted,
    }


def _role(space: Workspace, user: str) -> str:
    member = space.members[user]
    if member.is_bot:
        return "app"
    if member.is_stranger:
        return "other company"
    if member.is_restricted or member.is_ultra_restricted:
        return "guest"
    return "admin" if member.is_admin else "member"


def channels(person: Person) -> list[Json]:
    """Return the conversations this person can see."""
    space = person.space
    return [
        {
            "id": each.id,
            "name": space.bot.real_name if each.im_with else each.name,
            "kind": each.kind,
            "topic": each.topic,
            "shared": each.is_ext_shared,
            "archived": each.is_archived,
            "joined": person.id in each.members,
            "has_bot": space.seed.bot_user in each.members,
            "members": len(each.members),
            "people": list(each.members),
        }
        for each in space.channels.values()
        if space.can_see(person.id, each) and (each.im_with in (None, person.id))
    ]


def message_state(person: Person, message: Message) -> Json:
    """Return one message."""
    space = person.space
    files = [space.files[each] for each in message.files]
    return {
        "channel": message.channel,
        "ts": message.ts,
        "user": message.author,
        "name": message.username or (message.app.name if message.app else ""),
        "own": message.user == person.id and not message.by_bot,
        "text": message.text,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "thread_ts": message.thread_ts if message.is_reply else None,
        "broadcast": message.broadcast,
        "subtype": message.subtype,
        "private": message.is_private,
        "edited": message.edited_ts is not None,
        "reactions": reactions_json(message),
        "files": [
            {"id": each.id, "name": each.name, "mimetype": each.mimetype, "size": each.size}
            for each in files
            if not each.deleted
        ],
        "touched": message.touched.get(person.id, {}),
        "trouble": message.troubles.get(person.id),
    }


def views(person: Person) -> list[Json]:
    """Return the stack of modals, the open one last."""
    stack = person.space.stacks.get(person.id, [])
    return [shown for each in stack if (shown := view_state(each))]


def view_state(view: View | None) -> Json | None:
    """Return one view with what was chosen and what is wrong in it."""
    if view is None:
        return None
    return {
        "id": view.id,
        "hash": view.hash,
        "body": view.body,
        "state": view.state,
        "errors": view.errors,
        "trouble": view.trouble,
    }


def change_state(person: Person, change: Change) -> Json | None:
    """Return what this person's page is told of a change, or None if it cannot see it."""
    if change.only not in (None, person.id):
        return None
    if change.kind == "message":
        return _message_change(person, change)
    if change.kind == "erased":
        return {"kind": "erased", "channel": change.channel, "ts": change.ts}
    if change.kind == "channels":
        return whole_state(person)
    if change.kind == "view":
        return {"kind": "view", "views": views(person)}
    if change.kind == "home":
        return {"kind": "home", "home": view_state(person.home())}
    if change.kind == "clock":
        return {"kind": "clock", "now": person.space.clock.now()}
    if change.kind == "status":
        return {"kind": "status", "status": person.space.status}
    return None


def _message_change(person: Person, change: Change) -> Json | None:
    space = person.space
    assert change.channel is not None
    assert change.ts is not None
    channel = space.channels.get(change.channel)
    if channel is None or not space.can_see(person.id, channel):
        return None
    message = space.find_message(channel.id, change.ts)
    message = message or space.find_private(channel.id, change.ts, person.id)
    if message is None:
        return None
    return {"kind": "message", "message": message_state(person, message)}
