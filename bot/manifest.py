"""The Slack app manifest, from which Slack makes the app; each permission says why it is there."""

from __future__ import annotations

import json
from typing import Any

from storage.errors import KepiError

COMMAND = "/kpi"
SCOPES: dict[str, str] = {
    "app_mentions:read": "Answers @Kepi in channels and threads it was invited to.",
    "channels:read": "Tells a public channel it is in from one it is not in, or one shared "
    "with another company: that decides who sees an answer.",
    "chat:write": "Posts answers.",
    "commands": f"Takes {COMMAND}.",
    "files:read": "Reads exports that are dropped in its direct message or channels.",
    "files:write": "Adds charts to answers, and sends data files.",
    "groups:read": "The same as channels:read, for private channels it was invited to.",
    "im:history": "Reads what is written to it in the direct message, and nothing else.",
    "im:read": "Knows its own direct message when it sees it.",
    "im:write": "Opens the direct message to send charts and data files.",
    "users:read": "Tells admins, members and guests apart: guests change nothing.",
}
EVENTS: dict[str, str] = {
    "app_mention": "@Kepi",
    "file_shared": "a dropped export, in channels it was invited to",
    "member_joined_channel": "it was invited: answers there carry charts from now on",
    "message.im": "words in the direct message",
}


def build_manifest(mode: str, url: str = "") -> dict[str, Any]:
    """Return the manifest for ``socket`` or ``http``; HTTP needs Kepi's public ``url``."""
    is_http = mode == "http"
    if is_http and not url.startswith("https://"):
        raise KepiError(
            "HTTP mode needs the address at which Slack reaches Kepi: "
            "manifest --mode http --url https://kepi.example.com"
        )
    request = f"{url.rstrip('/')}/slack/events"
    reached = {"request_url": request} if is_http else {}
    command = {
        "command": COMMAND,
        "description": "Ask for a number of your social media",
        "usage_hint": "reach instagram last-30d",
        "should_escape": True,
    }
    return {
        "display_information": {
            "name": "Kepi",
            "description": "Social media KPIs in Slack: computed numbers, honest charts.",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Kepi", "always_online": True},
            "slash_commands": [command | ({"url": request} if is_http else {})],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": sorted(EVENTS)} | reached,
            "interactivity": {"is_enabled": True} | reached,
            "org_deploy_enabled": False,
            "socket_mode_enabled": not is_http,
            "token_rotation_enabled": False,
        },
    }


def print_manifest(mode: str, url: str, written: str) -> None:
    """Print the manifest as YAML, with a why for each permission, or as JSON."""
    manifest = build_manifest(mode, url)
    if written == "json":
        print(json.dumps(manifest, ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_yaml(manifest)))


def as_yaml(thing: Any, indent: str = "") -> list[str]:
    """Return maps, lists and plain values as lines of YAML; JSON text is YAML for the values."""
    lines: list[str] = []
    for key, value in thing.items():
        if isinstance(value, dict):
            lines += [f"{indent}{key}:", *as_yaml(value, f"{indent}  ")]
        elif isinstance(value, list):
            lines.append(f"{indent}{key}:")
            for each in value:
                lines += list_item(each, f"{indent}  ")
        else:
            lines.append(f"{indent}{key}: {json.dumps(value, ensure_ascii=False)}")
    return lines


def list_item(item: Any, indent: str) -> list[str]:
    if isinstance(item, dict):
        first, *others = as_yaml(item, f"{indent}  ")
        return [f"{indent}- {first.strip()}", *others]
    why = SCOPES.get(item) or EVENTS.get(item) or ""
    return [f"{indent}- {json.dumps(item)}" + (f"  # {why}" if why else "")]
