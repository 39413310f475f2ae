"""What this room does: presses and forms, messages it writes, and what it looks at every minute.

Everything is loaded when it is first needed: the bot starts without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp

from commands.context import Context
from commands.letters import Planner, Writer, Written
from commands.notices import morning, presses

if TYPE_CHECKING:
    from storage.outbox import DeliveryRow


async def write_notice(context: Context, row: DeliveryRow) -> Written:
    from commands.notices.writing import write

    return await write(context, row)


async def plan_notices(context: Context) -> None:
    from commands.notices.planning import plan

    await plan(context)


async def keep_true(context: Context) -> None:
    from commands.notices.renewing import renew

    await renew(context)


WRITERS: Mapping[str, Writer] = {"notice": write_notice, morning.KIND: morning.write}
"""Kind of delivery → what writes it."""
PLANNERS: tuple[Planner, ...] = (plan_notices, morning.plan, keep_true)
"""Asked at every wake what is due."""


def register(app: AsyncApp, context: Context) -> None:
    """Register what people can press here."""
    presses.register(app, context)
    morning.register(app, context)
