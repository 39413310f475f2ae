"""Renewing bot tokens before they end, for work that nobody's request wakes (slack-platform §9)."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from bot.oauth.store import as_json, expiry_of, read_installation
from bot.shared import Shared, make_client
from commands.calls import FAULTS
from storage.errors import SettingsError

if TYPE_CHECKING:
    from storage.installations import InstallationRow, Seal

log = logging.getLogger(__name__)

EARLY = timedelta(minutes=120)
"""As early as bolt does."""
CLAIM = timedelta(minutes=2)
"""For so long one process tries alone; a request to Slack takes 30 s at most."""


async def renew_due(shared: Shared, seal: Seal) -> list[str]:
    """Renew what ends soon; return the teams that have a new token.

    Tokens end by Slack's clock, which is the real one. Of several processes one renews: a refresh
    token works once.
    """
    now, renewed = datetime.now(UTC), []
    for row in await asyncio.to_thread(claim_due, shared, now):
        try:
            if await renew(shared, seal, row):
                renewed.append(row.team)
        except (SlackTokenRotationError, SettingsError, *FAULTS) as fault:
            why = type(fault).__name__
            log.error("a token was not renewed", extra={"team": row.team, "why": why})
    return renewed


def claim_due(shared: Shared, now: datetime) -> list[InstallationRow]:
    """Take on what ends soon, so that other processes leave it alone for a while."""
    from storage.installations import claim_renewal, installations

    with shared.database.write() as connection:
        due = [it for it in installations(connection) if it.expires and it.expires < now + EARLY]
        held = [claim_renewal(connection, it, now + EARLY + CLAIM) for it in due]
    return [it for it in held if it is not None]


async def renew(shared: Shared, seal: Seal, row: InstallationRow) -> bool:
    """Ask Slack for a new token and keep it; say whether it is kept."""
    settings, given = shared.settings, read_installation(seal, row)
    assert settings.client_id is not None
    assert settings.client_secret is not None
    client = make_client(settings, shared.http, shared.tally)
    rotator = AsyncTokenRotator(
        client_id=settings.client_id,
        client_secret=settings.client_secret.get_secret_value(),
        client=client,
    )
    found = await rotator.perform_bot_token_rotation(
        bot=given.to_bot(), minutes_before_expiration=EARLY // timedelta(minutes=1)
    )
    if found is None:
        return False
    given.bot_token = found.bot_token
    given.bot_refresh_token = found.bot_refresh_token
    given.bot_token_expires_at = found.bot_token_expires_at
    sealed = seal.close(as_json(given))
    return await asyncio.to_thread(keep, shared, row, sealed, expiry_of(given))


def keep(shared: Shared, row: InstallationRow, sealed: str, expires: datetime | None) -> bool:
    from storage.installations import renew

    with shared.database.write() as connection:
        return renew(connection, row, sealed, expires)
