"""What Kepi looks after by itself: lines under which time passes, promises nobody was told of."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from storage.bulk import fetch
from storage.issue_rows import LIVE
from storage.tables import instant_number

LIVES = ", ".join(f"'{it}'" for it in LIVE)


def who_set_up(connection: Connection, workspace: int, channel: str) -> str:
    """Return who set a channel up, or changed it last; empty where nobody is known."""
    statement = """
        SELECT by FROM desk_rules WHERE workspace = ? AND channel = ? AND by <> ''
        ORDER BY since DESC LIMIT 1
    """
    found = fetch(connection, statement, (workspace, channel))
    return str(found[0][0]) if found else ""


class Solved(NamedTuple):
    """An issue under whose line *Undo* may still stand."""

    issue: int
    channel: str
    resolved: int
    """UTC microseconds."""


def lines_with_undo(
    connection: Connection, workspace: int, since: datetime, until: datetime
) -> list[Solved]:
    """Return issues with a line, solved between two moments, whose *Undo* was not replaced yet.

    That it was is written down in ``told``, under ``reopen|issue|resolved``.
    """
    statement = """
        SELECT id, channel, resolved FROM issue
        WHERE workspace = ? AND state = 'resolved' AND line <> ''
            AND resolved >= ? AND resolved <= ?
            AND NOT EXISTS (
                SELECT 1 FROM told WHERE told.workspace = ?
                    AND told.key = 'reopen|' || issue.id || '|' || issue.resolved
            )
        ORDER BY resolved
    """
    values = (workspace, instant_number(since), instant_number(until), workspace)
    return [Solved(*row) for row in fetch(connection, statement, values)]


def lines_behind(connection: Connection, workspace: int, since: datetime) -> list[int]:
    """Return issues whose line a stop since a moment may have left behind."""
    at = instant_number(since)
    statement = f"""
        SELECT id FROM issue WHERE workspace = ? AND (
            resolved >= ? OR reopened >= ? OR asked >= ?
            OR (line <> '' AND (state IN ({LIVES}) OR dismissed >= ?))
        ) ORDER BY id
    """
    return [issue for (issue,) in fetch(connection, statement, (workspace, at, at, at, at))]


def promises_untold(connection: Connection, workspace: int, now: datetime) -> list[int]:
    """Return issues with a promise to warn of, or broken and still open, without its notice.

    A notice that was dropped is none: what it told of may be true again.
    """
    statement = """
        SELECT DISTINCT target.issue FROM target
        WHERE target.workspace = ? AND (
            (target.state = 'running' AND target.warn <= ? AND NOT EXISTS (
                SELECT 1 FROM notice WHERE notice.workspace = ? AND notice.state <> 'dropped'
                AND notice.key = 'target|'
                || target.issue || '|' || target.kind || '|' || target.position || '|warn'))
            OR (target.state = 'breached' AND target.overrun IS NULL AND NOT EXISTS (
                SELECT 1 FROM notice WHERE notice.workspace = ? AND notice.state <> 'dropped'
                AND notice.key = 'target|'
                || target.issue || '|' || target.kind || '|' || target.position || '|1'))
        ) ORDER BY target.issue
    """
    values = (workspace, instant_number(now), workspace, workspace)
    return [issue for (issue,) in fetch(connection, statement, values)]


def promises_broken(connection: Connection, workspace: int) -> list[int]:
    """Return issues with a promise that is broken and still waited for: they may escalate."""
    statement = """
        SELECT DISTINCT issue FROM target
        WHERE workspace = ? AND state = 'breached' AND overrun IS NULL ORDER BY issue
    """
    return [issue for (issue,) in fetch(connection, statement, (workspace,))]


def notices_pointless(connection: Connection, workspace: int) -> list[int]:
    """Return due notices about promises that were kept or ended meanwhile."""
    statement = """
        SELECT notice.id FROM notice
        WHERE notice.workspace = ? AND notice.state IN ('due', 'planned')
            AND notice.kind IN ('warning', 'breach', 'escalation')
            AND NOT EXISTS (
                SELECT 1 FROM target WHERE target.workspace = ? AND target.issue = notice.issue
                    AND substr(notice.key, 1, length('target|' || target.issue || '|'
                        || target.kind || '|' || target.position || '|')) = 'target|'
                        || target.issue || '|' || target.kind || '|' || target.position || '|'
                    AND (target.state = 'running' OR (target.state = 'breached'
                        AND target.overrun IS NULL AND notice.kind <> 'warning'))
            )
        ORDER BY notice.id
    """
    return [notice for (notice,) in fetch(connection, statement, (workspace, workspace))]


def broken_between(
    connection: Connection, workspace: int, channel: str, since: datetime, until: datetime
) -> list[int]:
    """Return a channel's issues with a promise that was broken between two moments."""
    statement = """
        SELECT DISTINCT issue.id FROM target
        JOIN issue ON issue.workspace = target.workspace AND issue.id = target.issue
        WHERE target.workspace = ? AND issue.workspace = ? AND issue.channel = ?
            AND target.state = 'breached' AND target.due > ? AND target.due <= ?
        ORDER BY issue.id
    """
    moments = (instant_number(since), instant_number(until))
    found = fetch(connection, statement, (workspace, workspace, channel, *moments))
    return [issue for (issue,) in found]
