"""``/support people on|off``: figures by person are off until an admin turns them on (§7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp

from commands.context import Context
from commands.support import wording
from commands.support.requests import Request
from commands.support.standing import require_admin
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

FIGURES = "figures-by-person"
"""The choice that KPIs by responder and assignee ask for."""
ON = frozenset({"on", "yes", "an", "true", "1"})
OFF = frozenset({"off", "no", "false", "0"})


def register(app: AsyncApp, context: Context) -> None:
    """Nothing to press: it is typed."""


async def answer(request: Request) -> None:
    """Turn them on or off, or say how it is; everybody may see their own in any case."""
    context, words = request.context, request.said.rest.casefold().strip()
    if not words:
        is_on = await context.read(read_choice, context.home.workspace)
        await request.say(wording.FIGURES_NOW.format(state="on" if is_on else "off"))
        return
    if words not in ON | OFF:
        raise KepiError(wording.FIGURES_HOW)
    await require_admin(context, request.asker.user)
    is_on = words in ON
    await context.write(choose, context, request.asker.user, is_on)
    await request.say(wording.FIGURES_ON if is_on else wording.FIGURES_OFF)


def read_choice(connection: Connection, workspace: int) -> bool:
    from storage import support_notes

    return bool(support_notes.chosen(connection, workspace, FIGURES, False))


def choose(connection: Connection, context: Context, user: str, is_on: bool) -> None:
    from storage import support_notes
    from storage.workspaces import mark_changed

    workspace = context.home.workspace
    support_notes.choose(connection, workspace, FIGURES, is_on, user, context.clock())
    mark_changed(connection, workspace)
