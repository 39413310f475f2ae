"""What is read to judge, to show and to change an alert."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.alerts import wording
from commands.alerts.message import Shown
from commands.calls import FAULTS
from commands.context import Context
from commands.names import find_name
from commands.rights import require_keeper
from commands.saying import say
from commands.tongues import chosen_language
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.alerts.rules import Rule
    from storage.incidents import IncidentRow
    from storage.outbox import DeliveryRow


@dataclass(frozen=True)
class Held:
    """An incident, its rule, and where its message stands, if it is out."""

    row: IncidentRow
    rule: Rule | None
    first: DeliveryRow | None
    zone: ZoneInfo
    language: str
    """What its channel reads: thread and message are written in it."""

    @property
    def is_out(self) -> bool:
        return self.first is not None and self.first.state == "sent" and bool(self.first.ts)


def read_held(connection: Connection, workspace: int, incident: int) -> Held | None:
    """Return an incident with everything that its message needs."""
    from commands.alerts.story import ALERT, period_of
    from kpis.alerts.rules import read_rule
    from storage import alerts, incidents, outbox, workspaces

    row = incidents.by_id(connection, workspace, incident)
    if row is None:
        return None
    rule = alerts.rule(connection, workspace, row.rule) if row.rule is not None else None
    first = outbox.find(connection, workspace, row.channel, ALERT, period_of(row.id))
    zone = ZoneInfo(workspaces.zone_of(connection, workspace))
    language = chosen_language(connection, workspace, row.channel)
    return Held(row, None if rule is None else read_rule(rule), first, zone, language)


async def find_held(context: Context, incident: int) -> Held:
    """Return an incident that a button names; raises ``KepiError`` where there is none."""
    held = await context.read(read_held, context.home.workspace, incident)
    if held is None:
        raise KepiError(wording.GONE)
    return held


async def show(context: Context, held: Held) -> Shown:
    """Return what the message of an incident says now; of what is over, as it ended."""
    now, row = context.clock(), held.row
    owner = await find_name(context, row.owner) if row.owner else ""
    muted = held.rule.muted if held.rule is not None else None
    if muted is not None and muted <= now:
        muted = None
    return Shown(row, held.zone, row.closed or now, owner, muted)


async def require_rule_right(context: Context, user: str, rule: Rule) -> None:
    """Refuse everyone but who made a rule, who owns it, and the admins."""
    guests, others = say(wording.GUESTS), say(wording.NOT_YOURS)
    await require_keeper(context, user, rule, guests=guests, others=others)


async def name_channel(context: Context, channel: str) -> str:
    """Return “#marketing”, or “that channel” where Slack does not say."""
    try:
        name = (await context.channels.find(channel)).name
    except FAULTS:
        name = ""
    return f"#{name}" if name else say("that channel")


def read_zone(connection: Connection, workspace: int) -> ZoneInfo:
    from storage.workspaces import zone_of

    return ZoneInfo(zone_of(connection, workspace))
