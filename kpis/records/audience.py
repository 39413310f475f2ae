"""Audience fit: how much of the known audience is the one that is wanted (kpi-catalogue §4).

Platforms tell segments of the people they know, up to 45 of them, so shares are of known people
and never of all. Segments of one account in one stored window are added; windows, accounts and
platforms never are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, FromClause, select

from kpis.absences import without_number
from kpis.answers import Absent, Answer, Component, Coverage, Figure, Reason, Receipt, Value
from kpis.declarations import Kpi
from kpis.names import meaning_of
from kpis.names import title_of as name_of
from kpis.numbers import write, write_with_unit
from kpis.periods import say_day
from kpis.question import KnownAccount, Question
from kpis.readers.columns import TABLES, number
from kpis.records.as_of import records_then
from kpis.slots import day_of
from kpis.surroundings import Surroundings
from kpis.titles import account_title, scope_title, title_of
from kpis.tongue import listed, say, say_declared
from storage.measures import Unit
from storage.settings import AUDIENCE
from storage.support_notes import chosen
from storage.tables import day_number

SEGMENT: FromClause = TABLES["audience_segment"]
MEASURES = ("followers", "reach", "engaged")
"""Whose segments are taken, the first that is there."""


@dataclass(frozen=True)
class Known:
    """The segments of an account in one stored window."""

    measure: str
    end: date
    people: dict[str, int]

    def within(self, segments: tuple[str, ...]) -> int:
        wanted = {it.casefold() for it in segments}
        return sum(n for word, n in self.people.items() if word.casefold() in wanted)

    @property
    def total(self) -> int:
        return sum(self.people.values())


def answer_audience_fit(
    question: Question, entry: Kpi, connection: Connection, around: Surroundings
) -> Answer:
    """Return a line an account, or why there is none."""
    accounts = around.choose(question.scope)
    scope = scope_title(question, accounts, around)
    title = name_of(entry)
    target = chosen(connection, around.workspace, AUDIENCE)
    if not target:
        words = say(
            "I don't know whom you want to reach. Say it: /kpi audience country SE, NO "
            "(or age, gender, city)."
        )
        return without_number(question, title, scope, Absent(Reason.REFUSED, words))
    dimension, segments = str(target["dimension"]), tuple(map(str, target["segments"]))
    later = around.later(question.as_of)
    held = read_segments(connection, around.workspace, dimension, accounts, question, later)
    lines = tuple(figure_of(it, held[it.id], segments) for it in accounts if it.id in held)
    if not lines:
        words = say(
            "No segments by {dimension} up to {day}. Drop a file of audience segments in our "
            "direct message, or send them to /ingest/v1/segments.",
            dimension=say_declared(dimension),
            day=say_day(question.period.last, question.today.year),
        )
        return without_number(question, title, scope, Absent(Reason.NO_DATA, words))
    return Answer(
        question=question,
        title=title_of(question, title, accounts, around),
        unit=Unit.PERCENT,
        kpi_title=title,
        scope_title=scope,
        lines=lines,
        coverage=Coverage(unit="accounts", rows=len(lines), zones=(around.zone,)),
        notes=(
            say("Target: {dimension} {segments}.", dimension=say_declared(dimension),
                segments=listed(list(segments))),
            say("Of the people whom the platform knows; accounts are never added."),
        ),
        receipt=Receipt(
            formula=f"{entry.title} = known people in {', '.join(segments)} ÷ known people",
            meaning=meaning_of(entry),
            components=tuple(
                Component(f"{account_title(it)}, {word}", n, unit=Unit.PEOPLE)
                for it in accounts
                if it.id in held
                for word, n in sorted(held[it.id].people.items(), key=lambda pair: -pair[1])[:8]
            ),
        ),
        chart="none",
        better=entry.better,
    )  # fmt: skip


def figure_of(account: KnownAccount, known: Known, segments: tuple[str, ...]) -> Figure:
    """Return an account's share, and what it is of."""
    if not known.total:
        absent = Absent(Reason.UNDEFINED, say("nobody is known there"))
        return Figure(account_title(account), absent)
    inside = known.within(segments)
    share = inside / known.total
    line = say(
        "{inside} of {known} known on {day}.",
        inside=write(inside, Unit.COUNT),
        known=write_with_unit(known.total, Unit.PEOPLE),
        day=say_day(known.end, None),
    )
    return Figure(account_title(account), Value(share, share, known.total), details=(line,))


def read_segments(
    connection: Connection,
    workspace: int,
    dimension: str,
    accounts: tuple[KnownAccount, ...],
    question: Question,
    later: tuple[int, ...] = (),
) -> dict[int, Known]:
    """Return the newest stored window of each account that ends inside the period or before it."""
    table = SEGMENT
    if later:
        table = records_then("segments", "audience_segment", later, connection.dialect.name)
    statement = select(
        table.c.account, table.c.measure, table.c.segment,
        number(table.c.start), number(table.c.end), table.c.people,
    ).where(
        table.c.workspace == workspace,
        table.c.dimension == dimension,
        table.c.account.in_([it.id for it in accounts]),
        number(table.c.end) <= day_number(question.period.end),
    )  # fmt: skip
    windows: dict[int, dict[tuple[int, int, int], dict[str, int]]] = defaultdict(dict)
    for account, measure, segment, start, end, people in connection.execute(statement):
        if measure in MEASURES:
            key = (-MEASURES.index(measure), end, start)
            windows[account].setdefault(key, {})[segment] = people
    return {
        account: Known(MEASURES[-newest[0]], day_of(newest[1] - 1), by_window[newest])
        for account, by_window in windows.items()
        for newest in [max(by_window)]
    }
