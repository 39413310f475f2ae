"""What Slack takes as a manifest, from its published reference (slack-platform §10).

Keys, kinds and lengths are those of the manifest reference and of the JSON Schema that Slack
publishes with it; which permission an event needs is the reference of that event. Nothing here
knows Kepi.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

LISTED = """
    app_mentions:read assistant:write bookmarks:read bookmarks:write calls:read calls:write
    canvases:read canvases:write channels:history channels:join channels:manage channels:read
    channels:write.invites channels:write.topic chat:write chat:write.customize chat:write.public
    commands conversations.connect:manage conversations.connect:read conversations.connect:write
    datastore:read datastore:write dnd:read emoji:read files:read files:write groups:history
    groups:read groups:write groups:write.invites groups:write.topic im:history im:read im:write
    im:write.topic incoming-webhook links.embed:write links:read links:write lists:read lists:write
    metadata.message:read mpim:history mpim:read mpim:write mpim:write.topic pins:read pins:write
    reactions:read reactions:write reminders:read reminders:write remote_files:read
    remote_files:share remote_files:write search:read.files search:read.public search:read.users
    team.billing:read team.preferences:read team:read tokens.basic triggers:read triggers:write
    usergroups:read usergroups:write users.profile:read users:read users:read.email users:write
    workflow.steps:execute
    """
BOT_SCOPES = frozenset(LISTED.split())
EVENT_SCOPES: Mapping[str, str] = {
    **dict.fromkeys(
        ("app_home_opened", "app_uninstalled", "tokens_revoked", "app_rate_limited"), ""
    ),
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    **dict.fromkeys(("reaction_added", "reaction_removed"), "reactions:read"),
    **dict.fromkeys(
        ("file_change", "file_created", "file_deleted", "file_public", "file_shared"), "files:read"
    ),
    **dict.fromkeys(
        (
            *("channel_archive", "channel_created", "channel_deleted", "channel_id_changed"),
            *("channel_left", "channel_rename", "channel_shared", "channel_unarchive"),
            *("channel_unshared", "member_joined_channel", "member_left_channel"),
        ),
        "channels:read",
    ),
    **dict.fromkeys(
        ("group_archive", "group_deleted", "group_left", "group_rename", "group_unarchive"),
        "groups:read",
    ),
    "channel_history_changed": "channels:history",
    "group_history_changed": "groups:history",
    **dict.fromkeys(("team_join", "user_change", "user_status_changed"), "users:read"),
    "user_profile_changed": "users.profile:read",
    **dict.fromkeys(
        ("subteam_created", "subteam_members_changed", "subteam_updated"), "usergroups:read"
    ),
    **dict.fromkeys(("pin_added", "pin_removed"), "pins:read"),
    "emoji_changed": "emoji:read",
    "link_shared": "links:read",
    "dnd_updated_user": "dnd:read",
    **dict.fromkeys(("team_rename", "team_domain_change"), "team:read"),
    "message_metadata_posted": "metadata.message:read",
}
"""Event → a permission without which Slack refuses the subscription."""
ALSO_ENOUGH: Mapping[str, str] = {
    **dict.fromkeys(("member_joined_channel", "member_left_channel"), "groups:read"),
    **dict.fromkeys(("channel_id_changed", "channel_shared", "channel_unshared"), "groups:read"),
}

Check = Callable[[Any], str]
"""What is wrong with a value; empty where it is right."""


def text(most: int, least: int = 1, form: str = "") -> Check:
    """Return a check of a string's length and form."""

    def wrong(value: Any) -> str:
        if not isinstance(value, str):
            return "has to be text"
        if not least <= len(value) <= most:
            return f"{len(value)} characters, {least} to {most} are taken"
        return "" if re.search(form, value) else f"has to be like {form}"

    return wrong


def switch(value: Any) -> str:
    return "" if isinstance(value, bool) else "has to be true or false"


def one_of(*choices: str) -> Check:
    return lambda value: "" if value in choices else f"has to be one of {', '.join(choices)}"


ADDRESS = text(3500, form=r"^https?://[^\s/]")


@dataclass(frozen=True)
class Shape:
    """An object: its keys, and which of them have to be there."""

    keys: Mapping[str, Check | Shape | Many]
    required: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Many:
    """A list: what is in it, and how much."""

    of: Check | Shape
    most: int
    least: int = 0
    once: bool = field(default=True)
    """No value stands there twice."""


COMMAND = Shape(
    {
        "command": text(32, 2, r"^/[^\s/A-Z]+$"),
        "url": text(3000, form=r"^https?://"),
        "description": text(2000),
        "usage_hint": text(1000),
        "should_escape": switch,
    },
    frozenset({"command", "description"}),
)
SHORTCUT = Shape(
    {
        "name": text(24),
        "type": one_of("message", "global"),
        "callback_id": text(255),
        "description": text(150),
    },
    frozenset({"name", "type", "callback_id", "description"}),
)
SCOPES_OF = Many(text(50), 255)
EVENTS_OF = Many(text(50), 100)
MANIFEST = Shape(
    {
        "_metadata": Shape({"major_version": one_of("1", "2"), "minor_version": one_of("1")}),
        "display_information": Shape(
            {
                "name": text(35),
                "description": text(140),
                "background_color": text(7, 4, r"^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$"),
                "long_description": text(4000, 175),
            },
            frozenset({"name"}),
        ),
        "features": Shape(
            {
                "app_home": Shape(
                    dict.fromkeys(
                        [
                            f"{it}_enabled"
                            for it in ("home_tab", "messages_tab", "messages_tab_read_only")
                        ],
                        switch,
                    )
                ),
                "bot_user": Shape(
                    {"display_name": text(80), "always_online": switch},
                    frozenset({"display_name"}),
                ),
                "shortcuts": Many(SHORTCUT, 10, 1),
                "slash_commands": Many(COMMAND, 50, 1),
                "unfurl_domains": Many(text(255), 5, 1),
            }
        ),
        "oauth_config": Shape(
            {
                "redirect_urls": Many(text(2500, form=r"^https://[^\s/]"), 1000),
                "scopes": Shape(
                    dict.fromkeys(("bot", "user", "bot_optional", "user_optional"), SCOPES_OF)
                ),
                "token_management_enabled": switch,
                "pkce_enabled": switch,
            }
        ),
        "settings": Shape(
            {
                "allowed_ip_address_ranges": Many(text(18), 50, 1),
                "event_subscriptions": Shape(
                    {
                        "request_url": ADDRESS,
                        "bot_events": EVENTS_OF,
                        "user_events": EVENTS_OF,
                    }
                ),
                "interactivity": Shape(
                    {
                        "is_enabled": switch,
                        "request_url": ADDRESS,
                        "message_menu_options_url": ADDRESS,
                    },
                    frozenset({"is_enabled"}),
                ),
                "org_deploy_enabled": switch,
                "socket_mode_enabled": switch,
                "token_rotation_enabled": switch,
                "is_hosted": switch,
            }
        ),
    },
    frozenset({"display_information"}),
)


