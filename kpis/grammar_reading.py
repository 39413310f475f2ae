"""From parts to questions: what was left out is filled in, what cannot go together is refused."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kpis.grammar_lines import either, in_english
from kpis.grammar_moment import choose_moment
from kpis.grammar_parts import Against, Parts, Split
from kpis.grammar_scope import choose_rival_scope, choose_scope, say_scope
from kpis.grammar_splits import STANDS_FOR
from kpis.names import word_of
from kpis.options import LENIENT
from kpis.options import in_order as options_in_order
from kpis.periods import DEFAULT_DAYS, last_days, last_year, previous_period
from kpis.question import (
    DIMENSIONS,
    Asked,
    Baseline,
    Beside,
    Directory,
    Period,
    Question,
    Refusal,
    Scope,
)
from kpis.tongue import listed, say, say_declared
from kpis.words import quote

MOST_KPIS = 4


@dataclass(frozen=True)
class Chosen:
    """What all questions of one text share."""

    scope: Scope
    period: Period
    baseline: Baseline
    as_of: datetime | None
    view: str = ""


def assemble(parts: Parts, today: date, directory: Directory) -> Asked:
    """Return the questions that the parts add up to.

    Raises ``Refusal`` for more than four KPIs, two periods, two splits, two comparisons, a split
    that the KPI does not have, or a comparison with a period that is neither the one before nor
    last year's.
    """
    kpis = tuple(dict.fromkeys(parts.kpis))
    if len(kpis) > MOST_KPIS:
        few = listed([word_of(key) for key in kpis[:MOST_KPIS]])
        raise Refusal(
            say(
                "That is {number} KPIs; up to four go together. Try {few}.",
                number=len(kpis),
                few=few,
            )
        )
    period, notes = choose_period(parts, today, all_levels(kpis, directory))
    scope = choose_scope(list(dict.fromkeys(parts.platforms)), parts.who, directory)
    scope = replace(scope, channels=tuple(sorted(set(parts.channels))))
    check_of_issues(parts, kpis, directory)
    baseline = choose_baseline(parts.against, scope, period, directory)
    as_of = choose_moment(parts, today, directory.zone)
    chosen = Chosen(scope, period, baseline, as_of, parts.view)
    if not kpis:
        if parts.splits:
            said = parts.splits[0].text
            raise Refusal(
                say("Say which KPI to split by {split}, such as reach by {split}.", split=said)
            )
        questions = tuple(ask(key, chosen, today) for key in directory.overview)
        return Asked(questions, notes, parts.private, overview=True)
    questions = tuple(
        replace(
            ask(key, chosen, today, *choose_split(key, parts.splits, directory)),
            options=choose_options(key, parts, directory),
        )
        for key in kpis
    )
    return Asked(questions, notes, parts.private)


def ask(
    kpi: str, chosen: Chosen, today: date, by: str | None = None, variant: str | None = None
) -> Question:
    """Return the question of one KPI."""
    return Question(
        kpi=kpi,
        scope=chosen.scope,
        period=chosen.period,
        today=today,
        baseline=chosen.baseline,
        by=by,
        variant=variant,
        as_of=chosen.as_of,
        view=chosen.view,
    )


def all_levels(kpis: tuple[str, ...], directory: Directory) -> bool:
    return bool(kpis) and directory.levels.issuperset(kpis)


def check_of_issues(parts: Parts, kpis: tuple[str, ...], directory: Directory) -> None:
    """Refuse what only customer issues have beside a KPI that is not of them."""
    takes = {option for key in kpis for option in directory.options.get(key, ())}
    first = word_of((kpis or directory.overview or ("this",))[0])
    for key, text in parts.options:
        if key not in takes and text not in LENIENT:
            raise Refusal(
                say("I can't count {kpi} {words}. Leave it out.", kpi=first, words=quote(text))
            )
    if parts.channels and not all(key in directory.options for key in kpis or ("",)):
        raise Refusal(
            say(
                "Only customer issues are known by Slack channel; {kpi} is not. "
                "Try: first response time, or leave the channel out.",
                kpi=first,
            )
        )


def choose_options(kpi: str, parts: Parts, directory: Directory) -> tuple[str, ...]:
    """Return the options that one KPI takes of those that were named."""
    own = directory.options.get(kpi, ())
    return options_in_order(key for key, _ in parts.options if key in own)


def choose_period(
    parts: Parts, today: date, as_now: bool = False
) -> tuple[Period, tuple[str, ...]]:
    """Return the only period, or the last 28 days, and what was noted; ``as_now`` with today."""
    if not parts.periods and as_now:
        start = today - timedelta(days=DEFAULT_DAYS - 1)
        end = today + timedelta(days=1)
        return Period(start, end, f"last {DEFAULT_DAYS} days"), tuple(parts.notes)
    if not parts.periods:
        return in_english(last_days, DEFAULT_DAYS, today), tuple(parts.notes)
    first, _, said = parts.periods[0]
    for other, _, text in parts.periods[1:]:
        if (other.start, other.end) != (first.start, first.end):
            raise Refusal(
                say(
                    "Those are two periods: {first} and {second}. "
                    "Ask for one, or from one to the other: {said} to {other}.",
                    first=quote(said),
                    second=quote(text),
                    said=said,
                    other=text,
                )
            )
    notes = dict.fromkeys(note for _, note, _ in parts.periods if note)
    return first, (*parts.notes, *notes)


def choose_baseline(
    against: list[Against], scope: Scope, period: Period, directory: Directory
) -> Baseline:
    """Return what the value is compared with: the period before unless something else is said."""
    baselines = {read_baseline(one, scope, period, directory) for one in against}
    if len(baselines) > 1:
        raise Refusal(
            say("I compare with one thing at a time: vs previous, vs last year or vs a name.")
        )
    return baselines.pop() if baselines else Baseline()


def read_baseline(against: Against, scope: Scope, period: Period, directory: Directory) -> Baseline:
    """Return one baseline."""
    if against.kind is Beside.ACCOUNTS:
        rivals = choose_rival_scope(against, scope, directory)
        return Baseline(Beside.ACCOUNTS, rivals, say_scope(rivals, directory))
    kind = against.kind
    if kind is None and against.period:
        # “vs last month” beside “this month” is the days before, though it names all of October.
        if against.period.start == previous_period(period).start:
            kind = Beside.PREVIOUS
        elif against.period.start == last_year(period).start:
            kind = Beside.LAST_YEAR
    if kind is None:
        raise Refusal(
            say(
                "I compare with the period before (vs previous), last year (vs last year), "
                "or an account, brand or platform (vs {name}).",
                name=suggest_rival(directory),
            )
        )
    if kind is Beside.BENCHMARK:
        return Baseline(kind, words="benchmark")
    return Baseline(kind, words="last year") if kind is Beside.LAST_YEAR else Baseline()


def suggest_rival(directory: Directory) -> str:
    """Return a name worth comparing with, a competitor's if there is one."""
    brands = sorted(directory.brands, key=lambda brand: brand.own)
    return brands[0].name.lower() if brands else "instagram"


