"""Which figures wait for a finding: by account, measure and days (features, runner-up: held back).

A finding names what it touches; a figure that stands on any of it is held back until the data
are mended or somebody accepts them as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from kpis.catalogue import CATALOGUE, Kpi, Table
from kpis.counting import Assumed
from kpis.dimensions import measures_of, of_posts
from kpis.language import Formula, Leaf
from kpis.question import Question, Refusal
from kpis.surroundings import Surroundings
from kpis.tongue import ENGLISH, say, say_declared, spoken
from kpis.ways import ways_to
from storage import findings
from storage.measures import Posts
from storage.record_measures import Records
from storage.said import speak

POST = "post."
"""Before the name of a post's counter: a post's reach is not an account's."""
DERIVED = {POST + name: it.parts for name, it in Posts.measures().items() if it.parts}
"""Sums of counters, by the counters that they were made of."""


@dataclass(frozen=True)
class Held:
    """A finding that figures wait for."""

    finding: int
    check: str
    account: int | None
    """Empty: every account."""
    measures: frozenset[str]
    """Empty: every measure."""
    start: date | None
    end: date | None
    words: str
    """“Instagram acme: more people than views on 3 Nov, 1,200 of 900.”"""
    advice: str

    def touches(
        self, accounts: Collection[int], measures: Collection[str], start: date, end: date
    ) -> bool:
        """Say whether figures of some accounts, measures and days stand on it."""
        return (
            (self.account is None or self.account in accounts)
            and (not self.measures or bool(self.measures & frozenset(measures)))
            and (self.start is None or self.start < end)
            and (self.end is None or start < self.end)
        )


@dataclass(frozen=True)
class Holding:
    """Everything that is held back in a workspace."""

    held: tuple[Held, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.held)

    def touching(
        self, accounts: Collection[int], measures: Collection[str], start: date, end: date
    ) -> tuple[Held, ...]:
        """Return what holds figures of some accounts, measures and days [start, end) back."""
        return tuple(it for it in self.held if it.touches(accounts, measures, start, end))

    def of(self, question: Question, around: Surroundings) -> tuple[Held, ...]:
        """Return what holds the answer to a question back; KPIs of issues never wait."""
        if not self.held:
            return ()
        measures = measures_behind(question)
        if not measures:
            return ()
        try:
            accounts = {it.id for it in around.choose(question.scope)}
        except Refusal:
            return ()
        return self.touching(accounts, measures, question.period.start, question.period.end)

    def why(self, question: Question, around: Surroundings) -> str:
        """Return one line that says why an answer is held back; empty where it is not."""
        found = self.of(question, around)
        if not found:
            return ""
        if len(found) == 1:
            return say("Held back: {words}", words=found[0].words)
        return say(
            "Held back: {words} And {number} more: /kpi data",
            words=found[0].words,
            number=len(found) - 1,
        )


def say_finding(words: str) -> str:
    """Return what is wrong in the spoken language; English as it was found."""
    return words if spoken() == ENGLISH else speak(words)


def held_back(connection: Connection, workspace: int) -> Holding:
    """Return what is held back now."""
    from kpis.audit.checks import CHECKS

    touched = {it.name: it.touches for it in CHECKS}
    return Holding(
        tuple(
            Held(
                finding=it.id,
                check=it.check,
                account=it.account,
                measures=frozenset(touched.get(it.check) or ((it.measure,) if it.measure else ())),
                start=it.start,
                end=it.end,
                words=say_finding(it.words),
                advice=say_declared(it.advice),
            )
            for it in findings.holding(connection, workspace)
        )
    )


def measures_behind(question: Question) -> frozenset[str]:
    """Return the measures that an answer may stand on; those of posts begin with ``post.``."""
    entry = CATALOGUE.get(question.kpi)
    formulas: list[Formula] = []
    if isinstance(entry, Kpi):
        try:
            formulas = [ways_to(entry, question)[0].formula]  # others only stand in for it
        except Refusal:
            return frozenset()
    elif isinstance(entry, Table):
        formulas = [formula for formula, _ in entry.columns.values()]
    return frozenset(name for it in formulas for leaf in it.leaves() for name in named(leaf))


def named(leaf: Leaf) -> Iterator[str]:
    """Yield a leaf's measures, and what those were made of when the rows were written.

    The audit looks at accounts and posts; records have no findings.
    """
    if isinstance(leaf.rows, Records) or isinstance(leaf, Assumed):
        return
    for name in measures_of(leaf):
        full = POST + name if of_posts(leaf) else name
        yield full
        yield from (POST + part for part in DERIVED.get(full, ()))
