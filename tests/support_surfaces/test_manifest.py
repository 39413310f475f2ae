"""Permissions in two parts: numbers, and customer issues, which may be left out."""

from __future__ import annotations

import re

import pytest

from bot.cli import run_cli
from bot.manifest import (
    EVENTS,
    ISSUE_EVENTS,
    ISSUE_SCOPES,
    SCOPES,
    SHORTCUTS,
    as_yaml,
    build_manifest,
)
from commands.support.granted import WITHOUT
from commands.support.shortcuts import SHORTCUTS as LISTENED

NEEDED = {
    "channels:history",
    "groups:history",
    "reactions:read",
    "reactions:write",
    "usergroups:read",
}


def test_the_second_part_is_left_out_when_asked() -> None:
    """Then Kepi reads no channel; /support stays, to say what is off."""
    whole, part = (build_manifest("socket", issues=it) for it in (True, False))
    assert set(whole["oauth_config"]["scopes"]["bot"]) == {*SCOPES, *ISSUE_SCOPES}
    assert set(part["oauth_config"]["scopes"]["bot"]) == set(SCOPES)
    assert set(ISSUE_SCOPES) == NEEDED
    events = part["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == set(EVENTS)
    assert "shortcuts" not in part["features"]
    commands = [it["command"] for it in part["features"]["slash_commands"]]
    assert commands == ["/kpi", "/support"]


def test_the_command_line_leaves_it_out_too(capsys: pytest.CaptureFixture[str]) -> None:
    """``manifest --without-issues``."""
    with pytest.raises(SystemExit) as ended:
        run_cli(["manifest", "--without-issues"])
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert "channels:history" not in printed
    assert "shortcuts" not in printed
    assert "chat:write" in printed


def test_every_permission_says_why_and_what_stops_without_it() -> None:
    """In the manifest itself, where an admin reads it."""
    for scope, why in {**SCOPES, **ISSUE_SCOPES}.items():
        assert re.search(r"\. Without it: .+\.$", why), scope
    lines = as_yaml(build_manifest("socket"))
    for scope in ISSUE_SCOPES:
        line = next(it for it in lines if f'"{scope}"' in it)
        assert "# Customer issues. " in line
    assert set(WITHOUT) == set(ISSUE_SCOPES), "what /support says is missing"


def test_everything_subscribed_says_why() -> None:
    """And needs no more than the scopes that are asked for."""
    assert not set(EVENTS) & set(ISSUE_EVENTS)
    assert all({**EVENTS, **ISSUE_EVENTS}.values())


def test_the_manifest_is_within_slacks_limits() -> None:
    """Ten shortcuts with names of 24 characters; each is listened to."""
    manifest = build_manifest("socket")
    shortcuts = manifest["features"]["shortcuts"]
    assert len(shortcuts) <= 10
    assert all(len(it["name"]) <= 24 for it in shortcuts)
    assert all(it["type"] == "message" for it in shortcuts)
    assert {it.callback_id for it in SHORTCUTS} == {*LISTENED, "support_attach", "support_relay"}
    for command in manifest["features"]["slash_commands"]:
        assert len(command["command"]) <= 32
        assert command["should_escape"] is True
    http = build_manifest("http", "https://kepi.example")
    assert all(
        it["url"] == "https://kepi.example/slack/events"
        for it in http["features"]["slash_commands"]
    )
