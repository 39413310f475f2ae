"""The environment is read once; what is wrong with it is one line, and no secret is in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import start_clock
from bot.settings import read_settings, require_slack
from storage.errors import SettingsError

TOKEN = "xoxb-planted-secret"


def test_nothing_set_is_an_sqlite_file_and_loopback() -> None:
    """A first start needs no settings at all but Slack's."""
    settings = read_settings({"PORT": " "})
    assert settings.database_url.get_secret_value().startswith("sqlite:///")
    assert settings.host == "127.0.0.1"
    assert settings.port is None


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({}, "SLACK_BOT_TOKEN is not set"),
        ({"SLACK_BOT_TOKEN": "xoxp-1"}, "has to start with xoxb-"),
        ({"SLACK_BOT_TOKEN": TOKEN}, "Set SLACK_APP_TOKEN"),
        ({"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": TOKEN}, "has to start with xapp-"),
        ({"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": "s"}, "PORT is not set"),
        ({"PORT": "eighty"}, "PORT cannot be read: it has to be a number"),
        ({"PORT": "70000"}, "PORT cannot be read"),
        ({"SLACK_API_URL": "slack.com"}, "SLACK_API_URL cannot be read"),
        ({"SLACK_API_URL": "http://slack.com/api/"}, "an address that starts with https://"),
        ({"SLACK_API_URL": "http://127.0.0.1.nip.io/"}, "http:// on this machine alone"),
        ({"SLACK_API_URL": "http://127.0.0.1@10.0.0.1/"}, "http:// on this machine alone"),
        ({"SLACK_API_URL": "http://0.0.0.0:80/"}, "http:// on this machine alone"),
        ({"SLACK_API_URL": "http://[::1/"}, "SLACK_API_URL cannot be read"),
        ({"KEPI_CLOCK": "Monday"}, "an instant such as 2026-11-22T09:00:00Z"),
    ],
)
def test_what_is_wrong_is_one_line_without_the_secret(
    environment: dict[str, str], line: str
) -> None:
    """It names the variable and what would work."""
    with pytest.raises(SettingsError) as refused:
        require_slack(read_settings(environment))
    assert line in str(refused.value)
    assert "\n" not in str(refused.value)
    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:1", "[::1]:9", "127.8.8.8"])
def test_a_slack_on_this_machine_needs_no_tls(host: str) -> None:
    """The playground is one; tokens leave the machine sealed only."""
    settings = read_settings({"SLACK_API_URL": f"http://{host}/api"})
    assert settings.slack_api_url == f"http://{host}/api/"


def test_secrets_are_stars_wherever_settings_are_printed() -> None:
    """Also the password in a database address."""
    settings = read_settings(
        {"SLACK_BOT_TOKEN": TOKEN, "DATABASE_URL": "postgresql://u:planted-word@h/n"}
    )
    assert "planted" not in repr(settings)
    assert "planted" not in settings.model_dump_json()


def test_the_clock_starts_where_it_is_told_and_runs_on() -> None:
    """Without a zone the instant is UTC."""
    settings = read_settings({"KEPI_CLOCK": "2026-11-22T09:00:00"})
    tell = start_clock(settings.clock)
    first = tell()
    assert timedelta() <= first - datetime(2026, 11, 22, 9, tzinfo=UTC) < timedelta(seconds=1)
    assert tell() > first
