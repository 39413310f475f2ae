"""The Slack app manifest, from which Slack makes the app; each permission says why it is there.

Permissions come in two parts: numbers, which read only what is addressed to Kepi, and customer
issues. What Kepi can do without is in ``bot_optional`` too: whoever installs it may leave that out
(every optional scope stands in ``bot`` as well, says Slack's manifest reference). ``/support``,
``/kpi status`` and ``doctor`` say what is missing then, and what stops.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.settings import demand_command
from storage.errors import KepiError

COMMAND, SUPPORT = "/kpi", "/support"
REDIRECT = "/slack/oauth_redirect"


@dataclass(frozen=True)
class Shortcut:
    """An entry in the menu of every message; Slack takes names of 24 characters and ten of them."""

    callback_id: str
    name: str
    description: str


SCOPES: dict[str, str] = {
    "app_mentions:read": "Answers @Kepi in channels and threads it was invited to. "
    "Without it: the slash commands alone.",
    "channels:read": "Tells a public channel it is in from one it is not in, or one shared "
    "with another company: that decides who sees an answer. Without it: private answers alone.",
    "chat:write": "Posts answers. Without it: no answer that others see.",
    "commands": "Takes the slash commands. Without it: mentions and direct messages alone.",
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
OPTIONAL = frozenset(
    {"app_mentions:read", "channels:read", "files:read", "files:write", "groups:read"}
    | {"im:history"}
)
"""Of the first part, what Kepi answers without: ``tests/rights`` takes each away in turn."""
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
    "app_home_opened": "somebody opened Home",
    "app_mention": "@Kepi",
    "app_uninstalled": "it was removed: nothing is sent any more, and what is kept is erased",
    "file_shared": "a dropped export, in channels it was invited to",
    "member_joined_channel": "it was invited: answers there carry charts from now on",
    "message.im": "words in the direct message",
    "tokens_revoked": "its token was taken back: the same as removed",
    "user_change": "somebody became a guest, or left the company: their rights end at once",
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
}
SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut("support_track", "Track as customer issue", "Starts the clock at this message"),
    Shortcut("support_separate", "Track as separate issue", "A matter of its own in this thread"),
    Shortcut("support_attach", "Attach to issue", "This message answers or belongs to an issue"),
    Shortcut("support_replied", "Mark replied", "Answered elsewhere, such as by telephone"),
    Shortcut("support_relay", "Track posts like this", "Teaches Kepi to read a program's posts"),
    Shortcut("support_show", "Show customer issue", "Its state and its times, for you alone"),
)


@dataclass(frozen=True)
class Choices:
    """What may be chosen about an app beside its mode and its address."""

    issues: bool = True
    """Whether it asks for what only customer issues need."""
    oauth: bool = False
    """Whether any workspace may install it (HTTP mode)."""
    rotation: bool = False
    """Whether its tokens end after 12 hours and are renewed; Slack never takes this back."""
    command: str = COMMAND
    support_command: str = SUPPORT


def build_manifest(
    mode: str, url: str = "", chosen: Choices | None = None, *, issues: bool = True
) -> dict[str, Any]:
    """Return the manifest for ``socket`` or ``http``; HTTP needs Kepi's public ``url``.

    Without ``issues`` it asks for nothing that only customer issues need.
    """
    chosen = chosen or Choices(issues=issues)
    is_http = mode == "http"
    check(chosen, is_http, url)
    base = url.rstrip("/")
    request = f"{base}/slack/events"
    reached = {"request_url": request} if is_http else {}
    events = sorted({**EVENTS, **(ISSUE_EVENTS if chosen.issues else {})})
    slash = [it | ({"url": request} if is_http else {}) for it in commands(chosen)]
    return {
        "display_information": {
            "name": "Kepi",
            "description": "Social media KPIs in Slack: computed numbers, honest charts.",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Kepi", "always_online": True},
            "slash_commands": slash,
            **({"shortcuts": [in_manifest(it) for it in SHORTCUTS]} if chosen.issues else {}),
        },
        "oauth_config": {
            **({"redirect_urls": [base + REDIRECT]} if chosen.oauth else {}),
            "scopes": scopes(chosen.issues),
        },
        "settings": {
            "event_subscriptions": {"bot_events": events} | reached,
            "interactivity": {"is_enabled": True} | reached,
            "org_deploy_enabled": False,
            "socket_mode_enabled": not is_http,
            "token_rotation_enabled": chosen.rotation,
        },
    }


def check(chosen: Choices, is_http: bool, url: str) -> None:
    """Refuse what Slack would refuse, in words."""
    if is_http and not url.startswith("https://"):
        raise KepiError(
            "HTTP mode needs the address at which Slack reaches Kepi: "
            "manifest --mode http --url https://kepi.example.com"
        )
    if (chosen.oauth or chosen.rotation) and not is_http:
        raise KepiError(
            "Installing from other workspaces and renewing tokens need HTTP mode: "
            "manifest --mode http --url https://kepi.example.com --oauth"
        )
    if chosen.rotation and not chosen.oauth:
        raise KepiError("Renewed tokens need the installations of OAuth: add --oauth.")
    for name in (chosen.command, chosen.support_command):
        try:
            demand_command(name)
        except ValueError as wrong:
            raise KepiError(f"{name} can’t be a command: it has to be {wrong}.") from None
    if chosen.command == chosen.support_command:
        raise KepiError("The two commands need different names, such as /kpi and /support.")


def scopes(issues: bool) -> dict[str, list[str]]:
    """Return the permissions, and which of them may be left out at the installation."""
    asked = {**SCOPES, **(ISSUE_SCOPES if issues else {})}
    return {
        "bot": sorted(asked),
        "bot_optional": sorted(it for it in asked if it in OPTIONAL or it in ISSUE_SCOPES),
    }


def commands(chosen: Choices) -> list[dict[str, Any]]:
    """Return the slash commands; ``/support`` is there without issues too, to say what is off."""
    return [
        {
            "command": chosen.command,
            "description": "Ask for a number of your social media",
            "usage_hint": "reach instagram last-30d",
            "should_escape": True,
        },
        {
            "command": chosen.support_command,
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


def print_manifest(mode: str, url: str, written: str, chosen: Choices) -> None:
    """Print the manifest as YAML, with a why for each permission, or as JSON."""
    manifest = build_manifest(mode, url, chosen)
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
            lines.append(f"{indent}{key}:{HEADS.get(key, '')}")
            for each in value:
                lines += list_item(each, f"{indent}  ", is_why_told=key not in HEADS)
        else:
            lines.append(f"{indent}{key}: {json.dumps(value, ensure_ascii=False)}")
    return lines


HEADS: Mapping[str, str] = {"bot_optional": "  # may be left out at the installation"}
WHY: Mapping[str, str] = {**SCOPES, **ISSUE_SCOPES, **EVENTS, **ISSUE_EVENTS}


def list_item(item: Any, indent: str, *, is_why_told: bool) -> list[str]:
    if isinstance(item, dict):
        first, *others = as_yaml(item, f"{indent}  ")
        return [f"{indent}- {first.strip()}", *others]
    why = WHY.get(item, "") if is_why_told else ""
    part = "Customer issues. " if item in ISSUE_SCOPES else ""
    return [f"{indent}- {json.dumps(item)}" + (f"  # {part}{why}" if why else "")]
