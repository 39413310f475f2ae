"""The Bolt app: what Slack sends is handed to ``commands``, and no acknowledgement is lost.

``process_before_response=True`` with handlers that acknowledge and start their own task costs a
third of bare bolt and acknowledges twenty times sooner (performance §1); ``lazy=`` is never used.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from bot.settings import Settings
from bot.shapes import is_as_described
from commands import everything
from commands.asker import translate
from commands.blocks import escape
from commands.context import Context
from commands.tasks import BROKEN, new_reference
from commands.views import compose_trouble
from storage.errors import KepiError

log = logging.getLogger(__name__)

Answer = Callable[[Exception, Mapping[str, Any]], Awaitable[BoltResponse | None]]
Leave = Callable[[Context, bool], Awaitable[None]]
"""Told that a workspace's token is gone, and whether Kepi was uninstalled there."""

PATIENCE_SECONDS = 1.0
"""How long the last handler waits to learn which language somebody reads."""
MALFORMED = (AttributeError, KeyError, TypeError, ValueError)
"""What handlers trip over when a payload is not what Slack describes."""


def build_app(settings: Settings, context: Context, leave: Leave) -> AsyncApp:
    """Return the app of one workspace with every handler; ``leave`` hears that Kepi was removed."""
    secret = settings.signing_secret.get_secret_value() if settings.signing_secret else ""
    app = AsyncApp(
        logger=quiet_logger(),
        client=context.client,
        signing_secret=secret or "unused in Socket Mode",
        authorize=remember_authorization(context),
        process_before_response=True,
        # ``bot.guard`` has checked the signature before bolt sees the request.
        request_verification_enabled=False,
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        ignoring_self_assistant_message_events_enabled=False,
    )
    app.error(keep_acknowledgements(context))
    app.use(refuse_strange)
    hear_of_leaving(app, context, leave)
    everything.register(app, context)
    app.event(re.compile(".*"))(end_unmatched)
    return app


def quiet_logger() -> logging.Logger:
    """Return bolt's logger: below ERROR it writes whole requests."""
    bolt = logging.getLogger("bot.bolt")
    bolt.setLevel(logging.ERROR)
    return bolt


def remember_authorization(context: Context) -> Any:
    """Return bolt's ``authorize``: the token was checked when it came, and is the client's own.

    It asks nobody, and is never older than the client: a new token is put into that.
    """
    known = authorize_by(context)

    async def authorize(team_id: str | None) -> AuthorizeResult:
        nonlocal known
        if known.bot_token != context.client.token:
            known = authorize_by(context)
        return known

    return authorize


def authorize_by(context: Context) -> AuthorizeResult:
    home = context.home
    return AuthorizeResult(
        enterprise_id=None,
        team_id=home.team,
        team=home.name,
        bot_user_id=home.bot_user,
        bot_id=home.bot_id,
        bot_token=context.client.token,
    )


def hear_of_leaving(app: AsyncApp, context: Context, leave: Leave) -> None:
    """Hear that the token was revoked, or that Kepi was removed from the workspace (§9)."""

    @app.event("app_uninstalled")
    async def uninstalled() -> None:
        await leave(context, True)

    @app.event("tokens_revoked")
    async def revoked(event: dict[str, Any]) -> None:
        if (event.get("tokens") or {}).get("bot"):
            await leave(context, False)


async def end_unmatched() -> None:
    """Take what nobody listens to: unmatched events would be delivered again and again (§11)."""


async def refuse_strange(
    body: Mapping[str, Any], next: Callable[[], Awaitable[BoltResponse]]
) -> BoltResponse:
    """Refuse a payload that is not what Slack describes, before any handler reads it."""
    if is_as_described(body):
        return await next()
    log.warning("payload refused", extra={"why": "shape"})
    return BoltResponse(status=400, body="")


def keep_acknowledgements(context: Context) -> Answer:
    """Return what answers after a fault: whatever a handler raises takes its ``ack()`` back.

    A command gets a 200 and a private line, a form the line in its place, any other interaction an
    empty 200, and an event nothing, so that Slack sends it again.
    """

    async def keep(error: Exception, body: Mapping[str, Any]) -> BoltResponse | None:
        refusal = error if isinstance(error, KepiError) else report(error)
        if "event" in body:
            return BoltResponse(status=400, body="") if isinstance(error, MALFORMED) else None
        if "command" in body:
            words = escape(await in_their_words(context, str(body.get("user_id") or ""), refusal))
            return BoltResponse(status=200, body={"response_type": "ephemeral", "text": words})
        if body.get("type") == "view_submission":
            words = await in_their_words(context, str(body["user"]["id"]), refusal)
            view = compose_trouble(str(body["view"]["title"]["text"]), words)
            return BoltResponse(status=200, body={"response_action": "update", "view": view})
        return BoltResponse(status=200, body="")

    return keep


def report(error: Exception) -> KepiError:
    """Log a fault of ours under a reference, and return the line that tells it."""
    reference = new_reference()
    log.error("handler failed", extra={"reference": reference}, exc_info=error)
    return KepiError(BROKEN, reference=reference)


async def in_their_words(context: Context, user: str, refusal: KepiError) -> str:
    """Return a refusal in the language of ``user``, or in the one at hand where that takes long."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await translate(context, user, refusal)
    except TimeoutError:
        return str(refusal)
