"""The Slack app manifest, from which Slack makes the app; each permission says why it is there.

Permissions come in two parts: numbers, which read only what is addressed to Kepi, and customer
issues, which may be left out. Kepi runs with the first part alone and says in ``/support`` what
is missing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storage.errors import KepiError

COMMAND, SUPPORT = "/kpi", "/support"


@dataclass(frozen=True)
class Shortcut:
    """An entry in the menu of every message; Slack takes names of 24 characters and ten of them."""

    callback_id: str
    name: str
    description: str


SCOPES: dict[str, str] = {
    "app_mentions:read": "Answers @Kepi in channels and threads it was invited to. "
    "Without it: /kpi alone.",
    "channels:read": "Tells a public channel it is in from one it is not in, or one shared "
    "with another company: that decides who sees an answer. Without it: private answers alone.",
    "chat:write": "Posts answers. Without it: no answer that others see.",
    "commands": f"Takes {COMMAND} and {SUPPORT}. Without it: mentions and direct messages alone.",
    "files:read": "Reads exports that are dropped in its direct message or channels. "
    "Without it: imports on the command line alone.",
    "files:write": "Adds charts to answers, and sends data files. Without it: text alone.",
    "groups:read": "The same as channels:read, for private channels it was invited to. "
    "Without it: private answers there.",
    "im:history": "Reads what is written to it in the direct message, and nothing else. "
    "Without it: no answers to plain words.",
    "im:read": "Knows its own direct message when it sees it. Without it: no charts there.",
    "im:write": "Opens the direct message to send charts and data files. Without it: neither.",
    "users:read": "Tells admins, members and guests apart: guests change nothing. "
    "Without it: nobody may change anything.",
}
ISSUE_SCOPES: dict[str, str] = {
    "channels:history": "Reads messages and their times in public channels it was invited to: "
    "when a customer wrote and when somebody answered. Without it: no customer issues there.",
    "groups:history": "The same for private channels it was invited to. "
    "Without it: no customer issues in private channels.",
    "reactions:read": "Sees the marks that solve, track and look at an issue. "
    "Without it: issues are solved by button or command alone.",
    "reactions:write": "Marks a tracked message with a ticket. "
    "Without it: tracked messages look like all others.",
    "usergroups:read": "Knows who is in the user groups that answer. "
    "Without it: people who answer are named one by one.",
}
EVENTS: dict[str, str] = {
    "app_mention": "@Kepi",
    "file_shared": "a dropped export, in channels it was invited to",
    "member_joined_channel": "it was invited: answers there carry charts from now on",
    "message.im": "words in the direct message",
}
ISSUE_EVENTS: dict[str, str] = {
    "message.channels": "a customer wrote or somebody answered",
    "message.groups": "the same in a private channel",
    "reaction_added": "somebody solved, tracked or looks at an issue",
    "reaction_removed": "somebody took that back",
    "channel_archive": "nobody can answer there any more",
    "channel_unarchive": "the clocks of its issues run again",
    "channel_deleted": "the same as archived, for good",
    "channel_id_changed": "a channel got another id",
    "channel_left": "it was removed from a channel",
    "channel_rename": "the name that people see",
    "channel_shared": "people of another company came in: nothing visible to them",
    "channel_unshared": "they left",
    "group_archive": "channel_archive of a private channel",
    "group_unarchive": "channel_unarchive of a private channel",
    "group_deleted": "channel_deleted of a private channel",
    "group_left": "channel_left of a private channel",
    "group_rename": "channel_rename of a private channel",
    "member_left_channel": "somebody of the team left a channel, or Kepi was removed",
    "subteam_members_changed": "who answers has changed",
    "subteam_updated": "the same, or a user group was switched off",
    "user_change": "somebody became a guest, or left the company",
}
SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut("support_track", "Track as customer issue", "Starts the clock at this message"),
    Shortcut("support_separate", "Track as separate issue", "A matter of its own in this thread"),
    Shortcut("support_attach", "Attach to issue", "This message answers or belongs to an issue"),
    Shortcut("support_replied", "Mark replied", "Answered elsewhere, such as by telephone"),
    Shortcut("support_relay", "Track posts like this", "Teaches Kepi to read a program's posts"),
    Shortcut("support_show", "Show customer issue", "Its state and its times, for you alone"),
)


def build_manifest(mode: str, url: str = "", *, issues: bool = True) -> dict[str, Any]:
    """Return the manifest for ``socket`` or ``http``; HTTP needs Kepi's public ``url``.

    Without ``issues`` it asks for nothing that only customer issues need.
    """
    is_http = mode == "http"
    if is_http and not url.startswith("https://"):
        raise KepiError(
            "HTTP mode needs the address at which Slack reaches Kepi: "
            "manifest --mode http --url https://kepi.example.com"
        )
    request = f"{url.rstrip('/')}/slack/events"
    reached = {"request_url": request} if is_http else {}
    scopes = sorted({**SCOPES, **(ISSUE_SCOPES if issues else {})})
    events = sorted({**EVENTS, **(ISSUE_EVENTS if issues else {})})
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
            "slash_commands": [it | ({"url": request} if is_http else {}) for it in commands()],
            **({"shortcuts": [in_manifest(it) for it in SHORTCUTS]} if issues else {}),
        },
        "oauth_config": {"scopes": {"bot": scopes}},
        "settings": {
            "event_subscriptions": {"bot_events": events} | reached,
            "interactivity": {"is_enabled": True} | reached,
            "org_deploy_enabled": False,
            "socket_mode_enabled": not is_http,
            "token_rotation_enabled": False,
        },
    }


def commands() -> list[dict[str, Any]]:
    """Return the slash commands; ``/support`` is there without issues too, to say what is off."""
    return [
        {
            "command": COMMAND,
            "description": "Ask for a number of your social media",
            "usage_hint": "reach instagram last-30d",
            "should_escape": True,
        },
        {
            "command": SUPPORT,
            "description": "See which customers wait for an answer",
            "usage_hint": "12 | new | setup | help",
            "should_escape": True,
        },
    ]


def in_manifest(shortcut: Shortcut) -> dict[str, str]:
    return {
        "name": shortcut.name,
        "type": "message",
        "callback_id": shortcut.callback_id,
        "description": shortcut.description,
    }


def print_manifest(mode: str, url: str, written: str, *, issues: bool = True) -> None:
    """Print the manifest as YAML, with a why for each permission, or as JSON."""
    manifest = build_manifest(mode, url, issues=issues)
    if written == "json":
        print(json.dumps(manifest, ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_yaml(manifest)))


def as_yaml(thing: Mapping[str, Any], indent: str = "") -> list[str]:
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


WHY: Mapping[str, str] = {**SCOPES, **ISSUE_SCOPES, **EVENTS, **ISSUE_EVENTS}


def list_item(item: Any, indent: str) -> list[str]:
    if isinstance(item, dict):
        first, *others = as_yaml(item, f"{indent}  ")
        return [f"{indent}- {first.strip()}", *others]
    why = WHY.get(item, "")
    part = "Customer issues. " if item in ISSUE_SCOPES else ""
    return [f"{indent}- {json.dumps(item)}" + (f"  # {part}{why}" if why else "")]
