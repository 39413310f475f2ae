"""The ways to answer a KPI, best first: its formula, a variant, or what it declares instead."""

from dataclasses import dataclass
from functools import cached_property

from kpis.catalogue import Kpi
from kpis.dimensions import measures_of, of_posts
from kpis.language import (
    Formula,
    Largest,
    Levels,
    People,
    Together,
    Total,
    largest,
)
from kpis.names import title_of, variant_title_of
from kpis.question import KnownAccount, Question, Refusal
from kpis.tongue import say, say_declared
from storage.measures import Unit, posts
from storage.platforms import PLATFORMS

OF_POSTS = ("content-type", "hashtag", "hour", "paid", "campaign", "variant")
"""Dimensions that only posts have."""

BEST_POST = largest(posts.reach)


@dataclass(frozen=True)
class Way:
    """One way to answer."""

    kpi: Kpi
    formula: Formula
    unit: Unit
    title: str
    stands_in: bool = False
    """The KPI's own rows are missing, and these answer instead."""
    post_reach: bool = False
    """Post reach stands in for reach: a sum of posts, at least the best post's people."""
    variant: bool = False

    @cached_property
    def best_post(self) -> Largest | None:
        return BEST_POST if self.post_reach else None

    @cached_property
    def reads_posts(self) -> bool:
        return all(of_posts(it) for it in self.formula.leaves())

    @cached_property
    def adds_days(self) -> bool:
        """Whether everything read is a plain sum of account days, as the rollup holds them."""
        return all(
            isinstance(it, Total)
            and not of_posts(it)
            and not any(column.endswith(".daily") for column in it.number.columns)
            for formula in self.formulas()
            for it in formula.leaves()
        )

    @cached_property
    def needs_accounts(self) -> bool:
        """Whether levels or people are read, which are told account by account."""
        return any(isinstance(it, Levels | People) for it in self.formula.leaves())

    def formulas(self) -> list[Formula]:
        """Return everything that one read has to serve."""
        found: list[Formula] = [self.formula]
        if self.best_post:
            found.append(self.best_post)
        if not self.variant and self.kpi.agrees_with is not None:
            found.append(self.kpi.agrees_with)
        if not self.variant and self.kpi.beside and not self.stands_in:
            found += [formula for formula, _ in self.kpi.beside.values()]
        return found


def ways_to(entry: Kpi, question: Question) -> list[Way]:
    """Return the ways to answer; a dimension of posts leaves only those that read posts.

    Raises ``Refusal`` where none is left.
    """
    if question.variant and entry.variants:
        variant = entry.variants[question.variant]
        title = variant_title_of(entry, question.variant)
        return [Way(entry, variant.formula, variant.unit, title, variant=True)]
    ways = [Way(entry, entry.formula, entry.unit, title_of(entry))]
    if isinstance(entry.instead, Kpi):
        other = entry.instead
        ways.append(Way(other, other.formula, other.unit, title_of(other), stands_in=True))
    elif entry.instead is not None:
        people = isinstance(entry.formula, People)
        ways.append(
            Way(
                entry,
                entry.instead,
                Unit.COUNT if people else entry.unit,
                say("Post reach") if people else title_of(entry),
                stands_in=True,
                post_reach=people,
            )
        )
    if question.by in OF_POSTS:
        ways = [way for way in ways if way.reads_posts]
    if not ways:
        raise Refusal(
            say(
                "{title} is not counted by post, so not by {dimension} either.",
                title=title_of(entry),
                dimension=say_declared(question.by or ""),
            )
        )
    return ways


def supplies(way: Way, account: KnownAccount) -> bool:
    """Return whether the account's platform counts what the way reads.

    A lenient sum needs any of its parts, everything else all of them. Engagements of a post are
    what its source gave, so they are always there.
    """
    lacks = PLATFORMS[account.platform].lacks
    held = [not lacks & set(measures_of(it)) for it in way.formula.leaves()]
    return any(held) if isinstance(way.formula, Together) else all(held)


def noun_of_missing(way: Way, account: KnownAccount) -> str:
    """Return the measure that the account's platform does not count."""
    lacks = PLATFORMS[account.platform].lacks
    for leaf in way.formula.leaves():
        for measure in measures_of(leaf):
            if measure in lacks:
                return say_declared(measure.replace("_", " "))
    return way.title.lower()
