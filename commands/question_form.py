"""The Ask form: the parts of a question as fields (what-people-see, *Change*)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from slack_sdk.models.blocks import (
    Option,
    OptionGroup,
    PlainTextInputElement,
    StaticSelectElement,
)

from commands.blocks import Block, View_, field, form, option
from commands.saying import say
from storage.platforms import PLATFORMS

if TYPE_CHECKING:
    from kpis.question import Question, Scope
    from kpis.surroundings import Surroundings

SAME, ALL, NONE = "same", "all", "none"
RIVALS, BENCHMARK = "rivals", "benchmark"
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
    title: str,
    question: Question,
    around: Surroundings,
    *,
    callback: str,
    memory: str,
    head: Sequence[Block] = (),
) -> View_:
    """Return the form, filled in with ``question``; ``head`` stands above its fields."""
    fields = [
        *head,
        kpi_field(question, around),
        period_field(question),
        other_days_field(),
        scope_field(question, around),
        compare_field(question, around),
        split_field(question, around),
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
    """Return what a value can be compared with: times, competitors, published figures, others."""
    offered = compare_choices(around)
    code = compare_code(question)
    chosen = next((it for it in offered if it.value == code), None)
    if chosen is None:
        words = question.baseline.words
        now = say("As now: {period}", period=words) if words else say("As now")
        chosen = option(now, SAME)
        offered.append(chosen)
    return select(say("Compare with"), "compare", offered, chosen)


def compare_choices(around: Surroundings) -> list[Option]:
    rivals = [it for it in around.brands if not it.own]
    own = [it for it in around.brands if it.own]
    platforms = dict.fromkeys(it.platform for it in around.accounts)
    offered = [option(say("The period before"), "previous"), option(say("A year before"), "year")]
    if len(rivals) > 1:
        offered.append(option(say("All competitors"), RIVALS))
    offered += [option(it.name, f"brand:{it.id}") for it in rivals]
    offered.append(option(say("Published benchmarks"), BENCHMARK))
    if len(own) > 1:
        offered += [option(say("Brand {name}", name=it.name), f"brand:{it.id}") for it in own]
    if len(platforms) > 1:
        offered += [option(PLATFORMS[it].title, f"platform:{it}") for it in platforms]
    return offered


def compare_code(question: Question) -> str:
    """Return what a question is compared with as the form's value; ``SAME`` for what it lacks."""
    from kpis.question import Beside, Scope

    match question.baseline.kind:
        case Beside.PREVIOUS:
            return "previous"
        case Beside.LAST_YEAR:
            return "year"
        case Beside.BENCHMARK:
            return BENCHMARK
    scope = question.baseline.scope
    alone = scope in (Scope(brands=scope.brands), Scope(platforms=scope.platforms))
    return code_of(scope) if alone else SAME


def split_field(question: Question, around: Surroundings) -> Block:
    """Return what an answer can be split by: what its KPI takes first, then what others do."""
    from kpis.question import DIMENSIONS
    from kpis.tongue import say_declared

    fits = around.directory.dimensions.get(question.kpi, ())
    nothing = option(say("Nothing"), NONE)
    named = {key: say_declared(words) for key, words in DIMENSIONS.items()}
    every = {key: option(words[:1].upper() + words[1:], key) for key, words in named.items()}
    taken = [every[key] for key in fits if key in every]
    others = [it for key, it in every.items() if key not in fits]
    groups = [OptionGroup(label=say("This KPI"), options=[nothing, *taken][:MOST])]
    if others:
        groups.append(OptionGroup(label=say("Other KPIs"), options=others[:MOST]))
    element = StaticSelectElement(
        action_id="by",
        option_groups=groups,
        initial_option=every.get(question.by or "", nothing),
    )
    return field(say("Split by"), element, "by")


def select(label: str, name: str, options: list[Option], chosen: Option) -> Block:
    element = StaticSelectElement(
        action_id=name, options=capped(options, chosen), initial_option=chosen
    )
    return field(label, element, name)


def capped(options: list[Option], chosen: Option) -> list[Option]:
    """Return as many options as Slack takes; ``chosen`` is among them, or it opens no form."""
    kept = options[:MOST]
    return kept if chosen in kept else [*options[: MOST - 1], chosen]


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
