"""Keeping the first message true: it is edited when its words change, 45 seconds apart at least."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from commands.alerts.known import Held, read_held, show
from commands.alerts.message import ALT, compose, compose_text, fingerprint
from commands.alerts.outsiders import is_unwanted
from commands.calls import FAULTS, is_final
from commands.context import Context
from commands.pictures import show_picture
from commands.posting import update

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.charts.picture import Picture

log = logging.getLogger(__name__)


def chart_of(incident: int) -> str:
    """Return the key under which a new chart waits for the next edit."""
    return f"alert-chart|{incident}"


async def refresh(context: Context, incident: int, *, at_once: bool = False) -> bool:
    """Let the message say how it stands now; say whether it was edited.

    A chart that waits takes the place of the old one; ``at_once`` is for a press.
    """
    held = await context.read(read_held, context.home.workspace, incident)
    if held is None or not held.is_out:
        return False
    return await refresh_held(context, held, at_once=at_once)


async def refresh_held(context: Context, held: Held, *, at_once: bool = False) -> bool:
    from kpis.tongue import speaking

    with speaking(held.language):
        return await edit(context, held, at_once=at_once)


async def edit(context: Context, held: Held, *, at_once: bool) -> bool:
    from kpis.charts.picture import Picture
    from storage import incident_acts

    workspace, row, first = context.home.workspace, held.row, held.first
    shown = await show(context, held)
    mark = fingerprint(shown)
    if mark == row.shown or first is None or await is_unwanted(context, first.channel, row.rule):
        return False
    now = context.clock()
    mine = await context.write(
        incident_acts.claim_edit, workspace, row.id, mark, now, at_once=at_once
    )
    if not mine:
        return False
    picture = context.shown.get(chart_of(row.id))
    file = await redraw(context, held, picture) if isinstance(picture, Picture) else ""
    file = file or str(row.details.get("file") or "")
    try:
        await update(
            context,
            channel=first.posted_in,
            ts=first.ts,
            text=compose_text(shown),
            blocks=compose(shown, [file] if file else []),
        )
    except FAULTS as fault:
        log.warning("an alert was not edited", extra={"why": str(fault)[:200]})
        if not is_final(fault):
            await context.write(incident_acts.drop_edit, workspace, row.id, mark)
        return False
    return True


async def redraw(context: Context, held: Held, picture: Picture) -> str:
    """Return the id of a new chart, kept for later edits; nothing where there is none."""
    file = await show_picture(context, picture, "an alert keeps its old chart")
    if not file:
        return ""
    await context.write(keep_file, context.home.workspace, held.row.id, file, picture.alt_text)
    context.shown.forget(chart_of(held.row.id))
    return file


def keep_file(connection: Connection, workspace: int, incident: int, file: str, alt: str) -> None:
    """Keep which chart the message shows."""
    from storage import incidents

    incidents.change_facts(connection, workspace, incident, file=file, alt=alt[:ALT])
