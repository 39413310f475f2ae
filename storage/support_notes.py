"""What surfaces keep about customer issues: choices, hints given, excerpts, notices.

An excerpt is the one place outside a command where words of a message are kept, and it is erased
on request, with the message, and when its issue settles.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, select, update

from storage.bulk import fetch, run
from storage.issue_tables import Choice, Excerpt, Issue, Notice, Told
from storage.tables import instant_number, table_of

CHOICE, TOLD, EXCERPT = table_of(Choice), table_of(Told), table_of(Excerpt)
NOTICE, ISSUE = table_of(Notice), table_of(Issue)


class ChoiceRow(NamedTuple):
    """What a workspace chose, who chose it and when."""

    key: str
    value: Any
    by: str
    at: datetime


class NoticeRow(NamedTuple):
    """Something that the team must be told, once."""

    id: int
    key: str
    issue: int | None
    kind: str
    channel: str
    due: datetime
    state: str
    details: str
    """JSON of an object."""


NOTICE_COLUMNS = tuple(NOTICE.c[name] for name in NoticeRow._fields)


def choose(
    connection: Connection, workspace: int, key: str, value: Any, by: str, at: datetime
) -> None:
    """Keep a choice: any value that JSON can hold."""
    run(
        connection,
        "INSERT INTO choice (workspace, key, value, by, at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (workspace, key) DO UPDATE"
        " SET value = excluded.value, by = excluded.by, at = excluded.at",
        (workspace, key, json.dumps(value, ensure_ascii=False), by, instant_number(at)),
    )


def chosen(connection: Connection, workspace: int, key: str, otherwise: Any = None) -> Any:
    """Return what was chosen, or ``otherwise`` where nobody chose."""
    found = choice(connection, workspace, key)
    return otherwise if found is None else found.value


def choice(connection: Connection, workspace: int, key: str) -> ChoiceRow | None:
    """Return a choice with who made it and when."""
    statement = select(CHOICE.c.key, CHOICE.c.value, CHOICE.c.by, CHOICE.c.at).where(
        CHOICE.c.workspace == workspace, CHOICE.c.key == key
    )
    row = connection.execute(statement).one_or_none()
    return None if row is None else ChoiceRow(row.key, json.loads(row.value), row.by, row.at)


def tell_once(connection: Connection, workspace: int, key: str, at: datetime) -> bool:
    """Say whether a hint is to be given now: the first time that its key comes."""
    statement = (
        "INSERT INTO told (workspace, key, at) VALUES (?, ?, ?)"
        " ON CONFLICT (workspace, key) DO NOTHING RETURNING key"
    )
    return bool(fetch(connection, statement, (workspace, key, instant_number(at))))


def was_told(connection: Connection, workspace: int, key: str) -> bool:
    """Say whether a hint was given."""
    here = (TOLD.c.workspace == workspace) & (TOLD.c.key == key)
    return connection.execute(select(TOLD.c.key).where(here)).first() is not None


def forget_told(connection: Connection, workspace: int, key: str) -> None:
    """Let a hint be given again, because it did not arrive."""
    connection.execute(delete(TOLD).where(TOLD.c.workspace == workspace, TOLD.c.key == key))


def put_excerpt(
    connection: Connection, workspace: int, channel: str, ts: str, text: str, at: datetime
) -> None:
    """Keep the first words of a message; an edited message's take the place of the older."""
    run(
        connection,
        "INSERT INTO excerpt (workspace, channel, ts, text, at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (workspace, channel, ts) DO UPDATE SET text = excluded.text",
        (workspace, channel, ts, text, instant_number(at)),
    )


def excerpt_of(connection: Connection, workspace: int, channel: str, ts: str) -> str:
    """Return the first words of a message, or nothing where they are not kept."""
    found = connection.execute(
        select(EXCERPT.c.text).where(of_message(workspace, channel, ts))
    ).scalar_one_or_none()
    return str(found or "")


def erase_excerpt(connection: Connection, workspace: int, channel: str, ts: str) -> bool:
    """Erase a message's words; say whether any were kept."""
    here = of_message(workspace, channel, ts)
    return connection.execute(delete(EXCERPT).where(here)).rowcount > 0


def erase_loose_excerpts(connection: Connection, workspace: int, before: datetime) -> int:
    """Erase what was kept before a moment and no open issue shows; return how many.

    Such are the words of messages that were grouped with others, or opened no issue after all.
    """
    statement = """
        DELETE FROM excerpt WHERE workspace = ? AND at < ? AND NOT EXISTS (
            SELECT 1 FROM issue WHERE issue.workspace = excerpt.workspace
            AND issue.channel = excerpt.channel AND issue.settled IS NULL
            AND excerpt.ts IN (issue.root, issue.opening)
        ) RETURNING ts
    """
    return len(fetch(connection, statement, (workspace, instant_number(before))))


def of_message(workspace: int, channel: str, ts: str) -> ColumnElement[bool]:
    return (
        (EXCERPT.c.workspace == workspace) & (EXCERPT.c.channel == channel) & (EXCERPT.c.ts == ts)
    )


