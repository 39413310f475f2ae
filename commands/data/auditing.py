"""When the integrity audit runs, and who is told of what it holds back.

Daily by the workspace's clock, and whenever files came or were taken back. What is new and holds
figures back is told once a day, to the ops channel or to who installed Kepi.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from commands.blocks import Block, actions, button, escape, section
from commands.context import Context
from commands.letters import Letter, Pointless, Written
from commands.saying import say, say_count, say_declared

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.findings import FindingRow, Found
    from storage.outbox import DeliveryRow

log = logging.getLogger(__name__)

KIND = "findings"
LAST, TOLD = "data-audit", "findings-told"
"""Choices: of which day and files the last audit was, and when findings were told last (µs)."""
OPS = "ops-channel"
SHOW = "data_show"
SHOWN = 4
STALE = timedelta(days=1)


async def plan(context: Context) -> None:
    """Audit the data where that is due, and write down that somebody is to be told."""
    workspace, now = context.home.workspace, context.clock()
    wanted = await context.read(read_state, workspace, now)
    if wanted is None or wanted["is_done"]:
        return
    await audit(context)


async def audit(context: Context) -> list[FindingRow]:
    """Check the data now; nothing is locked while they are read."""
    from kpis.audit.run import look

    workspace, now = context.home.workspace, context.clock()
    state = await context.read(read_state, workspace, now)
    found = await context.read(look, workspace, now)
    stands = await context.write(keep, context, found, state, now)
    log.info("data audited", extra={"findings": len(stands)})
    return stands


def read_state(connection: Connection, workspace: int, now: datetime) -> dict[str, Any] | None:
    """Return day and files as of now, and whether they are audited; nothing without any file."""
    from storage.findings import files_now
    from storage.support_notes import chosen
    from storage.workspaces import zone_of

    newest, undone = files_now(connection, workspace)
    if not newest:
        return None
    day = now.astimezone(ZoneInfo(zone_of(connection, workspace))).date()
    state = {"day": day.isoformat(), "newest": newest, "undone": undone}
    return {"state": state, "is_done": chosen(connection, workspace, LAST) == state}


def keep(
    connection: Connection,
    context: Context,
    found: list[Found],
    state: dict[str, Any] | None,
    now: datetime,
) -> list[FindingRow]:
    """Keep what was found, and that it was looked for; tell of what is new and holds."""
    from storage import findings
    from storage.support_notes import choose

    workspace = context.home.workspace
    stands = findings.record(connection, workspace, found, now)
    if state is not None:
        choose(connection, workspace, LAST, state["state"], "", now)
        tell_of_new(connection, context, str(state["state"]["day"]), now)
    return stands


def tell_of_new(connection: Connection, context: Context, day: str, now: datetime) -> None:
    """Write down that somebody is to be told, where figures wait that nobody was told of."""
    from storage import outbox
    from storage.support_notes import chosen

    workspace, owner = context.home.workspace, context.home.installer
    receiver = str(chosen(connection, workspace, OPS, "") or owner)
    if not receiver or not new_ones(connection, workspace):
        return
    outbox.add(
        connection,
        workspace,
        channel=receiver,
        kind=KIND,
        period=day,
        due=now,
        now=now,
        body={"owner": owner},
        expires=now + STALE,
    )


def new_ones(connection: Connection, workspace: int) -> list[FindingRow]:
    """Return what holds figures back and was found since somebody was told last."""
    from storage import findings
    from storage.support_notes import chosen
    from storage.tables import instant_number

    told = int(chosen(connection, workspace, TOLD, 0) or 0)
    held = findings.holding(connection, workspace)
    return [it for it in held if instant_number(it.found) > told]


async def write(context: Context, row: DeliveryRow) -> Written:
    """Tell what is held back, and what to do."""
    new = await context.read(new_ones, context.home.workspace)
    if not new:
        return Pointless("it was mended, or accepted")
    text, blocks = compose(new)
    latest = max(it.found for it in new)

    def note(connection: Connection, sent: DeliveryRow) -> None:
        from storage.support_notes import choose
        from storage.tables import instant_number

        now = context.clock()
        choose(connection, context.home.workspace, TOLD, instant_number(latest), "", now)

    return Letter(text, lambda _: blocks, keep=note)


def compose(new: list[FindingRow]) -> tuple[str, list[Block]]:
    from kpis.audit.holding import say_finding

    text = say_count(
        "{number} thing in the data cannot be right; figures that stand on it wait.",
        "{number} things in the data cannot be right; figures that stand on it wait.",
        len(new),
    )
    blocks = [section(f"*{text}*")]
    for it in new[:SHOWN]:
        words = f"{escape(say_finding(it.words))}\n{escape(say_declared(it.advice))}"
        blocks.append(section(words))
    if len(new) > SHOWN:
        blocks.append(section(say("And {number} more.", number=len(new) - SHOWN)))
    blocks.append(actions([button(say("Show data"), SHOW)]))
    return text, blocks
