"""What later entries overtook: resolutions that did not last, and waits that ended later.

A projection holds an issue as it stands. A figure of a past moment needs how it stood then: what
was reopened or dismissed since was solved at the time, and must not be told as never solved.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    and_,
    select,
    type_coerce,
    union_all,
)

from storage.issue_tables import Issue, Spell, Wait
from storage.tables import table_of

ISSUE, SPELL, WAIT = table_of(Issue), table_of(Spell), table_of(Wait)
DISMISSED, MERGED = "dismissed", "merged"


class Closing(NamedTuple):
    """A resolution that did not last; instants are UTC microseconds."""

    issue: int
    at: int
    until: int
    """When it was reopened or dismissed."""
    low: int | None
    via: str
    by: str
    assignee: str


class LateWait(NamedTuple):
    """A customer's wait that ended after the moment."""

    issue: int
    started: int
    seconds: int
    business: int


def micros(column: Any) -> ColumnElement[int]:
    """Return an instant column as its UTC microseconds."""
    return type_coerce(column, BigInteger)


def set_aside() -> ColumnElement[int]:
    """Return when a merged issue stopped being one of its own; empty where it was solved then."""
    last = SPELL.alias("last")
    found = select(micros(last.c.ended)).where(
        last.c.workspace == ISSUE.c.workspace,
        last.c.issue == ISSUE.c.id,
        last.c.position == ISSUE.c.reopens,  # every reopening begins a spell
        last.c.ended_by.in_((DISMISSED, MERGED)),
    )
    return found.correlate(ISSUE).scalar_subquery()


def read_closings(
    connection: Connection, workspace: int, since: int
) -> Mapping[int, tuple[Closing, ...]]:
    """Return by issue the resolutions that lasted beyond ``since`` and no longer stand."""
    later = SPELL.alias("later")
    after = and_(
        later.c.workspace == SPELL.c.workspace,
        later.c.issue == SPELL.c.issue,
        later.c.position == SPELL.c.position + 1,
    )
    reopened = (
        closings(micros(later.c.started))
        .join(later, after)
        .where(later.c.workspace == workspace, micros(later.c.started) > since)
    )
    last = and_(
        ISSUE.c.workspace == SPELL.c.workspace,
        ISSUE.c.id == SPELL.c.issue,
        ISSUE.c.reopens == SPELL.c.position,
    )
    dismissed = (
        closings(micros(ISSUE.c.dismissed))
        .join(ISSUE, last)
        .where(
            ISSUE.c.workspace == workspace,
            ISSUE.c.state == DISMISSED,
            micros(ISSUE.c.dismissed) > since,
        )
    )
    found: dict[int, list[Closing]] = defaultdict(list)
    for row in connection.execute(union_all(reopened, dismissed)):
        found[row[0]].append(Closing._make(row))
    return {issue: tuple(held) for issue, held in found.items()}


def closings(until: ColumnElement[int]) -> Select[Any]:
    own = SPELL.c
    columns = (own.issue, micros(own.ended), until, micros(own.low), own.via, own.by, own.assignee)
    named = (it.label(name) for it, name in zip(columns, Closing._fields, strict=True))
    return select(*named).select_from(SPELL).where(own.ended_by == "resolved")


def read_late_waits(
    connection: Connection, workspace: int, moment: int
) -> Mapping[int, list[LateWait]]:
    """Return by issue the waits that ended after ``moment``."""
    own = WAIT.c
    statement = select(own.issue, micros(own.started), own.seconds, own.business).where(
        own.workspace == workspace, micros(own.ended) > moment
    )
    found: dict[int, list[LateWait]] = defaultdict(list)
    for row in connection.execute(statement):
        found[row[0]].append(LateWait._make(row))
    return found
