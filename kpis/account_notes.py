"""What a reader must know beside a number of account days and posts."""

from typing import cast

from kpis.answers import Absent, Change, Value
from kpis.catalogue import CATALOGUE, Kpi
from kpis.dimensions import measures_of, of_posts
from kpis.frame import STALE_DAYS
from kpis.language import Levels, Together, Total
from kpis.names import title_of as title_in_tongue
from kpis.numbers import write_change
from kpis.periods import say_day
from kpis.question import KnownAccount
from kpis.sitting import Sitting
from kpis.slots import day_of
from kpis.titles import (
    account_title,
    inside,
    listed,
    platform_titles,
    several,
)
from kpis.tongue import say, say_count, say_declared
from kpis.ways import OF_POSTS, noun_of_missing
from storage.measures import Unit
from storage.platforms import PLATFORMS
from storage.tables import day_number

ALL_CLICKS = ("LinkedIn", "Facebook")
"""Platforms that give all clicks, not those on links alone (kpi-catalogue §4, clicks)."""


DAILY = tuple(
    it
    for it in CATALOGUE.values()
    if isinstance(it, Kpi) and not any(of_posts(leaf) for leaf in it.formula.leaves())
)
"""KPIs that are counted by day where they can be."""


def notes_of(sitting: Sitting, asked: tuple[KnownAccount, ...], empty: list[str]) -> list[str]:
    """Return what a reader must know beside the number."""
    way, said = sitting.way, []
    entry = sitting.surroundings.entry(sitting.question.kpi)
    if way.stands_in and way.title != title_in_tongue(entry) and not way.post_reach:
        said.append(
            say(
                "No post reach from {platforms}, so this is {kpi} instead.",
                platforms=several(platform_titles(sitting.accounts)),
                kpi=inside(way.title),
            )
        )
    elif way.stands_in and not way.post_reach and sitting.question.by not in OF_POSTS:
        said += from_posts(sitting)
    said += stale(sitting) + loose_clicks(sitting) + lonely(sitting)
    if sitting.question.by in OF_POSTS and entry in DAILY:
        said.append(say("Counted on the posts published in these days."))
    if way.kpi.caveat:
        said.append(say_declared(way.kpi.caveat, days=sitting.question.period.days))
    said += missing_parts(sitting)
    value = sitting.value()
    of_people = way.unit is Unit.PERCENT and way.reads_posts
    if of_people and isinstance(value, Value) and value.low > 1:
        said.append(say("Above 100 %: one person can act several times."))
    said += disagreement(sitting)
    held = {it.id for it in sitting.accounts}
    left = [it for it in asked if it.id not in held]
    if left:
        names = listed([account_title(it) for it in left])
        noun = noun_of_missing(way, left[0])
        said.append(say("Left out: {names} (no {noun} there).", names=names, noun=noun))
    if empty:
        said.append(say("No data for {names}.", names=listed(empty)))
    return said


def missing_parts(sitting: Sitting) -> list[str]:
    """Return which parts of a lenient sum have no rows at all, and whether any could."""
    formula, cell = sitting.way.formula, sitting.whole()
    if not isinstance(formula, Together):
        return []
    absent = [cast(Total, it) for it in formula.parts if isinstance(it.value(cell), Absent)]
    never = [
        it.noun for it in absent if not any(counts(account, it) for account in sitting.accounts)
    ]
    blank = [it.noun for it in absent if it.noun not in never]
    said = []
    if never:
        said.append(
            say(
                "Without {parts}, which {platforms} doesn't report.",
                parts=listed([say_declared(it) for it in never]),
                platforms=several(platform_titles(sitting.accounts)),
            )
        )
    if blank:
        parts = listed([say_declared(it) for it in blank])
        said.append(say("Without {parts}: not in these data.", parts=parts))
    return said


def counts(account: KnownAccount, part: Total) -> bool:
    return not PLATFORMS[account.platform].lacks & set(part.number.columns)


def disagreement(sitting: Sitting) -> list[str]:
    """Return what a second way to the number says, where the two differ by more than 1 %."""
    other = sitting.way.kpi.agrees_with
    if other is None or sitting.way.variant:
        return []
    mine, theirs = sitting.value(), other.value(sitting.whole())
    if isinstance(mine, Absent) or isinstance(theirs, Absent):
        return []
    if abs(mine.low - theirs.low) <= 0.01 * max(abs(mine.low), abs(theirs.low)):
        return []
    net = write_change(Change("absolute", theirs.low), Unit.COUNT)
    return [say("Gained minus lost says {number}; the two do not agree.", number=net)]


def from_posts(sitting: Sitting) -> list[str]:
    """Return that posts were counted because not everybody has numbers by day."""
    days = sitting.surroundings.days_watched
    some = {it.account for it in days} & {it.id for it in sitting.accounts}
    return [say("Counted on posts: not all of these have numbers by day.")] if some else []


def stale(sitting: Sitting) -> list[str]:
    """Return the day of a last level that is more than three days old at the period's end."""
    said = []
    period = sitting.question.period
    for leaf in sitting.way.formula.leaves():
        if not isinstance(leaf, Levels) or leaf.at == "before":
            continue
        for account in sitting.accounts:
            days = [day for day, _ in sitting.now.levels[leaf.state.column].get(account.id, [])]
            last = max((it for it in days if it < day_number(period.end)), default=None)
            if last is not None and day_number(period.last) - last > STALE_DAYS:
                when = say_day(day_of(last), sitting.question.today.year)
                name = account_title(account)
                said.append(say("{name} was last counted on {day}.", name=name, day=when))
    return list(dict.fromkeys(said))


def loose_clicks(sitting: Sitting) -> list[str]:
    """Return whose clicks are not on links alone."""
    measures = {name for leaf in sitting.way.formula.leaves() for name in measures_of(leaf)}
    loose = [it for it in platform_titles(sitting.accounts) if it in ALL_CLICKS]
    if "clicks" not in measures or not loose:
        return []
    words = say_count(
        "{names} counts all clicks.", "{names} count all clicks.", len(loose), names=listed(loose)
    )
    return [words]


def lonely(sitting: Sitting) -> list[str]:
    """Return that what was asked to stand beside is not there."""
    baseline = sitting.question.baseline
    if not baseline.kind.is_asked:
        return []
    beside = sitting.way.formula.value(sitting.before(sitting.rivals or sitting.accounts))
    if isinstance(beside, Value):
        return []
    kpi = inside(sitting.way.title)
    if sitting.rivals:
        return [say("No {kpi} of {whose} to compare with.", kpi=kpi, whose=baseline.words)]
    return [say("No {kpi} a year before to compare with.", kpi=kpi)]
