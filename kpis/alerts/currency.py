"""The one currency in which a rule on money is judged: said, or the only one that is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from kpis.alerts.numbers import today_of
from kpis.alerts.rules import Rule
from kpis.alerts.saying import unit_of
from kpis.asking import work_out
from kpis.periods import say_days
from kpis.question import Period, Question
from kpis.surroundings import Surroundings
from kpis.titles import listed
from storage.errors import KepiError
from storage.measures import Unit

LOOKED_AT = 28


def settle_currency(
    rule: Rule, connection: Connection, around: Surroundings, now: datetime
) -> Rule:
    """Return the rule with its currency; raises ``KepiError`` where two are held and none is said.

    Of two currencies the one with more rows may be another tomorrow.
    """
    if unit_of(rule) is not Unit.MONEY or rule.settings.currency:
        return rule
    today = today_of(around, now)
    start = today - timedelta(days=LOOKED_AT)
    period = Period(start, today, say_days(start, today, today.year))
    variant = rule.settings.variant or None
    question = Question(rule.kpi, rule.scope, period, today, variant=variant)
    found = work_out(question, connection, around, now)
    held = [it.name for it in found.lines] if len(found.lines) > 1 else [found.unit.currency]
    if len(held) > 1:
        raise KepiError(
            "{title} comes in {currencies}. Say which, like: above 100 {currency}",
            title=found.kpi_title,
            currencies=listed(held),
            currency=held[0],
        )
    return replace(rule, settings=replace(rule.settings, currency=held[0]))
