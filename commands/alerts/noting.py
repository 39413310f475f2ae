"""Changes of rules as lines of the history of settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.alerts.naming import around_of, company_of, say_in
from commands.context import Context
from commands.noting import noted_as
from commands.saying import say

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kpis.alerts.rules import Rule
    from kpis.surroundings import Surroundings
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
    """Return a rule; channels that it counts are not named, for not everybody may know of them."""
    from storage.alerts import key_of
    from storage.setting_changes import Thing

    name = say_in(rule, replace(around, channels=()))
    if company:
        name = f"{name}, {say('{company} reads along', company=company)}"
    details = list(details_of(rule, ZoneInfo(around.zone)))
    return Thing(key_of(rule.id), rule.channel, name, details)


def details_of(rule: Rule, zone: ZoneInfo) -> Iterator[str]:
    """Yield all else that a form or a button decides; a long line ends before the last ones."""
    from kpis.alerts.rules import say_sensitivity

    settings = rule.settings
    if rule.paused is not None:
        yield say("paused")
    if rule.muted is not None:
        until = rule.muted.astimezone(zone)
        yield say("muted until {time}", time=f"{until:%Y-%m-%d %H:%M}")
    if rule.name:
        yield f"“{rule.name}”"
    if settings.goal is not None:
        yield f"goal {settings.goal}"
    yield from filter(None, (settings.variant, *settings.options))
    if len(rule.scope.channels) > 1:
        yield f"channels: {len(rule.scope.channels)}"
    yield say_sensitivity(settings.sensitivity)
    yield "also days that may change" if settings.is_live else "days that no longer change"
    yield "every time" if settings.every_time else "the first time only"
    yield f"quiet for {settings.cool_hours} h once it is over"
    if rule.owner:
        yield rule.owner
