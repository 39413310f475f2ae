"""What Slack's OAuth flow keeps, in our tables: installations sealed, states as digests."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot.shared import Shared

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.installations import InstallationRow, Seal

log = logging.getLogger(__name__)

OF_USER = ("user_token", "user_refresh", "incoming_webhook")
STATE_SECONDS = 600
"""In which somebody says yes to Slack; the cookie lasts as long (slack-platform §9)."""


def read_installation(seal: Seal, row: InstallationRow) -> Installation:
    """Return what Slack gave a workspace."""
    return Installation(**seal.open(row.sealed))


def as_json(installation: Installation) -> dict[str, Any]:
    """Return an installation as JSON can hold it, without what belongs to a person.

    Kepi asks for no user token; the installer's, if Slack sends one, is not kept.
    """
    said = dict(vars(installation))  # the SDK's own dictionaries hold moments without a zone
    return {name: None if name.startswith(OF_USER) else value for name, value in said.items()}


def expiry_of(installation: Installation) -> datetime | None:
    """Return when the bot's token ends, on Slack's clock; nothing where it does not."""
    seconds = installation.bot_token_expires_at
    return None if seconds is None else datetime.fromtimestamp(float(seconds), UTC)


class Installations(AsyncInstallationStore):
    """Keeps an installation, and tells ``welcome`` team and installer; all else reads the table."""

    def __init__(
        self, shared: Shared, seal: Seal, welcome: Callable[[str, str], Awaitable[None]]
    ) -> None:
        self.shared, self.seal, self.welcome = shared, seal, welcome

    @property
    def logger(self) -> logging.Logger:
        return log

    async def async_save(self, installation: Installation) -> None:
        """Keep it in the place of any older one, and serve the workspace."""
        await asyncio.to_thread(self._save, installation)
        await self.welcome(str(installation.team_id), str(installation.user_id or ""))

    def _save(self, installation: Installation) -> None:
        from storage import installations

        with self.shared.database.write() as connection:
            installations.install(
                connection,
                team=str(installation.team_id),
                name=str(installation.team_name or ""),
                sealed=self.seal.close(as_json(installation)),
                by=str(installation.user_id or ""),
                at=self.shared.clock(),
                expires=expiry_of(installation),
                enterprise=str(installation.enterprise_id or ""),
            )


class States(AsyncOAuthStateStore):
    """States that were given to browsers: kept as digests, good for ten minutes and once."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared

    @property
    def logger(self) -> logging.Logger:
        return log

    async def async_issue(self, *_given: Any, **_named: Any) -> str:
        state = secrets.token_urlsafe(32)
        await asyncio.to_thread(self._write, keep_state, state)
        return state

    async def async_consume(self, state: str) -> bool:
        return bool(await asyncio.to_thread(self._write, take_state, state))

    def _write(self, work: Callable[[Connection, str], bool], state: str) -> bool:
        digest = hashlib.sha256(state.encode("utf-8", "replace")).hexdigest()
        with self.shared.database.write() as connection:
            return work(connection, digest)


def keep_state(connection: Connection, digest: str) -> bool:
    """Remember a state, by real time: browsers know no other; forget those that have ended."""
    from storage import installations

    now = datetime.now(UTC)
    installations.forget_states(connection, now)
    installations.keep_state(connection, digest, now + timedelta(seconds=STATE_SECONDS))
    return True


def take_state(connection: Connection, digest: str) -> bool:
    from storage import installations

    return installations.take_state(connection, digest, datetime.now(UTC))
