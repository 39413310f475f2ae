"""A rule in words, and whether it can be kept at all."""

from __future__ import annotations

from kpis.alerts.daily_words import say_limit
from kpis.alerts.marks import limit_of
from kpis.alerts.rules import Rule, Side, say_kind
from kpis.alerts.things import brands_of
from kpis.alerts.tide import WEEKS
from kpis.catalogue import CATALOGUE, Kpi, Service, Table
from kpis.dimensions import measures_of
from kpis.language import Levels, People
from kpis.names import title_of
from kpis.numerals import percent
from kpis.question import Scope
from kpis.records.kinds import is_of_whole, reads_records
from kpis.service_shapes import Backlog
from kpis.surroundings import Surroundings
from kpis.titles import account_title, listed
from kpis.tongue import exact, joined, say
from storage.errors import KepiError
from storage.measures import Unit, money_in
from storage.platforms import PLATFORMS

LONGEST_DAYS, LONGEST_COOL = 90, 24 * 14


def say_rule(rule: Rule, around: Surroundings) -> str:
    """Return a rule as lists name it: “Likes · Instagram acme · above 500 a day”."""
    if rule.kind == "crisis":
        names = listed([it.name for it in brands_of(rule, around)])
        return say("Negative mentions · {names} · far more than usual", names=names)
    if rule.kind == "silence":
        return say("Data stop coming · {scope}", scope=say_scope(rule.scope, around))
    if rule.kind == "goal":
        return say_kind("goal")
    entry = CATALOGUE.get(rule.kpi)
    title = title_of(entry) if entry is not None else rule.kpi
    return " · ".join((title, say_scope(rule.scope, around), say_bar(rule)))


def say_bar(rule: Rule) -> str:
    """Return what it takes: “above 500 a day”, “a change of 20 % in 7 days”, “unusual days”."""
    settings, unit = rule.settings, unit_of(rule)
    if unit is Unit.MONEY:
        unit = money_in(settings.currency)
    in_days = say("in {days} days", days=settings.days)
    if rule.kind == "threshold":
        limit = say_limit(rule, unit)
        if settings.days == 1:
            if settings.side == "above":
                return say("above {limit} a day", limit=limit)
            return say("below {limit} a day", limit=limit)
        if settings.side == "above":
            return say("above {limit} {when}", limit=limit, when=in_days)
        return say("below {limit} {when}", limit=limit, when=in_days)
    if rule.kind == "change":
        when = say("from day to day") if settings.days == 1 else in_days
        size = say_size(float(f"{limit_of(rule) * 100:.3g}"), unit)
        return say_move(settings.side, size, when)
    match settings.side:
        case "above":
            return say("unusually high for the weekday, by {weeks} weeks", weeks=WEEKS)
        case "below":
            return say("unusually low for the weekday, by {weeks} weeks", weeks=WEEKS)
        case _:
            return say("unusual for the weekday, by {weeks} weeks", weeks=WEEKS)


def say_move(side: Side, size: str, when: str) -> str:
    """Return “falls by 20 % from day to day”."""
    match side:
        case "above":
            return say("rises by {size} {when}", size=size, when=when)
        case "below":
            return say("falls by {size} {when}", size=size, when=when)
        case _:
            return say("moves by {size} {when}", size=size, when=when)


def say_size(hundredths: float, unit: Unit) -> str:
    """Return how far something has to move: “20 %”, of a share “2 points”."""
    if unit is Unit.PERCENT:
        return say("{number} points", number=exact(hundredths))
    return percent(hundredths)


def unit_of(rule: Rule) -> Unit:
    entry = CATALOGUE.get(rule.kpi)
    if isinstance(entry, Service):
        for option in rule.settings.options:
            if option in entry.variants:
                return entry.variants[option][1].unit
        return entry.figure.unit
    if isinstance(entry, Kpi):
        variant = (entry.variants or {}).get(rule.settings.variant)
        return variant.unit if variant else entry.unit
    return Unit.COUNT


def say_scope(scope: Scope, around: Surroundings) -> str:
    """Return where a rule looks: “Instagram acme”, “Acme”, “#help”, “all accounts”."""
    if scope.accounts:
        known = (around.by_id.get(it) for it in scope.accounts)
        return listed([account_title(it) if it else say("an account that is gone") for it in known])
    names = (around.channel_names.get(it, "") for it in scope.channels)
    said = list(dict.fromkeys(f"#{it}" if it else say("a channel") for it in names))
    said += [around.brand_names.get(it) or say("a brand that is gone") for it in scope.brands]
    said += [PLATFORMS[it].title for it in scope.platforms if it in PLATFORMS]
    return listed(said) if said else say("all accounts")


def demand_sense(rule: Rule, around: Surroundings) -> None:
    """Raise ``KepiError`` with what would work where a rule cannot be judged at all."""
    settings = rule.settings
    if not 1 <= settings.days <= LONGEST_DAYS:
        raise KepiError("Take 1 to {days} days together.", days=LONGEST_DAYS)
    if not 0 <= settings.cool_hours <= LONGEST_COOL:
        raise KepiError("A cool-down is 0 to {hours} hours.", hours=LONGEST_COOL)
    if rule.kind == "crisis":
        brands_of(rule, around)
    elif rule.kind == "silence":
        around.choose(rule.scope)
    elif rule.kind == "goal":
        if settings.goal is None:
            raise KepiError("Say which goal. See what there is: /kpi goal")
    else:
        demand_number(rule, around)


def demand_number(rule: Rule, around: Surroundings) -> None:
    """Refuse a KPI that has no number a day, and a bar that means nothing."""
    entry = CATALOGUE.get(rule.kpi)
    if entry is None:
        raise KepiError("Say which number to watch, such as: /kpi alert likes above 500")
    title = title_of(entry)
    if isinstance(entry, Table):
        words = say("{title} is a table. Watch one number, such as reach or likes.", title=title)
        raise KepiError(words)
    if rule.kind == "threshold" and rule.settings.side not in ("above", "below"):
        raise KepiError("Say above or below which number, such as: above 500")
    if rule.kind == "change" and rule.settings.limit <= 0:
        raise KepiError("Say by how much it changes, such as: falls 20 %")
    if isinstance(entry, Kpi):
        demand_days(rule, entry, around)
    elif rule.kind == "anomaly" and isinstance(entry.figure, Backlog):
        words = say("{title} stays from day to day. Give it a limit: above 20", title=title)
        raise KepiError(words)


def demand_days(rule: Rule, entry: Kpi, around: Surroundings) -> None:
    """Refuse what is no number of one day: people of several accounts, a level's habit."""
    title = title_of(entry)
    if reads_records(entry.formula):
        if is_of_whole(entry.formula):
            raise KepiError("{title} is of weeks, and a day of it says nothing.", title=title)
        return
    accounts = around.choose(rule.scope)
    leaves = entry.formula.leaves()
    if any(isinstance(it, People) for it in leaves):
        counted = [
            it
            for it in accounts
            if not any(set(measures_of(leaf)) & PLATFORMS[it.platform].lacks for leaf in leaves)
        ]
        if len(counted) != 1:
            names = joined(account_title(it) for it in counted[:4]) or say("none of them has it")
            raise KepiError(
                "{title} counts each person once, so accounts can't be added. "
                "Name one account: {names}.",
                title=title,
                names=names,
            )
    is_level = any(isinstance(it, Levels) and it.at == "last" for it in leaves)
    if rule.kind == "anomaly" and is_level:
        raise KepiError(
            "{title} only grows from day to day. Watch what is new: net followers", title=title
        )
