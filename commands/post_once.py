"""One post, once: it carries its key, and is looked for after any doubt (reliability §2)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from commands.calls import FAULTS, error_of, is_final, never_arrived
from commands.context import Context
from commands.letters import Letter
from commands.posting import make_message, search

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.outbox import DeliveryRow

log = logging.getLogger(__name__)

NO_ACCESS = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}
    | {"org_login_required", "ekm_access_denied"}
)
"""Slack does not let Kepi in at all: nobody can be told, and everything waits."""
BLOCKS_REFUSED = frozenset({"invalid_blocks", "invalid_blocks_format"})
LOOK_BACK = timedelta(hours=1)
"""Messages are looked for from so long before they were due: the clocks may differ."""


class Doubt(Exception):
    """It is not known whether the message is out."""


async def post_once(
    context: Context, row: DeliveryRow, channel: str, letter: Letter, files: Sequence[str]
) -> str:
    """Return the ``ts`` of the message, found or posted.

    Raises ``Doubt`` where it may or may not be out, and what Slack refuses.
    """
    thread = await context.read(find_thread, context.home.workspace, row)
    if row.is_doubtful:
        found = await look(context, row, channel, thread)
        if found:
            return found
    if not await context.write(is_still_ours, context, row):
        raise Doubt("somebody else took it over")
    message = make_message(channel, thread, letter.text, letter.compose(files), key_of(row))
    while True:
        try:
            return str((await context.client.chat_postMessage(**message))["ts"])
        except FAULTS as fault:
            if error_of(fault) in BLOCKS_REFUSED and message.pop("blocks", None):
                log.error("blocks refused; the text is sent alone", extra={"why": str(fault)[:500]})
                continue
            if is_final(fault) or never_arrived(fault):
                raise
            if found := await look(context, row, channel, thread):
                return found
            raise Doubt(error_of(fault) or type(fault).__name__) from fault


async def look(context: Context, row: DeliveryRow, channel: str, thread: str | None) -> str:
    """Return the ``ts`` under which a message stands already, or nothing.

    Where Kepi may not read the channel it cannot know: the message is sent then, for one too
    many is better than none (reliability §2). Raises ``Doubt`` where Slack does not answer.
    """
    try:
        return await search(context, channel, thread, key_of(row), row.due - LOOK_BACK)
    except FAULTS as fault:
        if is_final(fault) and error_of(fault) not in NO_ACCESS:
            log.warning(
                "may not be looked for, so it may come twice",
                extra={"channel": channel, "why": error_of(fault)},
            )
            return ""
        raise Doubt(error_of(fault) or type(fault).__name__) from fault


def key_of(row: DeliveryRow) -> str:
    """Return the key in a message's metadata: the same words at every try, far below 1 kB."""
    return f"out:{row.kind}:{row.period}"[:200]


def find_thread(connection: Connection, workspace: int, row: DeliveryRow) -> str | None:
    from storage import outbox

    above = outbox.by_id(connection, workspace, row.parent) if row.parent else None
    return above.ts if above is not None else row.details.get("thread_ts")


def is_still_ours(connection: Connection, context: Context, row: DeliveryRow) -> bool:
    """Say whether nobody took the message over, and show life: posting may take its time."""
    from storage import sending

    return sending.confirm(connection, context.home.workspace, row)
