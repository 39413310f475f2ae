"""Running the audit: every check, and what each fault is called (kept: ``storage.findings``)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.audit.checks import CHECKS
from kpis.audit.ground import Check, Fault, Ground, day_of
from kpis.tongue import ENGLISH, speaking
from storage.accounts import accounts
from storage.findings import Found
from storage.platforms import PLATFORMS
from storage.said import Capital, Words
from storage.workspaces import zone_of


def look(connection: Connection, workspace: int, now: datetime) -> list[Found]:
    """Return what every check says now; reads alone."""
    names = {
        it.id: f"{PLATFORMS[it.platform].title} {it.handle}"
        for it in accounts(connection, workspace)
    }
    zone = ZoneInfo(zone_of(connection, workspace))
    ground = Ground(connection, workspace, now, zone, names)
    with speaking(ENGLISH):  # as it is kept: whoever reads it hears it in their own language
        return [describe(check, fault, ground) for check in CHECKS for fault in check.find(ground)]


def describe(check: Check, fault: Fault, ground: Ground) -> Found:
    """Return a fault as a finding; its key holds as long as its first day does."""
    owner = ground.names.get(fault.account or 0, "")
    start, end = day_of(fault.start), day_of(fault.end)
    words = (
        Words("{whose}: {words}.", whose=owner, words=fault.words)
        if owner
        else Words("{words}.", words=Capital(fault.words))
    )
    return Found(
        key=f"{check.name}|{fault.account or ''}|{fault.measure}|{start}",
        check=check.name,
        account=fault.account,
        measure=fault.measure,
        start=start,
        end=end,
        words=words,
        advice=check.advice,
        holds=check.holds,
    )
