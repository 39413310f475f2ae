"""Issues as rows: saved by the fold, read by surfaces and KPIs.

A projection: ``save`` may be called with the same issue any number of times. What is not one is
its number, which is given once and never again to another, and where its line stands.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, select, update

from storage.bulk import fetch, run
from storage.issue_rows import (
    ISSUE,
    LIVE,
    SPELLS,
    TARGETS,
    WAITS,
    Given,
    write_hanging,
    write_issue,
)
from storage.issue_tables import Excerpt, Target
from storage.tables import instant_number, table_of

EXCERPT, TARGET = table_of(Excerpt), table_of(Target)


class IssueRow(NamedTuple):
    """An issue, as lists and lines show it."""

    id: int
    number: int
    channel: str
    root: str
    episode: int
    opening: str
    """``ts`` of the message that opened it."""
    state: str
    title: str
    """What a command named it; else the opening message's first words, while they are kept."""
    opened: datetime
    tracked: datetime
    via: str
    customer: str
    reporter: str
    platform: str
    handle: str
    brand: str
    url: str
    source: str
    priority: str
    assignee: str
    acknowledged: datetime | None
    responded: datetime | None
    responded_by: str
    last_response: datetime | None
    waiting_since: datetime | None
    """The oldest message of the customer that nobody answered."""
    first_resolved: datetime | None
    resolved: datetime | None
    """The resolution that stands."""
    resolver: str
    resolved_via: str
    reason: str
    reopens: int
    dismissed: datetime | None
    dismiss_reason: str
    merged_into: int | None
    follow_up_of: int | None
    orphaned: datetime | None
    orphan_reason: str
    snoozed_until: datetime | None
    asked: datetime | None
    suppressed: int
    settled: datetime | None
    calendar: int
    policy: int | None
    line_channel: str
    line: str


class TargetRow(NamedTuple):
    """A promise about an issue; columns as of ``target``."""

    issue: int
    kind: str
    position: int
    clock: str
    length: int
    started: datetime
    due: datetime | None
    warn: datetime | None
    state: str
    decided: datetime | None
    fulfilled: datetime | None
    overrun: int | None
    on_change: bool


TITLE = func.coalesce(func.nullif(ISSUE.c.title, ""), EXCERPT.c.text, "").label("title")
COLUMNS = tuple(TITLE if name == "title" else ISSUE.c[name] for name in IssueRow._fields)
WITH_EXCERPT = ISSUE.outerjoin(
    EXCERPT,
    (EXCERPT.c.workspace == ISSUE.c.workspace)
    & (EXCERPT.c.channel == ISSUE.c.channel)
    & (EXCERPT.c.ts == ISSUE.c.opening),
)
TARGET_COLUMNS = tuple(TARGET.c[name] for name in TargetRow._fields)


def save(
    connection: Connection,
    workspace: int,
    issue: Given,
    waits: Sequence[Given],
    spells: Sequence[Given],
) -> tuple[int, int]:
    """Write an issue with its waits and spells; return its id and number.

    ``issue`` holds columns of that table: ``channel``, ``root`` and ``episode`` say which it is;
    of one that is known, columns that are not given stay. Waits and spells are whole, each with
    its ``position``. Raises ``ValueError`` for a name that is no column.
    """
    id, number, is_new = write_issue(
        connection, workspace, issue, lambda: allot_number(connection, workspace)
    )
    write_hanging(connection, WAITS, workspace, id, waits, is_new=is_new)
    write_hanging(connection, SPELLS, workspace, id, spells, is_new=is_new)
    return id, number


def save_targets(connection: Connection, workspace: int, issue: int, rows: Sequence[Given]) -> bool:
    """Make ``rows`` an issue's targets; say whether they were different before."""
    return write_hanging(connection, TARGETS, workspace, issue, rows, is_new=False)


def allot_number(connection: Connection, workspace: int) -> int:
    """Return the next number; whoever asks meanwhile waits for this transaction."""
    statement = (
        "INSERT INTO numbering (workspace, last) VALUES (?, 1)"
        " ON CONFLICT (workspace) DO UPDATE SET last = numbering.last + 1 RETURNING last"
    )
    return int(fetch(connection, statement, (workspace,))[0][0])


def remove(connection: Connection, workspace: int, issue: int) -> None:
    """Take away an issue that the ledger no longer makes; its number stays used."""
    for table in ("wait", "spell", "target"):
        statement = f"DELETE FROM {table} WHERE workspace = ? AND issue = ?"
        run(connection, statement, (workspace, issue))
    run(
        connection,
        "UPDATE notice SET state = 'dropped'"
        " WHERE workspace = ? AND issue = ? AND state IN ('due', 'planned')",
        (workspace, issue),
    )
    run(connection, "DELETE FROM issue WHERE workspace = ? AND id = ?", (workspace, issue))


def by_number(connection: Connection, workspace: int, number: int) -> IssueRow | None:
    """Return the issue that people call by a number."""
    return next(iter(rows_where(connection, workspace, ISSUE.c.number == number)), None)


def by_id(connection: Connection, workspace: int, issue: int) -> IssueRow | None:
    """Return the issue of a row."""
    return next(iter(rows_where(connection, workspace, ISSUE.c.id == issue)), None)


def of_thread(connection: Connection, workspace: int, channel: str, root: str) -> list[IssueRow]:
    """Return the issues of a thread, one after the other."""
    here = (ISSUE.c.channel == channel) & (ISSUE.c.root == root)
    return rows_where(connection, workspace, here, ISSUE.c.episode)


