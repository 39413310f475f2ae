"""The Events API envelope: which happenings the bot is told about, and how (slack-platform §2)."""

from __future__ import annotations

import secrets

from bot.playground.deliveries import Delivery
from bot.playground.workspace import Workspace
from bot.playground.world import Channel, Json

NEEDED_SCOPE = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "app_mention": "app_mentions:read",
    "file_shared": "files:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "user_change": "users:read",
    "team_join": "users:read",
    "subteam_created": "usergroups:read",
    "subteam_members_changed": "usergroups:read",
    "subteam_updated": "usergroups:read",
}
OF_CHANNELS = {"member_joined_channel", "member_left_channel", "channel_id_changed"} | {
    "channel_shared",
    "channel_unshared",
}
"""Told of public and of private channels under one name."""
MESSAGE_EVENTS = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


def event_delivery(
    space: Workspace, event: Json, channel: Channel | None, by: str | None
) -> Delivery | None:
    """Return the delivery of `event`, or None when the bot is not told.

    It is told what it subscribed to, has the scope for, and (but for Home) what happens in
    conversations it is a member of (§2, §3, §10).
    """
    name = str(event["type"])
    if name == "message" and channel is not None:
        name = MESSAGE_EVENTS[channel.kind]
    if name not in space.seed.events:
        return None
    if _needed_scope(name, channel) not in {"", *space.seed.scopes}:
        return None
    if channel is not None and space.seed.bot_user not in channel.members:
        return None
    return Delivery("events_api", event_envelope(space, event, channel, by))


def _needed_scope(name: str, channel: Channel | None) -> str:
    """Return the scope without which an event is not told; a private channel needs its own."""
    if name in OF_CHANNELS and channel is not None:
        return "groups:read" if channel.is_private else "channels:read"
    if name.startswith(("channel_", "group_")):
        return f"{name.partition('_')[0]}s:read"
    return NEEDED_SCOPE.get(name, "")


def event_envelope(space: Workspace, event: Json, channel: Channel | None, by: str | None) -> Json:
    """Wrap `event`; for a stranger's the outer team is theirs, `authorizations` is ours (§2)."""
    ours = space.seed.team.id
    author = space.members.get(by or "")
    theirs = author.team if author else ours
    shared = channel is not None and channel.is_ext_shared
    inner = dict(event)
    if shared and author and "user" in event:
        inner |= {"user_team": theirs, "source_team": theirs}
    return {
        "token": "deprecated",
        "team_id": theirs,
        "context_team_id": ours,
        "context_enterprise_id": None,
        "api_app_id": space.seed.app_id,
        "event": inner,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(6).upper()}",
        "event_time": int(space.clock.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": ours,
                "user_id": space.seed.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": shared,
        "event_context": f"EC{secrets.token_hex(6).upper()}",
    }
