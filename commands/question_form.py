"""The Ask form: the parts of a question as fields, and back (what-people-see, *Change*)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from slack_sdk.models.blocks import (
    Option,
    OptionGroup,
    PlainTextInputElement,
    StaticSelectElement,
)

from commands import wording
from commands.blocks import Block, View_, cut, field, form, option
from commands.saying import say
from storage.errors import KepiError
from storage.platforms import PLATFORMS

if TYPE_CHECKING:
    from kpis.question import Question, Scope
    from kpis.surroundings import Surroundings

SAME, ALL, NONE = "same", "all", "none"
MOST = 100
"""Options that Slack takes in one choice."""


def periods() -> list[tuple[str, str]]:
    """Return the periods that are offered: what they are called, and the words that ask for them.

    The words are English, which every reader's questions are understood in.
    """
    return [
        (say("Yesterday"), "yesterday"),
        (say("Last 7 days"), "last 7 days"),
        (say("Last 28 days"), "last 28 days"),
        (say("Last 30 days"), "last 30 days"),
        (say("Last 90 days"), "last 90 days"),
        (say("This week"), "this week"),
        (say("Last week"), "last week"),
        (say("This month"), "this month"),
        (say("Last month"), "last month"),
        (say("This quarter"), "this quarter"),
        (say("Last quarter"), "last quarter"),
        (say("This year"), "this year"),
    ]


def compose_form(
    title: str, question: Question, around: Surroundings, *, callback: str, memory: str
) -> View_:
    """Return the form, filled in with ``question``."""
    fields = [
        kpi_field(question, around),
        period_field(question),
        other_days_field(),
        scope_field(question, around),
        compare_field(question, around),
        split_field(question),
    ]
    return form(
        title, fields, callback_id=callback, submit=say("Ask"), close=say("Cancel"), memory=memory
    )


def kpi_field(question: Question, around: Surroundings) -> Block:
    """Return the choice of a KPI, by section; the team's own come last."""
    from kpis.catalogue import CATALOGUE, SECTIONS, declared
    from kpis.names import title_of
    from kpis.tongue import say_declared

    groups = [
        OptionGroup(
            label=say_declared(section),
            options=[option(title_of(it), it.key) for it in declared(module)][:MOST],
        )
        for section, module in SECTIONS.items()
    ]
    own = around.directory.own
    if own:
        offered = [option(title_of(it), key) for key, it in own.items()][:MOST]
        groups.append(OptionGroup(label=say("Your own"), options=offered))
    entry = own.get(question.kpi) or CATALOGUE.get(question.kpi)
    chosen = option(title_of(entry), question.kpi) if entry else None
    known = any(question.kpi == it.value for group in groups for it in group.options or [])
    return field(
        say("KPI"),
        StaticSelectElement(
            action_id="kpi", option_groups=groups, initial_option=chosen if known else None
        ),
        "kpi",
    )


def period_field(question: Question) -> Block:
    from kpis.names.periods import say_period

    now = option(say("As now: {period}", period=say_period(question.period)), SAME)
    offered = [option(words, asks) for words, asks in periods()]
    return select(say("Period"), "period", [now, *offered], now)


def other_days_field() -> Block:
    element = PlainTextInputElement(
        action_id="days", placeholder=say("1 oct to 15 oct, or q3 2026"), max_length=100
    )
    return field(say("Or other days"), element, "days", optional=True)


def scope_field(question: Question, around: Surroundings) -> Block:
    """Return the choice among all own accounts, platforms, brands and accounts."""
    offered = [option(say("All own accounts"), ALL)]
    offered += [option(words, code) for code, words in scope_choices(around)]
    now = option(say("As now"), SAME)
    value = code_of(question.scope)
    chosen = next((it for it in offered if it.value == value), now)
    return select(say("Accounts"), "scope", [now, *offered], chosen)


def scope_choices(around: Surroundings, *, rivals: bool = True) -> list[tuple[str, str]]:
    """Return platforms with own accounts, brands and accounts, by code; with ``rivals`` theirs."""
    own = [it for it in around.accounts if it.own]
    accounts = around.accounts if rivals else own
    platforms = dict.fromkeys(it.platform for it in own)
    return [
        *(
            (f"platform:{key}", say("All of {platform}", platform=PLATFORMS[key].title))
            for key in platforms
        ),
        *(
            (f"brand:{it.id}", say("Brand {name}", name=it.name))
            for it in around.brands
            if rivals or it.own
        ),
        *((f"account:{it.id}", f"{PLATFORMS[it.platform].title} {it.handle}") for it in accounts),
    ]


