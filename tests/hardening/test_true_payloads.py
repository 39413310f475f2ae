"""Payloads as Slack publishes them are never taken for strange ones (slack-platform.md §1–3, §8).

The shapes are those of docs.slack.dev's examples and of bolt-python's scenario tests, with what
Enterprise organisations, shared channels, workflows and other bots make of them.
"""

from __future__ import annotations

from typing import Any

import pytest

from bot.shapes import is_as_described
from commands import forms, views
from commands.digests.form import filled_in

TITLE = {"type": "plain_text", "text": "My App", "emoji": True}
WHO: dict[str, Any] = {
    "user": {"id": "W111", "username": "owner", "name": "owner", "team_id": "E111"},
    "team": None,
    "enterprise": {"id": "E111", "name": "Sandbox Org"},
    "is_enterprise_install": True,
    "api_app_id": "A111",
    "token": "verification_token",
}
VIEW: dict[str, Any] = {
    "id": "V111",
    "team_id": "T111",
    "type": "modal",
    "blocks": [{"type": "input", "block_id": "b", "element": {"type": "plain_text_input"}}],
    "private_metadata": "",
    "callback_id": "view-id",
    "state": {"values": {}},
    "hash": "1596530361.3wRYuk3R",
    "title": TITLE,
    "previous_view_id": None,
    "root_view_id": "V111",
    "external_id": "",
    "bot_id": "B111",
}
FILLED = {
    "a": {"type": "plain_text_input", "value": None},
    "b": {"type": "static_select", "selected_option": None},
    "c": {"type": "checkboxes", "selected_options": []},
    "d": {"type": "datetimepicker", "selected_date_time": 1628633820},
    "e": {"type": "rich_text_input", "rich_text_value": {"type": "rich_text", "elements": []}},
    "f": {"type": "file_input", "files": [{"id": "F111"}]},
    "g": {"type": "multi_conversations_select", "selected_conversations": ["C111", "D111"]},
}
PRESS = {"action_id": "a", "block_id": "b", "type": "button", "action_ts": "1596530385.194939"}
STATES: dict[str, Any] = {
    "filled in": {"values": {"b": FILLED}},
    "nothing to fill in": {"values": {}},
    "an empty list (slack-go/slack#943)": {"values": []},
    "a list in its place": [],
}
MESSAGE = {"type": "message", "channel": "C111", "ts": "1610262363.001600"}
EVENTS: dict[str, dict[str, Any]] = {
    "mention, its time without a dot": {
        "type": "app_mention",
        "user": "U111",
        "text": "hi",
        "channel": "C111",
        "ts": "1515449522.000016",
        "event_ts": "1515449522000016",
    },
    "home opened, its time without a dot": {
        "type": "app_home_opened",
        "user": "U111",
        "channel": "D111",
        "tab": "home",
        "event_ts": "1515449522000016",
        "view": VIEW,
    },
    "a classic bot's": MESSAGE
    | {"subtype": "bot_message", "bot_id": "B888", "username": "classic-bot", "user": None},
    "a workflow's": MESSAGE
    | {"bot_id": "B999", "app_id": "A222", "user": "U999", "workflow_id": "Wf111", "blocks": []},
    "a shared channel's": MESSAGE
    | {"user": "W222", "user_team": "E222", "source_team": "T222", "user_profile": {}},
    "deleted": MESSAGE
    | {"subtype": "message_deleted", "hidden": True, "previous_message": {"text": "", "ts": "1.2"}},
    "reaction to a file": {
        "type": "reaction_added",
        "user": "U111",
        "reaction": "eyes",
        "event_ts": "1.2",
        "item": {"type": "file", "file": "F111"},
    },
    "renamed": {"type": "channel_rename", "channel": {"id": "C111", "name": "a", "created": 1}},
    "changed person": {"type": "user_change", "user": {"id": "U111"}, "cache_ts": 1640995200},
    "joined": {"type": "member_joined_channel", "user": "W111", "channel": "C1", "inviter": "U2"},
    "uninstalled": {"type": "app_uninstalled"},
}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
@pytest.mark.parametrize("kind", ["view_submission", "view_closed"])
def test_forms_in_every_state(kind: str, state: Any) -> None:
    """Accepted, and read as filled in or as empty."""
    view = VIEW | {"state": state}
    assert is_as_described({"type": kind, "view": view, "response_urls": [], **WHO})
    read = {**forms.filled(view), **filled_in(view), **views.state_of(view)}
    assert bool(read) is (state == STATES["filled in"])


def test_a_form_closed_without_what_was_filled_in() -> None:
    view = {name: it for name, it in VIEW.items() if name != "state"}
    assert is_as_described({"type": "view_closed", "view": view, "is_cleared": True, **WHO})


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_presses_on_home(state: Any) -> None:
    view = VIEW | {"type": "home", "callback_id": "", "submit": None, "state": state}
    where = {"container": {"type": "view", "view_id": "V111"}, "trigger_id": "1.2.abc"}
    assert is_as_described(
        {"type": "block_actions", "actions": [PRESS], "view": view} | where | WHO
    )


def test_presses_and_shortcuts_on_messages() -> None:
    message: dict[str, Any] = {
        "type": "message",
        "bot_id": "B1",
        "ts": "1.2",
        "metadata": {},
        "thread_ts": None,
    }
    here = {"channel": {"id": "D111", "name": "directmessage"}, "message": message, **WHO}
    attached = {"type": "message_attachment", "message_ts": "1.2", "attachment_id": 1}
    pressed = {"type": "block_actions", "actions": [PRESS], "container": attached}
    shortcut = {"type": "message_action", "callback_id": "c", "message_ts": "1.2"}
    asked = {"type": "block_suggestion", "action_id": "a", "block_id": "b", "value": ""}
    for body in (pressed, shortcut, asked):
        assert is_as_described(body | here), body


def test_commands_of_an_organisation() -> None:
    given = {"command": "/kpi", "text": "", "user_id": "W111", "channel_id": "D1", "team_id": None}
    assert is_as_described(given | {"channel_name": "directmessage", "enterprise_id": "E111"})


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_events(event: dict[str, Any]) -> None:
    authorization = {"enterprise_id": "E111", "team_id": None, "user_id": "W1", "is_bot": True}
    outer = {"type": "event_callback", "team_id": "T111", "event_id": "Ev111", "event_time": 1}
    assert is_as_described(outer | {"event": event, "authorizations": [authorization]})


def test_what_slack_never_sends_is_refused() -> None:
    """Else handlers would meet it: a filled list, an id that is none, a moment that is none."""
    form = {"type": "view_submission", "view": VIEW | {"state": {"values": [FILLED]}}, **WHO}
    assert not is_as_described(form)
    assert not is_as_described(form | {"view": VIEW, "user": {"id": "<!channel>"}})
    assert not is_as_described({"event": MESSAGE | {"ts": "yesterday"}})
