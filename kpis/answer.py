"""Answers a question: the only hop that reads.

scope → accounts → one read into a frame → a figure a line → coverage, notes, receipt. A KPI whose
own rows are missing is answered once, as a whole, by what it declares ``instead``.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection

from kpis import absences, breakdown, tables
from kpis.analyses.benchmarks import with_benchmarks
from kpis.analyses.views import answer_view
from kpis.answers import Absent, Answer, Change, Figure, Reading, Reason, Value
from kpis.attribution.answer import answer_attribution
from kpis.attribution.retention import referral_notes, retention_notes
from kpis.beginning import begin_with_data
from kpis.catalogue import CATALOGUE, Entry, Kpi, Service, Table
from kpis.coverage import coverage_of, marks_of
from kpis.date_marks import with_notes
from kpis.frame import STALE_DAYS
from kpis.language import Levels, People, Together, Total
from kpis.names import title_of as title_in_tongue
from kpis.numbers import write_change
from kpis.periods import say_day
from kpis.question import KnownAccount, Question, Refusal
from kpis.receipts import receipt_of
from kpis.records.answer import answer_records
from kpis.records.audience import answer_audience_fit
from kpis.records.kinds import dimensions_of, reads_records
from kpis.sentiment.notes import labelling_notes, theme_notes
from kpis.service import answer_service
from kpis.sitting import Sitting
from kpis.slots import day_of
from kpis.surroundings import Surroundings, measures_of, of_posts
from kpis.titles import (
    account_title,
    inside,
    listed,
    platform_titles,
    say_dimension,
    scope_title,
    several,
    title_of,
)
from kpis.tongue import joined, say, say_count, say_declared
from kpis.ways import OF_POSTS, Way, noun_of_missing, supplies, ways_to
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


def answer(
    question: Question,
    connection: Connection,
    surroundings: Surroundings,
    now: datetime | None = None,
    asker: str = "",
) -> Answer:
    """Return the answer; raises ``KepiError`` where the scope holds nothing to ask.

    Customer issues are told up to ``now`` (aware), and to ``asker`` (a Slack user id) their own.
    """

    def plain(question: Question) -> Answer:
        return answer(question, connection, surroundings, now, asker)

    if question.view:
        return with_notes(answer_view(question, connection, surroundings, plain), surroundings)
    entry = surroundings.entry(question.kpi)
    check_split(question, surroundings)
    if isinstance(entry, Service):
        found = answer_service(question, entry, connection, surroundings, now, asker)
    else:
        question = begin_with_data(question, entry, surroundings)
        found = find_engine(entry)(question, entry, connection, surroundings)
    return with_notes(with_benchmarks(found, connection, surroundings), surroundings)


Engine = Callable[[Question, Any, Connection, Surroundings], Answer]


def find_engine(entry: Entry) -> Engine:
    """Return what answers an entry: by its key, by the rows that it reads."""
    if entry.key in BY_KEY:
        return BY_KEY[entry.key]
    if isinstance(entry, Table):
        return answer_grid
    assert isinstance(entry, Kpi)
    return answer_of_records if reads_records(entry.formula) else answer_of_accounts


BY_KEY: dict[str, Engine] = {
    "attribution": answer_attribution,
    "audience-fit": answer_audience_fit,
}


def answer_of_records(
    question: Question, entry: Kpi, connection: Connection, surroundings: Surroundings
) -> Answer:
    found = answer_records(question, entry, connection, surroundings)
    return tell_more(found, connection, surroundings)


def answer_grid(
    question: Question, entry: Table, connection: Connection, surroundings: Surroundings
) -> Answer:
    accounts = surroundings.choose(question.scope)
    return tables.answer_table(question, entry, accounts, connection, surroundings)


def answer_of_accounts(
    question: Question, entry: Kpi, connection: Connection, surroundings: Surroundings
) -> Answer:
    """Return the answer from account days and posts, the first way that serves the most."""
    accounts = surroundings.choose(question.scope)
    ways = ways_to(entry, question)
    chosen = [(way, supplied(way, accounts)) for way in ways]
    chosen = [(way, held) for way, held in chosen if held]
    if not chosen:
        return absences.not_supplied(question, ways[0], accounts, surroundings, connection)
    sittings = []
    for way, held in chosen:
        sitting = Sitting(question, way, held, surroundings, connection)
        if sitting.has_data():
            sittings.append(sitting)
            if not sitting.may_yield or sitting.serves_all():
                break
    if len(sittings) == 1:
        return compose(sittings[0], accounts)
    if sittings:
        return compose(max(sittings, key=Sitting.count_served), accounts)
    return absences.no_data(question, ways[0], accounts, surroundings, connection)


def tell_more(found: Answer, connection: Connection, surroundings: Surroundings) -> Answer:
    """Return an answer with what touches and labels tell beside it, where anything is."""
    question = found.question
    if question.kpi in LABELLED or question.by == "sentiment":
        waiting = labelling_notes(connection, surroundings)
        found = replace(found, notes=(*found.notes, *waiting))
    more = MORE.get(found.question.kpi)
    if more is None or found.question.by or not isinstance(found.main.value, Value):
        return found
    if found.question.variant not in (None, "", "referred"):
        return found  # a note of all conversions says nothing of those assisted
    told = more(connection, surroundings, found.question)
    return replace(found, notes=(*found.notes, *told))


LABELLED = ("sentiment", "negative-mentions", "negative-share")
"""KPIs that stand on the labels of mentions."""
MORE = {
    "repeat-rate": retention_notes,
    "conversions": referral_notes,
    "negative-mentions": theme_notes,
}


def check_split(question: Question, surroundings: Surroundings) -> None:
    """Refuse a split that the KPI does not have, whoever asks: words or a form."""
    splits = splits_of(question, surroundings)
    if question.by is None or question.by in splits:
        return
    title = title_in_tongue(surroundings.entry(question.kpi))
    if not splits:
        raise Refusal(say("{kpi} can't be split any further.", kpi=title))
    shown = joined(map(say_dimension, splits))
    raise Refusal(
        say(
            "{kpi} can't be split by {dimension}. Try: {splits}.",
            kpi=title,
            dimension=say_dimension(question.by),
            splits=shown,
        )
    )


def splits_of(question: Question, surroundings: Surroundings) -> tuple[str, ...]:
    """Return what the question's own formula can be split by: a variant may read other rows."""
    entry = surroundings.entry(question.kpi)
    if isinstance(entry, Kpi) and reads_records(entry.formula):
        variant = (entry.variants or {}).get(question.variant or "")
        return dimensions_of(variant.formula if variant else entry.formula)
    return surroundings.directory.dimensions.get(question.kpi, ())