def live(connection: Connection, workspace: int, channel: str | None = None) -> list[IssueRow]:
    """Return what is not over, oldest first: of a channel or of all."""
    return rows_where(connection, workspace, is_live(channel), ISSUE.c.opened, ISSUE.c.id)


def waiting(connection: Connection, workspace: int, channel: str | None = None) -> list[IssueRow]:
    """Return the issues whose customer waits for an answer, longest wait first.

    Without those whose channel cannot be answered in any more (``orphaned``).
    """
    waits = is_live(channel) & ISSUE.c.waiting_since.is_not(None) & ISSUE.c.orphaned.is_(None)
    return rows_where(connection, workspace, waits, ISSUE.c.waiting_since, ISSUE.c.id)


def unsettled(connection: Connection, workspace: int, channel: str) -> list[IssueRow]:
    """Return a channel's issues that may still change: live, or in their reopening window."""
    here = (ISSUE.c.channel == channel) & ISSUE.c.settled.is_(None)
    return rows_where(connection, workspace, here, ISSUE.c.opened, ISSUE.c.id)


def is_live(channel: str | None) -> ColumnElement[bool]:
    lives = ISSUE.c.state.in_(LIVE)
    return lives if channel is None else lives & (ISSUE.c.channel == channel)


def rows_where(
    connection: Connection, workspace: int, condition: ColumnElement[bool], *order: Any
) -> list[IssueRow]:
    statement: Select[Any] = (
        select(*COLUMNS)
        .select_from(WITH_EXCERPT)
        .where(ISSUE.c.workspace == workspace, condition)
        .order_by(*order)
    )
    return [IssueRow._make(row) for row in connection.execute(statement)]


def keys_of(
    connection: Connection, workspace: int, channel: str
) -> dict[tuple[str, int], tuple[int, int]]:
    """Return id and number of each issue of a channel, by root and episode."""
    statement = "SELECT root, episode, id, number FROM issue WHERE workspace = ? AND channel = ?"
    return {
        (root, episode): (id, number)
        for root, episode, id, number in fetch(connection, statement, (workspace, channel))
    }


def roots_of_unsettled(connection: Connection, workspace: int, channel: str) -> set[str]:
    """Return the threads of a channel whose issues may still change."""
    statement = "SELECT root FROM issue WHERE workspace = ? AND channel = ? AND settled IS NULL"
    return {root for (root,) in fetch(connection, statement, (workspace, channel))}


def set_line(connection: Connection, workspace: int, issue: int, channel: str, ts: str) -> None:
    """Remember where an issue's confirmation line stands; an empty ``ts``: nowhere."""
    here = (ISSUE.c.workspace == workspace) & (ISSUE.c.id == issue)
    connection.execute(update(ISSUE).where(here).values(line_channel=channel, line=ts))


def targets_of(connection: Connection, workspace: int, issue: int) -> list[TargetRow]:
    """Return an issue's targets."""
    here = (TARGET.c.workspace == workspace) & (TARGET.c.issue == issue)
    statement = select(*TARGET_COLUMNS).where(here).order_by(TARGET.c.kind, TARGET.c.position)
    return [TargetRow._make(row) for row in connection.execute(statement)]


def due_targets(connection: Connection, workspace: int, now: datetime) -> list[TargetRow]:
    """Return running targets that have come due, or of which it is time to warn, soonest first."""
    here = (TARGET.c.workspace == workspace) & (TARGET.c.state == "running")
    come = (TARGET.c.due <= now) | (TARGET.c.warn <= now)
    statement = select(*TARGET_COLUMNS).where(here, come).order_by(TARGET.c.due, TARGET.c.issue)
    return [TargetRow._make(row) for row in connection.execute(statement)]


def settle(
    connection: Connection, workspace: int, channel: str, ended_before: datetime, now: datetime
) -> list[int]:
    """Settle a channel's issues that ended before a moment, and erase their excerpts.

    The moment is ``now`` less the channel's reopening window. A title that somebody typed stays.
    Returns the ids of those settled.
    """
    statement = f"""
        UPDATE issue SET settled = ? WHERE workspace = ? AND channel = ? AND settled IS NULL
        AND state NOT IN ({", ".join("?" * len(LIVE))})
        AND (SELECT max(coalesce(spell.ended, ?)) FROM spell
            WHERE spell.workspace = issue.workspace AND spell.issue = issue.id) < ?
        RETURNING id
    """
    moment, before = instant_number(now), instant_number(ended_before)
    values = (moment, workspace, channel, *LIVE, moment, before)
    settled = sorted(issue for (issue,) in fetch(connection, statement, values))
    erase_settled(connection, workspace, channel)
    return settled


def erase_settled(connection: Connection, workspace: int, channel: str) -> int:
    """Erase the excerpts of a channel whose issues are all settled; return how many."""
    statement = """
        DELETE FROM excerpt WHERE workspace = ? AND channel = ? AND EXISTS (
            SELECT 1 FROM issue WHERE issue.workspace = excerpt.workspace
            AND issue.channel = excerpt.channel AND excerpt.ts IN (issue.root, issue.opening)
        ) AND NOT EXISTS (
            SELECT 1 FROM issue WHERE issue.workspace = excerpt.workspace
            AND issue.channel = excerpt.channel AND issue.settled IS NULL
            AND excerpt.ts IN (issue.root, issue.opening)
        ) RETURNING ts
    """
    return len(fetch(connection, statement, (workspace, channel)))
