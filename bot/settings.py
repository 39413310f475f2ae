"""The settings, read once from the environment (design §2); a ``.env`` file is not read.

Plain pydantic, which SQLModel has loaded anyway: pydantic-settings would add 7 % to the start.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)

from storage.errors import SettingsError

DEFAULT_DATABASE = "sqlite:///var/kepi.db"
SLACK_API = "https://slack.com/api/"


def demand_url(value: str) -> str:
    """Take an address to which tokens may go: sealed on the way, or not leaving this machine."""
    parts = urlsplit(value)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))
    if not (is_safe and parts.hostname):
        raise ValueError("an address that starts with https://")
    return value if value.endswith("/") else f"{value}/"


def is_loopback(host: str | None) -> bool:
    """Say whether a host is this machine, by its very name: no other is looked up."""
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def demand_https(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith("https://"):
        raise ValueError("an address that starts with https://")
    return value


def demand_instant(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def demand_command(value: str) -> str:
    if not re.fullmatch(r"/[a-z0-9][a-z0-9_-]{0,30}", value):
        raise ValueError("a slash and small letters, 32 characters at most")
    return value


def demand_hour(value: str) -> str:
    if value and value != "off" and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise ValueError("off, or an hour in UTC such as 03:30")
    return value


class Settings(BaseModel):
    """What the environment says; secrets show as stars wherever they are printed."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    database_url: SecretStr = Field(SecretStr(DEFAULT_DATABASE), alias="DATABASE_URL")
    bot_token: SecretStr | None = Field(None, alias="SLACK_BOT_TOKEN")
    app_token: SecretStr | None = Field(None, alias="SLACK_APP_TOKEN")
    signing_secret: SecretStr | None = Field(None, alias="SLACK_SIGNING_SECRET")
    port: int | None = Field(None, alias="PORT", ge=0, le=65535)
    host: str = Field("127.0.0.1", alias="HOST")
    slack_api_url: Annotated[str, AfterValidator(demand_url)] = Field(
        SLACK_API, alias="SLACK_API_URL"
    )
    clock: Annotated[datetime, AfterValidator(demand_instant)] | None = Field(
        None, alias="KEPI_CLOCK"
    )

    heartbeat: Annotated[SecretStr, AfterValidator(demand_https)] | None = Field(
        None, alias="KEPI_HEARTBEAT_URL"
    )
    """Asked for every minute in which all is well; whoever watches there misses it otherwise."""

    command: Annotated[str, AfterValidator(demand_command)] = Field("/kpi", alias="KEPI_COMMAND")
    support_command: Annotated[str, AfterValidator(demand_command)] = Field(
        "/support", alias="KEPI_SUPPORT_COMMAND"
    )
    """What the commands are called in the manifest, where another app has those names."""

    backups: Path | None = Field(None, alias="KEPI_BACKUPS")
    """Where nightly copies of an SQLite file go: ``backups`` beside it."""
    backup: Annotated[str, AfterValidator(demand_hour)] = Field("", alias="KEPI_BACKUP")
    """When, in UTC, or ``off``; counts before what a workspace chose."""

    client_id: str | None = Field(None, alias="SLACK_CLIENT_ID")
    client_secret: SecretStr | None = Field(None, alias="SLACK_CLIENT_SECRET")
    """Present: any workspace may install Kepi, over HTTP (``bot.oauth``)."""
    secret_keys: SecretStr | None = Field(None, alias="KEPI_SECRET_KEYS")
    """Fernet keys by comma, newest first: tokens at rest are under them."""

    @property
    def is_socket_mode(self) -> bool:
        return self.app_token is not None

    @property
    def has_many(self) -> bool:
        """Whether any workspace may install Kepi, instead of the one whose token is given."""
        return self.client_id is not None

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret, for the log to blot out."""
        held = (self.bot_token, self.app_token, self.signing_secret, self.heartbeat)
        plain = [it.get_secret_value() for it in (*held, self.client_secret) if it is not None]
        return (*plain, *self.keys)

    @property
    def keys(self) -> tuple[str, ...]:
        """The Fernet keys, newest first."""
        said = self.secret_keys.get_secret_value() if self.secret_keys else ""
        return tuple(key for it in said.split(",") if (key := it.strip()))


EXPECTED = {
    "SLACK_BOT_TOKEN": "a token that starts with xoxb-",
    "SLACK_APP_TOKEN": "a token that starts with xapp-",
    "PORT": "a number from 0 to 65535",
    "SLACK_API_URL": (
        "an address that starts with https:// (http:// on this machine alone: tokens go there)"
    ),
    "KEPI_HEARTBEAT_URL": "an address that starts with https://",
    "KEPI_COMMAND": "a slash and small letters, such as /numbers",
    "KEPI_SUPPORT_COMMAND": "a slash and small letters, such as /care",
    "KEPI_BACKUP": "off, or an hour in UTC such as 03:30",
    "KEPI_CLOCK": "an instant such as 2026-11-22T09:00:00Z",
}


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings; an empty variable counts as absent. Raises ``SettingsError``."""
    names = {field.alias for field in Settings.model_fields.values()}
    given = {name: value for name, value in environment.items() if name in names and value.strip()}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        expected = EXPECTED.get(name, "another value")
        raise SettingsError(f"{name} cannot be read: it has to be {expected}.") from None


def require_slack(settings: Settings) -> None:
    """Refuse settings that cannot serve: names the first thing that is missing."""
    if settings.has_many:
        require_many(settings)
        return
    token = settings.bot_token
    if token is None:
        raise SettingsError(
            "SLACK_BOT_TOKEN is not set. Create an app with: python -m bot manifest. "
            "To try Kepi without Slack: python -m bot playground"
        )
    if not token.get_secret_value().startswith("xoxb-"):
        raise SettingsError("SLACK_BOT_TOKEN cannot be read: it has to start with xoxb-.")
    if settings.app_token is not None:
        if not settings.app_token.get_secret_value().startswith("xapp-"):
            raise SettingsError("SLACK_APP_TOKEN cannot be read: it has to start with xapp-.")
    elif settings.signing_secret is None:
        raise SettingsError(
            "Set SLACK_APP_TOKEN (Socket Mode), or SLACK_SIGNING_SECRET and PORT (HTTP)."
        )
    elif settings.port is None:
        raise SettingsError("PORT is not set: HTTP mode needs a port for POST /slack/events.")


def require_many(settings: Settings) -> None:
    """Refuse settings that cannot serve many workspaces."""
    if settings.bot_token is not None or settings.app_token is not None:
        raise SettingsError(
            "With SLACK_CLIENT_ID any workspace may install Kepi, over HTTP: "
            "leave SLACK_BOT_TOKEN and SLACK_APP_TOKEN out."
        )
    needed = {
        "SLACK_CLIENT_SECRET": settings.client_secret,
        "SLACK_SIGNING_SECRET": settings.signing_secret,
        "PORT": settings.port,
        "KEPI_SECRET_KEYS": settings.keys or None,
    }
    missing = [name for name, value in needed.items() if value is None]
    if missing:
        hint = " Make a key: python -m bot key" if "KEPI_SECRET_KEYS" in missing else ""
        raise SettingsError(f"With SLACK_CLIENT_ID set {', '.join(missing)} too.{hint}")


def database_url(settings: Settings) -> str:
    """Return where the data are; the folder of the default file is made beside it."""
    url = settings.database_url.get_secret_value()
    if url == DEFAULT_DATABASE:
        Path("var").mkdir(exist_ok=True)
    return url