def code_of(scope: Scope) -> str:
    """Return a scope of one choice as the form's value."""
    parts = [
        *(f"platform:{it}" for it in scope.platforms),
        *(f"brand:{it}" for it in scope.brands),
        *(f"account:{it}" for it in scope.accounts),
    ]
    if scope.channels:
        return SAME
    if not parts:
        return ALL
    return parts[0] if len(parts) == 1 else SAME


def compare_field(question: Question, around: Surroundings) -> Block:
    from kpis.question import Beside

    previous = option(say("The period before"), "previous")
    last_year = option(say("A year before"), "last year")
    rivals = [option(it.name, f"brand:{it.id}") for it in around.brands if not it.own]
    offered = [previous, last_year, *rivals]
    chosen = {Beside.PREVIOUS: previous, Beside.LAST_YEAR: last_year}.get(question.baseline.kind)
    if chosen is None:
        chosen = option(say("As now"), SAME)
        offered.append(chosen)
    return select(say("Compare with"), "compare", offered, chosen)


def split_field(question: Question) -> Block:
    from kpis.question import DIMENSIONS
    from kpis.tongue import say_declared

    nothing = option(say("Nothing"), NONE)
    named = {key: say_declared(words) for key, words in DIMENSIONS.items()}
    offered = [nothing]
    offered += [option(words[:1].upper() + words[1:], key) for key, words in named.items()]
    chosen = next((it for it in offered if it.value == question.by), nothing)
    return select(say("Split by"), "by", offered, chosen)


def select(label: str, name: str, options: list[Option], chosen: Option) -> Block:
    element = StaticSelectElement(
        action_id=name, options=capped(options, chosen), initial_option=chosen
    )
    return field(label, element, name)


def capped(options: list[Option], chosen: Option) -> list[Option]:
    """Return as many options as Slack takes; ``chosen`` is among them, or it opens no form."""
    kept = options[:MOST]
    return kept if chosen in kept else [*options[: MOST - 1], chosen]


def read_form(filled: Mapping[str, Any], question: Question, around: Surroundings) -> Question:
    """Return ``question`` as the form changes it; raises ``KepiError`` for days it cannot read."""
    kpi = str(filled.get("kpi") or question.kpi)
    by = str(filled.get("by") or NONE)
    changed = replace(
        question,
        kpi=kpi,
        variant=question.variant if kpi == question.kpi else None,
        by=None if by == NONE else by,
        scope=read_scope(str(filled.get("scope") or SAME), question.scope),
        as_of=None,
    )
    changed = read_compare(str(filled.get("compare") or SAME), changed, around)
    days = str(filled.get("days") or "").strip() or str(filled.get("period") or SAME)
    return changed if days == SAME else read_days(days, changed, around)


def read_scope(code: str, before: Scope) -> Scope:
    from kpis.question import Scope

    kind, _, name = code.partition(":")
    if kind == "platform":
        return Scope(platforms=(name,))
    if kind == "brand":
        return Scope(brands=(int(name),))
    if kind == "account":
        return Scope(accounts=(int(name),))
    return Scope() if kind == ALL else before


def read_compare(code: str, question: Question, around: Surroundings) -> Question:
    from kpis.question import Baseline, Beside, Scope

    kind, _, name = code.partition(":")
    if kind == "brand":
        scope = Scope(brands=(int(name),))
        words = around.brand_names.get(int(name), "")
        return replace(question, baseline=Baseline(Beside.ACCOUNTS, scope, words))
    if kind == SAME:
        return question
    return replace(question, baseline=Baseline(Beside(kind)))


def read_days(words: str, question: Question, around: Surroundings) -> Question:
    """Return ``question`` over the days that ``words`` name."""
    from kpis.parsing import parse
    from kpis.question import Asked, Baseline, Scope

    unread = KepiError(say(wording.UNREAD_DAYS, words=cut(words, 60)))
    try:
        asked = parse(words, question.today, around.directory)
    except KepiError as trouble:
        raise unread from trouble
    # Words that name days and nothing else are a question for the overview.
    if not isinstance(asked, Asked) or not asked.overview or asked.private:
        raise unread
    read = asked.questions[0]
    if (read.scope, read.by, read.baseline) != (Scope(), None, Baseline()):
        raise unread
    return replace(question, period=read.period)
