"""Whether another company has come to read along where an alert is told, and nobody agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.alerts.naming import company_of
from commands.context import Context
from commands.destinations import is_read_outside

if TYPE_CHECKING:
    from sqlalchemy import Connection


async def is_unwanted(context: Context, channel: str, rule: int | None) -> bool:
    """Say whether what a rule tells may not stand in a channel as it is now."""
    if not await is_read_outside(context, channel):
        return False
    return not await context.read(company_of, context.home.workspace, rule or 0)


async def is_unwanted_of(context: Context, channel: str, incident: int) -> bool:
    """Say the same of an incident."""
    rule = await context.read(rule_of, context.home.workspace, incident)
    return await is_unwanted(context, channel, rule)


def rule_of(connection: Connection, workspace: int, incident: int) -> int | None:
    from storage import incidents

    row = incidents.by_id(connection, workspace, incident)
    return None if row is None else row.rule