def add_notice(
    connection: Connection,
    workspace: int,
    *,
    key: str,
    kind: str,
    due: datetime,
    issue: int | None = None,
    channel: str = "",
    details: Mapping[str, Any] | None = None,
    renew: bool = False,
) -> bool:
    """Write down that something is to be told; say whether that changed anything.

    ``kind``: ``warning``, ``breach``, ``escalation``, ``orphaned``, ``nudge``, ``csat``, ``gap``.
    The same key a second time adds nothing. With ``renew`` it is due again where it was dropped,
    and one that waits to be planned takes the new moment; what was told stays told.
    """
    conflict = "DO NOTHING"
    if renew:
        conflict = (
            "DO UPDATE SET state = 'due', due = excluded.due, channel = excluded.channel,"
            " details = excluded.details WHERE notice.workspace = excluded.workspace"
            " AND (notice.state = 'dropped' OR (notice.state = 'due'"
            " AND notice.due <> excluded.due))"
        )
    statement = (
        "INSERT INTO notice (workspace, key, issue, kind, channel, due, state, details)"
        " VALUES (?, ?, ?, ?, ?, ?, 'due', ?)"
        f" ON CONFLICT (workspace, key) {conflict} RETURNING id"
    )
    words = json.dumps(dict(details or {}), ensure_ascii=False)
    values = (workspace, key, issue, kind, channel, instant_number(due), words)
    return bool(fetch(connection, statement, values))


WAITING = ("due", "planned")
"""Not told yet: to be planned, or on its way."""


def due_list(
    connection: Connection, workspace: int, now: datetime, channel: str | None = None
) -> list[NoticeRow]:
    """Return what is due and neither told nor dropped, oldest first; of one channel, or of all."""
    return untold(connection, workspace, now, WAITING, channel)


def to_plan(connection: Connection, workspace: int, now: datetime) -> list[NoticeRow]:
    """Return what is due and not on its way yet, oldest first."""
    return untold(connection, workspace, now, ("due",))


def untold(
    connection: Connection,
    workspace: int,
    now: datetime,
    states: tuple[str, ...],
    channel: str | None = None,
) -> list[NoticeRow]:
    statement = select(*NOTICE_COLUMNS).where(
        NOTICE.c.workspace == workspace, NOTICE.c.state.in_(states), NOTICE.c.due <= now
    )
    if channel is not None:
        statement = statement.where(NOTICE.c.channel == channel)
    ordered = statement.order_by(NOTICE.c.due, NOTICE.c.id)
    return [NoticeRow._make(row) for row in connection.execute(ordered)]


def notice_by_key(connection: Connection, workspace: int, key: str) -> NoticeRow | None:
    """Return a notice, whatever became of it."""
    statement = select(*NOTICE_COLUMNS).where(NOTICE.c.workspace == workspace, NOTICE.c.key == key)
    row = connection.execute(statement).one_or_none()
    return None if row is None else NoticeRow._make(row)


def told_notices(
    connection: Connection, workspace: int, issue: int | None = None
) -> list[NoticeRow]:
    """Return what was told of issues that may still change: its messages are kept true."""
    settled = select(ISSUE.c.id).where(
        ISSUE.c.workspace == workspace, ISSUE.c.settled.is_not(None), ISSUE.c.id == NOTICE.c.issue
    )
    statement = select(*NOTICE_COLUMNS).where(
        NOTICE.c.workspace == workspace, NOTICE.c.state == "sent", NOTICE.c.issue.is_not(None)
    )
    if issue is None:
        statement = statement.where(~settled.exists() | ~NOTICE.c.details.contains('"over": true'))
    else:
        statement = statement.where(NOTICE.c.issue == issue)
    return [NoticeRow._make(row) for row in connection.execute(statement.order_by(NOTICE.c.id))]


def set_details(
    connection: Connection, workspace: int, notice: int, details: Mapping[str, Any]
) -> None:
    """Keep what is known of a notice: among it what its messages say now."""
    words = json.dumps(dict(details), ensure_ascii=False)
    statement = update(NOTICE).where(NOTICE.c.workspace == workspace, NOTICE.c.id == notice)
    connection.execute(statement.values(details=words))


def notices_of(connection: Connection, workspace: int, issue: int) -> list[NoticeRow]:
    """Return every notice about an issue, whatever became of it, in order of their times."""
    here = (NOTICE.c.workspace == workspace) & (NOTICE.c.issue == issue)
    statement = select(*NOTICE_COLUMNS).where(here).order_by(NOTICE.c.due, NOTICE.c.id)
    return [NoticeRow._make(row) for row in connection.execute(statement)]


def mark_notice(connection: Connection, workspace: int, notice: int, state: str) -> bool:
    """Let a notice that waits be ``planned``, ``sent`` or ``dropped``; say whether it waited."""
    statement = update(NOTICE).where(
        NOTICE.c.workspace == workspace, NOTICE.c.id == notice, NOTICE.c.state.in_(WAITING)
    )
    return connection.execute(statement.values(state=state)).rowcount > 0


def drop_for_issue(
    connection: Connection,
    workspace: int,
    issue: int,
    kinds: tuple[str, ...] = (),
    *,
    state: str = "dropped",
) -> int:
    """Drop what waits to be told of an issue, of some kinds or of all; return how many.

    ``state`` may be ``told``, where one notice tells of all: then it never is due again.
    """
    statement = update(NOTICE).where(
        NOTICE.c.workspace == workspace, NOTICE.c.issue == issue, NOTICE.c.state.in_(WAITING)
    )
    if kinds:
        statement = statement.where(NOTICE.c.kind.in_(kinds))
    return connection.execute(statement.values(state=state)).rowcount
