"""Changes of rules as lines of the history of settings, and who made the last one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING

from commands.alerts.naming import around_of, company_of, say_in
from commands.context import Context
from commands.noting import noted_as

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.alerts.rules import Rule
    from kpis.surroundings import Surroundings
    from storage.overtaken import Overtaken
    from storage.setting_changes import Thing


def noted(
    connection: Connection, context: Context, number: int, by: str
) -> AbstractContextManager[None]:
    """Note what becomes of a rule meanwhile."""
    return noted_as(connection, context, partial(find_thing, connection, context, number), by)


def find_thing(connection: Connection, context: Context, number: int) -> Thing | None:
    """Return a rule as the history tells it; nothing of one that is not, or was removed."""
    from kpis.alerts.rules import read_rule
    from kpis.tongue import ENGLISH, speaking
    from storage import alerts

    row = alerts.rule(connection, context.home.workspace, number)
    if row is None or row.removed is not None:
        return None
    company = company_of(connection, context.home.workspace, number)
    with speaking(ENGLISH):  # the history is one for people of all languages
        return thing_of(read_rule(row), company, around_of(connection, context))


def thing_of(rule: Rule, company: str, around: Surroundings) -> Thing:
    from storage.setting_changes import Thing

    name = say_in(rule, around)
    if company:
        name = f"{name}, {company} reads along"
    return Thing(key_of(rule.id), rule.channel, name, list(details_of(rule)))


def details_of(rule: Rule) -> Iterator[str]:
    """Yield all else that a form or a button decides."""
    settings = rule.settings
    if rule.name:
        yield f"“{rule.name}”"
    if settings.goal is not None:
        yield f"goal {settings.goal}"
    yield from filter(None, (settings.variant, *settings.options))
    yield {"fewer": "fewer", "as now": "as often as usual", "more": "more"}[settings.sensitivity]
    yield "also days that may change" if settings.is_live else "days that no longer change"
    yield "every time" if settings.every_time else "the first time only"
    yield f"quiet for {settings.cool_hours} h once it is over"
    if rule.paused is not None:
        yield "paused"
    if rule.muted is not None:
        yield f"muted until {rule.muted:%Y-%m-%d}"


def overtaken(connection: Connection, workspace: int, rule: Rule | None) -> Overtaken:
    """Return what to raise for a rule that is not as somebody saw it: it is this now."""
    from storage.overtaken import Overtaken, overtaken_by
    from storage.setting_changes import last_change

    if rule is None:
        return Overtaken(is_gone=True)
    last = last_change(connection, workspace, key_of(rule.id), rule.channel)
    return overtaken_by(last, is_gone=rule.removed is not None)


def key_of(number: int) -> str:
    """Return what the history of settings calls a rule."""
    return f"alert {number}"
