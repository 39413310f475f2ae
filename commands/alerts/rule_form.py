"""The form of a rule: what it watches, from when on it tells, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from slack_sdk.models.blocks import OptionGroup, StaticSelectElement

from commands import forms
from commands.alerts import wording
from commands.alerts.draft import Draft
from commands.alerts.numbers import read_limit, read_percent, say_limit
from commands.alerts.reading import NEEDS_KPI, unit_of
from commands.blocks import Block, View_, context, field, form, option
from commands.question_form import ALL, MOST, SAME, code_of, read_scope, scope_choices
from commands.saying import say, say_count, say_declared
from storage.errors import KepiError

if TYPE_CHECKING:
    from kpis.alerts.rules import Rule, Side
    from kpis.surroundings import Surroundings

FORM = "alert_rule"
NEEDS = "KPI, way and limit are for numbers. Negative mentions, stopped data and goals need none."
SIDES: tuple[Side, ...] = ("above", "below", "both")
Goals = tuple[tuple[str, str], ...]


def compose_rule_form(draft: Draft, around: Surroundings, goals: Goals = ()) -> View_:
    """Return the form, filled in; ``goals`` are open ones: id and words."""
    from kpis.alerts.rules import KINDS, say_kind

    rule, settings = draft.rule, draft.rule.settings
    days, cool = str(settings.days), settings.cool_hours
    kinds = [(key, say_kind(key)) for key in KINDS if key != "goal" or goals]
    blocks = [
        forms.choice(say("Tell when"), "kind", kinds, rule.kind),
        kpi_field(rule),
        scope_field(rule, around),
        forms.choice(say("Which way"), "side", offer_sides(), settings.side),
        forms.line(
            say("Limit, or by how much"),
            "limit",
            say_number(rule),
            example=say("100, 4 %, 30 min; for a change: 30 %"),
            most=30,
        ),
        forms.choice(say("Counted over"), "days", offer_spans(settings.days), days),
        where_field(rule.channel),
        forms.choice(say("Judge"), "live", offer_days(), "live" if settings.is_live else "settled"),
        forms.radio(
            say("Tell"), "times", offer_times(), "every" if settings.every_time else "first"
        ),
        forms.choice(say("Once it is over, quiet for"), "cool", offer_rests(cool), str(cool)),
        forms.line(
            say("Company that may read along"),
            "company",
            draft.company,
            most=80,
            hint=say("Only for a channel that you share with another company."),
        ),
    ]
    if goals:
        chosen = str(settings.goal or goals[0][0])
        blocks.insert(3, forms.choice(say("Goal, if one is at risk"), "goal", goals, chosen))
    blocks.insert(1, context([say(NEEDS)]))
    return form(
        say(wording.FORM_RULE),
        blocks,
        callback_id=FORM,
        submit=say("Try it"),
        close=say("Cancel"),
        memory=draft.pack(),
    )


def offer_sides() -> forms.Options:
    words = (say("Above, or up"), say("Below, or down"), say("Both ways"))
    return list(zip(SIDES, words, strict=True))


def offer_spans(days: int) -> forms.Options:
    """Return over how many days a number may be counted, with what words named among them."""
    offered = [("1", say("Each day")), ("7", count_days(7)), ("28", count_days(28))]
    return with_own(offered, days, count_days(days))


def offer_days() -> forms.Options:
    settled = ("settled", say("Days that are final"))
    return [settled, ("live", say("Also days that may still change"))]


def offer_times() -> forms.Options:
    return [("every", say("Every time")), ("first", say("The first time alone"))]


def offer_rests(hours: int) -> forms.Options:
    """Return for how long it may be quiet once it is over."""
    offered = [("6", count_hours(6)), ("24", count_days(1)), ("72", count_days(3))]
    offered.append(("168", say_count("{number} week", "{number} weeks", 1)))
    return with_own(offered, hours, count_hours(hours))


def count_days(number: int) -> str:
    return say_count("{number} day", "{number} days", number)


def count_hours(number: int) -> str:
    return say_count("{number} hour", "{number} hours", number)


def with_own(offered: forms.Options, value: int, words: str) -> forms.Options:
    """Return choices with the value that words named among them."""
    if str(value) in {it for it, _ in offered}:
        return offered
    return [*offered, (str(value), words)]


def say_number(rule: Rule) -> str:
    """Return the limit as the form reads it again."""
    from storage.measures import Unit

    if rule.kind == "change":
        return say_limit(rule.settings.limit, Unit.PERCENT)
    if rule.kind != "threshold":
        return ""
    return say_limit(rule.settings.limit, unit_of(rule.kpi, rule.settings.variant))


def kpi_field(rule: Rule) -> Block:
    """Return the choice of a KPI that is one number, by section."""
    from kpis.catalogue import CATALOGUE, SECTIONS, Table, declared
    from kpis.names import title_of

    groups = [
        OptionGroup(
            label=say_declared(section),
            options=[
                option(title_of(it), it.key) for it in declared(module) if not isinstance(it, Table)
            ][:MOST],
        )
        for section, module in SECTIONS.items()
        if any(not isinstance(it, Table) for it in declared(module))
    ]
    held = {str(it.value) for group in groups for it in group.options or []}
    chosen = option(title_of(CATALOGUE[rule.kpi]), rule.kpi) if rule.kpi in held else None
    element = StaticSelectElement(action_id="kpi", option_groups=groups, initial_option=chosen)
    return field(say("KPI"), element, "kpi", optional=True)


def scope_field(rule: Rule, around: Surroundings) -> Block:
    """Return the choice among all own accounts, platforms, brands and accounts."""
    offered = [(ALL, say("All own accounts")), *scope_choices(around)]
    code = code_of(rule.scope)
    if code not in {value for value, _ in offered}:
        offered.insert(0, (SAME, say("As now")))
        code = SAME
    return forms.choice(say("Accounts"), "scope", offered[:MOST], code)


def where_field(channel: str) -> Block:
    """Return the choice of a channel; a shared one needs its company named as well."""
    return forms.channel(say("Tell it in"), channel)


def read_rule_form(filled: Mapping[str, Any], draft: Draft) -> tuple[Draft, dict[str, str]]:
    """Return the draft as it was filled in, and complaints by field."""
    from kpis.alerts.rules import KINDS

    errors: dict[str, str] = {}
    before, asked = draft.rule, str(filled.get("kind") or "")
    kind = next((it for it in KINDS if it == asked), before.kind)
    kpi = str(filled.get("kpi") or "") if kind in NEEDS_KPI else ""
    if kind in NEEDS_KPI and not kpi:
        errors["kpi"] = say(wording.NO_KPI)
    same = kpi == before.kpi
    side = next((it for it in SIDES if it == filled.get("side")), before.settings.side)
    if kind == "threshold" and side == "both":
        errors["side"] = say(wording.ONE_WAY)
    channel = str(filled.get("channel") or "")
    if not channel:
        errors["channel"] = say(wording.WHERE)
    settings = replace(
        before.settings,
        side=side,
        days=number(filled.get("days"), 1),
        is_live=filled.get("live") == "live",
        every_time=filled.get("times") != "first",
        cool_hours=number(filled.get("cool"), 24),
        goal=number(filled.get("goal"), 0) or None,
        variant=before.settings.variant if same else "",
        options=before.settings.options if same else (),
    )
    try:
        words = str(filled.get("limit") or "")
        settings = replace(settings, limit=read_amount(kind, kpi, settings.variant, words))
    except KepiError as trouble:
        errors["limit"] = str(trouble)
    rule = replace(
        before,
        kind=kind,
        kpi=kpi,
        scope=read_scope(str(filled.get("scope") or SAME), before.scope),
        channel=channel,
        settings=settings,
    )
    company = " ".join(str(filled.get("company") or "").split())
    return replace(draft, rule=rule, company=company), errors


def read_amount(kind: str, kpi: str, variant: str, words: str) -> float:
    if kind == "change":
        return read_percent(words)
    if kind == "threshold" and kpi:
        return read_limit(words, unit_of(kpi, variant))
    return 0.0


def number(value: object, otherwise: int) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else otherwise
