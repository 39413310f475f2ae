"""Help, the list of KPIs and the guide to each, made from the catalogue."""

from collections.abc import Iterable

from kpis.catalogue import CATALOGUE, SECTIONS, Kpi, Service, Table
from kpis.catalogue import declared as declared_in
from kpis.names import aliases_of, meaning_of, title_of, why_of
from kpis.options import SAID
from kpis.periods import say_day
from kpis.question import Directory
from kpis.service_words import formula_of
from kpis.slots import day_of
from kpis.surroundings import Surroundings
from kpis.titles import listed, say_dimension
from kpis.tongue import joined, say, say_declared
from storage.platforms import PLATFORMS


def help_lines(surroundings: Surroundings, year: int) -> list[str]:
    """Return the help: examples with accounts that exist, defaults, and what is held."""
    own = [it for it in surroundings.accounts if it.own]
    rivals = [it for it in surroundings.brands if not it.own]
    platform = PLATFORMS[own[0].platform].key if own else "instagram"
    versus = rivals[0].name.lower() if rivals else say("last year")
    return [
        say("Ask for a number, in any order:"),
        say("/kpi reach {platform}", platform=platform),
        say("/kpi engagement rate last month"),
        say("/kpi followers vs {other}", other=versus),
        *([say("/kpi first response time today")] if surroundings.channels else []),
        say("No period: last 28 days. No account: all."),
        say("In a thread: @Kepi reach last week"),
        say("Also: {words} · /support", words="digest, goal, alerts, note"),
        say("All of it: /kpi help more"),
        say_held(surroundings, tuple(it.id for it in own), year),
    ]


def more_lines() -> list[str]:
    """Return every first word, by what it is about."""
    return [
        say("What /kpi can begin with:"),
        say("To read: {words}", words="list, guide, audience, status, privacy"),
        say("To plan: {words}", words="digest, goal, alerts, note, test, action"),
        say("To tell me: {words}", words="own, value, rate, benchmark, label"),
        say("To set up: {words}", words="start, account, admin, settings, columns, language"),
        say("Data: {words}", words="data, forget"),
        say("Customer issues: /support"),
    ]


def say_held(surroundings: Surroundings, accounts: tuple[int, ...], year: int) -> str:
    """Return which platforms there are data of, and up to which day; ``year`` is the current."""
    held = surroundings.held(accounts)
    if held is None:
        return say("No data yet: drop an export here, and I'll read it.")
    own = [it for it in surroundings.accounts if it.own]
    names = joined(dict.fromkeys(PLATFORMS[it.platform].title for it in own))
    day = say_day(day_of(held[1]), year)
    return say("You have {platforms} · to {day}", platforms=names, day=day)


def list_lines() -> list[str]:
    """Return every KPI by section, and those that are not here yet."""
    said: list[str] = []
    for section, module in SECTIONS.items():
        said.append(say_declared(section))
        said += [f"{entry.key}: {title_of(entry)}" for entry in declared_in(module)]
    return said


def guide_lines(key: str | None, directory: Directory) -> list[str]:
    """Return what a KPI means, how it is worked out and why it matters."""
    if key is None:
        return [say("Ask for one: /kpi guide reach"), *list_lines()]
    entry = directory.own.get(key) or CATALOGUE[key]
    said = [
        title_of(entry),
        meaning_of(entry),
        say("Why it matters: {why}", why=why_of(entry)),
        *say_formula(entry),
    ]
    if entry.caveat:
        said.append(say_declared(entry.caveat).replace("{days}", say("as many")))
    if aliases := aliases_of(entry):
        said.append(say("Also called: {names}.", names=joined(aliases)))
    if splits := directory.dimensions.get(key, ()):
        said.append(say("Split by: {parts}.", parts=joined(map(say_dimension, splits))))
    return said


def say_formula(entry: Kpi | Table | Service) -> list[str]:
    """Return how a KPI is worked out, and what words change it."""
    if isinstance(entry, Table):
        parts = listed([say_declared(it) for it in entry.by])
        return [say("One row for each {parts}.", parts=parts)]
    if isinstance(entry, Service):
        formula = formula_of(entry.title, entry.figure, ()).partition(" = ")[2]
        words = [SAID[it] for it in entry.options if it != "mine"]
        return [say("Worked out as: {formula}.", formula=formula), *say_also(words)]
    variants = [f"{entry.key} {it}" for it in entry.variants or ()]
    return [say("Worked out as: {formula}.", formula=entry.formula.words), *say_also(variants)]


def say_also(words: Iterable[str]) -> list[str]:
    named = joined(words)
    return [say("Also: {words}.", words=named)] if named else []