def choose_split(
    kpi: str, splits: list[Split], directory: Directory
) -> tuple[str | None, str | None]:
    """Return the dimension and the variant of one KPI; a variant wins where it has one."""
    by: set[str] = set()
    variants: set[str] = set()
    known = directory.dimensions.get(kpi, tuple(DIMENSIONS))
    for split in splits:
        own = [variant for variant in directory.variants.get(kpi, ()) if variant in split.variants]
        if own:
            variants.add(own[0])
        elif split.dimension in known:
            by.add(split.dimension or "")
        elif other := next((it for it in stand_ins(split) if it in known), ""):
            by.add(other)
        else:
            raise refuse_split(kpi, split.text, directory)
    if len(by) > 1 or len(variants) > 1:
        said = listed([split.text for split in splits])
        raise Refusal(
            say(
                "I split by one thing at a time, not by {splits}. Ask for one of them.", splits=said
            )
        )
    return next(iter(by), None), next(iter(variants), None)


def stand_ins(split: Split) -> tuple[str, ...]:
    return STANDS_FOR.get(split.dimension or "", ())


def refuse_split(kpi: str, text: str, directory: Directory) -> Refusal:
    """Return the refusal of a split, with those that work."""
    said = word_of(kpi) or say("an answer")
    dimensions = directory.dimensions.get(kpi, tuple(DIMENSIONS))
    can = [say_declared(key.replace("-", " ")) for key in dimensions]
    can += [it[3:] for it in directory.variants.get(kpi, ()) if it.startswith("by ")]
    if not can:
        return Refusal(
            say(
                "I can't split {kpi} by {words}, nor by anything else.",
                kpi=said,
                words=quote(text),
            )
        )
    return Refusal(
        say(
            "I can't split {kpi} by {words}. Try by {splits}.",
            kpi=said,
            words=quote(text),
            splits=either(can),
        )
    )
