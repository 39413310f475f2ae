"""Next steps that digests named, who took them, and what came of them: the action log."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Select, Table, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.outgoing_tables import Step
from storage.tables import table_of

STEP: Table = table_of(Step)


class Offer(Protocol):
    """What a digest offers (``kpis.digests.report.StepOffer``)."""

    @property
    def rule(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def figures(self) -> Mapping[str, Any]: ...
    @property
    def asks(self) -> str: ...


class StepRow(NamedTuple):
    """A step, and how it stands."""

    id: int
    digest: int
    period: str
    rule: str
    subject: str
    words: str
    figures: dict[str, Any]
    asks: str
    state: str
    """``offered``, ``taken``, ``declined`` or ``told``."""
    owner: str
    at: datetime
    taken: datetime | None
    due: date | None


COLUMNS = tuple(STEP.c[name] for name in StepRow._fields)


def offer(
    connection: Connection,
    workspace: int,
    digest: int,
    period: str,
    offers: Iterable[Offer],
    at: datetime,
) -> None:
    """Write down what a digest offers, the first one first; what is there already stays."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    for it in offers:
        statement = make(STEP).values(
            workspace=workspace,
            digest=digest,
            period=period,
            rule=it.rule,
            subject=it.subject,
            words=it.words,
            figures=json.dumps(dict(it.figures), ensure_ascii=False),
            asks=it.asks,
            state="offered",
            owner="",
            at=at,
        )
        keys = ["workspace", "digest", "period", "rule", "subject"]
        connection.execute(statement.on_conflict_do_nothing(index_elements=keys))


def find(
    connection: Connection, workspace: int, digest: int, period: str, rule: str, subject: str
) -> StepRow | None:
    """Return the step that a digest named in a period."""
    statement = reading(workspace).where(
        STEP.c.digest == digest,
        STEP.c.period == period,
        STEP.c.rule == rule,
        STEP.c.subject == subject,
    )
    return first(connection, statement)


def by_id(connection: Connection, workspace: int, step: int) -> StepRow | None:
    """Return a step by its number."""
    return first(connection, reading(workspace).where(STEP.c.id == step))


def take(
    connection: Connection, workspace: int, step: int, owner: str, at: datetime, due: date
) -> bool:
    """Give an offered step its owner, and the day on which before and after are told.

    Say whether it was still to be had: of two who press at once, one gets it.
    """
    return move(
        connection, workspace, step, ("offered",), state="taken", owner=owner, taken=at, due=due
    )


def decline(connection: Connection, workspace: int, step: int, by: str, at: datetime) -> bool:
    """Note that nobody wants an offered step, by whom and when; say whether it was still open."""
    return move(
        connection, workspace, step, ("offered",), state="declined", owner=by, taken=at, due=None
    )


def give_back(connection: Connection, workspace: int, step: int) -> bool:
    """Let a step that was taken or declined by mistake be offered as before."""
    return move(
        connection,
        workspace,
        step,
        ("taken", "declined"),
        state="offered",
        owner="",
        taken=None,
        due=None,
    )


def tell(connection: Connection, workspace: int, step: int) -> bool:
    """Note that before and after of a taken step were told."""
    return move(connection, workspace, step, ("taken",), state="told")


def due_for_review(
    connection: Connection, workspace: int, digest: int, today: date, before: date
) -> list[StepRow]:
    """Return the steps of a digest whose before and after are told on ``today``, oldest first.

    Taken ones whose day has come; and those told already whose day came after ``before``, the
    day of the digest before: it was this one that told them, and it may be written again.
    """
    is_new = (STEP.c.state == "taken") & (STEP.c.due <= today)
    is_told = (STEP.c.state == "told") & (STEP.c.due <= today) & (STEP.c.due > before)
    statement = reading(workspace).where(STEP.c.digest == digest, is_new | is_told)
    return rows_of(connection, statement.order_by(STEP.c.due, STEP.c.id))


def taken_now(connection: Connection, workspace: int) -> list[StepRow]:
    """Return the steps that somebody is at, whichever digest named them."""
    statement = reading(workspace).where(STEP.c.state == "taken")
    return rows_of(connection, statement.order_by(STEP.c.id))


def declined_since(connection: Connection, workspace: int, since: datetime) -> list[StepRow]:
    """Return the steps that were declined after a moment, whichever digest named them."""
    statement = reading(workspace).where(STEP.c.state == "declined", STEP.c.taken > since)
    return rows_of(connection, statement.order_by(STEP.c.id))


def shown_first(
    connection: Connection, workspace: int, digest: int, since: datetime
) -> list[StepRow]:
    """Return of each period since a moment the step that a digest itself showed."""
    firsts = (
        select(func.min(STEP.c.id))
        .where(STEP.c.workspace == workspace, STEP.c.digest == digest, STEP.c.at > since)
        .group_by(STEP.c.period)
    )
    return rows_of(connection, reading(workspace).where(STEP.c.id.in_(firsts)).order_by(STEP.c.id))


def log(connection: Connection, workspace: int, limit: int = 20) -> list[StepRow]:
    """Return the steps that somebody took, the latest first: what was tried, and by whom."""
    statement = reading(workspace).where(STEP.c.state.in_(("taken", "told")))
    return rows_of(
        connection, statement.order_by(STEP.c.taken.desc(), STEP.c.id.desc()).limit(limit)
    )


def move(
    connection: Connection, workspace: int, step: int, states: tuple[str, ...], **values: Any
) -> bool:
    """Change a step that is in one of some states; say whether it was."""
    statement = update(STEP).where(
        STEP.c.workspace == workspace, STEP.c.id == step, STEP.c.state.in_(states)
    )
    return connection.execute(statement.values(**values)).rowcount > 0


def reading(workspace: int) -> Select[Any]:
    return select(*COLUMNS).where(STEP.c.workspace == workspace)


def first(connection: Connection, statement: Select[Any]) -> StepRow | None:
    rows = rows_of(connection, statement)
    return rows[0] if rows else None


def rows_of(connection: Connection, statement: Select[Any]) -> list[StepRow]:
    return [
        StepRow._make(row)._replace(figures=json.loads(row.figures))
        for row in connection.execute(statement)
    ]