def faults(manifest: Any) -> list[str]:
    """Return what Slack would refuse, each with its place: “/settings/…: why”."""
    found = list(in_shape(MANIFEST, manifest, ""))
    return found or [*of_scopes(manifest), *of_events(manifest), *of_reach(manifest)]


def in_shape(shape: Check | Shape | Many, value: Any, place: str) -> Iterator[str]:
    if isinstance(shape, Shape):
        yield from in_object(shape, value, place)
    elif isinstance(shape, Many):
        yield from in_list(shape, value, place)
    elif wrong := shape(value):
        yield f"{place}: {wrong}"


def in_object(shape: Shape, value: Any, place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{place or '/'}: has to be an object"
        return
    yield from (f"{place}/{key}: is missing" for key in sorted(shape.required - set(value)))
    for key, held in value.items():
        if key in shape.keys:
            yield from in_shape(shape.keys[key], held, f"{place}/{key}")
        else:
            yield f"{place}/{key}: Slack knows no such key"


def in_list(shape: Many, value: Any, place: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{place}: has to be a list"
        return
    if not shape.least <= len(value) <= shape.most:
        yield f"{place}: {len(value)} of them, {shape.least} to {shape.most} are taken"
    for number, held in enumerate(value):
        yield from in_shape(shape.of, held, f"{place}/{number}")
        if shape.once and held in value[:number]:
            yield f"{place}/{number}: stands there twice"


def part(manifest: Mapping[str, Any], *keys: str) -> Any:
    """Return what is at a path; an empty object where nothing is."""
    held: Any = manifest
    for key in keys:
        held = held.get(key, {})
    return held


def of_scopes(manifest: Mapping[str, Any]) -> Iterator[str]:
    scopes = part(manifest, "oauth_config", "scopes")
    place = "/oauth_config/scopes"
    for number, scope in enumerate(scopes.get("bot", [])):
        if scope not in BOT_SCOPES:
            yield f"{place}/bot/{number}: no bot has {scope}"
    for kind in ("bot", "user"):
        for number, scope in enumerate(scopes.get(f"{kind}_optional", [])):
            if scope not in scopes.get(kind, []):
                yield f"{place}/{kind}_optional/{number}: {scope} has to stand in {kind} as well"
    if scopes.get("bot") and not part(manifest, "features", "bot_user"):
        yield f"{place}/bot: there is no bot_user to have them"
    if part(manifest, "features").get("slash_commands") and "commands" not in scopes.get("bot", []):
        yield f"{place}/bot: slash commands need commands"


def of_events(manifest: Mapping[str, Any]) -> Iterator[str]:
    held = set(part(manifest, "oauth_config", "scopes").get("bot", []))
    place = "/settings/event_subscriptions/bot_events"
    events = part(manifest, "settings", "event_subscriptions").get("bot_events", [])
    for number, event in enumerate(events):
        needed = EVENT_SCOPES.get(event)
        if needed is None:
            yield f"{place}/{number}: there is no event {event}"
        elif needed and not held & {needed, ALSO_ENOUGH.get(event, needed)}:
            yield f"{place}/{number}: {event} needs {needed}"


def of_reach(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Slack has to reach the app: by a socket, or at addresses; never by both."""
    settings, features = part(manifest, "settings"), part(manifest, "features")
    is_socket = bool(settings.get("socket_mode_enabled"))
    reached = {
        "/settings/event_subscriptions": bool(
            part(settings, "event_subscriptions").get("bot_events")
        ),
        "/settings/interactivity": bool(part(settings, "interactivity").get("is_enabled")),
    }
    for place, is_used in reached.items():
        has_url = "request_url" in part(settings, place.rsplit("/", 1)[-1])
        if is_socket and has_url:
            yield f"{place}/request_url: Socket Mode has no addresses"
        elif is_used and not is_socket and not has_url:
            yield f"{place}/request_url: is missing"
    for number, command in enumerate(features.get("slash_commands", [])):
        place = f"/features/slash_commands/{number}/url"
        if is_socket and "url" in command:
            yield f"{place}: Socket Mode has no addresses"
        elif not is_socket and "url" not in command:
            yield f"{place}: is missing"
    names = [it["command"] for it in features.get("slash_commands", [])]
    if len(set(names)) < len(names):
        yield "/features/slash_commands: two have one name"
    if features.get("shortcuts") and not reached["/settings/interactivity"]:
        yield "/settings/interactivity: shortcuts need it"
