"""A workspace into which an app was installed from its manifest: these rights and no others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from bot.playground.seed import Command, Seed, Shortcut


def seed_of(manifest: Mapping[str, Any], *, declined: Collection[str] = ()) -> Seed:
    """Return the seed whose scopes, events, commands and tabs are those of `manifest` (§10).

    What the manifest forgets to ask for is then missing here as it would be in Slack. `declined`
    are permissions that whoever installed the app left out: only those of `bot_optional` can be.
    """
    features = manifest.get("features", {})
    settings = manifest.get("settings", {})
    asked = manifest["oauth_config"]["scopes"]
    fixed = sorted(set(declined) - set(asked.get("bot_optional", [])))
    if fixed:
        raise ValueError(f"Slack lets nobody leave out {', '.join(fixed)}")
    return Seed(
        scopes=frozenset(asked["bot"]) - frozenset(declined),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        commands=tuple(_command(each) for each in features.get("slash_commands", [])),
        shortcuts=tuple(_shortcut(each) for each in features.get("shortcuts", [])),
        home_tab=bool(features.get("app_home", {}).get("home_tab_enabled", False)),
    )


def _command(declared: Mapping[str, Any]) -> Command:
    return Command(
        str(declared["command"]),
        str(declared["description"]),
        str(declared.get("usage_hint", "")),
        should_escape=bool(declared.get("should_escape", False)),
    )


def _shortcut(declared: Mapping[str, Any]) -> Shortcut:
    return Shortcut(str(declared["name"]), str(declared["callback_id"]), str(declared["type"]))
