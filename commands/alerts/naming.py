"""A rule as people read it, and who reads along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.context import Context
from commands.saying import say
from storage.errors import KepiError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.alerts.rules import Rule
    from kpis.surroundings import Surroundings

COMPANY = "alert-company"
"""Key of the choice: which company may read along, by rule."""


def company_of(connection: Connection, workspace: int, rule: int) -> str:
    """Return which company may read along, as somebody agreed to it by name."""
    from storage import support_notes

    return str(support_notes.chosen(connection, workspace, f"{COMPANY}|{rule}", "") or "")


def say_one(connection: Connection, context: Context, rule: Rule) -> str:
    """Return a rule as lists name it, also one whose brand is gone."""
    return say_in(rule, around_of(connection, context))


def say_in(rule: Rule, around: Surroundings) -> str:
    from kpis.alerts.rules import say_kind
    from kpis.alerts.saying import say_rule

    try:
        return say_rule(rule, around)
    except KepiError:
        return say("{kind} · what it watched is gone", kind=say_kind(rule.kind))


def around_of(connection: Connection, context: Context) -> Surroundings:
    from kpis.surroundings import look_around

    return look_around(context.database, connection, context.home.workspace)
