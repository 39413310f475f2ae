"""One digest being worked out: of whom, of which days, as known when, and how it asks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kpis.answers import Answer
from kpis.asking import work_out
from kpis.catalogue import CATALOGUE, Service
from kpis.digests.calendar import key_of, period_of
from kpis.digests.plan import Plan
from kpis.parsing import repeat
from kpis.periods import previous_period
from kpis.question import KnownAccount, Period, Question, Refusal, Scope
from kpis.surroundings import Surroundings

PANEL_SLOTS = {"daily": 14, "weekly": 8, "monthly": 8, "quarterly": 6}
"""Periods, this one included, over which a digest draws and looks back."""


@dataclass(frozen=True, eq=False)
class Scene:
    """What the parts of a digest are worked out from."""

    plan: Plan
    key: str
    connection: Connection
    around: Surroundings
    now: datetime
    known_at: datetime | None = None
    """Told as it was known at this moment; empty: as it is known now."""
    asked: dict[Question, Answer | None] = field(default_factory=dict)
    """What was asked already."""

    @cached_property
    def period(self) -> Period:
        return period_of(self.plan, self.key)

    @cached_property
    def today(self) -> date:
        """The first day that is not over: never before the period has ended.

        A channel's Monday may begin while the workspace still has Sunday; its digest tells the
        whole week all the same.
        """
        return max(self.now.astimezone(ZoneInfo(self.around.zone)).date(), self.period.end)

    @cached_property
    def as_of(self) -> datetime | None:
        """The moment to ask of, where files came in since; else what is known now is the same."""
        return self.known_at if self.around.later(self.known_at) else None

    @cached_property
    def accounts(self) -> tuple[KnownAccount, ...]:
        """The accounts that the digest is of: own ones, unless others were chosen by name."""
        try:
            chosen = self.around.choose(self.plan.scope)
        except Refusal:
            return ()
        return tuple(it for it in chosen if it.own) or chosen

    @cached_property
    def platforms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(it.platform for it in self.accounts))

    @cached_property
    def scope(self) -> Scope:
        """The scope of what is asked of all accounts: nothing is named where these are all."""
        own = tuple(it for it in self.around.accounts if it.own)
        if set(self.accounts) == set(own):
            return Scope()
        if self.plan.scope.channels:
            return replace(self.plan.scope, channels=())
        return self.plan.scope

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """This period and those before it, in order of time."""
        found = [self.period]
        while len(found) < PANEL_SLOTS[self.plan.cadence]:
            before = previous_period(found[0])
            found.insert(0, period_of(self.plan, key_of(self.plan, before.start)))
        return tuple(found)

    def question(self, kpi: str, scope: Scope, period: Period, *, by: str | None = None,
                 variant: str | None = None) -> Question:  # fmt: skip
        service = isinstance(CATALOGUE[kpi], Service)
        return Question(
            kpi=kpi,
            scope=scope,
            period=period,
            today=self.today,
            by=by,
            variant=variant,
            as_of=None if service else self.as_of,
        )

    def ask(self, kpi: str, scope: Scope, period: Period, **more: str | None) -> Answer | None:
        """Return the answer, or nothing where the question cannot be asked here."""
        return self.answer(self.question(kpi, scope, period, **more))

    def answer(self, question: Question) -> Answer | None:
        if question not in self.asked:
            try:
                found = work_out(question, self.connection, self.around, self.now)
            except Refusal:
                found = None
            self.asked[question] = found
        return self.asked[question]

    def word(self, question: Question) -> str:
        """Return the words after ``/kpi`` that ask the same of the same days."""
        return repeat(replace(question, as_of=None), self.around.directory)
