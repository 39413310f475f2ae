"""What is held of each account: until when, how fresh, from which file, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.findings import FindingRow
    from storage.imports import ImportRow

LATELY = timedelta(days=28)


@dataclass(frozen=True)
class AccountLine:
    """An account: “Instagram acme”, and the last day that was read of it."""

    title: str
    own: bool
    last: date | None
    late: int
    """Days since then that could be there already: the platform's lag is not counted."""


@dataclass(frozen=True)
class DataSeen:
    """Everything that ``/kpi data`` shows."""

    accounts: tuple[AccountLine, ...]
    newest: ImportRow | None
    findings: tuple[FindingRow, ...]
    audited: datetime | None
    mended: int
    """Findings of the last four weeks that stand no longer."""
    today: date
    zone: ZoneInfo


def read_data(connection: Connection, workspace: int, now: datetime) -> DataSeen:
    from commands.data.auditing import LAST
    from storage import findings
    from storage.accounts import accounts
    from storage.imports import last_imports
    from storage.platforms import PLATFORMS
    from storage.support_notes import choice
    from storage.workspaces import zone_of

    zone = ZoneInfo(zone_of(connection, workspace))
    today = now.astimezone(zone).date()
    lasts = findings.last_days(connection, workspace)
    lines = []
    for it in accounts(connection, workspace):
        platform, last = PLATFORMS[it.platform], lasts.get(it.id)
        lag = (today - last).days - 1 - platform.settle_days if last else 0
        lines.append(AccountLine(f"{platform.title} {it.handle}", it.own, last, max(0, lag)))
    standing = [it for it in last_imports(connection, workspace, 20) if it.undone is None]
    audited = choice(connection, workspace, LAST)
    return DataSeen(
        tuple(sorted(lines, key=lambda it: (not it.own, it.title))),
        next(iter(standing), None),
        tuple(findings.standing(connection, workspace)),
        audited.at if audited else None,
        findings.mended_since(connection, workspace, now - LATELY),
        today,
        zone,
    )