def supplied(way: Way, accounts: tuple[KnownAccount, ...]) -> tuple[KnownAccount, ...]:
    """Return the accounts whose platform counts what the way reads."""
    platforms = {it.platform: it for it in accounts}
    counted = {platform for platform, one in platforms.items() if supplies(way, one)}
    return tuple(it for it in accounts if it.platform in counted)


def compose(sitting: Sitting, asked: tuple[KnownAccount, ...]) -> Answer:
    """Return the answer that a sitting's figures make; ``asked`` may hold more accounts."""
    question, way, surroundings = sitting.question, sitting.way, sitting.surroundings
    accounts, cell = sitting.accounts, sitting.whole()
    lines, together, empty = figures(sitting)
    counted = tuple(it for it in accounts if account_title(it) not in empty) or accounts
    parts = breakdown.split(sitting) if question.by else breakdown.Parts(())
    return Answer(
        question=question,
        title=title_of(question, way.title, counted, surroundings),
        unit=way.unit,
        kpi_title=way.title,
        scope_title=scope_title(question, counted, surroundings),
        lines=lines,
        together=together,
        beside=beside(sitting),
        parts=stack(sitting) if chart_of(sitting) == "stacked" else (),
        breakdown=parts.figures,
        coverage=coverage_of(way, sitting.now, cell, question, accounts, surroundings),
        notes=(*notes(sitting, asked, empty), *parts.notes),
        marks=marks_of(
            way.formula,
            accounts,
            surroundings,
            min(sitting.baseline.start, question.period.start),
            question.period.end,
        ),
        receipt=receipt_of(sitting),
        chart=chart_of(sitting),
        better=way.kpi.better,
    )


def figures(sitting: Sitting) -> tuple[tuple[Figure, ...], Figure | None, list[str]]:
    """Return a line an account, all together, and the accounts that have no data.

    Beside another scope, and above a breakdown, the accounts are one line.
    """
    accounts = sitting.accounts
    scope = scope_title(sitting.question, accounts, sitting.surroundings)
    if len(accounts) == 1 or not sitting.apart or sitting.rivals or sitting.question.by:
        return (sitting.figure(accounts, scope),), None, []
    made = [sitting.figure((it,), account_title(it)) for it in accounts]
    lines = tuple(it for it in made if not is_empty(it.value))
    empty = [it.name for it in made if is_empty(it.value)]
    held = tuple(it for it in accounts if account_title(it) not in empty)
    together = sitting.figure(held, say("together")) if len(lines) > 1 else None
    return lines, together, empty


def beside(sitting: Sitting) -> tuple[tuple[str, Reading, Unit], ...]:
    shown = sitting.way.kpi.beside
    if not shown or sitting.way.variant:
        return ()
    cell = sitting.whole()
    return tuple((name, formula.value(cell), unit) for name, (formula, unit) in shown.items())


def stack(sitting: Sitting) -> tuple[Figure, ...]:
    """Return the parts of a sum that have numbers, the largest first."""
    assert isinstance(sitting.way.formula, Together)
    cell, period = sitting.whole(), sitting.question.period
    figures = []
    for part in sitting.way.formula.parts:
        reading = part.value(cell)
        if isinstance(reading, Value):
            series = sitting.series(sitting.now, sitting.accounts, period, part)
            name = say_declared(cast(Total, part).noun)
            figures.append((reading.low, Figure(name, reading, series=series)))
    figures.sort(key=lambda it: -it[0])
    return tuple(figure for _, figure in figures)


def chart_of(sitting: Sitting) -> str:
    if sitting.question.by:
        return "bars"
    if isinstance(sitting.way.formula, People):
        return "band"
    if isinstance(sitting.way.formula, Together) and len(sitting.accounts) == 1:
        return "stacked"
    return "bars" if sitting.way.kpi.bars and len(sitting.accounts) == 1 else "line"


def notes(sitting: Sitting, asked: tuple[KnownAccount, ...], empty: list[str]) -> list[str]:
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
        said.append(say_declared(way.kpi.caveat).format(days=sitting.question.period.days))
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


def is_empty(reading: Reading) -> bool:
    return isinstance(reading, Absent) and reading.reason is Reason.NO_DATA


__all__ = ["Way", "answer"]
