"""What the desks chose that a figure has to say: what counts as an answer, how long a reopening
may come, and whether figures by person are shown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, func, select

from kpis.service_columns import TARGET
from kpis.service_past import ISSUE, micros
from kpis.service_rows import TABLES, Row
from kpis.titles import listed
from kpis.tongue import say, say_declared
from support.calendars import load_calendar
from support.hours import Calendar, business_seconds
from support.rulebook import unpack_rules
from support.rules import FIGURES_BY_PERSON, Rules

DESK, RULES, CHOICE = (TABLES[it] for it in ("desk", "desk_rules", "choice"))

SIGNALS = {
    "thread_reply": "answered in the thread",
    "relay_out": "answered on the network, as its tool posts it here",
    "marker": "answered once marked as sent",
}


@dataclass(frozen=True)
class Desks:
    """The tracked channels of a workspace with their newest rules."""

    channels: tuple[str, ...]
    rules: Mapping[str, Rules]
    chosen: frozenset[str]
    """Keys of ``choice`` that an admin turned on."""

    @property
    def by_person(self) -> bool:
        return FIGURES_BY_PERSON in self.chosen

    @property
    def windows(self) -> dict[str, int]:
        return {channel: rules.reopen_window for channel, rules in self.rules.items()}

    def say_signal(self, channels: set[str]) -> str:
        """Return what counts as an answer in these channels: “answered in the thread”."""
        asked = channels or set(self.channels)
        rules = [self.rules.get(it, Rules()) for it in asked]
        words = [SIGNALS.get(it.response_signal, "") for it in rules]
        said = listed([say_declared(it) for it in SIGNALS.values() if it in words])
        marked = any(it.ack_counts_as_response for it in rules)
        return say("{signals}; a reaction counts too", signals=said) if marked else said


def read_desks(connection: Connection, workspace: int, hidden: frozenset[str]) -> Desks:
    """Read the desks, the newest version of their rules, and whether people may be told apart.

    Those in ``hidden`` channels are left out.
    """
    newest = (
        select(RULES.c.channel, func.max(RULES.c.since).label("since"))
        .where(RULES.c.workspace == workspace)
        .group_by(RULES.c.channel)
        .subquery()
    )
    here = and_(RULES.c.channel == newest.c.channel, RULES.c.since == newest.c.since)
    rules = select(RULES.c.channel, RULES.c.rules).join(newest, here)
    statement = select(DESK.c.channel).where(DESK.c.workspace == workspace).order_by(DESK.c.id)
    chosen = select(CHOICE.c.key, CHOICE.c.value).where(CHOICE.c.workspace == workspace)
    return Desks(
        channels=tuple(it for it in connection.execute(statement).scalars() if it not in hidden),
        rules={
            channel: unpack_rules(words)
            for channel, words in connection.execute(rules.where(RULES.c.workspace == workspace))
        },
        chosen=frozenset(key for key, value in connection.execute(chosen) if json.loads(value)),
    )


def channels_of_issues(connection: Connection, workspace: int) -> frozenset[str]:
    """Return every channel that has issues or a desk: one that is tracked no more keeps issues."""
    desks = select(DESK.c.channel).where(DESK.c.workspace == workspace)
    issues = select(ISSUE.c.channel).where(ISSUE.c.workspace == workspace)
    return frozenset(connection.execute(desks.union(issues)).scalars())


def earliest_issue(
    connection: Connection, workspace: int, hidden: frozenset[str] = frozenset()
) -> int | None:
    """Return when the first issue was opened, outside of ``hidden`` channels."""
    statement = select(func.min(micros(ISSUE.c.opened))).where(ISSUE.c.workspace == workspace)
    if hidden:
        statement = statement.where(ISSUE.c.channel.not_in(hidden))
    found: int | None = connection.execute(statement).scalar()
    return found


def has_targets(connection: Connection, workspace: int, hidden: frozenset[str]) -> bool:
    found = select(TARGET.c.issue).where(TARGET.c.workspace == workspace)
    if hidden:
        there = and_(ISSUE.c.workspace == TARGET.c.workspace, ISSUE.c.id == TARGET.c.issue)
        found = found.select_from(TARGET.join(ISSUE, there))
        found = found.where(ISSUE.c.workspace == workspace, ISSUE.c.channel.not_in(hidden))
    return connection.execute(found.limit(1)).first() is not None


def longest_target(
    connection: Connection,
    workspace: int,
    hidden: frozenset[str],
    kinds: tuple[str, ...],
    since: int,
    until: int,
) -> int:
    """Return the longest time, in microseconds, that a target of these issues gives."""
    there = and_(ISSUE.c.workspace == TARGET.c.workspace, ISSUE.c.id == TARGET.c.issue)
    given = func.max(micros(TARGET.c.due) - micros(TARGET.c.started))
    statement = (
        select(given)
        .select_from(TARGET.join(ISSUE, there))
        .where(
            TARGET.c.workspace == workspace,
            TARGET.c.kind.in_(kinds),
            micros(ISSUE.c.opened) >= since,
            micros(ISSUE.c.opened) < until,
            ISSUE.c.channel.not_in(hidden),
        )
    )
    return connection.execute(statement).scalar() or 0


@dataclass
class WorkingTime:
    """Working seconds of an issue's own calendar; each calendar is read when it is needed."""

    connection: Connection
    workspace: int
    held: dict[int, Calendar] = field(default_factory=dict)

    def __call__(self, row: Row, until: int) -> float | None:
        if row.calendar not in self.held:
            found = load_calendar(self.connection, self.workspace, row.calendar)
            self.held[row.calendar] = found
        return float(business_seconds(self.held[row.calendar], row.start, until))
