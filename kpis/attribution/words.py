"""What is told around the table: roles in the funnel, what is left out, what each model does."""

from __future__ import annotations

from kpis.answers import Component, Receipt
from kpis.attribution.grid import MARKOV, SHOWN, UNKNOWN, Sheet, say_model, write_amount
from kpis.attribution.read import Beyond
from kpis.numbers import write
from kpis.periods import say_days
from kpis.records.parts import say_part
from kpis.records.telling import MODELS
from kpis.slots import day_of
from kpis.tongue import listed, say, say_count, say_declared
from storage.credit_models import FIRST, LAST
from storage.measures import Unit, money_in
from storage.platforms import PLATFORMS

MARKOV_WORDS = (
    "Markov removal: by how many conversions would be lost without it, if people went on from "
    "medium to medium as they did."
)
STEPS = "In added-up paths without dates, time decay halves the credit with every earlier step."
APART = 0.05
"""From this difference between first and last touch on a role is told."""
ENOUGH = 30
"""Fewer conversions say nothing about roles."""


def say_headline(sheet: Sheet, chosen: frozenset[str]) -> str:
    """Return “9,530 conversions, most by Instagram (last touch)”."""
    number = write_amount(sheet.total, Unit.COUNT)
    last, ranked = sheet.conversions[LAST], sheet.ranked()
    if chosen:
        part = write_amount(sum(last.get(it, 0.0) for it in chosen), Unit.COUNT)
        return say("{part} of {number} conversions by last touch", part=part, number=number)
    ahead = [it for it in ranked if last.get(it, 0.0) == last.get(ranked[0], 0.0)]
    if len(ahead) != 1 or not last.get(ahead[0]):
        return say_count("{number} conversion", "{number} conversions", sheet.total, number=number)
    return say_count(
        "{number} conversion; by last touch most from {medium}: {share}",
        "{number} conversions; by last touch most from {medium}: {share}",
        sheet.total,
        number=number,
        medium=say_part(sheet.by, ahead[0]),
        share=write(last[ahead[0]] / sheet.total, Unit.PERCENT),
    )


def say_revenue(sheet: Sheet) -> tuple[str, ...]:
    """Return the revenue of the conversions, each currency for itself."""
    amounts = [
        write(sum(by_model[LAST].values()), money_in(currency))
        for currency, by_model in sheet.revenue.items()
        if any(by_model.get(LAST, {}).values())
    ]
    return (say("Revenue: {amounts}.", amounts=listed(amounts)),) if amounts else ()


def say_unattributed(sheet: Sheet) -> list[str]:
    """Return how many conversions nothing is known to have brought."""
    unknown = sheet.conversions[LAST].get(UNKNOWN, 0.0)
    if not unknown or sheet.by != "platform":
        return []
    share = write(unknown / sheet.total, Unit.PERCENT)
    number = write_amount(unknown, Unit.COUNT)
    return [
        say_count(
            "{number} conversion has no known touch ({share}).",
            "{number} conversions have no known touch ({share}).",
            unknown,
            number=number,
            share=share,
        )
    ]


def say_roles(sheet: Sheet) -> list[str]:
    """Return who begins journeys and who ends them: share by first touch against by last."""
    if sheet.total < ENOUGH or sheet.by != "platform":
        return []
    return [*role_of_social(sheet), *roles_of_media(sheet)]


def role_of_social(sheet: Sheet) -> list[str]:
    """Return whether social media are the bait or the till, beside other media."""
    social = [it for it in sheet.ranked() if it in PLATFORMS]
    if not social or len(social) == len(sheet.ranked()):
        return []
    first, last = (
        sum(sheet.conversions[model].get(it, 0.0) for it in social) / sheet.total
        for model in (FIRST, LAST)
    )
    shares = {"first": write(first, Unit.PERCENT), "last": write(last, Unit.PERCENT)}
    if first - last >= APART:
        return [say("Social media begin {first} of conversions and end {last}: more bait than "
                    "till.", **shares)]  # fmt: skip
    if last - first >= APART:
        return [say("Social media begin {first} of conversions and end {last}: more till than "
                    "bait.", **shares)]  # fmt: skip
    return [say("Social media begin {first} of conversions and end {last}.", **shares)]


def roles_of_media(sheet: Sheet) -> list[str]:
    """Return the medium that most begins rather than ends, and the one that most ends."""
    moved = {
        it: (sheet.conversions[FIRST].get(it, 0.0) - sheet.conversions[LAST].get(it, 0.0))
        / sheet.total
        for it in sheet.ranked()
    }
    if not moved:
        return []
    opener, closer = max(moved, key=lambda it: moved[it]), min(moved, key=lambda it: moved[it])
    said = []
    if moved[opener] >= APART:
        said.append(say("{medium} begins more than it ends: {first} by first touch, {last} by "
                        "last.", **shares_of(sheet, opener)))  # fmt: skip
    if moved[closer] <= -APART:
        said.append(say("{medium} ends more than it begins: {first} by first touch, {last} by "
                        "last.", **shares_of(sheet, closer)))  # fmt: skip
    return said


def shares_of(sheet: Sheet, word: str) -> dict[str, str]:
    first, last = (sheet.conversions[model].get(word, 0.0) / sheet.total for model in (FIRST, LAST))
    return {
        "medium": say_part(sheet.by, word),
        "first": write(first, Unit.PERCENT),
        "last": write(last, Unit.PERCENT),
    }


def say_beyond(beyond: list[Beyond], year: int) -> list[str]:
    """Return the collections of paths that are left out, and the days that hold them."""
    if not beyond:
        return []
    named = [f"{it.name} ({say_days(day_of(it.start), day_of(it.end), year)})" for it in beyond]
    return [say("Left out, for they reach beyond this period: {names}.", names=listed(named[:3]))]


def say_receipt(sheet: Sheet, meaning: str, look_back: int) -> Receipt:
    """Return what each model does, one line each, and what its column adds up to."""
    rules = [say_declared(MODELS[it]) for it in SHOWN if it != MARKOV]
    return Receipt(
        formula=say("credit = the part of each conversion that a model gives to a touch"),
        meaning=meaning,
        components=tuple(
            Component(say_model(it), sum(sheet.conversions.get(it, {}).values())) for it in SHOWN
        ),
        lines=(
            *rules,
            say(MARKOV_WORDS),
            say(STEPS),
            say_count(
                "Touches up to {number} day before a conversion count.",
                "Touches up to {number} days before a conversion count.",
                look_back,
            ),
        ),
    )
